/** What loops over lanes are made of: rounds, blocks, and the scalars that a loop reads. */
import { type Row } from "../../graph.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { type Emission } from "./emission.js";
import { CLOSE } from "../../lanes.js";
import { type Reductions } from "./reductions.js";

/** Up to this many scalars are kept in locals for a loop; beyond that each is loaded where it is needed. */
const HOISTED = 8;

/** Ends a loop: moves an offset on, and repeats while it is below a limit. */
export function advance(code: Code, offset: Local, step: number, limit: () => void): void {
  code.get(offset);
  code.integer(step);
  code.op(I.i32_add);
  code.tee(offset);
  limit();
  code.op(I.i32_lt_u);
  code.repeat();
  code.end();
}

/** A loop over blocks of bytes up to `end`, whose inside gets the block's limit and moves the offset there; sums close when they are full. */
export function emitBlocks(
  code: Code,
  offset: Local,
  end: number,
  block: number,
  reductions: Reductions,
  inside: (limit: Local) => void,
): void {
  const limit = code.take(Type.i32);
  code.begin(I.loop);
  code.get(offset);
  code.integer(block);
  code.op(I.i32_add);
  code.tee(limit);
  code.integer(end);
  code.get(limit);
  code.integer(end);
  code.op(I.i32_lt_u);
  code.op(I.select);
  code.set(limit);
  inside(limit);
  if (reductions.closes) {
    code.get(offset);
    code.integer(8 * CLOSE - 1);
    code.op(I.i32_and);
    code.op(I.i32_eqz);
    code.begin(I.if);
    reductions.close();
    code.end();
  }
  code.get(offset);
  code.integer(end);
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
    if (number === undefined) code.load(I.v128_load64_splat, emission.addressOf(scalar));
    else code.load(I.v128_load, emission.constant(number));
    const local = code.take(Type.v128);
    code.set(local);
    hoisted.set(scalar, local);
  }
  return hoisted;
}
