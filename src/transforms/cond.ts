/** Branches by Values: `cond` and `switchCase`. */
import { own } from "../data/operands.js";
import { build, flatten, type Leaf, type Tree } from "../data/tree.js";
import { describe } from "../errors.js";
import { le, where } from "../trace/generated/math.js";
import { classifyTraced } from "../trace/trace.js";
import { Value } from "../trace/value.js";
import { matchingLeaves } from "./loopcarry.js";

/** What a function gave, as structure and leaves. */
interface Given {
  readonly tree: Tree;
  readonly leaves: readonly Leaf[];
  readonly values: readonly unknown[];
}

function givenBy(name: string, result: unknown): Given {
  const leaves: Leaf[] = [];
  const values: unknown[] = [];
  return { tree: flatten(name, result, "result", classifyTraced, leaves, values), leaves, values };
}

/** What one function gave where a test holds, and what the other gave elsewhere, leaf by leaf. */
function chosen(name: string, test: Value, yes: unknown, no: unknown): unknown {
  const [x, y] = [givenBy(name, yes), givenBy(name, no)];
  const order = matchingLeaves(name, x, y, "result", "as another branch gives", "Branches give one structure");
  const choose = (a: unknown, b: unknown): unknown => where(test, a as Value, b as Value);
  return build(x.tree, (leaf) => {
    const [a, b] = [x.values[leaf], y.values[order[leaf]!]];
    if (x.leaves[leaf]!.kind !== "numbers") return choose(a, b);
    return (a as unknown[]).map((number, k) => choose(number, (b as unknown[])[k]));
  });
}

/** The number of a test that is known; undefined of a traced Value. */
function known(name: string, test: unknown): number | undefined {
  if (typeof test === "boolean") return Number(test);
  if (typeof test === "number") return test;
  if (!(test instanceof Value)) throw new TypeError(`${name}: expected a number or a Value to choose by, got ${describe(test)}`);
  if (!test.isScalar)
    throw new TypeError(`${name}: expected a scalar to choose by, got the vector ${test.words}. Lane by lane, where chooses`);
  return test.trace.graph.recording === undefined ? undefined : test.value;
}

type AnyFunction = (...args: unknown[]) => unknown;

function checkFunctions(name: string, functions: readonly unknown[]): asserts functions is readonly AnyFunction[] {
  const other = functions.find((f) => typeof f !== "function");
  if (other !== undefined || functions.length === 0) throw new TypeError(`${name}: expected functions to choose from, got ${functions.length === 0 ? "none" : describe(other)}`); // prettier-ignore
}

/**
 * `yes(...args)` where test is not 0, else `no(...args)`. On data, and inside `record`, one of them runs. Inside a traced function both are computed and every leaf is chosen as by `where`, so
 * both give one structure; what was not chosen has no influence on derivatives.
 * @throws TypeError where the two give other structures, naming the leaf and both shapes.
 */
export const cond = /* @__PURE__ */ own((test: unknown, yes: AnyFunction, no: AnyFunction, ...args: unknown[]): unknown => {
  checkFunctions("cond", [yes, no]);
  const number = known("cond", test);
  if (number !== undefined) return number !== 0 ? yes(...args) : no(...args);
  return chosen("cond", test as Value, yes(...args), no(...args));
}) as <A extends readonly unknown[], R>(
  test: Value | number | boolean,
  yes: (...args: A) => R,
  no: (...args: NoInfer<A>) => NoInfer<R>,
  ...args: A
) => R;

/**
 * `functions[index](...args)`; the first function of an index below 0, the last of one beyond them. On data, and inside `record`, one of them runs; inside a traced function all are
 * computed, as `cond` does.
 * @throws TypeError where they give other structures, naming the leaf and both shapes.
 */
export const switchCase = /* @__PURE__ */ own((index: unknown, functions: readonly AnyFunction[], ...args: unknown[]): unknown => {
  if (!(functions instanceof Array)) throw new TypeError(`switchCase: expected an array of functions, got ${describe(functions)}`);
  checkFunctions("switchCase", functions);
  const number = known("switchCase", index);
  if (number !== undefined) return (functions.find((_, k) => number <= k) ?? functions.at(-1)!)(...args);
  const results = functions.map((f) => f(...args));
  return results.reduceRight((rest, result, k) => chosen("switchCase", le(index as Value, k), result, rest));
}) as <A extends readonly unknown[], R>(index: Value | number, functions: readonly ((...args: A) => R)[], ...args: A) => R;
