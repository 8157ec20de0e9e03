/** What a workload of the bench is: a scalar function written with the public names, its arguments, and its gradient on any engine. */
import { compile, type Concrete, type EngineName, trace, type Traced, type Value, valueAndGrad } from "wengert";

/** A value and its gradient, ready to be evaluated again and again. */
export interface Gradient {
  run(): void;
  /** The value and the gradient's numbers of the last run, in one list. */
  results(): number[];
  /** Bytes of memory held. */
  readonly bytes: number;
  dispose(): void;
}

/** A function to differentiate, by name. */
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
function numbersOf(tree: unknown): number[] {
  if (typeof tree === "number") return [tree];
  if (tree instanceof Float64Array) return [...tree];
  return Object.values(tree as object).flatMap(numbersOf);
}

/** Makes a workload of a function and the arguments to differentiate it at. */
export function workload<P extends readonly unknown[], A extends Concrete<P>>(
  name: string,
  about: string,
  f: (...args: P) => Value,
  args: A,
): Workload {
  return {
    name,
    about,
    trace: () => trace(f, args),
    gradient(engine) {
      const step = compile(valueAndGrad(f), args, { engine });
      return { run: () => step.run(), results: () => numbersOf(step.outputs), bytes: step.bytes, dispose: () => step.dispose() };
    },
  };
}
