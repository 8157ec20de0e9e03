/** The Earth's temperature by year as a Gaussian process: what is near in time is alike. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { add, cholesky, div, exp, log, matmul, matrix, mul, square, sub, sum, take, transpose, triangularSolve, reshape, type Matrix, type Value } from "wengert"; // prettier-ignore
import { minimize, type Minimum } from "wengert/optimize";

/** Anomalies in °C, less their mean, by year. */
interface Temperatures {
  readonly years: Float64Array;
  readonly degrees: Float64Array;
  readonly mean: number;
}

/** Logarithms of the deviation and the length in years of what is smooth, and of the deviation of what is not. */
interface Parameters<T> {
  readonly scale: T;
  readonly length: T;
  readonly noise: T;
}

/** The data set that the vega-datasets package ships. */
export function readTemperatures(): Temperatures {
  const text = readFileSync(createRequire(import.meta.url).resolve("vega-datasets/data/global-temp.csv"), "utf8");
  const rows = text.trim().split("\n").slice(1).map((line) => line.split(",").map(Number)); // prettier-ignore
  const mean = rows.reduce((total, [, t]) => total + t!, 0) / rows.length;
  return { years: Float64Array.from(rows, ([year]) => year!), degrees: Float64Array.from(rows, ([, t]) => t! - mean), mean };
}

/** The matrix of what a function makes of two years. */
const between = (x: Float64Array, y: Float64Array, of: (x: number, y: number) => number): Matrix =>
  matrix(
    Float64Array.from({ length: x.length * y.length }, (_, i) => of(x[Math.floor(i / y.length)]!, y[i % y.length]!)),
    [x.length, y.length],
  );

/** Covariances of what is smooth. */
const smooth = (p: Parameters<Value>, x: Float64Array, y: Float64Array): Value => {
  const apart = between(x, y, (a, b) => (a - b) ** 2);
  return mul(exp(mul(2, p.scale)), exp(div(apart, mul(-2, exp(mul(2, p.length))))));
};

/** The factor of the covariances of what was measured. */
const factor = (p: Parameters<Value>, years: Float64Array): Value =>
  cholesky(
    add(
      smooth(p, years, years),
      mul(
        exp(mul(2, p.noise)),
        between(years, years, (a, b) => Number(a === b)),
      ),
    ),
  );

/** The diagonal of a square matrix. */
const diagonal = (l: Value): Value => {
  const n = l.length!;
  return take(
    reshape(l, [-1]),
    Int32Array.from({ length: n }, (_, i) => i * (n + 1)),
  );
};

/** Minus the log likelihood of the parameters, up to a constant. */
export const loss =
  ({ years, degrees }: Temperatures) =>
  (p: Parameters<Value>): Value => {
    const l = factor(p, years);
    return add(mul(0.5, sum(square(triangularSolve(l, degrees)))), sum(log(diagonal(l))));
  };

/** The parameters of greatest likelihood. */
export const fitted = (data: Temperatures): Minimum<Parameters<number>> => minimize(loss(data), { scale: -1, length: 2, noise: -2 });

/** Mean and variance of what is smooth in other years, given what was measured. */
export const predicted =
  ({ years, degrees }: Temperatures, at: Float64Array) =>
  (p: Parameters<Value>): { mean: Value; variance: Value } => {
    const l = factor(p, years);
    const across = triangularSolve(l, smooth(p, years, at));
    const mean = matmul(transpose(across), triangularSolve(l, degrees));
    return { mean, variance: sub(exp(mul(2, p.scale)), sum(square(across), { axis: 0 })) };
  };
