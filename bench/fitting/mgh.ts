/** Moré, Garbow and Hillstrom's problems by every method: minima reached, and what was evaluated on the way. */
import { square, sum, type Value } from "wengert";
import { leastSquares, minimize } from "wengert/optimize";
import { isMinimum, problems } from "../../test/mgh.js";
import { type Bench, type Line, median } from "../bench.js";

interface Ran {
  readonly reached: boolean;
  readonly evaluations: number;
}

function lineOf(method: string, run: (i: number) => Ran): Line {
  const runs = problems.map((_, i) => run(i));
  const counts = runs.map(({ evaluations }) => evaluations);
  return {
    method,
    "minima reached": `${runs.filter(({ reached }) => reached).length} of ${runs.length}`,
    "median evaluations": median([...counts, ...(counts.length % 2 === 0 ? [Infinity] : [])]),
    "all evaluations": counts.reduce((x, y) => x + y),
  };
}

/** Evaluations of MINPACK's lmder1 from the standard starts, to a tolerance of 1e-8: the summary that MINPACK-1's test driver for it prints (Moré, Garbow and Hillstrom 1980; Fortran in double precision). */
const lmder1: Readonly<Record<string, number>> = {
  "1 Rosenbrock": 21,
  "2 Freudenstein and Roth": 14,
  "6 Jennrich and Sampson": 21,
  "7 helical valley": 11,
  "8 Bard": 6,
  "10 Meyer": 126,
  "12 Box three-dimensional": 7,
  "13 Powell singular": 500,
  "15 Kowalik and Osborne": 18,
  "16 Brown and Dennis": 254,
  "17 Osborne 1": 18,
  "19 Osborne 2": 16,
  "20 Watson, n = 6": 8,
  "20 Watson, n = 9": 8,
  "20 Watson, n = 12": 10,
  "27 Brown almost-linear": 14,
  "32 linear, full rank": 3,
  "33 linear, rank 1": 3,
  "34 linear, rank 1 with zero columns and rows": 3,
  "35 Chebyquad, n = 8": 39,
  "35 Chebyquad, n = 9": 12,
  "35 Chebyquad, n = 10": 25,
};

export const mghPublishedBench: Bench = {
  name: "minpack",
  title: "Evaluations beside those that MINPACK's driver prints, from the standard starts",
  run: () =>
    problems
      .filter(({ name }) => name in lmder1)
      .map(({ name, residuals, x0 }) => ({
        problem: name,
        leastSquares: leastSquares(residuals, [...x0]).evaluations,
        lmder1: lmder1[name]!,
      })),
};

export const mghBench: Bench = {
  name: "mgh",
  title: "The 35 problems of Moré, Garbow and Hillstrom, some at several sizes, from their standard starts",
  run: () => [
    lineOf("leastSquares", (i) => {
      const { value, evaluations } = leastSquares(problems[i]!.residuals, [...problems[i]!.x0]);
      return { reached: isMinimum(value, problems[i]!), evaluations };
    }),
    ...(["lbfgs", "lbfgsb", "newton-cg"] as const).map((method) =>
      lineOf(`minimize, ${method}`, (i) => {
        const f = (x: Value[]): Value => sum(problems[i]!.residuals(x).map((r) => square(r)));
        const { value, evaluations } = minimize(f, [...problems[i]!.x0], { method, tolerance: 1e-13, maxIterations: 20_000 });
        return { reached: isMinimum(value, problems[i]!), evaluations };
      }),
    ),
  ],
};
