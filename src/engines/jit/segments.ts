/** Loops whose bodies are too long for one function: the body in segments, each a function over a block of lanes. */
import { type Row } from "../../graph/graph.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { loadCarried, storeCarried } from "./carried.js";
import { blockLanes } from "../plan/loops.js";
import { type Emission } from "./emission.js";
import { type Lanes } from "./lanes.js";
import { type PlannedLoop } from "./parts.js";
import { type Reductions } from "./reductions.js";
import { advance, emitBlocks, hoist, toBytes, unitOf } from "./rounds.js";

/** What crosses from segment to segment, and where it lies. */
interface Crossing {
  readonly block: number;
  readonly addresses: ReadonlyMap<Row, number>;
}

/** The rows that are used in a later segment than theirs, unless they lie in memory anyway; each has a block, which is free again after its last use. */
function crossingOf(emission: Emission, { segments, loop }: PlannedLoop): Crossing {
  const { stages, arena } = emission;
  const segmentOf = new Map<Row, number>();
  const last = new Map<Row, number>();
  segments.forEach((rows, segment) => {
    for (const row of rows) segmentOf.set(row, segment);
    for (const row of rows)
      stages.lowered.operands(row, (operand) => {
        const from = segmentOf.get(operand);
        if (from !== undefined && from < segment && !stages.materialised[operand]) last.set(operand, segment);
      });
  });
  const slots = new Map<Row, number>();
  const ending: number[][] = segments.map(() => []);
  const free: number[] = [];
  let count = 0;
  segments.forEach((rows, segment) => {
    for (const row of rows) {
      const end = last.get(row);
      if (end === undefined) continue;
      const slot = free.pop() ?? count++;
      slots.set(row, slot);
      ending[end]!.push(slot);
    }
    free.push(...ending[segment]!);
  });
  const block = blockLanes(count, loop.lanes);
  const scratch = arena.allocate(8 * block * count);
  return { block, addresses: new Map(Array.from(slots, ([row, slot]) => [row, scratch + 8 * block * slot])) };
}

/** Emits the loop: blocks of lanes, and for each the segments in turn. What is carried goes from function to function by way of memory. */
export function emitSegments(
  emission: Emission,
  code: Code,
  bodies: Lanes,
  planned: PlannedLoop,
  reductions: Reductions,
  carried: ReadonlyMap<Row, Local>,
): void {
  const { lanes } = planned.loop;
  const unit = unitOf(lanes);
  const { block, addresses } = crossingOf(emission, planned);
  const carriedAt = new Map(Array.from(carried.keys(), (row) => [row, emission.arena.allocate(16)]));
  storeCarried(emission, code, carried, carriedAt);

  /** A segment as a function of a block's offset and limit, or, of the last odd lane, of nothing. */
  const segment = (rows: readonly Row[], pair: boolean): number => {
    const body = emission.module.code(pair ? [Type.i32, Type.i32] : []);
    const locals = loadCarried(emission, body, rows, carriedAt);
    const hoisted = pair ? hoist(emission, body, rows) : new Map<Row, Local>();
    const [start, limit] = [0, 1];
    const within = body.take(Type.i32);
    const state = { code: body, reductions, unit, carried: locals, hoisted, crossing: { addresses, ...(pair ? { offset: within } : {}) } };
    if (pair) {
      const offset = body.take(Type.i32);
      body.get(start);
      body.set(offset);
      body.begin(I.loop);
      body.get(offset);
      body.get(start);
      body.op(I.i32_sub);
      toBytes(body, unit);
      body.set(within);
      bodies.emit(state, rows, true, { offset, lane: 0 });
      advance(body, offset, 2, unit, () => body.get(limit));
    } else bodies.emit(state, rows, false, { lane: lanes - 1 });
    storeCarried(emission, body, locals, carriedAt);
    body.integer(0);
    return emission.module.add([Type.i32], body);
  };
  const end = 2 * (lanes >> 1);
  if (end > 0) {
    const functions = planned.segments.map((rows) => segment(rows, true));
    const offset = code.take(Type.i32);
    code.integer(0);
    code.set(offset);
    emitBlocks(code, offset, { end, block, unit }, reductions, (limit) => {
      for (const index of functions) {
        code.get(offset);
        code.get(limit);
        code.callOrReturn(index);
      }
      code.get(limit);
      code.set(offset);
    });
    code.give(offset);
  }
  if (lanes & 1) for (const rows of planned.segments) code.callOrReturn(segment(rows, false));
  for (const [row, local] of loadCarried(emission, code, [...carried.keys()], carriedAt)) {
    code.get(local);
    code.set(carried.get(row)!);
    code.give(local);
  }
}
