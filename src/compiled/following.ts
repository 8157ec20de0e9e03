/** Transforms that follow their function: each call on data records it, and runs what was compiled of such a recording. */
import { copyLeaf } from "./arguments.js";
import { compiledProgram } from "./compile.js";
import { type EngineChoice, engineNamed } from "../engines/index.js";
import { Frozen } from "./frozen.js";
import { Graph, type Mark, type Row } from "../graph/graph.js";
import { withDerivatives } from "../passes/derivatives.js";
import { substitute } from "../graph/substitute.js";
import { type AnyFunction } from "../trace/program.js";
import { RawGraph } from "../graph/rawgraph.js";
import { capturedRows, type Captures, recordedAnew, replay } from "./replay.js";
import { bundleOf, bundleValue } from "../trace/scope.js";
import { type Subject } from "../graph/skeleton.js";
import { type Compiled } from "./step.js";
import {
  type ArgumentsTree,
  asList,
  copied,
  currentTrace,
  flattenArguments,
  flattenResult,
  type InputLeaf,
  layout,
  type Program,
  recordInput,
  recordInputs,
  settled,
  symbols,
  tracedOn,
  type TraceOptions,
  traceProgram,
  within,
} from "../trace/trace.js";
import { acquire, type Entry, expected, type Made } from "./tracecache.js";
import { build, type Leaf, leavesOf, type Tree } from "../data/tree.js";
import { type Truths } from "../trace/truths.js";
import { Trace } from "../trace/value.js";

/** Options of everything that follows a function. */
interface FollowOptions extends TraceOptions {
  readonly engine?: EngineChoice;
  readonly retrace?: boolean;
}

/** A function on arguments of one structure, as transforms trace it. */
export interface Source {
  /** What stands for the function. */
  readonly f: AnyFunction;
  /** Traces what is derived from it on the arguments. */
  readonly trace: (derived: AnyFunction, pair?: boolean) => Program;
  readonly compile: (program: Program) => Compiled;
  /** The lane numbers of an argument leaf, of a recipe that fixes them. */
  readonly indices: (leaf: number) => Int32Array;
}

/** What is made of a function, and how the function is recorded for it. */
interface Recipe<M extends Made> {
  /** The transform's name. */
  readonly name: string;
  /** What else tells it from others: its options, but for those that all have. */
  readonly variant?: unknown;
  readonly options: FollowOptions;
  /** The function returns [scalar, aux]. */
  readonly pair?: boolean;
  /** The function's arguments are the items of the first argument. */
  readonly spread?: boolean;
  /** Where stands what derivatives take besides; it is an argument of the call by default. */
  readonly besides?: string;
  /** Lane numbers among the arguments belong to the structure. */
  readonly fixesIndices?: boolean;
  /** How the function sees a leaf of an argument, of so many; as it is by default. */
  readonly seen?: (leaf: Leaf, argument: number, count: number) => Leaf;
  readonly make: (source: Source) => M;
}

/** The arguments of a call: those of the function, and what its derivatives take besides, tangents or a seed. */
interface Given {
  readonly tree: ArgumentsTree;
  readonly leaves: Leaf[];
  readonly values: unknown[];
}

/** A function recorded on data. */
interface Recorded extends Given {
  readonly graph: RawGraph;
  readonly trace: Trace;
  /** The first row of each leaf, and the leaves as the function saw them. */
  readonly rows: readonly Row[];
  readonly seen: readonly Leaf[];
  readonly result: { readonly tree: Tree; readonly leaves: Leaf[]; readonly rows: Row[][] };
  /** How much the graph held when the function returned, where it is used again and again. */
  readonly mark: Mark | undefined;
}

/** A larger graph is not kept for the next recording. */
const MOST_KEPT_BYTES = 16 << 20;

/** A graph that no recording uses. */
let spare: RawGraph | undefined;

function takeGraph(): RawGraph {
  const graph = spare ?? new RawGraph();
  spare = undefined;
  return graph;
}

function giveBack(graph: RawGraph): void {
  graph.clear();
  if (graph.bytes <= MOST_KEPT_BYTES) spare = graph;
}

/** Writes the values of leaves to a function's memory. */
function writeLeaves(name: string, { executable, signature }: Compiled, { leaves, values }: Given): void {
  for (let i = 0; i < leaves.length; i++) copyLeaf(name, executable, leaves[i]!, signature.inputs[i]!.position, values[i]);
}

/** A structure without the static arguments, on which nothing depends but by the recording. */
function withoutStatics(tree: ArgumentsTree, { staticArgnums }: TraceOptions): ArgumentsTree {
  if (staticArgnums === undefined) return tree;
  const statics = asList(staticArgnums);
  return { kind: "array", items: tree.items.map((item, i) => (statics.includes(i) ? { kind: "static", value: undefined } : item)) };
}

/** The rows of what a function is called on. */
const rowsGiven = (name: string, values: readonly unknown[]): Row[] =>
  values.flatMap((value, i) => bundleOf(name, currentTrace()!, value, `args[${i}]`).rows.flat());

/** Rows of a recording's result as what the function returns. */
const returned = ({ result }: Recorded, rows: readonly Row[]): unknown => {
  let next = 0;
  return bundleValue(currentTrace()!, { ...result, rows: result.rows.map((list) => list.map(() => rows[next++]!)) });
};

/** A function followed by one transform. */
export class Following<M extends Made> {
  readonly #f: AnyFunction;
  readonly #recipe: Recipe<M>;
  readonly #frozen: Frozen<M> | undefined;
  #keys: { readonly direct: string; readonly derived: string } | undefined;

  constructor(f: AnyFunction, recipe: Recipe<M>) {
    const { name, options } = recipe;
    engineNamed(options.engine, name); // a wrong one is refused where the transform is made
    this.#f = f;
    this.#recipe = recipe;
    if (options.retrace === false) this.#frozen = new Frozen((args) => recipe.make(this.#plain(args)), recipe.fixesIndices === true);
  }

  /** Under what entries are kept: all that the options say. */
  get #key(): { readonly direct: string; readonly derived: string } {
    if (this.#keys === undefined) {
      const { name, variant, options } = this.#recipe;
      const direct = `${name} ${JSON.stringify([variant, options.staticArgnums, options.engine])}`;
      this.#keys = { direct, derived: `${direct} derived` };
    }
    return this.#keys;
  }

  /** Uses what is made of the function as it is now; its arguments, and what derivatives take besides, are in place then. */
  call<R>(args: readonly unknown[], more: readonly unknown[], use: (made: M) => R): R {
    if (this.#frozen) {
      const all = more.length === 0 ? args : [...args, ...more];
      return this.#frozen.use(this.#recipe.fixesIndices ? settled(this.#recipe.name, all, this.#recipe.options) : all, use);
    }
    const given = this.#given(args);
    const whole = more.length === 0 ? given : this.#withMore(given, more);
    const recorded = this.#record(given, true);
    try {
      return this.#use(recorded, whole, use);
    } finally {
      giveBack(recorded.graph);
    }
  }

  /** The function recorded on data as it is now, with copies of the data, to be used again and again; undefined where it is frozen. */
  record(args: readonly unknown[]): Recorded | undefined {
    if (this.#frozen) return undefined;
    const { tree, leaves, values } = this.#given(args);
    return this.#record({ tree, leaves, values: values.map(copied) }, false);
  }

  /** Uses what is made of a recording. */
  on<R>(recorded: Recorded, more: readonly unknown[], use: (made: M) => R): R {
    return this.#use(recorded, this.#withMore(recorded, more), use);
  }

  #given(args: readonly unknown[]): Given {
    const leaves: Leaf[] = [];
    const values: unknown[] = [];
    return { tree: flattenArguments(this.#recipe.name, args, this.#recipe.options, leaves, values), leaves, values };
  }

  /** Arguments with what derivatives take besides. */
  #withMore(given: Given, more: readonly unknown[]): Given {
    const { name, besides } = this.#recipe;
    const leaves = [...given.leaves];
    const values = [...given.values];
    const first = given.tree.items.length;
    const { items } = flattenArguments(name, more, {}, leaves, values, (n) => besides ?? `args[${first + n}]`);
    return { tree: { kind: "array", items: [...given.tree.items, ...items] }, leaves, values };
  }

  /** The leaves as the function sees them. */
  #seen({ tree, leaves }: Given): readonly Leaf[] {
    const { seen } = this.#recipe;
    if (seen === undefined) return leaves;
    return tree.items.flatMap((item, n) => leavesOf(item).map((leaf) => seen(leaves[leaf]!, n, tree.items.length)));
  }

  #record(given: Given, isBrief: boolean, truths?: Truths): Recorded {
    const { name, spread, pair, options } = this.#recipe;
    const seen = this.#seen(given);
    const graph = takeGraph();
    try {
      if (isBrief) graph.place = (expected(this.#key.direct) ?? expected(this.#key.derived))?.place;
      graph.leaves = spread ? seen.map((leaf) => ({ ...leaf, path: leaf.path.replace(/^args\[0\]/, "args") })) : seen;
      const rows = seen.map((leaf, i) => recordInput(graph, leaf, i));
      const trace = new Trace(name, graph, undefined, truths);
      const result = within(trace, () => {
        const values = build(given.tree, (leaf) => symbols(trace, seen[leaf]!, rows[leaf]!)) as unknown[];
        return flattenResult(trace, this.#f(...((spread ? values[0] : values) as never[])), pair);
      });
      const tree = withoutStatics(given.tree, options);
      return {
        tree,
        leaves: given.leaves,
        values: given.values,
        graph,
        trace,
        rows,
        seen,
        result,
        mark: isBrief ? undefined : graph.mark(),
      };
    } catch (error) {
      giveBack(graph);
      throw error;
    }
  }

  #use<R>(recorded: Recorded, whole: Given, use: (made: M) => R): R {
    const entries: Entry<Made>[] = [];
    try {
      const hasRules = recorded.graph.rules.length > 0;
      const made = hasRules ? this.#derived(recorded, whole, entries) : this.#found(recorded, whole, entries);
      writeLeaves(this.#recipe.name, made.compiled, whole);
      return use(made);
    } finally {
      for (const entry of entries) entry.release();
    }
  }

  /** Throws where the function made a truth value that nothing uses. */
  #checkTruths({ graph, trace }: Recorded, given: Given): void {
    trace.truths.check(graph, (truths) => giveBack(this.#record(given, false, truths).graph));
  }

  /** What was made of such a recording, made where there is none. */
  #found(recorded: Recorded, whole: Given, entries: Entry<Made>[]): M {
    const { graph, trace, result } = recorded;
    const tree = withoutStatics(whole.tree, this.#recipe.options);
    const subject: Subject = {
      graph,
      trees: [tree, result.tree],
      leaves: whole.leaves,
      values: whole.values,
      resultLeaves: result.leaves,
      resultRows: result.rows,
      truths: trace.truths.rows,
      fixesIndices: this.#recipe.fixesIndices === true,
    };
    const entry = acquire(this.#key.direct, subject, (captures) => {
      this.#checkTruths(recorded, recorded);
      return this.#recipe.make(this.#replayed(recorded, { ...whole, tree }, captures));
    });
    entries.push(entry);
    return entry.made;
  }

  /** The function of a recording, in a graph where what it captured is given. */
  #replayed(recorded: Recorded, { tree, leaves, values }: Given, captures: Captures): Source {
    const { name, options } = this.#recipe;
    const { graph, result } = recorded;
    const to = new Graph();
    const inputs = recordInputs(to, [...leaves, ...captures.leaves]);
    const results = result.rows.flat();
    return {
      f: (...given: unknown[]) => {
        const images = rowsGiven(name, given);
        replay(graph, to, results, images, capturedRows(graph, captures, inputs.slice(leaves.length)), captures.hosts);
        return returned(
          recorded,
          results.map((row) => images[row]!),
        );
      },
      trace: (derived, pair = false) => tracedOn(new Trace(name, to), derived, inputs, tree, pair),
      compile: (program) => compiledProgram(program, options.engine),
      indices: (leaf) => values[leaf] as Int32Array,
    };
  }

  /**
   * What is made of a recording that has rules of users: they are asked for its derivatives at every call, and may capture what they like,
   * so the derivatives are recorded too, and what was compiled is found by all of that.
   */
  #derived(recorded: Recorded, { tree, leaves, values }: Given, entries: Entry<Made>[]): M {
    const { name, options, make } = this.#recipe;
    const { graph, trace, result, rows, seen } = recorded;
    this.#checkTruths(recorded, recorded);
    if (recorded.mark) graph.rewind(recorded.mark);
    const results = result.rows.flat();
    return make({
      f: (...given: unknown[]) => {
        const rows = rowsGiven(name, given);
        return returned(recorded, substitute(graph, results, new Map(rows.flatMap((row, i) => (row === i ? [] : [[i, row]])))));
      },
      trace: (derived, pair = false) => {
        const { positions } = layout(leaves);
        const inputs = leaves.map((leaf, i): InputLeaf => {
          const row = seen[i]?.kind === leaf.kind ? rows[i]! : recordInput(graph, leaf, i);
          return { ...leaf, position: positions[i]!, row };
        });
        graph.leaves = leaves;
        trace.open = true;
        return tracedOn(trace, derived, inputs, tree, pair);
      },
      compile: (program) => {
        trace.open = true;
        const whole = within(trace, () => withDerivatives(program));
        const subject: Subject = {
          graph,
          trees: [withoutStatics(tree, options), whole.outputTree],
          leaves: whole.inputs,
          values: [],
          resultLeaves: whole.outputs,
          resultRows: whole.outputs.map(({ rows }) => rows),
          truths: [],
          fixesIndices: false,
        };
        const entry = acquire(this.#key.derived, subject, (captures) => ({
          compiled: compiledProgram(recordedAnew(whole, graph, captures), options.engine),
        }));
        entries.push(entry);
        return entry.made.compiled;
      },
      indices: (leaf) => values[leaf] as Int32Array,
    });
  }

  /** The function itself, on data of one structure. */
  #plain(args: readonly unknown[]): Source {
    const { name, options } = this.#recipe;
    const { values } = this.#given(args);
    return {
      f: this.#f,
      trace: (derived, pair = false) => traceProgram(name, derived, args, options, pair),
      compile: (program) => compiledProgram(program, options.engine),
      indices: (leaf) => values[leaf] as Int32Array,
    };
  }
}

/** What a compiled function gives. */
export function evaluated({ compiled }: Made): unknown {
  compiled.executable.run();
  return compiled.read();
}
