/** Short sequences of instructions that move whole vectors. */
import { instructions } from "../../ops/instructions.js";
import { type Code } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";

/** Copies bytes from one place to another. */
export function copyBytes(code: Code, to: number, from: number, bytes: number): void {
  code.integer(to);
  code.integer(from);
  code.integer(bytes);
  code.bulk(I.memory_copy);
}

/** Up to so many lanes are copied by pairs; the instruction for more calls into the host. */
const PAIRED_LANES = 32;

/** Copies lanes from one place to another, both on 16-byte boundaries and padded to them. */
export function copyLanes(code: Code, to: number, from: number, lanes: number): void {
  if (lanes > PAIRED_LANES) return copyBytes(code, to, from, 8 * lanes);
  for (let lane = 0; lane < lanes; lane += 2) {
    code.integer(0);
    code.load(I.v128_load, from + 8 * lane);
    code.memory(I.v128_store, to + 8 * lane);
  }
}

/** Pairs that a round adds. */
const PAIRS = 2;

/** Adds lanes to those of another vector. */
export function addLanes(code: Code, to: number, from: number, lanes: number): void {
  const i = code.take(Type.i32);
  const rounds = Math.floor(lanes / (2 * PAIRS));
  const add = (offset: number): void => {
    code.get(i);
    code.get(i);
    code.memory(I.v128_load, to + offset);
    code.get(i);
    code.memory(I.v128_load, from + offset);
    code.op(instructions.add.f64x2);
    code.memory(I.v128_store, to + offset);
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
    code.integer(0);
    code.load(I.f64_load, to + 8 * lane);
    code.load(I.f64_load, from + 8 * lane);
    code.op(instructions.add.f64);
    code.memory(I.f64_store, to + 8 * lane);
  }
  code.give(i);
}
