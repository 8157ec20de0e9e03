/** Loops of so many steps: `scan` and `repeat`. */
import { taking } from "../data/operands.js";
import { optionsOf } from "../data/options.js";
import { build, type Leaf } from "../data/tree.js";
import { describe } from "../errors.js";
import { closedLoop, looped, type LoopRows } from "../graph/anew.js";
import { type Row, SCALAR } from "../graph/graph.js";
import { structural } from "../ops/rows.js";
import { lanesOf } from "../ops/shapes.js";
import { BodyGraph, known } from "../trace/bodygraph.js";
import { type Carried, type NextCarry, type Sliced, type Stacked, type StackedData } from "../trace/looptypes.js";
import { type Bundle, bundleOf, bundleValue } from "../trace/scope.js";
import { currentTrace, symbols, within } from "../trace/trace.js";
import { Truths } from "../trace/truths.js";
import { Indices, Trace, Value } from "../trace/value.js";
import { carriedLeaves, type Names, pairOf, slicesIn, stepsFrom } from "./loopcarry.js";
import { ran, type StepOf } from "./plainsteps.js";

/** Options of `scan` and `repeat`. */
export interface ScanOptions {
  /** The steps begin with the last slices; what they give stands where these stood. */
  readonly reverse?: boolean;
}

/** The stacks whose slices the steps take, and how many steps there are. */
interface Stacks {
  readonly xs: Bundle | undefined;
  readonly length: number;
}

/** A loop that was recorded: its rows, the rows around it that its parameters stand for, and the structure of what a step gives. */
interface Recorded {
  readonly rows: LoopRows;
  readonly around: readonly Row[];
  readonly y: Bundle;
}

/** What a step sees of a leaf of xs: a number of a vector, a row of a matrix, a matrix of a batch, a number of lane numbers. */
function sliceOf({ kind, lanes, shape = [lanes], path }: Leaf): Leaf & { readonly sizes: readonly number[] } {
  const sizes = kind === "indices" ? [1] : shape.slice(1);
  return {
    kind: sizes.length === 0 ? "number" : kind,
    lanes: lanesOf(sizes),
    path: path.replace(/^xs/, "x"),
    ...(sizes.length > 1 ? { shape: sizes } : {}),
    sizes,
  };
}

/** Records a step as a body of what is around it; undefined where it calls users' code. */
function recordedStep(
  names: Names,
  step: StepOf,
  init: Bundle,
  { xs, length }: Stacks,
  reverse: boolean,
  outer: Trace,
  truths = new Truths(),
): Recorded | undefined {
  const { name, carry: word } = names;
  const graph = new BodyGraph(outer);
  const trace = new Trace(name, graph, outer, truths);
  trace.capture = graph.capture;
  const number = graph.push(structural.placeholder, SCALAR, 0);
  trace.standing = (row) => {
    if (row === number) return "i";
    const found = graph.parameters.find((parameter) => parameter.row === row);
    if (found === undefined) return undefined;
    return "path" in found.origin ? found.origin.path : outer.words(found.around);
  };
  const carries = init.rows.map((rows, leaf) => {
    const path = init.leaves[leaf]!.path.replace(/^init/, word);
    return rows.map((row, k) => graph.parameter(row, { kind: "carry", path: rows.length > 1 ? `${path}[${k}]` : path }));
  });
  const slices = (xs?.leaves ?? []).map((leaf, i) => {
    const { path, sizes } = sliceOf(leaf);
    return graph.parameter(xs!.rows[i]![0]!, { kind: "slice", path }, sizes);
  });
  const carry = build(init.tree, (leaf) => symbols(trace, init.leaves[leaf]!, carries[leaf]![0]!));
  const x =
    xs &&
    build(xs.tree, (leaf) => {
      const given = sliceOf(xs.leaves[leaf]!);
      return given.kind === "indices" ? new Indices(trace, slices[leaf]!, 1, true) : symbols(trace, given, slices[leaf]!);
    });
  const { next, y } = within(trace, () => {
    const [next, y] = pairOf(names, step(carry, x, new Value(trace, number)));
    const bundles = { next: bundleOf(name, trace, next, word), y: bundleOf(name, trace, y, "y") };
    for (const row of [...bundles.next.rows.flat(), ...bundles.y.rows.flat()]) truths.use(graph, row);
    return bundles;
  });
  const order = carriedLeaves(names, init, next);
  for (const { kind, path, shape } of y.leaves) {
    if (kind === "indices") throw new TypeError(`${name}: expected numbers in what a step gives, got lane numbers at ${path}`);
    if ((shape?.length ?? 0) > 2)
      throw new RangeError(`${name}: expected numbers, vectors and matrices in what a step gives, got a batch of matrices at ${path}`);
  }
  if (graph.hosts.length + graph.rules.length > 0) return undefined;
  truths.check(graph, (others) => void recordedStep(names, step, init, { xs, length }, reverse, outer, others));
  const consts = graph.parameters.filter(({ origin }) => origin.kind === "captured" || origin.kind === "data");
  const rows: LoopRows = {
    name: /^[\w$]+$/.test(step.name) ? step.name : name,
    graph,
    length,
    reverse,
    consts: consts.map(({ row }) => row),
    carries: carries.flat(),
    slices,
    number,
    next: order.flatMap((leaf) => next.rows[leaf]!),
    written: y.rows.flat().map((row) => ({ row, as: "stack" })),
  };
  return { rows, around: [...consts.map(({ around }) => around), ...init.rows.flat(), ...(xs?.rows ?? []).flat()], y };
}

/** Records a loop, and returns what is carried after the last step and what the steps gave. */
function recordLoop(names: Names, step: StepOf, given: unknown, xs: unknown, reverse: boolean, outer: Trace): readonly [unknown, unknown] {
  const init = bundleOf(names.name, outer, given, "init");
  const index = init.leaves.find(({ kind }) => kind === "indices");
  if (index !== undefined)
    throw new TypeError(
      `${names.name}: expected numbers in init, got lane numbers at ${index.path}. A step may use those without carrying them`,
    );
  let stacks: Stacks;
  if (typeof xs === "number") stacks = { xs: undefined, length: stepsFrom(names, xs, 1) };
  else {
    const bundle = bundleOf(names.name, outer, xs, "xs");
    stacks = { xs: bundle, length: slicesIn(names, bundle.leaves) };
  }
  const recorded = recordedStep(names, step, init, stacks, reverse, outer);
  if (recorded === undefined) return ran(names, step, given, xs, reverse);
  const { rows, around, y } = recorded;
  const closed = closedLoop(rows);
  const parts = looped(outer.graph, { ...closed, loop: closed.loop && known(outer, closed.loop) }, (k) => around[k]!) as Row[];
  let next = 0;
  const carry = bundleValue(outer, { ...init, rows: init.rows.map((list) => list.map(() => parts[next++]!)) });
  const stacked = build(y.tree, (leaf) => {
    const values = y.rows[leaf]!.map(() => new Value(outer, parts[next++]!));
    return y.leaves[leaf]!.kind === "numbers" ? values : values[0];
  });
  return [carry, stacked];
}

/** Runs or records a loop, whichever is under way. */
function loop(names: Names, step: StepOf, init: unknown, xs: unknown, { reverse = false }: ScanOptions): readonly [unknown, unknown] {
  const outer = currentTrace();
  if (outer === undefined || outer.graph.recording !== undefined) return ran(names, step, init, xs, reverse);
  return recordLoop(names, step, init, xs, reverse, outer);
}

/**
 * A loop over the slices of xs: `f(carry, x, i)` returns `[carry, y]`, the carry for the next step and what the step gives. Returns the last carry, and what the steps gave side by side: a vector
 * for each number, a matrix for each vector. x is a number of each vector of xs, a row of each matrix; i is the number of the slice. xs may be a number of steps. Inside a traced function it is
 * recorded as one row, whose memory and compile time do not grow with the steps, and differentiated as such; f may use Values from around it. On data, and inside `record`, it is a plain loop.
 * @throws TypeError where a step gives the carry in another structure than it got it in, RangeError where leaves of xs have other lengths.
 */
export const scan = /* @__PURE__ */ taking(
  "scan",
  4,
  (f: StepOf, init: unknown, xs: unknown, given?: ScanOptions): readonly [unknown, unknown] => {
    const names = { name: "scan", carry: "carry" };
    if (typeof f !== "function") throw new TypeError(`scan: expected a function as the step, got ${describe(f)}`);
    if (typeof xs === "number") stepsFrom(names, xs, 1);
    return loop(names, f, init, xs, optionsOf("scan", given));
  },
  "argument",
) as {
  <const C, X, Y>(
    f: (carry: Carried<NoInfer<C>>, x: Sliced<NoInfer<X>>, i: Value) => readonly [NextCarry<NoInfer<C>>, Y],
    init: C,
    xs: X,
    options?: ScanOptions,
  ): [Carried<C>, Stacked<Y>];
  <C, X, Y>(f: (carry: C, x: X, i: number) => readonly [C, Y], init: C, xs: unknown, options?: ScanOptions): [C, StackedData<Y>];
};

/**
 * The state after n steps, `f(state, i)` from `init`, where i counts from 0. Recorded, differentiated and run as `scan` is.
 * @throws TypeError where a step gives the state in another structure than it got it in.
 */
export const repeat = /* @__PURE__ */ taking(
  "repeat",
  4,
  (n: number, f: (state: unknown, i: unknown) => unknown, init: unknown, given?: ScanOptions): unknown => {
    const names = { name: "repeat", carry: "state" };
    if (typeof f !== "function") throw new TypeError(`repeat: expected a function as the step, got ${describe(f)}`);
    const options = optionsOf("repeat", given);
    const length = stepsFrom(names, n, 0);
    const step = { [f.name]: (state: unknown, _: unknown, i: unknown): unknown => [f(state, i), undefined] }[f.name]!;
    return length === 0 ? init : loop(names, step, init, length, options)[0];
  },
  "argument",
) as {
  <const S>(n: number, f: (state: Carried<NoInfer<S>>, i: Value) => NextCarry<NoInfer<S>>, init: S, options?: ScanOptions): Carried<S>;
  <S>(n: number, f: (state: S, i: number) => S, init: S, options?: ScanOptions): S;
};
