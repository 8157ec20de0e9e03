/** How a search goes: its history, what it tells, and when it is over. */
import { type Vector, zeros } from "./vectors.js";

/** What an iteration led to, as `onIteration` is told. The object is the same at every call. */
export interface Iteration<T = unknown> {
  /** How many iterations were made. */
  readonly iteration: number;
  readonly value: number;
  readonly gradientNorm: number;
  /** The parameters: a copy, made when it is asked for. */
  readonly x: T;
}

/** The value and the gradient's norm at the start and after each iteration. */
export interface History {
  readonly value: Float64Array;
  readonly gradientNorm: Float64Array;
}

/** Columns that grow. */
export class Progress implements Iteration {
  iteration = -1;
  value = NaN;
  gradientNorm = NaN;
  #values: Vector = zeros(64);
  #norms: Vector = zeros(64);

  constructor(readonly read: () => unknown) {}

  get x(): unknown {
    return this.read();
  }

  /** Takes down where the search is now: the value and the gradient's norm, which are set before. */
  note(): void {
    const place = ++this.iteration;
    if (place === this.#values.length) {
      this.#values = longer(this.#values);
      this.#norms = longer(this.#norms);
    }
    this.#values[place] = this.value;
    this.#norms[place] = this.gradientNorm;
  }

  history(): History {
    const end = this.iteration + 1;
    return { value: this.#values.slice(0, end), gradientNorm: this.#norms.slice(0, end) };
  }
}

function longer(x: Vector): Vector {
  const grown = zeros(2 * x.length);
  grown.set(x);
  return grown;
}

/** What every search ended with. */
export interface Outcome<T> {
  /** The parameters, in the structure of x0. */
  readonly x: T;
  readonly value: number;
  /** The gradient's greatest number by size, projected on the bounds. */
  readonly gradientNorm: number;
  /** Whether the search found what it was to find, as far as can be told. */
  readonly converged: boolean;
  /** Why the search stopped, in words. */
  readonly reason: string;
  readonly iterations: number;
  /** How often the function was evaluated. */
  readonly evaluations: number;
  readonly history: History;
}

/** What a search ended with, as its progress tells it. */
export function outcomeOf(
  progress: Progress,
  converged: boolean,
  reason: string,
  { evaluations }: { readonly evaluations: number },
): Outcome<never> {
  const { value, gradientNorm, iteration, x } = progress;
  return { x: x as never, value, gradientNorm, converged, reason, iterations: iteration, evaluations, history: progress.history() };
}
