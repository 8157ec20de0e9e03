/** Reverse mode with a seed: `vjp`. */
import { describe } from "./errors.js";
import { type TransformOptions } from "./gradient.js";
import { type Row } from "./graph.js";
import { pullback } from "./passes/reverse.js";
import { type AnyFunction } from "./program.js";
import { type Bundle, bundleArray, bundleOf, numberRows, Scope, withRows } from "./scope.js";
import { TraceCache } from "./tracecache.js";
import { asList, currentTrace } from "./trace.js";
import { type Argnums, type Concrete, type Evaluated, type Mirror, type Picked } from "./types.js";
import { opcode } from "./generated/table.js";
import { type Trace } from "./value.js";

/** Options of `vjp`. */
export type VjpOptions = Omit<TransformOptions, "hasAux">;

/** The value of a function of P, and the function that pulls a seed of the value's structure back to its arguments. */
export interface VjpOf<P extends readonly unknown[], R, N extends Argnums = 0> {
  <A extends Concrete<P>>(...args: A): [Evaluated<R>, (seed: Mirror<Evaluated<R>>) => Mirror<Picked<A, N>>];
  (...args: P): [R, (seed: R) => Picked<P, N>];
}

/** The result rows with the rows of their seeds. */
function seedRows(name: string, outer: Trace, result: Bundle, seed: unknown): Map<Row, Row> {
  const given = bundleOf(name, outer, seed, "seed");
  const like =
    given.leaves.length === result.leaves.length &&
    given.leaves.every(({ kind, lanes }, i) => kind === result.leaves[i]!.kind && lanes === result.leaves[i]!.lanes);
  if (!like) {
    const describeLeaves = (bundle: Bundle): string => bundle.leaves.map(({ kind, lanes }) => `${kind} of ${lanes}`).join(", ");
    throw new TypeError(`${name}: expected a seed like the result (${describeLeaves(result)}), got ${describeLeaves(given)}`);
  }
  const seeds = new Map<Row, Row>();
  const { graph } = outer;
  result.rows.flat().forEach((row, i) => {
    const before = seeds.get(row);
    const piece = given.rows.flat()[i]!;
    seeds.set(row, before === undefined ? piece : graph.elementwise(opcode.add, before, piece)); // one row may be several results
  });
  return seeds;
}

/** What a seed of a scope's result is pulled back to: the arguments that `argnums` names. */
export function pulledBack(scope: Scope, seed: unknown, argnums: Argnums): unknown {
  const bundles = asList(argnums).map((n) => scope.parameters.get(n)!);
  const seeds = seedRows(scope.name, scope.outer, scope.result, seed);
  const adjoints = pullback(scope.graph, seeds, bundles.flatMap(numberRows));
  const mirrors = bundles.map((bundle) => withRows(bundle, adjoints.splice(0, numberRows(bundle).length)));
  return scope.value(typeof argnums === "number" ? mirrors[0]! : bundleArray(mirrors));
}

/** Records the value inside a trace; the pullback records its rows when it is called. */
function recordVjp(f: AnyFunction, args: readonly unknown[], argnums: Argnums, outer: Trace): [unknown, (seed: unknown) => unknown] {
  const scope = new Scope("vjp", outer, f, args, asList(argnums));
  return [scope.value(scope.result), (seed) => pulledBack(scope, seed, argnums)];
}

/**
 * The value of a function and its pullback, by reverse mode: `vjp(f)(x)` is `[f(x), seed => seedᵀ f′(x)]`. A seed has the structure of the result; what it is pulled back to, that of
 * the first argument, or of those that `argnums` names.
 * @throws TypeError where a seed is not like the result.
 */
export function vjp<P extends readonly unknown[], R, const N extends Argnums = 0>(
  f: (...args: P) => R,
  options: VjpOptions & { argnums?: N } = {},
): VjpOf<P, R, N> {
  if (typeof f !== "function") throw new TypeError(`vjp: expected a function, got ${describe(f)}`);
  const argnums: Argnums = options.argnums ?? 0;
  const value = new TraceCache(f, "vjp", options);
  const pulled = new TraceCache(
    (...given: unknown[]) => recordVjp(f, given.slice(0, -1), argnums, currentTrace()!)[1](given.at(-1)),
    "vjp",
    options,
  );
  const transformed = (...args: unknown[]): unknown => {
    const trace = currentTrace();
    return trace ? recordVjp(f, args, argnums, trace) : [value.call(args), (seed: unknown) => pulled.call([...args, seed])];
  };
  return transformed as VjpOf<P, R, N>;
}
