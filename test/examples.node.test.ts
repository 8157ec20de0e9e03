/** The examples give what is known of their data. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { figure } from "../examples/carbon/plot.js";
import { fitted, readMeasurements } from "../examples/carbon/model.js";
import { randomSource } from "../examples/penguins/random.js";
import { sample } from "../examples/schools/hmc.js";
import { effects, errors, logDensity, parametersOf, published } from "../examples/schools/model.js";
import * as temperatures from "../examples/temperatures/model.js";
import { checkGradient, compile, inverse, logdet, matrix, numberOf, solve } from "wengert";

const root = fileURLToPath(new URL("..", import.meta.url));

test("carbon dioxide: the fit is linear least squares at its rate, and its standard errors are those of the normal equations", () => {
  const data = readMeasurements();
  const fit = fitted(data);
  expect(fit.converged).toBe(true);
  expect(fit.x.rate).toBeGreaterThan(0.01);
  expect(fit.x.base).toBeGreaterThan(240);
  expect(fit.x.base).toBeLessThan(290); // before industry it was about 280
  expect(fit.residualStandardError).toBeLessThan(1);
  // at the minimum the residuals are orthogonal to the waves and to a constant
  const turn = data.years.map((year) => 2 * Math.PI * (year % 1));
  for (const column of [turn.map(() => 1), turn.map(Math.cos), turn.map(Math.sin), turn.map((t) => Math.cos(2 * t))])
    expect(Math.abs(column.reduce((total, c, i) => total + c * fit.residuals[i]!, 0))).toBeLessThan(1e-7);
  // a sine's standard error, of nearly orthogonal columns, is s √(2 / n)
  expect(fit.standardErrors.year[1]! / (fit.residualStandardError * Math.sqrt(2 / data.ppm.length))).toBeCloseTo(1, 1);
  const svg = figure(data, data.ppm);
  expect(svg).toMatch(/^<svg .*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/s);
  expect(svg.match(/<circle /g)).toHaveLength(data.ppm.length);
  expect(svg).not.toContain("NaN");
});

test("temperatures: the process fits at a maximum of its likelihood, and predicts what the covariances say", () => {
  const data = temperatures.readTemperatures();
  const fit = temperatures.fitted(data);
  expect(fit.converged).toBe(true);
  checkGradient(temperatures.loss(data), [{ scale: -1, length: 2, noise: -2 }]).throwIfWrong();
  const p = [fit.x.scale, fit.x.length, fit.x.noise].map(Math.exp) as [number, number, number];
  const smooth = (x: number, y: number): number => p[0] ** 2 * Math.exp(-((x - y) ** 2) / (2 * p[1] ** 2));
  const covariance = matrix(Array.from(data.years, (x) => Array.from(data.years, (y) => smooth(x, y) + (x === y ? p[2] ** 2 : 0))));
  // the likelihood by LU factors
  const weights = solve(covariance, data.degrees);
  const quadratic = data.degrees.reduce((total, y, i) => total + y * weights[i]!, 0);
  expect(fit.value).toBeCloseTo(0.5 * (quadratic + logdet(covariance)), 8);
  const at = Float64Array.of(1900, 1999.5, 2040);
  const { mean, variance } = compile(temperatures.predicted(data, at), [fit.x])(fit.x) as { mean: Float64Array; variance: Float64Array };
  at.forEach((year, i) => {
    const across = data.years.map((x) => smooth(x, year));
    expect(mean[i]).toBeCloseTo(
      across.reduce((total, k, j) => total + k * weights[j]!, 0),
      9,
    );
    const known = solve(covariance, across);
    expect(variance[i]).toBeCloseTo(p[0] ** 2 - across.reduce((total, k, j) => total + k * known[j]!, 0), 9);
  });
  // left out one by one, years lie within two deviations nineteen times of twenty
  const inverted = inverse(covariance);
  const within = data.years.filter((_, i) => Math.abs(weights[i]! / inverted.at(i, i)) < 2 / Math.sqrt(inverted.at(i, i)));
  expect(within.length / data.years.length).toBeGreaterThan(0.9);
});

/** Means of mu and tau given what was seen: the schools' effects and mu integrated in closed form, tau by the midpoint rule of its logarithm. */
function exactMeans(): { mu: number; tau: number } {
  let [all, mu, tau] = [0, 0, 0];
  for (let u = -12; u < 9; u += 0.001) {
    const t = Math.exp(u);
    let [precision, pull, density] = [1 / 25, 0, u - Math.log1p((t / 5) ** 2)];
    effects.forEach((y, i) => {
      const variance = errors[i]! ** 2 + t * t;
      precision += 1 / variance;
      pull += y / variance;
      density -= 0.5 * (Math.log(variance) + (y * y) / variance);
    });
    const weight = Math.exp(density + (0.5 * pull * pull) / precision - 0.5 * Math.log(precision));
    all += weight;
    mu += (weight * pull) / precision;
    tau += weight * t;
  }
  return { mu: mu / all, tau: tau / all };
}

test("eight schools: the sampler has the exact means, which are the published ones", () => {
  const exact = exactMeans();
  expect(Math.abs(exact.mu - published.mu)).toBeLessThan(0.05);
  expect(Math.abs(exact.tau - published.tau)).toBeLessThan(0.05);
  checkGradient(logDensity, [[1, 0.5, 0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.7, -0.8]]).throwIfWrong();
  const { draws, acceptance } = sample(logDensity, new Array<number>(10).fill(0), { step: 0.25, steps: 12, warmup: 500, draws: 10_000, random: randomSource(3) }); // prettier-ignore
  expect(acceptance).toBeGreaterThan(0.8);
  const parameters = draws.map((draw) => parametersOf([...draw]));
  const mean = (of: (p: (typeof parameters)[0]) => number): number => parameters.reduce((total, p) => total + of(p), 0) / parameters.length;
  expect(Math.abs(mean((p) => p.mu) - exact.mu)).toBeLessThan(0.3);
  expect(Math.abs(mean((p) => p.tau) - exact.tau)).toBeLessThan(0.4);
  published.theta.forEach((theta, i) => expect(Math.abs(mean((p) => p.theta[i]!) - theta)).toBeLessThan(0.5));
  expect(numberOf(logDensity(new Array<number>(10).fill(0) as never))).toBeLessThan(0);
});

test.each(["carbon", "schools", "temperatures", "penguins"])(
  "%s runs",
  (name) => {
    const output = execFileSync(process.execPath, ["--import", "tsx", `examples/${name}.ts`], { cwd: root }).toString();
    expect(output.split("\n").length).toBeGreaterThan(8);
    expect(output).not.toMatch(/NaN|undefined/);
  },
  60_000,
);

test("service: under load every request gets its answer, a thread is killed meanwhile, and none is lost", () => {
  // threads run what is built, so all of it does
  const output = execFileSync(process.execPath, ["--import", "tsx", "examples/service.ts", "4", "20"], {
    cwd: root,
    env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.build.json" },
  }).toString();
  expect(output).toContain("wrong: 0, broken: 0\n");
  for (const kind of ["one point", "four points", "another structure", "no JSON", "too many points", "too large"])
    expect(Number(new RegExp(`${kind} (\\d+)`).exec(output)?.[1]), kind).toBeGreaterThan(5);
  expect(Number(/(\d+) threads killed/.exec(output)?.[1])).toBeGreaterThan(0);
}, 60_000);
