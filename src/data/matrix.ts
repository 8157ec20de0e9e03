/** Matrices: numbers with a shape of two dimensions, or of three where there are many. */
import { describe } from "../errors.js";
import { type Shape, shapeText, lanesOf, MOST_DIMENSIONS } from "../ops/shapes.js";
import { asFloat64, isNumericArray, isShaped, type NumericArray } from "./arrays.js";

/** A matrix as arrays in arrays. */
export type Nested = number[][] | number[][][];

/** Numbers in rows and columns, [m, n], or a batch of them, [b, m, n], in row-major order. */
export class Matrix {
  /** The numbers, row after row; writing here changes the matrix. */
  readonly data: Float64Array;
  readonly shape: Shape;

  /** @internal `matrix` makes them. */
  constructor(data: Float64Array, shape: Shape) {
    this.data = data;
    this.shape = shape;
  }

  /** How many rows there are; of a batch how many matrices. */
  get length(): number {
    return this.shape[0]!;
  }

  /**
   * The number in row i and column j, counted from the end where negative; of a batch, in matrix b first.
   * @throws RangeError outside the shape, or where there are more or fewer places than dimensions.
   */
  at(...place: number[]): number {
    const { shape } = this;
    if (place.length !== shape.length)
      throw new RangeError(`Matrix.at: expected ${shape.length} places in the shape ${shapeText(shape)}, got ${place.length}`);
    let lane = 0;
    for (let axis = 0; axis < shape.length; axis++) lane = lane * shape[axis]! + placeIn("Matrix.at", place[axis]!, shape[axis]!);
    return this.data[lane]!;
  }

  /**
   * Row i, or matrix i of a batch, over the same memory; counted from the end where negative.
   * @throws RangeError outside the shape.
   */
  row(i: number): Float64Array;
  row(i: number): Float64Array | Matrix;
  row(i: number): Float64Array | Matrix {
    const [, ...inner] = this.shape;
    const lanes = lanesOf(inner);
    const start = lanes * placeIn("Matrix.row", i, this.shape[0]!);
    const part = this.data.subarray(start, start + lanes);
    return inner.length === 1 ? part : batchRow(part, inner);
  }

  /** The numbers as arrays of rows; of a batch, arrays of those. */
  toArray(): number[][];
  toArray(): Nested;
  toArray(): Nested {
    const nested = (start: number, [size, ...inner]: Shape): unknown =>
      inner.length === 0
        ? Array.from(this.data.subarray(start, start + size!))
        : Array.from({ length: size! }, (_, i) => nested(start + i * lanesOf(inner), inner));
    return nested(0, this.shape) as Nested;
  }
}

/** Made outside the class, which bundlers rename where it names itself: consoles show the name. */
const batchRow = (data: Float64Array, shape: Shape): Matrix => new Matrix(data, shape);

/** A place counted from the end where negative. */
function placeIn(name: string, i: number, size: number): number {
  const place = i < 0 ? i + size : i;
  if (!Number.isInteger(i) || place < 0 || place >= size)
    throw new RangeError(`${name}: expected a whole number from ${-size} to ${size - 1}, got ${describe(i)}`);
  return place;
}

/** Numbers in a shape that is given by name or by parts: an ndarray of another library, ours, or arrays in arrays. */
export interface Found {
  readonly data: Float64Array;
  readonly shape: Shape;
}

/** What holds numbers, and says in which places. */
interface Ndarray {
  readonly data?: unknown;
  readonly shape: ArrayLike<number>;
  readonly stride?: ArrayLike<number>;
  readonly strides?: ArrayLike<number>;
  readonly offset?: number;
  readonly get?: (...place: number[]) => unknown;
}

const isList = (x: unknown): x is ArrayLike<number> => Array.isArray(x) || (ArrayBuffer.isView(x) && "length" in x);

/** The sizes that an ndarray states; undefined where they are no whole numbers from 1. */
function sizesOf(shape: unknown): Shape | undefined {
  if (!isList(shape)) return undefined;
  const sizes = Array.from(shape);
  return sizes.every((size) => Number.isInteger(size) && size >= 1) ? sizes : undefined;
}

/** Whether an object has the numbers and the shape of an ndarray that is no instance of a class: `{ data, shape }`, perhaps with strides. */
function isPlainNdarray(x: object): x is Ndarray {
  if (!("shape" in x && "data" in x && isNumericArray(x.data))) return false;
  const sizes = sizesOf(x.shape);
  return (
    sizes !== undefined &&
    sizes.length > 0 &&
    sizes.length <= MOST_DIMENSIONS &&
    ("stride" in x || "strides" in x || lanesOf(sizes) === x.data.length)
  );
}

/** The numbers of an ndarray in row-major order. */
function ndarrayNumbers(name: string, x: Ndarray): Found {
  const shape = sizesOf(x.shape);
  if (shape === undefined || shape.length > MOST_DIMENSIONS)
    throw new TypeError(
      `${name}: expected rank 1 to ${MOST_DIMENSIONS}, got ${describe(x)} of shape ${Array.from(x.shape).join(" × ") || "()"}`,
    );
  const data = new Float64Array(lanesOf(shape));
  const get = typeof x.get === "function" ? x.get.bind(x) : undefined;
  const strides = x.stride ?? x.strides ?? shape.map((_, axis) => lanesOf(shape.slice(axis + 1)));
  const numbers = x.data as ArrayLike<unknown>;
  const place = shape.map(() => 0);
  for (let lane = 0; lane < data.length; lane++) {
    let rest = lane;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis] = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    const value = get ? get(...place) : numbers[place.reduce((at, i, axis) => at + i * strides[axis]!, x.offset ?? 0)];
    if (typeof value !== "number") throw new TypeError(`${name}: expected numbers, got ${describe(value)} at [${place.join(", ")}]`);
    data[lane] = value;
  }
  return { data, shape };
}

/**
 * What holds numbers in a shape, as it is or by copy: a Matrix, an ndarray of rank 2 or 3, a plain `{ data, shape, stride }` of any rank, a matrix of ml-matrix; undefined of anything
 * else. Of rank 1 an instance of another library's class is left to `vector`.
 */
export function shapedIn(name: string, x: unknown): Found | undefined {
  if (x instanceof Matrix) return x;
  if (typeof x !== "object" || x === null || Array.isArray(x) || ArrayBuffer.isView(x)) return undefined;
  if ("to2DArray" in x && typeof x.to2DArray === "function") return nestedNumbers(name, (x.to2DArray as () => unknown).call(x));
  return (isShaped(x) && x.shape.length > 1 && x.shape.length <= MOST_DIMENSIONS) || isPlainNdarray(x)
    ? ndarrayNumbers(name, x)
    : undefined;
}

/** The numbers of arrays in arrays, which may be typed ones; rows of one length. */
export function nestedNumbers(name: string, x: unknown): Found {
  const shape: number[] = [];
  for (let inner = x; isList(inner); inner = (inner as ArrayLike<unknown>)[0]) {
    if (inner.length === 0) throw new RangeError(`${name}: expected at least one row and one column, got ${describe(x)} with an empty one`);
    shape.push(inner.length);
  }
  if (shape.length < 2 || shape.length > MOST_DIMENSIONS)
    throw new TypeError(
      `${name}: expected arrays of numbers in an array, or these in one more, got ${describe(x)} of rank ${shape.length}`,
    );
  const data = new Float64Array(lanesOf(shape));
  let lane = 0;
  const fill = (value: unknown, axis: number, path: string): void => {
    if (axis === shape.length) {
      if (typeof value !== "number") throw new TypeError(`${name}: expected a number, got ${describe(value)} at ${path}`);
      data[lane++] = value;
      return;
    }
    if (!isList(value)) throw new TypeError(`${name}: expected an array of ${shape[axis]}, got ${describe(value)} at ${path}`);
    if (value.length !== shape[axis])
      throw new RangeError(`${name}: expected rows of one length, got ${shape[axis]} and ${value.length} at ${path}`);
    for (let i = 0; i < value.length; i++) fill(value[i], axis + 1, `${path}[${i}]`);
  };
  fill(x, 0, "x");
  return { data, shape };
}

/** Numbers in a shape that holds as many. */
export function inShape(name: string, data: NumericArray, shape: Shape): Found {
  const sizes = sizesOf(shape);
  if (sizes === undefined || sizes.length < 2 || sizes.length > MOST_DIMENSIONS)
    throw new RangeError(
      `${name}: expected a shape of two or three sizes from 1, got ${isList(shape) ? shapeText(Array.from(shape)) : describe(shape)}`,
    );
  if (lanesOf(sizes) !== data.length)
    throw new RangeError(`${name}: expected ${lanesOf(sizes)} numbers for the shape ${shapeText(sizes)}, got ${data.length}`);
  return { data: asFloat64(data), shape: sizes };
}
