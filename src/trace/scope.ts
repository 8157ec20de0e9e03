/** Scopes: a function recorded inside a trace, on placeholders that stand for its arguments until what is derived from it has been recorded. */
import { type Graph, type Row } from "../graph/graph.js";
import { substitute } from "../graph/substitute.js";
import { type AnyFunction } from "./program.js";
import { structural } from "../ops/rows.js";
import { classifyTraced, flattenResult, rowsOf, symbols, within } from "./trace.js";
import { build, flatten, type Leaf, leavesOf, mapLeaves, propertyPath, sameLeaf, sameTree, type Tree } from "../data/tree.js";
import { Trace, Value } from "./value.js";
import { pathOf } from "../graph/words.js";

/** Rows in a structure. */
export interface Bundle {
  readonly tree: Tree;
  readonly leaves: readonly Leaf[];
  /** Of each leaf: one row, or one for each number of an array. */
  readonly rows: readonly (readonly Row[])[];
}

/** The leaves of a structure, and their rows. */
export type Leaves = Pick<Bundle, "leaves" | "rows">;

/** The rows of a structure's numbers; lane numbers left out. */
export const numberRows = ({ leaves, rows }: Leaves): Row[] =>
  rows.flatMap((list, i) => (leaves[i]!.kind === "indices" ? [] : (list as Row[])));

/** A structure with other rows for its numbers, in order; lane numbers have no derivative. */
export function withRows({ tree, leaves, rows }: Bundle, images: readonly Row[]): Bundle {
  let next = 0;
  const replaced = rows.map((list, i) => (leaves[i]!.kind === "indices" ? list : list.map(() => images[next++]!)));
  const without = mapLeaves(tree, (leaf) => (leaves[leaf]!.kind === "indices" ? { kind: "static", value: null } : { kind: "leaf", leaf }));
  return { tree: without, leaves, rows: replaced };
}

/** Structures as the items of an array. */
export function bundleArray(bundles: readonly Bundle[]): Bundle {
  const leaves: Leaf[] = [];
  const rows: (readonly Row[])[] = [];
  const items = bundles.map((bundle) => {
    const first = leaves.length;
    const item = mapLeaves(bundle.tree, (leaf) => ({ kind: "leaf", leaf: first + leaf }));
    leaves.push(...bundle.leaves);
    rows.push(...bundle.rows);
    return item;
  });
  return { tree: { kind: "array", items }, leaves, rows };
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
  return { tree, leaves, rows: given.map((leaf, i) => rowsOf(name, trace, leaf, leaves[i]!.shape)) };
}

/** The items of an object that hold numbers, of which there is a derivative. */
const numberItems = ({ leaves }: Bundle, { keys, items }: Extract<Tree, { readonly kind: "object" }>): Map<string, Tree> =>
  new Map(
    keys.flatMap((key, i) => (leavesOf(items[i]!).some((leaf) => leaves[leaf]!.kind !== "indices") ? [[key, items[i]!] as const] : [])),
  );

/**
 * A structure with its objects' keys in the order of those of another that it should be like: names say what belongs together, not places.
 * Keys of what has no derivative may be left out.
 * @throws TypeError where keys are others.
 */
export function alike(name: string, like: Bundle, given: Bundle, path: string): Leaves {
  const order = (wanted: Tree, tree: Tree, path: string): readonly number[] => {
    if (wanted.kind === "array" && tree.kind === "array" && wanted.items.length === tree.items.length)
      return wanted.items.flatMap((item, i) => order(item, tree.items[i]!, `${path}[${i}]`));
    if (wanted.kind !== "object" || tree.kind !== "object") return leavesOf(tree);
    const [items, came] = [numberItems(like, wanted), numberItems(given, tree)];
    const keys = [...items.keys()];
    if (items.size !== came.size || !keys.every((key) => came.has(key)))
      throw new TypeError(
        `${name}: expected an object with ${keys.join(", ") || "no numbers"}, got one with ${[...came.keys()].join(", ") || "none"} at ${path}`,
      );
    return keys.flatMap((key) => order(items.get(key)!, came.get(key)!, propertyPath(path, key)));
  };
  const leaves = order(like.tree, given.tree, path);
  return {
    leaves: leaves.map((leaf) => given.leaves[leaf]!),
    rows: leaves.map((leaf) => given.rows[leaf]!),
  };
}

/** Placeholders, in the order in which they were recorded, and what takes their place. */
export type Arguments = ReadonlyMap<Row, Row>;

/** A function recorded on placeholders, from which derivatives can be recorded again and again. */
export class Scope {
  readonly graph: Graph;
  readonly result: Bundle;
  /** By argument number, the differentiated arguments: their rows are placeholders. */
  readonly parameters = new Map<number, Bundle>();
  readonly #replacements = new Map<Row, Row>();

  /**
   * Records `f` with placeholders for the arguments that `argnums` names, and everything else constant, so that perturbations of nested transforms never mix.
   * With `pair`, the result's two parts [scalar, aux] are bundled one by one.
   */
  constructor(
    readonly name: string,
    readonly outer: Trace,
    f: AnyFunction,
    args: readonly unknown[],
    argnums: readonly number[],
    pair = false,
  ) {
    this.graph = outer.graph;
    const trace = new Trace(name, this.graph, outer);
    trace.standing = (row) => this.#path(row);
    const values = [...args];
    for (const n of new Set(argnums)) {
      const given = bundleOf(name, outer, args[n], `args[${n}]`);
      const bundle: Bundle = { ...given, rows: given.rows.map((rows) => rows.map((row) => this.#placeholder(row))) };
      this.parameters.set(n, bundle);
      values[n] = build(bundle.tree, (leaf) => symbols(trace, bundle.leaves[leaf]!, bundle.rows[leaf]![0]!));
    }
    this.result = within(trace, () => flattenResult(trace, f(...(values as never[])), pair));
  }

  /** Rows that were derived, with the arguments in the placeholders' place. */
  images(rows: readonly Row[], arguments_: Arguments = this.#replacements): Row[] {
    return substitute(this.graph, rows, arguments_);
  }

  /** The value of what was derived, with the arguments in the placeholders' place. */
  value(derived: Bundle, arguments_: Arguments = this.#replacements): unknown {
    const images = this.images(derived.rows.flat(), arguments_);
    let next = 0;
    return bundleValue(this.outer, { ...derived, rows: derived.rows.map((rows) => rows.map(() => images[next++]!)) });
  }

  /**
   * Other arguments for the placeholders' place.
   * @throws TypeError where their structure is not that of the first.
   */
  others(name: string, args: readonly unknown[]): Arguments {
    const rows = new Map<Row, Row>();
    for (const [n, { tree, leaves, rows: placeholders }] of this.parameters) {
      const given = bundleOf(name, this.outer, args[n], `args[${n}]`);
      const differs = given.leaves.findIndex((leaf, i) => leaves[i] === undefined || !sameLeaf(leaf, leaves[i]));
      if (differs >= 0 || !sameTree(tree, given.tree))
        throw new TypeError(
          `${name}: expected arguments of the structure that was recorded, got another at ${given.leaves[differs]?.path ?? `args[${n}]`}`,
        );
      placeholders.forEach((list, leaf) => list.forEach((row, k) => rows.set(row, given.rows[leaf]![k]!)));
    }
    return new Map([...rows].sort(([x], [y]) => x - y));
  }

  /** Where the argument stands for which a row was made. */
  #path(placeholder: Row): string | undefined {
    for (const { leaves, rows } of this.parameters.values())
      for (const [i, leaf] of leaves.entries()) {
        const k = rows[i]!.indexOf(placeholder);
        if (k >= 0) return pathOf(leaf, k);
      }
    return undefined;
  }

  /** A fresh row that stands for `row`; lane numbers stand for themselves. */
  #placeholder(row: Row): Row {
    if (this.graph.isIndices(row)) return row;
    const fresh = this.graph.push(structural.placeholder, this.graph.shape[row]!, this.#replacements.size);
    this.#replacements.set(fresh, row);
    this.graph.recording?.stand(fresh, row);
    return fresh;
  }
}
