/** checkGradient: right gradients pass, wrong ones are named by path and size, and kinks are not blamed on the gradient. */
import { describe, expect, test } from "vitest";
import {
  abs,
  add,
  at,
  checkGradient,
  cos,
  div,
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
    expect(checkGradient(f, [0]).toString()).toMatch(/NaN .* infinite$/m);
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

describe("the function on plain numbers", () => {
  const truthy: readonly (readonly [string, (x: Value) => Value | number, number, { traced: number; plain: number | undefined }])[] = [
    ["if (x)", (x) => ((x as unknown) ? mul(x, 2) : 5), 0, { traced: 0, plain: 5 }],
    ["!x", (x) => (!(x as unknown) ? add(x, 7) : x), 0, { traced: 0, plain: 7 }],
    ["x === 0", (x) => ((x as unknown) === 0 ? 1 : div(sin(x), x)), 0, { traced: NaN, plain: 1 }],
    ["x !== 1", (x) => ((x as unknown) !== 1 ? mul(x, x) : sin(x)), 1, { traced: 1, plain: Math.sin(1) }],
    ["Number.isFinite(x)", (x) => (Number.isFinite(x) ? square(x) : x), 3, { traced: 3, plain: 9 }],
    ["Number.isNaN(x)", (x) => (!Number.isNaN(x) && typeof x === "number" ? square(x) : x), 3, { traced: 3, plain: 9 }],
    ["x || y", (x) => mul(sin((x as unknown) ? x : add(x, 1)), 1), 0, { traced: 0, plain: Math.sin(1) }],
    ["nothing returned", (x) => ((x as unknown) ? square(x) : (undefined as never)), 0, { traced: 0, plain: undefined }],
  ];
  test.each(truthy)("%s is reported", (_, f, x, { traced, plain }) => {
    const report = checkGradient(f, [x]);
    expect(report.plain).toMatchObject({ traced, plain, verdict: "different" });
    expect(report.ok).toBe(false);
    const value = plain === undefined ? "" : `, ${plain}`;
    expect(() => report.throwIfWrong()).toThrow(
      `checkGradient: expected the function's value on plain numbers${value}, got ${traced} where it is traced`,
    );
    expect(report.toString()).toContain("@typescript-eslint/no-unnecessary-condition");
  });

  test("one that is the same passes, with every kind of argument", () => {
    const f = (p: { w: Value[]; column: Value; name: string }, i: Indices, n: number): Value =>
      add(sum(take(mul(p.column, p.w[0]!), i)), mul(p.w[1]!, n + p.name.length));
    const args = [{ w: [1, 2], column: Float64Array.of(1, 2, 3), name: "abc" }, Int32Array.of(0, 2), 4] as const;
    const report = checkGradient(f, args, { staticArgnums: 2 });
    expect(report.plain).toEqual({ traced: 18, plain: 18, verdict: "same" });
    expect(report.throwIfWrong().toString()).not.toMatch(/plain/);
  });

  test("rounding is no difference", () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 1e6);
    const f = (v: Value): Value => sub(sum(Array.from(x, (_, i) => at(v, i))), sum(v));
    expect(checkGradient(f, [x]).plain.verdict).toBe("same");
    const chaotic = (v: Value): Value => Array.from({ length: 80 }).reduce((y: Value) => mul(mul(4, y), sub(1, y)), v);
    expect(checkGradient(chaotic, [0.3]).plain.verdict).toBe("same");
    const cancelled = (v: Value): Value => sub(sin(v), mul(2, mul(sin(mul(v, 0.5)), cos(mul(v, 0.5)))));
    for (let v = 0.1; v < 2; v += 0.1) expect(checkGradient(cancelled, [v]).plain.verdict).toBe("same");
  });

  test("it changes no argument", () => {
    const xs = [3, 1, 2];
    const f = (values: Value[]): Value => mul(values.reverse()[0]!, values.length);
    expect(checkGradient(f, [xs]).plain.verdict).toBe("same");
    expect(xs).toEqual([3, 1, 2]);
  });

  test("one that uses methods of Values is not called, and says so", () => {
    const report = checkGradient((x: Value) => x.mul(x), [3]);
    expect(report.ok).toBe(true);
    expect(report.plain).toEqual({ traced: 9, plain: undefined, verdict: "not called", reason: expect.stringMatching(/mul/) as string });
    expect(report.throwIfWrong().toString()).toMatch(/at worst\nthe function was not called on plain numbers: .*mul/);
  });

  test("a wrong gradient is reported beside it", () => {
    const report = checkGradient((x: Value) => ((x as unknown) === 2 ? mul(x, 0) : halved(x)), [2]);
    expect(report.failures.map(({ path }) => path)).toEqual(["args[0]"]);
    expect(report.toString()).toMatch(
      /^checkGradient: expected a gradient .*\n.*\n.*args\[0\].*\nexpected the function's value on plain numbers, 0, got 4/,
    );
  });
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
