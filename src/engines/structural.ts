/** The structural rows of the reference engine: each computes its lanes, and adds its adjoint to its operands'. */
import { argLane, cumsumLanes, extremeLane, segmentSumLanes, sumLanes, takeLanes } from "../lanes.js";
import { type Graph, type Row } from "../graph.js";
import { type Tape } from "../generated/sweeps.js";
import { structural } from "../structural.js";

/** A part of a run and of its reverse sweep. */
export interface Step {
  forward(): void;
  reverse(): void;
}

/** Adds to lanes of an adjoint, from `offset` on. */
function accumulate(target: Float64Array, lanes: Float64Array, offset = 0): void {
  for (let i = 0; i < lanes.length; i++) target[offset + i]! += lanes[i]!;
}

const turned = (x: Float64Array): Float64Array => x.slice().reverse();

/** The step of a structural row; undefined for rows that only hold what is given. */
export function structuralStep(graph: Graph, row: Row, positions: Int32Array, tape: Tape, indices: Int32Array): Step | undefined {
  const view = (of: Float64Array, at: Row): Float64Array => of.subarray(positions[at], positions[at]! + graph.lanes(at));
  const op = graph.op[row]!;
  if (op <= structural.indexVector) return undefined;
  const v = view(tape.value, row);
  const g = view(tape.adjoint, row);
  if (op === structural.assemble) return assembleStep(graph, row, v, g, (piece) => [view(tape.value, piece), view(tape.adjoint, piece)]);
  const x = view(tape.value, graph.a[row]!);
  const gx = view(tape.adjoint, graph.a[row]!);
  const b = graph.b[row]!;
  const lanes = (): ArrayLike<number> => {
    if (graph.op[b] === structural.indexVector) return graph.vectors[graph.a[b]!]!;
    return graph.op[b] === structural.indices ? indices.subarray(positions[b], positions[b]! + graph.lanes(b)) : view(tape.value, b);
  };
  const scalar = (of: () => number): (() => void) => () => void (v[0] = of());
  const none = (): void => undefined;
  switch (op) {
    case structural.sum:
      return { forward: scalar(() => sumLanes(x)), reverse: () => accumulate(gx, new Float64Array(x.length).fill(g[0]!)) };
    case structural.broadcast:
      return { forward: () => void v.fill(x[0]!), reverse: () => void (gx[0]! += sumLanes(g)) };
    case structural.at:
      return { forward: scalar(() => x[b]!), reverse: () => void (gx[b]! += g[0]!) };
    case structural.slice:
      return { forward: () => v.set(x.subarray(b, b + v.length)), reverse: () => accumulate(gx, g, b) };
    case structural.take: {
      const index = lanes();
      return { forward: () => v.set(takeLanes(x, index)), reverse: () => accumulate(gx, segmentSumLanes(g, index, x.length)) };
    }
    case structural.segmentSum: {
      const index = lanes();
      return { forward: () => v.set(segmentSumLanes(x, index, v.length)), reverse: () => accumulate(gx, takeLanes(g, index)) };
    }
    case structural.cumsum:
      return { forward: () => v.set(cumsumLanes(x)), reverse: () => accumulate(gx, turned(cumsumLanes(turned(g)))) };
    case structural.reverse:
      return { forward: () => v.set(turned(x)), reverse: () => accumulate(gx, turned(g)) };
    case structural.max:
    case structural.min:
      return { forward: scalar(() => extremeLane(x, op === structural.max ? 1 : -1)), reverse: none };
    default:
      return { forward: scalar(() => argLane(x, op === structural.argmax ? 1 : -1)), reverse: none };
  }
}

function assembleStep(graph: Graph, row: Row, v: Float64Array, g: Float64Array, views: (piece: Row) => [Float64Array, Float64Array]): Step {
  const pieces = Array.from({ length: graph.operandCount(row) }, (_, k) => ({ offset: graph.pieceOffset(row, k), views: views(graph.operand(row, k)) }));
  return {
    forward() {
      v.fill(0);
      for (const { offset, views: [x] } of pieces) accumulate(v, x, offset);
    },
    reverse() {
      for (const { offset, views: [, gx] } of pieces) for (let i = 0; i < gx.length; i++) gx[i]! += g[offset + i]!;
    },
  };
}

