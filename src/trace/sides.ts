/** The two sides of a Jacobian: structures of numbers that are counted in order, results as rows and arguments as columns. */
import { describe } from "../errors.js";
import { type Graph, type Row } from "../graph/graph.js";
import { checkArgnums } from "./program.js";
import { type Bundle, bundleArray, numberRows, withRows } from "./scope.js";
import { asList, type Program } from "./trace.js";
import { build, leavesOf, mapLeaves, type Tree } from "../data/tree.js";
import { lanesOf, type Shape } from "../ops/shapes.js";
import { type Argnums } from "./types.js";

/** A structure as a side of a Jacobian: its elements are rows, scalars and vectors, whose numbers are counted from `starts`. */
export class Side {
  readonly rows: readonly Row[];
  /** The lanes of each element; undefined where it is a scalar. */
  readonly lanes: readonly (number | undefined)[];
  /** The shape of each element. */
  readonly shapes: readonly Shape[];
  /** The place of each element's first number among all numbers. */
  readonly starts: readonly number[];
  /** How many numbers there are. */
  readonly count: number;
  /** The leaves that hold numbers: the place of the first of each, and how many it holds. */
  readonly spans: readonly { readonly leaf: number; readonly start: number; readonly count: number }[];
  readonly #bundle: Bundle;
  readonly #firsts: readonly number[];

  constructor(graph: Graph, bundle: Bundle) {
    this.rows = numberRows(bundle);
    this.lanes = this.rows.map((row) => (graph.isScalar(row) ? undefined : graph.lanes(row)));
    this.shapes = this.rows.map((row) => graph.sizes(row));
    let count = 0;
    this.starts = this.lanes.map((lanes) => (count += lanes ?? 1) - (lanes ?? 1));
    this.count = count;
    this.#bundle = withRows(bundle, this.rows);
    let element = 0;
    this.#firsts = bundle.leaves.map(({ kind }, i) =>
      kind === "indices" ? element : (element += bundle.rows[i]!.length) - bundle.rows[i]!.length,
    );
    let start = 0;
    this.spans = bundle.leaves.flatMap(({ kind, lanes }, leaf) => {
      if (kind === "indices") return [];
      start += lanes;
      return [{ leaf, start: start - lanes, count: lanes }];
    });
  }

  /** The structure with a value for each element: an array of numbers is an array. */
  mirror(value: (element: number) => unknown): unknown {
    const { tree, leaves, rows } = this.#bundle;
    return build(tree, (leaf) => {
      const first = this.#firsts[leaf]!;
      return leaves[leaf]!.kind === "numbers" ? rows[leaf]!.map((_, i) => value(first + i)) : value(first);
    });
  }

  /** The structure with a value for each of its leaves, an array of numbers being one. */
  mirrorLeaves(value: (leaf: number) => unknown): unknown {
    const places = new Map(this.spans.map(({ leaf }, i) => [leaf, i]));
    return build(this.#bundle.tree, (leaf) => value(places.get(leaf)!));
  }

  /** The number of an element and lane that a number is. */
  find(number: number): { element: number; lane: number } {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= number) low = middle;
      else high = middle;
    }
    return { element: low, lane: number - this.starts[low]! };
  }
}

/** The value of a function's result and the rest of it, where the function returns [value, aux]. */
export function resultParts(name: string, result: Bundle, hasAux: boolean): { readonly value: Bundle; readonly aux: Bundle | undefined } {
  if (!hasAux) return { value: result, aux: undefined };
  const { tree, leaves, rows } = result;
  if (tree.kind !== "array" || tree.items.length !== 2)
    throw new TypeError(`${name}: expected a function that returns [value, aux], since hasAux is set`);
  const [value, aux] = tree.items as [Tree, Tree];
  const count = leavesOf(value).length; // the value's leaves stand first
  return {
    value: { tree: value, leaves: leaves.slice(0, count), rows: rows.slice(0, count) },
    aux: {
      tree: mapLeaves(aux, (leaf) => ({ kind: "leaf", leaf: leaf - count })),
      leaves: leaves.slice(count),
      rows: rows.slice(count),
    },
  };
}

/** A Jacobian's structure: the results' outside, the arguments' inside, and in it the block of each pair of elements. */
export const blocks = (results: Side, parameters: Side, block: (result: number, parameter: number) => unknown): unknown =>
  results.mirror((result) => parameters.mirror((parameter) => block(result, parameter)));

/** Arrays in arrays of a shape, with an item for each lane; of a scalar the item itself. */
export function nested<T>([size, ...inner]: Shape, item: (lane: number) => T, start = 0): unknown {
  if (size === undefined) return item(start);
  return Array.from({ length: size }, (_, i) => nested(inner, item, start + i * lanesOf(inner)));
}

/** The side of the arguments that `argnums` names. */
export function parameterSide(name: string, graph: Graph, argnums: Argnums, bundleOf: (n: number) => Bundle): Side {
  const bundles = asList(argnums).map((n) => {
    const bundle = bundleOf(n);
    if (numberRows(bundle).length === 0)
      throw new TypeError(`${name}: expected argument ${n} to hold numbers to differentiate by, got none`);
    return bundle;
  });
  return new Side(graph, typeof argnums === "number" ? bundles[0]! : bundleArray(bundles));
}

/** The side of a function's results. */
export function resultSide(name: string, graph: Graph, bundle: Bundle): Side {
  const side = new Side(graph, bundle);
  if (side.count > 0) return side;
  const { tree } = bundle;
  const came = tree.kind === "static" ? describe(tree.value) : tree.kind === "array" ? "an empty array" : "structure without any";
  throw new TypeError(`${name}: expected a function whose result holds numbers, got ${came}`);
}

/** The two sides of a traced program. */
export function sidesOf(
  name: string,
  { graph, inputs, inputTree, outputs, outputTree }: Program,
  argnums: Argnums,
  hasAux = false,
): { parameters: Side; results: Side; aux: Bundle | undefined } {
  const args = inputTree.kind === "array" ? inputTree.items : [];
  const parameters = parameterSide(name, graph, argnums, (n) => {
    const used = leavesOf(args[n]!).map((leaf) => inputs[leaf]!);
    const rows = used.map(({ kind, lanes, row }) => Array.from({ length: kind === "numbers" ? lanes : 1 }, (_, i) => row + i));
    let next = 0;
    return { tree: mapLeaves(args[n]!, () => ({ kind: "leaf", leaf: next++ })), leaves: used, rows };
  });
  const { value, aux } = resultParts(name, { tree: outputTree, leaves: outputs, rows: outputs.map(({ rows }) => rows) }, hasAux);
  return { parameters, results: resultSide(name, graph, value), aux };
}

/** Throws unless `argnums` names arguments that are not static. */
export const checkDifferentiated = (
  name: string,
  argnums: Argnums,
  staticArgnums: number | readonly number[] | undefined,
  count: number,
): void => checkArgnums(name, { argnums, ...(staticArgnums === undefined ? {} : { staticArgnums }) }, count);
