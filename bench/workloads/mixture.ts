/** The log-likelihood of a Gaussian mixture (GradBench's gmm), d = 2, k = 5, n = 1,000, unrolled into scalars: exp, log and max over few operands. */
import { add, compile, dot, exp, lgamma, logSumExp, mul, square, sub, sum, trace, type Value, valueAndGrad } from "wengert";
import { normalSource } from "./random.js";
import { type Workload } from "./workload.js";

const [d, k, n] = [2, 5, 1000];
const [m, gamma] = [0, 1];

/** Weights, means, and the precisions' factors: the logarithms of their diagonals and what is below, column by column. */
interface Parameters<T> {
  readonly alpha: readonly T[];
  readonly mu: readonly (readonly T[])[];
  readonly q: readonly (readonly T[])[];
  readonly l: readonly (readonly T[])[];
}

const normal = normalSource(2);
const numbers = (count: number): number[] => Array.from({ length: count }, normal);
const points = Array.from({ length: n }, () => numbers(d));
const start: Parameters<number> = {
  alpha: numbers(k),
  mu: Array.from({ length: k }, () => numbers(d)),
  q: Array.from({ length: k }, () => numbers(d)),
  l: Array.from({ length: k }, () => numbers((d * (d - 1)) / 2)),
};

/** Row i of the lower triangular factor with the given diagonal, times x. */
function timesFactor(i: number, diagonal: readonly Value[], below: readonly Value[], x: readonly Value[]): Value {
  const terms = x.slice(0, i).map((xj, j) => mul(below[j * d - (j * (j + 1)) / 2 + (i - j - 1)]!, xj));
  return sum([mul(diagonal[i]!, x[i]!), ...terms]);
}

/** log Γ_d(a), the multivariate gamma function. */
const logGamma = (a: number): number =>
  ((d * (d - 1)) / 4) * Math.log(Math.PI) + sum(Array.from({ length: d }, (_, j) => lgamma(a - j / 2)));

/** The log of the Wishart prior of the factors. */
function logPrior(diagonals: readonly (readonly Value[])[], sums: readonly Value[], { l }: Parameters<Value>): Value {
  const freedom = d + m + 1;
  const constant = freedom * d * (Math.log(gamma) - 0.5 * Math.log(2)) - logGamma(freedom / 2);
  const penalties = diagonals.map((diagonal, j) => {
    const squares = sum([...diagonal, ...l[j]!].map((x) => square(x)));
    return sub(mul(0.5 * gamma * gamma, squares), mul(m, sums[j]!));
  });
  return sub(k * constant, sum(penalties));
}

/** The log-likelihood of the points under the mixture, with the prior. */
function logLikelihood(parameters: Parameters<Value>): Value {
  const { alpha, mu, q, l } = parameters;
  const diagonals = q.map((row) => row.map((x) => exp(x)));
  const sums = q.map((row) => sum(row));
  const offsets = alpha.map((x, j) => add(x, sums[j]!));
  const likelihoods = points.map((point) => {
    const terms = offsets.map((offset, j) => {
      const centred = point.map((x, i) => sub(x, mu[j]![i]!));
      const scaled = centred.map((_, i) => timesFactor(i, diagonals[j]!, l[j]!, centred));
      return sub(offset, mul(0.5, dot(scaled, scaled)));
    });
    return logSumExp(terms);
  });
  const constant = -n * d * 0.5 * Math.log(2 * Math.PI);
  return sum([sum(likelihoods), add(constant, mul(-n, logSumExp(alpha))), logPrior(diagonals, sums, parameters)]);
}

export const mixture: Workload = {
  name: "mixture",
  about: "mixture d = 2, k = 5, n = 1000, unrolled",
  trace: () => trace(logLikelihood, [start]),
  gradient: (engine) => compile(valueAndGrad(logLikelihood), [start], { engine }),
};
