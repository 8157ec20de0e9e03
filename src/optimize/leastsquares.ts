/** Least squares for users: `leastSquares`. */
import { surplus } from "../data/operands.js";
import { type EngineChoice } from "../engines/index.js";
import { describe } from "../errors.js";
import { type Concrete, type Mirror } from "../trace/types.js";
import { covarianceOf } from "./covariance.js";
import { type FitReason, fitReasons, LevenbergMarquardt } from "./levenberg.js";
import { type Loss, Losses } from "./loss.js";
import { type Outcome } from "./minimize.js";
import { optionsFor } from "./options.js";
import { type Bounds, Parameters, project } from "./parameters.js";
import { type Iteration, Progress } from "./progress.js";
import { DenseModel, Residuals } from "./residuals.js";
import { SparseModel } from "./sparse.js";
import { zeros } from "./vectors.js";

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
class FitResult implements Fit<unknown> {
  readonly x: unknown;
  readonly value: number;
  readonly gradientNorm: number;
  readonly converged: boolean;
  readonly reason: string;
  readonly iterations: number;
  readonly evaluations: number;
  readonly jacobians: number;
  readonly history: Outcome<unknown>["history"];
  readonly residuals: Float64Array;
  readonly degreesOfFreedom: number;
  readonly residualStandardError: number;
  #covariance: Float64Array[] | undefined;
  readonly #parameters: Parameters;
  readonly #fit: LevenbergMarquardt;

  constructor(parameters: Parameters, fit: LevenbergMarquardt, progress: Progress, reason: FitReason) {
    const { counts } = fit.residuals;
    this.#parameters = parameters;
    this.#fit = fit;
    this.x = parameters.tree(fit.x);
    this.value = fit.value;
    this.gradientNorm = fit.gradientNorm;
    this.converged = reason === "gradient" || reason === "flat";
    this.reason = fitReasons[reason];
    this.iterations = progress.iteration;
    this.evaluations = counts.evaluations;
    this.jacobians = counts.jacobians;
    this.history = progress.history();
    this.residuals = fit.r.slice();
    this.degreesOfFreedom = fit.residuals.count - parameters.size;
    this.residualStandardError = Math.sqrt(fit.value / this.degreesOfFreedom);
  }

  get covariance(): Float64Array[] {
    return (this.#covariance ??= this.#found());
  }

  get standardErrors(): unknown {
    return this.#parameters.tree(Float64Array.from(this.covariance, (row, i) => Math.sqrt(row[i]!)));
  }

  #found(): Float64Array[] {
    const { model, free, x } = this.#fit;
    const variance = this.value / this.degreesOfFreedom;
    if (model instanceof DenseModel) {
      model.factor(free);
      return covarianceOf(model.qr, x.length, variance);
    }
    const lengths = model.lengths.map((length) => length || 1);
    return Array.from({ length: x.length }, (_, i) => {
      if (free[i] === 0) return zeros(x.length).fill(NaN);
      const [unit, row] = [zeros(x.length), zeros(x.length)];
      unit[i] = variance;
      (model as SparseModel).solve(row, unit, free, lengths);
      return row.map((value, k) => (free[k] === 0 ? NaN : value));
    });
  }
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
    engine,
  } = optionsFor("leastSquares", options);
  const parameters = new Parameters("leastSquares", x0);
  const start = parameters.start();
  const box = bounds && parameters.box(bounds);
  if (box) project(start, box);
  const compiled = new Residuals("leastSquares", residuals, x0, engine);
  const model = solver === "qr" ? new DenseModel(compiled, parameters.size) : new SparseModel(compiled, parameters);
  const fit = new LevenbergMarquardt(compiled, model, new Losses(loss, lossScale), start, box, tolerance);
  const progress = new Progress(() => parameters.tree(fit.x));
  for (;;) {
    progress.note(fit.value, fit.gradientNorm);
    const reason =
      progress.iteration > 0 && onIteration?.(progress as never) === false
        ? "callback"
        : progress.iteration >= maxIterations
          ? "iterations"
          : fit.iterate();
    if (reason !== undefined) return new FitResult(parameters, fit, progress, reason) as unknown as Fit<Mirror<A>>;
  }
}
