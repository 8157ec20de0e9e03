/** Minimisation for users: `minimize` and `minimizeAsync`. */
import { checkGradient } from "../checks/check.js";
import { surplus } from "../data/operands.js";
import { type EngineChoice } from "../engines/index.js";
import { describe } from "../errors.js";
import { type AnyFunction } from "../trace/program.js";
import { type Concrete, type Mirror } from "../trace/types.js";
import { type Value } from "../trace/value.js";
import { Adam, GradientSteps, SteepestDescent } from "./descent.js";
import { Lbfgs } from "./lbfgs.js";
import { Lbfgsb } from "./lbfgsb.js";
import { Point } from "./linesearch.js";
import { type Method, type Reason, reasons } from "./method.js";
import { NewtonCg } from "./newton.js";
import { Objective } from "./objective.js";
import { optionsFor } from "./options.js";
import { type Bounds, type Box, Parameters, project } from "./parameters.js";
import { type Iteration, type Outcome, outcomeOf, Progress } from "./progress.js";

/** How a function is minimised. */
export type MinimizeMethod = "lbfgs" | "lbfgsb" | "newton-cg" | "adam" | "gradient";

/** Options of `minimize`. */
export interface MinimizeOptions<T = unknown> {
  /** "lbfgs" by default; "lbfgsb" where there are bounds, which the others do not take. */
  readonly method?: MinimizeMethod;
  readonly bounds?: Bounds<T>;
  /** The search is over where no number of the gradient, projected on the bounds, is greater by size than this; 1e-8 by default. Where rounding hides what is gained, it is over in any case. */
  readonly tolerance?: number;
  /** 1000 by default. */
  readonly maxIterations?: number;
  /** Is told of every iteration; the search stops where it returns false. */
  readonly onIteration?: (iteration: Iteration<T>) => unknown;
  /** Stops the search by throwing its reason. */
  readonly signal?: AbortSignal;
  /** Whether the gradient is first compared with differences at x0, by `checkGradient`, whose report is thrown where it is wrong. */
  readonly check?: boolean;
  readonly engine?: EngineChoice;
  /** How many steps L-BFGS and L-BFGS-B remember; 10 by default. */
  readonly memory?: number;
  /** The length of steps: Adam's, 0.001 by default; of "gradient", which searches for one unless this is given. */
  readonly learningRate?: number;
  /** How slowly Adam forgets the mean of gradients; 0.9 by default. */
  readonly beta1?: number;
  /** How slowly Adam forgets the mean of their squares; 0.999 by default. */
  readonly beta2?: number;
  /** What keeps Adam from dividing by 0; 1e-8 by default. */
  readonly epsilon?: number;
}

/** What `minimize` found. */
export interface Minimum<T> extends Outcome<T> {
  readonly gradient: T;
  /** How often the Hessian was multiplied with a vector: by "newton-cg". */
  readonly products: number;
}

/** So many iterations in a row that gain nothing but rounding end a search. */
const FLAT = 3;

/** The part of a value that counts as a gain. */
const GAIN = 2 * Number.EPSILON;

function methodOf(name: string, objective: Objective, start: Point, box: Box | undefined, options: MinimizeOptions): Method {
  const { method = box ? "lbfgsb" : "lbfgs", memory = 10, learningRate } = options;
  if (box && method !== "lbfgsb") throw new RangeError(`${name}: expected method "lbfgsb" where there are bounds, got ${describe(method)}`);
  switch (method) {
    case "lbfgs":
      return new Lbfgs(objective, start, memory);
    case "lbfgsb":
      return new Lbfgsb(objective, start, box ?? new Parameters(name, Array.from(start.x)).box({}), memory);
    case "newton-cg":
      return new NewtonCg(objective, start);
    case "adam": {
      const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
      return new Adam(objective, start, learningRate ?? 1e-3, { beta1, beta2, epsilon });
    }
    case "gradient":
      return learningRate === undefined ? new SteepestDescent(objective, start) : new GradientSteps(objective, start, learningRate);
  }
}

/** A minimisation that is made one iteration at a time. */
class Minimization {
  readonly #parameters: Parameters;
  readonly #objective: Objective;
  readonly #box: Box | undefined;
  readonly #method: Method;
  readonly #options: MinimizeOptions;
  readonly #progress: Progress;
  readonly #most: number;
  readonly #tolerance: number;
  /** Methods whose steps do not search may rise on their way. */
  readonly #descends: boolean;
  #flat = 0;

  constructor(name: "minimize" | "minimizeAsync", f: AnyFunction, x0: unknown, given: MinimizeOptions | undefined) {
    if (typeof f !== "function") throw new TypeError(`${name}: expected a function, got ${describe(f)}`);
    const options = (this.#options = optionsFor(name, given));
    options.signal?.throwIfAborted();
    this.#parameters = new Parameters(name, x0);
    const start = new Point(this.#parameters.size);
    start.x.set(this.#parameters.start());
    this.#box = options.bounds === undefined ? undefined : this.#parameters.box(options.bounds);
    if (this.#box) project(start.x, this.#box);
    this.#objective = new Objective(name, f, x0, options.engine);
    if (options.check === true) checkGradient(f as (x: Value) => Value, [this.#parameters.tree(start.x)] as never).throwIfWrong();
    this.#method = methodOf(name, this.#objective, start, this.#box, options);
    this.#descends = options.method !== "adam" && options.learningRate === undefined;
    this.#most = options.maxIterations ?? 1000;
    this.#tolerance = options.tolerance ?? 1e-8;
    start.evaluate(this.#objective);
    if (!start.isFinite) {
      const of = Number.isFinite(start.value) ? "a finite gradient" : "a finite value";
      throw new RangeError(`${name}: expected ${of} at x0, got ${Number.isFinite(start.value) ? "one that is not" : start.value}`);
    }
    this.#progress = new Progress(() => this.#parameters.tree(this.#method.at.x));
    this.#note();
  }

  /** Makes an iteration, or says why there is none to make. */
  iterate(): Reason | undefined {
    const progress = this.#progress;
    this.#options.signal?.throwIfAborted();
    if (progress.gradientNorm <= this.#tolerance) return "gradient";
    if (progress.iteration >= this.#most) return "iterations";
    const { value, gradientNorm } = progress;
    const reason = this.#method.iterate();
    if (reason !== undefined) return this.#flatOr(reason);
    this.#note();
    const gains = value - progress.value > GAIN * Math.abs(value) || progress.gradientNorm < 0.5 * gradientNorm;
    this.#flat = gains || !this.#descends ? 0 : this.#flat + 1;
    if (this.#options.onIteration?.(progress) === false) return "callback";
    return this.#flat === FLAT ? this.#flatOr("stuck") : undefined;
  }

  result(reason: Reason): Minimum<unknown> {
    const { counts } = this.#objective;
    const converged = reason === "gradient" || reason === "flat";
    return {
      ...outcomeOf(this.#progress, converged, reasons[reason], counts),
      gradient: this.#parameters.tree(this.#method.at.gradient),
      products: counts.products,
    };
  }

  /** Takes the value down, and the norm of the projected gradient, max |P(x − g) − x|. */
  #note(): void {
    const { x, gradient, value } = this.#method.at;
    const box = this.#box;
    const progress = this.#progress;
    let most = 0;
    for (let i = 0; i < x.length; i++) {
      let moved = -gradient[i]!;
      if (box) moved = Math.min(Math.max(moved, box.lower[i]! - x[i]!), box.upper[i]! - x[i]!);
      most = Math.max(most, Math.abs(moved));
    }
    progress.value = value;
    progress.gradientNorm = most;
    progress.note();
  }

  /** "flat" where all numbers moved by half their digits would change the value, by the gradient, no more than its last five digits; another reason otherwise, as of a wrong gradient or where there is no minimum. */
  #flatOr(reason: Reason): Reason {
    const { x, gradient, value } = this.#method.at;
    let change = 0;
    for (let i = 0; i < x.length; i++) change += Math.abs(gradient[i]! * Math.max(1, Math.abs(x[i]!)));
    return reason === "stuck" && Math.sqrt(Number.EPSILON) * change <= 1e5 * Number.EPSILON * Math.abs(value) ? "flat" : reason;
  }
}

/**
 * Minimises a scalar function of a tree of numbers, from x0: by L-BFGS, or within bounds by L-BFGS-B, or as `method` says. The function is compiled once, with what it captures as it is then, and evaluated in memory of its own.
 *
 * - "lbfgs": Nocedal 1980, with a line search for the strong Wolfe conditions (Nocedal and Wright, algorithms 7.4, 3.5 and 3.6);
 * - "lbfgsb": Byrd, Lu, Nocedal and Zhu 1995, Morales and Nocedal 2011;
 * - "newton-cg": Newton steps in a trust region, by conjugate gradients on `hvp` (Steihaug 1983);
 * - "adam": Kingma and Ba 2015; "gradient": steepest descent.
 *
 * Where the function is not finite on the way, steps are shortened.
 * @throws TypeError where x0 is no tree of numbers or the function is not scalar, RangeError where it is not finite at x0 or an option has a value that it cannot have, what aborted the `signal`.
 */
export function minimize<P, A extends Concrete<P>>(
  f: (x: P) => Value | number,
  x0: A,
  options?: MinimizeOptions<Mirror<A>>,
  ...more: unknown[]
): Minimum<Mirror<A>> {
  if (more.length > 0) surplus("minimize", [f, x0, options], more, "argument");
  const minimization = new Minimization("minimize", f, x0, options as MinimizeOptions | undefined);
  for (;;) {
    const reason = minimization.iterate();
    if (reason !== undefined) return minimization.result(reason) as Minimum<Mirror<A>>;
  }
}

/** How long `minimizeAsync` keeps the thread, in ms. */
const TURN = 50;

/** Like `minimize`, but lets others run every 50 ms: pages stay alive, and `signal` can be aborted meanwhile. Rejects with what `minimize` throws. */
export async function minimizeAsync<P, A extends Concrete<P>>(
  f: (x: P) => Value | number,
  x0: A,
  options?: MinimizeOptions<Mirror<A>>,
  ...more: unknown[]
): Promise<Minimum<Mirror<A>>> {
  if (more.length > 0) surplus("minimizeAsync", [f, x0, options], more, "argument");
  const minimization = new Minimization("minimizeAsync", f, x0, options as MinimizeOptions | undefined);
  for (let turn = performance.now(); ;) {
    const reason = minimization.iterate();
    if (reason !== undefined) return minimization.result(reason) as Minimum<Mirror<A>>;
    if (performance.now() - turn < TURN) continue;
    await new Promise((resolve) => setTimeout(resolve));
    turn = performance.now();
  }
}
