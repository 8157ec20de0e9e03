/** Scopes: a function recorded inside a trace, on placeholders that stand for its arguments until what is derived from it has been recorded. */
import { type Graph, type Row } from "./graph.js";
import { substitute } from "./passes/substitute.js";
import { type AnyFunction } from "./program.js";
import { structural } from "./structural.js";
import { classifyTraced, flattenResult, rowsOf, symbols, within } from "./trace.js";
import { build, flatten, type Leaf, type Tree } from "./tree.js";
import { Trace, Value } from "./value.js";

/** Rows in a structure. */
export interface Bundle {
  readonly tree: Tree;
  readonly leaves: readonly Leaf[];
  /** Of each leaf: one row, or one for each number of an array. */
  readonly rows: readonly (readonly Row[])[];
}

/** A function recorded on placeholders. */
export interface Scoped {
  readonly graph: Graph;
  readonly result: Bundle;
  /** By argument number, the differentiated arguments: their rows are placeholders. */
  readonly parameters: ReadonlyMap<number, Bundle>;
}

/** The rows of a structure's numbers; lane numbers left out. */
export const numberRows = ({ leaves, rows }: Bundle): Row[] =>
  rows.flatMap((list, i) => (leaves[i]!.kind === "indices" ? [] : (list as Row[])));

/** A structure with other rows for its numbers, in order; lane numbers have no derivative. */
export function withRows({ tree, leaves, rows }: Bundle, images: readonly Row[]): Bundle {
  let next = 0;
  const replaced = rows.map((list, i) => (leaves[i]!.kind === "indices" ? list : list.map(() => images[next++]!)));
  return { tree: withoutIndices(tree, leaves), leaves, rows: replaced };
}

function withoutIndices(tree: Tree, leaves: readonly Leaf[]): Tree {
  if (tree.kind === "static") return tree;
  if (tree.kind === "leaf") return leaves[tree.leaf]!.kind === "indices" ? { kind: "static", value: null } : tree;
  return { ...tree, items: tree.items.map((item) => withoutIndices(item, leaves)) };
}

/** Structures as the items of an array. */
export function bundleArray(bundles: readonly Bundle[]): Bundle {
  const leaves: Leaf[] = [];
  const rows: (readonly Row[])[] = [];
  const items = bundles.map((bundle) => {
    const item = shifted(bundle.tree, leaves.length);
    leaves.push(...bundle.leaves);
    rows.push(...bundle.rows);
    return item;
  });
  return { tree: { kind: "array", items }, leaves, rows };
}

function shifted(tree: Tree, by: number): Tree {
  if (tree.kind === "static") return tree;
  return tree.kind === "leaf" ? { kind: "leaf", leaf: tree.leaf + by } : { ...tree, items: tree.items.map((item) => shifted(item, by)) };
}

/** A structure of rows as a traced function sees it: a number where a row is constant. */
export function bundleValue(trace: Trace, { tree, leaves, rows }: Bundle): unknown {
  const { graph } = trace;
  return build(tree, (leaf) => {
    const values = rows[leaf]!.map((row) => (graph.isConstant(row) ? graph.constantOf(row) : new Value(trace, row)));
    return leaves[leaf]!.kind === "numbers" ? values : values[0];
  });
}

/** The rows of a value's numbers in a trace. */
export function bundleOf(name: string, trace: Trace, value: unknown, path: string): Bundle {
  const leaves: Leaf[] = [];
  const given: unknown[] = [];
  const tree = flatten(name, value, path, classifyTraced, leaves, given);
  return { tree, leaves, rows: given.map((leaf) => rowsOf(trace, leaf)) };
}

/** A fresh row that stands for `row`; lane numbers stand for themselves. */
function placeholder(graph: Graph, row: Row, replacements: Map<Row, Row>): Row {
  if (graph.isIndices(row)) return row;
  const fresh = graph.push(structural.placeholder, graph.shape[row]!, replacements.size);
  replacements.set(fresh, row);
  return fresh;
}

/**
 * Records `f` with placeholders for the arguments that `argnums` names, and everything else constant; then what `derive` makes of it;
 * then puts the arguments in the placeholders' place. So perturbations of nested transforms never mix. Returns the value of what `derive` returned.
 */
export function inScope(
  name: string,
  f: AnyFunction,
  args: readonly unknown[],
  argnums: readonly number[],
  pair: boolean,
  outer: Trace,
  derive: (scope: Scoped) => Bundle,
): unknown {
  const { graph } = outer;
  const trace = new Trace(graph, outer);
  const replacements = new Map<Row, Row>();
  const parameters = new Map<number, Bundle>();
  const values = [...args];
  for (const n of new Set(argnums)) {
    const given = bundleOf(name, outer, args[n], `args[${n}]`);
    const bundle: Bundle = { ...given, rows: given.rows.map((rows) => rows.map((row) => placeholder(graph, row, replacements))) };
    parameters.set(n, bundle);
    values[n] = build(bundle.tree, (leaf) => symbols(trace, bundle.leaves[leaf]!, bundle.rows[leaf]![0]!));
  }
  return within(trace, () => {
    const result = flattenResult(graph, f(...(values as never[])), pair);
    const derived = derive({ graph, result, parameters });
    const images = substitute(graph, derived.rows.flat(), replacements);
    let next = 0;
    return bundleValue(outer, { ...derived, rows: derived.rows.map((rows) => rows.map(() => images[next++]!)) });
  });
}
