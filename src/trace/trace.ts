/** Tracing: runs a function once on symbols and returns the program it recorded. */
import { type NumericArray } from "../data/arrays.js";
import { structural } from "../ops/rows.js";
import { Graph, type Recording, type Row, SCALAR } from "../graph/graph.js";
import { lanesOf, type Shape } from "../ops/shapes.js";
import { build, type Classify, classifyData, flatten, inLeaf, type Leaf, type Tree } from "../data/tree.js";
import { withMethods } from "./methods.js";
import { type Truths } from "./truths.js";
import { Indices, rowIn, Trace, Value } from "./value.js";

/** An argument leaf: where its numbers lie among the inputs (doubles, or 32-bit integers for lane numbers) and its first row. */
export interface InputLeaf extends Leaf {
  readonly position: number;
  readonly row: Row;
}

/** A result leaf: where its numbers lie among the outputs, and the rows whose values, or whose adjoints, they are. */
export interface OutputLeaf extends Leaf {
  readonly position: number;
  readonly rows: readonly Row[];
  readonly adjoint: boolean;
}

/** A traced function: what an engine makes executable. */
export interface Program {
  readonly graph: Graph;
  readonly inputs: readonly InputLeaf[];
  readonly inputTree: Tree;
  readonly outputs: readonly OutputLeaf[];
  readonly outputTree: Tree;
  /** The scalar row whose adjoints the outputs marked `adjoint` are. */
  readonly gradientOf?: Row;
}

/** A program whose results are all values of rows, derivatives too: what engines plan. */
export interface WholeProgram extends Program {
  readonly gradientOf?: never;
}

/** Options of everything that traces. */
export interface TraceOptions {
  /** Arguments by number whose values are fixed when traced, numbers included; another value is another trace. */
  readonly staticArgnums?: number | readonly number[];
}

/** One number or several, as a list. */
export const asList = (numbers: number | readonly number[] | undefined): readonly number[] =>
  numbers === undefined ? [] : typeof numbers === "number" ? [numbers] : numbers;

/** The next even number: vectors begin on a 16-byte boundary and are padded to one. */
const even = (count: number): number => count + (count & 1);

/** Where the leaves of both kinds of memory lie, and how much they take. */
export function layout(leaves: readonly Leaf[]): { positions: number[]; doubles: number; integers: number } {
  let [doubles, integers] = [0, 0];
  const positions = leaves.map(({ kind, lanes }) => {
    if (kind === "number") return doubles++;
    const position = even(kind === "indices" ? integers : doubles);
    if (kind === "indices") integers = even(position + lanes);
    else doubles = even(position + lanes);
    return position;
  });
  return { positions, doubles: even(doubles), integers };
}

/** The innermost trace under way; undefined outside any. */
export const currentTrace = (): Trace | undefined => Trace.current;

/** How many traces are under way, and the most: more are taken for a function that calls, by a rule, the transform that it runs in. */
let depth = 0;
const DEEPEST = 200;

/** Runs `body` with `trace` as the trace under way, and ends it. */
export function within<T>(trace: Trace, body: () => T): T {
  if (depth === DEEPEST)
    throw new RangeError(
      `${trace.name}: expected at most ${DEEPEST} functions traced inside each other, got more. Does a function or a rule call the transform that it is running in?`,
    );
  withMethods();
  const outer = Trace.current;
  Trace.current = trace;
  depth++;
  try {
    return body();
  } finally {
    depth--;
    Trace.current = outer;
    trace.open = false;
  }
}

/** Runs `body` as if no trace were under way: functions of plain numbers may call transforms on data. */
export function outside<T>(body: () => T): T {
  const outer = Trace.current;
  Trace.current = undefined;
  try {
    return body();
  } finally {
    Trace.current = outer;
  }
}

/** Appends the input rows of a leaf and returns the first. */
export function recordInput(graph: Graph, leaf: Leaf, index: number): Row {
  if (leaf.kind === "indices") return graph.push(structural.indices, graph.shapeOf(leaf.lanes), index);
  if (leaf.kind === "vector") return graph.push(structural.input, graph.shapeOf(leaf.shape ?? leaf.lanes), index, 0);
  const first = graph.length;
  for (let offset = 0; offset < leaf.lanes; offset++) graph.push(structural.input, SCALAR, index, offset);
  return first;
}

/** The symbols that stand for a leaf while its function is traced. */
export function symbols(trace: Trace, { kind, lanes }: Leaf, row: Row): unknown {
  if (kind === "indices") return new Indices(trace, row, lanes);
  if (kind === "numbers") return Array.from({ length: lanes }, (_, k) => new Value(trace, row + k));
  return new Value(trace, row);
}

/** The leaf kinds of Values and data together: arguments and results inside a trace. */
export const classifyTraced: Classify = (value) => {
  if (value instanceof Value) {
    const { shape } = value;
    if (shape.length === 0) return { kind: "number", lanes: 1 };
    return { kind: "vector", lanes: lanesOf(shape), ...(shape.length > 1 ? { shape } : {}) };
  }
  if (value instanceof Indices) return { kind: "indices", lanes: value.length };
  const scalar = (item: unknown): boolean => typeof item === "number" || (item instanceof Value && item.isScalar);
  if (Array.isArray(value) && value.length > 0 && Array.from(value).every(scalar)) return { kind: "numbers", lanes: value.length };
  return classifyData(value);
};

/** The rows of a leaf's value in a trace, constants included; of a matrix' numbers in its shape. */
export function rowsOf(name: string, trace: Trace, value: unknown, shape?: Shape): Row[] {
  const { graph } = trace;
  if (value instanceof Value || value instanceof Indices) {
    if (!value.trace.open || !trace.isInside(value.trace.graph))
      throw new TypeError(
        `${name}: expected Values of the trace under way, got one of another trace. A Value lives only while its function is traced`,
      );
    return [rowIn(trace, value)];
  }
  if (Array.isArray(value)) return value.flatMap((item) => rowsOf(name, trace, item));
  if (typeof value === "number") return [graph.literal(value)];
  return [graph.array(value as NumericArray, shape)];
}

/** Splits the result of a trace's function into structure, leaves and rows; with `pair`, the two parts of a result [scalar, aux] one by one. */
export function flattenResult(trace: Trace, result: unknown, pair = false): { tree: Tree; leaves: Leaf[]; rows: Row[][] } {
  const { name, graph, truths } = trace;
  if (result instanceof Promise) {
    result.catch(() => undefined); // its own failure is a consequence of this one
    throw new TypeError(`${name}: expected a synchronous function, got one that returns a Promise`);
  }
  const leaves: Leaf[] = [];
  const values: unknown[] = [];
  const part = (value: unknown, path: string): Tree => flatten(name, value, path, classifyTraced, leaves, values);
  const tree: Tree =
    pair && Array.isArray(result) ? { kind: "array", items: result.map((item, i) => part(item, `result[${i}]`)) } : part(result, "result");
  const index = leaves.find(({ kind }) => kind === "indices");
  if (index) throw new TypeError(`${name}: expected numbers in the result, got lane numbers at ${index.path}`);
  const rows = values.map((value, i) => rowsOf(name, trace, value, leaves[i]!.shape));
  for (const list of rows) for (const row of list) truths.use(graph, row);
  return { tree, leaves, rows };
}

/** The structure of arguments. */
export type ArgumentsTree = Extract<Tree, { readonly kind: "array" }>;

/** The arguments of a function as structure and leaves; those that are static are left as they are. `pathOf` says where an argument stands. */
export function flattenArguments(
  name: string,
  args: readonly unknown[],
  { staticArgnums }: TraceOptions,
  leaves: Leaf[],
  values: unknown[],
  pathOf = (n: number): string => `args[${n}]`,
): ArgumentsTree {
  const statics = asList(staticArgnums);
  const items = args.map((arg, i): Tree =>
    statics.includes(i) ? { kind: "static", value: arg } : flatten(name, arg, pathOf(i), classifyData, leaves, values),
  );
  return { kind: "array", items };
}

/** A leaf's value, copied where it is an array. */
export const copied = (value: unknown): unknown =>
  typeof value === "number" ? value : (value as number[] | Float64Array | Int32Array).slice();

/** Arguments as they are now: what accessors answer is read once, and arrays are copied, so that neither is another when they are used again. */
export function settled(name: string, args: readonly unknown[], options: TraceOptions): unknown[] {
  const leaves: Leaf[] = [];
  const values: unknown[] = [];
  const tree = flattenArguments(name, args, options, leaves, values);
  return build(tree, (leaf) => {
    const value = copied(values[leaf]);
    return leaves[leaf]!.shape === undefined ? value : inLeaf(leaves[leaf]!, value as Float64Array);
  }) as unknown[];
}

/** Appends the input rows of leaves, and says where their numbers lie. */
export function recordInputs(graph: Graph, leaves: readonly Leaf[]): InputLeaf[] {
  const { positions } = layout(leaves);
  graph.leaves = leaves;
  return leaves.map((leaf, i) => ({ ...leaf, position: positions[i]!, row: recordInput(graph, leaf, i) }));
}

/** Runs a function in a trace on the symbols of its inputs, and returns the program that it recorded. Leaves that are not in the tree are inputs that it does not see. */
export function tracedOn(
  trace: Trace,
  f: (...args: never[]) => unknown,
  inputs: readonly InputLeaf[],
  inputTree: Tree,
  pair: boolean,
): Program {
  const { graph } = trace;
  return within(trace, () => {
    const values = build(inputTree, (leaf) => symbols(trace, inputs[leaf]!, inputs[leaf]!.row)) as never[];
    const { tree, leaves, rows } = flattenResult(trace, f(...values), pair);
    return { graph, inputs, inputTree, outputs: outputLeaves(leaves, rows), outputTree: tree };
  });
}

/** Traces a function of the given arguments. With `recording`, made of the leaves and their values, the numbers of its rows are known while they are recorded. */
export function traceProgram(
  name: string,
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  options: TraceOptions = {},
  pair = false,
  recording?: (graph: Graph, leaves: readonly Leaf[], values: readonly unknown[]) => Recording,
  truths?: Truths,
): Program {
  const graph = new Graph();
  const leaves: Leaf[] = [];
  const values: unknown[] = [];
  const inputTree = flattenArguments(name, args, options, leaves, values);
  graph.recording = recording?.(graph, leaves, values);
  const trace = new Trace(name, graph, undefined, truths);
  const program = tracedOn(trace, f, recordInputs(graph, leaves), inputTree, pair);
  trace.truths.check(graph, (others) => void traceProgram(name, f, args, options, pair, recording, others));
  return program;
}

/** Result leaves with their places among the outputs. */
export function outputLeaves(
  leaves: readonly Leaf[],
  rows: readonly (readonly Row[])[],
  adjoints: ReadonlySet<number> = new Set(),
): OutputLeaf[] {
  const { positions } = layout(leaves);
  return leaves.map((leaf, i) => ({ ...leaf, position: positions[i]!, rows: rows[i]!, adjoint: adjoints.has(i) }));
}
