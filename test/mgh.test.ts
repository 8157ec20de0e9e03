/** Moré, Garbow and Hillstrom's problems: every one ends in a minimum that the paper lists, by least squares and by minimisers of the sum. */
import { describe, expect, test } from "vitest";
import { square, sum, type Value } from "wengert";
import { leastSquares, minimize } from "wengert/optimize";
import { isMinimum, problems } from "./mgh.js";

test("there are 35", () => expect(new Set(problems.map(({ name }) => name.split(" ")[0])).size).toBe(35));

/** What minimisers of the sum, whose Hessian has the square of the residuals' condition, do not get all the way down: how far above the least sum they end at most. */
const above: Readonly<Record<string, number>> = { "3 Powell badly scaled": 1e-6, "10 Meyer": 1e4, "20 Watson, n = 12": 2e-8 };

describe.each(problems)("$name", (problem) => {
  test("by least squares", () => {
    const fit = leastSquares(problem.residuals, [...problem.x0]);
    expect(isMinimum(fit.value, problem), `${fit.value}: ${fit.reason}`).toBe(true);
  });
  test.each(["lbfgs", "lbfgsb", "newton-cg"] as const)("by %s", (method) => {
    const f = (x: Value[]): Value => sum(problem.residuals(x).map((r) => square(r)));
    const found = minimize(f, [...problem.x0], { method, tolerance: 1e-13, maxIterations: 20_000 });
    const isNear = found.value - problem.minima[0]! <= (above[problem.name] ?? 0);
    expect(isNear || isMinimum(found.value, problem), `${found.value}: ${found.reason} after ${found.iterations}`).toBe(true);
  });
});
