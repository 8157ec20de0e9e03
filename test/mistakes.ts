/** Mistakes and the errors they must get. */
import { expect, test } from "vitest";

/** A vector of numbers. */
export const vector = (...x: number[]): Float64Array => Float64Array.from(x);

/** Lane numbers. */
export const lanes = (...x: number[]): Int32Array => Int32Array.from(x);

/** What a user who does not check types may pass. */
export const untyped = (x: unknown): never => x as never;

/** A mistake: what it is, the code, the class of the error and its message. */
export type Mistake = readonly [name: string, code: () => unknown, type: new (...args: never[]) => Error, message: RegExp];

/** Tests that each mistake gets its error. */
export function refuses(mistakes: readonly Mistake[]): void {
  test.each(mistakes)("%s", (_, code, type, message) => {
    expect(code).toThrow(type);
    expect(code).toThrow(message);
  });
}
