/** Functions that are recorded as calls: `callable`. */
import { build, type Classify, flatten, inLeaf, type Leaf, sameLeaf, sameTree, type Tree } from "../data/tree.js";
import { taking } from "../data/operands.js";
import { optionsOf } from "../data/options.js";
import { describe } from "../errors.js";
import { called, closed, type Closed } from "../graph/anew.js";
import { type Row } from "../graph/graph.js";
import { BodyGraph, known } from "../trace/bodygraph.js";
import { type AnyFunction } from "../trace/program.js";
import { bundleValue } from "../trace/scope.js";
import { classifyTraced, currentTrace, flattenResult, rowsOf, within } from "../trace/trace.js";
import { Truths } from "../trace/truths.js";
import { type Concrete, type Evaluated } from "../trace/types.js";
import { Indices, Trace, Value } from "../trace/value.js";

/** Options of `callable`. */
export interface CallableOptions {
  /** The function is recorded at the first call with arguments of a structure, and what it captured then is kept, as `compile` keeps it. */
  readonly once?: boolean;
}

/** A function of P that is recorded as a call: of data first, of Values last. */
export interface CallableOf<P extends readonly unknown[], R> {
  <A extends Concrete<P>>(...args: A): Evaluated<R>;
  (...args: P): R;
}

/** Arguments as structure and leaves. */
interface Given {
  readonly tree: Tree;
  readonly leaves: readonly Leaf[];
  readonly values: readonly unknown[];
}

/** A function recorded as a body: what its parameters stand for, and the structure of its result. */
interface Recorded {
  readonly graph: BodyGraph;
  readonly closed: Closed;
  readonly result: ReturnType<typeof flattenResult>;
}

/** Of an array, each Value is a leaf. */
const classifyValues: Classify = (value) => (Array.isArray(value) ? undefined : classifyTraced(value));

function givenOf(args: readonly unknown[]): Given {
  const leaves: Leaf[] = [];
  const values: unknown[] = [];
  const items = args.map((arg, i) => flatten("callable", arg, `args[${i}]`, classifyValues, leaves, values));
  return { tree: { kind: "array", items }, leaves, values };
}

/** A name that text can hold. */
const nameOf = (f: AnyFunction): string => f.name.replace(/[^\w$]+/g, "_") || "body";

/** Functions that call users' code: such rows are recorded where they are called. */
const direct = new WeakSet<AnyFunction>();

/** Records a function as a body of what is around it; undefined where it calls users' code. With `frozen`, all data among the arguments is parameters too. */
function recordBody(f: AnyFunction, given: Given, outer: Trace, frozen: boolean, truths = new Truths()): Recorded | undefined {
  const graph = new BodyGraph(outer);
  const trace = new Trace("callable", graph, outer, truths);
  trace.capture = graph.capture;
  trace.standing = (placeholder) => {
    const parameter = graph.parameters.find(({ row }) => row === placeholder);
    return parameter && outer.words(parameter.around);
  };
  const args = build(given.tree, (leaf) => {
    const value = given.values[leaf];
    const own = given.leaves[leaf]!;
    if (!frozen && !(value instanceof Value || value instanceof Indices))
      return own.shape === undefined ? value : inLeaf(own, value as Float64Array);
    const row = graph.parameter(rowsOf("callable", outer, value, own.shape)[0]!, { kind: "argument", leaf });
    return graph.isIndices(row) ? new Indices(trace, row, graph.lanes(row)) : new Value(trace, row);
  }) as never[];
  const result = within(trace, () => flattenResult(trace, f(...args)));
  if (graph.hosts.length + graph.rules.length > 0) return undefined;
  truths.check(graph, (others) => void recordBody(f, given, outer, frozen, others));
  const numbers = new Map(graph.parameters.map(({ row }, k) => [row, k]));
  const own = closed(nameOf(f), graph, (row) => numbers.get(row), result.rows.flat());
  return { graph, closed: { ...own, body: own.body && known(outer, own.body) }, result };
}

/** Records a call, and returns the result as Values; `around` says what each parameter stands for. */
function recordCall({ closed, result }: Recorded, around: (k: number) => Row, outer: Trace): unknown {
  const rows = called(outer.graph, closed, around);
  let next = 0;
  return bundleValue(outer, { ...result, rows: result.rows.map((list) => list.map(() => rows[next++]!)) });
}

/** What a function was recorded to be, once for each structure of its arguments. */
class Once {
  readonly #known: { readonly given: Given; readonly recorded: Recorded }[] = [];

  constructor(readonly f: AnyFunction) {}

  /** Records a call; undefined where the function calls users' code. */
  call(given: Given, outer: Trace): { readonly value: unknown } | undefined {
    let recorded = this.#known.find((known) => sameStructure(known.given, given))?.recorded;
    if (recorded === undefined) {
      recorded = recordBody(this.f, given, outer, true);
      if (recorded === undefined) return undefined;
      for (const { row, origin } of recorded.graph.parameters)
        if (origin.kind === "captured")
          throw new TypeError(
            `callable: expected a function of its arguments alone, since it is traced once, got one that captures ${recorded.graph.outer.words(recorded.graph.parameters.find((other) => other.row === row)!.around)}. Pass it as an argument`,
          );
      this.#known.push({ given: { ...given, values: [] }, recorded });
    }
    const { parameters } = recorded.graph;
    const value = recordCall(
      recorded,
      (k) => {
        const { origin } = parameters[k]!;
        if (origin.kind !== "argument") return rowsOf("callable", outer, (origin as { value: unknown }).value)[0]!;
        return rowsOf("callable", outer, given.values[origin.leaf], given.leaves[origin.leaf]!.shape)[0]!;
      },
      outer,
    );
    return { value };
  }
}

const sameStructure = (x: Given, y: Given): boolean =>
  sameTree(x.tree, y.tree) && x.leaves.every((leaf, i) => sameLeaf(leaf, y.leaves[i]!));

/**
 * The function `f`, recorded as a call where it is traced: its rows are a body of their own, which is differentiated, batched and planned once for all calls. f is traced at each call;
 * bodies that are equal are one, those too that differ in the numbers and vectors that f uses. Values that f captures are operands of the call. With `{ once: true }`, f is traced at the
 * first call with arguments of a structure alone. On data f just computes; inside `record`, and where f calls functions of users (`hostOp`, `customJvp`, `customVjp`), it is recorded in place.
 * @throws TypeError where an argument or the result is no tree of numbers and vectors.
 */
export const callable = /* @__PURE__ */ taking(
  "callable",
  2,
  function callable<P extends readonly unknown[], R>(f: (...args: P) => R, given?: CallableOptions): CallableOf<P, R> {
    if (typeof f !== "function") throw new TypeError(`callable: expected a function, got ${describe(f)}`);
    const { once = false } = optionsOf("callable", given);
    const own = f as unknown as AnyFunction;
    const plain = f as unknown as (...args: unknown[]) => unknown;
    const kept = once ? new Once(own) : undefined;
    const call = (args: readonly unknown[], outer: Trace): { readonly value: unknown } | undefined => {
      const given = givenOf(args);
      if (kept !== undefined) return kept.call(given, outer);
      const recorded = recordBody(own, given, outer, false);
      return recorded && { value: recordCall(recorded, (k) => recorded.graph.parameters[k]!.around, outer) };
    };
    const transformed = (...args: unknown[]): unknown => {
      const outer = currentTrace();
      if (outer === undefined || outer.graph.recording !== undefined || direct.has(own)) return plain(...args);
      const made = call(args, outer);
      if (made !== undefined) return made.value;
      direct.add(own);
      return plain(...args);
    };
    return transformed as unknown as CallableOf<P, R>;
  },
  "argument",
);
