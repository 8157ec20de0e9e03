/** The methods that follow the gradient itself: steepest descent, and Adam. */
import { LineSearch, Point } from "./linesearch.js";
import { type Method, type Reason } from "./method.js";
import { type Objective } from "./objective.js";
import { along, dot, norm, type Vector, zeros } from "./vectors.js";

/** Steepest descent with steps that meet the strong Wolfe conditions, each search beginning where the last step would lead to the same decrease (Nocedal and Wright, 3.60). */
export class SteepestDescent implements Method {
  at: Point;
  readonly #search: LineSearch;
  readonly #direction: Vector;
  #last = NaN;

  constructor(objective: Objective, start: Point) {
    this.at = start;
    this.#search = new LineSearch(objective, start.x.length, 0.1);
    this.#direction = zeros(start.x.length);
  }

  iterate(): Reason | undefined {
    const search = this.#search;
    const { gradient } = this.at;
    for (let i = 0; i < gradient.length; i++) this.#direction[i] = -gradient[i]!;
    const slope = dot(gradient, gradient);
    search.first = Number.isNaN(this.#last) ? Math.min(1, 1 / norm(gradient)) : this.#last / slope;
    if (!search.run(this.at, this.#direction)) return "stuck";
    this.#last = search.step * slope;
    this.at = search.exchange(this.at);
    return undefined;
  }
}

/** Steps along a direction, as long as a rate says, halved where the function is not finite. */
abstract class RatedSteps implements Method {
  at: Point;
  #next: Point;
  protected readonly direction: Vector;

  constructor(
    readonly objective: Objective,
    start: Point,
    readonly rate: number,
  ) {
    this.at = start;
    this.#next = new Point(start.x.length);
    this.direction = zeros(start.x.length);
  }

  /** Finds the direction. */
  protected abstract aim(): void;

  iterate(): Reason | undefined {
    const next = this.#next;
    let { rate } = this;
    this.aim();
    do {
      along(next.x, this.at.x, rate, this.direction);
      next.evaluate(this.objective);
      rate /= 2;
      if (rate === 0) return "stuck";
    } while (!next.isFinite);
    this.#next = this.at;
    this.at = next;
    return undefined;
  }
}

/** Steepest descent with steps of a given length. */
export class GradientSteps extends RatedSteps {
  protected aim(): void {
    const { direction } = this;
    const { gradient } = this.at;
    for (let i = 0; i < gradient.length; i++) direction[i] = -gradient[i]!;
  }
}

/** What Adam is tuned by. */
interface AdamRates {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Adam (Kingma and Ba 2015). */
export class Adam extends RatedSteps {
  readonly #mean: Vector;
  readonly #square: Vector;
  #count = 0;

  constructor(
    objective: Objective,
    start: Point,
    rate: number,
    readonly rates: AdamRates,
  ) {
    super(objective, start, rate);
    this.#mean = zeros(start.x.length);
    this.#square = zeros(start.x.length);
  }

  protected aim(): void {
    const { beta1, beta2, epsilon } = this.rates;
    const { direction } = this;
    const mean = this.#mean;
    const square = this.#square;
    const { gradient } = this.at;
    this.#count++;
    const unbias1 = 1 - beta1 ** this.#count;
    const unbias2 = 1 - beta2 ** this.#count;
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i]!;
      mean[i] = beta1 * mean[i]! + (1 - beta1) * g;
      square[i] = beta2 * square[i]! + (1 - beta2) * g * g;
      direction[i] = -mean[i]! / unbias1 / (Math.sqrt(square[i]! / unbias2) + epsilon);
    }
  }
}
