/** The meaning of the structural rows on Float64Arrays: what every engine must agree with, the order of additions included. */
import { CLOSE, FROM_THE_LEFT } from "./layout.js";
import { type Grid, type SumPlan } from "./monoid.js";

/**
 * The sum of lanes in an order that does not depend on blocks or threads: lane i adds into accumulator i mod 8, the accumulators
 * close every 8,192 lanes, and the partial sums combine in a binary tree whose form depends on their number alone. Accumulators begin as
 * −0, which added to x is x whatever x is, so that a sum begins with its first term.
 */
export const sumLanes = (x: Float64Array): number => sumFirst(x, x.length);

function sumFirst(x: Float64Array, lanes: number): number {
  const partials: number[] = [];
  let closed = 0;
  for (let start = 0; start < lanes; start += CLOSE) {
    let partial = sumBlock(x, start, Math.min(start + CLOSE, lanes));
    for (let k = closed++; k & 1; k >>= 1) partial = partials.pop()! + partial;
    partials.push(partial);
  }
  let total = partials.pop() ?? 0;
  while (partials.length > 0) total = partials.pop()! + total;
  return total;
}

function sumBlock(x: Float64Array, start: number, end: number): number {
  const sums = [-0, -0, -0, -0, -0, -0, -0, -0] as [number, number, number, number, number, number, number, number];
  for (let i = start; i < end; i++) sums[i & 7]! += x[i]!;
  const [s0, s1, s2, s3, s4, s5, s6, s7] = sums;
  return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
}

/** The sum of the first `count` of single numbers: up to three from the left, more as lanes. */
export function sumTerms(x: Float64Array, count: number): number {
  if (count > FROM_THE_LEFT) return sumFirst(x, count);
  let total = x[0]!;
  for (let k = 1; k < count; k++) total += x[k]!;
  return total;
}

/** Terms added by `add` in the order of `sumLanes`. */
export function addLanes<T>(terms: readonly T[], add: (x: T, y: T) => T): T {
  const partials: T[] = [];
  for (let start = 0, closed = 0; start < terms.length; start += CLOSE) {
    let partial = addBlock(terms.slice(start, start + CLOSE), add);
    for (let k = closed++; k & 1; k >>= 1) partial = add(partials.pop()!, partial);
    partials.push(partial);
  }
  return partials.reduceRight((total, partial) => add(partial, total));
}

function addBlock<T>(terms: readonly T[], add: (x: T, y: T) => T): T {
  const sums: T[] = [];
  terms.forEach((term, k) => (sums[k & 7] = k < 8 ? term : add(sums[k & 7]!, term)));
  /** The sum of the accumulators i, i + stride, i + 2 · stride …; every second of them is a sum of its own. */
  const joined = (i: number, stride: number): T => {
    if (stride === 8 || i + stride >= sums.length) return sums[i]!;
    return add(joined(i, 2 * stride), joined(i + stride, 2 * stride));
  };
  return joined(0, 1);
}

/** Terms added by `add` in the order of `sumTerms`. */
export const addTerms = <T>(terms: readonly T[], add: (x: T, y: T) => T): T =>
  terms.length > FROM_THE_LEFT ? addLanes(terms, add) : terms.reduce(add);

/**
 * Sums along a dimension: of lanes that follow each other each in the order of `sumLanes`, so that the sum of a matrix' row is that of its lanes; of others from the left,
 * in which neighbouring sums run side by side.
 */
export function sumAlong(
  x: Float64Array,
  { outer, count, inner }: SumPlan,
  out: Float64Array = new Float64Array(outer * inner),
): Float64Array {
  if (inner === 1) {
    for (let o = 0; o < outer; o++) out[o] = sumLanes(x.subarray(o * count, (o + 1) * count));
    return out;
  }
  out.fill(-0);
  for (let o = 0, at = 0; o < outer; o++)
    for (let k = 0; k < count; k++) for (let i = o * inner; i < (o + 1) * inner; i++) out[i]! += x[at++]!;
  return out;
}

/** Running sums along a dimension. */
export function cumsumAlong(
  x: Float64Array,
  { outer, count, inner }: SumPlan,
  out: Float64Array = new Float64Array(x.length),
): Float64Array {
  for (let o = 0, at = 0; o < outer; o++)
    for (let k = 0; k < count; k++) for (let i = 0; i < inner; i++, at++) out[at] = (k === 0 ? -0 : out[at - inner]!) + x[at]!;
  return out;
}

/** What `of` makes of the lanes along a dimension, one stretch after the other. */
function eachAlong(
  x: Float64Array,
  { outer, count, inner }: SumPlan,
  out: Float64Array,
  of: (lanes: Float64Array) => number,
): Float64Array {
  const lanes = new Float64Array(count);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      for (let k = 0; k < count; k++) lanes[k] = x[(o * count + k) * inner + i]!;
      out[o * inner + i] = of(lanes);
    }
  return out;
}

/** The greatest lanes along a dimension (sign 1), or the least (sign −1), NaN where one is NaN. */
export const extremesAlong = (
  x: Float64Array,
  plan: SumPlan,
  sign: 1 | -1,
  out: Float64Array = new Float64Array(plan.outer * plan.inner),
): Float64Array => eachAlong(x, plan, out, (lanes) => extremeLane(lanes, sign));

/** The first places of these along the dimension; NaN counts as beyond all. */
export const firstsAlong = (
  x: Float64Array,
  plan: SumPlan,
  sign: 1 | -1,
  out: Float64Array = new Float64Array(plan.outer * plan.inner),
): Float64Array => eachAlong(x, plan, out, (lanes) => argLane(lanes, sign));

/** The order of two numbers: ascending, 0 and −0 alike, NaN last. */
const order = (x: number, y: number): number => (x < y ? -1 : x > y ? 1 : x === y ? 0 : Number(x !== x) - Number(y !== y));

/** The places of the lanes of each stretch of `count` in ascending order; equal ones stay in theirs, NaN is last. */
export function orderLanes(x: Float64Array, count: number, out: Float64Array = new Float64Array(x.length)): Float64Array {
  for (let start = 0; start < x.length; start += count) {
    const places = Array.from({ length: count }, (_, i) => i);
    places.sort((i, j) => order(x[start + i]!, x[start + j]!));
    out.set(places, start);
  }
  return out;
}

/** The lanes of x that a grid names. */
export function gridLanes(
  x: Float64Array,
  { start, sizes: [b, m, n], steps: [toBatch, toRow, toLane], length }: Grid,
  out: Float64Array = new Float64Array(length),
): Float64Array {
  let lane = 0;
  for (let i = 0; i < b; i++)
    for (let j = 0; j < m; j++) for (let k = 0, at = start + i * toBatch + j * toRow; k < n; k++, at += toLane) out[lane++] = x[at]!;
  return out;
}

/** Running sums: lane i is x₀ + … + xᵢ, added from the left. */
export function cumsumLanes(x: Float64Array, out: Float64Array = new Float64Array(x.length)): Float64Array {
  let total = -0;
  for (let i = 0; i < x.length; i++) out[i] = total += x[i]!;
  return out;
}

/** The lanes of x named by indices. */
export function takeLanes(
  x: Float64Array,
  indices: ArrayLike<number>,
  out: Float64Array = new Float64Array(indices.length),
  name = "take",
): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = x[checkLane(name, indices[i]!, x.length, i)]!;
  return out;
}

/** Sums of the lanes of x that share an index below `count`, added in lane order; 0 where no lane has the index. */
export function segmentSumLanes(
  x: Float64Array,
  indices: ArrayLike<number>,
  count: number,
  out: Float64Array = new Float64Array(count),
  name = "segmentSum",
): Float64Array {
  out.fill(0);
  for (let i = 0; i < x.length; i++) out[checkLane(name, indices[i]!, count, i)] = -0;
  for (let i = 0; i < x.length; i++) out[indices[i]!]! += x[i]!;
  return out;
}

/** The sum of pieces, each placed at an offset among zeros. */
export function placeLanes(pieces: readonly { readonly x: Float64Array; readonly offset: number }[], out: Float64Array): Float64Array {
  out.fill(0);
  for (const { x, offset } of pieces) out.fill(-0, offset, offset + x.length);
  for (const { x, offset } of pieces) for (let i = 0; i < x.length; i++) out[offset + i]! += x[i]!;
  return out;
}

/** The name in errors of compiled functions, where the one may stand in the other's derivative. */
export const AT_RUN = "take or segmentSum";

/** Returns the index, or throws where it names no lane. */
export function checkLane(name: string, index: number, lanes: number, lane: number): number {
  if (Number.isInteger(index) && index >= 0 && index < lanes) return index;
  throw new RangeError(`${name}: expected an index from 0 to ${lanes - 1}, got ${index} in lane ${lane}`);
}

/** The first lane holding the greatest value (sign 1) or the least (sign −1); NaN counts as beyond all. */
export function argLane(x: Float64Array, sign: 1 | -1): number {
  let best = 0;
  for (let i = 1; i < x.length; i++) {
    if (!(sign * x[i]! <= sign * x[best]!) && x[best]! === x[best]!) best = i;
  }
  return best;
}

/** The greatest lane (sign 1) or the least (sign −1), NaN where one is NaN. */
export function extremeLane(x: Float64Array, sign: 1 | -1): number {
  let best = x[0]!;
  for (const value of x) best = sign > 0 ? Math.max(best, value) : Math.min(best, value);
  return best;
}

/** Fills the lanes of v with a user's function of the operands' lanes; an operand of one number serves all. */
export function fillLanes(
  { value }: { readonly value: (...numbers: number[]) => number },
  v: Float64Array,
  operands: readonly Float64Array[],
): void {
  const numbers = operands.map(() => 0);
  for (let i = 0; i < v.length; i++) {
    for (let k = 0; k < operands.length; k++) numbers[k] = operands[k]![operands[k]!.length === 1 ? 0 : i]!;
    v[i] = value(...numbers);
  }
}
