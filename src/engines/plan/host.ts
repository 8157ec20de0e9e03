/** What emitted and interpreted programs need of JavaScript while they run: calls of users' functions, and errors. */
import { GraphError } from "../../errors.js";
import { type HostOp } from "../../graph/graph.js";
import { FAULT } from "../../ops/layout.js";
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

/** Throws the error that memory describes: a lane number out of bounds. */
export function throwFault(buffer: ArrayBuffer, at: number): never {
  const view = new DataView(buffer, at, FAULT.bytes);
  const lane = view.getUint32(FAULT.lane, true);
  const lanes = view.getUint32(FAULT.lanes, true);
  const index = view.getFloat64(FAULT.index, true);
  checkLane(AT_RUN, index, lanes, lane);
  throw new GraphError(`run: expected a lane number out of bounds where one is reported, got ${index} of ${lanes} lanes`);
}
