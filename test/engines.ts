/** The engines that every test loops over, and how a graph that a test built row by row runs in one. */
import { compile, type EngineName, type Step } from "wengert";
import { type Engine } from "../src/engines/engine.js";
import { engineNamed } from "../src/engines/index.js";
import { type Graph, type Row } from "../src/graph/graph.js";
import { structural } from "../src/ops/rows.js";
import { type InputLeaf, layout, outputLeaves, type Program } from "../src/trace/trace.js";
import { type Leaf, type LeafKind, type Tree } from "../src/data/tree.js";

/** The engines by name; the first defines the meaning. */
export const engines: readonly EngineName[] = ["reference", "tape", "kernel", "jit"];

/** An engine by its name. */
export const engineOf = (name: EngineName): Engine => engineNamed(name);

/** The argument leaves that a graph's input rows name. */
function inputLeaves(graph: Graph): InputLeaf[] {
  const leaves: (Leaf & { row: Row })[] = [];
  for (let row = 0; row < graph.length; row++) {
    const isIndices = graph.op[row] === structural.indices;
    if (graph.op[row] !== structural.input && !isIndices) continue;
    const kind: LeafKind = isIndices ? "indices" : graph.isScalar(row) ? "number" : "vector";
    leaves[graph.a[row]!] = { kind, lanes: graph.lanes(row), path: `%${row}`, row };
  }
  const { positions } = layout(leaves);
  return leaves.map((leaf, i) => ({ ...leaf, position: positions[i]! }));
}

/** A tree that is a list of so many leaves. */
export const listOf = (count: number): Tree => ({
  kind: "array",
  items: Array.from({ length: count }, (_, leaf) => ({ kind: "leaf", leaf })),
});

/** The program whose results are the values of some rows of a graph and then the adjoints of others, of the scalar row `of`. */
export function programFor(graph: Graph, values: readonly Row[], of?: Row, adjoints: readonly Row[] = []): Program {
  const inputs = inputLeaves(graph);
  const rows = [...values, ...adjoints];
  const leaves = rows.map((row): Leaf => ({ kind: graph.isScalar(row) ? "number" : "vector", lanes: graph.lanes(row), path: `%${row}` }));
  const marked = new Set(adjoints.map((_, i) => values.length + i));
  const wrapped = rows.map((row) => [row]);
  const program = {
    graph,
    inputs,
    inputTree: listOf(inputs.length),
    outputs: outputLeaves(leaves, wrapped, marked),
    outputTree: listOf(rows.length),
  };
  return of === undefined ? program : { ...program, gradientOf: of };
}

/** A program in an engine as a function of its leaves' numbers; it returns the results' numbers, leaf by leaf. */
export function prepare(engine: Engine, program: Program): (inputs: readonly ArrayLike<number>[]) => Float64Array[] {
  const executable = engine(program);
  return (inputs) => {
    for (const [i, { kind, position }] of program.inputs.entries())
      (kind === "indices" ? executable.indices : executable.inputs).set(inputs[i]!, position);
    executable.run();
    return program.outputs.map(({ position, lanes }) => executable.outputs.slice(position, position + lanes));
  };
}

/** Runs a program once. */
export const runOnce = (engine: Engine, program: Program, inputs: readonly ArrayLike<number>[]): Float64Array[] =>
  prepare(engine, program)(inputs);

/** A function compiled without regard to types, for tests that loop over functions and arguments. */
export const compiled = (f: (...args: never[]) => unknown, args: readonly unknown[], engine: EngineName): Step<unknown[], unknown> =>
  compile(f as (...args: unknown[]) => unknown, [...args], { engine });

/** The result of a function that an engine evaluates once. */
export const evaluate = (f: (...args: never[]) => unknown, args: readonly unknown[], engine: EngineName): unknown =>
  compiled(f, args, engine)(...args);
