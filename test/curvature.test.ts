/** Derivatives of second and third order against high precision, where one operand is small, huge or at the end of the domain; and what they are at the centres and at infinity. */
import { describe, expect, test } from "vitest";
import * as wengert from "wengert";
import { compile, concat, grad, hessian, logSumExp, mul, norm, square, type Value } from "wengert";
import * as truth from "./curvatures.js";
import { engines } from "./engines.js";

type Scalar = (...x: Value[]) => Value;
const functions = wengert as unknown as Record<string, Scalar>;

/** The order of magnitude below which numbers lose digits, so that errors count in its units. */
const LEAST = 2 ** -1000;
const near = (got: number, wanted: number, bound: number): boolean =>
  Object.is(got, wanted) || Math.abs(got - wanted) <= bound * Math.max(Math.abs(wanted), LEAST);

/** Complaints about a list of numbers that are not near those wanted. */
const apart = (at: readonly number[], got: ArrayLike<number>, wanted: readonly number[], bound = 1e-14): string[] =>
  wanted.flatMap((x, k) => (near(got[k]!, x, bound) ? [] : [`(${at.join(", ")}), ${k}: expected ${x}, got ${got[k]}`]));

describe.each([...engines, "plain"])("in %s", (engine) => {
  const evaluated = (f: Scalar, at: readonly number[]): ((...x: number[]) => number) =>
    engine === "plain"
      ? (f as unknown as (...x: number[]) => number)
      : (compile(f as never, at as never, { engine: engine as "jit" }) as never);

  test.each(Object.entries(truth.unary))("%s, twice and three times", (name, rows) => {
    const second = grad(grad(functions[name] as (x: Value) => Value)) as unknown as Scalar;
    const orders = [second, grad(second) as unknown as Scalar].map((f) => evaluated(f, rows[0]![0]));
    expect(rows.flatMap(([at, wanted]) => apart(at, orders.map((f) => f(...at)), wanted))).toEqual([]); // prettier-ignore
  });

  test.each(Object.entries(truth.binary))("the Hessian of %s, which is symmetric", (name, rows) => {
    const by = (argnums: number, f: Scalar): Scalar => grad(f, { argnums });
    const entries = [0, 1].flatMap((i) => [0, 1].map((j) => evaluated(by(j, by(i, functions[name]!)), rows[0]![0])));
    expect(rows.flatMap(([at, wanted]) => apart(at, entries.map((f) => f(...at)), wanted))).toEqual([]); // prettier-ignore
  });

  test.each(Object.entries(truth.vectors))("the Hessian of %s, of vectors and of arrays", (name, rows) => {
    const f = functions[name] as (x: Value | Value[]) => Value;
    const option = engine === "plain" ? {} : { engine: engine as "jit" };
    for (const [at, wanted] of rows) {
      const ofVector = hessian(f as (x: Value) => Value, option)(Float64Array.from(at)) as readonly Float64Array[];
      const ofArray = hessian(f as (x: Value[]) => Value, option)([...at]) as unknown as readonly number[][];
      const entries = [ofVector.flatMap((row) => [...row]), ofArray.flat()];
      expect(entries.flatMap((hessian) => apart(at, hessian, wanted))).toEqual([]);
    }
  });
});

describe.each(engines)("in %s", (engine) => {
  const slopes = (f: (x: Value) => Value, ...at: number[]): number[] => [...grad(f, { engine })(Float64Array.from(at))];

  test("the square of a norm has its slope where the square underflows", () => {
    for (const f of [(x: Value) => square(norm(x)), (x: Value) => mul(norm(x), norm(x))])
      for (const scale of [5e-324, 1e-310, 1e-200, 1, 1e100])
        for (const [k, slope] of slopes(f, 3 * scale, 4 * scale).entries()) expect(slope / scale).toBeCloseTo([6, 8][k]!, 12);
  });

  test("hypot has slopes of length 1 where its value is subnormal or overflows", () => {
    const both = grad(wengert.hypot, { argnums: [0, 1], engine });
    for (const scale of [5e-324, 3e-310, 1e-200, 1, 1e200, 3.5e307]) {
      const [a, b] = both(3 * scale, -4 * scale);
      expect([a, b]).toEqual([expect.closeTo(0.6, 15), expect.closeTo(-0.8, 15)]);
    }
    expect(both(5e-324, 5e-324)).toEqual([0, 1].map(() => expect.closeTo(Math.SQRT1_2, 15) as number));
  });

  test("logSumExp at infinity", () => {
    const [none, all] = [-Infinity, Infinity];
    expect(slopes(logSumExp, none, none)).toEqual([0, 0]);
    expect(slopes(logSumExp, none, 1)).toEqual([0, 1]);
    expect(slopes(logSumExp, all, 1, none)).toEqual([1, 0, 0]);
    expect(slopes(logSumExp, all, 1, all)).toEqual([0.5, 0, 0.5]);
    expect(compile((x: Value) => logSumExp(x), [new Float64Array(2)], { engine })(Float64Array.of(none, none))).toBe(none);
    expect(hessian(logSumExp, { engine })(Float64Array.of(none, none))).toEqual([Float64Array.of(0, 0), Float64Array.of(0, 0)]);
    const log0 = (x: Value): Value => logSumExp([-Infinity, wengert.add(-Infinity, x)]);
    expect(grad(log0, { engine })(1)).toBe(0);
    expect(grad((x: Value) => norm(concat([x, 0])), { engine })(0)).toBe(0);
  });

  test("∂²pow/∂a∂b is symmetric at the edges too", () => {
    const by = (i: number, j: number): ((a: number, b: number) => number) =>
      compile(grad(grad(wengert.pow, { argnums: i }), { argnums: j }) as never, [1, 1] as never, { engine }) as never;
    const [ab, ba] = [by(0, 1), by(1, 0)];
    for (const a of [0, 5e-324, 1e-300, 0.5, 1, 3, Infinity])
      for (const b of [0, 0.5, 1, 1.5, 2, 3, -1]) expect([a, b, near(ab(a, b), ba(a, b), 1e-14)]).toEqual([a, b, true]);
  });
});
