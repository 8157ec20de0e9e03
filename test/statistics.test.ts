/** Softmax, variance and scans on every kind of operand they take, in every engine and mode, at ties, zeros, infinities and NaN. */
import { describe, expect, test } from "vitest";
import {
  cummax,
  cumprod,
  cumsum,
  grad,
  jacfwd,
  jacobian,
  jacrev,
  logCumSumExp,
  logSoftmax,
  logSumExp,
  mul,
  softmax,
  std,
  sub,
  sum,
  type Value,
  variance,
} from "wengert";
import { engines, evaluate } from "./engines.js";
import { vector } from "./mistakes.js";
import { apart, derivative, scattered, ulps } from "./numbers.js";

const total = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);

/** Functions that give as many numbers as they take, as plain loops would have them. */
const naive: Record<string, (x: readonly number[]) => number[]> = {
  softmax: (x) => x.map((a) => Math.exp(a) / total(x.map(Math.exp))),
  logSoftmax: (x) => x.map((a) => a - Math.log(total(x.map(Math.exp)))),
  cumprod: (x) => x.map((_, i) => x.slice(0, i + 1).reduce((a, b) => a * b)),
  cummax: (x) => x.map((_, i) => Math.max(...x.slice(0, i + 1))),
  logCumSumExp: (x) => x.map((_, i) => Math.log(total(x.slice(0, i + 1).map(Math.exp)))),
};
type Lanes = (x: Value) => Value;
const lanesOf: Record<string, Lanes> = { softmax, logSoftmax, cumprod, cummax, logCumSumExp };

describe.each(Object.keys(lanesOf))("%s", (name) => {
  const f = lanesOf[name]!;
  const plain = f as unknown as (x: Float64Array) => Float64Array;
  const near = (came: ArrayLike<number>, x: readonly number[], tolerance: number): void =>
    naive[name]!(x).forEach((wanted, i) => expect(apart(came[i]!, wanted)).toBeLessThan(tolerance));

  test.each([1, 2, 3, 7, 16, 33])("of a Float64Array of %i", (lanes) => {
    const x = scattered(lanes, -2, 2);
    near(plain(Float64Array.from(x)), x, 1e-14);
  });

  describe.each(engines)("in %s", (engine) => {
    test.each([1, 2, 3, 7, 16, 33])("of a vector Value of %i", (lanes) => {
      const x = scattered(lanes, -2, 2);
      near(evaluate(f, [Float64Array.from(x)], engine) as Float64Array, x, 1e-14);
    });

    test.each([jacobian, jacfwd, jacrev] as (typeof jacfwd)[])("has the slopes of differences", (transform) => {
      const x = scattered(6, -2, 2);
      const slopes = transform(f, { engine })(Float64Array.from(x)) as unknown as Float64Array[];
      x.forEach((_, i) =>
        x.forEach((at, k) => {
          const wanted = derivative((t) => naive[name]!(x.map((y, j) => (j === k ? t : y)))[i]!, at);
          expect(apart(slopes[i]![k]!, wanted)).toBeLessThan(1e-8);
        }),
      );
    });

    test.runIf(name.endsWith("oftmax"))("of an array, lane by lane", () => {
      const ofArray = f as unknown as <T>(x: T[]) => T[];
      const points = [
        [1, 2, -1],
        [0, 3, 3],
        [5, -5, 0],
      ];
      const columns = [0, 1, 2].map((k) => Float64Array.from(points, (point) => point[k]!));
      const traced = evaluate((x: Value[]) => ofArray(x), [columns], engine) as Float64Array[];
      for (const results of [ofArray(columns), traced])
        points.forEach((point, i) =>
          near(
            results.map((column) => column[i]!),
            point,
            1e-14,
          ),
        );
      near(evaluate((x: Value[]) => ofArray(x), [points[1]!], engine) as number[], points[1]!, 1e-14);
    });

    test("of a NaN", () => {
      const result = evaluate(f, [vector(1, NaN, 2)], engine) as Float64Array;
      expect([...result].map(Number.isNaN)).toEqual(name.endsWith("oftmax") ? [true, true, true] : [false, true, true]);
    });
  });
});

describe.each(engines)("at edges in %s", (engine) => {
  const value = (f: Lanes, ...x: number[]): Float64Array => evaluate(f, [vector(...x)], engine) as Float64Array;
  const slopes = (f: Lanes, ...x: number[]): Float64Array[] => jacobian(f, { engine })(vector(...x)) as unknown as Float64Array[];

  test("softmax of far scores has their slopes to the last digits", () => {
    const small = Math.exp(-50);
    expect(value(softmax, 1000, 950)).toEqual(vector(1, small));
    expect(ulps(value(logSoftmax, 1000, 950)[0]!, -small)).toBeLessThan(3);
    for (const row of [...slopes(softmax, 1000, 950), slopes(logSoftmax, 1000, 950)[0]!])
      row.forEach((slope) => expect(ulps(Math.abs(slope), small)).toBeLessThan(4));
    expect(value(logSoftmax, 0, -2000)).toEqual(vector(0, -2000));
  });

  test("softmax of infinite scores", () => {
    expect(value(softmax, -Infinity, 0, 0)).toEqual(vector(0, 0.5, 0.5));
    expect(slopes(softmax, -Infinity, 0, 0)).toEqual([vector(0, 0, 0), vector(0, 0.25, -0.25), vector(0, -0.25, 0.25)]);
    expect(value(softmax, Infinity, 0, Infinity)).toEqual(vector(0.5, 0, 0.5));
    expect(value(softmax, -Infinity, -Infinity)).toEqual(vector(0.5, 0.5));
    expect(value(logSoftmax, Infinity, 0)).toEqual(vector(0, -Infinity));
  });

  test("softmax of ties is smooth", () => {
    const third = (a: number, b: number): number => (Number(a === b) - 1 / 3) / 3;
    slopes(softmax, 2, 2, 2).forEach((row, i) => row.forEach((slope, k) => expect(apart(slope, third(i, k))).toBeLessThan(1e-15)));
    const curvature = grad((x: Value) => sum(mul(grad((y: Value) => sum(mul(softmax(y), vector(1, 2, 4))))(x), vector(1, 0, 0))), {
      engine,
    });
    const difference = (t: number): number => {
      const y = naive.softmax!([t, 2, 2]);
      return y[0]! * (1 - total(y.map((p, k) => p * [1, 2, 4][k]!)));
    };
    expect(apart(curvature(vector(2, 2, 2))[0]!, derivative(difference, 2))).toBeLessThan(1e-9);
  });

  test("logSoftmax is what logSumExp leaves", () => {
    const x = Float64Array.from(scattered(9, -3, 3));
    const rest = evaluate((x: Value) => sub(x, logSumExp(x)), [x], engine) as Float64Array;
    value(logSoftmax, ...x).forEach((lane, i) => expect(apart(lane, rest[i]!)).toBeLessThan(1e-15));
  });

  test("running products of zeros", () => {
    expect(slopes(cumprod, 2, 0, 3, 0)).toEqual([vector(1, 0, 0, 0), vector(0, 2, 0, 0), vector(0, 6, 0, 0), vector(0, 0, 0, 0)]);
  });

  test("running maxima: m that tie share the derivative", () => {
    expect(value(cummax, 1, 3, 2, 3, 3)).toEqual(vector(1, 3, 3, 3, 3));
    const third = 1 / 3;
    expect(slopes(cummax, 1, 3, 2, 3, 3)).toEqual([
      vector(1, 0, 0, 0, 0),
      vector(0, 1, 0, 0, 0),
      vector(0, 1, 0, 0, 0),
      vector(0, 0.5, 0, 0.5, 0),
      vector(0, third, 0, third, third),
    ]);
    expect(value(cummax, -Infinity, -Infinity, 1, Infinity)).toEqual(vector(-Infinity, -Infinity, 1, Infinity));
    expect(slopes(cummax, -Infinity, 1)).toEqual([vector(1, 0), vector(0, 1)]);
  });

  test("running sums of exponentials do not overflow, and begin anywhere", () => {
    expect(value(logCumSumExp, 1000, 1000, -1000)).toEqual(vector(1000, 1000 + Math.LN2, 1000 + Math.LN2));
    expect(value(logCumSumExp, -Infinity, -Infinity, 2)).toEqual(vector(-Infinity, -Infinity, 2));
    expect(slopes(logCumSumExp, -Infinity, 2)).toEqual([vector(1, 0), vector(0, 1)]);
    const last = grad((x: Value) => logSumExp(logCumSumExp(x)), { engine })(vector(1, -2, 0.5));
    const wanted = naive.softmax!([Math.log(3) + 1, Math.log(2) - 2, 0.5]);
    last.forEach((slope, i) => expect(apart(slope, wanted[i]!)).toBeLessThan(1e-14));
  });

  test("scans of one lane are that lane", () => {
    for (const f of [cumprod, cummax, logCumSumExp, cumsum] as Lanes[]) {
      expect(value(f, 4)).toEqual(vector(4));
      expect(slopes(f, 4)).toEqual([vector(1)]);
    }
  });
});

describe.each([
  { name: "variance", f: variance, power: 1 },
  { name: "std", f: std, power: 0.5 },
])("$name", ({ name, f, power }) => {
  const numbers = scattered(7, -2, 2);
  const wanted = (x: readonly number[], correction: number): number => {
    const mean = total(x) / x.length;
    return (total(x.map((a) => (a - mean) ** 2)) / (x.length - correction)) ** power;
  };
  const near = (came: unknown, right: number): void => expect(apart(came as number, right)).toBeLessThan(1e-14);

  test("of numbers, lane by lane of vectors, and as a callback", () => {
    near(f(numbers), wanted(numbers, 0));
    near(f(Float64Array.from(numbers), { correction: 1 }), wanted(numbers, 1));
    const columns = [vector(1, -2), vector(0.5, 3), vector(2, 1)];
    f(columns).forEach((x, lane) =>
      near(
        x,
        wanted(
          columns.map((column) => column[lane]!),
          0,
        ),
      ),
    );
    near([numbers, [1, 2]].map(f as (x: number[]) => number)[1], wanted([1, 2], 0));
  });

  test("a mean of any size is no part of it", () => {
    near(f([1e9, 1e9 + 1, 1e9 + 2]), (2 / 3) ** power);
    near(f(vector(1e15, 1e15 + 1, 1e15 + 2, 1e15 + 4)), (35 / 16) ** power);
  });

  test("refuses what it cannot divide by", () => {
    expect(() => f([1], { correction: 1 })).toThrow(`${name}: expected more lanes or elements than the correction, got 1 and 1`);
    expect(() => f([1, 2], { ddof: 1 } as never)).toThrow(
      `${name}: expected options of the names correction, axis, keepDims, got one named ddof`,
    );
    expect(() => f([1, 2], { correction: "1" } as never)).toThrow(`${name}: expected a number as correction, got "1"`);
    expect(() => f(3 as never)).toThrow(`${name}: expected a vector or an array, got 3`);
  });

  test.each(engines)("has the slopes of differences in %s, and is flat where all are equal", (engine) => {
    const x = Float64Array.from(numbers);
    near(
      evaluate((x: Value) => f(x), [x], engine),
      wanted(numbers, 0),
    );
    const slopes = grad((x: Value) => f(x, { correction: 1 }), { engine })(x);
    const ofElements = grad((x: Value[]) => f(x, { correction: 1 }), { engine })(numbers);
    numbers.forEach((at, k) => {
      const slope = derivative(
        (t) =>
          wanted(
            numbers.map((y, j) => (j === k ? t : y)),
            1,
          ),
        at,
      );
      expect(apart(slopes[k]!, slope)).toBeLessThan(1e-8);
      expect(apart(ofElements[k]!, slope)).toBeLessThan(1e-8);
    });
    expect(grad((x: Value) => f(x), { engine })(vector(0.1, 0.1, 0.1))).toEqual(vector(0, 0, 0));
  });
});

test("the deviation of huge numbers does not overflow", () => expect(apart(std([1e300, -1e300]) / 1e300, 1)).toBeLessThan(1e-14));
