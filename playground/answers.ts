/** What the page asks of the sandbox, and what it answers: plain data, of which nothing is ever markup. */

export type Mode = "forward" | "reverse";

/** What the page asks: a program to be run, or the picture of a step of its sweep. */
export type Request =
  | { readonly kind: "run"; readonly code: string; readonly args: string }
  | { readonly kind: "picture"; readonly mode: Mode; readonly step: number };

/** One way to differentiate, and what it gives. */
export interface Way {
  readonly name: string;
  readonly how: string;
  readonly numbers: readonly number[];
}

/** The error of a difference against the automatic derivative, by its step. */
export interface StepError {
  readonly method: "forward" | "central";
  readonly step: number;
  readonly error: number;
}

/** An engine: the time to make a gradient ready and that of a call, in µs. */
export interface EngineTime {
  readonly engine: string;
  readonly ready: number;
  readonly call: number;
}

/** What a program gives. */
export interface Answer {
  readonly value: number;
  /** The paths of the arguments' numbers, `x`, `w[0]`. */
  readonly paths: readonly string[];
  readonly gradient: readonly number[];
  /** Trace tables, cells of text, the first row their head. */
  readonly tables: Readonly<Record<Mode, readonly (readonly string[])[]>>;
  /** How many steps a sweep has; 0 where the graph is too large to draw. */
  readonly steps: number;
  readonly formula: string;
  readonly derivative: string;
  readonly source: string;
  /** Operations of the value and of the gradient, in the graph and written out. */
  readonly operations: readonly { readonly of: string; readonly graph: number; readonly written: string }[];
  readonly ways: readonly Way[];
  readonly stepErrors: readonly StepError[];
  readonly engines: readonly EngineTime[];
  /** The bytes of the value and the gradient as a module of its own. */
  readonly moduleBytes: number;
}

/** What is wrong, and in which line of the code. */
export interface Failure {
  readonly message: string;
  readonly line?: number;
}

export type Reply<T> = { readonly ok: T } | { readonly failure: Failure };
