/** The rows that move lanes, as instructions in a loop's body. */
import { type Row } from "../../graph/graph.js";
import { instructions } from "../../ops/instructions.js";
import { type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { type LoopBody } from "./loopbody.js";
import { addBase, behind, pushAddress, pushBase } from "./memory.js";

/** How many lanes a body has. */
const width = (lanes: LoopBody): number => (lanes.pair ? 2 : 1);

/**
 * Leaves a lane's index on the stack, checked to be below `count`, times 8. `values` is the local of computed lane numbers; others are
 * of 32 bits in memory. At a fault the function returns.
 */
function pushOffset(lanes: LoopBody, indices: Row, values: Local | undefined, lane: number, count: number): void {
  const { code, emission } = lanes;
  const index = code.take(Type.i32);
  const pushValue = (): void => {
    if (values === undefined) {
      code.get(index);
      code.op(I.f64_convert_i32_s);
    } else {
      code.get(values);
      if (lanes.pair) code.lane(I.f64x2_extract_lane, lane);
    }
  };
  if (values === undefined) {
    const home = emission.homeOf(indices);
    lanes.base(2);
    addBase(code, home);
    code.memory(I.i32_load, home.address + 4 * (lanes.at.lane + lane));
    code.tee(index);
    code.integer(count);
    code.op(I.i32_ge_u);
  } else {
    pushValue();
    code.integer(count);
    code.call(emission.use("laneAt"));
    code.tee(index);
    code.integer(0);
    code.op(I.i32_lt_s);
  }
  code.begin(I.if);
  lanes.laneNumber(lane);
  code.integer(count);
  pushValue();
  code.call(emission.fault);
  code.op(I.return);
  code.end();
  code.get(index);
  code.integer(3);
  code.op(I.i32_shl);
  code.give(index);
}

/** The local of computed lane numbers; undefined for those of 32 bits. */
function valuesOf(lanes: LoopBody, indices: Row): Local | undefined {
  if (lanes.emission.isIndices(indices)) return undefined;
  lanes.held.push(indices);
  const values = lanes.code.take(lanes.held.type);
  lanes.code.set(values);
  return values;
}

/** v[i] := a[b[i]]. */
export function emitTake(lanes: LoopBody, row: Row): void {
  const { code, emission, held } = lanes;
  const { a, b, graph } = emission.stages.lowered;
  held.settle();
  const count = graph.lanes(a[row]!);
  const from = emission.homeOf(a[row]!);
  const values = valuesOf(lanes, b[row]!);
  const pushFrom = (lane: number): void => {
    pushOffset(lanes, b[row]!, values, lane, count);
    addBase(code, from);
  };
  if (!lanes.pair) {
    pushFrom(0);
    code.memory(I.f64_load, from.address);
  } else {
    const second = code.take(Type.i32);
    pushFrom(0);
    pushFrom(1);
    code.set(second);
    code.memory(I.v128_load64_zero, from.address);
    const first = code.take(Type.v128);
    code.set(first);
    code.get(second);
    code.get(first);
    code.memory(I.v128_load64_lane, from.address, 1);
    code.give(first);
    code.give(second);
  }
  if (values !== undefined) code.give(values);
  held.define(row);
}

/** A lane of sums to which nothing was added; assembly/move.ts says why it is told apart from every sum. */
const UNTOUCHED = 0x7ff0000000000001n;

/** v[b[i]] += a[i], in order of i; a sum begins with its first term. */
export function emitSegmentSum(lanes: LoopBody, row: Row): void {
  const { code, emission, held } = lanes;
  const { a, b, graph } = emission.stages.lowered;
  held.settle();
  const to = emission.homeOf(row);
  const values = valuesOf(lanes, b[row]!);
  held.push(a[row]!);
  const x = code.take(held.type);
  code.set(x);
  const offset = code.take(Type.i32);
  for (let lane = 0; lane < width(lanes); lane++) {
    pushOffset(lanes, b[row]!, values, lane, graph.lanes(row));
    addBase(code, to);
    code.tee(offset);
    code.number(-0);
    code.get(offset);
    code.memory(I.f64_load, to.address);
    code.get(offset);
    code.memory(I.i64_load, to.address);
    code.long(UNTOUCHED);
    code.op(I.i64_eq);
    code.op(I.select);
    code.get(x);
    if (lanes.pair) code.lane(I.f64x2_extract_lane, lane);
    code.op(instructions.add.f64);
    code.memory(I.f64_store, to.address);
  }
  code.give(offset);
  code.give(x);
  if (values !== undefined) code.give(values);
}

/** v[i] := a[0] + … + a[i], the running sum in a local. */
export function emitCumsum(lanes: LoopBody, row: Row): void {
  const { code, emission, held } = lanes;
  const a = emission.stages.lowered.a[row]!;
  const total = lanes.state.carried.get(row)!;
  held.settle(a);
  held.push(a);
  if (lanes.pair) {
    const x = code.take(Type.v128);
    code.set(x);
    const add = (lane: number): void => {
      code.get(total);
      code.get(x);
      code.lane(I.f64x2_extract_lane, lane);
      code.op(instructions.add.f64);
      code.tee(total);
    };
    add(0);
    code.op(I.f64x2_splat);
    add(1);
    code.lane(I.f64x2_replace_lane, 1);
    code.give(x);
  } else {
    code.get(total);
    code.op(instructions.add.f64);
    code.tee(total);
  }
  held.define(row);
}

/** v[i] := a[n − 1 − i]. */
export function emitReverse(lanes: LoopBody, row: Row): void {
  const { code, emission, held } = lanes;
  const { a, graph } = emission.stages.lowered;
  held.settle();
  const last = behind(emission.homeOf(a[row]!), graph.lanes(row) - 1 - lanes.at.lane);
  if (lanes.pair) {
    pushAddress(code, behind(last, -1));
    lanes.base();
    code.op(I.i32_sub);
    code.memory(I.v128_load, 0);
    const x = code.take(Type.v128);
    code.tee(x);
    code.get(x);
    code.shuffle([8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]);
    code.give(x);
  } else {
    pushBase(code, last);
    code.memory(I.f64_load, last.address);
  }
  held.define(row);
}
