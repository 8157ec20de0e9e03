/** How far outputs are from what they should be, by GradBench's measure. */
import { describe } from "../../src/errors.js";

/** What outputs may differ by: GradBench allows 1e-4. */
const TOLERANCE = 1e-10;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function numbersApart(path: string, came: unknown, wanted: number): number {
  const apart = typeof came === "number" ? Math.abs(came - wanted) / Math.max(1, Math.abs(came) + Math.abs(wanted)) : NaN;
  if (apart <= TOLERANCE) return apart;
  throw new Error(`compare: expected ${wanted} at ${path}, got ${describe(came)}`);
}

/**
 * The greatest difference of the numbers of two trees, |a − b| / max(1, |a| + |b|).
 * @throws Error that names the first number which is off by more than the tolerance, or is NaN, and where structure differs.
 */
export function compare(path: string, came: unknown, wanted: unknown): number {
  if (typeof wanted === "number") return numbersApart(path, came, wanted);
  const list = wanted instanceof Float64Array ? Array.from(wanted) : wanted;
  let greatest = 0;
  if (Array.isArray(list)) {
    if (!Array.isArray(came) || came.length !== list.length)
      throw new Error(`compare: expected an array of ${list.length} at ${path}, got ${describe(came)}`);
    for (let i = 0; i < list.length; i++) greatest = Math.max(greatest, compare(`${path}[${i}]`, came[i], list[i]));
    return greatest;
  }
  const keys = Object.keys(list as object);
  if (!isRecord(came) || Object.keys(came).length !== keys.length || !keys.every((key) => Object.hasOwn(came, key)))
    throw new Error(`compare: expected an object with ${keys.join(", ")} at ${path}, got ${describe(came)}`);
  for (const key of keys) greatest = Math.max(greatest, compare(`${path}.${key}`, came[key], (list as Record<string, unknown>)[key]));
  return greatest;
}
