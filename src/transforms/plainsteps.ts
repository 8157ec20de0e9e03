/** Loops that run: on plain data, on the values of `record`, and where a step calls users' code. */
import { build, flatten, inLeaf, type Leaf } from "../data/tree.js";
import { classifyTraced } from "../trace/trace.js";
import { at } from "../trace/vectors.js";
import { vector } from "../trace/vector.js";
import { stack } from "../trace/places.js";
import type { Value } from "../trace/value.js";
import { carriedLeaves, type Names, pairOf, slicesIn, stepsFrom } from "./loopcarry.js";

/** A step, as the runtime sees it. */
export type StepOf = (carry: unknown, x: unknown, i: unknown) => unknown;

/** Slice number i of a leaf of xs. */
function sliceAt(value: unknown, i: number): unknown {
  return value instanceof Int32Array || value instanceof Float64Array ? value[i] : at(value as Value, i);
}

/** Runs the steps one after the other. */
export function ran(names: Names, step: StepOf, init: unknown, xs: unknown, reverse: boolean): readonly [unknown, unknown] {
  const leaves: Leaf[] = [];
  const values: unknown[] = [];
  const tree = typeof xs === "number" ? undefined : flatten(names.name, xs, "xs", classifyTraced, leaves, values);
  const length = tree === undefined ? stepsFrom(names, xs, 0) : slicesIn(names, leaves);
  const columns = values.map((value, leaf) => (value instanceof Float64Array ? inLeaf(leaves[leaf]!, value) : value));
  const given = new Array<unknown>(length);
  let carry = init;
  for (let k = 0; k < length; k++) {
    const i = reverse ? length - 1 - k : k;
    const x = tree && build(tree, (leaf) => sliceAt(columns[leaf], i));
    const [next, y] = pairOf(names, step(carry, x, i));
    if (k === 0) carriedLeaves(names, structureOf(names, carry), structureOf(names, next));
    carry = next;
    given[i] = y;
  }
  return [carry, length === 0 ? undefined : sideBySide(names, given)];
}

function structureOf({ name, carry }: Names, value: unknown): Parameters<typeof carriedLeaves>[1] {
  const leaves: Leaf[] = [];
  return { tree: flatten(name, value, carry, classifyTraced, leaves, []), leaves };
}

/** What steps gave, leaf by leaf: vectors of numbers, matrices of vectors. */
function sideBySide({ name }: Names, given: readonly unknown[]): unknown {
  const leaves: Leaf[] = [];
  const tree = flatten(name, given[0], "y", classifyTraced, leaves, []);
  const columns = leaves.map((): unknown[] => []);
  for (const y of given) {
    const values: unknown[] = [];
    flatten(name, y, "y", classifyTraced, [], values);
    values.forEach((value, leaf) => columns[leaf]!.push(value));
  }
  return build(tree, (leaf) => {
    const { kind, lanes } = leaves[leaf]!;
    const column = columns[leaf]!;
    if (kind === "number") return vector(column as number[]);
    if (kind === "numbers") return Array.from({ length: lanes }, (_, k) => vector(column.map((y) => (y as number[])[k]!)));
    return stack(column as Value[]);
  });
}
