/** Log densities and their slopes against 60-digit values (bench/accuracy/densities.py), on numbers, columns and Values; edges; constraints against Jacobians. */
import { describe, expect, test } from "vitest";
import {
  add,
  checkGradient,
  cholesky,
  compile,
  grad,
  jacobian,
  Matrix,
  matrix,
  mul,
  numberOf,
  sum,
  type Value,
  valueAndGrad,
} from "wengert";
import * as densities from "wengert/densities";
import truth from "./densities.json" with { type: "json" };

const { choleskyCorrelation, interval, ordered, positive, simplex, ...functions } = densities;

type Nested = number | readonly Nested[];
type Density = (...args: readonly unknown[]) => number;
type Case = readonly [point: readonly Nested[], value: number, slopes: readonly number[], size: number];

const cases = truth as unknown as Readonly<Record<string, readonly Case[]>>;

/** Σ (1 + i + 2k) Lᵢₖ + logJacobian of the factor of a correlation, by which all of it is seen. */
const factored = (u: Value[]): unknown => {
  const [l, logJacobian] = choleskyCorrelation(u);
  if (Array.isArray(l)) return l.reduce((all, row, i) => row.reduce<Value>((x, y, k) => add(x, mul(y, 1 + i + 2 * k)), all), logJacobian);
  const n = (l as Matrix | Value).shape[0]!;
  return add(
    sum(
      mul(
        l as Value,
        matrix(
          Float64Array.from({ length: n * n }, (_, at) => 1 + Math.floor(at / n) + 2 * (at % n)),
          [n, n],
        ),
      ),
    ),
    logJacobian,
  );
};

const named = { ...functions, choleskyCorrelation: factored } as unknown as Readonly<Record<string, Density>>;
const flat = (x: unknown): number[] =>
  typeof x === "number" ? [x] : Array.from(x instanceof Matrix ? x.data : (x as readonly unknown[])).flatMap(flat);

/** Arrays of numbers as vectors, and arrays of these as matrices. */
const whole = (x: Nested): unknown =>
  typeof x === "number" ? x : typeof x[0] === "number" ? Float64Array.from(x as number[]) : matrix(x as number[][]);

/** An error in ulp of the greatest number that was added. */
const ulps = (came: number, wanted: number, size: number): number =>
  came === wanted ? 0 : Math.abs(came - wanted) / (Number.EPSILON * Math.max(Math.abs(wanted), size));

test("every density has truth", () => expect(Object.keys(cases).sort()).toEqual(Object.keys(named).sort()));

describe.each(Object.keys(cases))("%s", (name) => {
  const f = named[name]!;

  const lists = cases[name]!;
  /** The same with vectors and matrices in the place of lists. */
  const wholes = lists.map(([point, ...rest]) => [point.map(whole), ...rest] as unknown as Case);
  const ways = lists.some(([point]) => point.some((x) => typeof x === "object")) ? { lists, wholes } : { lists };

  test.each(Object.entries(ways))("values, on numbers and traced, of %s", (_, cases) => {
    for (const [point, value, , size] of cases) {
      const what = `${name}(${JSON.stringify(point)})`;
      expect(ulps(f(...point), value, size), what).toBeLessThan(8);
      expect(ulps((compile as Function)(f, point)(...point) as number, value, size), what).toBeLessThan(8); // eslint-disable-line @typescript-eslint/no-unsafe-function-type, @typescript-eslint/no-unsafe-call
    }
  });

  test.each(Object.entries(ways))("slopes by every continuous argument, of %s", (_, cases) => {
    for (const [point, , slopes] of cases) {
      const all = point.map((_, i) => i);
      const argnums = all.filter((i) => flat(point.slice(i)).length <= slopes.length);
      const came = flat((grad as Function)(f, { argnums })(...point)); // eslint-disable-line @typescript-eslint/no-unsafe-function-type, @typescript-eslint/no-unsafe-call
      const largest = Math.max(...slopes.map(Math.abs));
      const floor = largest > 1e-10 ? 0.1 * Math.min(1, largest) : 0.1; // slopes that cancel have the rounding of what cancels
      came.forEach((slope, i) => {
        const what = `${name}(${JSON.stringify(point)}), slope ${i}`;
        expect(Math.abs(slope - slopes[i]!), what).toBeLessThanOrEqual(1e-13 * Math.max(Math.abs(slopes[i]!), floor));
      });
      expect(came).toHaveLength(slopes.length);
    }
  });
});

const scalar = Object.keys(cases).filter((name) => cases[name]![0]![0].every((x) => typeof x === "number"));

test.each(scalar)("%s of columns is that of each lane", (name) => {
  const points = cases[name]!.map(([point]) => point as number[]);
  const columns = points[0]!.map((_, i) => Float64Array.from(points, (point) => point[i]!));
  const came = named[name]!(...columns) as unknown as Float64Array;
  expect([...came]).toEqual(points.map((point) => named[name]!(...point)));
  const total = (...args: Value[]): Value => sum((named[name] as unknown as (...args: Value[]) => Value)(...args));
  const [value, slopes] = (valueAndGrad as Function)(total, { argnums: [0] })(...columns) as [number, Float64Array[]]; // eslint-disable-line @typescript-eslint/no-unsafe-function-type, @typescript-eslint/no-unsafe-call
  expect(value).toBeCloseTo(
    came.reduce((x, y) => x + y, 0),
    6,
  );
  expect(slopes[0]).toHaveLength(points.length);
});

describe("beside the support", () => {
  const table: readonly (readonly [string, readonly unknown[], number])[] = [
    ["normalLogPdf", [1, 0, 0], NaN],
    ["normalLogPdf", [1, 0, -1], NaN],
    ["normalLogPdf", [NaN, 0, 1], NaN],
    ["studentTLogPdf", [1, -2, 0, 1], NaN],
    ["lognormalLogPdf", [0, 0, 1], -Infinity],
    ["lognormalLogPdf", [-1, 0, 1], -Infinity],
    ["gammaLogPdf", [-1, 2, 1], -Infinity],
    ["gammaLogPdf", [0, 1, 2], Math.log(2)],
    ["gammaLogPdf", [0, 2, 2], -Infinity],
    ["gammaLogPdf", [0, 0.5, 2], Infinity],
    ["gammaLogPdf", [1, -0.5, 2], NaN],
    ["inverseGammaLogPdf", [0, 2, 1], -Infinity],
    ["betaLogPdf", [0, 1, 2], Math.log(2)],
    ["betaLogPdf", [1.5, 1, 2], -Infinity],
    ["betaLogPdf", [-0.5, 1, 2], -Infinity],
    ["betaLogPdf", [NaN, 1, 2], NaN],
    ["exponentialLogPdf", [-1, 2], -Infinity],
    ["exponentialLogPdf", [0, 2], Math.log(2)],
    ["exponentialLogPdf", [1, 0], NaN],
    ["weibullLogPdf", [-1, 2, 1], -Infinity],
    ["weibullLogPdf", [0, 1, 2], -Math.log(2)],
    ["weibullLogPdf", [0, 2, 2], -Infinity],
    ["uniformLogPdf", [2, 0, 1], -Infinity],
    ["uniformLogPdf", [1, 0, 1], 0],
    ["uniformLogPdf", [0.5, 1, 1], NaN],
    ["bernoulliLogitLogPmf", [0.5, 1], -Infinity],
    ["bernoulliLogitLogPmf", [2, 1], -Infinity],
    ["binomialLogPmf", [11, 10, 0.5], -Infinity],
    ["binomialLogPmf", [1.5, 10, 0.5], -Infinity],
    ["binomialLogPmf", [-1, 10, 0.5], -Infinity],
    ["binomialLogPmf", [0, 10, 0], 0],
    ["binomialLogPmf", [1, 10, 0], -Infinity],
    ["binomialLogPmf", [10, 10, 1], 0],
    ["binomialLogPmf", [1, 10, 1.5], NaN],
    ["binomialLogPmf", [1, 1.5, 0.5], NaN],
    ["poissonLogPmf", [0, 0], 0],
    ["poissonLogPmf", [1, 0], -Infinity],
    ["poissonLogPmf", [-1, 1], -Infinity],
    ["poissonLogPmf", [0.5, 1], -Infinity],
    ["poissonLogPmf", [1, -1], NaN],
    ["poissonLogLogPmf", [0.5, 1], -Infinity],
    ["negativeBinomialLogPmf", [0, 2, 1], 0],
    ["negativeBinomialLogPmf", [1, 2, 1], -Infinity],
    ["negativeBinomialLogPmf", [-1, 2, 0.5], -Infinity],
    ["negativeBinomialLogPmf", [1, 0, 0.5], NaN],
    ["negativeBinomial2LogPmf", [1, 0, 0.5], NaN],
    ["categoricalLogitLogPmf", [3, [1, 2, 3]], -Infinity],
    ["categoricalLogitLogPmf", [0.5, [1, 2, 3]], -Infinity],
    ["dirichletLogPdf", [[-0.5, 1.5], [1, 2]], -Infinity],
    ["dirichletLogPdf", [[0.5, 0.5], [0, 2]], NaN],
    ["multivariateNormalCholeskyLogPdf", [[1], [0], [[-1]]], NaN],
    ["lkjCholeskyLogPdf", [[[1, 0], [0.6, -0.8]], 1], -Infinity],
    ["lkjCholeskyLogPdf", [[[1, 0], [0.6, 0.8]], 0], NaN],
    ["lkjCholeskyLogPdf", [[[1]], 2], 0],
  ]; // prettier-ignore
  test.each(table)("%s(%j)", (name, args, wanted) => {
    const came = named[name]!(...args);
    if (Number.isFinite(wanted)) expect(came).toBeCloseTo(wanted, 13);
    else expect(came).toBe(wanted);
    expect((compile as Function)(named[name], args)(...args)).toEqual(Number.isFinite(wanted) ? expect.closeTo(wanted, 13) : wanted); // eslint-disable-line @typescript-eslint/no-unsafe-function-type, @typescript-eslint/no-unsafe-call
  });

  test("slopes there are 0, and not NaN", () => {
    expect(grad(densities.gammaLogPdf as never as (x: Value, a: Value, b: Value) => Value, { argnums: [0, 1, 2] })(-1, 2, 3)).toEqual([
      0, 0, 0,
    ]);
    expect(grad(densities.lognormalLogPdf as never as (x: Value, a: Value, b: Value) => Value, { argnums: [0, 1, 2] })(-1, 2, 3)).toEqual([
      0, 0, 0,
    ]);
  });

  test("lists of other lengths are refused", () => {
    expect(() => densities.dirichletLogPdf([0.5, 0.5], [1])).toThrow(/^dirichletLogPdf: expected 2 numbers as alpha, got 1$/);
    expect(() => densities.multivariateNormalCholeskyLogPdf([1, 2], [1, 2], [[1]])).toThrow(
      /^multivariateNormalCholeskyLogPdf: expected a lower triangular matrix of 2 rows, got an array of 1$/,
    );
    const pair = matrix([[1, 0], [2, 3]]); // prettier-ignore
    expect(() => densities.multivariateNormalCholeskyLogPdf(Float64Array.of(1, 2, 3), [1, 2, 3], pair)).toThrow(
      /^multivariateNormalCholeskyLogPdf: expected a lower triangular matrix of 3 rows, got a Matrix$/,
    );
    expect(() => densities.multivariateNormalCholeskyLogPdf(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3), pair)).toThrow(
      /^multivariateNormalCholeskyLogPdf: expected 3 numbers as the diagonal of L, got 2$/,
    );
    expect(() => densities.multivariateNormalCholeskyLogPdf(pair, Float64Array.of(1, 2, 3), pair)).toThrow(
      /^multivariateNormalCholeskyLogPdf: expected 2 numbers as mu, got 3$/,
    );
    expect(() => densities.lkjCholeskyLogPdf(matrix([[1, 2]]), 1)).toThrow(
      /^lkjCholeskyLogPdf: expected a square matrix, got the shape \[1, 2\]$/,
    );
    expect(() => densities.lkjCholeskyLogPdf([[1], []], 1)).toThrow(/^lkjCholeskyLogPdf: expected 2 numbers or more in row 1, got 0$/);
    expect(() => densities.lkjCholeskyLogPdf(matrix([[[1]]]), 1)).toThrow(
      /^lkjCholeskyLogPdf: expected a matrix as L, got the shape \[1, 1, 1\]\. vmap/,
    );
    expect(() => densities.categoricalLogitLogPmf(0, 3 as never)).toThrow(
      /^categoricalLogitLogPmf: expected an array or a vector as logits, got 3$/,
    );
    expect(() => choleskyCorrelation([1, 2])).toThrow(/^choleskyCorrelation: expected n\(n − 1\) \/ 2 numbers as u, got 2$/);
  });
});

test("densities of vectors are those of arrays, and columns are points", () => {
  const { categoricalLogitLogPmf, dirichletLogPdf, multivariateNormalCholeskyLogPdf } = densities;
  expect(categoricalLogitLogPmf(1, Float64Array.of(1, 2, 3))).toBe(categoricalLogitLogPmf(1, [1, 2, 3]));
  expect(dirichletLogPdf(Float64Array.of(0.25, 0.75), Float64Array.of(1, 2))).toBe(dirichletLogPdf([0.25, 0.75], [1, 2]));
  const slope = grad((l: Value) => categoricalLogitLogPmf(1, l))(Float64Array.of(1, 2, 3));
  expect(slope).toEqual(Float64Array.from(grad((l: Value[]) => categoricalLogitLogPmf(1, l))([1, 2, 3])));
  const l = [[2], [-1, 0.5]];
  const at = multivariateNormalCholeskyLogPdf([Float64Array.of(1, 2, 3), Float64Array.of(0, 1, -1)], [0.5, 0.25], l);
  expect([...at]).toEqual([[1, 0], [2, 1], [3, -1]].map((x) => multivariateNormalCholeskyLogPdf(x, [0.5, 0.25], l))); // prettier-ignore
  const points = matrix([[1, 0], [2, 1], [3, -1]]); // prettier-ignore
  const factor = matrix([[2, 7], [-1, 0.5]]); // prettier-ignore
  const centres = matrix([[0.5, 0.25], [0.5, 0.25], [0.5, 0.25]]); // prettier-ignore
  for (const mu of [[0.5, 0.25], Float64Array.of(0.5, 0.25), centres])
    for (const chol of [l, factor]) expect([...multivariateNormalCholeskyLogPdf(points, mu, chol)]).toEqual([...at]);
  const spread = (a: Value): Value => sum(multivariateNormalCholeskyLogPdf(points, Float64Array.of(0.5, 0.25), cholesky(a)));
  expect(checkGradient(spread, [matrix([[4, -2], [-2, 1.25]])]).toString()).toMatch(/at worst$/); // prettier-ignore
  const classes = categoricalLogitLogPmf(Float64Array.of(0, 1), [Float64Array.of(1, 2), Float64Array.of(3, 4)]);
  expect([...classes]).toEqual([categoricalLogitLogPmf(0, [1, 3]), categoricalLogitLogPmf(1, [2, 4])]);
});

/** log |det| by elimination. */
function logDeterminant(rows: readonly (readonly number[])[]): number {
  const a = rows.map((row) => [...row]);
  let total = 0;
  for (let c = 0; c < a.length; c++) {
    const pivot = a.slice(c).reduce((best, _, i) => (Math.abs(a[c + i]![c]!) > Math.abs(a[best]![c]!) ? c + i : best), c);
    [a[c], a[pivot]] = [a[pivot]!, a[c]!];
    total += Math.log(Math.abs(a[c]![c]!));
    for (let r = c + 1; r < a.length; r++) for (let k = a.length - 1; k >= c; k--) a[r]![k]! -= (a[c]![k]! * a[r]![c]!) / a[c]![c]!;
  }
  return total;
}

describe("constraints", () => {
  type Constraint = (u: never) => readonly [unknown, unknown];
  /** Each with free numbers, what it gives of them that is free too, what holds of it, and its inverse. */
  const constraints: Readonly<Record<string, { readonly to: Constraint; readonly u: readonly (readonly number[])[]; readonly free: (x: never) => unknown; readonly holds: (x: never) => boolean; readonly back: (x: never) => unknown }>> = {
    positive: {
      to: ([u]: [Value]) => positive(u),
      u: [[0.3], [-20], [4]],
      free: (x: Value) => [x],
      holds: (x: number) => x > 0,
      back: (x: number) => [positive.inverse(x)],
    },
    interval: {
      to: ([u]: [Value]) => interval(u, -2, 3),
      u: [[0.3], [-20], [4]],
      free: (x: Value) => [x],
      holds: (x: number) => x > -2 && x < 3,
      back: (x: number) => [interval.inverse(x, -2, 3)],
    },
    ordered: {
      to: (u: Value[]) => ordered(u),
      u: [[0.3], [1, -2, 0.5, 3]],
      free: (x: Value[]) => x,
      holds: (x: number[]) => x.every((xi, i) => i === 0 || xi > x[i - 1]!),
      back: (x: number[]) => ordered.inverse(x),
    },
    simplex: {
      to: (u: Value[]) => simplex(u),
      u: [[0.3], [1, -2, 0.5, 3], [0, 0, 0]],
      free: (x: Value[]) => x.slice(0, -1),
      holds: (x: number[]) => x.every((xi) => xi > 0) && Math.abs(x.reduce((a, b) => a + b) - 1) < 1e-15,
      back: (x: number[]) => simplex.inverse(x),
    },
    choleskyCorrelation: {
      to: (u: Value[]) => choleskyCorrelation(u),
      u: [[0.3], [1, -2, 0.5], [0.1, 0.2, 0.3, -0.4, 0.5, -0.6]],
      free: (l: Value[][]) => l.flatMap((row, i) => row.slice(0, i)),
      holds: (l: number[][]) => l.every((row, i) => row[i]! > 0 && Math.abs(row.reduce((a, b) => a + b * b, 0) - 1) < 1e-15 && row.slice(i + 1).every((x) => x === 0)),
      back: (l: number[][]) => choleskyCorrelation.inverse(l),
    },
  }; // prettier-ignore

  test.each(Object.keys(constraints))("%s holds, goes back, and states its Jacobian", (name) => {
    const { to, u, free, holds, back } = constraints[name]!;
    for (const point of u) {
      const [x, logJacobian] = to(point as never);
      expect(holds(x as never), JSON.stringify(x)).toBe(true);
      flat(back(x as never)).forEach((ui, i) => expect(ui).toBeCloseTo(point[i]!, 7));
      const matrix = jacobian((v: Value[]) => free(to(v as never)[0] as never) as Value[])([...point]);
      expect(numberOf(logJacobian as Value)).toBeCloseTo(logDeterminant(matrix), 9);
    }
  });

  test("a correlation's factor of a vector is that of its lanes, and goes back to a vector", () => {
    for (const u of [[0.3], [1, -2, 0.5], [0.1, 0.2, 0.3, -0.4, 0.5, -0.6]]) {
      const [l, logJacobian] = choleskyCorrelation(Float64Array.from(u));
      const [rows, listed] = choleskyCorrelation(u);
      l.toArray().forEach((row, i) => row.forEach((x, k) => expect(x).toBeCloseTo(rows[i]![k]!, 14)));
      expect(logJacobian).toBeCloseTo(listed, 13);
      choleskyCorrelation.inverse(l).forEach((ui, i) => expect(ui).toBeCloseTo(u[i]!, 10));
      expect(choleskyCorrelation.inverse(l)).toBeInstanceOf(Float64Array);
    }
    expect(choleskyCorrelation(new Float64Array())[0].toArray()).toEqual([[1]]);
    expect(choleskyCorrelation.inverse(matrix([[1]]))).toEqual(new Float64Array());
    const round = (u: Value): Value => choleskyCorrelation.inverse(choleskyCorrelation(u)[0]);
    (jacobian(round)(Float64Array.of(0.1, -0.2, 0.3)) as Float64Array[]).forEach((row, i) =>
      row.forEach((x, k) => expect(x).toBeCloseTo(i === k ? 1 : 0, 12)),
    );
  });

  test("of columns, lane by lane", () => {
    const u = Float64Array.of(-1, 0, 2);
    const [x, j] = interval(u, 0, 5);
    expect([...x].map((xi, i) => [xi, j[i]])).toEqual([...u].map((ui) => interval(ui, 0, 5)));
    expect(positive(u)[1]).toEqual(u);
  });

  test("the density of a correlation integrates to 1 over the free number", () => {
    let total = 0;
    for (let u = -20; u <= 20; u += 0.01) {
      const [l, logJacobian] = choleskyCorrelation([u]);
      total += 0.01 * Math.exp(densities.lkjCholeskyLogPdf(l, 2.5) + logJacobian);
    }
    expect(total).toBeCloseTo(1, 10);
  });
});
