/** What is derived from a function in the tests, and data's numbers as flat lists. */
import { add, type EngineName, grad, mul, sum, Value, valueAndGrad } from "wengert";
import { type Example } from "./programs.js";

type AnyFunction = (...args: unknown[]) => unknown;

/** A function of unknown arguments, as tests that loop over functions see it. */
export const erased = (f: (...args: never[]) => unknown): ((...args: unknown[]) => Value) => f as unknown as (...args: unknown[]) => Value;

/** The numbers of a tree, or its Values, in order; lane numbers and statics left out. */
export function leavesOf<T>(tree: unknown, isLeaf: (x: unknown) => x is T): T[] {
  if (isLeaf(tree)) return [tree];
  if (Array.isArray(tree)) return tree.flatMap((item) => leavesOf(item, isLeaf));
  if (tree instanceof Float64Array) return leavesOf([...tree], isLeaf);
  const isObject = typeof tree === "object" && tree !== null && !ArrayBuffer.isView(tree);
  return isObject ? leavesOf(Object.values(tree), isLeaf) : [];
}

const isNumber = (x: unknown): x is number => typeof x === "number";

/** The numbers of a tree, in order. */
export const numbersOf = (tree: unknown): number[] => leavesOf(tree, isNumber);

/** A tree with its numbers replaced by others, in order. */
export function withNumbers(tree: unknown, numbers: readonly number[], next = { i: 0 }): unknown {
  if (typeof tree === "number") return numbers[next.i++]!;
  if (tree instanceof Float64Array) return tree.map(() => numbers[next.i++]!);
  if (Array.isArray(tree)) return tree.map((item) => withNumbers(item, numbers, next));
  if (typeof tree !== "object" || tree === null || ArrayBuffer.isView(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, withNumbers(item, numbers, next)]));
}

/** Fixed numbers of both signs that stand for a direction. */
export const directionOf = (count: number): number[] => Array.from({ length: count }, (_, i) => Math.sin(3 * i + 1));

const isValue = (x: unknown): x is Value => x instanceof Value;

/** Σ weightᵢ · leafᵢ over a tree of Values, with a weight for each leaf. */
function weighted(tree: unknown): Value {
  const values = leavesOf(tree, isValue);
  return values.map((value, i) => mul(value.length === undefined ? value : sum(value), Math.sin(3 * i + 1))).reduce((total, term) => add(total, term));
}

/** The function x ↦ Σ weightᵢ · ∂f/∂xᵢ, a scalar that can be differentiated again. */
export const slopeOf = ({ f }: Example): AnyFunction => {
  return (...args) => weighted((grad(erased(f)) as AnyFunction)(...args));
};

/** What tests derive from a function, in an engine. */
export const derived: Record<string, (example: Example, engine: EngineName) => (...args: unknown[]) => unknown> = {
  value: ({ f }, engine) => (...args) => (valueAndGrad(erased(f), { engine }) as (...args: unknown[]) => [number, unknown])(...args)[0],
  gradient: ({ f }, engine) => grad(erased(f), { engine }) as AnyFunction,
  "gradient of the gradient": (example, engine) => grad(slopeOf(example) as (...args: unknown[]) => Value, { engine }) as AnyFunction,
};
