/** The 27 nonlinear problems of NIST's reference datasets from both starts: certified parameters, standard errors and sums. */
import { describe, expect, test } from "vitest";
import { leastSquares } from "wengert/optimize";
import { datasets, digits, type ProblemName, residualsOf } from "./nist.js";

const fewest = (came: readonly number[], certified: readonly number[]): number =>
  Math.min(...certified.map((value, i) => digits(came[i]!, value)));

/** Lanczos1's residuals are 1e-13 of data that doubles hold to 4e-16: at the exact minimum of the data as they are held, the standard errors have 3.4 of the certified digits. */
const DIGITS: Partial<Record<ProblemName, number>> = { Lanczos1: 3 };

test("there are 27", () => expect(Object.keys(datasets)).toHaveLength(27));

describe.each(Object.keys(datasets) as ProblemName[])("%s", (name) => {
  const { starts, parameters, standardErrors, residualSumOfSquares, residualStandardDeviation, y } = datasets[name];
  test.each([0, 1])("from start %i", (k) => {
    const fit = leastSquares(residualsOf(name), [...starts[k]!]);
    const wanted = DIGITS[name] ?? 8;
    expect(fewest(fit.x, parameters)).toBeGreaterThanOrEqual(8);
    expect(fewest(fit.standardErrors, standardErrors)).toBeGreaterThanOrEqual(wanted);
    expect(digits(fit.residualStandardError, residualStandardDeviation)).toBeGreaterThanOrEqual(wanted);
    expect(digits(fit.value, residualSumOfSquares)).toBeGreaterThanOrEqual(name === "Lanczos1" ? 2.5 : wanted);
    expect(fit.degreesOfFreedom).toBe(y.length - parameters.length);
    if (name !== "Lanczos1") expect(fit.converged).toBe(true);
  });
});

test("by conjugate gradients, of well-scaled problems", () => {
  for (const name of ["Misra1a", "Chwirut2", "Gauss1", "DanWood", "Rat42"] as const) {
    const fit = leastSquares(residualsOf(name), [...datasets[name].starts[1]!], { solver: "cg" });
    expect(fewest(fit.x, datasets[name].parameters)).toBeGreaterThanOrEqual(8);
    expect(fewest(fit.standardErrors, datasets[name].standardErrors)).toBeGreaterThanOrEqual(8);
  }
});
