/** Numerical differentiation: derivatives by differences of a function's values, which costs digits and evaluations but needs no rule. */
import { surplus } from "../data/operands.js";
import { Coordinates } from "./coordinates.js";
import { describe } from "../errors.js";
import { Following } from "../compiled/following.js";
import { type TransformOptions } from "../transforms/gradient.js";
import { optionsOf } from "../data/options.js";
import { type AnyFunction } from "../trace/program.js";
import { asList } from "../trace/trace.js";
import { type Made } from "../compiled/tracecache.js";
import { build, inLeaf, type Leaf, type Tree } from "../data/tree.js";
import { type Argnums, type Concrete, type Mirror, type Picked } from "../trace/types.js";
import { type Value } from "../trace/value.js";

/** A derivative, and how far it may be off; NaN where the method does not estimate that. */
interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** (f(x + h) − f(x)) / h, h being the step that x really takes. */
function forward(f: (x: number) => number, x: number, h: number): Estimate {
  const to = x + h;
  return { value: (f(to) - f(x)) / (to - x), error: NaN };
}

/** (f(x + h) − f(x − h)) / 2h, 2h being the step that x really takes. */
function central(f: (x: number) => number, x: number, h: number): Estimate {
  const [from, to] = [x - h, x + h];
  return { value: (f(to) - f(from)) / (to - from), error: NaN };
}

/** How many times Richardson's step halves. */
const HALVINGS = 10;

/**
 * Central differences of steps h, h/2, h/4 … extrapolated to step 0; the result is the entry of the tableau that agrees best with those it is made of, the error how far they differ (Ridders 1982).
 * Steps that leave the function's domain are passed over. All are taken, so that a kink within the first is outlived.
 */
function richardson(f: (x: number) => number, x: number, h: number): Estimate {
  let best: Estimate = { value: NaN, error: Infinity };
  let before: number[] = [];
  for (let i = 0; i < HALVINGS; i++, h /= 2) {
    const column = [central(f, x, h).value];
    if (!Number.isFinite(column[0])) continue;
    for (let k = 0, power = 4; k < before.length; k++, power *= 4) {
      const next = column[k]! + (column[k]! - before[k]!) / (power - 1);
      const error = Math.max(Math.abs(next - column[k]!), Math.abs(next - before[k]!));
      if (error < best.error) best = { value: next, error };
      column.push(next);
    }
    if (Number.isNaN(best.value)) best = { value: column[0]!, error: Infinity };
    before = column;
  }
  return best;
}

/** The methods with their steps at |x| ≤ 1. */
const methods = {
  forward: { estimate: forward, step: Math.sqrt(Number.EPSILON) },
  central: { estimate: central, step: Math.cbrt(Number.EPSILON) },
  richardson: { estimate: richardson, step: 1 / 8 },
};

/** How differences are taken. */
export type DifferenceMethod = keyof typeof methods;

/** Options of `finiteDifference`. */
export interface DifferenceOptions extends Omit<TransformOptions, "hasAux"> {
  /** "central" by default. */
  readonly method?: DifferenceMethod;
  /** The step where |x| ≤ 1; beyond, it is multiplied by |x|. */
  readonly step?: number;
  /** Returns [derivative, error], the method's own estimate of how far each number may be off: "richardson" alone makes one. */
  readonly withError?: boolean;
}

/** The derivative of a function of P by differences, on data. */
export type DifferenceOf<P extends readonly unknown[], N extends Argnums = 0> = <A extends Concrete<P>>(...args: A) => Mirror<Picked<A, N>>;

/** The derivative of a function of P by differences, and an estimate of its error. */
export type DifferenceWithErrorOf<P extends readonly unknown[], N extends Argnums = 0> = <A extends Concrete<P>>(
  ...args: A
) => [Mirror<Picked<A, N>>, Mirror<Picked<A, N>>];

/** Numbers, one a coordinate, in the structure of the arguments that have them. */
function arrange(trees: readonly Tree[], leaves: readonly Leaf[], numbers: readonly number[]): unknown[] {
  let next = 0;
  const taken = (lanes: number): number[] => numbers.slice(next, (next += lanes));
  return trees.map((tree) =>
    build(tree, (leaf) => {
      const { kind, lanes } = leaves[leaf]!;
      if (kind === "indices") return null;
      if (kind === "number") return numbers[next++];
      return kind === "numbers" ? taken(lanes) : inLeaf(leaves[leaf]!, Float64Array.from(taken(lanes)));
    }),
  );
}

/** What was wrong with the options; undefined where nothing was. */
function complaint({ method = "central", step, withError }: DifferenceOptions): string | undefined {
  if (!Object.hasOwn(methods, method))
    return `expected a method of ${Object.keys(methods)
      .map((name) => `"${name}"`)
      .join(", ")}, got ${describe(method)}`;
  if (step !== undefined && !(step > 0 && step < Infinity)) return `expected a step above 0, got ${describe(step)}`;
  if (withError && method !== "richardson") return `expected the method "richardson" for an estimate of the error, got "${method}"`;
  return undefined;
}

/**
 * The gradient of a scalar function by differences: `finiteDifference(f)(x)` has the structure of x, its numbers ∂f/∂x but for an error that the method leaves.
 * With ε = 2⁻⁵² and h the step times max(1, |x|), each number costs: "forward", (f(x + h) − f(x)) / h with step ε^(1/2), 2 evaluations for about 8 digits; "central", (f(x + h) − f(x − h)) / 2h with step ε^(1/3),
 * 2 for about 10 (Nocedal and Wright, Numerical Optimization, 2nd edition, section 8.1); "richardson", central differences of 10 steps from 1/8 down, extrapolated, 20 for about 12 and an estimate of the error
 * (Ridders, Advances in Engineering Software 4, 1982). The function is recorded as by `grad`, once a call.
 * @throws TypeError where the result is not a scalar, RangeError where the method or the step is none.
 */
export function finiteDifference<P extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: P) => Value | number,
  options: DifferenceOptions & { withError: true; argnums?: N },
): DifferenceWithErrorOf<P, N>;
export function finiteDifference<P extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: P) => Value | number,
  options?: DifferenceOptions & { withError?: false; argnums?: N },
): DifferenceOf<P, N>;
export function finiteDifference(f: AnyFunction, given?: DifferenceOptions, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("finiteDifference", [f, given], more, "argument");
  if (typeof f !== "function") throw new TypeError(`finiteDifference: expected a function, got ${describe(f)}`);
  const options = optionsOf("finiteDifference", given);
  const wrong = complaint(options);
  if (wrong !== undefined) throw new RangeError(`finiteDifference: ${wrong}`);
  const { argnums = 0, method = "central", withError = false } = options;
  const { estimate, step } = { ...methods[method], ...(options.step === undefined ? {} : { step: options.step }) };
  const following = new Following(f, {
    name: "finiteDifference",
    options,
    make: ({ f, trace, compile }) => ({ compiled: compile(trace(f)) }),
  });
  const differentiated = ({ compiled }: Made): unknown => {
    const { inputs, inputTree } = compiled.signature;
    const coordinates = new Coordinates("finiteDifference", compiled, argnums);
    const estimates = Array.from(coordinates.read(), (x, i) =>
      estimate((moved) => coordinates.moved(i, moved), x, step * Math.max(1, Math.abs(x))),
    );
    const trees = inputTree.kind === "array" ? asList(argnums).map((n) => inputTree.items[n]!) : [];
    const structured = (of: (estimate: Estimate) => number): unknown => {
      const parts = arrange(trees, inputs, estimates.map(of));
      return typeof argnums === "number" ? parts[0] : parts;
    };
    const derivative = structured(({ value }) => value);
    return withError ? [derivative, structured(({ error }) => error)] : derivative;
  };
  return (...args: unknown[]): unknown => following.call(args, [], differentiated);
}
