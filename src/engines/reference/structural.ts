/** The structural rows of the reference engine: each computes its lanes, and adds its adjoint to its operands'. Stated on numbers, apart from the definitions that the passes use, so that the two check each other. */
import { AT_RUN, sumLanes } from "../../ops/lanes.js";
import { factsOf } from "../../graph/facts.js";
import { type Graph, type Row } from "../../graph/graph.js";
import { type Facts } from "../../ops/definition.js";
import { alongAxis, type Shape } from "../../ops/shapes.js";
import { type Tape } from "./generated/sweeps.js";
import { byOpcode, structural, structuralOf } from "../../ops/rows.js";
import { type FlowingRow } from "../../ops/structural.js";
import { structuralValue } from "../../graph/structuralvalues.js";

/** A part of a run and of its reverse sweep. */
export interface Stretch {
  forward(): void;
  reverse(): void;
}

/** How the rows of a tape find numbers, and the lane numbers among them. */
interface Found {
  readonly view: (row: Row) => Float64Array;
  readonly lanes: (row: Row) => ArrayLike<number>;
}

const viewOf =
  <T extends Float64Array | Uint8Array>(graph: Graph, positions: Int32Array, numbers: T) =>
  (at: Row): T =>
    numbers.subarray(positions[at], positions[at]! + graph.lanes(at)) as T;

function found(graph: Graph, positions: Int32Array, value: Float64Array, indices: Int32Array): Found {
  const view = viewOf(graph, positions, value);
  return {
    view,
    lanes(at) {
      if (graph.op[at] === structural.indexVector) return graph.vectors[graph.a[at]!]!;
      return graph.op[at] === structural.indices ? indices.subarray(positions[at], positions[at]! + graph.lanes(at)) : view(at);
    },
  };
}

/** Computes a structural row once, from the numbers that are there. */
export function computeStructural(graph: Graph, row: Row, positions: Int32Array, value: Float64Array, indices: Int32Array): void {
  const { view, lanes } = found(graph, positions, value, indices);
  structuralValue(graph, row, view(row), { view, indices: lanes })();
}

/** The stretch of a structural row; undefined for rows that only hold what is given. */
export function structuralStretch(graph: Graph, row: Row, positions: Int32Array, tape: Tape, indices: Int32Array): Stretch | undefined {
  if (structuralOf(graph.op[row]!).kind === "entry") return undefined;
  const { view, lanes } = found(graph, positions, tape.value, indices);
  return {
    forward: structuralValue(graph, row, view(row), { view, indices: lanes, name: AT_RUN }),
    reverse: pulling(graph, row, {
      value: view,
      adjoint: viewOf(graph, positions, tape.adjoint),
      live: viewOf(graph, positions, tape.live),
      lanes,
    }),
  };
}

/** How numbers and adjoints are found, and where these are live. */
interface Adjoints {
  readonly value: (row: Row) => Float64Array;
  readonly adjoint: (row: Row) => Float64Array;
  readonly live: (row: Row) => Uint8Array;
  /** The lane numbers that a row holds. */
  readonly lanes: (row: Row) => ArrayLike<number>;
}

/** A row's numbers, its adjoint, and where that is live. */
interface Side {
  readonly x: Float64Array;
  readonly g: Float64Array;
  readonly live: Uint8Array;
}

/** A row that is swept back: its own adjoint and where it is live, and its operands'. */
interface Pulled extends Side {
  readonly operands: readonly Side[];
  /** What column b holds: a lane, a start. */
  readonly attribute: number;
  /** The lane numbers of the second operand. */
  readonly lanes: () => ArrayLike<number>;
  readonly offset: (k: number) => number;
  readonly facts: Facts;
}

/** Adds a share to a lane of an operand's adjoint. */
function give(operand: Side, lane: number, share: number): void {
  operand.g[lane]! += share;
  operand.live[lane] = 1;
}

/** The lane of a shape that lane i of a shape to which it broadcasts stands for. */
function laneUnder(shape: Shape, wide: Shape, i: number): number {
  let lane = 0;
  let step = 1;
  for (let axis = 1; axis <= wide.length; axis++) {
    const [size, sizes] = [shape.at(-axis) ?? 1, wide.at(-axis)!];
    if (axis <= shape.length && size > 1) lane += step * (i % sizes);
    i = Math.floor(i / sizes);
    step *= size;
  }
  return lane;
}

/** What adds a row's adjoint to its operands', from the lanes that are live, every time it is called. */
const pulls: Readonly<Record<FlowingRow, (row: Pulled) => () => void>> = {
  sum:
    ({ g, live, operands: [to] }) =>
    () => {
      if (live[0]) for (let i = 0; i < to!.g.length; i++) give(to!, i, g[0]!);
    },
  broadcast({ g, live, operands: [to] }) {
    const counted = new Float64Array(g.length);
    return () => {
      if (!live.includes(1)) return;
      for (let i = 0; i < g.length; i++) counted[i] = live[i] ? g[i]! : -0;
      give(to!, 0, sumLanes(counted));
    };
  },
  at:
    ({ g, live, operands: [to], attribute }) =>
    () => {
      if (live[0]) give(to!, attribute, g[0]!);
    },
  slice:
    ({ g, live, operands: [to], attribute }) =>
    () => {
      for (let i = 0; i < g.length; i++) if (live[i]) give(to!, attribute + i, g[i]!);
    },
  take({ g, live, operands: [to], lanes }) {
    const index = lanes();
    return () => {
      for (let i = 0; i < g.length; i++) if (live[i]) give(to!, index[i]!, g[i]!);
    };
  },
  segmentSum({ g, live, operands: [to], lanes }) {
    const index = lanes();
    return () => {
      for (let i = 0; i < to!.g.length; i++) if (live[index[i]!]) give(to!, i, g[index[i]!]!);
    };
  },
  cumsum:
    ({ g, live, operands: [to] }) =>
    () => {
      let total = -0;
      let some = false;
      for (let i = g.length - 1; i >= 0; i--) {
        if (live[i]) {
          total += g[i]!;
          some = true;
        }
        if (some) give(to!, i, total);
      }
    },
  reverse:
    ({ g, live, operands: [to] }) =>
    () => {
      for (let i = 0; i < g.length; i++) if (live[i]) give(to!, g.length - 1 - i, g[i]!);
    },
  reshape:
    ({ g, live, operands: [to] }) =>
    () => {
      for (let i = 0; i < g.length; i++) if (live[i]) give(to!, i, g[i]!);
    },
  transpose({ g, live, operands: [to], facts }) {
    const [n, m] = facts.shape.slice(-2) as [number, number];
    return () => {
      for (let i = 0; i < g.length; i++) {
        if (!live[i]) continue;
        const [first, row, column] = [i - (i % (m * n)), Math.floor((i % (m * n)) / m), i % m];
        give(to!, first + column * n + row, g[i]!);
      }
    };
  },
  expand({ g, live, operands: [to], facts }) {
    const from = facts.operand(0).shape;
    const shares = Array.from(to!.g, (): number[] => []);
    for (let i = 0; i < g.length; i++) shares[laneUnder(from, facts.shape, i)]!.push(i);
    // A dimension at a time, as sums of sums are.
    const last = from.length === 0 || from.at(-1) !== 1 || facts.shape.at(-1) === 1 ? 1 : facts.shape.at(-1)!;
    return () => {
      for (const [lane, lanes] of shares.entries()) {
        if (!lanes.some((i) => live[i])) continue;
        const terms = Float64Array.from(lanes, (i) => (live[i] ? g[i]! : -0));
        const sums = Float64Array.from({ length: terms.length / last }, (_, i) => sumLanes(terms.subarray(i * last, (i + 1) * last)));
        give(to!, lane, last === terms.length ? sums[0]! : sums.reduce((total, sum) => total + sum, -0));
      }
    };
  },
  sumAxis({ g, live, operands: [to], facts }) {
    const from = facts.operand(0).shape;
    return () => {
      for (let i = 0; i < to!.g.length; i++) {
        const lane = laneUnder(facts.shape, from, i);
        if (live[lane]) give(to!, i, g[lane]!);
      }
    };
  },
  triangle({ g, live, operands: [to], facts: { shape, attribute } }) {
    const [m, n] = shape.slice(-2) as [number, number];
    const holds = [(i: number, j: number) => j <= i, (i: number, j: number) => j < i, (i: number, j: number) => j >= i, (i: number, j: number) => j > i, (i: number, j: number) => j === i][attribute]!; // prettier-ignore
    return () => {
      for (let i = 0; i < g.length; i++) if (live[i] && holds(Math.floor(i / n) % m, i % n)) give(to!, i, g[i]!);
    };
  },
  cumsumAxis({ g, live, operands: [to], facts }) {
    const { outer, count, inner } = alongAxis(facts.shape, facts.attribute);
    return () => {
      for (let first = 0; first < outer * inner; first++) {
        let total = -0;
        let some = false;
        for (let k = count - 1; k >= 0; k--) {
          const i = (Math.floor(first / inner) * count + k) * inner + (first % inner);
          if (live[i]) total += g[i]!;
          some ||= live[i] === 1;
          if (some) give(to!, i, total);
        }
      }
    };
  },
  reverseAxis({ g, live, operands: [to], facts }) {
    const { count, inner } = alongAxis(facts.shape, facts.attribute);
    return () => {
      for (let i = 0; i < g.length; i++) {
        const k = Math.floor(i / inner) % count;
        if (live[i]) give(to!, i + (count - 1 - 2 * k) * inner, g[i]!);
      }
    };
  },
  assemble({ g, live, operands, offset }) {
    const offsets = operands.map((_, k) => offset(k));
    return () => {
      for (const [k, piece] of operands.entries())
        for (let i = 0; i < piece.g.length; i++) if (live[offsets[k]! + i]) give(piece, i, g[offsets[k]! + i]!);
    };
  },
};
const pullsByOpcode = byOpcode(pulls);

/** Sweeps a row back; through what has no derivative nothing flows, and a user's rule is rows by then. */
function pulling(graph: Graph, row: Row, { value, adjoint, live, lanes }: Adjoints): () => void {
  const side = (at: Row): Side => ({ x: value(at), g: adjoint(at), live: live(at) });
  const pull = pullsByOpcode[graph.op[row]!];
  if (pull === undefined) return () => undefined;
  const operands = graph.operands(row).map(side);
  const [attribute, offset] = [graph.b[row]!, (k: number) => graph.pieceOffset(row, k)];
  return pull({ ...side(row), operands, attribute, lanes: () => lanes(graph.b[row]!), offset, facts: factsOf(graph, row) });
}
