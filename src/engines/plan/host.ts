/** What emitted and interpreted programs need of JavaScript while they run: calls of users' functions, and errors. */
import { GraphError } from "../../errors.js";
import { type HostOp } from "../../graph/graph.js";
import { AT_RUN, checkLane, fillLanes } from "../../ops/lanes.js";
import { type Span } from "./arena.js";

/** A call of a user's function: what fills v, and from what. */
export interface Call {
  readonly op: HostOp;
  readonly v: Span;
  readonly operands: readonly Span[];
}

/** A call on views of memory. */
export function boundCall({ op, v, operands }: Call, buffer: ArrayBuffer): () => void {
  const view = ({ address, lanes }: Span): Float64Array => new Float64Array(buffer, address, lanes);
  const [result, views] = [view(v), operands.map(view)];
  return () => fillLanes(op, result, views);
}

/** Throws the error that memory describes: lane u32, lanes u32, the lane number f64, which is out of bounds. */
export function throwFault(buffer: ArrayBuffer, at: number): never {
  const [lane, lanes] = new Uint32Array(buffer, at, 2);
  const [index] = new Float64Array(buffer, at + 8, 1);
  checkLane(AT_RUN, index!, lanes!, lane!);
  throw new GraphError(`run: expected a lane number out of bounds where one is reported, got ${index} of ${lanes} lanes`);
}
