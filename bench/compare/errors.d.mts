/** How far results are off, relative to the greatest number of the truth. */
export interface Errors {
  readonly value: number;
  readonly gradient: number;
}

/** How far a value and its gradient, in one list, are from the true ones; throws where they are wrong. */
export function errorsOf(results: readonly number[], truth: readonly number[]): Errors;
