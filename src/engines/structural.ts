/** The structural rows of the reference engine: each computes its lanes, and adds its adjoint to its operands'. */
import { AT_RUN, sumLanes } from "../lanes.js";
import { type Graph, type Row } from "../graph.js";
import { type Tape } from "../generated/sweeps.js";
import { structural } from "../structural.js";
import { structuralValue } from "../structuralvalues.js";

/** A part of a run and of its reverse sweep. */
export interface Step {
  forward(): void;
  reverse(): void;
}

/** The step of a structural row; undefined for rows that only hold what is given. */
export function structuralStep(graph: Graph, row: Row, positions: Int32Array, tape: Tape, indices: Int32Array): Step | undefined {
  if (graph.op[row]! <= structural.indexVector) return undefined;
  const viewOf =
    (numbers: Float64Array) =>
    (at: Row): Float64Array =>
      numbers.subarray(positions[at], positions[at]! + graph.lanes(at));
  const view = viewOf(tape.value);
  const lanes = (at: Row): ArrayLike<number> => {
    if (graph.op[at] === structural.indexVector) return graph.vectors[graph.a[at]!]!;
    return graph.op[at] === structural.indices ? indices.subarray(positions[at], positions[at]! + graph.lanes(at)) : view(at);
  };
  return {
    forward: structuralValue(graph, row, view(row), { view, indices: lanes, name: AT_RUN }),
    reverse: pulling(graph, row, viewOf(tape.adjoint), lanes),
  };
}

/** Adds a row's adjoint to its operands', every time it is called; what has no derivative adds nothing. */
function pulling(graph: Graph, row: Row, view: (row: Row) => Float64Array, lanes: (row: Row) => ArrayLike<number>): () => void {
  const g = view(row);
  const operands = graph.operands(row).map(view);
  const gx = operands[0]!;
  const b = graph.b[row]!;
  switch (graph.op[row]!) {
    case structural.sum:
      return () => {
        for (let i = 0; i < gx.length; i++) gx[i]! += g[0]!;
      };
    case structural.broadcast:
      return () => void (gx[0]! += sumLanes(g));
    case structural.slice:
      return () => {
        for (let i = 0; i < g.length; i++) gx[b + i]! += g[i]!;
      };
    case structural.take: {
      const index = lanes(b);
      return () => {
        for (let i = 0; i < g.length; i++) gx[index[i]!]! += g[i]!;
      };
    }
    case structural.segmentSum: {
      const index = lanes(b);
      return () => {
        for (let i = 0; i < gx.length; i++) gx[i]! += g[index[i]!]!;
      };
    }
    case structural.cumsum:
      return () => {
        let total = 0;
        for (let i = g.length - 1; i >= 0; i--) gx[i]! += total += g[i]!;
      };
    case structural.reverse:
      return () => {
        for (let i = 0; i < g.length; i++) gx[g.length - 1 - i]! += g[i]!;
      };
    case structural.assemble: {
      const offsets = operands.map((_, k) => graph.pieceOffset(row, k));
      return () => {
        for (let k = 0; k < operands.length; k++) for (let i = 0; i < operands[k]!.length; i++) operands[k]![i]! += g[offsets[k]! + i]!;
      };
    }
  }
  return () => undefined;
}
