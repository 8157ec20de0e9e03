/** Derivatives along many directions at once, compiled once and run on resident inputs as often as there are directions. */
import { type Groups } from "../passes/sparsity/coloring.js";
import { type Graph, type Row } from "../graph/graph.js";
import { opcode } from "../ops/generated/table.js";
import { activity } from "../passes/activity.js";
import { broadcastTo } from "../passes/algebra.js";
import { pushforward } from "../passes/forward.js";
import { pullback } from "../passes/reverse.js";
import { type Bundle } from "../trace/scope.js";
import { type Side } from "../trace/sides.js";
import { type Compiled } from "../compiled/step.js";
import { structural } from "../ops/rows.js";
import { type InputLeaf, layout, outputLeaves, type Program } from "../trace/trace.js";
import { type Leaf, mapLeaves, type Tree } from "../data/tree.js";

/** Forward: a sweep takes a tangent to columns of the Jacobian. Reverse: a seed to rows. */
export type Mode = "forward" | "reverse";

/** Directions of a run: lanes of one sweep where the function is scalar code, sweeps side by side where it works on vectors. */
const MOST_LANES = 16;
const MOST_COPIES = 8;

/** Rows that side by side sweeps may take together; a larger graph carries fewer directions a run. */
const MOST_ROWS = 4_000_000;

/** Every direction a group of its own. */
export const singly = (count: number): Groups => ({
  starts: Int32Array.from({ length: count + 1 }, (_, i) => i),
  members: Int32Array.from({ length: count }, (_, i) => i),
});

/** Where number i of direction k lies in memory: at[i] + k · step. */
interface Numbers {
  readonly at: Int32Array;
  readonly step: number;
}

/** The leaves that hold a side's numbers for every direction, and their rows. */
interface Carrier {
  readonly leaves: Leaf[];
  /** By leaf: which rows of the side it holds, and of which direction; −1 where it holds all directions as lanes. */
  readonly holds: { readonly elements: readonly number[]; readonly direction: number }[];
}

/** Leaves for a side's numbers: one an element with a lane for each direction, or one a vector and one for all scalars, over again for each direction. */
function carrier(side: Side, width: number, lanes: boolean): Carrier {
  const leaves: Leaf[] = [];
  const holds: Carrier["holds"] = [];
  const hold = (leaf: Omit<Leaf, "path">, elements: readonly number[], direction: number): void => {
    leaves.push({ ...leaf, path: "direction" });
    holds.push({ elements, direction });
  };
  const all = [...side.rows.keys()];
  if (lanes) for (const element of all) hold({ kind: "vector", lanes: width }, [element], -1);
  else {
    const scalars = all.filter((element) => side.lanes[element] === undefined);
    for (let direction = 0; direction < width; direction++) {
      for (const element of all) {
        const [lanes, shape] = [side.lanes[element], side.shapes[element]!];
        if (lanes !== undefined) hold({ kind: "vector", lanes, ...(shape.length > 1 ? { shape } : {}) }, [element], direction);
      }
      if (scalars.length > 0) hold({ kind: "numbers", lanes: scalars.length }, scalars, direction);
    }
  }
  return { leaves, holds };
}

/** The addresses of a side's numbers, from its leaves' positions. */
function numbersOf(side: Side, { leaves, holds }: Carrier, positions: readonly number[]): Numbers {
  const at = new Int32Array(side.count);
  let step = 1;
  holds.forEach(({ elements, direction }, leaf) => {
    if (direction === 1 && step === 1) step = positions[leaf]! - positions[0]!; // all leaves are padded alike
    if (direction > 0) return;
    elements.forEach((element, i) => {
      const lanes = direction < 0 || leaves[leaf]!.kind === "numbers" ? 1 : side.lanes[element]!;
      for (let lane = 0; lane < lanes; lane++) at[side.starts[element]! + lane] = positions[leaf]! + i + lane;
    });
  });
  return { at, step };
}

/** The rows of directions by element: of one direction, or of all as lanes. */
type Seeds = (Row | undefined)[];

/** Appends the derivatives of one side's rows by the other's. */
function derive(graph: Graph, mode: Mode, parameters: Side, results: Side, directions: Seeds): Row[] {
  const from = mode === "forward" ? parameters : results;
  const map = new Map<Row, Row>();
  directions.forEach((direction, element) => {
    const row = from.rows[element]!;
    const before = map.get(row);
    if (direction !== undefined) map.set(row, before === undefined ? direction : graph.elementwise(opcode.add, before, direction));
  });
  return mode === "forward" ? pushforward(graph, results.rows, map) : pullback(graph, map, parameters.rows);
}

/** Whether every row between parameters and results is a scalar, so that directions can be lanes. */
function isScalarCode(graph: Graph, parameters: Side, results: Side): boolean {
  const depends = activity(graph, results.rows, parameters.rows);
  return parameters.rows.every((row) => graph.isScalar(row)) && depends.every((row) => graph.isScalar(row));
}

/** The derivatives of a program's results by some of its arguments, along directions that are written into memory. */
export class Directions {
  readonly compiled: Compiled;
  /** How many directions a run carries. */
  readonly width: number;
  readonly #seeds: Numbers;
  readonly #derivatives: Numbers;

  /** \`aux\` is what else the function returned: what \`compiled\` reads. */
  constructor(
    program: Program,
    { parameters, results, aux }: { readonly parameters: Side; readonly results: Side; readonly aux?: Bundle | undefined },
    mode: Mode,
    directions: number,
    compile: (program: Program) => Compiled,
  ) {
    const { graph } = program;
    const lanes = isScalarCode(graph, parameters, results);
    const copies = Math.max(1, Math.min(MOST_COPIES, Math.floor(MOST_ROWS / graph.length)));
    this.width = Math.min(Math.max(1, directions), lanes ? MOST_LANES : copies);
    const [from, to] = mode === "forward" ? [parameters, results] : [results, parameters];

    const seeds = carrier(from, this.width, lanes);
    const leaves: Leaf[] = [...program.inputs, ...seeds.leaves];
    const { positions } = layout(leaves);
    const tangents: Seeds[] = Array.from({ length: lanes ? 1 : this.width }, () => []);
    const inputs: InputLeaf[] = [...program.inputs];
    seeds.holds.forEach(({ elements, direction }, i) => {
      const leaf = seeds.leaves[i]!;
      const index = inputs.length;
      const shape = leaf.kind === "vector" ? graph.shapeOf(leaf.shape ?? leaf.lanes) : 0;
      inputs.push({ ...leaf, position: positions[index]!, row: graph.length });
      elements.forEach(
        (element, offset) => (tangents[Math.max(0, direction)]![element] = graph.push(structural.input, shape, index, offset)),
      );
    });

    const derived = tangents.map((rows) => derive(graph, mode, parameters, results, rows));
    const taken = carrier(to, this.width, lanes);
    const rows = taken.holds.map(({ elements, direction }) =>
      elements.map((element) => {
        const row = derived[Math.max(0, direction)]![element]!;
        return direction < 0 ? broadcastTo(graph, row, this.width) : row;
      }),
    );
    const outputs = outputLeaves([...taken.leaves, ...(aux?.leaves ?? [])], [...rows, ...(aux?.rows ?? [])]);
    const outputTree: Tree = aux
      ? mapLeaves(aux.tree, (leaf) => ({ kind: "leaf", leaf: leaf + taken.leaves.length }))
      : { kind: "static", value: undefined };
    this.#seeds = numbersOf(from, seeds, positions.slice(program.inputs.length));
    this.#derivatives = numbersOf(
      to,
      taken,
      outputs.map(({ position }) => position),
    );
    this.compiled = compile({ ...program, inputs, outputs, outputTree });
  }

  /**
   * Runs the function at the arguments in its memory, at least once, and finds its derivatives along the sum of each group's directions, as many groups a run as it carries: `visit(first, end, numbers, at, step)` finds derivative i along group g, first ≤ g < end, at
   * numbers[at[i] + (g − first) · step].
   */
  run({ starts, members }: Groups, visit: (first: number, end: number, numbers: Float64Array, at: Int32Array, step: number) => void): void {
    const { compiled, width } = this;
    const { inputs, outputs } = compiled.executable;
    const { at, step } = this.#seeds;
    const groups = starts.length - 1;
    for (let first = 0; first === 0 || first < groups; first += width) {
      const end = Math.min(groups, first + width);
      const mark = (value: number): void => {
        for (let group = first; group < end; group++)
          for (let i = starts[group]!; i < starts[group + 1]!; i++) inputs[at[members[i]!]! + (group - first) * step] = value;
      };
      mark(1);
      try {
        compiled.executable.run();
      } finally {
        mark(0);
      }
      visit(first, end, outputs, this.#derivatives.at, this.#derivatives.step);
    }
  }
}
