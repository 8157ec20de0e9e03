/** Functions of the lanes of a vector, or the elements of an array, as samples or scores: variance, softmax. They lower to other rows. */
import { type NumericArray } from "../data/arrays.js";
import { abs, add, and, div, eq, exp, ge, log1p, or, square, sub, where } from "./generated/math.js";
import { surplus, taking } from "../data/operands.js";
import { optionsOf } from "../data/options.js";
import type { Value } from "./value.js";
import { type Operand } from "./value.js";
import { argmax, at, count, type Elements, free, map, mean, norm, sum, take, type Vector } from "./vectors.js";

/** What `variance` and `std` take. */
export interface VarianceOptions {
  /** What is taken from the number of lanes in the divisor: 0, the default, for the variance of the lanes, 1 for the unbiased estimate from a sample. */
  readonly correction?: number;
}

/** A reduction with options. */
export interface Variance {
  (x: NumericArray | readonly number[], options?: VarianceOptions): number;
  (x: readonly NumericArray[], options?: VarianceOptions): Float64Array;
  (x: readonly Operand[], options?: VarianceOptions): Value;
  (x: Value, options?: VarianceOptions): Value;
}

/** What lanes or elements are above their mean. Twice, so that what the mean lacks by rounding is no part of it. */
function centred(x: Vector | Elements): Vector | Elements {
  const once = (y: Vector | Elements): Vector | Elements => {
    const middle = mean(free(y));
    return map(y, (element) => sub(element, middle));
  };
  return once(once(x));
}

/** A function of centred lanes and the divisor; as a callback of an array it takes no options. */
const ofDeviations = (name: "variance" | "std", f: (deviations: Value, divisor: number) => Operand): Variance =>
  ((x: Vector | Elements, given?: VarianceOptions, ...more: unknown[]): Operand => {
    if (more.length > 0) surplus(name, [x], [given, ...more]);
    const { correction = 0 } = optionsOf(name, more.length > 0 ? undefined : given);
    const divisor = count(name, x) - correction;
    if (!(divisor > 0))
      throw new RangeError(`${name}: expected more lanes or elements than the correction, got ${count(name, x)} and ${correction}`);
    return f(free(centred(x)), divisor);
  }) as Variance;

/** Σ (xᵢ − mean)² / n, over lanes or elements; with `{ correction: 1 }`, over n − 1. */
export const variance = /* @__PURE__ */ ofDeviations("variance", (deviations, divisor) =>
  div(sum(free(map(deviations, (element) => square(element)))), divisor),
);

/** √variance, without overflow on the way; its derivative is 0 where all are equal. */
export const std = /* @__PURE__ */ ofDeviations("std", (deviations, divisor) => div(norm(deviations), Math.sqrt(divisor)));

/** A function of scores, lanes or elements, that gives as many. */
export interface ScoreMap {
  (x: NumericArray): Float64Array;
  (x: readonly number[]): number[];
  (x: readonly NumericArray[]): Float64Array[];
  (x: readonly Operand[]): Value[];
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

/** exp(xᵢ) / Σ exp(xⱼ) without overflow, over lanes or elements; of infinite ones, all that are the greatest share alike. */
export const softmax = /* @__PURE__ */ taking("softmax", 1, (x: Vector | Elements) => {
  const { above, others } = scores("softmax", x);
  return map(above, (element) => div(exp(element), add(1, others)));
}) as ScoreMap;

/** The logarithm of softmax, xᵢ − log Σ exp(xⱼ), accurate where softmax is near 0 or 1. */
export const logSoftmax = /* @__PURE__ */ taking("logSoftmax", 1, (x: Vector | Elements) => {
  const { above, others } = scores("logSoftmax", x);
  return map(above, (element) => sub(element, log1p(others)));
}) as ScoreMap;
