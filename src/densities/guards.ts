/** What densities are where they are no formula: −∞ outside their support, NaN where a parameter is none. */
import { eq, floor, ne, or, where } from "../trace/generated/math.js";
import { type Joined, type Operand, Value } from "../trace/value.js";
import { isNumericArray } from "../data/arrays.js";
import { at } from "../trace/vectors.js";
import { describe } from "../errors.js";

/** The density, −∞ where `outside` holds, NaN where `wrong` does; of what is NaN, neither holds and the formula gives NaN. */
export const guarded = (wrong: Operand, outside: Operand, density: Operand): Operand =>
  where(wrong, NaN, where(outside, -Infinity, density));

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
export function checkLengths(name: string, x: readonly unknown[], y: readonly unknown[], what: string): void {
  if (x.length === 0 || x.length !== y.length)
    throw new RangeError(`${name}: expected ${x.length || "some"} numbers as ${what}, got ${y.length}`);
}
