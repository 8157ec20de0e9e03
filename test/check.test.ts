/** checkGradient: right gradients pass, wrong ones are named by path and size, and kinks are not blamed on the gradient. */
import { describe, expect, test } from "vitest";
import {
  abs,
  add,
  at,
  checkGradient,
  exp,
  floor,
  grad,
  type Indices,
  log,
  logSumExp,
  mul,
  relu,
  sin,
  sqrt,
  square,
  stopGradient,
  sub,
  sum,
  take,
  type Value,
} from "wengert";
import { engines } from "./engines.js";
import { programs } from "./programs.js";

/** x² with the derivative x: half of what it should be. */
const halved = (x: Value): Value => mul(stopGradient(x), x);

describe.each(engines)("in %s", (engine) => {
  test.each(programs)("$name passes", ({ f, args }) => {
    const report = checkGradient(f, args as [], { engine });
    expect(report.toString()).toMatch(/^checkGradient: a gradient within 1e-6 of central differences along 5 directions/);
    expect(report.ok).toBe(true);
    expect(report.throwIfWrong()).toBe(report);
  });

  test("a wrong gradient is named by path and by how much", () => {
    interface Parameters<T> {
      readonly w: readonly T[];
      readonly column: T;
    }
    const f = ({ w, column }: Parameters<Value>, label: string): Value =>
      add(sum([sin(w[0]!), halved(w[1]!), label.length]), add(sum(exp(column)), halved(at(column, 2))));
    const report = checkGradient(f, [{ w: [1, 3], column: Float64Array.of(0.1, 0.2, 5) }, "abc"], { engine });
    expect(report.ok).toBe(false);
    expect(report.failures.map(({ path }) => path).sort()).toEqual(["args[0].column[2]", "args[0].w[1]"]);
    const failure = report.failures.find(({ path }) => path === "args[0].w[1]")!;
    expect(failure).toMatchObject({
      got: 3,
      expected: expect.closeTo(6, 6) as number,
      error: expect.closeTo(0.5, 6) as number,
      verdict: "wrong",
    });
    expect(report.worst).toBeGreaterThanOrEqual(0.5);
    expect(() => report.throwIfWrong()).toThrow(RangeError);
    expect(() => report.throwIfWrong()).toThrow(
      /^checkGradient: expected a gradient within 1e-6 of central differences, got\n {2}at .*\n {2}args\[0\]/,
    );
  });

  test("a gradient off by 0.1 % at one of 1,000 numbers is found", () => {
    const f = (x: Value): Value => add(sum(square(x)), mul(1e-3, stopGradient(square(at(x, 777)))));
    const x = Float64Array.from({ length: 1000 }, (_, i) => 1 + Math.sin(i) / 2);
    const { failures } = checkGradient(f, [x], { engine });
    expect(failures.map(({ path }) => path)).toEqual(["args[0][777]"]);
    expect(failures[0]!.error).toBeCloseTo(1e-3, 4);
  });
});

test("the arguments that argnums names are checked, statics and lane numbers left alone", () => {
  const f = (x: Value, p: { y: Value; mode: string }, i: Indices): Value => add(halved(x), sum(sin(take(p.y, i))));
  const args = [2, { y: Float64Array.of(1, 2, 3), mode: "a" }, Int32Array.of(0, 2)] as const;
  expect(checkGradient(f, [...args], { argnums: 1 }).ok).toBe(true);
  expect(checkGradient(f, [...args], { argnums: [0, 1] }).failures.map(({ path }) => path)).toEqual(["args[0]"]);
  expect(checkGradient((x: Value, n: number) => x.pow(n), [2, 3], { staticArgnums: 1 }).ok).toBe(true);
});

test("second derivatives are checked as gradients of gradients", () => {
  const f = (x: Value): Value => logSumExp([sum(sin(x)), sum(square(x))]);
  const g = (x: Value): Value => sum(mul(grad(f)(x), Float64Array.of(1, -2, 0.5)));
  expect(checkGradient(g, [Float64Array.of(0.3, -0.4, 0.9)]).ok).toBe(true);
});

describe("where differences do not exist", () => {
  const verdictAt = (f: (x: Value) => Value, x: number): string | undefined => {
    const { failures } = checkGradient((v: Value) => sum(f(v)), [Float64Array.of(1.5, x)]);
    return failures.find(({ path }) => path === "args[0][1]")?.verdict;
  };

  test.each<[string, (x: Value) => Value, number, string]>([
    ["a kink", relu, 0, "disagreement"],
    ["a jump", (x) => floor(x).mul(x), 1, "disagreement"],
    ["rounding", (x) => sub(add(1e9, x), 1e9), 1, "disagreement"],
    ["the end of a domain", sqrt, 0, "not finite"],
    ["a wrong gradient", halved, 2, "wrong"],
  ])("%s is told apart", (_, f, x, verdict) => expect(verdictAt(f, x)).toBe(verdict));

  test("the report says so", () => {
    expect(checkGradient(relu, [0]).toString()).toMatch(
      /args\[0\] +0 .* the differences disagree with themselves: a kink, a jump or noise$/,
    );
    expect(checkGradient(sqrt, [0]).toString()).toMatch(/args\[0\] +Infinity .* the differences are not finite$/);
  });

  test("a gradient that is not finite where differences are is wrong", () => {
    const f = (x: Value): Value => square(sqrt(x.mul(x)));
    expect(checkGradient(f, [0]).failures[0]).toMatchObject({ got: NaN, verdict: "wrong", error: Infinity });
    expect(checkGradient(f, [0]).toString()).toMatch(/NaN .* infinite$/);
  });

  test("a convention that differences confirm passes", () => expect(checkGradient(abs, [0]).ok).toBe(true));
});

test("a report of many failures lists the worst", () => {
  const text = checkGradient((x: Value) => sum(halved(x)), [Float64Array.from({ length: 30 }, (_, i) => i + 1)]).toString();
  expect(text.split("\n")).toHaveLength(13);
  expect(text).toMatch(/and 20 more$/);
});

test("the same seed looks along the same directions", () => {
  const errors = (seed: number): readonly number[] =>
    checkGradient((x: Value) => sum(exp(x)), [Float64Array.of(1, 2)], { seed, directions: 3 }).directions;
  expect(errors(1)).toEqual(errors(1));
  expect(errors(1)).not.toEqual(errors(2));
  expect(errors(1)).toHaveLength(3);
});

describe("refuses", () => {
  const untyped = checkGradient as unknown as (f: unknown, args: unknown, options?: object) => unknown;
  test.each([
    [() => untyped(3, [1]), /^checkGradient: expected a function, got 3$/],
    [() => untyped(square, 1), /^checkGradient: expected an array of arguments, got 1$/],
    [() => untyped((x: Value) => [x, x], [1]), /^checkGradient: expected a function with a scalar result, got an array of 2/],
    [() => untyped(square, [1], { directions: 0 }), /^checkGradient: expected a number of directions from 1, got 0$/],
    [() => untyped(square, [1], { tolerance: -1 }), /^checkGradient: expected a tolerance above 0, got -1$/],
    [() => untyped(log, [-1]), /^checkGradient: expected a finite value at the arguments, got NaN$/],
  ] as const)("%s", (act, message) => expect(act).toThrow(message));
});
