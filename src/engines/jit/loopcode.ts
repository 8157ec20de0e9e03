/** Loops over lanes as instructions. */
import { type Row } from "../../graph/graph.js";
import { type Code } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { beginCarried } from "./carried.js";
import { type Emission } from "./emission.js";
import { type Lanes } from "./lanes.js";
import { type LoopState } from "./loopbody.js";
import { emitterOf } from "./looprows.js";
import { pushAddress } from "./memory.js";
import { type PlannedLoop } from "./parts.js";
import { CLOSE } from "../../ops/layout.js";
import { Reductions } from "./reductions.js";
import { advance, emitBlocks, hoist, unitOf } from "./rounds.js";
import { emitSegments } from "./segments.js";
import { type Straight } from "./straight.js";

/** A body of up to this many rows stands in the loop four times, so that sums stay in locals and rounds overlap. */
const UNROLLED_ROWS = 40;

/** Emits a loop into the function that the straight rows are in. */
export function emitLoop(emission: Emission, straight: Straight, bodies: Lanes, planned: PlannedLoop): void {
  straight.held.settle();
  const { body, loop, segments } = planned;
  const { code } = straight.held;
  const copies = body.length <= UNROLLED_ROWS && segments.length === 1 ? 4 : 1;
  const reductions = new Reductions(emission, code, loop.lanes, loop.roots, copies > 1);
  reductions.begin();
  emitAround(emission, code, body, "begin");
  const carried = beginCarried(emission, code, body);
  if (segments.length > 1) emitSegments(emission, code, bodies, planned, reductions, carried);
  else {
    const hoisted = hoist(emission, code, body);
    emitRounds(code, bodies, planned, { code, reductions, carried, hoisted, unit: unitOf(loop.lanes) }, copies);
    for (const local of hoisted.values()) code.give(local);
  }
  emitAround(emission, code, body, "end");
  reductions.end(straight, carried);
  for (const local of carried.values()) code.give(local);
}

/** The loop proper, `copies` pairs a round, and the lanes that are left over. */
function emitRounds(
  code: Code,
  bodies: Lanes,
  { body, copies: vectors, loop: { lanes } }: PlannedLoop,
  state: LoopState,
  copies: number,
): void {
  const { reductions, unit } = state;
  const offset = code.take(Type.i32);
  const pair = (copy: number): void => bodies.emit(state, body, true, { offset, lane: 2 * copy }, vectors);
  const pairs = lanes >> 1;
  const rounds = Math.floor(pairs / copies);
  code.integer(0);
  code.set(offset);
  const round = (limit: () => void): void => {
    code.begin(I.loop);
    for (let copy = 0; copy < copies; copy++) pair(copy);
    advance(code, offset, 2 * copies, unit, limit);
  };
  if (rounds > 0) {
    const end = 2 * copies * rounds;
    if (reductions.closes) emitBlocks(code, offset, { end, block: CLOSE, unit }, reductions, (limit) => round(() => code.get(limit)));
    else round(() => code.integer(unit * end));
  }
  for (let copy = 0; copy < pairs - rounds * copies; copy++) pair(copy);
  if (lanes & 1) bodies.emit(state, body, false, { lane: lanes - 1 }, vectors);
  code.give(offset);
}

/** Calls what rows need before a loop, or after it. */
function emitAround(emission: Emission, code: Code, body: readonly Row[], when: "begin" | "end"): void {
  const { op, graph } = emission.stages.lowered;
  for (const row of body) {
    const around = emitterOf(op[row]!)?.around;
    if (around === undefined) continue;
    pushAddress(code, emission.homeOf(row));
    code.integer(graph.lanes(row));
    code.call(emission.use(around[when]));
  }
}
