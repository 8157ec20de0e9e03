/** What must be near: a number, or a list of numbers. */
import { expect } from "vitest";

/** Expects a number, or numbers, to be what is wanted to twelve places. */
export const close = (got: unknown, wanted: Iterable<number>): void => {
  const list = [...wanted];
  const came = typeof got === "number" ? [got] : [...(got as Iterable<number>)];
  expect(came).toHaveLength(list.length);
  came.forEach((number, i) => expect(number).toBeCloseTo(list[i]!, 12));
};
