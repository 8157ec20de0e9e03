/** What a workload of the bench is: a scalar function written with the public names, by name, and its gradient on any engine. */
import { type EngineName, type Traced } from "wengert";

/** A value and its gradient, ready to be evaluated again and again; `outputs` holds them in a tree. */
export interface Gradient {
  run(): void;
  readonly outputs: unknown;
  dispose(): void;
}

/** A function to differentiate. */
export interface Workload {
  readonly name: string;
  /** What it is, in a few words. */
  readonly about: string;
  /** The function's own graph, without derivatives. */
  trace(): Traced;
  /** Its value and gradient on an engine. */
  gradient(engine: EngineName): Gradient;
}

/** The numbers of a tree of numbers, in order. */
export function numbersOf(tree: unknown): number[] {
  if (typeof tree === "number") return [tree];
  if (tree instanceof Float64Array) return [...tree];
  return Object.values(tree as object).flatMap(numbersOf);
}
