/** Functions of whole vectors: reductions, and rows that move lanes. Plain arrays reduce element by element. */
import { asFloat64, insteadOf, isNumericArray, type NumericArray } from "../data/arrays.js";
import { describe } from "../errors.js";
import { opcode } from "../ops/generated/table.js";
import {
  abs,
  add,
  and,
  div,
  eq,
  ge,
  gt,
  log,
  lt,
  maximum,
  minimum,
  mul,
  not,
  sqrt,
  square,
  stopGradient,
  where,
} from "./generated/math.js";
import { type Piece } from "../graph/graph.js";
import { argLane, checkLane, cumsumLanes, extremeLane, segmentSumLanes, sumLanes, sumTerms, takeLanes } from "../ops/lanes.js";
import { Matrix } from "../data/matrix.js";
import { surplus, taking } from "../data/operands.js";
import { optionsOf } from "../data/options.js";
import { isPlain } from "../data/tree.js";
import { reshapedTo } from "../graph/shaped.js";
import { shapeText } from "../ops/shapes.js";
import { type AxisOptions, sumOver } from "./axes.js";
import { onArray, type ShapedNumbers } from "./matrices.js";
import { rowName, structural } from "../ops/rows.js";
import { apply, badOperand, indexColumn, Indices, type Operand, rowIn, rowOf, type Trace, traceOf, Value } from "./value.js";

/** A vector: of numbers, or traced. */
export type Vector = NumericArray | Value;
/** An array whose elements reduce together, lane by lane where they are vectors. */
export type Elements = readonly Operand[];
/** What names lanes: an index column, or a traced vector (or scalar) of whole numbers such as argmin's. */
export type LaneNumbers = Int32Array | Indices | Value;

/** A function that reduces the lanes of a vector, or the elements of an array, to one. */
export interface Reduction {
  (x: NumericArray | readonly number[]): number;
  (x: readonly NumericArray[]): Float64Array;
  (x: readonly Operand[]): Value;
  (x: Matrix | ShapedNumbers): number;
  (x: Matrix | ShapedNumbers, options: AxisOptions): number | Float64Array | Matrix;
  (x: Value, options: AxisOptions): Value;
  (x: Value): Value;
}

/** The operand as what the elementwise functions take; they work on each kind, which overloads cannot say. */
export const free = (x: unknown): Value => x as Value;

export function lengthOf(name: string, x: unknown): number {
  const length = isNumericArray(x) || (x instanceof Value && x.shape.length < 2) ? x.length : undefined;
  if (length === undefined) {
    if (x instanceof Matrix || (x instanceof Value && !x.isScalar))
      throw new TypeError(`${name}: expected a vector, got a matrix of shape ${shapeText(x.shape)}`);
    const came = x instanceof Value ? "a scalar Value" : x instanceof Indices ? indexColumn(x) : `${describe(x)}${insteadOf(x)}`;
    throw new TypeError(`${name}: expected a vector or an array, got ${came}`);
  }
  if (length === 0) throw new RangeError(`${name}: expected at least one lane, got ${describe(x)}`);
  return length;
}

/** Records a structural row, or computes it where the vector is a Float64Array. */
function row(
  op: structural,
  x: Vector,
  onNumbers: (x: Float64Array) => number | Float64Array,
  lanes?: number,
  attribute?: number,
): Operand {
  if (!(x instanceof Value)) return onNumbers(asFloat64(x));
  const trace = traceOf(rowName(op), [x])!;
  return new Value(trace, trace.graph.shared(op, lanes === undefined ? 0 : trace.graph.shapeOf(lanes), rowIn(trace, x), attribute));
}

/** The elements of an array argument; undefined for a vector. */
function elementsOf(name: string, x: unknown): Elements | undefined {
  if (!Array.isArray(x)) return void lengthOf(name, x);
  if (x.length === 0) throw new RangeError(`${name}: expected at least one element, got an array of 0`);
  return x as Elements;
}

const isNumbers = (elements: Elements): elements is readonly number[] => elements.every((element) => typeof element === "number");

const isScalar = (x: Operand): boolean => typeof x === "number" || (x instanceof Value && x.isScalar);

/** Folds elements in halves, so that the depth is logarithmic and the order fixed. */
function fold(elements: Elements, combine: (a: Operand, b: Operand) => Operand): Operand {
  let level = [...elements];
  while (level.length > 1) level = level.flatMap((x, i) => (i % 2 === 1 ? [] : i + 1 < level.length ? [combine(x, level[i + 1]!)] : [x]));
  return level[0]!;
}

function sumOf(x: Vector | Elements): Operand {
  const elements = elementsOf("sum", x);
  if (!elements) return row(structural.sum, x as Vector, sumLanes);
  if (isNumbers(elements)) return sumTerms(Float64Array.from(elements), elements.length);
  const trace = traceOf("sum", elements);
  if (!trace || elements.length < 3 || !elements.every(isScalar))
    return elements.reduce((total, element) => add(free(total), free(element)));
  const pieces = elements.map((element): Piece => [rowOf("sum", trace, element), 0]);
  return new Value(trace, trace.graph.assemble(pieces));
}
/**
 * Σ xᵢ: over the lanes of a vector, or over the elements of an array, lane by lane where they are vectors; of a matrix over all numbers, or along one dimension with `{ axis }`.
 * Numbers add in a fixed order, the same in every engine (see ARCHITECTURE.md).
 */
export const sum = ((x: Vector | Elements, given?: AxisOptions, ...more: unknown[]): Operand => {
  const none = more.length > 0 || !isOptions(given);
  if (none) surplus("sum", [x], [given, ...more]);
  const options: AxisOptions = none ? {} : optionsOf("sum", given);
  const { axis } = options;
  if (axis === undefined) return sumOf(flattened("sum", x));
  if (Array.isArray(x))
    throw new TypeError(`sum: expected a matrix or a vector for axis, got ${describe(x)}. Its elements add up by themselves`);
  return sumOver("sum", x, { ...options, axis });
}) as Reduction;

/** Whether what came behind an operand may be options: what arrays pass to their callbacks is not. */
const isOptions = (x: unknown): x is object | undefined => x === undefined || (typeof x === "object" && x !== null && isPlain(x));

/** A matrix as the vector of its numbers; anything else as it is. */
function flattened(name: string, x: Vector | Elements | Matrix): Vector | Elements {
  if (Array.isArray(x) || isNumericArray(x) || (x instanceof Value && x.shape.length < 2)) return x as Vector | Elements;
  return onArray(
    name,
    x,
    (graph, row) => reshapedTo(graph, row, [graph.lanes(row)]),
    ({ data }) => ({ data, shape: [data.length] }),
  ) as Vector;
}

/** How many lanes or elements there are; at least one. */
export const count = (name: string, x: Vector | Elements): number => elementsOf(name, x)?.length ?? lengthOf(name, x);

/** Σ xᵢ / n, over lanes or elements. */
export const mean = /* @__PURE__ */ taking("mean", 1, (x: Vector | Elements) => {
  const n = count("mean", x);
  return div(free(sumOf(x)), n);
}) as Reduction;

/** Maps the lanes of a vector or the elements of an array. */
export const map = (x: Vector | Elements, f: (x: Value) => Value): Vector | Elements =>
  Array.isArray(x) ? (x as Elements).map((element) => f(free(element))) : f(free(x));

/** The greatest or least lane or element, without derivative sharing. */
function extremeValue(op: structural.max | structural.min, x: Vector | Elements): Operand {
  const elements = elementsOf(rowName(op), x);
  if (!elements) return row(op, x as Vector, (lanes) => extremeLane(lanes, op === structural.max ? 1 : -1));
  return fold(elements, (a, b) => (op === structural.max ? maximum : minimum)(free(a), free(b)));
}

/** max or min: the exact value, with the derivative shared by all that tie. */
function extreme(op: structural.max | structural.min, x: Vector | Elements): Operand {
  const best = extremeValue(op, x);
  if (!(best instanceof Value)) return best;
  const fixed = stopGradient(best);
  const winners = map(x, (element) => where(eq(element, fixed), element, 0));
  const ties = map(x, (element) => eq(element, fixed));
  return apply(opcode.surrogate, fixed, div(free(sumOf(winners)), free(sumOf(ties))));
}
/** The greatest lane or element, NaN where one is NaN; m that tie share the derivative, 1/m each. */
export const max = /* @__PURE__ */ taking("max", 1, (x: Vector | Elements) => extreme(structural.max, x)) as Reduction;
/** The least lane or element, NaN where one is NaN; m that tie share the derivative, 1/m each. */
export const min = /* @__PURE__ */ taking("min", 1, (x: Vector | Elements) => extreme(structural.min, x)) as Reduction;

function arg(op: structural.argmax | structural.argmin, x: Vector | Elements): Operand {
  const sign = op === structural.argmax ? 1 : -1;
  const elements = elementsOf(rowName(op), x);
  if (!elements) return row(op, x as Vector, (lanes) => argLane(lanes, sign));
  if (isNumbers(elements)) return argLane(Float64Array.from(elements), sign);
  if (elements.every(isScalar)) return arg(op, concat(elements));
  let best = free(elements[0]);
  let index: Operand = elements.length > 1 ? 0 : mul(eq(best, best), 0);
  for (const [k, element] of elements.entries()) {
    if (k === 0) continue;
    const stays = sign > 0 ? ge(best, free(element)) : ge(free(element), best);
    const better = and(not(stays), eq(best, best));
    best = where(better, free(element), best);
    index = where(better, k, index);
  }
  return index;
}
/** The first lane or element that holds the greatest value, as a number without derivative; a NaN counts as greater. */
export const argmax = /* @__PURE__ */ taking("argmax", 1, (x: Vector | Elements) => arg(structural.argmax, x)) as Reduction;
/** The first lane or element that holds the least value, as a number without derivative; a NaN counts as less. */
export const argmin = /* @__PURE__ */ taking("argmin", 1, (x: Vector | Elements) => arg(structural.argmin, x)) as Reduction;

/** Π xᵢ, over lanes or elements, multiplied in halves; the derivative is right where factors are 0. */
export const prod = /* @__PURE__ */ taking("prod", 1, (x: Vector | Elements): Operand => {
  const elements = elementsOf("prod", x);
  if (elements) return fold(elements, (a, b) => mul(free(a), free(b)));
  let lanes = lengthOf("prod", x);
  let left = x as Vector;
  const odd: Operand[] = [];
  for (; lanes > 1; lanes >>= 1) {
    if (lanes & 1) odd.push(at(free(left), lanes - 1));
    const half = lanes >> 1;
    left = mul(free(slice(free(left), 0, half)), free(slice(free(left), half, 2 * half)));
  }
  return fold([at(free(left), 0), ...odd], (a, b) => mul(free(a), free(b)));
}) as Reduction;

/** An array beside a vector, as the vector of its scalars. */
const lanesOf = (x: Vector | Elements): Vector => (Array.isArray(x) ? concat(x as Elements) : (x as Vector));

/** Σ xᵢyᵢ over the lanes of two vectors, or over the elements of two arrays of one length; an array beside a vector stands for the vector of its scalars. */
export const dot = /* @__PURE__ */ taking("dot", 2, (x: Vector | Elements, y: Vector | Elements): Operand => {
  if (count("dot", x) !== count("dot", y))
    throw new RangeError(`dot: expected operands of one length, got ${count("dot", x)} and ${count("dot", y)}`);
  if (Array.isArray(x) && Array.isArray(y)) return sumOf((x as Elements).map((element, i) => mul(free(element), free(y[i]))));
  return sumOf(mul(free(lanesOf(x)), free(lanesOf(y))));
}) as {
  (x: NumericArray | readonly number[], y: NumericArray | readonly number[]): number;
  (x: Value | Elements, y: Value | Elements | NumericArray): Value;
  (x: NumericArray, y: Value | Elements): Value;
};

/** The greatest lane or element, with its derivative; where several tie, lanes share it evenly and elements by halves. */
const pivot = (x: Vector | Elements): Value => free(Array.isArray(x) ? extremeValue(structural.max, x) : extreme(structural.max, x));

/**
 * A function's value with the gradient that it states: `scale` times `slopes`, lane by lane or element by element. Slopes are taken over a pivot, the greatest operand,
 * with the derivative of which they do not change; so the pivot's own slope over it is the constant 1, and no curvature is a difference of large numbers.
 */
function withSlopes(value: Operand, x: Vector | Elements, slopes: Vector | Elements, scale: Operand): Operand {
  if (!(value instanceof Value)) return value;
  const weighted = (operand: unknown, slope: unknown): Value => free(apply(opcode.weighted, free(operand), free(slope)));
  const flows = Array.isArray(x) ? x.map((element, i) => weighted(element, (slopes as Elements)[i])) : weighted(x, slopes);
  return apply(opcode.surrogate, value, weighted(sumOf(flows), scale));
}

/** √Σ xᵢ² without overflow on the way; its derivatives at 0 are 0. */
export const norm = /* @__PURE__ */ taking("norm", 1, (x: Vector | Elements): Operand => {
  count("norm", x);
  const greatest = pivot(map(x, abs));
  const scale = where(and(gt(greatest, 0), lt(greatest, Infinity)), greatest, 1);
  const scaled = map(x, (element) => div(element, scale));
  const root = sqrt(free(sumOf(map(scaled, square))));
  return withSlopes(mul(scale, root), x, scaled, div(1, where(eq(root, 0), Infinity, root)));
}) as Reduction;

/** log Σ exp(xᵢ) without overflow, over lanes or elements. Where all are −∞ its derivative is 0; lanes of +∞ have all of it. */
export const logSumExp = /* @__PURE__ */ taking("logSumExp", 1, (x: Vector | Elements): Operand => {
  count("logSumExp", x);
  const greatest = pivot(x);
  const parts = map(x, (element) => free(apply(opcode.expDifference, element, greatest)));
  const total = free(sumOf(parts));
  // The total is 0 where all are −∞, and else at least 1, which 1e-30 does not change.
  return withSlopes(add(greatest, log(total)), x, parts, div(1, add(total, 1e-30)));
}) as Reduction;

/** A position counted from the end where negative, as Array.prototype.at does. */
function position(name: string, index: number, lanes: number, most: number): number {
  const lane = index < 0 ? index + lanes : index;
  if (!Number.isInteger(index) || lane < 0 || lane > most)
    throw new RangeError(`${name}: expected a whole number from ${-lanes} to ${most}, got ${index}`);
  return lane;
}

/** Lane `index` of a vector, counted from the end where negative. */
export const at = /* @__PURE__ */ taking("at", 2, (x: Vector, index: number): Operand => {
  const lanes = lengthOf("at", x);
  const lane = position("at", index, lanes, lanes - 1);
  return row(structural.at, x, (values) => values[lane]!, undefined, lane);
}) as { (x: NumericArray, index: number): number; (x: Value, index: number): Value };

/** A vector as a function returns it. */
export const whole = (x: Vector): Float64Array | Value => (x instanceof Value ? x : asFloat64(x));

/** Lanes `start` to `end` (not included), both counted from the end where negative; at least one. */
export const slice = /* @__PURE__ */ taking("slice", 3, (x: Vector, start: number, end?: number): Operand => {
  const lanes = lengthOf("slice", x);
  const from = position("slice", start, lanes, lanes);
  const to = position("slice", end ?? lanes, lanes, lanes);
  if (to <= from) throw new RangeError(`slice: expected at least one lane, got ${from} to ${to}`);
  return to - from === lanes ? whole(x) : row(structural.slice, x, (values) => values.slice(from, to), to - from, from);
}) as { (x: NumericArray, start: number, end?: number): Float64Array; (x: Value, start: number, end?: number): Value };

/** One vector of all the lanes of vectors and scalars, in order. */
export function concat(parts: readonly (number | NumericArray)[]): Float64Array;
export function concat(parts: readonly Operand[]): Value;
export function concat(parts: readonly Operand[], ...more: unknown[]): Float64Array | Value {
  if (more.length > 0) surplus("concat", [parts], more);
  if (!Array.isArray(parts)) throw new TypeError(`concat: expected an array of vectors and scalars, got ${describe(parts)}`);
  if (parts.length === 0) throw new RangeError("concat: expected at least one part, got an array of 0");
  const trace = traceOf("concat", parts);
  if (!trace) {
    const numbers = parts.map((part) => (isNumericArray(part) || typeof part === "number" ? part : badOperand("concat", part)));
    return Float64Array.from(numbers.flatMap((part) => (typeof part === "number" ? [part] : [...part])));
  }
  let lanes = 0;
  const pieces = parts.map((part): Piece => {
    const piece = rowOf("concat", trace, part);
    lanes += trace.graph.lanes(piece);
    return [piece, lanes - trace.graph.lanes(piece)];
  });
  return new Value(trace, trace.graph.assemble(pieces, lanes));
}

/** The row of lane numbers: an index column's, or a traced vector's. */
function indexRow(name: string, trace: Trace, indices: LaneNumbers): number {
  if (indices instanceof Int32Array) return trace.graph.vector(indices);
  if (indices instanceof Indices || indices instanceof Value) return rowIn(trace, indices);
  throw new TypeError(`${name}: expected lane numbers in an Int32Array, Indices or a Value, got ${describe(indices)}`);
}

/** The scalar or vector as a vector: a scalar index takes one lane. */
function asLanes(x: LaneNumbers): LaneNumbers {
  return x instanceof Value && x.isScalar ? concat([x]) : x;
}

/** Lane iₖ of x for every k. An index outside x is a RangeError when the function runs, which names the lane. */
export const take = /* @__PURE__ */ taking("take", 2, (x: Vector, indices: LaneNumbers): Operand => {
  const lanes = lengthOf("take", x);
  if (!(x instanceof Value) && indices instanceof Int32Array) return takeLanes(asFloat64(x), indices);
  if (indices instanceof Int32Array) indices.forEach((index, lane) => checkLane("take", index, lanes, lane));
  const trace = traceOf("take", [x, indices])!;
  const numbers = asLanes(indices);
  const index = indexRow("take", trace, numbers);
  const taken = new Value(
    trace,
    trace.graph.shared(structural.take, trace.graph.shapeOf(trace.graph.lanes(index)), rowOf("take", trace, x), index),
  );
  return numbers === indices ? taken : at(taken, 0);
}) as { (x: NumericArray, indices: Int32Array): Float64Array; (x: Vector, indices: LaneNumbers): Value };

/** A vector of `count` lanes: lane j is the sum of the xₖ with iₖ = j. */
export const segmentSum = /* @__PURE__ */ taking("segmentSum", 3, (x: Vector, indices: LaneNumbers, count: number): Operand => {
  const lanes = lengthOf("segmentSum", x);
  if (indices.length !== lanes)
    throw new RangeError(`segmentSum: expected one index a lane, got ${indices.length ?? 1} for ${lanes} lanes`);
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`segmentSum: expected a number of segments from 1, got ${count}`);
  if (!(x instanceof Value) && indices instanceof Int32Array) return segmentSumLanes(asFloat64(x), indices, count);
  if (indices instanceof Int32Array) indices.forEach((index, lane) => checkLane("segmentSum", index, count, lane));
  const trace = traceOf("segmentSum", [x, indices])!;
  return new Value(
    trace,
    trace.graph.shared(
      structural.segmentSum,
      trace.graph.shapeOf(count),
      rowOf("segmentSum", trace, x),
      indexRow("segmentSum", trace, indices),
    ),
  );
}) as { (x: NumericArray, indices: Int32Array, count: number): Float64Array; (x: Vector, indices: LaneNumbers, count: number): Value };

/** A function of a vector that gives a vector of the same length. */
export interface LaneMap {
  (x: NumericArray): Float64Array;
  (x: Value): Value;
}

/** Running sums: lane i is x₀ + … + xᵢ. */
export const cumsum = /* @__PURE__ */ taking("cumsum", 1, (x: Vector) =>
  row(structural.cumsum, x, cumsumLanes, lengthOf("cumsum", x)),
) as LaneMap;

/** The lanes in opposite order. */
export const reverse = /* @__PURE__ */ taking("reverse", 1, (x: Vector) =>
  row(structural.reverse, x, (values) => values.slice().reverse(), lengthOf("reverse", x)),
) as LaneMap;

/** A vector with the scalar in each of `lanes` lanes. Elementwise functions broadcast scalars by themselves. */
export const broadcast = /* @__PURE__ */ taking("broadcast", 2, (x: number | Value, lanes: number): Operand => {
  if (!Number.isInteger(lanes) || lanes < 1) throw new RangeError(`broadcast: expected a number of lanes from 1, got ${lanes}`);
  if (typeof x === "number") return new Float64Array(lanes).fill(x);
  if (!(x instanceof Value) || !x.isScalar)
    throw new TypeError(`broadcast: expected a scalar, got ${x instanceof Value ? `a vector of ${x.length}` : describe(x)}`);
  return row(structural.broadcast, x, () => 0, lanes);
}) as { (x: number, lanes: number): Float64Array; (x: Value, lanes: number): Value };
