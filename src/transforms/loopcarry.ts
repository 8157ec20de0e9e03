/** What loops take and give, checked: carries that keep their structure, xs of one length, steps that return what they must. */
import { type Leaf, leafText, propertyPath, sameLeaf, type Tree } from "../data/tree.js";
import { describe } from "../errors.js";

/** What a loop is called, and its carry, for messages. */
export interface Names {
  readonly name: string;
  readonly carry: string;
}

/** A structure and its leaves. */
interface Structure {
  readonly tree: Tree;
  readonly leaves: readonly Leaf[];
}

/** What stands in a place, in words. */
const inWords = (node: Tree, leaves: readonly Leaf[]): string => {
  if (node.kind === "static") return describe(node.value);
  if (node.kind === "array") return `an array of ${node.items.length}`;
  if (node.kind === "object") return `an object with ${node.keys.join(", ") || "nothing"}`;
  const leaf = leaves[node.leaf]!;
  if (leaf.kind === "number") return "a number";
  return leaf.kind === "numbers" ? `an array of ${leaf.lanes} numbers` : `a ${leafText(leaf)}`;
};

/**
 * The leaves of a structure that should be another, in the order of that: names say what belongs together, not places.
 * @throws TypeError that names the first leaf that differs, and what it should be and is.
 */
export function matchingLeaves(
  name: string,
  wanted: Structure,
  given: Structure,
  path: string,
  why: string,
  remedy: string,
): readonly number[] {
  const order = (was: Tree, is: Tree, path: string): readonly number[] => {
    if (was.kind === "leaf" && is.kind === "leaf" && sameLeaf(wanted.leaves[was.leaf]!, given.leaves[is.leaf]!)) return [is.leaf];
    if (was.kind === "static" && is.kind === "static" && Object.is(was.value, is.value)) return [];
    if (was.kind === "array" && is.kind === "array" && was.items.length === is.items.length)
      return was.items.flatMap((item, i) => order(item, is.items[i]!, `${path}[${i}]`));
    if (
      was.kind === "object" &&
      is.kind === "object" &&
      was.keys.length === is.keys.length &&
      was.keys.every((key) => is.keys.includes(key))
    )
      return was.keys.flatMap((key, i) => order(was.items[i]!, is.items[is.keys.indexOf(key)]!, propertyPath(path, key)));
    throw new TypeError(`${name}: expected ${inWords(was, wanted.leaves)} ${why}, got ${inWords(is, given.leaves)} at ${path}. ${remedy}`);
  };
  return order(wanted.tree, given.tree, path);
}

/** The leaves of a carry that a step gave, in the order of those that it got. */
export const carriedLeaves = ({ name, carry }: Names, before: Structure, after: Structure): readonly number[] =>
  matchingLeaves(name, before, after, carry, "as before the step", `A step gives the ${carry} in the structure that it got it in`);

/** The two things that a step returns: the next carry, and what it gives beside that. */
export function pairOf({ name, carry }: Names, result: unknown): readonly [unknown, unknown] {
  if (result instanceof Promise) {
    result.catch(() => undefined); // its own failure is a consequence of this one
    throw new TypeError(`${name}: expected a synchronous step, got one that returns a Promise`);
  }
  if (!Array.isArray(result) || result.length !== 2)
    throw new TypeError(
      `${name}: expected a step that returns [${carry}, y], got ${describe(result)}. Where it gives nothing else, return [${carry}, undefined]`,
    );
  return result as unknown as readonly [unknown, unknown];
}

/** A number of steps. */
export function stepsFrom({ name }: Names, n: unknown, least: number): number {
  if (typeof n !== "number") throw new TypeError(`${name}: expected a number of steps, got ${describe(n)}`);
  if (!Number.isInteger(n) || n < least || n > 0x7fffffff)
    throw new RangeError(`${name}: expected a whole number of steps from ${least}, got ${n}`);
  return n;
}

/** How many slices all leaves of xs have. */
export function slicesIn({ name }: Names, leaves: readonly Leaf[]): number {
  for (const { kind, path } of leaves) {
    if (kind === "number")
      throw new TypeError(
        `${name}: expected vectors and matrices in xs, got a number at ${path}. What is the same in all steps, the step may use without taking it`,
      );
    if (kind === "numbers")
      throw new TypeError(`${name}: expected vectors and matrices in xs, got an array of numbers at ${path}. Write vector(${path})`);
  }
  const [first] = leaves;
  if (first === undefined) throw new TypeError(`${name}: expected vectors and matrices in xs, or a number of steps, got neither`);
  const length = lengthOf(first);
  const other = leaves.find((leaf) => lengthOf(leaf) !== length);
  if (other === undefined) return length;
  throw new RangeError(`${name}: expected xs of one length, got ${length} at ${first.path} and ${lengthOf(other)} at ${other.path}`);
}

const lengthOf = ({ lanes, shape }: Leaf): number => shape?.[0] ?? lanes;
