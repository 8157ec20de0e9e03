/** Least squares for users: `leastSquares`. */
import { surplus } from "../data/operands.js";
import { type EngineChoice } from "../engines/index.js";
import { describe } from "../errors.js";
import { type Concrete, type Mirror } from "../trace/types.js";
import { covarianceOf } from "./covariance.js";
import { type FitReason, fitReasons, LevenbergMarquardt } from "./levenberg.js";
import { type Loss, Losses } from "./loss.js";
import { optionsFor } from "./options.js";
import { type Bounds, Parameters, project } from "./parameters.js";
import { type Iteration, type Outcome, outcomeOf, Progress } from "./progress.js";
import { checkResiduals, DenseModel, Residuals } from "./residuals.js";
import { SparseModel } from "./sparse.js";

/** Options of `leastSquares`. */
export interface LeastSquaresOptions<T = unknown> {
  readonly bounds?: Bounds<T>;
  /** How a residual r counts, by z = (r / lossScale)²: "linear", the default, z; "huber" z up to 1, then 2√z − 1; "softL1" 2√(1 + z) − 2; "cauchy" log(1 + z); "arctan" atan z; each times lossScale². */
  readonly loss?: Loss;
  /** The size of residuals from which they count less; 1 by default. */
  readonly lossScale?: number;
  /** "qr", the default, has all numbers of the Jacobian; "cg" those that the graph does not know to be 0, for thousands of parameters of which each residual depends on a few. */
  readonly solver?: "qr" | "cg";
  /** The fit is over where the cosine of the angle between the residuals and any column of the Jacobian is at most this; 1e-12 by default, and in any case where rounding hides what is gained. */
  readonly tolerance?: number;
  /** 1000 by default. */
  readonly maxIterations?: number;
  /** Is told of every iteration; the fit stops where it returns false. */
  readonly onIteration?: (iteration: Iteration<T>) => unknown;
  /** Whether the Jacobian is first compared with differences at x0, by `checkGradient`, whose report is thrown where it is wrong. */
  readonly check?: boolean;
  readonly engine?: EngineChoice;
}

/** What `leastSquares` found. Its `value` is the sum of the squares, or of the losses. */
export interface Fit<T> extends Outcome<T> {
  /** How often the Jacobian was evaluated. */
  readonly jacobians: number;
  /** The residuals, in order. */
  readonly residuals: Float64Array;
  /** How many residuals there are beyond the parameters. */
  readonly degreesOfFreedom: number;
  /** √(value / degreesOfFreedom) */
  readonly residualStandardError: number;
  /** value / degreesOfFreedom times (JᵀJ)⁻¹ at the solution, an array of its rows in the order of the parameters' numbers; made when it is asked for. NaN for parameters at a bound, and where the residuals do not determine the parameters. */
  readonly covariance: Float64Array[];
  /** The roots of the covariance's diagonal, in the structure of x0. */
  readonly standardErrors: T;
}

/** A fit's results; what takes long is made when it is asked for. */
function fitOf(parameters: Parameters, fit: LevenbergMarquardt, progress: Progress, reason: FitReason): Fit<unknown> {
  const { model, free, residuals, value, r } = fit;
  const degreesOfFreedom = residuals.count - parameters.size;
  const variance = value / degreesOfFreedom;
  const rows = (): Float64Array[] => {
    if (model instanceof SparseModel) return Array.from(free, (_, i) => model.covariance(i, free, variance));
    model.factor(free);
    return covarianceOf(model.qr, free.length, variance);
  };
  let covariance: Float64Array[] | undefined;
  return {
    ...outcomeOf(progress, reason === "gradient" || reason === "flat", fitReasons[reason], residuals.counts),
    jacobians: residuals.counts.jacobians,
    residuals: r.slice(),
    degreesOfFreedom,
    residualStandardError: Math.sqrt(variance),
    get covariance() {
      return (covariance ??= rows());
    },
    get standardErrors() {
      return parameters.tree(Float64Array.from(this.covariance, (row, i) => Math.sqrt(row[i]!)));
    },
  };
}

/**
 * Finds the parameters, from x0, for which a sum of squares is least: `leastSquares((b) => sub(y, model(b)), b0)`, where the function gives the residuals, a tree of numbers, of parameters that are a tree too.
 * By Levenberg and Marquardt's method in a trust region with scaling by Moré (1978), exact Jacobians and QR, or conjugate gradients where `solver` is "cg"; within bounds, steps are of what is free, and projected.
 * Other losses are weighted anew at every step. Where residuals are not finite on the way, steps are shortened.
 * @throws TypeError where x0 or the residuals are no trees of numbers, RangeError where they are not finite at x0, or an option has a value that it cannot have.
 */
export function leastSquares<P, A extends Concrete<P>>(
  residuals: (x: P) => unknown,
  x0: A,
  options?: LeastSquaresOptions<Mirror<A>>,
  ...more: unknown[]
): Fit<Mirror<A>> {
  if (more.length > 0) surplus("leastSquares", [residuals, x0, options], more, "argument");
  if (typeof residuals !== "function") throw new TypeError(`leastSquares: expected a function, got ${describe(residuals)}`);
  const {
    bounds,
    loss = "linear",
    lossScale = 1,
    solver = "qr",
    tolerance = 1e-12,
    maxIterations = 1000,
    onIteration,
    check = false,
    engine,
  } = optionsFor("leastSquares", options);
  const parameters = new Parameters("leastSquares", x0);
  const start = parameters.start();
  const box = bounds && parameters.box(bounds);
  if (box) project(start, box);
  if (check) checkResiduals(residuals, parameters.tree(start));
  const compiled = new Residuals("leastSquares", residuals, x0, engine);
  const model = solver === "qr" ? new DenseModel(compiled, parameters.size) : new SparseModel(compiled, parameters);
  const fit = new LevenbergMarquardt(compiled, model, new Losses(loss, lossScale), start, box, tolerance);
  const progress = new Progress(() => parameters.tree(fit.x));
  for (;;) {
    progress.value = fit.value;
    progress.gradientNorm = fit.gradientNorm;
    progress.note();
    const reason =
      progress.iteration > 0 && onIteration?.(progress as never) === false
        ? "callback"
        : progress.iteration >= maxIterations
          ? "iterations"
          : fit.iterate();
    if (reason !== undefined) return fitOf(parameters, fit, progress, reason) as Fit<Mirror<A>>;
  }
}
