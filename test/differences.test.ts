/** finiteDifference: every method against the gradient, its structure, its error estimate, and its refusals. */
import { describe, expect, test } from "vitest";
import {
  abs,
  add,
  type DifferenceMethod,
  dot,
  exp,
  finiteDifference,
  grad,
  type Indices,
  log,
  mul,
  relu,
  sin,
  square,
  sum,
  take,
  type Value,
} from "wengert";
import { engines } from "./engines.js";
import { apart } from "./numbers.js";

/** The methods, and the relative error that each must stay within on well-scaled functions. */
const methods: readonly (readonly [DifferenceMethod, number])[] = [
  ["forward", 1e-6],
  ["central", 1e-7],
  ["richardson", 1e-11],
];

const functions: Record<string, (x: Value) => Value> = {
  "sin · exp": (x) => sin(x).mul(exp(x)),
  "x⁵": (x) => x.pow(5),
  "1 / x": (x) => x.pow(-1),
  "|x|": (x) => abs(x),
  log: (x) => log(x),
  "a gradient": (x) => grad((y: Value) => sin(y).mul(x))(x),
};

describe.each(methods)("%s", (method, tolerance) => {
  test.each(Object.entries(functions))("agrees with the gradient of %s", (_, f) => {
    for (const x of [0.04, 0.7, 2.5, 30])
      expect(apart(finiteDifference(f, { method })(x), grad(f)(x)), `at ${x}`).toBeLessThan(tolerance * Math.max(1, Math.abs(x)));
  });
});

interface Tree<T, I> {
  readonly weights: readonly T[];
  readonly column: T;
  readonly index: I;
  readonly mode: string;
}

const ofTree = (p: Tree<Value, Indices>, y: Value): Value => add(dot(p.weights, [sin(y), y]), sum(square(take(p.column, p.index)))).mul(y);
const tree = { weights: [2, 3], column: Float64Array.of(1, 2, 3), index: Int32Array.of(2, 0, 2), mode: "fast" };

describe.each(engines)("in %s", (engine) => {
  test("gives the structure of the argument", () => {
    const got = finiteDifference(ofTree, { method: "richardson", engine })(tree, 1.5);
    const wanted = grad(ofTree, { engine })(tree, 1.5);
    expect(got.index).toBeNull();
    expect(got.mode).toBe("fast");
    got.weights.forEach((x, i) => expect(x).toBeCloseTo(wanted.weights[i]!, 9));
    got.column.forEach((x, i) => expect(x).toBeCloseTo(wanted.column[i]!, 9));
    expect(got.column).toBeInstanceOf(Float64Array);
  });

  test("by several arguments", () => {
    const f = (x: Value, y: Value): Value => mul(x, square(y));
    const [byY, byX] = finiteDifference(f, { argnums: [1, 0], method: "richardson", engine })(2, 3);
    expect([byY, byX]).toEqual([expect.closeTo(12, 9), expect.closeTo(9, 9)]);
  });
});

test("Richardson's error estimate bounds the error, or nearly", () => {
  const f = (x: Value): Value => sin(x).mul(exp(x));
  for (const x of [0.1, 1, 3]) {
    const [value, error] = finiteDifference(f, { method: "richardson", withError: true })(x);
    expect(Math.abs(value - grad(f)(x))).toBeLessThan(10 * error + 1e-15);
    expect(error).toBeLessThan(1e-9);
  }
  const [, errors] = finiteDifference((x: Value) => sum(sin(x)), { method: "richardson", withError: true })(Float64Array.of(1, 2));
  expect(errors).toBeInstanceOf(Float64Array);
});

test("Richardson outlives a kink and the end of a domain within its first step", () => {
  expect(finiteDifference((x: Value) => relu(x).mul(3), { method: "richardson" })(0.05)).toBeCloseTo(3, 10);
  expect(finiteDifference((x: Value) => log(x), { method: "richardson" })(0.01)).toBeCloseTo(100, 6);
});

test("the step can be chosen", () => {
  expect(finiteDifference((x: Value) => square(x), { method: "forward", step: 0.5 })(1)).toBe(2.5);
  expect(finiteDifference((x: Value) => square(x), { method: "forward", step: 0.5 })(4)).toBe(10);
  expect(finiteDifference((x: Value) => x.pow(3), { step: 0.5 })(1)).toBe(3.25);
});

test("the function is traced once a call, and frozen once for a structure", () => {
  let calls = 0;
  const f = (x: Value): Value => {
    calls++;
    return square(x);
  };
  const [frozen, derivative] = [finiteDifference(f, { retrace: false }), finiteDifference(f)];
  for (const x of [1, 2, 3]) frozen(x);
  expect(calls).toBe(1);
  for (const x of [1, 2, 3]) derivative(x);
  expect(calls).toBe(4);
});

describe("refuses", () => {
  const untyped = finiteDifference as unknown as (f: unknown, options?: object) => (...args: unknown[]) => unknown;
  const f = (x: Value): Value => square(x);

  test.each([
    [() => untyped(3), /^finiteDifference: expected a function, got 3$/],
    [
      () => untyped(f, { method: "backward" }),
      /^finiteDifference: expected a method of "forward", "central", "richardson", got "backward"$/,
    ],
    [() => untyped(f, { step: 0 }), /^finiteDifference: expected a step above 0, got 0$/],
    [
      () => untyped(f, { withError: true }),
      /^finiteDifference: expected the method "richardson" for an estimate of the error, got "central"$/,
    ],
    [() => untyped((x: Value) => [x, x])(1), /^finiteDifference: expected a function with a scalar result, got an array of 2/],
    [() => untyped(f, { argnums: 1 })(1), /^finiteDifference: expected argnums from 0 to 0, got 1$/],
    [() => untyped(() => 1)("a"), /^finiteDifference: expected argument 0 to hold numbers to differentiate by, got none$/],
  ] as const)("%s", (act, message) => expect(act).toThrow(message));
});
