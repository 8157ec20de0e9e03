/** Functions of whole vectors, on every kind of operand they take, at ties, zeros, infinities and NaN, and to the bit. */
import { describe, expect, test } from "vitest";
import {
  argmax,
  argmin,
  at,
  broadcast,
  concat,
  cumsum,
  dot,
  grad,
  logSumExp,
  max,
  mean,
  min,
  mul,
  norm,
  prod,
  type Reduction,
  reverse,
  segmentSum,
  slice,
  square,
  sum,
  take,
  type Value,
} from "wengert";
import { sumLanes } from "../src/ops/lanes.js";
import { engines, evaluate } from "./engines.js";
import { vector } from "./mistakes.js";
import { apart, derivative, scattered } from "./numbers.js";

/** The reductions as plain loops would have them. */
const naive: Record<string, (x: readonly number[]) => number> = {
  sum: (x) => x.reduce((a, b) => a + b),
  mean: (x) => x.reduce((a, b) => a + b) / x.length,
  max: (x) => Math.max(...x),
  min: (x) => Math.min(...x),
  argmax: (x) => x.indexOf(Math.max(...x)),
  argmin: (x) => x.indexOf(Math.min(...x)),
  prod: (x) => x.reduce((a, b) => a * b),
  norm: (x) => Math.hypot(...x),
  logSumExp: (x) => Math.log(x.reduce((total, a) => total + Math.exp(a), 0)),
};
const reductions: Record<string, Reduction> = { sum, mean, max, min, argmax, argmin, prod, norm, logSumExp };
const steps = new Set(["argmax", "argmin"]);
const names = Object.keys(reductions);

describe.each(names)("%s", (name) => {
  const reduce = reductions[name]!;
  const numbers = scattered(7, -2, 2);
  const wanted = naive[name]!(numbers);
  const near = (x: unknown): void => expect(apart(x as number, wanted)).toBeLessThan(1e-14);
  /** Three vectors of two lanes, and what their lanes reduce to. */
  const columns = [vector(1, -2), vector(0.5, 3), vector(2, 1)];
  const wantedLanes = [0, 1].map((lane) => naive[name]!(columns.map((column) => column[lane]!)));

  test("of a Float64Array and of an array of numbers is a number", () => {
    near(reduce(Float64Array.from(numbers)));
    near(reduce(numbers));
    expect(apart(reduce([1.5]), naive[name]!([1.5]))).toBeLessThan(1e-15);
  });

  test("of Float64Arrays goes lane by lane", () => {
    const result = reduce(columns);
    expect(result).toBeInstanceOf(Float64Array);
    wantedLanes.forEach((x, lane) => expect(apart(result[lane]!, x)).toBeLessThan(1e-14));
  });

  describe.each(engines)("in %s", (engine) => {
    test("of a vector Value", () => near(evaluate((x: Value) => reduce(x), [Float64Array.from(numbers)], engine)));

    test("of an array of scalar Values, numbers among them", () => {
      near(evaluate((x: Value[]) => reduce(x), [numbers], engine));
      near(evaluate((x: Value[]) => reduce([numbers[0]!, ...x.slice(1)]), [numbers], engine));
    });

    test("of an array of vector Values goes lane by lane", () => {
      const result = evaluate((x: Value[]) => reduce(x), [columns], engine) as Float64Array;
      wantedLanes.forEach((x, lane) => expect(apart(result[lane]!, x)).toBeLessThan(1e-14));
    });

    test("has the derivative of differences on each of them", () => {
      const squares = (f: (x: Value) => Value) => (x: Value) => f(mul(x, x));
      const ofLanes = grad(
        squares((x) => reduce(x)),
        { engine },
      )(Float64Array.from(numbers));
      const ofScalars = grad((x: Value[]) => reduce(x.map((value) => square(value))), { engine })(numbers);
      numbers.forEach((x, i) => {
        const slope = steps.has(name) ? 0 : derivative((t) => naive[name]!(numbers.map((y, k) => (k === i ? t * t : y * y))), x);
        expect(apart(ofLanes[i]!, slope)).toBeLessThan(1e-9);
        expect(apart(ofScalars[i]!, slope)).toBeLessThan(1e-9);
      });
    });

    test("of NaN is NaN, or points at it", () => {
      const x = vector(1, NaN, 2);
      const wanted = steps.has(name) ? 1 : NaN;
      expect(reduce(x)).toBe(wanted);
      expect(evaluate((x: Value) => reduce(x), [x], engine)).toBe(wanted);
    });
  });
});

describe.each(engines)("at edges in %s", (engine) => {
  const value = (f: (x: Value) => Value, ...x: number[]): unknown => evaluate(f, [vector(...x)], engine);
  const slope = (f: (x: Value) => Value, ...x: number[]): Float64Array => grad(f, { engine })(vector(...x));

  test("m that tie share the derivative, 1/m each", () => {
    expect(slope(max, 3, 1, 3, 3)).toEqual(vector(1 / 3, 0, 1 / 3, 1 / 3));
    expect(slope(min, 3, 1, 1, 3)).toEqual(vector(0, 0.5, 0.5, 0));
    expect(slope((x) => max([at(x, 0), at(x, 1), at(x, 2)]), 5, 5, 5)).toEqual(vector(1 / 3, 1 / 3, 1 / 3));
    const lanes = grad((x: Value[]) => sum(max(x)), { engine })([vector(1, 2), vector(1, 3), vector(0, 3)]);
    expect(lanes).toEqual([vector(0.5, 0), vector(0.5, 0.5), vector(0, 0.5)]);
    expect([value(argmax, 1, 3, 3), value(argmin, 2, 0, 0)]).toEqual([1, 1]);
  });

  test("the first of several NaNs, and infinities, win", () => {
    expect([value(argmax, 1, NaN, Infinity, NaN), value(argmin, 1, NaN, -Infinity), value(argmax, -Infinity, -Infinity)]).toEqual([
      1, 1, 0,
    ]);
    expect([value(max, -Infinity, 5, Infinity), value(min, -Infinity, 5)]).toEqual([Infinity, -Infinity]);
    const columns = [vector(1, NaN), vector(NaN, 2), vector(3, NaN)];
    expect(evaluate((x: Value[]) => argmax(x), [columns], engine)).toEqual(vector(1, 0));
    expect(argmax(columns)).toEqual(vector(1, 0));
  });

  test("the derivative of a product is right where factors are 0", () => {
    expect(slope(prod, 2, 0, 3, 4)).toEqual(vector(0, 24, 0, 0));
    expect(slope(prod, 2, 0, 3, 0)).toEqual(vector(0, 0, 0, 0));
    expect(slope((x) => sum(grad(prod as (x: Value) => Value)(x)), 2, 0, 0)).toEqual(vector(0, 2, 2)); // ∂ of x₁x₂ + x₀x₂ + x₀x₁
    expect(slope(prod, 5)).toEqual(vector(1));
  });

  test("a norm neither overflows nor underflows, and has gradient 0 at 0", () => {
    for (const scale of [1e200, 1e-200, 1e-300])
      expect(apart((value(norm, 3 * scale, 4 * scale) as number) / scale, 5)).toBeLessThan(1e-15);
    expect(value(norm, 5e-324, 0)).toBe(5e-324);
    expect(value(norm, 1, Infinity)).toBe(Infinity);
    expect([value(norm, 0, 0), slope(norm, 0, 0)]).toEqual([0, vector(0, 0)]);
    slope(norm, 3e200, 4e200).forEach((x, i) => expect(apart(x, [0.6, 0.8][i]!)).toBeLessThan(1e-15));
    expect(slope((x) => sum(grad(norm as (x: Value) => Value)(x)), 0, 0)).toEqual(vector(0, 0));
  });

  test("logSumExp does not overflow, and takes infinities", () => {
    expect(value(logSumExp, 1000, 1000)).toBe(1000 + Math.LN2);
    expect(value(logSumExp, -2000, -1000)).toBe(-1000);
    expect([value(logSumExp, -Infinity, 0), value(logSumExp, Infinity, 0), value(logSumExp, -Infinity, -Infinity)]).toEqual([
      0,
      Infinity,
      -Infinity,
    ]);
    expect(slope(logSumExp, 1000, 1000)).toEqual(vector(0.5, 0.5));
    expect(slope(logSumExp, -Infinity, 0)).toEqual(vector(0, 1));
  });
});

describe("rows that move lanes", () => {
  const x = vector(1, 2, 3, 4, 5);
  const other = vector(10, 20);
  const indices = Int32Array.of(4, 0, 0, 3, 1);
  const cases: [name: string, f: (x: Value) => Value | number, wanted: Float64Array | number][] = [
    ["at", (x) => at(x, 1), 2],
    ["at from the end", (x) => at(x, -1), 5],
    ["slice", (x) => slice(x, 1, 3), vector(2, 3)],
    ["slice to the end", (x) => slice(x, 3), vector(4, 5)],
    ["slice from the end", (x) => slice(x, -3, -1), vector(3, 4)],
    ["slice of all", (x) => slice(x, 0), x],
    ["concat", (x) => concat([7, x, other]), vector(7, 1, 2, 3, 4, 5, 10, 20)],
    ["take", (x) => take(x, indices), vector(5, 1, 1, 4, 2)],
    ["segmentSum", (x) => segmentSum(x, indices, 6), vector(5, 5, 0, 4, 1, 0)],
    ["cumsum", (x) => cumsum(x), vector(1, 3, 6, 10, 15)],
    ["reverse", (x) => reverse(x), vector(5, 4, 3, 2, 1)],
    ["broadcast", (x) => broadcast(at(x, 1), 3), vector(2, 2, 2)],
    ["dot", (x) => dot(x, x), 55],
  ];

  test.each(cases)("%s of numbers", (_, f, wanted) => expect(f(x as never)).toEqual(wanted));

  describe.each(engines)("in %s", (engine) => {
    test.each(cases)("%s of a Value", (_, f, wanted) => expect(evaluate(f as never, [x], engine)).toEqual(wanted));

    test.each(cases)("%s is the transpose of its derivative", (_, f) => {
      // for linear f, f(x) · w = x · fᵀw; dot alone is quadratic, where the derivative counts twice
      const weights = (lanes: number): Float64Array => Float64Array.from(scattered(lanes, -1, 1, 3));
      const along = (x: Value): Value => {
        const y = f(x) as Value;
        return y.length === undefined ? y : dot(y, weights(y.length));
      };
      const gradient = grad(along, { engine })(x);
      const linear = (evaluate(along, [x], engine) as number) - (evaluate(along, [new Float64Array(5)], engine) as number);
      const order = f === cases.at(-1)[1] ? 2 : 1;
      expect(apart(dot(gradient, x), order * linear)).toBeLessThan(1e-14);
    });

    test("dot of the kinds it takes", () => {
      expect(evaluate((x: Value, y: Value) => dot(x, y), [x, x], engine)).toBe(55);
      expect(grad((x: Value) => dot(vector(1, 2, 3, 4, 5), x), { engine })(x)).toEqual(x);
      expect(grad((w: Value[]) => sum(dot(w, [vector(1, 2), vector(3, 4)])), { engine })([1, 2])).toEqual([3, 7]);
      expect([dot([1, 2], [3, 4]), dot(vector(1, 2), vector(3, 4))]).toEqual([11, 11]);
    });
  });
});

describe("sums to the bit", () => {
  const lengths = [...Array.from({ length: 20 }, (_, i) => i + 1), 8191, 8192, 8193, 16384, 20000, 3 * 8192 + 5];
  const numbers = (lanes: number): Float64Array => Float64Array.from(scattered(lanes, -1, 1, lanes), (x, i) => x * 10 ** ((i % 13) - 6));

  test("of numbers follow the stated order", () => {
    for (const lanes of lengths.slice(0, 24)) {
      const x = numbers(lanes);
      const blocks: number[] = []; // three at most
      for (let start = 0; start < lanes; start += 8192) {
        const s = [0, 0, 0, 0, 0, 0, 0, 0];
        x.subarray(start, start + 8192).forEach((value, i) => (s[i % 8]! += value));
        blocks.push(s[0]! + s[4]! + (s[2]! + s[6]!) + (s[1]! + s[5]! + (s[3]! + s[7]!)));
      }
      const wanted =
        blocks.length === 1 ? blocks[0]! : blocks.length === 2 ? blocks[0]! + blocks[1]! : blocks[0]! + blocks[1]! + blocks[2]!;
      expect(sumLanes(x)).toBe(wanted);
    }
  });

  test.each(engines)("are the same in %s: of inputs, of computed rows, of broadcast operands' adjoints", (engine) => {
    for (const lanes of lengths) {
      const x = numbers(lanes);
      expect(evaluate((x: Value) => sum(x), [x], engine)).toBe(sumLanes(x));
      expect(evaluate((x: Value) => sum(mul(x, x)), [x], engine)).toBe(sumLanes(x.map((value) => value * value)));
      expect(grad((c: Value) => sum(mul(x, c)), { engine })(1)).toBe(sumLanes(x));
    }
  });
});
