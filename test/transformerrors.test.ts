/** Every mistake in what a transform is given, the function's result included, gets an error that says what was expected and what came. */
import { describe, expect, test } from "vitest";
import {
  checkGradient,
  compile,
  directional,
  finiteDifference,
  grad,
  gt,
  hessian,
  hvp,
  type Indices,
  jacfwd,
  jacobian,
  jacrev,
  jvp,
  mul,
  record,
  sparseHessian,
  sparseJacobian,
  sum,
  take,
  trace,
  type Value,
  valueAndGrad,
  valueAndJacobian,
  vjp,
  vmap,
} from "wengert";
import { Column, lanes, Ndarray, refuses, untyped, vector } from "./mistakes.js";

const three = vector(1, 2, 3);

/** A gradient of a function that returns what it must not. */
const returning =
  (result: (x: Value) => unknown, options = {}) =>
  () =>
    grad((x: Value) => untyped(result(x)), options)(1);
const scalarWanted = (came: string): RegExp =>
  new RegExp(`^grad: expected a function with a scalar result, got ${came}\\. Reduce it, with sum or mean, or use hasAux`);

/** A list that contains itself. */
function cyclic(): unknown[] {
  const list: unknown[] = [1];
  list.push({ list });
  return list;
}

const given = (argument: unknown) => () => grad((x: Value) => x)(untyped(argument));
const treeWanted = (came: string): RegExp =>
  new RegExp(`^grad: expected numbers, Float64Arrays, Int32Arrays, or arrays and plain objects of them, got ${came}$`);

/** Each transform on an argument, of a function that returns what it must not or makes a truth value that nothing uses. */
const callers: Readonly<Record<string, (f: (x: Value) => Value, x: never) => unknown>> = {
  grad: (f, x) => grad(f)(x),
  valueAndGrad: (f, x) => valueAndGrad(f, { retrace: false })(x),
  jvp: (f, x) => jvp(f)([x], [x]),
  directional: (f, x) => directional(f)([x], [x]),
  hvp: (f, x) => hvp(f, { retrace: false })([x], x),
  vjp: (f, x) => vjp(f)(x),
  jacobian: (f, x) => jacobian(f)(x),
  valueAndJacobian: (f, x) => valueAndJacobian(f)(x),
  jacfwd: (f, x) => jacfwd(f)(x),
  jacrev: (f, x) => jacrev(f, { retrace: false })(x),
  hessian: (f, x) => hessian(f)(x),
  sparseJacobian: (f, x) => sparseJacobian(f)(x),
  sparseHessian: (f, x) => sparseHessian(f)(x),
  vmap: (f, x) => vmap(f, { inAxes: null })(x),
  compile: (f, x) => compile(f, [x]),
  trace: (f, x) => trace(f, [x]),
  record: (f, x) => record(f, x),
  finiteDifference: (f, x) => finiteDifference(f)(x),
  checkGradient: (f, x) => checkGradient(f, [x]),
};

describe("a result that is not a scalar", () => {
  refuses([
    ["a vector", () => grad((x: Value) => mul(x, 2))(three), TypeError, scalarWanted("a vector of 3")],
    ["an array", returning((x) => [x, x]), TypeError, scalarWanted("an array of 2")],
    ["an object", returning((x) => ({ x })), TypeError, scalarWanted("an object")],
    ["nothing", returning(() => undefined), TypeError, scalarWanted("undefined")],
    ["a string", returning(() => "one"), TypeError, scalarWanted('"one"')],
    ["a function", returning(() => () => 1), TypeError, /^grad: expected numbers, .* got a function at result$/],
    [
      "a promise",
      returning((x) => Promise.resolve(x)),
      TypeError,
      /^grad: expected a synchronous function, got one that returns a Promise$/,
    ],
    [
      "of a gradient inside",
      () => grad((x: Value) => sum(untyped(grad((y: Value) => untyped([y, y]))(x))))(1),
      TypeError,
      scalarWanted("an array of 2"),
    ],
    [
      "aux missing",
      returning((x) => x, { hasAux: true }),
      TypeError,
      /^grad: expected a function that returns \[scalar, aux\], since hasAux is set$/,
    ],
    ["aux of two", returning((x) => [x, x, x], { hasAux: true }), TypeError, /^grad: expected a function that returns \[scalar, aux\]/],
    ["aux before the scalar", returning((x) => [{ x }, x], { hasAux: true }), TypeError, scalarWanted("an object")],
    [
      "lane numbers",
      () => compile((i: Indices) => i, [lanes(0)]),
      TypeError,
      /^compile: expected numbers in the result, got lane numbers at result$/,
    ],
  ]);
});

describe("arguments that are no trees of numbers", () => {
  refuses([
    ["a Map", given(new Map()), TypeError, treeWanted("a Map at args\\[0\\]")],
    ["a Set inside", given([{ "two words": new Set() }]), TypeError, treeWanted('a Set at args\\[0\\]\\[0\\]\\["two words"\\]')],
    ["a class instance", given({ day: new Date() }), TypeError, treeWanted("a Date at args\\[0\\]\\.day")],
    [
      "64-bit integers",
      given(new BigInt64Array(3)),
      TypeError,
      treeWanted("a BigInt64Array of 3 at args\\[0\\]\\. Make it numbers: Float64Array\\.from\\(x, Number\\)"),
    ],
    ["a DataView", given({ x: new DataView(new ArrayBuffer(8)) }), TypeError, treeWanted("a DataView of 8 at args\\[0\\]\\.x")],
    ["an ArrayBuffer", given(new ArrayBuffer(8)), TypeError, treeWanted("an ArrayBuffer at args\\[0\\]")],
    [
      "an ndarray",
      given(new Ndarray([3])),
      TypeError,
      treeWanted("a Ndarray at args\\[0\\]\\. Write vector\\(x\\), which copies its numbers".replace("a Nd", "an? Nd")),
    ],
    [
      "an ndarray of rank 4",
      given(new Ndarray([3, 2, 1, 1])),
      TypeError,
      treeWanted("an? Ndarray at args\\[0\\]\\. Take it apart into matrices, or vectors of rank 1"),
    ],
    [
      "a column of another library",
      given({ x: new Column([1, 2]) }),
      TypeError,
      treeWanted("a Column at args\\[0\\]\\.x\\. Write vector\\(x\\), which copies its numbers"),
    ],
    ["a hole", given([[1], , [3]]), TypeError, /^grad: expected an array without holes, got one at args\[0\]\[1\]$/], // eslint-disable-line no-sparse-arrays
    ["a hole among numbers", given({ v: [1, , 3] }), TypeError, /^grad: expected an array without holes, got one at args\[0\]\.v\[1\]$/], // eslint-disable-line no-sparse-arrays
    ["a hole at the end", given(new Array(2)), TypeError, /^grad: expected an array without holes, got one at args\[0\]\[0\]$/],
    [
      "a hole in what is returned",
      () => compile((x: Value) => untyped([[x], , x]), [1]), // eslint-disable-line no-sparse-arrays
      TypeError,
      /^compile: expected an array without holes, got one at result\[1\]$/,
    ],
    [
      "another element than a number, of a compiled function",
      () => (compile((x: Value[]) => sum(x), [[1, 2, 3]]) as (x: unknown) => number)([1, undefined, 3]),
      TypeError,
      /^step: expected a number, got undefined at args\[0\]\[1\]\. Compile/,
    ],
    ["a bigint", given(3n), TypeError, treeWanted("3n at args\\[0\\]")],
    ["a function", given(Math.sin), TypeError, treeWanted("a function at args\\[0\\]")],
    ["a symbol", given(Symbol("x")), TypeError, treeWanted("a symbol at args\\[0\\]")],
    [
      "a cycle",
      given(cyclic()),
      TypeError,
      /^grad: expected a tree, got more than 200 levels at args\[0\]\[1\]\.list.*…\. Does it contain itself\?$/,
    ],
  ]);
});

describe("arguments to differentiate by", () => {
  const ofArgnums =
    (argnums: unknown, options = {}) =>
    () =>
      grad((x: Value) => x, { argnums: untyped(argnums), ...options })(1);
  refuses([
    ["beyond the last", ofArgnums(1), RangeError, /^grad: expected argnums from 0 to 0, got 1$/],
    ["negative", ofArgnums(-1), RangeError, /^grad: expected argnums from 0 to 0, got -1$/],
    ["not whole", ofArgnums([0, 0.5]), RangeError, /^grad: expected argnums from 0 to 0, got 0.5$/],
    [
      "static",
      ofArgnums(0, { staticArgnums: 0 }),
      TypeError,
      /^grad: expected an argument that is not static, got argument 0, which staticArgnums names$/,
    ],
    [
      "lane numbers",
      () => grad((i: Indices, x: Value) => sum(take(x, i)))(lanes(0), three),
      TypeError,
      /^grad: expected argument 0 to hold numbers to differentiate by, got none$/,
    ],
    [
      "a string",
      () => grad((_: string, x: Value) => x)("a", 1),
      TypeError,
      /^grad: expected argument 0 to hold numbers to differentiate by, got none$/,
    ],
  ]);
});

describe("what is not there to be transformed", () => {
  refuses([
    ["grad of a number", () => grad(untyped(5)), TypeError, /^grad: expected a function, got 5$/],
    ["valueAndGrad of nothing", () => valueAndGrad(untyped(undefined)), TypeError, /^valueAndGrad: expected a function, got undefined$/],
    ["compile of an array", () => compile(untyped([1]), untyped([1])), TypeError, /^compile: expected a function, got an array of 1$/],
    ["trace of a string", () => trace(untyped("x"), untyped([1])), TypeError, /^trace: expected a function, got "x"$/],
    [
      "compile without a list of arguments",
      () => compile((x: Value) => x, untyped(3)),
      TypeError,
      /^compile: expected an array of arguments, got 3$/,
    ],
    [
      "an engine that is none",
      () => compile((x: Value) => x, [1], { engine: untyped("gpu") }),
      RangeError,
      /^compile: expected engine to be one of auto, reference, tape, kernel, jit, got "gpu"$/,
    ],
    [
      "an engine that is an object's property",
      () => grad((x: Value) => x, { engine: untyped("toString") })(1),
      RangeError,
      /got "toString"$/,
    ],
  ]);
});

describe("errors name the function that the user called", () => {
  const square = (x: Value): Value => mul(x, x);
  const of = (f: (x: Value) => unknown, x: unknown) => (name: string) => callers[name]!(untyped(f), untyped(x));
  const point = vector(1, 2);
  const wrong: readonly (readonly [string, (name: string) => unknown, string])[] = [
    ["an argument that is no tree", of(square, new Map()), "expected numbers, .* got a Map at args"],
    ["an empty vector", of(square, vector()), "expected a vector of at least one lane, got an empty one at args"],
    ["a hole", of(square, [1, , 2]), "expected an array without holes, got one at args"], // eslint-disable-line no-sparse-arrays
    ["a result that is no tree", of(() => new Map(), point), "expected numbers, .* got a Map at result"],
    ["an empty result", of(() => vector(), point), "expected a vector of at least one lane, got an empty one at result"],
    ["a Promise", of(async (x) => Promise.resolve(x), point), "expected a synchronous function"],
    ["a truth value that nothing uses", of((x) => (gt(sum(x), 1) ? sum(x) : 0), point), "gt\\(sum\\(args\\[0\\]\\), 1\\) was computed but never used at "], // prettier-ignore
  ];
  const cases = wrong.flatMap(([what, call, message]) => Object.keys(callers).map((name) => [name, what, call, message] as const));
  test.each(cases)("%s: %s", (name, _, call, message) => {
    expect(() => call(name)).toThrow(new RegExp(`^${name}: ${message}`));
  });

  test("a pullback: its seed", () => {
    expect(() => vjp(square)(3)[1](untyped(new Map()))).toThrow(/^vjp: expected numbers, .* got a Map at seed$/);
    expect(() => vjp(square)(3)[1].many([untyped(new Map())])).toThrow(/^vjp: expected numbers, .* got a Map at seeds\[0\]$/);
  });
});
