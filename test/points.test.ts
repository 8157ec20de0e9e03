/** `vmap` and `columns`: a function of one point at many points is the function at each of them. */
import { describe, expect, test } from "vitest";
import {
  add,
  at,
  columns,
  cos,
  dot,
  exp,
  grad,
  type Indices,
  mul,
  pow,
  sin,
  sum,
  take,
  trace,
  type Value,
  valueAndGrad,
  vmap,
  where,
  lt,
} from "wengert";
import { engines } from "./engines.js";
import { apart } from "./numbers.js";
import { scattered } from "./programs.js";

const vector = (...x: number[]): Float64Array => Float64Array.from(x);
const column = (low: number, high: number, seed: number): Float64Array => Float64Array.from(scattered(150, low, high, seed));
const close = (x: Float64Array, wanted: (i: number) => number): void =>
  x.forEach((value, i) => expect(apart(value, wanted(i))).toBeLessThan(1e-13));

describe.each(engines)("vmap in %s", (engine) => {
  const options = { engine };
  const [xs, ys] = [column(-2, 2, 1), column(0.5, 3, 2)];

  test("of a scalar function", () => {
    const f = (x: Value, y: Value): Value => where(lt(x, 0), mul(sin(x), y), pow(y, x));
    close(vmap(f, options)(xs, ys) as Float64Array, (i) => (xs[i]! < 0 ? Math.sin(xs[i]!) * ys[i]! : ys[i]! ** xs[i]!));
  });

  test("of a gradient is the gradient at each point, and of its gradient", () => {
    const f = (x: Value): Value => exp(sin(x));
    const slope = (x: number): number => Math.cos(x) * Math.exp(Math.sin(x));
    close(vmap(grad(f), options)(xs) as Float64Array, (i) => slope(xs[i]!));
    const curvature = (x: number): number => (Math.cos(x) ** 2 - Math.sin(x)) * Math.exp(Math.sin(x));
    close(vmap(grad(grad(f)), options)(xs) as Float64Array, (i) => curvature(xs[i]!));
  });

  test("of trees: every number a column, results too", () => {
    const f = (p: { x: Value; y: Value[] }): Value => mul(p.x, dot(p.y, p.y));
    const p = { x: xs, y: [ys, xs] };
    const [value, gradient] = vmap(valueAndGrad(f), options)(p as never) as unknown as [
      Float64Array,
      { x: Float64Array; y: Float64Array[] },
    ];
    close(value, (i) => xs[i]! * (ys[i]! ** 2 + xs[i]! ** 2));
    close(gradient.x, (i) => ys[i]! ** 2 + xs[i]! ** 2);
    close(gradient.y[0]!, (i) => 2 * xs[i]! * ys[i]!);
  });

  test("with arguments that are the same at every point", () => {
    const f = (x: Value, w: Value): Value => mul(x, sum(w));
    close(vmap(f, { inAxes: [0, null], engine })(xs, vector(1, 2)) as Float64Array, (i) => 3 * xs[i]!);
    close(vmap((x: Value, c: Value) => add(x, c), options)(xs, 10) as Float64Array, (i) => xs[i]! + 10);
  });

  test("a result that does not depend on the point is the same in every lane", () => {
    expect(vmap((_: Value) => 7, options)(vector(1, 2, 3))).toEqual(vector(7, 7, 7));
  });

  test("inside a function that is differentiated", () => {
    const f = (w: Value, x: Value): Value => sum(vmap((point: Value) => sin(mul(point, w)), { inAxes: 0 })(x));
    const gradient = grad(f, options)(0.7, xs);
    const wanted = xs.reduce((total, x) => total + x * Math.cos(0.7 * x), 0);
    expect(apart(gradient, wanted)).toBeLessThan(1e-13);
  });

  test("of a gradient with respect to what is shared gives one a point", () => {
    const perPoint = vmap(
      grad((w: Value, x: Value) => cos(mul(w, x))),
      { inAxes: [null, 0], engine },
    )(0.7, xs) as Float64Array;
    close(perPoint, (i) => -xs[i]! * Math.sin(0.7 * xs[i]!));
  });
});

describe("vmap refuses", () => {
  test.each<[name: string, code: () => unknown, message: RegExp]>([
    ["what is no function", () => vmap(3 as never), /^vmap: expected a function, got 3$/],
    [
      "columns of two lengths",
      () => vmap((x: Value, y: Value) => add(x, y))(vector(1, 2), vector(1, 2, 3)),
      /^vmap: expected columns of one length, got 2 and 3 at args\[1\]$/,
    ],
    ["no column", () => vmap((x: Value) => x)(3), /^vmap: expected at least one column \(a Float64Array\) among the arguments, got none$/],
    [
      "lane numbers as columns",
      () => vmap((x: Value, i: Indices) => take(x, i))(vector(1), Int32Array.of(0)),
      /^vmap: expected columns of numbers, got lane numbers at args\[1\]\. Pass them with inAxes null$/,
    ],
    ["a column where a point has a vector", () => vmap((x: Value) => at(x, 0))(vector(1, 2)), /^at: expected a vector/],
  ])("%s", (_, code, message) => expect(code).toThrow(message));
});

describe("columns", () => {
  test("of records, nested", () => {
    const rows = [
      { x: [1, 2], y: 3, deep: { z: 4 } },
      { x: [5, 6], y: 7, deep: { z: 8 } },
    ];
    expect(columns(rows)).toEqual({ x: [vector(1, 5), vector(2, 6)], y: vector(3, 7), deep: { z: vector(4, 8) } });
    expect(columns([1, 2])).toEqual(vector(1, 2));
  });

  test("of a row-major matrix", () => expect(columns(vector(1, 2, 3, 4, 5, 6), 3)).toEqual([vector(1, 4), vector(2, 5), vector(3, 6)]));

  test.each<[name: string, code: () => unknown, message: RegExp]>([
    ["no rows", () => columns([]), /^columns: expected a non-empty array of records or a Float64Array, got an array of 0$/],
    [
      "a key missing",
      () => columns([{ x: 1, y: 2 }, { x: 1 } as never]),
      /^columns: expected a record with x, y as the first, got one with x at rows\[1\]$/,
    ],
    [
      "a string",
      () => columns([{ x: 1 }, { x: "2" as never }]),
      /^columns: expected a number as in the first record, got "2" at rows\[1\]\.x$/,
    ],
    ["a string first", () => columns([{ x: "a" }]), /^columns: expected numbers, or arrays and objects of them, got "a" at rows\[0\]\.x$/],
    [
      "a width that does not divide",
      () => columns(vector(1, 2, 3), 2),
      /^columns: expected a width that divides the 3 numbers into whole rows, got 2$/,
    ],
  ])("refuses %s", (_, code, message) => expect(code).toThrow(message));
});

test("a vmapped function's graph is that of its lanes", () => {
  expect(trace((x: Value) => vmap((point: Value) => point.square().add(1))(x), [vector(1, 2)]).rows).toBe(4);
});
