/** The library's error classes and the wording they share. */

/** A graph that is malformed: an operand out of order, a shape that does not fit, a text that does not parse. */
export class GraphError extends Error {
  override readonly name = "GraphError";
}

/** Memory a compiled function would need and cannot have. */
export class OutOfMemoryError extends RangeError {
  override readonly name = "OutOfMemoryError";
}

/** Describes what came, for "expected …, got …" messages. */
export function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === "boolean" || typeof value === "number") return String(value);
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "symbol" || typeof value === "function") return `a ${typeof value}`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${"length" in value ? String(value.length) : value.byteLength}`;
  const name = value.constructor?.name ?? "Object";
  return name === "Object" || name === "" ? "an object" : `a ${name}`;
}
