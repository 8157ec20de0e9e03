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
