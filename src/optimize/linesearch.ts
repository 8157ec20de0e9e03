/** A line search for the strong Wolfe conditions (Nocedal and Wright, Numerical Optimization, 2nd edition, algorithms 3.5 and 3.6), which backs out of where the function is not finite. */
import { type Objective } from "./objective.js";
import { along, dot, isFinite, type Vector, zeros } from "./vectors.js";

/** A point with the function's value and gradient there. */
export class Point {
  readonly x: Vector;
  readonly gradient: Vector;
  value = NaN;

  constructor(size: number) {
    this.x = zeros(size);
    this.gradient = zeros(size);
  }

  evaluate(objective: Objective): void {
    this.value = objective.evaluate(this.x, this.gradient);
  }

  get isFinite(): boolean {
    return Number.isFinite(this.value) && isFinite(this.gradient);
  }
}

/** The step where the function must have fallen by this part of what its slope says. */
const DECREASE = 1e-4;

/** Where rounding hides a decrease, a slope that is so much flatter shows it (Hager and Zhang 2005, the approximate Wolfe conditions). */
const FLATTER = 0.8;
const ROUNDING = 8 * Number.EPSILON;

/** At most so many evaluations a search. */
const MOST = 40;

/** The least point of the cubic with these values and slopes at a and b, kept off the ends by a tenth of what is between (Nocedal and Wright, 3.59). */
function cubicStep(a: number, fa: number, da: number, b: number, fb: number, db: number): number {
  const d1 = da + db - (3 * (fa - fb)) / (a - b);
  const root = Math.sqrt(d1 * d1 - da * db) * Math.sign(b - a);
  const least = b - (b - a) * ((db + root - d1) / (db - da + 2 * root));
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  const margin = 0.1 * (high - low);
  return Number.isFinite(least) ? Math.min(Math.max(least, low + margin), high - margin) : (low + high) / 2;
}

/** Finds a step along a direction that lowers a function enough. */
export class LineSearch {
  /** Where the step led, when `run` found one. */
  found: Point;
  /** The length of that step. */
  step = NaN;
  /** The step to try first, and the longest. */
  first = NaN;
  most = Infinity;
  #spare: Point;

  constructor(
    readonly objective: Objective,
    size: number,
    /** The slope must fall to this part of what it was. */
    readonly curvature: number,
  ) {
    this.found = new Point(size);
    this.#spare = new Point(size);
  }

  /** Takes over the point that was found, in exchange for one whose numbers are not needed any more. */
  exchange(point: Point): Point {
    const { found } = this;
    this.found = point;
    return found;
  }

  /** Searches along a direction. Returns whether the function was lowered. */
  run(from: Point, direction: Vector): boolean {
    const { most } = this;
    const slope = dot(from.gradient, direction);
    if (!(slope < 0)) return false;
    const { value } = from;
    this.step = 0;
    const slack = ROUNDING * Math.abs(value);
    // the best step so far, and one beyond the next: where the function rose, or was not finite, or undefined as yet
    let low = 0;
    let lowValue = value;
    let lowSlope = slope;
    let high = Infinity;
    let highValue = NaN;
    let highSlope = NaN;
    let a = Math.min(this.first, most);
    for (let k = 0; k < MOST; k++) {
      const trial = this.#spare;
      along(trial.x, from.x, a, direction);
      trial.evaluate(this.objective);
      const d = dot(trial.gradient, direction);
      const finite = trial.isFinite;
      const flat = Math.abs(d) <= -this.curvature * slope;
      const approximate = finite && trial.value <= value + slack && d >= this.curvature * slope && d <= -FLATTER * slope;
      if (approximate && flat) return this.#take(a);
      if (!finite || !(trial.value <= value + DECREASE * a * slope) || (low > 0 && trial.value >= lowValue)) {
        high = a;
        highValue = finite ? trial.value : NaN;
        highSlope = finite ? d : NaN;
      } else {
        this.#take(a);
        if (flat || a >= most) return true;
        if (high === Infinity ? d >= 0 : d * (high - low) >= 0) {
          high = low;
          highValue = lowValue;
          highSlope = lowSlope;
        }
        low = a;
        lowValue = trial.value;
        lowSlope = d;
      }
      if (high === Infinity) {
        a = Math.min(most, this.#beyond(low, lowSlope, slope));
      } else {
        if (Math.abs(high - low) <= 1e-14 * Math.max(low, high)) break;
        a = Number.isNaN(highValue) ? low + (high - low) / 8 : cubicStep(low, lowValue, lowSlope, high, highValue, highSlope);
      }
    }
    return low > 0 && this.step === low;
  }

  /** A longer step: where the slope would be 0 if it went on changing as it does, from twice to ten times the step. */
  #beyond(a: number, d: number, slope: number): number {
    const secant = d > slope ? (a * slope) / (slope - d) : Infinity;
    return Math.min(10 * a, Math.max(2 * a, secant));
  }

  #take(a: number): true {
    const { found } = this;
    this.found = this.#spare;
    this.#spare = found;
    this.step = a;
    return true;
  }
}
