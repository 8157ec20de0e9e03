/** Functions of the lanes of a vector, or the elements of an array, as samples or scores: variance, softmax. They lower to other rows. */
import { type NumericArray } from "../data/arrays.js";
import { abs, add, and, div, eq, exp, ge, log1p, or, square, sub, where } from "./generated/math.js";
import { type Matrix } from "../data/matrix.js";
import { own, surplus } from "../data/operands.js";
import { optionsOf } from "../data/options.js";
import { type AlongOptions, type Arrayed, type AxisOptions, dropped, placesAlong, placesIn } from "./axes.js";
import { type ShapedNumbers, shapeOf } from "./matrices.js";
import type { Value } from "./value.js";
import { type Operand } from "./value.js";
import {
  alongAxisOf,
  argmax,
  at,
  axisIn,
  count,
  type Elements,
  flattened,
  free,
  map,
  mean,
  norm,
  sum,
  take,
  type Vector,
} from "./vectors.js";

/** What `variance` and `std` take. */
export interface VarianceOptions extends AxisOptions {
  /** What is taken from the number of lanes in the divisor: 0, the default, for the variance of the lanes, 1 for the unbiased estimate from a sample. */
  readonly correction?: number;
}

/** A reduction with options. */
export interface Variance {
  (x: NumericArray | readonly number[], options?: VarianceOptions): number;
  (x: Matrix | ShapedNumbers, options: VarianceOptions & { readonly axis: number }): Float64Array | Matrix;
  (x: Matrix | ShapedNumbers, options?: VarianceOptions): number;
  (x: readonly NumericArray[], options?: VarianceOptions): Float64Array;
  (x: readonly Operand[], options?: VarianceOptions): Value;
  (x: Value, options?: VarianceOptions): Value;
}

/** Along one dimension, which stays with the size 1; all numbers where none is named. */
type Within = AxisOptions | undefined;

/** What lanes or elements are above their mean. Twice, so that what the mean lacks by rounding is no part of it. */
function centred(x: Vector | Elements, within: Within): Vector | Elements {
  const once = (y: Vector | Elements): Vector | Elements => {
    const middle = within === undefined ? mean(free(y)) : mean(free(y), within as { axis: number });
    return map(y, (element) => sub(element, middle));
  };
  return once(once(x));
}

/** A function of centred lanes and the divisor; as a callback of an array it takes no options. */
const ofDeviations = (name: "variance" | "std", f: (deviations: Value, divisor: number, within: Within) => Operand): Variance =>
  own(((x: Vector | Elements, given?: VarianceOptions, ...more: unknown[]): Operand => {
    if (more.length > 0) surplus(name, [x], [given, ...more]);
    const { correction = 0, axis, keepDims = false } = optionsOf(name, more.length > 0 ? undefined : given);
    if (axis === undefined && keepDims) throw new TypeError(`${name}: expected an axis for keepDims, got none`);
    const flat = axis === undefined ? flattened(name, x) : x;
    const place = axis === undefined ? undefined : axisIn(name, x, axis);
    const lanes = place === undefined ? count(name, flat) : shapeOf(name, x)[place]!;
    const divisor = lanes - correction;
    if (!(divisor > 0))
      throw new RangeError(`${name}: expected more lanes or elements than the correction, got ${lanes} and ${correction}`);
    const within = place === undefined ? undefined : { axis: place, keepDims: true };
    const result = f(free(centred(flat, within)), divisor, within);
    return place === undefined || keepDims ? result : dropped(result as Arrayed, place);
  }) as Variance);

/** Σ (xᵢ − mean)² / n, over lanes or elements; with `{ correction: 1 }`, over n − 1. */
export const variance = /* @__PURE__ */ ofDeviations("variance", (deviations, divisor, within) => {
  const squares = free(map(deviations, (element) => square(element)));
  return div(within === undefined ? sum(squares) : sum(squares, within), divisor);
});

/** √variance, without overflow on the way; its derivative is 0 where all are equal. */
export const std = /* @__PURE__ */ ofDeviations("std", (deviations, divisor, within) =>
  div(within === undefined ? norm(deviations) : norm(deviations, within), Math.sqrt(divisor)),
);

/** A function of scores, lanes or elements, that gives as many. */
export interface ScoreMap {
  (x: NumericArray): Float64Array;
  (x: readonly number[]): number[];
  (x: readonly NumericArray[]): Float64Array[];
  (x: readonly Operand[]): Value[];
  (x: Matrix | ShapedNumbers, options: AlongOptions): Matrix;
  (x: Value, options: AlongOptions): Value;
  (x: Value): Value;
}

/** The lane or element that an index names: of an array, lane by lane. */
function chosen(x: Vector | Elements, index: Value): Value {
  if (Array.isArray(x)) return (x as Value[]).reduceRight((rest, element, k) => where(eq(index, k), element, rest));
  return typeof index === "number" ? free(at(free(x), index)) : take(free(x), index);
}

/**
 * What lanes or elements are above the greatest, and log1p's operand: Σ exp of those, the greatest left out, whose term is 1. So the slopes of the greatest are sums and not differences from 1.
 * Where the greatest is infinite, all that are equal to it are above it by 0.
 */
function scores(name: string, x: Vector | Elements): { above: Vector | Elements; others: Value } {
  const lanes = count(name, x);
  const best = argmax(free(x));
  const greatest = chosen(x, best);
  const isEndless = ge(abs(greatest), Infinity);
  const places = Array.isArray(x) ? undefined : Float64Array.from({ length: lanes }, (_, k) => k);
  const each = (of: (element: Value, isBest: Value) => Value): Vector | Elements =>
    places ? of(free(x), eq(places, best)) : (x as Elements).map((element, k) => of(free(element), eq(k, best)));
  const above = each((element, isBest) => where(or(isBest, and(isEndless, eq(element, greatest))), 0, sub(element, greatest)));
  const terms = map(above, (element) => exp(element));
  const others = places ? where(eq(places, best), 0, free(terms)) : (terms as Elements).map((term, k) => where(eq(k, best), 0, free(term)));
  return { above, others: sum(free(others)) };
}

/** The same of a vector or a matrix along a dimension. */
function scoresAlong(name: string, x: Value, axis: number): { above: Value; others: Value } {
  const within = { axis, keepDims: true };
  const isBest = eq(free(placesIn(shapeOf(name, x), axis)), free(placesAlong(name, x, axis, 1)));
  const greatest = sum(where(isBest, x, 0), within);
  const above = where(or(isBest, and(ge(abs(greatest), Infinity), eq(x, greatest))), 0, sub(x, greatest));
  return { above, others: sum(where(isBest, 0, exp(above)), within) };
}

/** A function of scores: of lanes or elements, or along a dimension. */
const ofScores = (name: "softmax" | "logSoftmax", of: (above: Value, others: Value) => Value): ScoreMap =>
  own(((x: Vector | Elements, given?: AlongOptions, ...more: unknown[]) => {
    const axis = alongAxisOf(name, x, given, more);
    if (axis !== undefined) {
      const { above, others } = scoresAlong(name, free(x), axis);
      return of(above, others);
    }
    const { above, others } = scores(name, x);
    return map(above, (element) => of(element, others));
  }) as ScoreMap);

/** exp(xᵢ) / Σ exp(xⱼ) without overflow, over lanes or elements; of infinite ones, all that are the greatest share alike. */
export const softmax = /* @__PURE__ */ ofScores("softmax", (above, others) => div(exp(above), add(1, others)));

/** The logarithm of softmax, xᵢ − log Σ exp(xⱼ), accurate where softmax is near 0 or 1. */
export const logSoftmax = /* @__PURE__ */ ofScores("logSoftmax", (above, others) => sub(above, log1p(others)));
