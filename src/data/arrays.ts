/** Arrays of numbers from outside: which are vectors as they are, or by copy, and what to write of the others. */
import { copyOf } from "../errors.js";

/** A typed array that is taken as a vector: by copy, but for a Float64Array. An Int32Array is an index column; 64-bit integers are no numbers. */
export type NumericArray =
  Float64Array | Float32Array | Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Uint32Array;

const NUMERIC = new Set(["Float64", "Float32", "Float16", "Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Uint32"]);

/** The kind of a typed array, of this realm or another. */
const kindOf = (x: ArrayBufferView): string => ((x as Partial<Float64Array>)[Symbol.toStringTag] ?? "").replace(/Array$/, "");

/** Whether a value is a vector as it is, or by copy. */
export const isNumericArray = (x: unknown): x is NumericArray =>
  x instanceof Float64Array || (ArrayBuffer.isView(x) && NUMERIC.has(kindOf(x)));

/** The numbers of a vector: a Float64Array itself, of others a copy. */
export const asFloat64 = (x: NumericArray): Float64Array => (x instanceof Float64Array ? x : new Float64Array(x));

/** Something of rank 1 or more that is no array of JavaScript: an ndarray. */
interface Shaped {
  readonly shape: ArrayLike<number>;
  readonly get: (...place: number[]) => unknown;
}

/** Whether an object has the shape and the elements of an ndarray. */
export const isShaped = (x: object): x is Shaped =>
  "shape" in x && typeof x.shape === "object" && x.shape !== null && "length" in x.shape && "get" in x && typeof x.get === "function";

/** Whether an object holds elements that may be numbers: an iterable, a column, or what has a length. */
const isSequence = (x: object): boolean => Symbol.iterator in x || "toArray" in x || "length" in x;

const VECTOR = ". Write vector(x), which copies its numbers";

/** What to write in place of a value that is no vector. */
export function insteadOf(x: unknown): string {
  if (typeof x !== "object" || x === null || copyOf in x) return "";
  if (Array.isArray(x)) return `${VECTOR}; lone elements are operands by themselves`;
  if (ArrayBuffer.isView(x)) {
    if (kindOf(x) === "Int32") return ". An Int32Array is an index column, for take and segmentSum: vector(x) is a Float64Array of it";
    return kindOf(x).startsWith("Big") ? ". Make it numbers: Float64Array.from(x, Number)" : "";
  }
  if (isShaped(x) && x.shape.length > 1) return ". Take it apart into matrices, or vectors of rank 1";
  return isShaped(x) || (isSequence(x) && !(x instanceof Map || x instanceof Set)) ? VECTOR : "";
}
