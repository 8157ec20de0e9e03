/** The structural rows of a loop over lanes as instructions: what each carries from lane to lane, how it reduces them, and what it is in the body. */
import { type Row } from "../../graph/graph.js";
import { byOpcode } from "../../ops/rows.js";
import { type LoopRow } from "../../ops/structural.js";
import { instructions } from "../../ops/instructions.js";
import { Type, type TypeCode } from "../../wasm/instructions.js";
import { DOT } from "../plan/lower.js";
import { emitExpand } from "./expands.js";
import { emitCumsum, emitReverse, emitSegmentSum, emitTake } from "./moves.js";
import { type LoopBody } from "./loopbody.js";

/** A value that goes from lane to lane in a local: its type, and what it is before the first lane. */
export interface Carried {
  readonly type: TypeCode;
  readonly start: number;
}

/** How a row makes one number of lanes. */
export type Reduces =
  | { readonly kind: "sum" }
  /** By the instruction on pairs, and at last on the pair's two numbers. */
  | { readonly kind: "extreme"; readonly pairs: number; readonly numbers: number }
  | { readonly kind: "arg"; readonly greatest: boolean };

/** A structural row of a loop. */
interface LoopEmitter {
  readonly carried?: Carried;
  readonly reduces?: Reduces;
  /** Functions of the kernel that are called with the row's address and lanes before the loop, and after it. */
  readonly around?: { readonly begin: string; readonly end: string };
  emit(lanes: LoopBody, row: Row): void;
}

/** Pushes the first operand, and hands it to the loop's reductions. */
function reduce(lanes: LoopBody, row: Row): void {
  const a = lanes.emission.stages.lowered.a[row]!;
  lanes.held.settle(a);
  lanes.held.push(a);
  lanes.state.reductions.add(row, lanes);
}

const emitters: Readonly<Record<LoopRow, LoopEmitter>> = {
  sum: { reduces: { kind: "sum" }, emit: reduce },
  broadcast: {
    emit({ held, emission }, row) {
      held.settle();
      held.push(emission.stages.lowered.a[row]!);
      held.define(row);
    },
  },
  take: { emit: emitTake },
  segmentSum: { around: { begin: "segmentBegin", end: "segmentEnd" }, emit: emitSegmentSum },
  cumsum: { carried: { type: Type.f64, start: -0 }, emit: emitCumsum },
  reverse: { emit: emitReverse },
  expand: { emit: emitExpand },
  max: {
    carried: { type: Type.v128, start: -Infinity },
    reduces: { kind: "extreme", pairs: instructions.max.f64x2, numbers: instructions.max.f64 },
    emit: reduce,
  },
  min: {
    carried: { type: Type.v128, start: Infinity },
    reduces: { kind: "extreme", pairs: instructions.min.f64x2, numbers: instructions.min.f64 },
    emit: reduce,
  },
  argmax: { reduces: { kind: "arg", greatest: true }, emit: reduce },
  argmin: { reduces: { kind: "arg", greatest: false }, emit: reduce },
};

/** A fused sum of products. */
const dot: LoopEmitter = {
  reduces: { kind: "sum" },
  emit(lanes, row) {
    const { held, emission, code, pair } = lanes;
    const { a, b } = emission.stages.lowered;
    held.settle(a[row]);
    held.push(a[row]!);
    held.push(b[row]!);
    code.op(pair ? instructions.mul.f64x2 : instructions.mul.f64);
    lanes.state.reductions.add(row, lanes);
  },
};

const emittersByOpcode = byOpcode(emitters);

/** The emitter of a loop's row; undefined of those that are elementwise. */
export const emitterOf = (op: number): LoopEmitter | undefined => (op === DOT ? dot : emittersByOpcode[op]);
