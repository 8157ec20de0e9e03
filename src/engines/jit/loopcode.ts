/** Loops over lanes as instructions. */
import { type Row } from "../../graph.js";
import { structural } from "../../structural.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { beginCarried } from "./carried.js";
import { type Emission } from "./emission.js";
import { type Lanes, type LoopState } from "./lanes.js";
import { type PlannedLoop } from "./parts.js";
import { CLOSE, Reductions } from "./reductions.js";
import { emitSegments } from "./segments.js";
import { type Straight } from "./straight.js";

/** A body of up to this many rows stands in the loop four times, so that sums stay in locals and rounds overlap. */
const UNROLLED_ROWS = 40;

/** Up to this many scalars are kept in locals for a loop; beyond that each is loaded where it is needed. */
const HOISTED = 8;

/** Emits a loop into the function that the straight rows are in. */
export function emitLoop(emission: Emission, straight: Straight, bodies: Lanes, planned: PlannedLoop): void {
  straight.held.settle();
  const { body, loop, segments } = planned;
  const { code } = straight.held;
  const copies = body.length <= UNROLLED_ROWS && segments.length === 1 ? 4 : 1;
  const reductions = new Reductions(emission, code, loop.lanes, loop.roots, copies > 1);
  reductions.begin();
  emptyVectors(emission, code, body);
  const carried = beginCarried(emission, code, body);
  if (segments.length > 1) emitSegments(emission, code, bodies, planned, reductions, carried);
  else {
    const hoisted = hoist(emission, code, body);
    emitRounds(code, bodies, planned, { code, reductions, carried, hoisted }, copies);
    for (const local of hoisted.values()) code.give(local);
  }
  reductions.end(straight, carried);
  for (const local of carried.values()) code.give(local);
}

/** The loop proper, `copies` pairs a round, and the lanes that are left over. */
function emitRounds(code: Code, bodies: Lanes, { body, loop: { lanes } }: PlannedLoop, state: LoopState, copies: number): void {
  const offset = code.take(Type.i32);
  const pair = (copy: number): void => bodies.emit(state, body, true, { offset, lane: 2 * copy });
  const pairs = lanes >> 1;
  const rounds = Math.floor(pairs / copies);
  code.integer(0);
  code.set(offset);
  const round = (limit: () => void): void => {
    code.begin(I.loop);
    for (let copy = 0; copy < copies; copy++) pair(copy);
    advance(code, offset, 16 * copies, limit);
  };
  if (rounds > 0) {
    const end = 16 * copies * rounds;
    if (state.reductions.closes) emitBlocks(code, offset, end, 8 * CLOSE, state.reductions, (limit) => round(() => code.get(limit)));
    else round(() => code.integer(end));
  }
  for (let copy = 0; copy < pairs - rounds * copies; copy++) pair(copy);
  if (lanes & 1) bodies.emit(state, body, false, { lane: lanes - 1 });
  code.give(offset);
}

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

/** Empties the vectors that are added into. */
function emptyVectors(emission: Emission, code: Code, body: readonly Row[]): void {
  const { op, graph } = emission.stages.lowered;
  for (const row of body) {
    if (op[row] !== structural.segmentSum) continue;
    code.integer(emission.addressOf(row));
    code.integer(0);
    code.integer(8 * graph.lanes(row));
    code.bulk(I.memory_fill);
  }
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
