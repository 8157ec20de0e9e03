/** Roots of systems of equations for users: `root`. */
import { surplus } from "../data/operands.js";
import { type EngineChoice } from "../engines/index.js";
import { describe } from "../errors.js";
import { type Concrete, type Mirror } from "../trace/types.js";
import { LevenbergMarquardt } from "./levenberg.js";
import { Losses } from "./loss.js";
import { optionsFor } from "./options.js";
import { Parameters } from "./parameters.js";
import { type Iteration, type Outcome, outcomeOf, Progress } from "./progress.js";
import { checkResiduals, DenseModel, Residuals } from "./residuals.js";

/** Options of `root`. */
export interface RootOptions<T = unknown> {
  /** The search is over where Newton's step is not longer than this part of x, both in the units of the Jacobian's columns; 1e-12 by default. */
  readonly tolerance?: number;
  /** 1000 by default. */
  readonly maxIterations?: number;
  /** Is told of every iteration; the search stops where it returns false. */
  readonly onIteration?: (iteration: Iteration<T>) => unknown;
  /** Whether the Jacobian is first compared with differences at x0, by `checkGradient`, whose report is thrown where it is wrong. */
  readonly check?: boolean;
  readonly engine?: EngineChoice;
}

/** What `root` found. Its `value` is the sum of the residuals' squares. */
export interface Root<T> extends Outcome<T> {
  /** How often the Jacobian was evaluated. */
  readonly jacobians: number;
  /** What the equations leave at x, in order. */
  readonly residuals: Float64Array;
}

const reasons = {
  root: "the equations hold exactly",
  step: "Newton's step is within the tolerance",
  flat: "the residuals fall no further in double precision",
  minimum: "the residuals' squares have a least sum here that is not 0: start elsewhere",
  stuck: "no step lowers the residuals",
  iterations: "the most iterations were made",
  callback: "onIteration returned false",
} as const;

/**
 * Finds where as many equations as unknowns hold: x such that every number of f(x) is 0, from x0; both are trees. `root((x) => sub(cos(x), x), 1).x` is 0.739….
 * By Newton's method in a trust region, with exact Jacobians, scaling and steps by Moré (1978). Where residuals are not finite on the way, steps are shortened.
 * @throws TypeError where x0 or what f returns are no trees of numbers, RangeError where they hold different counts of them or are not finite at x0.
 */
export function root<P, A extends Concrete<P>>(
  f: (x: P) => unknown,
  x0: A,
  options?: RootOptions<Mirror<A>>,
  ...more: unknown[]
): Root<Mirror<A>> {
  if (more.length > 0) surplus("root", [f, x0, options], more, "argument");
  if (typeof f !== "function") throw new TypeError(`root: expected a function, got ${describe(f)}`);
  const { tolerance = 1e-12, maxIterations = 1000, onIteration, check = false, engine } = optionsFor("root", options);
  const parameters = new Parameters("root", x0);
  const start = parameters.start();
  if (check) checkResiduals(f, x0);
  const residuals = new Residuals("root", f, x0, engine);
  if (residuals.count !== parameters.size)
    throw new RangeError(
      `root: expected as many equations as unknowns, got ${residuals.count} for ${parameters.size}. leastSquares takes any number`,
    );
  const search = new LevenbergMarquardt(
    residuals,
    new DenseModel(residuals, parameters.size),
    new Losses("linear", 1),
    start,
    undefined,
    0,
  );
  const progress = new Progress(() => parameters.tree(search.x));
  const { aimed } = search;
  let reason: keyof typeof reasons | undefined;
  for (;;) {
    progress.value = search.value;
    progress.gradientNorm = search.gradientNorm;
    progress.note();
    const { value } = search;
    if (value === 0) reason = "root";
    else if (progress.iteration > 0 && onIteration?.(progress as never) === false) reason = "callback";
    else if (progress.iteration >= maxIterations) reason = "iterations";
    if (reason !== undefined) break;
    const stop = search.iterate();
    const isNewton = aimed.predicted >= 0.5 * value; // the model has a root at the end of the step
    if (stop === undefined) {
      if (!(isNewton && aimed.length <= tolerance * search.length)) continue;
      progress.value = search.value;
      progress.gradientNorm = search.gradientNorm;
      progress.note();
      reason = search.value === 0 ? "root" : "step";
    } else reason = isNewton && aimed.length <= 1e-8 * search.length ? "flat" : stop === "stuck" ? "stuck" : "minimum";
    break;
  }
  const converged = reason === "root" || reason === "step" || reason === "flat";
  const { counts } = residuals;
  return { ...outcomeOf(progress, converged, reasons[reason], counts), jacobians: counts.jacobians, residuals: search.r.slice() };
}
