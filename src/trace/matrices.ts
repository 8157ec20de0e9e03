/** Matrices, numbers or traced: made, and put in other shapes. */
import { asFloat64, insteadOf, isNumericArray, type NumericArray } from "../data/arrays.js";
import { type Found, inShape, Matrix, nestedNumbers, shapedIn } from "../data/matrix.js";
import { own, surplus, taking } from "../data/operands.js";
import { describe } from "../errors.js";
import { type Graph, type Row } from "../graph/graph.js";
import { reshapedTo } from "../graph/shaped.js";
import { gridLanes } from "../ops/lanes.js";
import { structural } from "../ops/rows.js";
import { lanesOf, MOST_DIMENSIONS, type Shape, shapeText, transposedShape, transposeGrid } from "../ops/shapes.js";
import { indexColumn, Indices, rowOf, traceOf, Value } from "./value.js";

/** Numbers in a shape as other libraries have them: an ndarray. */
export interface ShapedNumbers {
  readonly data: NumericArray;
  readonly shape: readonly number[];
}

/** A matrix: of numbers, or traced. */
export type MatrixLike = Matrix | ShapedNumbers | Value;

/** A function of a vector or a matrix that gives a matrix. */
export interface ToMatrix {
  (x: Value): Value;
  (x: NumericArray | Matrix | ShapedNumbers): Matrix;
}

/** What an operand is: numbers in a shape, or undefined where it is a Value. Throws where it is neither. */
export function numbersOf(name: string, x: unknown): Found | undefined {
  if (x instanceof Value) return undefined;
  if (isNumericArray(x)) {
    if (x.length === 0) throw new RangeError(`${name}: expected at least one lane, got ${describe(x)}`);
    return { data: asFloat64(x), shape: [x.length] };
  }
  const found = shapedIn(name, x);
  if (found !== undefined) return found;
  const came = x instanceof Indices ? indexColumn(x) : `${describe(x)}${insteadOf(x)}`;
  throw new TypeError(`${name}: expected a vector or a matrix, got ${came}`);
}

/** The shape of a vector or a matrix, which is not []. */
export function shapeOf(name: string, x: unknown): Shape {
  const shape = x instanceof Value ? x.shape : numbersOf(name, x)!.shape;
  if (shape.length === 0) throw new TypeError(`${name}: expected a vector or a matrix, got a scalar Value`);
  return shape;
}

/** The shape of a matrix, or of a batch of them. */
export function matrixShape(name: string, x: unknown): Shape {
  const shape = shapeOf(name, x);
  if (shape.length < 2)
    throw new TypeError(`${name}: expected a matrix, got a vector of ${shape[0]}. A matrix of one row is reshape(x, [1, n])`);
  return shape;
}

/** Numbers in a shape as what users hold them in. */
export const arrayOf = ({ data, shape }: Found): Float64Array | Matrix => (shape.length > 1 ? new Matrix(data, shape) : data);

/** Records rows of a Value, or computes on numbers. */
export function onArray(
  name: string,
  x: unknown,
  onRows: (graph: Graph, row: Row) => Row,
  onNumbers: (x: Found) => Found,
): Float64Array | Matrix | Value {
  const numbers = numbersOf(name, x);
  if (numbers !== undefined) return arrayOf(onNumbers(numbers));
  const trace = traceOf(name, [x])!;
  return new Value(trace, onRows(trace.graph, rowOf(name, trace, x)));
}

/** A size from 1. */
function sizeOf(name: string, size: unknown): number {
  if (typeof size === "number" && Number.isInteger(size) && size >= 1) return size;
  throw new RangeError(`${name}: expected sizes that are whole numbers from 1, got ${describe(size)}`);
}

/** Sizes that a user gave. */
export function sizesFrom(name: string, shape: unknown, least = 1): Shape {
  if (!Array.isArray(shape)) throw new TypeError(`${name}: expected a shape, an array of sizes, got ${describe(shape)}`);
  if (shape.length < least || shape.length > MOST_DIMENSIONS)
    throw new RangeError(`${name}: expected ${least} to ${MOST_DIMENSIONS} sizes, got ${shape.length}`);
  return shape.map((size) => sizeOf(name, size));
}

/** The trace and the shape of Values that stand in rows; undefined where there are none. */
function valuesIn(x: unknown): Value | undefined {
  if (x instanceof Value) return x;
  return Array.isArray(x) ? x.map(valuesIn).find((found) => found !== undefined) : undefined;
}

/** A matrix of scalars, or of vectors that are its rows, or a batch of matrices, among which there are Values. */
function matrixOfValues(x: unknown): Value {
  if (x instanceof Value) {
    matrixShape("matrix", x);
    return x;
  }
  const trace = traceOf("matrix", flat(x))!;
  const { graph } = trace;
  /** Rows one after the other, and the shape that they have together. */
  const gather = (item: unknown, path: string): { rows: Row[]; shape: Shape } => {
    if (!Array.isArray(item)) {
      const row = rowOf("matrix", trace, item);
      return { rows: [row], shape: graph.sizes(row) };
    }
    if (item.length === 0) throw new RangeError(`matrix: expected at least one row and one column, got an empty array at ${path}`);
    const items = item.map((inner, i) => gather(inner, `${path}[${i}]`));
    const { shape } = items[0]!;
    items.forEach((other, i) => {
      if (shapeText(other.shape) !== shapeText(shape))
        throw new RangeError(
          `matrix: expected rows of one length, got shapes ${shapeText(shape)} and ${shapeText(other.shape)} at ${path}[${i}]`,
        );
    });
    return { rows: items.flatMap(({ rows }) => rows), shape: [items.length, ...shape] };
  };
  const { rows, shape } = gather(x, "x");
  if (shape.length < 2 || shape.length > MOST_DIMENSIONS)
    throw new TypeError(`matrix: expected rows of scalars, or vectors as rows, got what has the shape ${shapeText(shape)}`);
  let lane = 0;
  const pieces = rows.map((row): [Row, number] => [row, (lane += graph.lanes(row)) - graph.lanes(row)]);
  return new Value(trace, graph.assemble(pieces, shape));
}

const flat = (x: unknown): unknown[] => (Array.isArray(x) ? x.flatMap(flat) : [x]);

function matrixFrom(x: Matrix | ShapedNumbers | readonly ArrayLike<number>[] | readonly (readonly ArrayLike<number>[])[]): Matrix;
function matrixFrom(data: ArrayLike<number>, shape: readonly number[]): Matrix;
function matrixFrom(x: Value | readonly (Value | readonly (number | Value)[])[], shape?: undefined): Value;
function matrixFrom(x: object, shape?: undefined): Matrix;
function matrixFrom(x: unknown, shape?: unknown, ...more: unknown[]): Matrix | Value {
  if (more.length > 0) surplus("matrix", [x, shape], more, "argument");
  if (shape !== undefined) {
    const sizes = sizesFrom("matrix", shape, 2);
    if (x instanceof Value) throw new TypeError("matrix: expected numbers for a shape, got a Value. Write reshape(x, shape)");
    const data = isNumericArray(x) || x instanceof Int32Array ? new Float64Array(x) : listed(x);
    const found = inShape("matrix", data, sizes);
    return new Matrix(found.data, found.shape);
  }
  if (valuesIn(x) !== undefined) return matrixOfValues(x);
  const found = Array.isArray(x) ? nestedNumbers("matrix", x) : shapedIn("matrix", x);
  if (found === undefined || found.shape.length < 2)
    throw new TypeError(
      `matrix: expected arrays of numbers in an array, numbers and a shape, or an ndarray of rank 2, got ${describe(x)}. Of a flat array, write matrix(x, [m, n])`,
    );
  return new Matrix(found.data.slice(), found.shape);
}

/**
 * A matrix of numbers in rows: of arrays in an array (or, of a batch, these in one more), which may be typed, of numbers and a shape, of an ndarray of another library, of a matrix of ml-matrix,
 * copied; of scalar Values in rows, or of vectors as rows, a Value.
 * @throws TypeError where something is no number, RangeError where rows differ in length or the shape holds another count of numbers; both say where.
 */
export const matrix = /* @__PURE__ */ own(matrixFrom);

/** Numbers in an array of JavaScript. */
function listed(x: unknown): Float64Array {
  if (!Array.isArray(x)) throw new TypeError(`matrix: expected numbers in an array, got ${describe(x)}`);
  return Float64Array.from(x as unknown[], (number, i) => {
    if (typeof number !== "number") throw new TypeError(`matrix: expected a number, got ${describe(number)} at x[${i}]`);
    return number;
  });
}

/** A matrix with rows and columns swapped; of a batch each. */
export const transpose = /* @__PURE__ */ taking("transpose", 1, (x: unknown) => {
  const shape = matrixShape("transpose", x);
  const swapped = transposedShape(shape);
  return onArray(
    "transpose",
    x,
    (graph, row) => swappedRow(graph, row),
    ({ data }) => ({ data: gridLanes(data, transposeGrid(shape)), shape: swapped }),
  );
}) as ToMatrix;

/** The row of a matrix with rows and columns swapped: a transposed one's own matrix, and of one row or column no more than its shape. */
function swappedRow(graph: Graph, row: Row): Row {
  const shape = graph.sizes(row);
  if (graph.op[row] === structural.transpose) return graph.a[row]!;
  if (shape.at(-1) === 1 || shape.at(-2) === 1) return reshapedTo(graph, row, transposedShape(shape));
  return graph.shared(structural.transpose, graph.shapeOf(transposedShape(shape)), row);
}

/** The numbers of a vector or a matrix, in row-major order, in another shape: [n], [m, n] or [b, m, n]; one size may be −1, which is what the others leave. */
export const reshape = /* @__PURE__ */ taking("reshape", 2, (x: unknown, given: readonly number[]) => {
  const shape = shapeOf("reshape", x);
  const lanes = lanesOf(shape);
  if (!Array.isArray(given)) throw new TypeError(`reshape: expected a shape, an array of sizes, got ${describe(given)}`);
  const open = (given as readonly number[]).indexOf(-1);
  const known = lanesOf((given as readonly number[]).filter((_, i) => i !== open));
  const sizes = sizesFrom(
    "reshape",
    open < 0 ? given : (given as readonly number[]).map((size, i) => (i === open ? Math.max(1, Math.floor(lanes / known)) : size)),
  );
  if (lanesOf(sizes) !== lanes)
    throw new RangeError(
      `reshape: expected a shape of ${lanes} numbers, as ${shapeText(shape)} has, got ${shapeText(given as readonly number[])}`,
    );
  return onArray(
    "reshape",
    x,
    (graph, row) => reshapedTo(graph, row, sizes),
    ({ data }) => ({ data: data.slice(), shape: sizes }),
  );
}) as {
  (x: Value, shape: readonly number[]): Value;
  (x: NumericArray | Matrix | ShapedNumbers, shape: readonly [number]): Float64Array;
  (x: NumericArray | Matrix | ShapedNumbers, shape: readonly [number, number] | readonly [number, number, number]): Matrix;
  (x: NumericArray | Matrix | ShapedNumbers, shape: readonly number[]): Float64Array | Matrix;
};
