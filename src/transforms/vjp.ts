/** Reverse mode with a seed: `vjp`. */
import { describe } from "../errors.js";
import { evaluated, Following } from "../compiled/following.js";
import { type TransformOptions } from "./gradient.js";
import { type Row } from "../graph/graph.js";
import { surplus, taking } from "../data/operands.js";
import { optionsOf } from "../data/options.js";
import { pullback } from "../passes/reverse.js";
import { type AnyFunction, checkArgnums } from "../trace/program.js";
import { alike, type Arguments, type Bundle, bundleArray, bundleOf, type Leaves, numberRows, Scope, withRows } from "../trace/scope.js";
import { leafText, sameLeaf } from "../data/tree.js";
import { asList, currentTrace, settled } from "../trace/trace.js";
import { type Made } from "../compiled/tracecache.js";
import { type Argnums, type Concrete, type Evaluated, type Mirror, type Picked } from "../trace/types.js";
import { opcode } from "../ops/generated/table.js";
import { type Trace } from "../trace/value.js";

/** Options of `vjp`. */
export type VjpOptions = Omit<TransformOptions, "hasAux">;

/** Pulls a seed of a result's structure S back to a gradient G. */
export interface Pullback<S, G> {
  (seed: S): G;
  /** Pulls several seeds back in one evaluation, which computes the function once. */
  many(seeds: readonly S[]): G[];
}

/** The value of a function of P, and its pullback. */
export interface VjpOf<P extends readonly unknown[], R, N extends Argnums = 0> {
  <A extends Concrete<P>>(...args: A): [Evaluated<R>, Pullback<Mirror<Evaluated<R>>, Mirror<Picked<A, N>>>];
  (...args: P): [R, Pullback<R, Picked<P, N>>];
}

/** The result rows with the rows of their seeds. */
function seedRows(name: string, outer: Trace, result: Bundle, seed: unknown): Map<Row, Row> {
  const given = alike(name, result, bundleOf(name, outer, seed, "seed"), "seed");
  const like = given.leaves.length === result.leaves.length && given.leaves.every((leaf, i) => sameLeaf(leaf, result.leaves[i]!));
  if (!like) {
    const describeLeaves = (bundle: Leaves): string => bundle.leaves.map(leafText).join(", ");
    throw new TypeError(`${name}: expected a seed like the result (${describeLeaves(result)}), got ${describeLeaves(given)}`);
  }
  const seeds = new Map<Row, Row>();
  const { graph } = outer;
  const pieces = given.rows.flat();
  result.rows.flat().forEach((row, i) => {
    const before = seeds.get(row);
    const piece = pieces[i]!;
    seeds.set(row, before === undefined ? piece : graph.elementwise(opcode.add, before, piece)); // one row may be several results
  });
  return seeds;
}

/** What a seed of a scope's result is pulled back to: the arguments that `argnums` names, or others in their place. */
export function pulledBack(scope: Scope, seed: unknown, argnums: Argnums, arguments_?: Arguments): unknown {
  const bundles = asList(argnums).map((n) => scope.parameters.get(n)!);
  const seeds = seedRows(scope.name, scope.outer, scope.result, seed);
  const adjoints = pullback(scope.graph, seeds, bundles.flatMap(numberRows));
  const mirrors = bundles.map((bundle) => withRows(bundle, adjoints.splice(0, numberRows(bundle).length)));
  return scope.value(typeof argnums === "number" ? mirrors[0]! : bundleArray(mirrors), arguments_);
}

/** A pullback that takes one seed, as one that takes several too. */
const withMany = (pull: (seed: unknown) => unknown, many: (seeds: readonly unknown[]) => unknown): Pullback<unknown, unknown> =>
  Object.assign(taking("vjp", 1, pull, "seed"), {
    many(seeds: readonly unknown[], ...more: unknown[]): unknown[] {
      if (more.length > 0) surplus("vjp", [seeds], more, "array of seeds");
      if (!Array.isArray(seeds) || seeds.length === 0)
        throw new TypeError(`vjp: expected a non-empty array of seeds, got ${describe(seeds)}`);
      return many(seeds) as unknown[];
    },
  });

/** Records the value inside a trace; the pullback records its rows when it is called. */
function recordVjp(f: AnyFunction, args: readonly unknown[], argnums: Argnums, outer: Trace): [unknown, Pullback<unknown, unknown>] {
  const scope = new Scope("vjp", outer, f, args, asList(argnums));
  const pull = (seed: unknown): unknown => pulledBack(scope, seed, argnums);
  return [scope.value(scope.result), withMany(pull, (seeds) => seeds.map(pull))];
}

/**
 * The value of a function and its pullback, by reverse mode: `vjp(f)(x)` is `[f(x), seed => seedᵀ f′(x)]`. A seed has the structure of the result; what it is pulled back to, that of
 * the first argument, or of those that `argnums` names. The pullback's `many` takes several seeds at once.
 * @throws TypeError where a seed is not like the result.
 */
export const vjp = /* @__PURE__ */ taking(
  "vjp",
  2,
  function vjp<P extends readonly unknown[], R, const N extends Argnums = 0>(
    f: (...args: P) => R,
    given?: VjpOptions & { argnums?: N },
  ): VjpOf<P, R, N> {
    if (typeof f !== "function") throw new TypeError(`vjp: expected a function, got ${describe(f)}`);
    const options = optionsOf("vjp", given);
    const argnums: Argnums = options.argnums ?? 0;
    const value = new Following(f, {
      name: "vjp",
      options,
      make: ({ f, trace, compile }) => ({ compiled: compile(trace(f)) }),
    });
    /** What `pull` makes of a pullback and the last argument, on data. */
    const onData = (
      besides: string,
      variant: unknown,
      pull: (pullback: Pullback<unknown, unknown>, last: never) => unknown,
    ): Following<Made> =>
      new Following(f, {
        name: "vjp",
        variant,
        options,
        besides,
        make: ({ f, trace, compile }) => {
          const pulled = (...given: unknown[]): unknown =>
            pull(recordVjp(f, given.slice(0, -1), argnums, currentTrace()!)[1], given.at(-1) as never);
          return { compiled: compile(trace(pulled)) };
        },
      });
    const one = onData("seed", [argnums], (pullback, seed) => pullback(seed));
    const several = onData("seeds", [argnums, "many"], (pullback, seeds) => pullback.many(seeds));
    const transformed = (...args: unknown[]): unknown => {
      checkArgnums("vjp", { argnums, ...options }, args.length);
      const trace = currentTrace();
      if (trace) return recordVjp(f, args, argnums, trace);
      const recorded = value.record(args); // the pullback is that of f as it is now, here
      const here = recorded ? args : settled("vjp", args, options);
      const pulling =
        (pullback: Following<Made>) =>
        (last: unknown): unknown =>
          recorded ? pullback.on(recorded, [last], evaluated) : pullback.call(here, [last], evaluated);
      return [recorded ? value.on(recorded, [], evaluated) : value.call(here, [], evaluated), withMany(pulling(one), pulling(several))];
    };
    return transformed as VjpOf<P, R, N>;
  },
  "argument",
);
