/** The eight schools of Rubin (1981): effects of coaching, each measured with an error of known size, as draws of one distribution. */
import { add, log, mul, sum, type Value, vector } from "wengert";
import { cauchyLogPdf, normalLogPdf, positive } from "wengert/densities";

export const effects = Float64Array.of(28, 8, -3, 7, -1, 1, 18, 12);
export const errors = Float64Array.of(15, 10, 16, 11, 9, 11, 10, 18);

/** The parameters of free numbers: the mean, the spread, and each school's effect by its distance from the mean in spreads, which has no funnel. */
export function parametersOf([mu, u, ...z]: readonly number[]): { mu: number; tau: number; theta: number[] } {
  const [tau] = positive(u!);
  return { mu: mu!, tau, theta: z.map((zi) => mu! + tau * zi) };
}

/** The log density of the free numbers: mu is normal(0, 5) and tau half-Cauchy(5) before anything is seen. */
export function logDensity([mu, u, ...z]: Value[]): Value {
  const [tau, logJacobian] = positive(u!);
  const distances = vector(z);
  const theta = add(mu!, mul(tau, distances));
  const prior = add(normalLogPdf(mu!, 0, 5), add(add(cauchyLogPdf(tau, 0, 5), log(2)), logJacobian));
  return add(prior, add(sum(normalLogPdf(distances, 0, 1)), sum(normalLogPdf(effects, theta, errors))));
}

/** Means after what was seen, as posteriordb publishes them for this model (eight_schools-eight_schools_noncentered). */
export const published = { mu: 4.4, tau: 3.6, theta: [6.2, 4.9, 3.9, 4.8, 3.6, 4.0, 6.3, 4.9] };
