/** Vectors of what other libraries hold numbers in: `vector`. */
import { insteadOf, isNumericArray, isShaped } from "../data/arrays.js";
import { describe } from "../errors.js";
import { surplus } from "../data/operands.js";
import { Value } from "./value.js";
import { concat } from "./vectors.js";

/** A column of another library that gives its numbers as an array: an Arrow vector. */
export interface Column {
  toArray(): ArrayLike<number>;
}

/** The elements of what is a sequence of any kind; undefined of what is none. */
function elementsOf(x: unknown): ArrayLike<unknown> | undefined {
  if (Array.isArray(x)) return x as readonly unknown[];
  if (typeof x !== "object" || x === null) return undefined;
  if (ArrayBuffer.isView(x)) return "length" in x ? (x as unknown as ArrayLike<unknown>) : undefined;
  if ("nullCount" in x && typeof x.nullCount === "number" && x.nullCount > 0)
    throw new TypeError(`vector: expected numbers, got a column with ${x.nullCount} nulls. Fill them or leave them out`);
  if (isShaped(x)) {
    if (x.shape.length !== 1)
      throw new TypeError(`vector: expected rank 1, got ${describe(x)} of shape ${Array.from(x.shape).join(" × ")}`);
    return Array.from({ length: x.shape[0]! }, (_, i) => x.get(i));
  }
  if ("toArray" in x && typeof x.toArray === "function") return elementsOf((x as Column).toArray());
  return Symbol.iterator in x || "length" in x ? Array.from(x as ArrayLike<unknown> | Iterable<unknown>) : undefined;
}

/**
 * A vector of what holds numbers: of an array, a typed array, an ndarray of rank 1, an iterable, or a column with `toArray()`, as Arrow's, a Float64Array with copies of them; of an array of scalar Values, perhaps beside numbers, a vector Value. A vector Value is itself.
 * @throws TypeError that names the first element which is no number, RangeError where there is none.
 */
export function vector(x: ArrayLike<number> | Iterable<number> | Column): Float64Array;
export function vector(x: Value | readonly (number | Value)[]): Value;
export function vector(x: unknown, ...more: unknown[]): Float64Array | Value {
  if (more.length > 0) surplus("vector", [x], more);
  if (x instanceof Value && x.shape.length === 1) return x;
  const elements = x instanceof Value ? undefined : elementsOf(x);
  if (elements === undefined) throw new TypeError(`vector: expected an array of numbers or of scalar Values, got ${describe(x)}`);
  if (elements.length === 0) throw new RangeError(`vector: expected at least one number, got ${describe(x)}`);
  if (isNumericArray(elements)) return new Float64Array(elements);
  let hasValues = false;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element instanceof Value && element.isScalar) hasValues = true;
    else if (typeof element !== "number") {
      const hint = element instanceof Value ? ". Vectors are joined by concat" : insteadOf(x);
      throw new TypeError(`vector: expected ${hasValues ? "scalars" : "numbers"}, got ${describe(element)} at x[${i}]${hint}`);
    }
  }
  return hasValues ? concat(elements as readonly (number | Value)[]) : Float64Array.from(elements as ArrayLike<number>);
}
