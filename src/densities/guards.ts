/** What densities are where they are no formula: −∞ outside their support, NaN where a parameter is none. */
import { eq, floor, ne, or, where } from "../trace/generated/math.js";
import { type Joined, type Operand, Value } from "../trace/value.js";
import { isNumericArray } from "../data/arrays.js";
import { own } from "../data/operands.js";
import { Matrix, shapedIn } from "../data/matrix.js";
import { shapeText } from "../ops/shapes.js";
import { type MatrixLike } from "../trace/matrices.js";
import { squareOf } from "../trace/wholes.js";
import { at } from "../trace/vectors.js";
import { describe } from "../errors.js";

/** The density, −∞ where `outside` holds, NaN where `wrong` does; of what is NaN, neither holds and the formula gives NaN. */
export const guarded = (wrong: Operand, outside: Operand, density: Operand): Operand =>
  where(wrong, NaN, where(outside, -Infinity, density));

/** A constraint with its inverse. */
export const withInverse = <F extends object, I extends object>(f: F, inverse: I): F & { readonly inverse: I } =>
  own(Object.assign(f, { inverse: own(inverse) }));

/** Whether any of the conditions holds. */
export const any = (...conditions: readonly Operand[]): Operand => conditions.reduce((x, y) => or(x, y));

/** Whether x is no whole number. */
export const isBroken = (x: Operand): Operand => ne(x, floor(x));

/** Whether x is neither 0 nor 1. */
export const isNoOutcome = (x: Operand): Operand => where(eq(x, 0), 0, ne(x, 1));

/** Numbers, Values or columns one by one: an array as it is, the lanes of a vector. */
export type Elements = readonly Operand[] | Float64Array | Value;

/** What elements give together. */
export type OfElements<E> = E extends readonly (infer U)[]
  ? U extends Operand
    ? Joined<U>
    : never
  : E extends Float64Array
    ? number
    : E extends Value
      ? Value
      : never;

/** The elements of an array or a vector. */
export function elementsOf(name: string, x: Elements, what: string): readonly Operand[] {
  if (Array.isArray(x)) return x as readonly Operand[];
  if (isNumericArray(x)) return Array.from(x);
  if (x instanceof Value && x.length !== undefined) return Array.from({ length: x.length }, (_, i) => at(x, i));
  throw new TypeError(`${name}: expected an array or a vector as ${what}, got ${describe(x)}`);
}

/** Throws unless two lists are of a length. */
export function checkLengths(name: string, x: number, y: number, what: string): void {
  if (x === 0 || x !== y) throw new RangeError(`${name}: expected ${x || "some"} numbers as ${what}, got ${y}`);
}

/** A matrix of numbers, from here or another library, or a traced one; undefined of anything else. */
export function matrixIn(name: string, x: unknown, what: string): Matrix | Value | undefined {
  const found = x instanceof Value ? (x.shape.length > 1 ? x : undefined) : shapedIn(name, x);
  if (found === undefined || found.shape.length < 2) return undefined;
  if (found.shape.length > 2)
    throw new RangeError(`${name}: expected a matrix as ${what}, got the shape ${shapeText(found.shape)}. vmap is for a batch`);
  return found instanceof Value || found instanceof Matrix ? found : new Matrix(found.data, found.shape);
}

/** A lower triangular matrix: one, or an array of its rows; what is above the diagonal is not looked at. */
export type Triangle = readonly (readonly Operand[] | Float64Array)[] | MatrixLike;

/** What the rows of a matrix give together. */
export type OfRows<L> = L extends readonly (infer R)[] ? OfElements<R> : L extends Value ? Value : number;

/** The rows of a lower triangular matrix, up to the diagonal; `size` of them, or as many as there are. */
export function rowsOf(name: string, l: Triangle, size?: number): readonly (readonly Operand[])[] {
  const whole = matrixIn(name, l, "L");
  const count = whole ? squareOf(name, whole.shape) : Array.isArray(l) ? l.length : 0;
  if (count === 0 || count !== (size ?? count))
    throw new RangeError(`${name}: expected a lower triangular matrix of ${size ?? "some"} rows, got ${describe(l)}`);
  if (whole) return Array.from({ length: count }, (_, i) => Array.from({ length: i + 1 }, (_, k): Operand => at(whole as Value, i, k)));
  return Array.from(l as readonly ArrayLike<Operand>[], (row, i) => {
    if (row.length <= i) throw new RangeError(`${name}: expected ${i + 1} numbers or more in row ${i}, got ${row.length}`);
    return Array.from({ length: i + 1 }, (_, k) => row[k]!);
  });
}
