/** What is derived from a function in the tests, and data's numbers as flat lists. */
import {
  add,
  type EngineName,
  grad,
  hessian,
  jacobian,
  Matrix,
  matrix,
  mul,
  sparseHessian,
  sparseJacobian,
  sum,
  Value,
  valueAndGrad,
  vjp,
} from "wengert";
import { type Example } from "./programs.js";

type AnyFunction = (...args: unknown[]) => unknown;

/** A function of unknown arguments, as tests that loop over functions see it. */
export const erased = (f: (...args: never[]) => unknown): ((...args: unknown[]) => Value) => f as unknown as (...args: unknown[]) => Value;

/** Whether a value is a Matrix, or the object that stands for one where there is no library. */
const isShaped = (x: unknown): x is { readonly data: Float64Array; readonly shape: readonly number[] } =>
  typeof x === "object" && x !== null && "shape" in x && "data" in x && x.data instanceof Float64Array;

/** The numbers of a tree, or its Values, in order; lane numbers and statics left out. */
function leavesOf<T>(tree: unknown, isLeaf: (x: unknown) => x is T): T[] {
  if (isLeaf(tree)) return [tree];
  if (Array.isArray(tree)) return tree.flatMap((item) => leavesOf(item, isLeaf));
  if (tree instanceof Float64Array) return leavesOf([...tree], isLeaf);
  if (isShaped(tree)) return leavesOf(tree.data, isLeaf);
  const isObject = typeof tree === "object" && tree !== null && !ArrayBuffer.isView(tree);
  return isObject ? leavesOf(Object.values(tree), isLeaf) : [];
}

const isNumber = (x: unknown): x is number => typeof x === "number";

/** The numbers of a tree, in order. */
export const numbersOf = (tree: unknown): number[] => leavesOf(tree, isNumber);

/** Second derivatives of a scalar function of one argument, by every function that gives all of them, and the pullback of its gradient at x. */
export function secondOrder(f: (...args: never[]) => unknown, x: unknown): number[][] {
  const g = grad(f as never);
  const all = [jacobian(g as never), hessian(f as never), sparseHessian(f as never), sparseJacobian(g as never)];
  return [...all.map((of) => numbersOf(of(x as never))), numbersOf(vjp(g as never)(x as never)[1](x))];
}

/** A tree with its numbers replaced by others, in order. */
export function withNumbers(tree: unknown, numbers: readonly number[], next = { i: 0 }): unknown {
  if (typeof tree === "number") return numbers[next.i++]!;
  if (tree instanceof Float64Array) return tree.map(() => numbers[next.i++]!);
  if (tree instanceof Matrix) return matrix(withNumbers(tree.data, numbers, next) as Float64Array, tree.shape);
  if (Array.isArray(tree)) return tree.map((item) => withNumbers(item, numbers, next));
  if (typeof tree !== "object" || tree === null || ArrayBuffer.isView(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, withNumbers(item, numbers, next)]));
}

/** Fixed numbers of both signs that stand for a direction. */
export const directionOf = (count: number): number[] => Array.from({ length: count }, (_, i) => Math.sin(3 * i + 1));

const isValueOrNumber = (x: unknown): x is Value | number => x instanceof Value || typeof x === "number";

/** The weight of leaf number i in a slope; by arithmetic alone, so that every machine has the same. */
const weight = (i: number): number => 2 * (((i + 1) * 0.6180339887498949) % 1) - 1;

/** The weight of every number of a tree: a vector is one leaf, an array of numbers as many as it has elements. */
export function weightsOf(tree: unknown): number[] {
  const isLeaf = (x: unknown): x is number | Float64Array | Matrix =>
    typeof x === "number" || x instanceof Float64Array || x instanceof Matrix;
  return leavesOf(tree, isLeaf).flatMap((leaf, i) =>
    typeof leaf === "number" ? [weight(i)] : Array<number>(numbersOf(leaf).length).fill(weight(i)),
  );
}

/** The function x ↦ Σ weightᵢ · ∂f/∂xᵢ, a scalar that can be differentiated again. */
function slopeOf({ f }: Example): (...args: unknown[]) => Value {
  return (...args) => {
    const gradient = (grad(erased(f)) as AnyFunction)(...args);
    const terms = leavesOf(gradient, isValueOrNumber).map((leaf, i) =>
      mul(leaf instanceof Value && leaf.length !== undefined ? sum(leaf) : (leaf as Value), weight(i)),
    );
    return terms.reduce((total, term) => add(total, term));
  };
}

/** What tests derive from a function, in an engine. */
export const derived = {
  value:
    ({ f }: Example, engine: EngineName): AnyFunction =>
    (...args) =>
      (valueAndGrad(erased(f), { engine }) as (...args: unknown[]) => [number, unknown])(...args)[0],
  gradient: ({ f }: Example, engine: EngineName): AnyFunction => grad(erased(f), { engine }),
  "gradient of a slope": (example: Example, engine: EngineName): AnyFunction => grad(slopeOf(example), { engine }),
};

/** The name of something derived. */
export type Mode = keyof typeof derived;

/** All of them. */
export const derivedModes = Object.keys(derived) as Mode[];
