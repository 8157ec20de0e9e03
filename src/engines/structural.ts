/** The structural rows of the reference engine: each computes its lanes, and adds its adjoint to its operands'. */
import { argLane, AT_RUN, cumsumLanes, extremeLane, fillLanes, segmentSumLanes, sumLanes, takeLanes } from "../lanes.js";
import { type Graph, type Row } from "../graph.js";
import { type Tape } from "../generated/sweeps.js";
import { structural } from "../structural.js";

/** A part of a run and of its reverse sweep. */
export interface Step {
  forward(): void;
  reverse(): void;
}

const none = (): void => undefined;

/** The step of a structural row; undefined for rows that only hold what is given. */
export function structuralStep(graph: Graph, row: Row, positions: Int32Array, tape: Tape, indices: Int32Array): Step | undefined {
  const view = (of: Float64Array, at: Row): Float64Array => of.subarray(positions[at], positions[at]! + graph.lanes(at));
  const op = graph.op[row]!;
  if (op <= structural.indexVector) return undefined;
  const v = view(tape.value, row);
  const g = view(tape.adjoint, row);
  if (op === structural.assemble) return assembleStep(graph, row, v, g, (piece) => [view(tape.value, piece), view(tape.adjoint, piece)]);
  if (op === structural.custom) {
    const value = view(tape.value, graph.operand(row, 0));
    return { forward: () => v.set(value), reverse: none };
  }
  if (op === structural.host) {
    const operands = graph.operands(row).map((operand) => view(tape.value, operand));
    return { forward: () => fillLanes(graph.hosts[graph.c[row]!]!, v, operands), reverse: none };
  }
  const x = view(tape.value, graph.a[row]!);
  const gx = view(tape.adjoint, graph.a[row]!);
  const b = graph.b[row]!;
  const lanes = (): ArrayLike<number> => {
    if (graph.op[b] === structural.indexVector) return graph.vectors[graph.a[b]!]!;
    return graph.op[b] === structural.indices ? indices.subarray(positions[b], positions[b]! + graph.lanes(b)) : view(tape.value, b);
  };
  switch (op) {
    case structural.sum:
      return {
        forward: () => void (v[0] = sumLanes(x)),
        reverse() {
          for (let i = 0; i < gx.length; i++) gx[i]! += g[0]!;
        },
      };
    case structural.broadcast:
      return { forward: () => void v.fill(x[0]!), reverse: () => void (gx[0]! += sumLanes(g)) };
    case structural.slice:
      return {
        forward: () => v.set(x.subarray(b, b + v.length)),
        reverse() {
          for (let i = 0; i < g.length; i++) gx[b + i]! += g[i]!;
        },
      };
    case structural.take:
      return takeStep(x, gx, v, g, lanes());
    case structural.segmentSum:
      return segmentSumStep(x, gx, v, g, lanes());
    case structural.cumsum:
      return cumsumStep(x, gx, v, g);
    case structural.reverse:
      return {
        forward() {
          for (let i = 0; i < v.length; i++) v[i] = x[v.length - 1 - i]!;
        },
        reverse() {
          for (let i = 0; i < v.length; i++) gx[v.length - 1 - i]! += g[i]!;
        },
      };
    case structural.max:
    case structural.min:
      return { forward: () => void (v[0] = extremeLane(x, op === structural.max ? 1 : -1)), reverse: none };
    default:
      return { forward: () => void (v[0] = argLane(x, op === structural.argmax ? 1 : -1)), reverse: none };
  }
}

function takeStep(x: Float64Array, gx: Float64Array, v: Float64Array, g: Float64Array, index: ArrayLike<number>): Step {
  return {
    forward: () => void takeLanes(x, index, v, AT_RUN),
    reverse() {
      for (let i = 0; i < g.length; i++) gx[index[i]!]! += g[i]!;
    },
  };
}

function segmentSumStep(x: Float64Array, gx: Float64Array, v: Float64Array, g: Float64Array, index: ArrayLike<number>): Step {
  return {
    forward: () => void segmentSumLanes(x, index, v.length, v, AT_RUN),
    reverse() {
      for (let i = 0; i < gx.length; i++) gx[i]! += g[index[i]!]!;
    },
  };
}

function cumsumStep(x: Float64Array, gx: Float64Array, v: Float64Array, g: Float64Array): Step {
  return {
    forward: () => void cumsumLanes(x, v),
    reverse() {
      let total = 0;
      for (let i = g.length - 1; i >= 0; i--) gx[i]! += total += g[i]!;
    },
  };
}

function assembleStep(graph: Graph, row: Row, v: Float64Array, g: Float64Array, views: (piece: Row) => [Float64Array, Float64Array]): Step {
  const pieces = Array.from({ length: graph.operandCount(row) }, (_, k) => ({
    offset: graph.pieceOffset(row, k),
    views: views(graph.operand(row, k)),
  }));
  return {
    forward() {
      v.fill(0);
      for (const {
        offset,
        views: [x],
      } of pieces)
        for (let i = 0; i < x.length; i++) v[offset + i]! += x[i]!;
    },
    reverse() {
      for (const {
        offset,
        views: [, gx],
      } of pieces)
        for (let i = 0; i < gx.length; i++) gx[i]! += g[offset + i]!;
    },
  };
}
