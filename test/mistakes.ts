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

/** An ndarray as other libraries have them. */
export class Ndarray {
  constructor(readonly shape: readonly number[]) {}
  readonly data = vector(1, 2, 3, 4, 5, 6);
  get(i: number, j = 0): number {
    return this.data[(this.shape[1] ?? 1) * i + j]!;
  }
}

/** A column as other libraries have them. */
export class Column {
  constructor(readonly numbers: readonly number[]) {}
  toArray(): readonly number[] {
    return this.numbers;
  }
}
