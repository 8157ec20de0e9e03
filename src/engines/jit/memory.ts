/** Short sequences of instructions that move whole vectors. */
import { instructions } from "../../ops/instructions.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";

/** Where numbers lie: so many bytes from 0, or from an address in a local. */
export interface Home {
  readonly address: number;
  readonly base?: Local | undefined;
}

/** A place some lanes behind another. */
export const behind = ({ address, base }: Home, lanes: number): Home => ({ address: address + 8 * lanes, base });

/** Leaves what a place counts from on the stack, for a load or store at its address. */
export function pushBase(code: Code, { base }: Home): void {
  if (base === undefined) code.integer(0);
  else code.get(base);
}

/** Leaves the address of a place on the stack. */
export function pushAddress(code: Code, { address, base }: Home): void {
  if (base === undefined) return code.integer(address);
  code.get(base);
  if (address === 0) return;
  code.integer(address);
  code.op(I.i32_add);
}

/** Adds what a place counts from to the distance on the stack, for a load or store at its address. */
export function addBase(code: Code, { base }: Home): void {
  if (base === undefined) return;
  code.get(base);
  code.op(I.i32_add);
}

/** Copies bytes from one place to another. */
export function copyBytes(code: Code, to: Home, from: Home, bytes: number): void {
  pushAddress(code, to);
  pushAddress(code, from);
  code.integer(bytes);
  code.bulk(I.memory_copy);
}

/** Up to so many lanes are copied by loads and stores; the instruction for more calls into the host. */
const PAIRED_LANES = 32;

/** Copies lanes from one place to another. */
export function copyLanes(code: Code, to: Home, from: Home, lanes: number): void {
  if (lanes > PAIRED_LANES) return copyBytes(code, to, from, 8 * lanes);
  for (let lane = 0; lane < lanes; lane += 2) {
    const isPair = lane + 1 < lanes;
    pushBase(code, to);
    pushBase(code, from);
    code.memory(isPair ? I.v128_load : I.f64_load, from.address + 8 * lane);
    code.memory(isPair ? I.v128_store : I.f64_store, to.address + 8 * lane);
  }
}

/** Pairs that a round adds. */
const PAIRS = 2;

/** Adds lanes to those of another vector. */
export function addLanes(code: Code, to: Home, from: Home, lanes: number): void {
  const i = code.take(Type.i32);
  const rounds = Math.floor(lanes / (2 * PAIRS));
  const push = (home: Home): void => {
    code.get(i);
    addBase(code, home);
  };
  const add = (offset: number): void => {
    push(to);
    push(to);
    code.memory(I.v128_load, to.address + offset);
    push(from);
    code.memory(I.v128_load, from.address + offset);
    code.op(instructions.add.f64x2);
    code.memory(I.v128_store, to.address + offset);
  };
  code.integer(0);
  code.set(i);
  if (rounds > 0) {
    code.begin(I.loop);
    for (let pair = 0; pair < PAIRS; pair++) add(16 * pair);
    code.get(i);
    code.integer(16 * PAIRS);
    code.op(I.i32_add);
    code.tee(i);
    code.integer(16 * PAIRS * rounds);
    code.op(I.i32_lt_u);
    code.repeat();
    code.end();
  }
  for (let lane = 2 * PAIRS * rounds; lane < lanes; lane++) {
    pushBase(code, to);
    pushBase(code, to);
    code.memory(I.f64_load, to.address + 8 * lane);
    pushBase(code, from);
    code.memory(I.f64_load, from.address + 8 * lane);
    code.op(instructions.add.f64);
    code.memory(I.f64_store, to.address + 8 * lane);
  }
  code.give(i);
}

/** Makes lanes 0. */
export function clearLanes(code: Code, to: Home, lanes: number): void {
  pushAddress(code, to);
  code.integer(0);
  code.integer(8 * lanes);
  code.bulk(I.memory_fill);
}
