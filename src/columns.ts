/** Rows of data as columns, which is how lanes run. */
import { describe } from "./errors.js";
import { isPlain } from "./tree.js";

/** A record's columns: its structure, with a Float64Array where it has a number. */
export type ColumnsOf<T> = T extends number ? Float64Array<ArrayBuffer> : { -readonly [K in keyof T]: ColumnsOf<T[K]> };

const isStructure = (value: unknown): value is Record<string, unknown> =>
  Array.isArray(value) || (typeof value === "object" && value !== null && isPlain(value));

/** The column of what every record holds at a path. */
function columnOf(values: readonly unknown[], path: string): unknown {
  const first = values[0];
  if (typeof first === "number") {
    return Float64Array.from(values as number[], (value: unknown, i) => {
      if (typeof value !== "number")
        throw new TypeError(`columns: expected a number as in the first record, got ${describe(value)} at rows[${i}]${path}`);
      return value;
    });
  }
  if (!isStructure(first))
    throw new TypeError(`columns: expected numbers, or arrays and objects of them, got ${describe(first)} at rows[0]${path}`);
  const keys = Object.keys(first);
  values.forEach((value, i) => {
    if (!isStructure(value) || Object.keys(value).length !== keys.length || keys.some((key) => !(key in value))) {
      throw new TypeError(
        `columns: expected a record with ${keys.join(", ")} as the first, got ${isStructure(value) ? `one with ${Object.keys(value).join(", ")}` : describe(value)} at rows[${i}]${path}`,
      );
    }
  });
  const entries = keys.map(
    (key) =>
      [
        key,
        columnOf(
          values.map((value) => (value as Record<string, unknown>)[key]),
          Array.isArray(first) ? `${path}[${key}]` : `${path}.${key}`,
        ),
      ] as const,
  );
  return Array.isArray(first) ? entries.map(([, column]) => column) : Object.fromEntries(entries);
}

/**
 * Turns rows into columns: an array of records of one structure into a record of Float64Arrays, or a row-major Float64Array of rows of `width` numbers into `width` Float64Arrays.
 * @throws TypeError that names the row where a record differs from the first, RangeError where the numbers do not make whole rows.
 */
export function columns<T>(rows: readonly T[]): ColumnsOf<T>;
export function columns(rows: Float64Array, width: number): Float64Array<ArrayBuffer>[];
export function columns(rows: readonly unknown[] | Float64Array, width?: number): unknown {
  if (rows instanceof Float64Array) {
    if (!(Number.isInteger(width) && width! > 0 && rows.length > 0 && rows.length % width! === 0)) {
      throw new RangeError(`columns: expected a width that divides the ${rows.length} numbers into whole rows, got ${describe(width)}`);
    }
    return Array.from({ length: width! }, (_, k) => Float64Array.from({ length: rows.length / width! }, (_, i) => rows[i * width! + k]!));
  }
  if (!Array.isArray(rows) || rows.length === 0)
    throw new TypeError(`columns: expected a non-empty array of records or a Float64Array, got ${describe(rows)}`);
  return columnOf(rows, "");
}
