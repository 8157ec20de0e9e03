/** Rows of data as columns, which is how lanes run. */
import { isNumericArray, type NumericArray } from "./arrays.js";
import { describe } from "../errors.js";
import { surplus } from "./operands.js";
import { isPlain } from "./tree.js";

/** A record's columns: its structure, with a Float64Array where it has a number. */
export type ColumnsOf<T> = T extends number ? Float64Array<ArrayBuffer> : { -readonly [K in keyof T]: ColumnsOf<T[K]> };

const isStructure = (value: unknown): value is Record<string, unknown> =>
  Array.isArray(value) || (typeof value === "object" && value !== null && isPlain(value));

/** Takes the numbers at one place of the records: a column, or a function that hands on the parts of structure. */
type Target = Float64Array<ArrayBuffer> | ((value: unknown, row: number) => boolean);

/** Puts what record `row` holds in its place; false where it is not what the first record holds there. */
function put(target: Target, value: unknown, row: number): boolean {
  if (typeof target === "function") return target(value, row);
  if (typeof value !== "number") return false;
  target[row] = value;
  return true;
}

/** Columns of zeros in the structure of the first record, and what fills them, which refuses that record where it holds anything but numbers. */
function emptyColumns(first: unknown, count: number): { readonly columns: unknown; readonly target: Target } {
  if (typeof first === "number") {
    const column = new Float64Array(count);
    return { columns: column, target: column };
  }
  if (!isStructure(first)) return { columns: undefined, target: () => false };
  const keys = Object.keys(first);
  const parts = keys.map((key) => emptyColumns(first[key], count));
  const targets = parts.map(({ target }) => target);
  if (Array.isArray(first)) {
    const fill = (value: unknown, row: number): boolean => {
      if (!Array.isArray(value) || value.length !== targets.length) return false;
      for (let k = 0; k < targets.length; k++) if (!put(targets[k]!, value[k], row)) return false;
      return true;
    };
    return { columns: parts.map(({ columns }) => columns), target: fill };
  }
  const fill = (value: unknown, row: number): boolean => {
    if (Array.isArray(value) || !isStructure(value)) return false;
    let k = 0;
    for (const key in value) if (key !== keys[k] || !put(targets[k++]!, value[key], row)) return false;
    return k === keys.length;
  };
  return { columns: Object.fromEntries(keys.map((key, k) => [key, parts[k]!.columns])), target: fill };
}

/** The columns, filled record by record, which is fast; undefined where a record is not as the first, or has its keys in another order. */
function filledColumns(rows: readonly unknown[], count: number): unknown {
  const { columns, target } = emptyColumns(rows[0], count);
  for (let i = 0; i < count; i++) if (!put(target, rows[i], i)) return undefined;
  return columns;
}

/** The column of what every record holds at a path, with keys in any order, or an error that says where a record is not as the first. */
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
export function columns(rows: NumericArray, width: number): Float64Array<ArrayBuffer>[];
export function columns(rows: readonly unknown[] | NumericArray, width?: number, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("columns", [rows, width], more, "argument");
  if (isNumericArray(rows)) {
    if (!(Number.isInteger(width) && width! > 0 && rows.length > 0 && rows.length % width! === 0)) {
      throw new RangeError(`columns: expected a width that divides the ${rows.length} numbers into whole rows, got ${describe(width)}`);
    }
    return Array.from({ length: width! }, (_, k) => {
      const column = new Float64Array(rows.length / width!);
      for (let i = 0; i < column.length; i++) column[i] = rows[i * width! + k]!;
      return column;
    });
  }
  if (!Array.isArray(rows)) throw new TypeError(`columns: expected a non-empty array of records or a Float64Array, got ${describe(rows)}`);
  if (width !== undefined)
    throw new TypeError(`columns: expected no width of records, got ${describe(width)}. It is that of a Float64Array's rows`);
  const count = rows.length;
  if (count === 0) throw new TypeError(`columns: expected a non-empty array of records or a Float64Array, got ${describe(rows)}`);
  const filled = filledColumns(rows, count);
  if (filled !== undefined) return filled;
  const records: unknown[] = rows.slice(0, count);
  records.length = count; // where there are fewer by now, what is missing is refused
  return columnOf(records, "");
}
