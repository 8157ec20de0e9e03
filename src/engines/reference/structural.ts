/** The structural rows of the reference engine: each computes its lanes, and adds its adjoint to its operands'. */
import { AT_RUN, sumLanes } from "../../ops/lanes.js";
import { type Graph, type Row } from "../../graph/graph.js";
import { type Tape } from "./generated/sweeps.js";
import { structural } from "../../ops/structural.js";
import { structuralValue } from "../../graph/structuralvalues.js";

/** A part of a run and of its reverse sweep. */
export interface Step {
  forward(): void;
  reverse(): void;
}

/** The step of a structural row; undefined for rows that only hold what is given. */
export function structuralStep(graph: Graph, row: Row, positions: Int32Array, tape: Tape, indices: Int32Array): Step | undefined {
  if (graph.op[row]! <= structural.indexVector) return undefined;
  const viewOf =
    <T extends Float64Array | Uint8Array>(numbers: T) =>
    (at: Row): T =>
      numbers.subarray(positions[at], positions[at]! + graph.lanes(at)) as T;
  const view = viewOf(tape.value);
  const lanes = (at: Row): ArrayLike<number> => {
    if (graph.op[at] === structural.indexVector) return graph.vectors[graph.a[at]!]!;
    return graph.op[at] === structural.indices ? indices.subarray(positions[at], positions[at]! + graph.lanes(at)) : view(at);
  };
  return {
    forward: structuralValue(graph, row, view(row), { view, indices: lanes, name: AT_RUN }),
    reverse: pulling(graph, row, { adjoint: viewOf(tape.adjoint), live: viewOf(tape.live), lanes }),
  };
}

/** How adjoints are found, and where they are live. */
interface Adjoints {
  readonly adjoint: (row: Row) => Float64Array;
  readonly live: (row: Row) => Uint8Array;
  /** The lane numbers that a row holds. */
  readonly lanes: (row: Row) => ArrayLike<number>;
}

/** Adds a row's adjoint to its operands', from the lanes that are live, every time it is called; what has no derivative adds nothing. */
function pulling(graph: Graph, row: Row, { adjoint, live, lanes }: Adjoints): () => void {
  const g = adjoint(row);
  const isLive = live(row);
  const operands = graph.operands(row).map((operand) => ({ g: adjoint(operand), live: live(operand) }));
  const to = operands[0]!;
  const b = graph.b[row]!;
  const give = (operand: typeof to, lane: number, share: number): void => {
    operand.g[lane]! += share;
    operand.live[lane] = 1;
  };
  switch (graph.op[row]!) {
    case structural.sum:
      return () => {
        if (isLive[0]) for (let i = 0; i < to.g.length; i++) give(to, i, g[0]!);
      };
    case structural.broadcast: {
      const counted = new Float64Array(g.length);
      return () => {
        if (!isLive.includes(1)) return;
        for (let i = 0; i < g.length; i++) counted[i] = isLive[i] ? g[i]! : -0;
        give(to, 0, sumLanes(counted));
      };
    }
    case structural.slice:
      return () => {
        for (let i = 0; i < g.length; i++) if (isLive[i]) give(to, b + i, g[i]!);
      };
    case structural.take: {
      const index = lanes(b);
      return () => {
        for (let i = 0; i < g.length; i++) if (isLive[i]) give(to, index[i]!, g[i]!);
      };
    }
    case structural.segmentSum: {
      const index = lanes(b);
      return () => {
        for (let i = 0; i < to.g.length; i++) if (isLive[index[i]!]) give(to, i, g[index[i]!]!);
      };
    }
    case structural.cumsum:
      return () => {
        let total = -0;
        let some = false;
        for (let i = g.length - 1; i >= 0; i--) {
          if (isLive[i]) {
            total += g[i]!;
            some = true;
          }
          if (some) give(to, i, total);
        }
      };
    case structural.reverse:
      return () => {
        for (let i = 0; i < g.length; i++) if (isLive[i]) give(to, g.length - 1 - i, g[i]!);
      };
    case structural.assemble: {
      const offsets = operands.map((_, k) => graph.pieceOffset(row, k));
      return () => {
        for (const [k, piece] of operands.entries())
          for (let i = 0; i < piece.g.length; i++) if (isLive[offsets[k]! + i]) give(piece, i, g[offsets[k]! + i]!);
      };
    }
  }
  return () => undefined;
}
