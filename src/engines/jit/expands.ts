/** Rows that broadcast a vector or a matrix, as instructions in a loop's body: the operand's lane is found by divisions by constants, which are multiplications. */
import { type Row } from "../../graph/graph.js";
import { type Grid, laneNumber } from "../../ops/monoid.js";
import { expandGrid } from "../../ops/shapes.js";
import { I, Type } from "../../wasm/instructions.js";
import { type LoopBody } from "./loopbody.js";
import { addBase, behind, pushBase } from "./memory.js";

/** Leaves the address of what a grid has in a lane of the body on the stack, counted from the operand's. */
function pushDistance(lanes: LoopBody, { sizes: [, rows, count], steps: [toBatch, toRow, toLane] }: Grid, lane: number): void {
  const { code } = lanes;
  const row = code.take(Type.i32);
  lanes.laneNumber(lane);
  code.tee(row);
  code.integer(count);
  code.op(I.i32_div_u);
  // The row, scaled: rows that follow each other need no division by their number.
  const scaled = (factor: number): void => {
    code.integer(factor);
    code.op(I.i32_mul);
  };
  if (toBatch === toRow * rows) scaled(toRow);
  else {
    const whole = code.take(Type.i32);
    code.tee(whole);
    code.integer(rows);
    code.op(I.i32_div_u);
    scaled(toBatch);
    code.get(whole);
    code.integer(rows);
    code.op(I.i32_rem_u);
    scaled(toRow);
    code.op(I.i32_add);
    code.give(whole);
  }
  if (toLane !== 0) {
    code.get(row);
    code.integer(count);
    code.op(I.i32_rem_u);
    code.op(I.i32_add);
  }
  code.integer(3);
  code.op(I.i32_shl);
  code.give(row);
}

/** v[i] := the lane of a that broadcasting puts there. */
export function emitExpand(lanes: LoopBody, row: Row): void {
  const { code, emission, held, at } = lanes;
  const { graph, a } = emission.stages.lowered;
  const grid = expandGrid(graph.sizes(a[row]!), graph.sizes(row));
  const from = emission.homeOf(a[row]!);
  const pushFrom = (lane: number): void => {
    pushDistance(lanes, grid, lane);
    addBase(code, from);
  };
  held.settle();
  if (!lanes.pair) {
    if (at.offset === undefined) {
      const lane = behind(from, laneNumber(grid, at.lane));
      pushBase(code, lane);
      code.memory(I.f64_load, lane.address);
    } else {
      pushFrom(0);
      code.memory(I.f64_load, from.address);
    }
  } else if (grid.sizes[2] % 2 === 0) {
    // A pair begins on an even lane, and so lies in one row.
    pushFrom(0);
    code.memory(grid.steps[2] === 0 ? I.v128_load64_splat : I.v128_load, from.address);
  } else {
    const first = code.take(Type.v128);
    pushFrom(0);
    code.memory(I.v128_load64_zero, from.address);
    code.set(first);
    pushFrom(1);
    code.get(first);
    code.memory(I.v128_load64_lane, from.address, 1);
    code.give(first);
  }
  held.define(row);
}
