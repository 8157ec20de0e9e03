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
import { Matrix, shapedIn } from "../data/matrix.js";
import { own, surplus, taking } from "../data/operands.js";
import { type AlongName, optionsOf, type ReductionName } from "../data/options.js";
import { isPlain } from "../data/tree.js";
import { shapeText } from "../ops/shapes.js";
import {
  type AlongOptions,
  type Arrayed,
  axisOf,
  type AxisOptions,
  bestsAlong,
  dropped,
  flatRow,
  fronted,
  onlyAxis,
  placesAlong,
  reversedAlong,
  runningSums,
  someRows,
  sumsAlong,
} from "./axes.js";
import { atPlace, concatAlong, diagonalWith, position, slicePlaces, sortWith, takePlaces } from "./places.js";
import { arrayOf, numbersOf, type ShapedNumbers, shapeOf } from "./matrices.js";
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
/** A reduction of lanes or elements, or with `{ axis }` of a vector or a matrix along one dimension, to one number there; `along` leaves it with the size 1. */
const reducing = (name: ReductionName, whole: (x: Vector | Elements) => Operand, along: (x: Value, axis: number) => Operand): Reduction =>
  own(((x: Vector | Elements, given?: AxisOptions, ...more: unknown[]): Operand => {
    const { axis, keepDims = false } = axisOptions(name, x, given, more);
    if (axis === undefined) {
      if (keepDims) throw new TypeError(`${name}: expected an axis for keepDims, got none`);
      return whole(flattened(name, x));
    }
    const place = axisIn(name, x, axis);
    const kept = along(free(x), place);
    return keepDims ? kept : dropped(kept as Arrayed, place);
  }) as Reduction);

/** The options behind an operand; as a callback of an array it takes none. */
function axisOptions(name: ReductionName, x: unknown, given: unknown, more: readonly unknown[]): AxisOptions {
  if (more.length === 0 && isOptions(given)) return optionsOf(name, given as AxisOptions | undefined);
  surplus(name, [x], [given, ...more]);
  return {};
}

/** The dimension that an axis names. */
export function axisIn(name: string, x: unknown, axis: number): number {
  if (Array.isArray(x))
    throw new TypeError(`${name}: expected a matrix or a vector for axis, got ${describe(x)}. Its elements are reduced by themselves`);
  return axisOf(name, axis, shapeOf(name, x));
}

/**
 * Σ xᵢ: over the lanes of a vector, or over the elements of an array, lane by lane where they are vectors; of a matrix over all numbers, or along one dimension with `{ axis }`.
 * Numbers add in a fixed order, the same in every engine (see ARCHITECTURE.md).
 */
export const sum = /* @__PURE__ */ reducing("sum", sumOf, (x, axis) => sumsAlong("sum", x, axis));

/** Whether what came behind an operand may be options: what arrays pass to their callbacks is not. */
const isOptions = (x: unknown): x is object | undefined => x === undefined || (typeof x === "object" && x !== null && isPlain(x));

/** A matrix as the vector of its numbers; anything else as it is. */
export function flattened(name: string, x: Vector | Elements | Matrix): Vector | Elements {
  return isMatrix(name, x) ? flatRow(name, x) : (x as Vector | Elements);
}

/** How many lanes or elements there are; at least one. */
export const count = (name: string, x: Vector | Elements): number => elementsOf(name, x)?.length ?? lengthOf(name, x);

/** Σ xᵢ / n, over lanes or elements. */
export const mean = /* @__PURE__ */ reducing(
  "mean",
  (x) => {
    const n = count("mean", x);
    return div(free(sumOf(x)), n);
  },
  (x, axis) => div(free(sumsAlong("mean", x, axis)), shapeOf("mean", x)[axis]!),
);

/** Maps the lanes of a vector or the elements of an array. */
export const map = (x: Vector | Elements, f: (x: Value) => Value): Vector | Elements =>
  Array.isArray(x) ? (x as Elements).map((element) => f(free(element))) : f(free(x));

/** The greatest or least lane or element, without derivative sharing. */
function extremeValue(op: structural.max | structural.min, x: Vector | Elements): Operand {
  const elements = elementsOf(rowName(op), x);
  if (!elements) return row(op, x as Vector, (lanes) => extremeLane(lanes, op === structural.max ? 1 : -1));
  return fold(elements, (a, b) => (op === structural.max ? maximum : minimum)(free(a), free(b)));
}

/** The exact value, with the derivative shared by all that tie. */
function shared(best: Operand, x: Vector | Elements, total: Total): Operand {
  if (!(best instanceof Value)) return best;
  const fixed = stopGradient(best);
  const winners = map(x, (element) => where(eq(element, fixed), element, 0));
  const ties = map(x, (element) => eq(element, fixed));
  return apply(opcode.surrogate, fixed, div(free(total(winners)), free(total(ties))));
}

/** How lanes or elements are added: all of them, or along a dimension. */
type Total = (x: Vector | Elements) => Operand;

const extreme = (op: structural.max | structural.min, x: Vector | Elements): Operand => shared(extremeValue(op, x), x, sumOf);
const extremeAlong = (name: string, x: unknown, axis: number, sign: 1 | -1): Operand =>
  shared(bestsAlong(name, x, axis, sign), x as Vector, (y) => sumsAlong(name, y, axis));

/** The greatest lane or element, NaN where one is NaN; m that tie share the derivative, 1/m each. */
export const max = /* @__PURE__ */ reducing(
  "max",
  (x) => extreme(structural.max, x),
  (x, axis) => extremeAlong("max", x, axis, 1),
);
/** The least lane or element, NaN where one is NaN; m that tie share the derivative, 1/m each. */
export const min = /* @__PURE__ */ reducing(
  "min",
  (x) => extreme(structural.min, x),
  (x, axis) => extremeAlong("min", x, axis, -1),
);

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
export const argmax = /* @__PURE__ */ reducing(
  "argmax",
  (x) => arg(structural.argmax, x),
  (x, axis) => placesAlong("argmax", x, axis, 1),
);
/** The first lane or element that holds the least value, as a number without derivative; a NaN counts as less. */
export const argmin = /* @__PURE__ */ reducing(
  "argmin",
  (x) => arg(structural.argmin, x),
  (x, axis) => placesAlong("argmin", x, axis, -1),
);

function productOf(x: Vector | Elements): Operand {
  const elements = elementsOf("prod", x);
  if (elements) return fold(elements, (a, b) => mul(free(a), free(b)));
  return productIn(
    lengthOf("prod", x),
    x,
    (of, i) => at(free(of), i),
    (of, start, end) => slice(free(of), start, end),
  );
}

/** A product in halves, of so many places, of which single ones and parts are taken. */
function productIn(
  places: number,
  x: unknown,
  atPlace: (x: unknown, i: number) => Operand,
  part: (x: unknown, start: number, end: number) => Operand,
): Operand {
  let left = x;
  const odd: Operand[] = [];
  for (; places > 1; places >>= 1) {
    if (places & 1) odd.push(atPlace(left, places - 1));
    const half = places >> 1;
    left = mul(free(part(left, 0, half)), free(part(left, half, 2 * half)));
  }
  return fold([atPlace(left, 0), ...odd], (a, b) => mul(free(a), free(b)));
}

/** Π xᵢ, over lanes or elements, multiplied in halves; the derivative is right where factors are 0. */
export const prod = /* @__PURE__ */ reducing("prod", productOf, (x, axis) => {
  const { rows, count, back } = fronted("prod", x, axis);
  return back(productIn(count, rows, (of, i) => someRows(of, i, i + 1), someRows));
});

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
const pivot: Total = (x) => (Array.isArray(x) ? extremeValue(structural.max, x) : extreme(structural.max, x));

/**
 * A function's value with the gradient that it states: `scale` times `slopes`, lane by lane or element by element. Slopes are taken over a pivot, the greatest operand,
 * with the derivative of which they do not change; so the pivot's own slope over it is the constant 1, and no curvature is a difference of large numbers.
 */
function withSlopes(value: Operand, x: Vector | Elements, slopes: Vector | Elements, scale: Operand, total: Total): Operand {
  if (!(value instanceof Value)) return value;
  const weighted = (operand: unknown, slope: unknown): Value => free(apply(opcode.weighted, free(operand), free(slope)));
  const flows = Array.isArray(x) ? x.map((element, i) => weighted(element, (slopes as Elements)[i])) : weighted(x, slopes);
  return apply(opcode.surrogate, value, weighted(total(flows), scale));
}

function normOf(x: Vector | Elements, total: Total, best: Total): Operand {
  const greatest = free(best(map(x, abs)));
  const scale = where(and(gt(greatest, 0), lt(greatest, Infinity)), greatest, 1);
  const scaled = map(x, (element) => div(element, scale));
  const root = sqrt(free(total(map(scaled, square))));
  return withSlopes(mul(scale, root), x, scaled, div(1, where(eq(root, 0), Infinity, root)), total);
}

function logSumExpOf(x: Vector | Elements, total: Total, best: Total): Operand {
  const greatest = free(best(x));
  const parts = map(x, (element) => free(apply(opcode.expDifference, element, greatest)));
  const whole = free(total(parts));
  // The total is 0 where all are −∞, and else at least 1, which 1e-30 does not change.
  return withSlopes(add(greatest, log(whole)), x, parts, div(1, add(whole, 1e-30)), total);
}

/** A reduction that is stated over sums and the greatest: of all lanes or elements, or along a dimension. */
const overSums = (name: "norm" | "logSumExp", of: (x: Vector | Elements, total: Total, best: Total) => Operand): Reduction =>
  reducing(
    name,
    (x) => {
      count(name, x);
      return of(x, sumOf, pivot);
    },
    (x, axis) =>
      of(
        shapedOrSelf(name, x),
        (y) => sumsAlong(name, y, axis),
        (y) => extremeAlong(name, y, axis, 1),
      ),
  );

/** An ndarray as a Matrix, so that elementwise functions give one; anything else as it is. */
const shapedOrSelf = (name: string, x: Value): Vector => {
  const found = x instanceof Value ? undefined : numbersOf(name, x);
  return (found === undefined ? x : arrayOf(found)) as Vector;
};

/** √Σ xᵢ² without overflow on the way; its derivatives at 0 are 0. */
export const norm = /* @__PURE__ */ overSums("norm", normOf);

/** log Σ exp(xᵢ) without overflow, over lanes or elements. Where all are −∞ its derivative is 0; lanes of +∞ have all of it. */
export const logSumExp = /* @__PURE__ */ overSums("logSumExp", logSumExpOf);

/** Whether an operand has more than one dimension. */
const isMatrix = (name: string, x: unknown): boolean =>
  !isNumericArray(x) && (x instanceof Value ? x.shape.length > 1 : shapedIn(name, x) !== undefined);

/** The options of a function along a dimension. */
function alongOptions(name: AlongName, operands: readonly unknown[], given: unknown, more: readonly unknown[]): AlongOptions {
  if (more.length > 0 || !isOptions(given)) surplus(name, operands, [given, ...more]);
  return more.length > 0 || !isOptions(given) ? {} : optionsOf(name, given as AlongOptions | undefined);
}

/**
 * Lane `index` of a vector, or row `index` of a matrix, or what stands there along the dimension that `{ axis }` names; counted from the end where negative.
 * Further indices are of the following dimensions: `at(m, i, j)` is a number of a matrix.
 */
export const at = ((x: Vector, index: number, given?: AlongOptions | number, ...more: unknown[]): Operand => {
  if (typeof given === "number" && isMatrix("at", x)) {
    const inner = at as (x: unknown, index: number, ...more: unknown[]) => Operand;
    return inner(inner(x, index), given, ...more);
  }
  const { axis } = alongOptions("at", [x, index], given, more);
  if (axis !== undefined || isMatrix("at", x)) return atPlace(x, index, axisIn("at", x, axis ?? 0));
  const lanes = lengthOf("at", x);
  const lane = position("at", index, lanes, lanes - 1);
  return row(structural.at, x, (values) => values[lane]!, undefined, lane);
}) as {
  (x: NumericArray, index: number): number;
  (x: Matrix | ShapedNumbers, index: number, options?: AlongOptions): Float64Array | Matrix;
  (x: Matrix | ShapedNumbers, index: number, next: number, ...more: number[]): number | Float64Array;
  (x: Value, index: number, options?: AlongOptions): Value;
  (x: Value, index: number, next: number, ...more: number[]): Value;
};

/** A vector as a function returns it. */
export const whole = (x: Vector): Float64Array | Value => (x instanceof Value ? x : asFloat64(x));

/** Lanes, or rows of a matrix, `start` to `end` (not included), both counted from the end where negative; at least one. With `{ axis }` along another dimension. */
export const slice = ((x: Vector, start: number, end?: number, given?: AlongOptions, ...more: unknown[]): Operand => {
  const { axis } = alongOptions("slice", [x, start, end], given, more);
  if (axis !== undefined || isMatrix("slice", x)) return slicePlaces(x, start, end, axisIn("slice", x, axis ?? 0));
  const lanes = lengthOf("slice", x);
  const from = position("slice", start, lanes, lanes);
  const to = position("slice", end ?? lanes, lanes, lanes);
  if (to <= from) throw new RangeError(`slice: expected at least one lane, got ${from} to ${to}`);
  return to - from === lanes ? whole(x) : row(structural.slice, x, (values) => values.slice(from, to), to - from, from);
}) as {
  (x: NumericArray, start: number, end?: number): Float64Array;
  (x: Matrix | ShapedNumbers, start: number, end?: number, options?: AlongOptions): Matrix;
  (x: Value, start: number, end?: number, options?: AlongOptions): Value;
};

/** One vector of all the lanes of vectors and scalars, in order; with `{ axis }`, matrices one behind the other along a dimension. */
export function concat(parts: readonly (number | NumericArray)[]): Float64Array;
export function concat(parts: readonly (Matrix | ShapedNumbers)[], options: AlongOptions): Matrix;
export function concat(parts: readonly Operand[], options?: AlongOptions): Value;
export function concat(parts: readonly unknown[], given?: AlongOptions, ...more: unknown[]): Float64Array | Matrix | Value {
  const { axis } = alongOptions("concat", [parts], given, more);
  if (!Array.isArray(parts)) throw new TypeError(`concat: expected an array of vectors and scalars, got ${describe(parts)}`);
  if (parts.length === 0) throw new RangeError("concat: expected at least one part, got an array of 0");
  if (axis !== undefined) return concatAlong(parts, axis);
  if (parts.some((part: unknown) => isMatrix("concat", part)))
    throw new TypeError(
      `concat: expected vectors and scalars, or an axis for matrices, got a matrix. Write { axis: 0 } for rows, 1 for columns`,
    );
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

/** What stands at one place, which is not counted from the end. */
function takeOne(x: Vector, index: number, axis: number | undefined): Operand {
  const size = shapeOf("take", x)[axis === undefined ? 0 : axisIn("take", x, axis)]!;
  checkLane("take", index, size, 0);
  return axis === undefined ? at(x as Value, index) : at(x as Value, index, { axis });
}

/**
 * Lane iₖ of x for every k; of a matrix row iₖ, or what stands there along the dimension that `{ axis }` names.
 * One number in place of the list, known or a scalar Value as the counter of a loop is, takes that lane or row alone. An index outside x is a RangeError when the function runs, which names the lane.
 */
export const take = ((x: Vector, indices: LaneNumbers, given?: AlongOptions, ...more: unknown[]): Operand => {
  const { axis } = alongOptions("take", [x, indices], given, more);
  if (typeof indices === "number") return takeOne(x, indices, axis);
  if (axis !== undefined || isMatrix("take", x)) return takePlaces(x, indices, axisIn("take", x, axis ?? 0), take);
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
  return numbers === indices && !(indices instanceof Indices && indices.isOne) ? taken : at(taken, 0);
}) as {
  (x: NumericArray, index: number): number;
  (x: Matrix | ShapedNumbers, index: number, options?: AlongOptions): Float64Array | Matrix;
  (x: NumericArray, indices: Int32Array): Float64Array;
  (x: Matrix | ShapedNumbers, indices: Int32Array, options?: AlongOptions): Matrix;
  (x: Vector | Matrix | ShapedNumbers, indices: LaneNumbers | number, options?: AlongOptions): Value;
};

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

/** A function of a vector that gives a vector of the same length, or of a matrix along a dimension. */
export interface LaneMap {
  (x: NumericArray): Float64Array;
  (x: Matrix | ShapedNumbers, options: AlongOptions): Matrix;
  (x: Value, options: AlongOptions): Value;
  (x: Value): Value;
}

/** The dimension along which a function goes; undefined where it is of lanes or elements. */
export function alongAxisOf(name: AlongName, x: unknown, given: unknown, more: readonly unknown[]): number | undefined {
  const { axis } = alongOptions(name, [x], given, more);
  if (axis === undefined && (Array.isArray(x) || !isMatrix(name, x))) return undefined;
  return axis === undefined ? onlyAxis(name, axis, shapeOf(name, x)) : axisIn(name, x, axis);
}

/** A function of the lanes of a vector, or along a dimension of a matrix. */
export const lanewise = (name: AlongName, onVector: (x: Vector) => Operand, along: (x: Value, axis: number) => Operand): LaneMap =>
  own(((x: Vector, given?: AlongOptions, ...more: unknown[]): Operand => {
    const { axis } = alongOptions(name, [x], given, more);
    if (axis === undefined && !isMatrix(name, x)) return onVector(x);
    return along(free(x), onlyAxis(name, axis, shapeOf(name, x)));
  }) as LaneMap);

/** Running sums: lane i is x₀ + … + xᵢ. */
export const cumsum: LaneMap = /* @__PURE__ */ lanewise(
  "cumsum",
  (x) => row(structural.cumsum, x, cumsumLanes, lengthOf("cumsum", x)),
  (x, axis) => runningSums("cumsum", x, axis),
);

/** The lanes in opposite order. */
export const reverse: LaneMap = /* @__PURE__ */ lanewise(
  "reverse",
  (x) => row(structural.reverse, x, (values) => values.slice().reverse(), lengthOf("reverse", x)),
  (x, axis) => reversedAlong("reverse", x, axis),
);

/** The numbers on the diagonal of a matrix, as a vector. */
export const diagonal = /* @__PURE__ */ diagonalWith((x, indices) => take(x, indices));

/** The sum of the numbers on the diagonal of a matrix. */
export const matrixTrace = /* @__PURE__ */ taking("matrixTrace", 1, (x: unknown) => sum(diagonal(x as Value))) as {
  (x: Value): Value;
  (x: Matrix | ShapedNumbers): number;
};

/** The lanes in ascending order, NaN last, each with the derivative of the one that it is; of a matrix along the dimension that `{ axis }` names. */
export const sort = /* @__PURE__ */ sortWith((x, indices) =>
  take(x, indices instanceof Value ? indices : Int32Array.from(indices as unknown as Float64Array)),
);

/** A vector with the scalar in each of `lanes` lanes. Elementwise functions broadcast scalars by themselves. */
export const broadcast = /* @__PURE__ */ taking("broadcast", 2, (x: number | Value, lanes: number): Operand => {
  if (!Number.isInteger(lanes) || lanes < 1) throw new RangeError(`broadcast: expected a number of lanes from 1, got ${lanes}`);
  if (typeof x === "number") return new Float64Array(lanes).fill(x);
  if (!(x instanceof Value) || !x.isScalar)
    throw new TypeError(`broadcast: expected a scalar, got ${x instanceof Value ? `a vector of ${x.length}` : describe(x)}`);
  return row(structural.broadcast, x, () => 0, lanes);
}) as { (x: number, lanes: number): Float64Array; (x: Value, lanes: number): Value };
