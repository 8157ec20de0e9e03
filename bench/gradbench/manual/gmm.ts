/** The Gaussian mixture's log-posterior and its gradient by hand. */
import { type Mixture, type Parameters } from "../modules/gmm.js";
import { primal as logSumExp } from "./lse.js";

/** The logarithm of the gamma function at halves of whole numbers from 1. */
function logGammaOfHalf(twice: number): number {
  let total = twice % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let a = twice / 2 - 1; a > 0; a--) total += Math.log(a);
  return total;
}

/** What does not depend on the parameters. */
function constantOf({ d, k, n, m, gamma }: Mixture): number {
  const freedom = d + m + 1;
  let logGamma = ((d * (d - 1)) / 4) * Math.log(Math.PI);
  for (let j = 0; j < d; j++) logGamma += logGammaOfHalf(freedom - j);
  return k * (freedom * d * (Math.log(gamma) - 0.5 * Math.log(2)) - logGamma) - 0.5 * n * d * Math.log(2 * Math.PI);
}

const totalOf = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
};

/** Row-major lower triangular factors, one a component. */
function factorsOf({ d, q, l }: Mixture): Float64Array[] {
  return q.map((logarithms, c) => {
    const factor = new Float64Array(d * d);
    let next = 0;
    for (let j = 0; j < d; j++) {
      factor[j * d + j] = Math.exp(logarithms[j]!);
      for (let i = j + 1; i < d; i++) factor[i * d + j] = l[c]![next++]!;
    }
    return factor;
  });
}

/** The components' terms at one point; leaves the centred point and its image by the factor of component c in `centred` and `images` from c·d on. */
function termsAt(
  mixture: Mixture,
  factors: readonly Float64Array[],
  x: readonly number[],
  centred: Float64Array,
  images: Float64Array,
): number[] {
  const { d, alpha, mu, q } = mixture;
  return alpha.map((weight, c) => {
    const [factor, mean, at] = [factors[c]!, mu[c]!, c * d];
    let squares = 0;
    for (let i = 0; i < d; i++) {
      centred[at + i] = x[i]! - mean[i]!;
      let image = 0;
      for (let j = 0; j <= i; j++) image += factor[i * d + j]! * centred[at + j]!;
      images[at + i] = image;
      squares += image * image;
    }
    return weight + totalOf(q[c]!) - 0.5 * squares;
  });
}

/** The log-posterior; `visit` is handed the share of each component in each point, with the point centred and its image from `at` on. */
function posterior(
  mixture: Mixture,
  factors: readonly Float64Array[],
  visit: (component: number, share: number, centred: Float64Array, images: Float64Array, at: number) => void,
): number {
  const { d, k, n, x, m, gamma, alpha, q, l } = mixture;
  const [centred, images] = [new Float64Array(k * d), new Float64Array(k * d)];
  let total = constantOf(mixture) - n * logSumExp({ x: alpha });
  for (const point of x) {
    const terms = termsAt(mixture, factors, point, centred, images);
    const whole = logSumExp({ x: terms });
    total += whole;
    for (let c = 0; c < k; c++) visit(c, Math.exp(terms[c]! - whole), centred, images, c * d);
  }
  for (let c = 0; c < k; c++) {
    const squares = totalOf(q[c]!.map((value) => Math.exp(value) ** 2)) + totalOf(l[c]!.map((value) => value ** 2));
    total -= 0.5 * gamma * gamma * squares - m * totalOf(q[c]!);
  }
  return total;
}

export const objective = (mixture: Mixture): number => posterior(mixture, factorsOf(mixture), () => undefined);

export function jacobian(mixture: Mixture): Parameters<number> {
  const { d, n, m, gamma, alpha, mu, q, l } = mixture;
  const factors = factorsOf(mixture);
  const whole = logSumExp({ x: alpha });
  const shares = new Float64Array(alpha.length);
  const means = mu.map(() => new Float64Array(d));
  const slopes = factors.map((factor) => new Float64Array(factor.length));
  posterior(mixture, factors, (c, share, centred, images, at) => {
    const [factor, mean, slope] = [factors[c]!, means[c]!, slopes[c]!];
    shares[c]! += share;
    for (let i = 0; i < d; i++) {
      const pull = share * images[at + i]!;
      for (let j = 0; j <= i; j++) {
        slope[i * d + j]! -= pull * centred[at + j]!;
        mean[j]! += pull * factor[i * d + j]!;
      }
    }
  });
  return {
    alpha: alpha.map((weight, c) => shares[c]! - n * Math.exp(weight - whole)),
    mu: means.map((mean) => [...mean]),
    q: q.map((row, c) => row.map((value, i) => shares[c]! + Math.exp(value) * slopes[c]![i * d + i]! - (gamma * Math.exp(value)) ** 2 + m)),
    l: l.map((row, c) => {
      const below: number[] = [];
      for (let j = 0; j < d; j++) for (let i = j + 1; i < d; i++) below.push(slopes[c]![i * d + j]!);
      return row.map((value, e) => below[e]! - gamma * gamma * value);
    }),
  };
}
