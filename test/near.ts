/** What must be near: a number, or a list of numbers. */
import { expect } from "vitest";

/** Expects a number, or numbers, to be what is wanted to twelve places. */
export const close = (got: unknown, wanted: Iterable<number>): void => {
  const list = [...wanted];
  const came = typeof got === "number" ? [got] : [...(got as Iterable<number>)];
  expect(came).toHaveLength(list.length);
  came.forEach((number, i) => expect(number).toBeCloseTo(list[i]!, 12));
};

/** The greatest distance between two lists, relative to the greatest number of the second where that is above 1; the second is finite. */
export function furthest(x: readonly number[], y: readonly number[]): number {
  expect(x).toHaveLength(y.length);
  expect(y.every(Number.isFinite)).toBe(true);
  const scale = Math.max(1, ...y.map(Math.abs));
  return x.reduce((most, value, i) => Math.max(most, Number.isNaN(value) ? Infinity : Math.abs(value - y[i]!) / scale), 0);
}
