/** The log-likelihood of a Gaussian mixture with a Wishart prior (GradBench's gmm), k = 5, n = 1,000, points as columns. */
import { add, columns, dot, exp, lgamma, logSumExp, mul, square, sub, sum, type Value, valueAndGrad } from "wengert";
import { normalSource } from "../random.js";
import { numbersOf } from "../workload.js";
import { type Aims, type ColumnsWorkload, compiled } from "./workload.js";

const [n, k] = [1000, 5];

/** Weights, means, and the precisions' factors: the logarithms of their diagonals and what is below, column by column. */
interface Parameters<T> {
  readonly alpha: readonly T[];
  readonly mu: readonly (readonly T[])[];
  readonly q: readonly (readonly T[])[];
  readonly l: readonly (readonly T[])[];
}

/** What does not depend on the parameters: of the normal densities, and of the prior with m = 0 and γ = 1. */
function constantOf(d: number): number {
  const freedom = d + 1;
  const terms = Array.from({ length: d }, (_, j) => lgamma((freedom - j) / 2));
  const logGamma = ((d * (d - 1)) / 4) * Math.log(Math.PI) + sum(terms);
  return -n * d * 0.5 * Math.log(2 * Math.PI) - k * (freedom * d * 0.5 * Math.LN2 + logGamma);
}

/** The lower triangular factor with the given diagonal, times x. */
function timesFactor(diagonal: readonly Value[], below: readonly Value[], x: readonly Value[]): Value[] {
  const d = x.length;
  const element = (i: number, j: number): Value => (i === j ? diagonal[i]! : below[j * d - (j * (j + 1)) / 2 + (i - j - 1)]!);
  return x.map((_, i) => sum(x.slice(0, i + 1).map((xj, j) => mul(element(i, j), xj))));
}

function logLikelihood({ alpha, mu, q, l }: Parameters<Value>, x: readonly Value[]): Value {
  const diagonals = q.map((row) => row.map((value) => exp(value)));
  const terms = alpha.map((weight, j) => {
    const centred = x.map((column, i) => sub(column, mu[j]![i]!));
    const scaled = timesFactor(diagonals[j]!, l[j]!, centred);
    return sub(add(weight, sum(q[j]!)), mul(0.5, dot(scaled, scaled)));
  });
  const squares = sum([...diagonals, ...l].flatMap((row) => row.map((value) => square(value))));
  return sum([sum(logSumExp(terms)), mul(-n, logSumExp(alpha)), mul(-0.5, squares), constantOf(x.length)]);
}

const mixture = (d: number, aims: Aims): ColumnsWorkload => ({
  name: `columns-mixture-${d}`,
  about: `mixture d = ${d}, k = ${k}, n = ${n}`,
  aims,
  prepare() {
    const normal = normalSource(2);
    const numbers = (count: number, scale = 1): number[] => Array.from({ length: count }, () => scale * normal());
    const each = (count: number): number[][] => Array.from({ length: k }, () => numbers(count, 0.5));
    const rows = Array.from({ length: n }, () => numbers(d));
    const start: Parameters<number> = { alpha: numbers(k), mu: each(d), q: each(d), l: each((d * (d - 1)) / 2) };
    return {
      gradient: (engine) => compiled(valueAndGrad(logLikelihood), [start, columns(rows)], engine),
      native: {
        program: "mixture",
        sizes: [n, d, k],
        inputs: Float64Array.from([constantOf(d), ...numbersOf(start), ...rows.flat()]),
      },
    };
  },
});

export const mixture2 = mixture(2, { kernel: { timesC: 1.3 }, jit: { timesC: 0.9 } });
export const mixture10 = mixture(10, { kernel: { timesC: 2 }, jit: { timesC: 1.2 } });
