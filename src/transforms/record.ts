/** Define-by-run: `record` runs a function on values while it records, so that loops, branches and recursion may depend on them. */
import { own } from "../data/operands.js";
import { argumentsMismatch, copyLeaf } from "../compiled/arguments.js";
import { type NumericArray } from "../data/arrays.js";
import { adjointAt, clearAdjoints, hasRules, type Sweep } from "../engines/reference/reference.js";
import { type SavedTape, type TapeMemory } from "../engines/tape/memory.js";
import { withTape } from "../engines/tape/pool.js";
import { TapeRecording } from "../engines/tape/recording.js";
import { sweepIn } from "../engines/tape/sweeps.js";
import { type Written } from "../engines/tape/writer.js";
import { describe } from "../errors.js";
import { type Row } from "../graph/graph.js";
import { plus } from "../passes/algebra.js";
import { pullback } from "../passes/reverse.js";
import { type AnyFunction, checkArgnums, scalarOf } from "../trace/program.js";
import { type Arguments, Scope } from "../trace/scope.js";
import { asList, currentTrace, type InputLeaf, type Program, outside, settled, traceProgram } from "../trace/trace.js";
import { build, inLeaf, type Leaf, walk } from "../data/tree.js";
import { type Argnums, type Concrete, type Evaluated, type Mirror, type Picked, type Static } from "../trace/types.js";
import { type Trace, Value } from "../trace/value.js";
import { pulledBack } from "./vjp.js";

/** What a function of A gave, and its derivatives there. */
export interface Recorded<A extends readonly unknown[], R, P extends readonly unknown[] = A> {
  /** The result. */
  readonly value: R;
  /** The gradient of a scalar result by the first argument, or by those that `argnums` names. Throws TypeError where the result is not a scalar. */
  readonly grad: { (): A[0]; <const N extends Argnums>(argnums: N): Picked<A, N> };
  /** A seed of the result's structure pulled back to the first argument, or to those that `argnums` names. Throws TypeError where the seed is not like the result. */
  readonly vjp: { (seed: R): A[0]; <const N extends Argnums>(seed: R, argnums: N): Picked<A, N> };
  /**
   * The operations that were recorded, at other arguments of the same structure: their result and its derivatives there. The function is not called: what it captured is
   * what it was, as in `compile`. Throws TypeError where a number was read while it was recorded, since other numbers may have led elsewhere.
   */
  readonly replay: (...args: P) => Recorded<A, R, P>;
}

/** What mirrors the arguments. */
type Mirrored<A extends readonly unknown[]> = Mirror<A> extends infer M extends readonly unknown[] ? M : never;

/** What may be given where something was recorded: data of its structure. */
type Like<A> = A extends number
  ? number
  : A extends NumericArray
    ? NumericArray
    : A extends Int32Array | Static
      ? A
      : A extends object
        ? { readonly [K in keyof A]: Like<A[K]> }
        : A;

/** The same of all arguments. */
type LikeAll<A extends readonly unknown[]> = Like<A> extends infer L extends readonly unknown[] ? L : never;

type Seeds = readonly (readonly [Row, number | Float64Array])[];

/** The row of a leaf's number k. */
const rowOfLeaf = ({ row }: InputLeaf, k: number): Row => row + k;

/** A leaf's numbers, each found by its row, as the leaf has them. */
function leafOf(leaf: Leaf, rowAt: (k: number) => Row, of: (row: Row) => number | Float64Array): unknown {
  if (leaf.kind === "numbers") return Array.from({ length: leaf.lanes }, (_, k) => of(rowAt(k)));
  const value = of(rowAt(0));
  return typeof value === "number" ? value : inLeaf(leaf, value);
}

/** Throws where what was recorded may have been another on other numbers. */
function checkReads(reads: number): void {
  if (reads > 0)
    throw new TypeError(
      `replay: expected a recording whose numbers were not read, got one where .value, .values or numberOf was, ${reads === 1 ? "once" : `${reads} times`}. What was recorded may depend on them: call record again, or choose by where()`,
    );
}

/** What was recorded: a program, and its tape. */
interface Recording {
  readonly program: Program;
  readonly recording: TapeRecording;
  readonly end: Written;
  /** How often numbers were read while it was recorded. */
  readonly reads: number;
  /** Where tapes come from. */
  readonly onTape: typeof withTape;
}

/** A function recorded on data, at a point: its tape, copied, with the numbers there. */
class Recorder {
  constructor(
    readonly recorded: Recording,
    readonly tape: SavedTape,
    readonly indices: Int32Array,
  ) {}

  value(): unknown {
    const { outputs, outputTree } = this.recorded.program;
    return build(outputTree, (leaf) => leafOf(outputs[leaf]!, (k) => outputs[leaf]!.rows[k]!, this.#valueOf));
  }

  /** The gradient of a scalar result by every argument. */
  gradient(): readonly unknown[] {
    const { outputTree, outputs } = this.recorded.program;
    scalarOf("record", outputTree, outputs, false);
    return this.pullback(1);
  }

  /** The adjoint of every argument, for a seed of the result. */
  pullback(seed: unknown): readonly unknown[] {
    const { graph, outputs, outputTree } = this.recorded.program;
    const seeds: (readonly [Row, number | Float64Array])[] = [];
    const mismatch = walk(outputTree, seed, outputs, "seed", (leaf, given) => {
      const { kind, rows } = outputs[leaf]!;
      rows.forEach((row, k) => seeds.push([row, kind === "numbers" ? (given as number[])[k]! : (given as number | Float64Array)]));
    });
    if (mismatch !== undefined) throw new TypeError(`record: ${mismatch}`);
    return this.recorded.onTape((memory) => (hasRules(graph) ? this.#recordBack(memory, seeds) : this.#sweepBack(memory, seeds)));
  }

  /** The same program at another point. */
  replay(args: readonly unknown[]): Recorder {
    const { program, reads, onTape } = this.recorded;
    checkReads(reads);
    const given: unknown[] = [];
    const mismatch = argumentsMismatch(program, args, (leaf, value) => (given[leaf] = value), true);
    if (mismatch !== undefined) throw new TypeError(`replay: ${mismatch}. Call record on arguments of another structure`);
    const indices = new Int32Array(this.indices.length);
    return onTape((memory) => {
      memory.load(this.tape, false);
      const { value } = memory.columns;
      program.inputs.forEach((leaf, i) => copyLeaf("replay", { inputs: value, indices }, leaf, leaf.position, given[i]));
      outside(() => {
        for (const step of this.#sweepIn(memory, indices).stretches) step.forward();
      });
      return new Recorder(this.recorded, { ...this.tape, value: value.slice(0, this.tape.value.length) }, indices);
    });
  }

  readonly #valueOf = (row: Row): number | Float64Array => {
    const { recording, program } = this.recorded;
    const at = recording.writer.positions[row]!;
    const { value } = this.tape;
    return program.graph.isScalar(row) ? value[at]! : value.slice(at, at + program.graph.lanes(row));
  };

  #sweepIn(memory: TapeMemory, indices: Int32Array): Sweep {
    const { program, recording, end } = this.recorded;
    return sweepIn(memory, { graph: program.graph, positions: recording.writer.positions, parts: end.parts }, indices);
  }

  /** What mirrors the arguments, of their rows' adjoints. */
  #mirror(adjointOf: (row: Row) => number | Float64Array): readonly unknown[] {
    const { inputs, inputTree } = this.recorded.program;
    return build(inputTree, (index) => {
      const leaf = inputs[index]!;
      return leaf.kind === "indices" ? null : leafOf(leaf, (k) => rowOfLeaf(leaf, k), adjointOf);
    }) as readonly unknown[];
  }

  /** Records the rows of the adjoints, which are computed on the way: the rules of users are rows. */
  #recordBack(memory: TapeMemory, seeds: Seeds): readonly unknown[] {
    const { program, recording, end } = this.recorded;
    const { graph, inputs } = program;
    memory.load(this.tape, false);
    return recording.continued(end, memory, this.indices, () => {
      const rows = new Map<Row, Row>();
      for (const [row, seed] of seeds) {
        const given = typeof seed === "number" ? graph.constant(seed) : graph.array(seed, graph.sizes(row));
        rows.set(row, rows.has(row) ? plus(graph, rows.get(row)!, given) : given);
      }
      const parameters = inputs.flatMap((leaf) =>
        leaf.kind === "indices" ? [] : Array.from({ length: leaf.kind === "numbers" ? leaf.lanes : 1 }, (_, k) => rowOfLeaf(leaf, k)),
      );
      const adjoints = pullback(graph, rows, parameters);
      const found = new Map(parameters.map((row, i) => [row, adjoints[i]!]));
      return this.#mirror((row) => recording.valueOf(found.get(row)!)!);
    });
  }

  /** Sweeps adjoints back over the numbers that were recorded; nothing is computed again. */
  #sweepBack(memory: TapeMemory, seeds: Seeds): readonly unknown[] {
    const { graph } = this.recorded.program;
    memory.load(this.tape, true);
    const { tape, positions, stretches } = this.#sweepIn(memory, this.indices);
    clearAdjoints(tape, this.tape.value.length);
    for (const [row, seed] of seeds) {
      const at = positions[row]!;
      if (typeof seed === "number") tape.adjoint[at]! += seed;
      else seed.forEach((number, i) => (tape.adjoint[at + i]! += number));
      tape.live.fill(1, at, at + graph.lanes(row));
    }
    for (let i = stretches.length - 1; i >= 0; i--) stretches[i]!.reverse();
    return this.#mirror((row) => {
      const at = positions[row]!;
      return graph.isScalar(row)
        ? adjointAt(tape, at)
        : Float64Array.from({ length: graph.lanes(row) }, (_, lane) => adjointAt(tape, at + lane));
    });
  }
}

/** A function recorded on data, on a tape of the pool or of another source. */
export const recorderOf = (f: AnyFunction, args: readonly unknown[], onTape = withTape): Recorder =>
  onTape((memory) => {
    let made: TapeRecording | undefined;
    const program = traceProgram(
      "record",
      f,
      args,
      {},
      false,
      (graph, leaves, values) => (made = new TapeRecording({ graph, memory, leaves, values, outside })),
    );
    const recording = made!;
    const { reads, indices } = recording;
    const { end, tape } = recording.end();
    return new Recorder({ program, recording, end, reads, onTape }, tape, indices);
  });

/** What `record` returns of a function that was recorded on data. */
function onData(recorder: Recorder, count: number): Recorded<readonly unknown[], unknown> {
  const picked = (gradients: readonly unknown[], argnums: Argnums): never =>
    (typeof argnums === "number" ? gradients[argnums] : asList(argnums).map((n) => gradients[n])) as never;
  return {
    value: recorder.value(),
    grad: (argnums: Argnums = 0) => picked(recorder.gradient(), checked(argnums, count)),
    vjp: (seed: unknown, argnums: Argnums = 0) => picked(recorder.pullback(seed), checked(argnums, count)),
    replay: (...args) => onData(recorder.replay(args), count),
  };
}

/** What `record` returns inside another recording: rows of the same graph, which know their values too. */
function nested(f: AnyFunction, args: readonly unknown[], outer: Trace): Recorded<readonly unknown[], unknown> {
  const { recording } = outer.graph;
  const before = recording!.reads;
  const scope = new Scope("record", outer, f, args, [...args.keys()]);
  const reads = recording!.reads - before;
  return nestedAt(scope, args.length, reads);
}

/** A function recorded inside another recording, on its arguments or on others in their place. */
function nestedAt(scope: Scope, count: number, reads: number, arguments_?: Arguments): Recorded<readonly unknown[], unknown> {
  return {
    value: scope.value(scope.result, arguments_),
    grad: (argnums: Argnums = 0) => {
      scalarOf("record", scope.result.tree, scope.result.leaves, false);
      return pulledBack(scope, 1, checked(argnums, count), arguments_) as never;
    },
    vjp: (seed: unknown, argnums: Argnums = 0) => pulledBack(scope, seed, checked(argnums, count), arguments_) as never,
    replay(...args) {
      checkReads(reads);
      if (args.length !== count) throw new TypeError(`replay: expected ${count} argument${count === 1 ? "" : "s"}, got ${args.length}`);
      return nestedAt(scope, count, reads, scope.others("replay", args));
    },
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

function recordOf<P extends readonly unknown[], R, A extends Concrete<P>>(
  f: (...args: P) => R,
  ...args: A
): Recorded<Mirrored<A>, Evaluated<R>, LikeAll<A>>;
function recordOf<P extends readonly unknown[], R>(f: (...args: P) => R, ...args: P): Recorded<P, R>;
function recordOf(f: unknown, ...args: readonly unknown[]): unknown {
  if (typeof f !== "function") throw new TypeError(`record: expected a function, got ${describe(f)}`);
  if (args.length === 0) throw new RangeError("record: expected at least one argument, got none");
  const outer = currentTrace();
  if (outer?.graph.recording) return nested(f as AnyFunction, args, outer);
  if (outer && holdsValue(args))
    throw new TypeError(
      "record: expected numbers and Float64Arrays, got a Value of a trace, whose numbers are not known. Call record where they are: outside, or inside another record",
    );
  return onData(recorderOf(f as AnyFunction, settled("record", args, {})), args.length);
}

/**
 * Runs `f` on the arguments and records what it computes: `record(f, x)` gives `{ value, grad(), vjp(seed), replay(y) }`, the result and its derivatives at x, and the same operations at y.
 * While `f` runs, `.value` of a scalar and `.values` of a vector can be read, so loops, branches and recursion may depend on them; the derivative is that of the operations that were run.
 * `numberOf` reads what may be a plain number too, such as a loop's variable before it met a Value.
 * Inside another `record` the results are Values, and can be differentiated again.
 * @throws TypeError where the arguments are Values of a trace, whose numbers are not known.
 */
export const record = /* @__PURE__ */ own(recordOf);
