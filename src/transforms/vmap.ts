/** Functions of one point, evaluated at many: `vmap`. */
import { taking } from "../data/operands.js";
import { type EngineChoice } from "../engines/index.js";
import { describe } from "../errors.js";
import { evaluated, Following } from "../compiled/following.js";
import { type Row } from "../graph/graph.js";
import { optionsOf } from "../data/options.js";
import { overPoints, type Points as PointRows } from "../passes/batch.js";
import { reshapedTo } from "../graph/shaped.js";
import { lanesOf, MOST_DIMENSIONS, shapeText } from "../ops/shapes.js";
import { broadcastTo } from "../passes/algebra.js";
import { type AnyFunction } from "../trace/program.js";
import { structural } from "../ops/rows.js";
import { asList, classifyTraced, currentTrace, flattenResult, rowsOf, type TraceOptions, within } from "../trace/trace.js";
import { build, flatten, type Leaf } from "../data/tree.js";
import { type Columns, type Concrete, type HasMatrix, type Rows } from "../trace/types.js";
import { Trace, Value } from "../trace/value.js";

/** Options of `vmap`. */
export interface VmapOptions extends TraceOptions {
  /** 0 for each argument that holds columns, or matrices whose rows are the points, null for one that is the same at every point; one entry for all, or one an argument. */
  readonly inAxes?: 0 | null | readonly (0 | null)[];
  /** The engine that evaluates: "auto" by default. */
  readonly engine?: EngineChoice;
  /** On data, f is recorded at every call, and so follows the variables that it reads; false freezes them at the first call with arguments of a structure. */
  readonly retrace?: boolean;
}

/** A function of P evaluated at many points: of columns of data first, of Values last. */
export interface VmapOf<P extends readonly unknown[], R> {
  <A extends Concrete<P>>(...args: A): HasMatrix<A> extends true ? Rows<R> : Columns<R>;
  (...args: P): R;
}

/** What one point sees of a leaf: a number of a column, a row of a matrix, a matrix of a batch. */
function seenOf(leaf: Leaf): Leaf {
  const { kind, path, shape = [] } = leaf;
  if (kind === "indices") throw new TypeError(`vmap: expected columns of numbers, got lane numbers at ${path}. Pass them with inAxes null`);
  if (kind !== "vector") return leaf;
  const [, ...inner] = shape;
  if (inner.length === 0) return { kind: "number", lanes: 1, path };
  return { kind, lanes: lanesOf(inner), path, ...(inner.length > 1 ? { shape: inner } : {}) };
}

/** The columns of a call: which placeholder of one point stands for which vector, and how many points there are. */
class Points {
  readonly columns = new Map<Row, PointRows>();
  readonly #paths = new Map<Row, string>();
  count: number | undefined;
  /** Whether there are matrices, whose rows are the points. */
  areRows = false;

  constructor(
    readonly outer: Trace,
    readonly inner: Trace,
  ) {
    inner.standing = (row) => this.#paths.get(row);
  }

  /** What one point sees of a leaf: a scalar in place of a vector, a row in place of a matrix, anything else as it is. */
  symbol(leaf: Leaf, value: unknown): unknown {
    const seen = seenOf(leaf);
    if (seen === leaf) return value;
    const { lanes, path, shape: [size, ...inner] = [lanes] } = leaf;
    this.count ??= size!;
    if (size !== this.count) throw new RangeError(`vmap: expected columns of one length, got ${this.count} and ${size} at ${path}`);
    const { graph } = this.inner;
    const placeholder = graph.push(structural.placeholder, graph.shapeOf(inner), graph.length);
    const rows = rowsOf("vmap", this.outer, value);
    this.areRows ||= inner.length > 0;
    this.columns.set(placeholder, inner.length === 0 ? rows : { packed: reshapedTo(graph, rows[0]!, [size, seen.lanes]) });
    this.#paths.set(placeholder, path);
    return new Value(this.inner, placeholder);
  }
}

/** The axis of each argument, from one for all or one an argument; static arguments are the same at every point. */
function axesOf({ inAxes = 0, staticArgnums }: VmapOptions, count: number): readonly (0 | null)[] {
  const axes = inAxes === null || inAxes === 0 ? Array.from({ length: count }, () => inAxes) : inAxes;
  if (!Array.isArray(axes)) throw new RangeError(`vmap: expected inAxes of 0 and null, got ${describe(axes)}`);
  if (axes.length !== count) throw new RangeError(`vmap: expected one entry of inAxes an argument, got ${axes.length} for ${count}`);
  const statics = asList(staticArgnums);
  return (axes as readonly (0 | null)[]).map((axis, i) => {
    if (axis !== 0 && axis !== null) throw new RangeError(`vmap: expected inAxes of 0 and null, got ${describe(axis)}`);
    return statics.includes(i) ? null : axis;
  });
}

/** Records a function at all points inside a trace. */
function recordAtPoints(f: AnyFunction, args: readonly unknown[], options: VmapOptions, outer: Trace): unknown {
  const points = new Points(outer, new Trace("vmap", outer.graph, outer));
  const axes = axesOf(options, args.length);
  const values = args.map((arg, i) => {
    if (axes[i] === null) return arg;
    const leaves: Leaf[] = [];
    const given: unknown[] = [];
    const tree = flatten("vmap", arg, `args[${i}]`, classifyTraced, leaves, given);
    return build(tree, (leaf) => points.symbol(leaves[leaf]!, given[leaf]));
  });
  const { count } = points;
  if (count === undefined)
    throw new TypeError(
      "vmap: expected at least one column (a Float64Array), or a Matrix whose rows are the points, among the arguments, got none",
    );
  return within(points.inner, () => {
    const { graph } = outer;
    const result = flattenResult(points.inner, f(...(values as never[])));
    const over = overPoints(graph, result.rows.flat(), points.columns);
    const column = (row: Row): Value => new Value(outer, broadcastTo(graph, over.lanes(row)[0]!, count));
    return build(result.tree, (leaf) => {
      const { kind, path } = result.leaves[leaf]!;
      const rows = result.rows[leaf]!;
      const [row] = rows as [Row];
      if (kind !== "vector") return kind === "number" ? column(row) : rows.map(column);
      const shape = [count, ...graph.sizes(row)];
      if (!points.areRows && shape.length === 2) return over.lanes(row).map((lane) => new Value(outer, broadcastTo(graph, lane, count)));
      if (shape.length > MOST_DIMENSIONS)
        throw new RangeError(
          `vmap: expected matrices a point, no batches of them, got the shape ${shapeText(graph.sizes(row))} at ${path}`,
        );
      return new Value(outer, reshapedTo(graph, over.packed(row), shape));
    });
  });
}

/**
 * A function of one point as a function of many: where `f` takes a scalar, `vmap(f)` takes a column (a Float64Array of n lanes), and gives a column for every scalar of the result. Where f takes a
 * vector or a matrix, it takes a matrix, of which each row is a point, or a batch of matrices, as JAX does along axis 0; vectors of the result are then the rows of a matrix, matrices a batch.
 * Of columns alone, vectors are arrays of columns. Lone numbers, and arguments whose `inAxes` is null, are the same at every point.
 * Composes with the other transforms: `vmap(grad(f))` gives the gradient at each point.
 * @throws RangeError where columns differ in length, or that names a row which cannot be evaluated point by point.
 */
export const vmap = /* @__PURE__ */ taking(
  "vmap",
  2,
  function vmap<P extends readonly unknown[], R>(f: (...args: P) => R, given?: VmapOptions): VmapOf<P, R> {
    if (typeof f !== "function") throw new TypeError(`vmap: expected a function, got ${describe(f)}`);
    const options = optionsOf("vmap", given);
    const transformed: AnyFunction = (...args: unknown[]) => {
      const trace = currentTrace();
      if (trace) return recordAtPoints(f, args, options, trace);
      axesOf(options, args.length); // wrong ones are refused before anything is recorded
      return following.call(args, [], evaluated);
    };
    const following = new Following(f, {
      name: "vmap",
      variant: options.inAxes,
      options,
      seen: (leaf, argument, count) => (axesOf(options, count)[argument] === 0 ? seenOf(leaf) : leaf),
      make: ({ f, trace, compile }) => ({
        compiled: compile(trace((...args: unknown[]) => recordAtPoints(f, args, options, currentTrace()!))),
      }),
    });
    return transformed as unknown as VmapOf<P, R>;
  },
  "argument",
);
