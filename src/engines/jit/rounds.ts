/** What loops over lanes are made of: rounds, blocks, and the scalars that a loop reads. */
import { type Row } from "../../graph/graph.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { type Emission } from "./emission.js";
import { CLOSE } from "../../ops/layout.js";

/** Up to this many scalars are kept in locals for a loop; beyond that each is loaded where it is needed. */
const HOISTED = 8;

/** A loop of so many lanes counts them one by one: as bytes they may be more than 32 bits hold. */
const LONG = 2 ** 28;

/** What a loop's offset counts in: bytes, so that it is an address, or, in long loops, lanes. */
export type Unit = 8 | 1;

/** What the offset of a loop over so many lanes counts in. */
export const unitOf = (lanes: number): Unit => (lanes < LONG ? 8 : 1);

/** Makes bytes of the offset on the stack. */
export function toBytes(code: Code, unit: Unit): void {
  if (unit === 8) return;
  code.integer(3);
  code.op(I.i32_shl);
}

/** Ends a loop: moves an offset on by so many lanes, and repeats while it is below a limit. */
export function advance(code: Code, offset: Local, lanes: number, unit: Unit, limit: () => void): void {
  code.get(offset);
  code.integer(unit * lanes);
  code.op(I.i32_add);
  code.tee(offset);
  limit();
  code.op(I.i32_lt_u);
  code.repeat();
  code.end();
}

/** Sums that may have to be closed on the way. */
export interface Closing {
  readonly closes: boolean;
  close(): void;
}

/** A loop over blocks of lanes up to `end`, whose inside gets the block's limit and moves the offset there; sums close when they are full. */
export function emitBlocks(
  code: Code,
  offset: Local,
  { end, block, unit }: { readonly end: number; readonly block: number; readonly unit: Unit },
  sums: Closing,
  inside: (limit: Local) => void,
): void {
  const limit = code.take(Type.i32);
  code.begin(I.loop);
  code.get(offset);
  code.integer(unit * block);
  code.op(I.i32_add);
  code.tee(limit);
  code.integer(unit * end);
  code.get(limit);
  code.integer(unit * end);
  code.op(I.i32_lt_u);
  code.op(I.select);
  code.set(limit);
  inside(limit);
  if (sums.closes) {
    code.get(offset);
    code.integer(unit * CLOSE - 1);
    code.op(I.i32_and);
    code.op(I.i32_eqz);
    code.begin(I.if);
    sums.close();
    code.end();
  }
  code.get(offset);
  code.integer(unit * end);
  code.op(I.i32_lt_u);
  code.repeat();
  code.end();
  code.give(limit);
}

/** Loads the scalars that rows read into locals where they are few, as pairs. */
export function hoist(emission: Emission, code: Code, body: readonly Row[]): Map<Row, Local> {
  const { lowered } = emission.stages;
  const scalars = new Set<Row>();
  for (const row of body) lowered.operands(row, (operand) => void (lowered.graph.isScalar(operand) && scalars.add(operand)));
  const hoisted = new Map<Row, Local>();
  if (scalars.size > HOISTED) return hoisted;
  for (const scalar of scalars) {
    const number = emission.numberOf(scalar);
    const resident = emission.locals.get(scalar);
    if (resident !== undefined) {
      code.get(resident);
      code.op(I.f64x2_splat);
    } else if (number === undefined) emission.load(code, I.v128_load64_splat, scalar);
    else code.load(I.v128_load, emission.constant(number));
    const local = code.take(Type.v128);
    code.set(local);
    hoisted.set(scalar, local);
  }
  return hoisted;
}
