/** Log densities against those of @stdlib, at random points. */
import { expect, test } from "vitest";
import beta from "@stdlib/stats-base-dists-beta-logpdf";
import binomial from "@stdlib/stats-base-dists-binomial-logpmf";
import cauchy from "@stdlib/stats-base-dists-cauchy-logpdf";
import exponential from "@stdlib/stats-base-dists-exponential-logpdf";
import gamma from "@stdlib/stats-base-dists-gamma-logpdf";
import inverseGamma from "@stdlib/stats-base-dists-invgamma-logpdf";
import laplace from "@stdlib/stats-base-dists-laplace-logpdf";
import logistic from "@stdlib/stats-base-dists-logistic-logpdf";
import lognormal from "@stdlib/stats-base-dists-lognormal-logpdf";
import negativeBinomial from "@stdlib/stats-base-dists-negative-binomial-logpmf";
import normal from "@stdlib/stats-base-dists-normal-logpdf";
import poisson from "@stdlib/stats-base-dists-poisson-logpmf";
import t from "@stdlib/stats-base-dists-t-logpdf";
import uniform from "@stdlib/stats-base-dists-uniform-logpdf";
import weibull from "@stdlib/stats-base-dists-weibull-logpdf";
import * as densities from "wengert/densities";
import { randomSource } from "../src/data/random.js";

const random = randomSource(7);
const real = (): number => 8 * random() - 4;
const above = (): number => Math.exp(real());
const count = (): number => Math.floor(20 * random());
const share = (): number => random();

/** A density, that of @stdlib, and how points are drawn. */
const table: readonly (readonly [string, (...x: never[]) => number, (...x: never[]) => number, () => number[]])[] = [
  ["beta", densities.betaLogPdf, beta, () => [share(), above(), above()]],
  ["binomial", densities.binomialLogPmf, binomial, () => [count(), 19, share()]],
  ["cauchy", densities.cauchyLogPdf, cauchy, () => [real(), real(), above()]],
  ["exponential", densities.exponentialLogPdf, exponential, () => [real(), above()]],
  ["gamma", densities.gammaLogPdf, gamma, () => [above(), above(), above()]],
  ["inverse gamma", densities.inverseGammaLogPdf, inverseGamma, () => [above(), above(), above()]],
  ["laplace", densities.laplaceLogPdf, laplace, () => [real(), real(), above()]],
  ["logistic", densities.logisticLogPdf, logistic, () => [real(), real(), above()]],
  ["lognormal", densities.lognormalLogPdf, lognormal, () => [above(), real(), above()]],
  ["negative binomial", densities.negativeBinomialLogPmf, negativeBinomial, () => [count(), above(), share()]],
  ["normal", densities.normalLogPdf, normal, () => [real(), real(), above()]],
  ["poisson", densities.poissonLogPmf, poisson, () => [count(), above()]],
  ["Student's t", (x: number, nu: number) => densities.studentTLogPdf(x, nu, 0, 1), t, () => [real(), above()]],
  ["uniform", densities.uniformLogPdf, uniform, () => [real(), real(), 4 + above()]],
  ["weibull", densities.weibullLogPdf, weibull, () => [above(), above(), above()]],
];

test.each(table)("%s", (_, ours, theirs, draw) => {
  for (let k = 0; k < 200; k++) {
    const point = draw();
    const [came, wanted] = [ours(...(point as never[])), theirs(...(point as never[]))];
    if (Number.isFinite(wanted)) expect(Math.abs(came - wanted), JSON.stringify(point)).toBeLessThan(1e-9 * Math.max(1, Math.abs(wanted)));
    else expect(came, JSON.stringify(point)).toSatisfy((x: number) => x === wanted || x < -700); // theirs are logarithms of what underflows
  }
});
