/** Parts of matrices along a dimension, and matrices put together: rows, columns, stacks, diagonals, sorted lanes. */
import { type NumericArray } from "../data/arrays.js";
import { Matrix } from "../data/matrix.js";
import { own, surplus, taking } from "../data/operands.js";
import { optionsOf } from "../data/options.js";
import { describe } from "../errors.js";
import { checkLane } from "../ops/lanes.js";
import { lanesOf, type Shape, shapeText } from "../ops/shapes.js";
import {
  type AlongOptions,
  type Arrayed,
  axisOf,
  constantArray,
  dropped,
  flatRow,
  fronted,
  onlyAxis,
  orderOf,
  placesIn,
  someRows,
} from "./axes.js";
import { add, mul, where } from "./generated/math.js";
import { matrixShape, numbersOf, reshape, shapeOf, type ShapedNumbers, sizesFrom, transpose } from "./matrices.js";
import { Indices, rowOf, traceOf, Value } from "./value.js";

/** A position counted from the end where negative, as Array.prototype.at does. */
export function position(name: string, index: number, lanes: number, most: number): number {
  const lane = index < 0 ? index + lanes : index;
  if (!Number.isInteger(index) || lane < 0 || lane > most)
    throw new RangeError(`${name}: expected a whole number from ${-lanes} to ${most}, got ${index}`);
  return lane;
}

/** What stands at a place of a dimension, without it: a row of a matrix, a matrix of a batch. */
export function atPlace(x: unknown, index: number, axis: number): Arrayed {
  const { rows, count, back } = fronted("at", x, axis);
  const i = position("at", index, count, count - 1);
  return dropped(back(someRows(rows, i, i + 1)), axis) as Arrayed;
}

/** What stands from one place of a dimension to another. */
export function slicePlaces(x: unknown, start: number, end: number | undefined, axis: number): Arrayed {
  const { rows, count, back } = fronted("slice", x, axis);
  const from = position("slice", start, count, count);
  const to = position("slice", end ?? count, count, count);
  if (to <= from) throw new RangeError(`slice: expected at least one place, got ${from} to ${to}`);
  return back(someRows(rows, from, to));
}

/** What stands at listed places of a dimension; at one that is computed, without the dimension. */
export function takePlaces(x: unknown, indices: unknown, axis: number, takeFlat: (x: Value, indices: never) => Value): Arrayed {
  if (indices instanceof Value || indices instanceof Indices) return takeComputed(x, indices, axis, takeFlat);
  if (!(indices instanceof Int32Array))
    throw new TypeError(`take: expected lane numbers in an Int32Array, Indices or a Value, got ${describe(indices)}`);
  const { rows, count, rest, back } = fronted("take", x, axis);
  indices.forEach((index, i) => checkLane("take", index, count, i));
  const places = Int32Array.from({ length: indices.length * rest }, (_, i) => indices[Math.floor(i / rest)]! * rest + (i % rest));
  return back(reshape(takeFlat(flatRow("take", rows), places as never), [indices.length, rest]));
}

/** The same by lane numbers that are known when the function runs. */
function takeComputed(x: unknown, indices: Value | Indices, axis: number, takeFlat: (x: Value, indices: never) => Value): Arrayed {
  const { rows, count, rest, back } = fronted("take", x, axis);
  // as numbers: that of a place is itself, and there is none out of bounds
  const numbers = takeFlat(Float64Array.from({ length: count }, (_, i) => i) as never, indices as never);
  const taken = numbers.length ?? 1;
  const starts = mul(numbers, rest);
  const places = add(numbers.isScalar ? starts : reshape(starts, [taken, 1]), placesIn([rest], 0) as Value);
  const found = back(reshape(takeFlat(flatRow("take", rows), reshape(places, [taken * rest]) as never), [taken, rest]));
  return numbers.isScalar ? (dropped(found, axis) as Arrayed) : found;
}

/** Operands that have a shape of their own, in the shape that they are put together in; shapes are alike but for one dimension. */
function alike(name: string, parts: readonly unknown[], axis: number | undefined): Shape[] {
  const shapes = parts.map((part) => shapeOf(name, part));
  const [first] = shapes as [Shape];
  shapes.forEach((shape, k) => {
    const fits = shape.length === first.length && shape.every((size, i) => i === axis || size === first[i]);
    if (!fits) throw new RangeError(`${name}: expected parts of one shape, got ${shapeText(first)} and ${shapeText(shape)} at ${k}`);
  });
  return shapes;
}

/** Rows of matrices, one matrix after the other. */
function joinedRows(name: string, parts: readonly unknown[]): Arrayed {
  const trace = traceOf(name, parts);
  const shapes = parts.map((part) => shapeOf(name, part));
  const rest = shapes[0]!.slice(1);
  const shape = [shapes.reduce((total, [size]) => total + size!, 0), ...rest];
  if (trace === undefined) {
    const data = new Float64Array(lanesOf(shape));
    let lane = 0;
    for (const part of parts) {
      const numbers = numbersOf(name, part)!.data;
      data.set(numbers, lane);
      lane += numbers.length;
    }
    return shape.length > 1 ? new Matrix(data, shape) : data;
  }
  let lane = 0;
  const pieces = parts.map((part): [number, number] => {
    const row = rowOf(name, trace, part);
    return [row, (lane += trace.graph.lanes(row)) - trace.graph.lanes(row)];
  });
  return new Value(trace, trace.graph.assemble(pieces, shape));
}

/** Vectors or matrices put one behind the other along a dimension. */
export function concatAlong(parts: readonly unknown[], axis: number): Arrayed {
  const place = axisOf("concat", axis, shapeOf("concat", parts[0]));
  alike("concat", parts, place);
  const fronts = parts.map((part) => fronted("concat", part, place));
  return fronts[0]!.back(
    joinedRows(
      "concat",
      fronts.map(({ rows }) => rows),
    ),
  );
}

function stackOf(parts: readonly Value[], options?: AlongOptions): Value;
function stackOf(parts: readonly (NumericArray | Matrix | ShapedNumbers)[], options?: AlongOptions): Matrix;
function stackOf(parts: readonly (NumericArray | Matrix | ShapedNumbers | Value)[], options?: AlongOptions): Value;
function stackOf(parts: unknown, given?: AlongOptions, ...more: unknown[]): Arrayed {
  if (more.length > 0) surplus("stack", [parts, given], more, "argument");
  const { axis = 0 } = optionsOf("stack", given);
  if (!Array.isArray(parts) || parts.length === 0)
    throw new TypeError(`stack: expected an array of vectors or matrices, got ${describe(parts)}. Scalars in an array are vector(x)`);
  const [shape] = alike("stack", parts, undefined) as [Shape];
  const place = axisOf("stack", axis, [parts.length, ...shape]);
  const one = sizesFrom("stack", [...shape.slice(0, place), 1, ...shape.slice(place)]);
  return concatAlong(
    parts.map((part: unknown) => reshape(part as Value, one)),
    place,
  );
}

/** Vectors or matrices of one shape side by side in a new dimension, the first by default: vectors are the rows of a matrix, or, with `{ axis: 1 }`, its columns. */
export const stack = /* @__PURE__ */ own(stackOf);

const filled = (name: string, value: number) =>
  taking(name, 1, (shape: readonly number[]) => {
    const sizes = sizesFrom(name, shape);
    const data = new Float64Array(lanesOf(sizes)).fill(value);
    return sizes.length > 1 ? new Matrix(data, sizes) : data;
  }) as {
    (shape: readonly [number]): Float64Array;
    (shape: readonly [number, number] | readonly [number, number, number]): Matrix;
    (shape: readonly number[]): Float64Array | Matrix;
  };

/** Zeros in a shape: [n], [m, n] or [b, m, n]. */
export const zeros = /* @__PURE__ */ filled("zeros", 0);

/** Ones in a shape: [n], [m, n] or [b, m, n]. */
export const ones = /* @__PURE__ */ filled("ones", 1);

/** The identity matrix of n rows, with ones on the diagonal; of m columns where that is given. */
export const eye = /* @__PURE__ */ taking("eye", 2, (n: number, m: number = n): Matrix => {
  const [rows, columns] = sizesFrom("eye", [n, m]) as [number, number];
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < Math.min(rows, columns); i++) data[i * (columns + 1)] = 1;
  return new Matrix(data, [rows, columns]);
});

/** The matrix shape of an operand that is no batch. */
function flatShape(name: string, x: unknown): readonly [number, number] {
  const shape = matrixShape(name, x);
  if (shape.length > 2) throw new TypeError(`${name}: expected a matrix, got a batch of shape ${shapeText(shape)}`);
  return shape as unknown as readonly [number, number];
}

/** The numbers on the diagonal of a matrix, as a vector. */
export const diagonalWith = (
  takeFlat: (x: Value, indices: Int32Array) => Value,
): { (x: Value): Value; (x: Matrix | ShapedNumbers): Float64Array } =>
  taking("diagonal", 1, (x: unknown) => {
    const [m, n] = flatShape("diagonal", x);
    return takeFlat(
      flatRow("diagonal", x),
      Int32Array.from({ length: Math.min(m, n) }, (_, i) => i * (n + 1)),
    );
  }) as never;

/** The square matrix with a vector on its diagonal, and zeros elsewhere. */
export const diag = /* @__PURE__ */ taking("diag", 1, (x: unknown) => {
  const shape = shapeOf("diag", x);
  if (shape.length !== 1)
    throw new TypeError(`diag: expected a vector, got a matrix of shape ${shapeText(shape)}. Its diagonal is diagonal(x)`);
  const n = shape[0]!;
  return where(eye(n) as never, reshape(x as Value, [n, 1]), 0);
}) as { (x: Value): Value; (x: NumericArray): Matrix };

/** A part of a matrix on one side of a diagonal, zeros on the other. */
const triangle = (name: "tril" | "triu", keeps: (i: number, j: number, k: number) => boolean) =>
  taking(name, 2, (x: unknown, k = 0) => {
    const shape = matrixShape(name, x);
    if (!Number.isInteger(k)) throw new RangeError(`${name}: expected the number of a diagonal, a whole number, got ${describe(k)}`);
    const [m, n] = shape.slice(-2) as [number, number];
    const mask = Float64Array.from({ length: m * n }, (_, lane) => Number(keeps(Math.floor(lane / n), lane % n, k)));
    return where(new Matrix(mask, [m, n]) as never, x as Value, 0);
  }) as { (x: Value, k?: number): Value; (x: Matrix | ShapedNumbers, k?: number): Matrix };

/** A matrix with zeros above the diagonal, or above the k-th one above it. */
export const tril = /* @__PURE__ */ triangle("tril", (i, j, k) => j - i <= k);

/** A matrix with zeros below the diagonal, or below the k-th one above it. */
export const triu = /* @__PURE__ */ triangle("triu", (i, j, k) => j - i >= k);

/** A vector, or a matrix along a dimension, turned by so many places: what falls off the end comes in at the front. */
export const roll = /* @__PURE__ */ own((x: unknown, places: number, given?: AlongOptions, ...more: unknown[]) => {
  if (more.length > 0) surplus("roll", [x, places, given], more, "argument");
  const { axis } = optionsOf("roll", given);
  if (!Number.isInteger(places)) throw new RangeError(`roll: expected a whole number of places, got ${describe(places)}`);
  const shape = shapeOf("roll", x);
  const { rows, count, back } = fronted("roll", x, onlyAxis("roll", axis, shape));
  const turned = ((places % count) + count) % count;
  if (turned === 0) return back(rows);
  return back(joinedRows("roll", [someRows(rows, count - turned, count), someRows(rows, 0, count - turned)]));
}) as {
  (x: Value, places: number, options?: AlongOptions): Value;
  (x: NumericArray, places: number): Float64Array;
  (x: Matrix | ShapedNumbers, places: number, options: AlongOptions): Matrix;
};

/** The lanes along a dimension brought last, as rows, and what brings them back. */
function rowsLast(name: string, x: unknown, given: AlongOptions | undefined, more: readonly unknown[]) {
  if (more.length > 0) surplus(name, [x, given], more, "argument");
  const { axis } = optionsOf(name as "sort", given);
  const front = fronted(name, x, onlyAxis(name, axis, shapeOf(name, x)));
  return { ...front, lanes: transpose(front.rows), back: (lanes: unknown) => front.back(transpose(lanes as Value)) };
}

/** A function of the lanes along a dimension, which gives as many. */
export interface SortMap {
  (x: Value, options?: AlongOptions): Value;
  (x: NumericArray): Float64Array;
  (x: Matrix | ShapedNumbers, options: AlongOptions): Matrix;
}

/** The places of the lanes in ascending order, as numbers without derivative: equal lanes in theirs, NaN last; of a matrix along the dimension that `{ axis }` names. */
export const argsort = /* @__PURE__ */ own((x: unknown, given?: AlongOptions, ...more: unknown[]) => {
  const { lanes, back } = rowsLast("argsort", x, given, more);
  return back(orderOf("argsort", lanes));
}) as SortMap;

/** The lanes in ascending order, NaN last, each with the derivative of the one that it is; of a matrix along the dimension that `{ axis }` names. */
export const sortWith = (takeFlat: (x: Value, indices: Value) => Value): SortMap =>
  own(((x: unknown, given?: AlongOptions, ...more: unknown[]) => {
    const { lanes, count, rest, back } = rowsLast("sort", x, given, more);
    const starts = constantArray(
      "sort",
      lanes,
      Float64Array.from({ length: rest }, (_, i) => i * count),
      [rest, 1],
    );
    const order = add(orderOf("sort", lanes) as Value, starts as Value);
    return back(reshape(takeFlat(flatRow("sort", lanes), flatRow("sort", order)), [rest, count]));
  }) as SortMap);
