/** Levenberg and Marquardt's method in a trust region (Moré 1978), within bounds by steps of the numbers that are free, projected. */
import type { Losses } from "./loss.js";
import { type Box, project } from "./parameters.js";
import { type DenseModel, type Residuals } from "./residuals.js";
import { type SparseModel } from "./sparse.js";
import { isFinite, type Vector, zeros } from "./vectors.js";

/** Why a fit stopped, in words. */
export const fitReasons = {
  gradient: "the residuals are orthogonal to their derivatives within the tolerance",
  flat: "the sum falls no further in double precision",
  stuck: "no step lowers the sum",
  iterations: "the most iterations were made",
  callback: "onIteration returned false",
} as const;

export type FitReason = keyof typeof fitReasons;

/** Of falls below this part of the sum, rounding may hide the sign. */
const NEAR = 1e-8;

/** A fall that is a smaller part of the sum is none. */
const ROUNDING = 1e-14;

/** A step that rounding hides must make the gradient flatter by this. */
const FLATTER = 0.8;

/** The radius of the first step as a multiple of the start's length in the units of the columns. */
const FIRST = 1;

export class LevenbergMarquardt {
  x: Vector;
  r: Vector;
  value: number;
  /** Which numbers may move: not those at a bound beyond which the sum would fall. */
  readonly free: Uint8Array;
  /** The gradient of the sum. */
  readonly gradient: Vector;
  readonly weights: Vector;
  readonly #scale: Vector;
  readonly #p: Vector;
  #nextX: Vector;
  #nextR: Vector;
  /** What was said of the last step that was tried: how far the sum should fall, along what slope, and how long it is. */
  readonly aimed = { predicted: NaN, slope: NaN, length: NaN };
  #radius = 0;
  #cosine = Infinity;

  constructor(
    readonly residuals: Residuals,
    readonly model: DenseModel | SparseModel,
    readonly losses: Losses,
    start: Vector,
    readonly box: Box | undefined,
    readonly tolerance: number,
  ) {
    const size = start.length;
    this.x = start;
    this.r = zeros(residuals.count);
    this.weights = zeros(residuals.count);
    this.free = new Uint8Array(size).fill(1);
    this.gradient = zeros(size);
    this.#scale = zeros(size);
    this.#p = zeros(size);
    this.#nextX = zeros(size);
    this.#nextR = zeros(residuals.count);
    residuals.evaluate(this.r, start);
    this.value = losses.total(this.r);
    if (!Number.isFinite(this.value))
      throw new RangeError(`${residuals.name}: expected finite residuals at x0, got a sum of ${this.value}`);
    this.#linearize();
    this.#radius = FIRST * (scaledLength(this.#scale, start) || 1);
  }

  /** How long x is in the units of the columns, as steps are. */
  get length(): number {
    return scaledLength(this.#scale, this.x);
  }

  /** The gradient's greatest number by size, of those that may move. */
  get gradientNorm(): number {
    let most = 0;
    for (let k = 0; k < this.free.length; k++) if (this.free[k] === 1) most = Math.max(most, Math.abs(this.gradient[k]!));
    return most;
  }

  /** Makes a step that lowers the sum; says why where there is none to make. */
  iterate(): FitReason | undefined {
    if (this.#cosine <= this.tolerance) return "gradient";
    const scale = this.#scale;
    for (;;) {
      const { predicted, slope, length } = this.#aim(this.#radius);
      const actual = isFinite(this.#nextR) ? this.losses.fall(this.r, this.#nextR) : -Infinity;
      const ratio = predicted > 0 ? actual / predicted : -1;
      if (ratio > 1e-4) {
        this.#resize(ratio, actual, slope, length);
        this.#accept();
        return undefined;
      }
      if (Math.abs(actual) <= NEAR * this.value && predicted <= NEAR * this.value) {
        if (this.#polish()) return undefined;
        if (predicted <= ROUNDING * this.value) return "flat";
      }
      this.#resize(ratio, actual, slope, length);
      if (this.#radius <= Number.EPSILON * scaledLength(scale, this.x) || !(this.#radius > 1e-300)) return "stuck";
    }
  }

  /** Puts the next point a step within the radius away, and finds the residuals there: how far the sum should fall, along what slope, and how long the step is. */
  #aim(radius: number): { predicted: number; slope: number; length: number } {
    const p = this.#p;
    const next = this.#nextX;
    const aim = this.aimed;
    this.model.step(p, this.free, this.#scale, radius);
    for (let k = 0; k < p.length; k++) next[k] = this.x[k]! + p[k]!;
    if (this.box) project(next, this.box);
    aim.slope = 0;
    for (let k = 0; k < p.length; k++) {
      p[k] = next[k]! - this.x[k]!;
      aim.slope += this.gradient[k]! * p[k]!;
    }
    aim.predicted = -aim.slope - this.model.square(p);
    aim.length = scaledLength(this.#scale, p);
    this.residuals.evaluate(this.#nextR, next);
    return aim;
  }

  /** Where rounding hides whether the sum falls, the gradient shows it: takes the step just tried if the residuals are more nearly orthogonal to their derivatives there. */
  #polish(): boolean {
    const before = this.#cosine;
    this.#accept();
    if (this.#cosine < FLATTER * before) return true;
    this.#accept(); // back again
    return false;
  }

  /** The radius by how well the model foresaw the fall: by Moré's rules. */
  #resize(ratio: number, actual: number, slope: number, length: number): void {
    if (ratio <= 0.25) {
      let shrink = 0.5;
      if (actual < 0) shrink = actual === -Infinity ? 0.1 : (0.5 * slope) / (slope + actual);
      this.#radius = Math.min(Math.max(shrink, 0.1), 0.5) * Math.min(this.#radius, 10 * length);
    } else if (ratio >= 0.75) this.#radius = Math.max(this.#radius, 2 * length);
  }

  #accept(): void {
    const { x, r } = this;
    this.x = this.#nextX;
    this.r = this.#nextR;
    this.#nextX = x;
    this.#nextR = r;
    this.value = this.losses.total(this.r);
    this.#linearize();
  }

  #linearize(): void {
    const { model, x, box, free, gradient } = this;
    this.losses.weigh(this.weights, this.r);
    model.set(x, this.r, this.weights);
    let size = 0;
    for (let i = 0; i < this.r.length; i++) size += (this.weights[i]! * this.r[i]!) ** 2;
    size = Math.sqrt(size);
    let cosine = 0;
    for (let k = 0; k < x.length; k++) {
      const slope = 2 * model.gradient[k]!;
      gradient[k] = slope;
      const isHeld = box !== undefined && ((x[k]! <= box.lower[k]! && slope > 0) || (x[k]! >= box.upper[k]! && slope < 0));
      free[k] = isHeld ? 0 : 1;
      const length = model.lengths[k]!;
      this.#scale[k] = Math.max(this.#scale[k]!, length) || 1;
      if (!isHeld && length > 0 && size > 0) cosine = Math.max(cosine, Math.abs(model.gradient[k]!) / length / size);
    }
    this.#cosine = cosine;
  }
}

/** ‖D x‖ */
function scaledLength(scale: Vector, x: Vector): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) total += (scale[k]! * x[k]!) ** 2;
  return Math.sqrt(total);
}
