/** What a workload of the driver is: an eval's functions, a size, and the same in C. */
import { type Native } from "../../workloads/columns/workload.js";

/** The derivative by hand in C: what it is given, and how many numbers it gives. */
export interface InC extends Native {
  readonly count: number;
  /** The tool's output in the order of those numbers: all of them, or those of which the output is an excerpt, with their places. */
  readonly order: (output: never) => readonly (readonly [place: number, number: number])[];
}

/** Numbers in order, each at the next place. */
export const inOrder = (...lists: readonly Iterable<number>[]): (readonly [number, number])[] =>
  lists.flatMap((list) => [...list]).map((number, place) => [place, number]);

/** An input of an eval. */
export interface Workload {
  readonly module: string;
  /** Its size, in words. */
  readonly size: string;
  /** The function and its derivative, by their names in the module. */
  readonly functions: { readonly primal: string; readonly derivative: string };
  /** Makes the input. */
  readonly input: () => object;
  /** About how many numbers the function computes: whether the reference engine can check it depends on that. */
  readonly numbers: number;
  /** The derivative by hand in C, of an input. */
  readonly inC?: (input: never) => InC;
}
