/** Trees: arguments and results as structure whose leaves are numbers, vectors and index columns. */
import { insteadOf, isNumericArray } from "./arrays.js";
import { describe } from "../errors.js";
import { sameShape, type Shape, shapeText } from "../ops/shapes.js";
import { Matrix, shapedIn } from "./matrix.js";

/** What a leaf holds: a lone number, an array of numbers, a Float64Array or a Matrix, or an Int32Array of lane numbers. */
export type LeafKind = "number" | "numbers" | "vector" | "indices";

/** A leaf of a tree: its kind, its count of numbers and where it stands, as in `args[0].w`. */
export interface Leaf {
  readonly kind: LeafKind;
  readonly lanes: number;
  readonly path: string;
  /** The sizes of a Matrix' dimensions. */
  readonly shape?: Shape;
}

/** The structure of a tree; leaves are numbers into a list. */
export type Tree =
  | { readonly kind: "leaf"; readonly leaf: number }
  | { readonly kind: "array"; readonly items: readonly Tree[] }
  | { readonly kind: "object"; readonly keys: readonly string[]; readonly items: readonly Tree[] }
  | { readonly kind: "static"; readonly value: unknown };

/** What a value is as a leaf, and what holds its numbers, where that is not the value itself. */
interface Classified {
  readonly kind: LeafKind;
  readonly lanes: number;
  readonly shape?: Shape;
  readonly data?: Float64Array;
}

/** Says what a value is as a leaf, undefined where it is structure. */
export type Classify = (value: unknown) => Classified | undefined;

const isStatic = (value: unknown): boolean =>
  value === null || value === undefined || typeof value === "string" || typeof value === "boolean";

/** Whether an object is a plain one, and so structure. */
export const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** The first place of an array where there is no number; its length where there is none. A hole is no number. */
function numbersUntil(values: readonly unknown[]): number {
  let i = 0;
  while (i < values.length && typeof values[i] === "number") i++;
  return i;
}

const isNumbers = (values: readonly unknown[]): boolean => numbersUntil(values) === values.length;

/** Deeper nesting than this is taken for a cycle. */
const DEEPEST = 200;

/** Where a property of what stands at a path stands. */
export const propertyPath = (path: string, key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;

/**
 * Splits a value into its structure and its leaves, which are appended to `leaves` and `values`.
 * @throws TypeError on what can be neither leaf nor structure: a Map, a class instance, a function.
 */
export function flatten(
  name: string,
  value: unknown,
  path: string,
  classify: Classify,
  leaves: Leaf[],
  values: unknown[],
  depth = 0,
): Tree {
  const found = classify(value);
  if (found) {
    if (found.lanes === 0) throw new RangeError(`${name}: expected a vector of at least one lane, got an empty one at ${path}`);
    const { data, ...leaf } = found;
    values.push(data ?? value);
    return { kind: "leaf", leaf: leaves.push({ ...leaf, path }) - 1 };
  }
  if (isStatic(value)) return { kind: "static", value };
  if (depth > DEEPEST)
    throw new TypeError(`${name}: expected a tree, got more than ${DEEPEST} levels at ${path.slice(0, 60)}…. Does it contain itself?`);
  const child = (item: unknown, childPath: string): Tree => flatten(name, item, childPath, classify, leaves, values, depth + 1);
  if (Array.isArray(value)) {
    const element = (item: unknown, i: number): Tree => {
      if (item === undefined && !(i in value)) throw new TypeError(`${name}: expected an array without holes, got one at ${path}[${i}]`);
      return child(item, `${path}[${i}]`);
    };
    return { kind: "array", items: Array.from(value, element) }; // map would pass over holes
  }
  if (typeof value === "object" && isPlain(value as object)) {
    const entries = Object.entries(value as object);
    return { kind: "object", keys: entries.map(([key]) => key), items: entries.map(([key, item]) => child(item, propertyPath(path, key))) };
  }
  throw new TypeError(
    `${name}: expected numbers, Float64Arrays, Int32Arrays, or arrays and plain objects of them, got ${describe(value)} at ${path}${insteadOf(value)}`,
  );
}

/** The leaf kinds of data: what users pass to transformed functions. */
export const classifyData: Classify = (value) => {
  if (typeof value === "number") return { kind: "number", lanes: 1 };
  if (isNumericArray(value) || value instanceof Int32Array) {
    return { kind: value instanceof Int32Array ? "indices" : "vector", lanes: value.length };
  }
  if (Array.isArray(value)) return value.length > 0 && isNumbers(value) ? { kind: "numbers", lanes: value.length } : undefined;
  return classifyMatrix(value);
};

/** What an ndarray or a Matrix is as a leaf; undefined of anything else. */
function classifyMatrix(value: unknown): Classified | undefined {
  const found = shapedIn("arguments", value);
  if (found === undefined) return undefined;
  const { data, shape } = found;
  return { kind: "vector", lanes: data.length, data, ...(shape.length > 1 ? { shape } : {}) };
}

/** Whether two leaves hold the same. */
export const sameLeaf = (x: Leaf, y: Leaf): boolean => x.kind === y.kind && x.lanes === y.lanes && sameShape(x.shape ?? [], y.shape ?? []);

/** What a leaf holds, in words: vector of 3, matrix of [2, 3]. */
export const leafText = ({ kind, lanes, shape }: Leaf): string =>
  shape === undefined ? `${kind} of ${lanes}` : `matrix of ${shapeText(shape)}`;

/** The numbers of a vector as what the leaf is: a Matrix where it has a shape. */
export const inLeaf = ({ shape }: Leaf, numbers: Float64Array): Float64Array | Matrix =>
  shape === undefined ? numbers : new Matrix(numbers, shape);

/** A value with the tree's structure whose leaves are made by `leafValue`. */
export function build(tree: Tree, leafValue: (leaf: number) => unknown): unknown {
  switch (tree.kind) {
    case "leaf":
      return leafValue(tree.leaf);
    case "static":
      return tree.value;
    case "array":
      return tree.items.map((item) => build(item, leafValue));
    case "object":
      return Object.fromEntries(tree.items.map((item, i) => [tree.keys[i]!, build(item, leafValue)]));
  }
}

/** A tree with another in place of each leaf, in order. */
export function mapLeaves(tree: Tree, image: (leaf: number) => Tree): Tree {
  if (tree.kind === "static") return tree;
  return tree.kind === "leaf" ? image(tree.leaf) : { ...tree, items: tree.items.map((item) => mapLeaves(item, image)) };
}

/** Whether two structures are one: their leaves in the same places, and equal fixed values. */
export function sameTree(x: Tree, y: Tree): boolean {
  if (x.kind === "leaf") return y.kind === "leaf" && x.leaf === y.leaf;
  if (x.kind === "static") return y.kind === "static" && Object.is(x.value, y.value);
  if (x.kind !== y.kind || x.items.length !== y.items.length) return false;
  if (x.kind === "object" && x.keys.some((key, i) => key !== (y as typeof x).keys[i])) return false;
  return x.items.every((item, i) => sameTree(item, y.items[i]!));
}

/** The leaf numbers of a tree, in order. */
export function leavesOf(tree: Tree): number[] {
  if (tree.kind === "leaf") return [tree.leaf];
  return tree.kind === "static" ? [] : tree.items.flatMap(leavesOf);
}

/** Calls `visit` with every leaf and every fixed value of a tree, and with where it stands. */
export function visitTree(
  tree: Tree,
  path: string,
  visit: (node: Extract<Tree, { readonly kind: "leaf" | "static" }>, path: string) => void,
): void {
  if (tree.kind === "leaf" || tree.kind === "static") visit(tree, path);
  else if (tree.kind === "array") tree.items.forEach((item, i) => visitTree(item, `${path}[${i}]`, visit));
  else tree.items.forEach((item, i) => visitTree(item, propertyPath(path, tree.keys[i]!), visit));
}

/** What a leaf wants, in words. */
function wanted({ kind, lanes, shape }: Leaf): string {
  if (kind === "number") return "a number";
  if (shape !== undefined) return `a Matrix of shape ${shapeText(shape)}`;
  if (kind === "numbers") return `an array of ${lanes} numbers`;
  return `${kind === "vector" ? "a Float64Array" : "an Int32Array"} of ${lanes}`;
}

function fits({ kind, lanes }: Leaf, value: unknown, views: boolean): boolean {
  if (kind === "number") return typeof value === "number";
  if (kind === "numbers")
    return ((views && value instanceof Float64Array) || (Array.isArray(value) && isNumbers(value))) && value.length === lanes;
  if (kind === "vector") return isNumericArray(value) && value.length === lanes;
  return value instanceof Int32Array && value.length === lanes;
}

/**
 * Walks a value along the structure it should have and hands each leaf's value to `visit`.
 * Returns undefined, or what was expected and came where the structure is another. With `views`, a Float64Array may stand for an array of numbers.
 */
export function walk(
  tree: Tree,
  value: unknown,
  leaves: readonly Leaf[],
  path: string,
  visit: (leaf: number, value: unknown) => void,
  views = false,
): string | undefined {
  const mismatch = (expected: string): string => `expected ${expected}, got ${describe(value)} at ${path}`;
  if (tree.kind === "leaf") {
    const leaf = leaves[tree.leaf]!;
    if (leaf.kind === "vector" && !isNumericArray(value)) {
      const found = shapedIn("arguments", value);
      const shape = leaf.shape ?? [leaf.lanes];
      if (found === undefined || !sameShape(found.shape, shape))
        return found === undefined
          ? mismatch(wanted(leaf))
          : `expected ${wanted(leaf)}, got one of shape ${shapeText(found.shape)} at ${path}`;
      visit(tree.leaf, found.data);
      return undefined;
    }
    if (leaf.shape !== undefined || !fits(leaf, value, views)) {
      if (leaf.kind !== "numbers" || !Array.isArray(value) || value.length !== leaf.lanes) return mismatch(wanted(leaf));
      const k = numbersUntil(value);
      return `expected a number, got ${describe(value[k])} at ${path}[${k}]`;
    }
    visit(tree.leaf, value);
    return undefined;
  }
  if (tree.kind === "static") return Object.is(tree.value, value) ? undefined : mismatch(describe(tree.value));
  if (tree.kind === "array") {
    if (!Array.isArray(value) || value.length !== tree.items.length) return mismatch(`an array of ${tree.items.length}`);
    for (let i = 0; i < tree.items.length; i++) {
      const found = walk(tree.items[i]!, value[i], leaves, `${path}[${i}]`, visit, views);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof value !== "object" || value === null || !isPlain(value)) return mismatch(`an object with ${tree.keys.join(", ")}`);
  const keys = Object.keys(value);
  if (keys.length !== tree.keys.length)
    return `expected an object with ${tree.keys.join(", ")}, got one with ${keys.join(", ")} at ${path}`;
  for (let i = 0; i < keys.length; i++) {
    const key = tree.keys[i]!;
    if (!Object.hasOwn(value, key)) return `expected an object with ${tree.keys.join(", ")}, got one with ${keys.join(", ")} at ${path}`;
    const found = walk(tree.items[i]!, (value as Record<string, unknown>)[key], leaves, propertyPath(path, key), visit, views);
    if (found !== undefined) return found;
  }
  return undefined;
}
