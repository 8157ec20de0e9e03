/** Trees for users: taken apart into leaves, put together again, and mapped leaf by leaf. */
import { type NumericArray } from "../data/arrays.js";
import { own, taking } from "../data/operands.js";
import { build, type Classify, flatten, isPlain, type Leaf, propertyPath, type Tree } from "../data/tree.js";
import { describe } from "../errors.js";
import { type ShapedNumbers } from "./matrices.js";
import { classifyTraced } from "./trace.js";
import { type Static } from "./types.js";
import { type Indices, type Value } from "./value.js";

/** What a tree holds at its ends. */
type Leafy = number | NumericArray | ShapedNumbers | Int32Array | Value | Indices;

/** The leaves of a tree of type T. */
export type LeafOf<T> = unknown extends T
  ? unknown
  : T extends Leafy
    ? T
    : T extends Static
      ? never
      : T extends readonly (infer U)[]
        ? LeafOf<U>
        : T extends object
          ? { [K in keyof T]: LeafOf<T[K]> }[keyof T]
          : never;

/** A tree of type T with an R in place of each leaf. */
export type MappedTree<T, R> = unknown extends T
  ? unknown
  : T extends Leafy
    ? R
    : T extends Static
      ? T
      : T extends object
        ? { -readonly [K in keyof T]: MappedTree<T[K], R> }
        : T;

/** The structure of a tree of type T: what `treeUnflatten` puts leaves into. */
export interface TreeStructure<T> {
  /** How many leaves there are. */
  readonly leaves: number;
  /** @internal */
  readonly tree: Tree;
  /** @internal */
  readonly of?: T;
}

/** Numbers, vectors, matrices, index columns and Values are leaves as they are; unlike an argument's, an array of numbers is structure with a leaf for each. */
const classifyLeaf: Classify = (value) => {
  const found = Array.isArray(value) ? undefined : classifyTraced(value);
  return found && { kind: found.kind, lanes: found.lanes };
};

function takenApart(name: string, value: unknown): { tree: Tree; values: unknown[] } {
  const [leaves, values]: [Leaf[], unknown[]] = [[], []];
  return { tree: flatten(name, value, "tree", classifyLeaf, leaves, values), values };
}

/** Calls `visit` with what stands in another tree where each leaf of a structure stands; keys are matched by their names. */
function alongside(tree: Tree, other: unknown, path: string, visit: (leaf: number, value: unknown) => void): void {
  const refuse = (expected: string): never => {
    throw new TypeError(`treeMap: expected ${expected}, got ${describe(other)} at ${path}`);
  };
  switch (tree.kind) {
    case "leaf":
      return visit(tree.leaf, other);
    case "static":
      return Object.is(tree.value, other) ? undefined : refuse(describe(tree.value));
    case "array":
      if (!Array.isArray(other) || other.length !== tree.items.length) refuse(`an array of ${tree.items.length}`);
      return tree.items.forEach((item, i) => alongside(item, (other as unknown[])[i], `${path}[${i}]`, visit));
    case "object": {
      const isLike = (x: unknown): x is Record<string, unknown> =>
        typeof x === "object" && x !== null && isPlain(x) && Object.keys(x).length === tree.keys.length;
      if (!isLike(other) || tree.keys.some((key) => !Object.hasOwn(other, key))) return refuse(`an object with ${tree.keys.join(", ")}`);
      return tree.items.forEach((item, i) => alongside(item, other[tree.keys[i]!], propertyPath(path, tree.keys[i]!), visit));
    }
  }
}

/**
 * The leaves of a tree in order, and its structure: `[leaves, structure]`. Numbers, typed arrays and Values are leaves, each number of an array one; strings, booleans and null belong to the structure.
 * @throws TypeError on what can be neither leaf nor structure: a Map, a class instance, a function.
 */
export const treeFlatten = /* @__PURE__ */ taking(
  "treeFlatten",
  1,
  function treeFlatten<T>(tree: T): [LeafOf<T>[], TreeStructure<T>] {
    const { tree: structure, values } = takenApart("treeFlatten", tree);
    return [values as LeafOf<T>[], { leaves: values.length, tree: structure }];
  },
  "argument",
);

/** The tree of a structure with these leaves, which may be anything. Throws RangeError where there are more or fewer of them than the structure has. */
export const treeUnflatten = /* @__PURE__ */ taking(
  "treeUnflatten",
  2,
  function treeUnflatten<T, R>(structure: TreeStructure<T>, leaves: readonly R[]): MappedTree<T, R> {
    if (typeof structure !== "object" || structure === null || typeof structure.tree !== "object")
      throw new TypeError(`treeUnflatten: expected the structure that treeFlatten gives, got ${describe(structure)}`);
    if (!Array.isArray(leaves) || leaves.length !== structure.leaves)
      throw new RangeError(`treeUnflatten: expected an array of ${structure.leaves} leaves, got ${describe(leaves)}`);
    return build(structure.tree, (leaf) => leaves[leaf]) as MappedTree<T, R>;
  },
  "argument",
);

function treeMapOf<T, const Others extends readonly unknown[], R>(
  f: (leaf: LeafOf<T>, ...others: { [K in keyof Others]: LeafOf<Others[K]> }) => R,
  tree: T,
  ...others: Others
): MappedTree<T, R> {
  if (typeof f !== "function") throw new TypeError(`treeMap: expected a function, got ${describe(f)}`);
  const { tree: structure, values } = takenApart("treeMap", tree);
  const columns = others.map((other, k) => {
    const column = new Array<unknown>(values.length);
    alongside(structure, other, others.length === 1 ? "other" : `others[${k}]`, (leaf, value) => void (column[leaf] = value));
    return column;
  });
  type Rest = { [K in keyof Others]: LeafOf<Others[K]> };
  return build(structure, (leaf) =>
    f(values[leaf] as LeafOf<T>, ...(columns.map((column) => column[leaf]) as unknown as Rest)),
  ) as MappedTree<T, R>;
}

/**
 * A tree with `f(leaf)` in place of each leaf; with more trees of the same structure, `f(leaf, leafOfTheSecond, …)`: `treeMap((p, g) => sub(p, mul(0.1, g)), parameters, gradient)`.
 * Keys are matched by their names. Where the first has a leaf, the others may have anything.
 * @throws TypeError where another tree has another structure.
 */
export const treeMap = /* @__PURE__ */ own(treeMapOf);
