/** GradBench's gmm: the log-posterior of a Gaussian mixture with a Wishart prior. */
import { add, columns, compile, dot, exp, grad, lgamma, logSumExp, mul, square, sub, sum, type Value } from "wengert";
import { type Fields } from "../fields.js";
import { type Module } from "../module.js";

/** Weights, means, and the precisions' factors: the logarithms of their diagonals and what is below, column by column. */
export interface Parameters<T> {
  readonly alpha: readonly T[];
  readonly mu: readonly (readonly T[])[];
  readonly q: readonly (readonly T[])[];
  readonly l: readonly (readonly T[])[];
}

/** Points, the prior's parameters, and a mixture. */
export interface Mixture extends Parameters<number> {
  readonly d: number;
  readonly k: number;
  readonly n: number;
  readonly x: readonly (readonly number[])[];
  readonly m: number;
  readonly gamma: number;
}

function read(input: Fields): Mixture {
  const [d, k, n] = [input.whole("d", 1), input.whole("k", 1), input.whole("n", 1)];
  return {
    d,
    k,
    n,
    x: input.rows("x", n, d),
    m: input.number("m"),
    gamma: input.number("gamma"),
    alpha: input.numbers("alpha", k),
    mu: input.rows("mu", k, d),
    q: input.rows("q", k, d),
    l: input.rows("l", k, (d * (d - 1)) / 2),
  };
}

/** The logarithm of the multivariate gamma function. */
const logGamma = (d: number, a: number): number =>
  ((d * (d - 1)) / 4) * Math.log(Math.PI) + sum(Array.from({ length: d }, (_, j) => lgamma(a - j / 2)));

/** The lower triangular factor with the given diagonal, times x. */
function timesFactor(diagonal: readonly Value[], below: readonly Value[], x: readonly Value[]): Value[] {
  const d = x.length;
  const element = (i: number, j: number): Value => (i === j ? diagonal[i]! : below[j * d - (j * (j + 1)) / 2 + (i - j - 1)]!);
  return x.map((_, i) => sum(x.slice(0, i + 1).map((xj, j) => mul(element(i, j), xj))));
}

/** The log-posterior, for data of which the points come as columns. */
function logPosteriorOf({ d, k, n, m, gamma }: Mixture): (parameters: Parameters<Value>, x: readonly Value[]) => Value {
  const freedom = d + m + 1;
  const prior = freedom * d * (Math.log(gamma) - 0.5 * Math.log(2)) - logGamma(d, freedom / 2);
  const constant = k * prior - 0.5 * n * d * Math.log(2 * Math.PI);
  return ({ alpha, mu, q, l }, x) => {
    const diagonals = q.map((row) => row.map((value) => exp(value)));
    const sums = q.map((row) => sum(row));
    const terms = alpha.map((weight, j) => {
      const centred = x.map((column, i) => sub(column, mu[j]![i]!));
      const scaled = timesFactor(diagonals[j]!, l[j]!, centred);
      return sub(add(weight, sums[j]!), mul(0.5, dot(scaled, scaled)));
    });
    const squares = sum([...diagonals, ...l].flatMap((row) => row.map((value) => square(value))));
    const penalty = sub(mul(0.5 * gamma * gamma, squares), mul(m, sum(sums)));
    return sum([sum(logSumExp(terms)), mul(-n, logSumExp(alpha)), constant, mul(-1, penalty)]);
  };
}

export const gmm: Module = {
  objective(input, engine) {
    const mixture = read(input);
    const { x, alpha, mu, q, l } = mixture;
    const step = compile(logPosteriorOf(mixture), [{ alpha, mu, q, l }, columns(x)], { engine });
    return () => step({ alpha, mu, q, l }, columns(x));
  },
  jacobian(input, engine) {
    const mixture = read(input);
    const { x, alpha, mu, q, l } = mixture;
    const step = compile(grad(logPosteriorOf(mixture)), [{ alpha, mu, q, l }, columns(x)], { engine });
    return () => step({ alpha, mu, q, l }, columns(x));
  },
};
