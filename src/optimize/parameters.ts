/** Parameters: a tree of numbers as one vector, and back. */
import { isNumericArray } from "../data/arrays.js";
import { build, classifyData, flatten, inLeaf, isPlain, type Leaf, leavesOf, propertyPath, type Tree } from "../data/tree.js";
import { Matrix } from "../data/matrix.js";
import { describe } from "../errors.js";
import { type Value } from "../trace/value.js";
import { reshape } from "../trace/matrices.js";
import { at, slice } from "../trace/vectors.js";
import { type Vector, zeros } from "./vectors.js";

/** Bounds of a tree of type T: a number is for all that stands there, what is left out has none. */
export type BoundOf<T> = T extends number
  ? number
  : T extends { readonly buffer: ArrayBufferLike } | Matrix
    ? number | Float64Array | readonly number[] | Matrix
    : T extends object
      ? number | { readonly [K in keyof T]?: BoundOf<T[K]> }
      : T;

/** Where parameters may be: `{ lower: 0 }` is for all of them, `{ lower: { w: 0 } }` for those of a leaf. Infinite bounds are none. */
export interface Bounds<T> {
  readonly lower?: BoundOf<T>;
  readonly upper?: BoundOf<T>;
}

/** Bounds as vectors. */
export interface Box {
  readonly lower: Vector;
  readonly upper: Vector;
}

/** A tree of parameters as a vector of its numbers, in order; index columns are no numbers. */
export class Parameters {
  readonly size: number;
  readonly #leaves: Leaf[] = [];
  readonly #values: unknown[] = [];
  readonly #tree: Tree;
  /** The place of each leaf's first number. */
  readonly #firsts: readonly number[];

  /** @throws TypeError where x0 is no tree of numbers. */
  constructor(
    readonly name: string,
    x0: unknown,
  ) {
    this.#tree = flatten(name, x0, "x0", classifyData, this.#leaves, this.#values);
    let size = 0;
    this.#firsts = this.#leaves.map(({ kind, lanes }) => (kind === "indices" ? size : (size += lanes) - lanes));
    this.size = size;
    if (size === 0) throw new TypeError(`${name}: expected numbers in x0, got none`);
  }

  /** The numbers of x0. Throws RangeError where one is not finite. */
  start(): Vector {
    const x = zeros(this.size);
    this.#leaves.forEach(({ kind }, leaf) => {
      const value = this.#values[leaf];
      if (kind === "number") x[this.#firsts[leaf]!] = value as number;
      else if (kind !== "indices") x.set(value as ArrayLike<number>, this.#firsts[leaf]);
    });
    const wrong = x.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new RangeError(`${this.name}: expected finite numbers, got ${x[wrong]!} at ${this.pathOf(wrong)}`);
    return x;
  }

  /** The tree with these numbers in it. */
  tree(x: Vector): unknown {
    return build(this.#tree, (leaf) => {
      const [{ kind, lanes }, first] = [this.#leaves[leaf]!, this.#firsts[leaf]!];
      if (kind === "indices") return (this.#values[leaf] as Int32Array).slice();
      if (kind === "number") return x[first]!;
      const numbers = x.slice(first, first + lanes);
      return kind === "numbers" ? Array.from(numbers) : inLeaf(this.#leaves[leaf]!, numbers);
    });
  }

  /** The tree with the lanes of a traced vector in it. */
  values(x: Value): unknown {
    return build(this.#tree, (leaf) => {
      const [{ kind, lanes, shape }, first] = [this.#leaves[leaf]!, this.#firsts[leaf]!];
      if (kind === "indices") return this.#values[leaf];
      if (kind === "number") return at(x, first);
      if (kind === "numbers") return Array.from({ length: lanes }, (_, i) => at(x, first + i));
      const part = slice(x, first, first + lanes);
      return shape === undefined ? part : reshape(part, shape);
    });
  }

  /** Where a number stands in x0. */
  pathOf(i: number): string {
    const leaf = this.#leaves.findIndex(({ kind, lanes }, k) => kind !== "indices" && i < this.#firsts[k]! + lanes);
    const { kind, path } = this.#leaves[leaf]!;
    return kind === "number" ? path : `${path}[${i - this.#firsts[leaf]!}]`;
  }

  /** Bounds as vectors. Throws TypeError where their structure is another, RangeError where no number lies between them. */
  box({ lower, upper }: Bounds<unknown>): Box {
    const box = { lower: zeros(this.size).fill(-Infinity), upper: zeros(this.size).fill(Infinity) };
    this.#fill(box.lower, this.#tree, lower, "bounds.lower");
    this.#fill(box.upper, this.#tree, upper, "bounds.upper");
    for (let i = 0; i < this.size; i++) {
      const [low, high] = [box.lower[i]!, box.upper[i]!];
      if (!(low <= high && low < Infinity && high > -Infinity))
        throw new RangeError(`${this.name}: expected bounds with numbers between them, got ${low} and ${high} for ${this.pathOf(i)}`);
    }
    return box;
  }

  #fill(into: Vector, tree: Tree, bounds: unknown, path: string): void {
    const given = bounds instanceof Matrix ? bounds.data : bounds;
    if (given === undefined || tree.kind === "static") return;
    const refuse = (expected: string): never => {
      throw new TypeError(`${this.name}: expected ${expected}, got ${describe(given)} at ${path}`);
    };
    if (typeof given === "number") {
      for (const leaf of leavesOf(tree)) {
        const { kind, lanes } = this.#leaves[leaf]!;
        if (kind !== "indices") into.fill(given, this.#firsts[leaf], this.#firsts[leaf]! + lanes);
      }
    } else if (tree.kind === "leaf") {
      const { kind, lanes } = this.#leaves[tree.leaf]!;
      const isNumbers = isNumericArray(given) || (Array.isArray(given) && given.every((x) => typeof x === "number"));
      if (kind === "number") refuse("a number");
      else if (!isNumbers || given.length !== lanes) refuse(`a number, or ${lanes} of them`);
      else into.set(given, this.#firsts[tree.leaf]);
    } else if (tree.kind === "array") {
      if (!Array.isArray(given) || given.length !== tree.items.length) return refuse(`a number, or an array of ${tree.items.length}`);
      tree.items.forEach((item, i) => this.#fill(into, item, given[i], `${path}[${i}]`));
    } else {
      const { keys, items } = tree;
      if (typeof given !== "object" || given === null || !isPlain(given)) return refuse(`a number, or an object with ${keys.join(", ")}`);
      const stray = Object.keys(given).find((key) => !keys.includes(key));
      if (stray !== undefined) throw new TypeError(`${this.name}: expected bounds of ${keys.join(", ")}, got one of ${stray} at ${path}`);
      items.forEach((item, i) => this.#fill(into, item, (given as Record<string, unknown>)[keys[i]!], propertyPath(path, keys[i]!)));
    }
  }
}

/** x ← the nearest numbers within the bounds. */
export function project(x: Vector, { lower, upper }: Box): void {
  for (let i = 0; i < x.length; i++) x[i] = Math.min(Math.max(x[i]!, lower[i]!), upper[i]!);
}
