/** The library's error classes and the wording they share. */

/** A graph that is malformed: an operand out of order, a shape that does not fit, a text that does not parse. */
export class GraphError extends Error {
  override readonly name = "GraphError";
}

/** Memory a compiled function would need and cannot have. */
export class OutOfMemoryError extends RangeError {
  override readonly name = "OutOfMemoryError";
}

/** Where the classes of Values keep which copy of this library they are of. */
export const copyOf = Symbol.for("wengert.copy");

/** This copy of the library. */
export const thisCopy = Symbol("wengert");

/** The error of a memory that could not be had, although none is too large by itself. */
export const noMemory = (name: string, wanted: string, cause: unknown): OutOfMemoryError =>
  new OutOfMemoryError(
    `${name}: expected ${wanted}, got none from this machine. Every live function has a memory of its own, for which engines set some 10 GB of addresses aside whatever its size, so about 12,500 can live at once. Call dispose() on Steps no longer used, and keep what a transform returns in place of making it at every call`,
    { cause },
  );

/** Describes what came, for "expected …, got …" messages. */
export function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === "boolean" || typeof value === "number") return String(value);
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "symbol" || typeof value === "function") return `a ${typeof value}`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value))
    return `${withArticle(value.constructor.name)} of ${"length" in value ? String(value.length) : value.byteLength}`;
  const copy = (value as { [copyOf]?: symbol })[copyOf];
  if (copy !== undefined && copy !== thisCopy) return "a Value of another copy of this library (two are loaded; npm ls wengert lists them)";
  const name = value.constructor?.name ?? "Object";
  return name === "Object" || name === "" ? "an object" : withArticle(name);
}

const withArticle = (name: string): string => `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
