/** The numbers of a graph's rows at arguments: values, tangents, adjoints. */
import { type Leaf, mapLeaves, type Tree, walk } from "../data/tree.js";
import { type Graph, type Row } from "../graph/graph.js";
import { structuralValue } from "../graph/structuralvalues.js";
import { evaluate } from "../ops/generated/evaluate.js";
import { isElementwise, structural } from "../ops/rows.js";
import { pushforward } from "../passes/forward.js";
import { pullback } from "../passes/reverse.js";
import { prune } from "../passes/simplify.js";
import { type Signature } from "../source/signature.js";
import { type Shown } from "./symbols.js";

/** Numbers by leaf, as a tree holds them. */
function leavesOf(name: string, tree: Tree, leaves: readonly Leaf[], value: unknown, path: string): Float64Array[] {
  const numbers: Float64Array[] = [];
  const problem = walk(tree, value, leaves, path, (leaf, held) => {
    numbers[leaf] = typeof held === "number" ? Float64Array.of(held) : Float64Array.from(held as ArrayLike<number>);
  });
  if (problem !== undefined) throw new TypeError(`${name}: ${problem}`);
  return numbers;
}

/** A tree whose lane numbers have no derivative: null stands for them. */
const differentiable = (tree: Tree, leaves: readonly Leaf[]): Tree =>
  mapLeaves(tree, (leaf) => (leaves[leaf]!.kind === "indices" ? { kind: "static", value: null } : { kind: "leaf", leaf }));

/** The numbers of all rows of a graph, where its arguments are numbers by leaf. */
export function evaluated(graph: Graph, leaves: readonly Float64Array[]): Float64Array[] {
  const numbers: Float64Array[] = [];
  for (let row = 0; row < graph.length; row++) {
    const v = (numbers[row] = new Float64Array(graph.lanes(row)));
    const [a, b, c] = [graph.a[row]!, graph.b[row]!, graph.c[row]!];
    if (isElementwise(graph.op[row]!)) {
      const lane = (operand: number, i: number): number => (operand < 0 ? 0 : numbers[operand]![graph.isScalar(operand) ? 0 : i]!);
      for (let i = 0; i < v.length; i++) v[i] = evaluate(graph.op[row]!, lane(a, i), lane(b, i), lane(c, i));
      continue;
    }
    switch (graph.op[row]!) {
      case structural.input:
        v.set(graph.isScalar(row) ? [leaves[a]![b]!] : leaves[a]!);
        break;
      case structural.indices:
        v.set(leaves[a]!);
        break;
      case structural.constant:
        v[0] = graph.constantOf(row);
        break;
      case structural.vector:
      case structural.indexVector:
        v.set(graph.vectors[a]!);
        break;
      default:
        structuralValue(graph, row, v, { view: (operand) => numbers[operand]!, indices: (operand) => numbers[operand]! })();
    }
  }
  return numbers;
}

/** The numbers of the rows that are shown: values, and derivatives where they are asked for. */
export interface RowNumbers {
  readonly values: ReadonlyMap<Row, Float64Array>;
  readonly derivatives?: ReadonlyMap<Row, Float64Array>;
  /** The seeds of results, in reverse mode. */
  readonly seeds?: readonly Float64Array[];
}

/** The way that derivatives take: from the arguments on, or from the results back. */
export type Mode = "forward" | "reverse";

/** Numbers as a row of constants, in the shape of another row. */
const constantLike = (graph: Graph, row: Row, numbers: Float64Array): Row =>
  graph.isScalar(row) ? graph.constant(numbers[0]!) : graph.array(numbers, graph.sizes(row));

/** Computes the numbers of what is shown, at arguments in the structure of the function's, with a seed in that of its arguments or of its result. */
export function numbersOf(
  name: string,
  { graph: whole, results, rows }: Shown,
  { inputs, inputTree, outputs, outputTree }: Signature,
  args: readonly unknown[],
  mode: Mode | undefined,
  seed: unknown,
): RowNumbers {
  const leaves = leavesOf(name, inputTree, inputs, args, "args");
  const { graph, results: images } = prune(whole, [...rows, ...results]);
  const shown = images.slice(0, rows.length);
  const ends = images.slice(rows.length);
  const by = (of: readonly Row[], numbers: readonly Float64Array[]): Map<Row, Float64Array> =>
    new Map(rows.flatMap((row, i) => (of[i]! < 0 ? [] : [[row, numbers[of[i]!]!] as const])));
  if (mode === undefined) return { values: by(shown, evaluated(graph, leaves)) };
  const derivatives = new Array<Row>(rows.length).fill(-1);
  const moving = shown.flatMap((row, i) => (graph.isIndices(row) ? [] : [i]));
  const seeds = new Map<Row, Row>();
  let resultSeeds: Float64Array[] | undefined;
  if (mode === "forward") {
    const tree = differentiable(inputTree, inputs);
    const tangents =
      seed === undefined
        ? inputs.map(({ lanes }, leaf) => Float64Array.from({ length: lanes }, (_, i) => (leaf === first(inputs) && i === 0 ? 1 : 0)))
        : leavesOf(name, tree, inputs, seed, "seed");
    for (const row of shown)
      if (graph.op[row] === structural.input) {
        const numbers = tangents[graph.a[row]!]!;
        seeds.set(row, constantLike(graph, row, graph.isScalar(row) ? numbers.subarray(graph.b[row]) : numbers));
      }
    pushforward(
      graph,
      moving.map((i) => shown[i]!),
      seeds,
    ).forEach((row, k) => (derivatives[moving[k]!] = row));
  } else {
    if (seed === undefined && !(outputs.length === 1 && outputs[0]!.kind === "number"))
      throw new TypeError(
        `${name}: expected a seed in the structure of the function's result, which is not one number, got none. Give { seed }`,
      );
    const numbers = seed === undefined ? [Float64Array.of(1)] : leavesOf(name, outputTree, outputs, seed, "seed");
    let next = 0;
    resultSeeds = outputs.flatMap(({ kind, lanes }, leaf) =>
      kind === "numbers" ? Array.from({ length: lanes }, (_, i) => numbers[leaf]!.subarray(i, i + 1)) : [numbers[leaf]!],
    );
    const sums = new Map<Row, Float64Array>();
    for (const row of ends) {
      const [given, sum] = [resultSeeds[next++]!, sums.get(row)];
      sums.set(row, sum === undefined ? given : given.map((x, i) => x + sum[i]!));
    }
    for (const [row, sum] of sums) seeds.set(row, constantLike(graph, row, sum));
    pullback(
      graph,
      seeds,
      moving.map((i) => shown[i]!),
    ).forEach((row, k) => (derivatives[moving[k]!] = row));
  }
  const numbers = evaluated(graph, leaves);
  return { values: by(shown, numbers), derivatives: by(derivatives, numbers), ...(resultSeeds && { seeds: resultSeeds }) };
}

/** The first leaf that has a derivative. */
const first = (leaves: readonly Leaf[]): number => leaves.findIndex(({ kind }) => kind !== "indices");
