/** vmap: functions of one point at many points, against a loop over the points, in every engine. */
import { describe, expect, test } from "vitest";
import {
  argmax,
  argmin,
  at,
  broadcast,
  compile,
  concat,
  cos,
  cumsum,
  div,
  dot,
  exp,
  grad,
  logSumExp,
  lt,
  max,
  mean,
  min,
  mul,
  norm,
  prod,
  reverse,
  segmentSum,
  sigmoid,
  sin,
  slice,
  square,
  sub,
  sum,
  take,
  tanh,
  trace,
  type Value,
  valueAndGrad,
  vmap,
  type VmapOptions,
  where,
} from "wengert";
import { engines } from "./engines.js";
import { numbersOf } from "./modes.js";
import { apart, scattered } from "./numbers.js";

type AnyFunction = (...args: unknown[]) => unknown;

/** Transforms without regard to types, for functions that tests loop over. */
const mapped = (f: unknown, options: VmapOptions = {}): AnyFunction => vmap(f as AnyFunction, options);
const gradient = grad as unknown as (f: unknown) => AnyFunction;

/** A record of one point, and functions of it: weights are the same everywhere. */
interface Point<T> {
  readonly x: T;
  readonly y: T;
  readonly z: readonly T[];
}

const short = ({ x, y, z }: Point<Value>): Value => concat([x, y, ...z, mul(x, y)]);
const twice = (v: Value): Value => concat([v, v]);

/** 64 lanes, from short's five and more. */
const longest = (p: Point<Value>): Value => {
  const eight = concat([short(p), p.x, -2, sin(p.y)]);
  return twice(twice(twice(eight))).mul(Float64Array.from({ length: 64 }, (_, i) => Math.cos(i)));
};

const functions: Record<string, (p: Point<Value>, weight: Value) => Value> = {
  "elementwise rows": ({ x, y, z }, w) => mul(x, y).add(sin(x)).mul(w).add(exp(z[0]!)),
  branches: ({ x, y }, w) => where(lt(x, y), square(x).mul(w), div(y, exp(x))),
  "sums of many": ({ x, y, z }) => sum([x, y, 2, ...z, sin(y)]).mul(mean([x, y, ...z])),
  "a sum of lanes": (p, w) => sum(square(short(p)).mul(w)),
  "a dot product with a constant": (p) => dot(tanh(short(p)), Float64Array.of(1, -2, 3, 0.5, 4)),
  "at and slice": (p) => mul(at(short(p), -1), sum(sin(slice(short(p), 1, 4)))),
  "max and min": (p) => mul(max(short(p)), min(square(short(p)))),
  "cumsum and reverse": (p) => dot(cumsum(short(p)), reverse(cumsum(reverse(cos(short(p)))))),
  take: (p) => prod(take(short(p), Int32Array.of(4, 0, 0, 2))).add(norm(short(p))),
  segmentSum: (p) => logSumExp(segmentSum(short(p), Int32Array.of(2, 0, 3, 3, 0), 5)),
  "broadcast and concat": ({ x, y }) => sum(mul(broadcast(x, 3), concat([y, 2, x]))),
  "64 lanes": (p, w) => sum(sigmoid(longest(p).mul(w))),
  "a gradient inside": ({ x, y }) => grad((u: Value) => sin(mul(u, y)).mul(u))(x).mul(y),
  "a vmap inside": (p) => sum(vmap((u: Value) => square(u).add(p.x))(short(p))),
};

/** Columns of n points, and their records. */
function pointsOf(n: number): { columns: Point<Float64Array>; points: Point<number>[] } {
  const column = (seed: number): Float64Array => Float64Array.from(scattered(n, -1.5, 1.5, seed));
  const columns = { x: column(1), y: column(2), z: [column(3), column(4)] };
  const points = Array.from(columns.x, (x, i) => ({ x, y: columns.y[i]!, z: columns.z.map((z) => z[i]!) }));
  return { columns, points };
}

/** Lists agree to within a few roundings. */
function expectNear(got: readonly number[], wanted: readonly number[]): void {
  expect(got).toHaveLength(wanted.length);
  got.forEach((value, i) => expect(apart(value, wanted[i]!)).toBeLessThan(2e-14));
}

/** What a function of one point gives at each, by a loop. */
const loop = (f: AnyFunction, points: readonly unknown[], ...shared: unknown[]): number[][] =>
  points.map((point) => numbersOf(f(point, ...shared)));

/** The same numbers column by column. */
const transposed = (rows: readonly number[][]): number[] => rows[0]!.flatMap((_, k) => rows.map((row) => row[k]!));

const weight = 0.7;

describe.each(engines)("in %s", (engine) => {
  const options = { engine, inAxes: [0, null] } as const;

  describe.each(Object.entries(functions))("%s", (_, f) => {
    const atPoint = ((p: unknown, w: unknown) => compile(f as AnyFunction, [p, w], { engine: "reference" })(p, w)) as AnyFunction;
    const lengths = [1, 2, 3, 37];

    test.each(lengths)("at %i points", (n) => {
      const { columns, points } = pointsOf(n);
      const values = mapped(f, options)(columns, weight);
      expect(values).toBeInstanceOf(Float64Array);
      expectNear([...(values as Float64Array)], transposed(loop(atPoint, points, weight)));
    });

    test("its gradient at each point", () => {
      const { columns, points } = pointsOf(5);
      const gradients = mapped(gradient(f), options)(columns, weight);
      expectNear(numbersOf(gradients), transposed(loop(gradient(f), points, weight)));
    });

    test("the gradient of its sum over the points", () => {
      const { columns, points } = pointsOf(6);
      const total = (p: unknown, w: unknown): Value => sum(mapped(f, { inAxes: [0, null] })(p, w) as Value);
      const [byPoints, byWeight] = grad(total, { argnums: [0, 1], engine })(columns as never, weight as never);
      expectNear(numbersOf(byPoints), transposed(loop(gradient(f), points, weight)));
      const ofWeight = gradient((w: Value, p: Point<Value>) => f(p, w));
      const slopes = points.map((point) => ofWeight(weight, point) as number);
      expectNear([byWeight], [slopes.reduce((a, b) => a + b)]);
    });
  });

  test("many points cross blocks and the ends of blocks", () => {
    const f = (x: Value, y: Value): Value => mul(x, y).add(sin(x));
    for (const n of [255, 256, 257, 8191, 8192, 8193, 20_001]) {
      const [x, y] = [1, 2].map((seed) => Float64Array.from(scattered(n, -2, 2, seed))) as [Float64Array, Float64Array];
      const [value, [dx, dy]] = vmap(valueAndGrad(f, { argnums: [0, 1] }), { engine })(x, y);
      expect(apart(value[n - 1]!, x[n - 1]! * y[n - 1]! + Math.sin(x[n - 1]!))).toBeLessThan(1e-15);
      expect([...dx].every((slope, i) => apart(slope, y[i]! + Math.cos(x[i]!)) < 1e-15)).toBe(true);
      expect(dy).toEqual(x);
    }
  });

  test("what a loss returns beside its value comes as columns too", () => {
    const f = (x: Value): [Value, { twice: Value }] => [sin(x), { twice: mul(x, 2) }];
    const [[value, aux], slope] = vmap(valueAndGrad(f, { hasAux: true }), { engine })(Float64Array.of(0, 1)) as [
      [unknown, unknown],
      unknown,
    ];
    expectNear(numbersOf([value, aux, slope]), [0, Math.sin(1), 0, 2, 1, Math.cos(1)]);
  });

  test("second derivatives at each point", () => {
    const x = Float64Array.from(scattered(9, -2, 2));
    const second = vmap(grad(grad((u: Value) => sin(u).mul(u))), { engine })(x);
    expectNear(
      numbersOf(second),
      [...x].map((u) => 2 * Math.cos(u) - u * Math.sin(u)),
    );
  });

  test("compiles, with its columns resident", () => {
    const step = compile(
      vmap((x: Value, w: Value) => mul(x, w).sin(), { inAxes: [0, null] }),
      [Float64Array.of(1, 2, 3), 2],
      { engine },
    );
    step.inputs[1] = 0.5;
    step.run();
    expectNear(numbersOf(step.outputs), [0.5, 1, 1.5].map(Math.sin));
    expectNear(numbersOf(step(Float64Array.of(4, 5, 6), 1)), [4, 5, 6].map(Math.sin));
  });

  test("keeps the result's structure, with a column for every number", () => {
    const f = (x: Value) => ({ twice: mul(x, 2), both: [x, 1], lanes: concat([x, 7, x.neg()]), name: "f", nested: { three: 3 } });
    const [x, minus] = [Float64Array.of(1, 2), Float64Array.of(-1, -2)];
    const all = (value: number): Float64Array => Float64Array.of(value, value);
    expect(mapped(f, { engine })(x)).toEqual({
      twice: Float64Array.of(2, 4),
      both: [x, all(1)],
      lanes: [x, all(7), minus],
      name: "f",
      nested: { three: all(3) },
    });
  });

  test("extremes that tie, and NaN, are those of the lanes", () => {
    const columns = [
      [1, NaN, 5, 2, -0],
      [NaN, 2, 5, 3, 0],
      [3, NaN, 4, 3, 0],
    ].map((column) => Float64Array.from(column));
    for (const pick of [argmax, argmin, max, min]) {
      const f = (...x: Value[]): Value => pick(concat(x));
      const wanted = Array.from(columns[0]!, (_, i) => pick(Float64Array.from(columns, (column) => column[i]!)));
      expect([...(mapped(f, { engine })(...columns) as Float64Array)]).toEqual(wanted);
    }
    const slopes = mapped(
      gradient((x: Value[]) => max(concat(x))),
      { engine },
    )([Float64Array.of(5, 1), Float64Array.of(5, 2)]);
    expect(slopes).toEqual([Float64Array.of(0.5, 0), Float64Array.of(0.5, 1)]);
  });

  test("a where that was not taken has no influence at any point", () => {
    const f = (x: Value): Value => where(lt(x, 0), square(x), x.sqrt());
    const slopes = vmap(grad(f), { engine })(Float64Array.of(-2, 4, 0));
    expect(slopes).toEqual(Float64Array.of(-4, 0.25, Infinity));
  });
});

describe("arguments", () => {
  const x = Float64Array.of(1, 2, 3);

  test("that are lone numbers are the same at every point", () => {
    expect(mapped((a: Value, b: Value) => mul(a, b))(x, 2)).toEqual(Float64Array.of(2, 4, 6));
  });

  test("that are Float64Arrays with inAxes null are vectors of every point, of any length", () => {
    const lanes = Float64Array.from(scattered(100, -1, 1));
    const f = (a: Value, v: Value): Value => mul(a, sum(square(v))).add(at(v, 99));
    const total = sum(lanes.map((value) => value * value));
    expectNear(
      [...(mapped(f, { inAxes: [0, null] })(x, lanes) as Float64Array)],
      [...x].map((a) => a * total + lanes[99]!),
    );
    const dots = mapped((a: Value, v: Value) => dot(concat([a, 1, 2]), v), { inAxes: [0, null] })(x, Float64Array.of(2, 3, 4));
    expect(dots).toEqual(Float64Array.of(13, 15, 17));
  });

  test("all follow one entry of inAxes", () => {
    expect(mapped((a: Value, b: Value) => sub(a, b), { inAxes: 0 })(x, x)).toEqual(Float64Array.of(0, 0, 0));
  });

  test("that are lane numbers pass with inAxes null", () => {
    const f = (a: Value, table: Value, index: Value): Value => mul(a, sum(take(table, index)));
    expect(mapped(f, { inAxes: [0, null, null] })(x, Float64Array.of(1, 10, 100), Int32Array.of(2, 0))).toEqual(
      Float64Array.of(101, 202, 303),
    );
  });

  test("that are static are any values, as they were", () => {
    const f = (a: Value, g: (x: Value) => Value): Value => g(a);
    expect(mapped(f, { staticArgnums: 1 })(x, square)).toEqual(Float64Array.of(1, 4, 9));
  });

  test("need not be arguments: Values of the function outside are the same at every point, data may be columns", () => {
    const f = (w: Value, v: Value): Value => sum(mapped((a: Value) => mul(a, w).add(dot(v, concat([a, 1]))))(x) as Value);
    const [value, [byW, byV]] = valueAndGrad(f, { argnums: [0, 1] })(3, Float64Array.of(4, 5));
    expect([value, byW, byV]).toEqual([18 + 24 + 15, 6, Float64Array.of(6, 3)]);
  });

  test("of other lengths are traced again", () => {
    const f = mapped((a: Value) => square(a));
    expect([f(x), f(Float64Array.of(4, 5)), f(x)]).toEqual([Float64Array.of(1, 4, 9), Float64Array.of(16, 25), Float64Array.of(1, 4, 9)]);
  });

  test("strings among them are fixed", () => {
    const f = mapped((a: Value, { mode }: { mode: string }) => (mode === "sin" ? sin(a) : square(a)));
    expect(f(x, { mode: "square" })).toEqual(Float64Array.of(1, 4, 9));
    expectNear([...(f(x, { mode: "sin" }) as Float64Array)], [...x].map(Math.sin));
  });
});

test("a function at points is rows of as many lanes, recorded once", () => {
  const rows = (n: number): number =>
    trace(
      vmap((x: Value) => sin(x).mul(x).add(2)),
      [new Float64Array(n)],
    ).rows;
  expect(rows(1000)).toBe(rows(3));
});
