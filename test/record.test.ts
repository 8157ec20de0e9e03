/** record: functions whose course depends on values, their derivatives against closed forms, differences and traced functions. */
import { describe, expect, test } from "vitest";
import {
  add,
  at,
  concat,
  cos,
  cumsum,
  div,
  dot,
  exp,
  grad,
  gt,
  hvp,
  type Indices,
  jvp,
  log,
  lt,
  max,
  mul,
  numberOf,
  record,
  reverse,
  segmentSum,
  sin,
  slice,
  sqrt,
  square,
  sub,
  sum,
  take,
  type Value,
  valueAndGrad,
  vjp,
  vmap,
  where,
} from "wengert";
import { refuses, untyped, vector } from "./mistakes.js";
import { numbersOf } from "./modes.js";
import { apart, derivative } from "./numbers.js";
import { programs } from "./programs.js";

type AnyFunction = (...args: unknown[]) => unknown;
const recordAny = record as unknown as (f: unknown, ...args: unknown[]) => { value: unknown; grad: (n?: unknown) => unknown };

/** √a by Newton's iteration, until it does not change. */
function root(a: Value): Value {
  let x = a.add(1).div(2);
  for (;;) {
    const next = x.add(div(a, x)).div(2);
    if (Math.abs(next.value - x.value) <= 1e-15 * next.value) return next;
    x = next;
  }
}

/** Where a particle with drag, thrown at an angle, crosses the ground: steps until it is below, then a straight line. */
function range(angle: Value): Value {
  let [x, y, u, v]: [Value, Value, Value, Value] = [angle.mul(0), angle.mul(0), cos(angle).mul(10), sin(angle).mul(10)];
  for (;;) {
    const speed = sqrt(square(u).add(square(v)));
    const [x1, y1] = [x.add(u.mul(0.01)), y.add(v.mul(0.01))];
    if (y1.value < 0) return x.add(x1.sub(x).mul(y.div(y.sub(y1))));
    [x, y, u, v] = [x1, y1, u.sub(speed.mul(u).mul(0.001)), v.sub(speed.mul(v).mul(0.001).add(0.0981))];
  }
}

/** x to a whole power by squaring. */
const power = (x: Value, n: number): Value => (n === 1 ? x : n % 2 === 0 ? square(power(x, n / 2)) : x.mul(power(x, n - 1)));

/** The logarithm by halving the argument until the series converges: recursion on a value. */
const logarithm = (x: Value): Value => (x.value > 1.5 ? logarithm(sqrt(x)).mul(2) : log(x));

const branch = (x: Value): Value => (x.value < 1 ? square(x) : exp(x));

/** Products of an array's numbers until one passes 10. */
function untilTen(xs: Value[]): Value {
  let product = xs[0]!;
  for (const x of xs.slice(1)) {
    if (product.value > 10) break;
    product = product.mul(x);
  }
  return product;
}

describe("functions that depend on values", () => {
  test.each([0.01, 2, 9, 1e6])("Newton's iteration for √%d", (a) => {
    const { value, grad } = record(root, a);
    expect(apart(value as number, Math.sqrt(a))).toBeLessThan(1e-15);
    expect(apart(grad(), 0.5 / Math.sqrt(a))).toBeLessThan(1e-12);
  });

  test.each([0.3, 0.8, 1.2])("a particle until it crosses a line, thrown at %d", (angle) => {
    const values = (x: number): number => record(range, x).value as number;
    expect(apart(record(range, angle).grad(), (values(angle + 1e-6) - values(angle - 1e-6)) / 2e-6)).toBeLessThan(1e-7);
  });

  test("recursion", () => {
    expect(record((x: Value) => power(x, 13), 1.1).grad()).toBeCloseTo(13 * 1.1 ** 12, 12);
    const { value, grad } = record(logarithm, 20);
    expect([value, grad()]).toEqual([expect.closeTo(Math.log(20), 13), expect.closeTo(1 / 20, 14)]);
  });

  test("a branch", () => {
    expect(record(branch, 0.5).grad()).toBe(1);
    expect(record(branch, 2).grad()).toBe(Math.exp(2));
  });

  test("a loop over an array that ends early", () => {
    expect(record(untilTen, [2, 3, 4, 5]).value).toBe(24);
    expect(record(untilTen, [2, 3, 4, 5]).grad()).toEqual([12, 8, 6, 0]);
  });

  test("a loop over a vector's lanes", () => {
    const f = (x: Value): Value => {
      const lanes = x.values;
      return at(
        x,
        lanes.findIndex((lane) => lane > 1),
      ).mul(sum(x));
    };
    expect(record(f, Float64Array.of(0, 2, 5)).grad()).toEqual(Float64Array.of(2, 9, 2));
  });

  test("comparisons that nobody uses are fine", () => {
    expect(record((x: Value) => (lt(x, 1).value === 1 ? x : x.neg()), 2).grad()).toBe(-1);
  });
});

describe("results", () => {
  test.each(programs.map((example) => [example.name, example] as const))("%s as its trace has it", (_, { f, args }) => {
    const point = args as unknown[];
    const [value, gradient] = (valueAndGrad as unknown as (f: unknown, options: object) => AnyFunction)(f, { engine: "reference" })(
      ...point,
    ) as [number, unknown];
    const recorded = recordAny(f, ...point);
    expect(apart(recorded.value as number, value)).toBeLessThan(1e-13);
    const [wanted, got] = [numbersOf(gradient), numbersOf(recorded.grad())];
    expect(got.length).toBe(wanted.length);
    got.forEach((number, i) => expect(apart(number, wanted[i]!)).toBeLessThan(1e-11));
  });

  test("several arguments", () => {
    const { value, grad, vjp } = record((x: Value, p: { y: Value; name: string }) => mul(x, square(p.y)), 2, { y: 3, name: "p" });
    expect(value).toBe(18);
    expect(grad()).toBe(9);
    expect(grad([0, 1])).toEqual([9, { y: 12, name: "p" }]);
    expect(vjp(2, 1)).toEqual({ y: 24, name: "p" });
  });

  test("seeds of vectors and trees; again and again", () => {
    const { value, vjp } = record((x: Value) => ({ a: square(x), b: [sum(x), at(x, 1)] }), Float64Array.of(1, 2));
    expect(value).toEqual({ a: Float64Array.of(1, 4), b: [3, 2] });
    const zero = Float64Array.of(0, 0);
    expect(vjp({ a: Float64Array.of(1, 10), b: [0, 0] })).toEqual(Float64Array.of(2, 40));
    expect(vjp({ a: zero, b: [1, 5] })).toEqual(Float64Array.of(1, 6));
    expect(vjp({ a: zero, b: [1, 5] })).toEqual(Float64Array.of(1, 6));
  });

  test("lane numbers", () => {
    const f = (x: Value, i: Indices): Value => dot(segmentSum(take(x, i), i, 3), Float64Array.of(1, 2, 3));
    const { value, grad } = record(f, Float64Array.of(1, 2, 3), Int32Array.of(2, 2, 0));
    expect(value).toBe(1 + 18);
    expect(grad([0, 1])).toEqual([Float64Array.of(1, 0, 6), null]);
  });

  test("rows that move lanes have values", () => {
    const x = Float64Array.of(3, 1, 2);
    const read = (f: (x: Value) => Value): unknown => record(f, x).value;
    expect(read((x) => concat([cumsum(x), reverse(x), slice(x, 1)]))).toEqual(Float64Array.of(3, 4, 6, 2, 1, 3, 1, 2));
    expect(read((x) => max(x).mul(where(gt(x, 1), x, 0)))).toEqual(Float64Array.of(9, 0, 6));
    let seen: Float64Array | undefined;
    record((x: Value) => void (seen = sub(x, at(x, 0)).values), x);
    expect(seen).toEqual(Float64Array.of(0, -2, -1));
  });

  test("a result without its arguments", () => {
    expect(record((x: Value) => (x.value > 0 ? 3 : x), 2).grad()).toBe(0);
  });
});

describe("nested", () => {
  const second = (a: number): number => -0.25 * a ** -1.5;

  test("record in record", () => {
    const { value, grad: again } = record((x: Value) => record(root, x).grad(), 2);
    expect([value, again()]).toEqual([expect.closeTo(0.5 / Math.SQRT2, 14), expect.closeTo(second(2), 13)]);
    const third = record((x: Value) => record((y: Value) => record(root, y).grad(), x).grad(), 2).grad();
    expect(third).toBeCloseTo(0.375 * 2 ** -2.5, 12);
  });

  test("every transform in record, with values inside", () => {
    expect(record((x: Value) => grad(root)(x), 2).grad()).toBeCloseTo(second(2), 13);
    expect(record((x: Value) => jvp(root)([x], [x])[1], 2).grad()).toBeCloseTo(0.5 / Math.SQRT2 + 2 * second(2), 13);
    expect(record((x: Value) => vjp(root)(x)[1](x), 2).grad()).toBeCloseTo(0.5 / Math.SQRT2 + 2 * second(2), 13);
    expect(record((x: Value) => hvp((y: Value) => square(root(y)).mul(root(y)))([x], x), 2).value).toBeCloseTo(0.75 * Math.SQRT2, 12);
    expect(record((x: Value) => sum(vmap((y: Value) => sin(y))(x)), Float64Array.of(1, 2)).grad()).toEqual(
      Float64Array.of(1, 2).map(Math.cos),
    );
  });

  test("no perturbation confusion", () => {
    const inner = (x: Value): Value => record((y: Value) => add(x, y), x).grad();
    expect(record((x: Value) => mul(x, inner(x)), 1).grad()).toBe(1);
    const captured = record((x: Value) => mul(x, record((y: Value) => mul(x, square(y)), 3).grad()), 2);
    expect([captured.value, captured.grad()]).toEqual([24, 24]); // x · 2xy at y = 3
  });

  test("an iteration on a gradient: the minimum of x⁴/4 − ax, and how it moves with a", () => {
    const minimum = (a: Value): Value => {
      let x = a.mul(0).add(1);
      for (let i = 0; i < 60; i++) {
        const slope = grad((y: Value) => square(square(y)).div(4).sub(mul(a, y)))(x);
        if (Math.abs(slope.value) < 1e-15) break;
        x = x.sub(slope.div(square(x).mul(3)));
      }
      return x;
    };
    expect(record(minimum, 5).grad()).toBeCloseTo(derivative(Math.cbrt, 5), 10);
  });

  test("on numbers inside a trace", () => {
    expect(grad((x: Value) => x.mul(record(root, 4).value as number))(1)).toBe(2);
  });
});

describe("errors", () => {
  let kept: Value | undefined;
  const throws: readonly (readonly [string, () => unknown, RegExp])[] = [
    [
      ".value in a trace",
      () => grad((x: Value) => x.mul(x.value))(1),
      /^Value: expected a Value of a recording under way for \.value, got the traced args\[0\]\. Only record/,
    ],
    [".value after the end", () => (record((x: Value) => (kept = x.mul(2)), 1), kept!.value), /got one whose recording has ended/],
    [
      ".value of a vector",
      () => record((x: Value) => sum(x).add(x.value), Float64Array.of(1)),
      /^Value: expected a scalar for \.value.*\.values$/,
    ],
    [".values of a scalar", () => record((x: Value) => sum(x.values), 1), /^Value: expected a vector for \.values/],
    [
      ".value of one point",
      () => record((x: Value) => vmap((y: Value) => y.mul(y.mul(2).value))(x), Float64Array.of(1)),
      /unknown.*one point of many/,
    ],
    [
      "a Value of a trace",
      () => grad((x: Value) => record((y: Value) => y, x).value)(1),
      /^record: expected numbers and Float64Arrays, got a Value of a trace/,
    ],
    [
      "a vector's gradient",
      () => record((x: Value) => x, Float64Array.of(1, 2)).grad(),
      /^record: expected a function with a scalar result, got a vector of 2/,
    ],
    [
      "a nested vector's gradient",
      () => record((x: Value) => record((y: Value) => y, x).grad(), Float64Array.of(1, 2)),
      /^record: expected a function with a scalar/,
    ],
    ["another seed", () => record((x: Value) => x, Float64Array.of(1, 2)).vjp(1), /^record: expected a Float64Array of 2, got 1 at seed/],
    ["argnums", () => record((x: Value) => x, 1).grad(1), /^record: expected argnums from 0 to 0, got 1/],
    ["no argument", () => (record as (f: unknown) => unknown)(() => 1), /^record: expected at least one argument/],
    ["no function", () => (record as (f: unknown, x: unknown) => unknown)(1, 1), /^record: expected a function, got 1/],
    [
      "a lane number",
      () => record((x: Value, i: Indices) => sum(take(x, i)), Float64Array.of(1), Int32Array.of(3)),
      /^take: expected an index from 0 to 0, got 3 in lane 0/,
    ],
  ];
  test.each(throws)("%s", (_, run, message) => expect(run).toThrow(message));
});

describe("numberOf", () => {
  /** How many times y is added until the sum passes 1: it begins as a number. */
  const until = (y: Value): Value => {
    let x: Value | number = 0;
    while (numberOf(x) < 1) x = add(y, x);
    return x as Value;
  };

  test("reads a loop's variable before and after it met a Value", () => {
    const { value, grad } = record(until, 0.3);
    expect([value, grad()]).toEqual([0.3 + 0.3 + 0.3 + 0.3, 4]);
    expect(record((x: Value) => record(until, x).grad().mul(x), 0.3).value).toBe(1.2);
  });

  test("of a number is the number", () => expect([numberOf(-0), numberOf(NaN)]).toEqual([-0, NaN]));

  const inRecord = (use: (x: Value) => unknown, x: number | Float64Array) => () => recordAny(use, x);
  refuses([
    [
      "a vector",
      inRecord(numberOf, vector(1, 2)),
      TypeError,
      /^Value: expected a scalar for \.value, got the vector args\[0\]\. The lanes of a vector are its \.values$/,
    ],
    ["a traced Value", () => grad((x: Value) => x.mul(numberOf(x)))(1), TypeError, /^Value: expected a Value of a recording under way/],
    ["a string", () => numberOf(untyped("1")), TypeError, /^numberOf: expected a number or a Value, got "1"$/],
    ["nothing", () => numberOf(untyped(undefined)), TypeError, /^numberOf: expected a number or a Value, got undefined$/],
    [
      "a Value in an operator, which names it",
      inRecord((x) => (x as unknown as number) + 1, 2),
      TypeError,
      /^Value: expected a number, got the recorded args\[0\]\..* or numberOf\(x\), which is its number$/,
    ],
  ]);
});
