/** Define-by-run: `record` runs a function on values while it records, so that loops, branches and recursion may depend on them. */
import { adjointAt, callsCode, clearAdjoints, type Sweep, sweepOf } from "../engines/reference/reference.js";
import { describe } from "../errors.js";
import { type Graph, type Row } from "../graph/graph.js";
import { activity } from "../passes/activity.js";
import { plus } from "../passes/algebra.js";
import { pullback } from "../passes/reverse.js";
import { type AnyFunction, checkArgnums, scalarOf } from "../trace/program.js";
import { RecordedValues } from "../trace/recording.js";
import { Scope } from "../trace/scope.js";
import { asList, currentTrace, type InputLeaf, type Program, outside, settled, traceProgram } from "../trace/trace.js";
import { build, type Leaf, walk } from "../data/tree.js";
import { type Argnums, type Concrete, type Evaluated, type Mirror, type Picked } from "../trace/types.js";
import { type Trace, Value } from "../trace/value.js";
import { pulledBack } from "./vjp.js";

/** What a function of A gave, and its derivatives there. */
export interface Recorded<A extends readonly unknown[], R> {
  /** The result. */
  readonly value: R;
  /** The gradient of a scalar result by the first argument, or by those that `argnums` names. Throws TypeError where the result is not a scalar. */
  readonly grad: { (): A[0]; <const N extends Argnums>(argnums: N): Picked<A, N> };
  /** A seed of the result's structure pulled back to the first argument, or to those that `argnums` names. Throws TypeError where the seed is not like the result. */
  readonly vjp: { (seed: R): A[0]; <const N extends Argnums>(seed: R, argnums: N): Picked<A, N> };
}

/** What mirrors the arguments. */
type Mirrored<A extends readonly unknown[]> = Mirror<A> extends infer M extends readonly unknown[] ? M : never;

/** The row of a leaf's number k. */
const rowOfLeaf = ({ row }: InputLeaf, k: number): Row => row + k;

/** A function recorded on data: its program with the value of every row. */
class Recorder {
  readonly #program: Program;
  readonly #values: RecordedValues;
  #swept: Sweep | undefined;

  constructor(f: AnyFunction, args: readonly unknown[]) {
    let values: RecordedValues | undefined;
    this.#program = traceProgram(
      "record",
      f,
      args,
      {},
      false,
      (graph: Graph, given) => (values = new RecordedValues(graph, given, outside)),
    );
    this.#values = values!;
  }

  /** A leaf's numbers, each found by its row, as the leaf has them. */
  #leaf({ kind, lanes }: Leaf, rowAt: (k: number) => Row, of: (row: Row) => number | Float64Array): unknown {
    return kind === "numbers" ? Array.from({ length: lanes }, (_, k) => of(rowAt(k))) : of(rowAt(0));
  }

  value(): unknown {
    const { outputs, outputTree } = this.#program;
    const valueOf = (row: Row): number | Float64Array => {
      const value = this.#values.valueOf(row)!;
      return typeof value === "number" ? value : value.slice();
    };
    return build(outputTree, (leaf) => this.#leaf(outputs[leaf]!, (k) => outputs[leaf]!.rows[k]!, valueOf));
  }

  /** The gradient of a scalar result by every argument. */
  gradient(): readonly unknown[] {
    scalarOf("record", this.#program.outputTree, this.#program.outputs, false);
    return this.pullback(1);
  }

  /** The adjoint of every argument, for a seed of the result. */
  pullback(seed: unknown): readonly unknown[] {
    const { outputs, outputTree, inputs, inputTree } = this.#program;
    const seeds: (readonly [Row, number | Float64Array])[] = [];
    const mismatch = walk(outputTree, seed, outputs, "seed", (leaf, given) => {
      const { kind, rows } = outputs[leaf]!;
      rows.forEach((row, k) => seeds.push([row, kind === "numbers" ? (given as number[])[k]! : (given as number | Float64Array)]));
    });
    if (mismatch !== undefined) throw new TypeError(`record: ${mismatch}`);
    const adjointOf = callsCode(this.#program.graph) ? this.#recordBack(seeds) : this.#sweepBack(seeds);
    return build(inputTree, (index) => {
      const leaf = inputs[index]!;
      return leaf.kind === "indices" ? null : this.#leaf(leaf, (k) => rowOfLeaf(leaf, k), adjointOf);
    }) as readonly unknown[];
  }

  /** The rows of arguments that may be differentiated by. */
  get #parameters(): Row[] {
    return this.#program.inputs.flatMap((leaf) =>
      leaf.kind === "indices" ? [] : Array.from({ length: leaf.kind === "numbers" ? leaf.lanes : 1 }, (_, k) => rowOfLeaf(leaf, k)),
    );
  }

  /** Records the rows of the adjoints, which are computed on the way: the rules of users are rows. */
  #recordBack(seeds: readonly (readonly [Row, number | Float64Array])[]): (row: Row) => number | Float64Array {
    const { graph } = this.#program;
    const rows = new Map<Row, Row>();
    for (const [row, seed] of seeds) {
      const given = typeof seed === "number" ? graph.constant(seed) : graph.vector(seed);
      rows.set(row, rows.has(row) ? plus(graph, rows.get(row)!, given) : given);
    }
    const parameters = this.#parameters;
    const adjoints = pullback(graph, rows, parameters);
    const found = new Map(parameters.map((row, i) => [row, adjoints[i]!]));
    return (row) => this.#values.valueOf(found.get(row)!)!;
  }

  /** Sweeps adjoints back over the values that were recorded; nothing is computed again. */
  #sweepBack(seeds: readonly (readonly [Row, number | Float64Array])[]): (row: Row) => number | Float64Array {
    const { graph } = this.#program;
    const { tape, positions, steps } = (this.#swept ??= this.#tape());
    clearAdjoints(tape);
    for (const [row, seed] of seeds) {
      const at = positions[row]!;
      if (typeof seed === "number") tape.adjoint[at]! += seed;
      else seed.forEach((number, i) => (tape.adjoint[at + i]! += number));
      tape.live.fill(1, at, at + graph.lanes(row));
    }
    for (let i = steps.length - 1; i >= 0; i--) steps[i]!.reverse();
    return (row) => {
      const at = positions[row]!;
      return graph.isScalar(row)
        ? adjointAt(tape, at)
        : Float64Array.from({ length: graph.lanes(row) }, (_, lane) => adjointAt(tape, at + lane));
    };
  }

  /** The tape of the recorded rows, with their values. */
  #tape(): Sweep {
    const { graph, inputs, outputs } = this.#program;
    const results = outputs.flatMap(({ rows }) => rows);
    const sweep = sweepOf(this.#program, results, activity(graph, results, this.#parameters));
    for (const { kind, position, row } of inputs)
      if (kind === "indices") sweep.indices.set(this.#values.valueOf(row) as Float64Array, position);
    for (let row = 0; row < graph.length; row++) {
      const at = sweep.positions[row]!;
      if (at < 0 || graph.isIndices(row)) continue;
      const value = this.#values.valueOf(row)!;
      if (typeof value === "number") sweep.tape.value[at] = value;
      else sweep.tape.value.set(value, at);
    }
    return sweep;
  }
}

/** What `record` returns of a function that was recorded on data. */
function onData(f: AnyFunction, args: readonly unknown[]): Recorded<readonly unknown[], unknown> {
  const recorder = new Recorder(f, args);
  const picked = (gradients: readonly unknown[], argnums: Argnums): never =>
    (typeof argnums === "number" ? gradients[argnums] : asList(argnums).map((n) => gradients[n])) as never;
  return {
    value: recorder.value(),
    grad: (argnums: Argnums = 0) => picked(recorder.gradient(), checked(argnums, args.length)),
    vjp: (seed: unknown, argnums: Argnums = 0) => picked(recorder.pullback(seed), checked(argnums, args.length)),
  };
}

/** What `record` returns inside another recording: rows of the same graph, which know their values too. */
function nested(f: AnyFunction, args: readonly unknown[], outer: Trace): Recorded<readonly unknown[], unknown> {
  const scope = new Scope("record", outer, f, args, [...args.keys()]);
  return {
    value: scope.value(scope.result),
    grad: (argnums: Argnums = 0) => {
      scalarOf("record", scope.result.tree, scope.result.leaves, false);
      return pulledBack(scope, 1, checked(argnums, args.length)) as never;
    },
    vjp: (seed: unknown, argnums: Argnums = 0) => pulledBack(scope, seed, checked(argnums, args.length)) as never,
  };
}

function checked(argnums: Argnums, count: number): Argnums {
  checkArgnums("record", { argnums }, count);
  return argnums;
}

/** Whether there is a Value somewhere in a tree. */
function holdsValue(tree: unknown): boolean {
  if (tree instanceof Value) return true;
  if (typeof tree !== "object" || tree === null || ArrayBuffer.isView(tree)) return false;
  return Object.values(tree).some(holdsValue);
}

/**
 * Runs `f` on the arguments and records what it computes: `record(f, x)` gives `{ value, grad(), vjp(seed) }`, the result and its derivatives at x.
 * While `f` runs, `.value` of a scalar and `.values` of a vector can be read, so loops, branches and recursion may depend on them; the derivative is that of the operations that were run.
 * `numberOf` reads what may be a plain number too, such as a loop's variable before it met a Value.
 * Inside another `record` the results are Values, and can be differentiated again.
 * @throws TypeError where the arguments are Values of a trace, whose numbers are not known.
 */
export function record<P extends readonly unknown[], R, A extends Concrete<P>>(
  f: (...args: P) => R,
  ...args: A
): Recorded<Mirrored<A>, Evaluated<R>>;
export function record<P extends readonly unknown[], R>(f: (...args: P) => R, ...args: P): Recorded<P, R>;
export function record(f: unknown, ...args: readonly unknown[]): unknown {
  if (typeof f !== "function") throw new TypeError(`record: expected a function, got ${describe(f)}`);
  if (args.length === 0) throw new RangeError("record: expected at least one argument, got none");
  const outer = currentTrace();
  if (outer?.graph.recording) return nested(f as AnyFunction, args, outer);
  if (outer && holdsValue(args))
    throw new TypeError(
      "record: expected numbers and Float64Arrays, got a Value of a trace, whose numbers are not known. Call record where they are: outside, or inside another record",
    );
  return onData(f as AnyFunction, settled("record", args, {}));
}
