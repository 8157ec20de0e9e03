/**
 * Derivatives of one's own: `customJvp` and `customVjp`, for functions of Values.
 * A function of Values whose derivative is that of its expressions needs neither: it is rows as any other.
 */
import { taking } from "../data/operands.js";
import { describe } from "../errors.js";
import { type CustomRule, type Graph, type Piece, type Row, SCALAR } from "../graph/graph.js";
import { type AnyFunction } from "../trace/program.js";
import { alike, type Bundle, bundleOf, bundleValue, numberRows, withRows } from "../trace/scope.js";
import { structural } from "../ops/rows.js";
import { shapeText } from "../ops/shapes.js";
import { reshapedTo } from "../graph/shaped.js";
import { currentTrace, within } from "../trace/trace.js";
import { build } from "../data/tree.js";
import { Indices, Trace, Value } from "../trace/value.js";

/** Rows as one: the row itself where there is one, else a vector of all their numbers. */
function packed(graph: Graph, rows: readonly Row[]): Row {
  if (rows.length === 1) return rows[0]!;
  let lanes = 0;
  const pieces = rows.map((row): Piece => {
    lanes += graph.lanes(row);
    return [row, lanes - graph.lanes(row)];
  });
  return graph.assemble(pieces, lanes);
}

/** The rows that were packed, each of the shape of its like. */
function unpacked(graph: Graph, row: Row, likes: readonly Row[]): Row[] {
  if (likes.length === 1) return [row];
  let start = 0;
  return likes.map((like) => {
    const from = start;
    start += graph.lanes(like);
    if (graph.isScalar(like)) return graph.shared(structural.at, SCALAR, row, from);
    return reshapedTo(graph, graph.shared(structural.slice, graph.shapeOf(graph.lanes(like)), row, from), graph.sizes(like));
  });
}

/** A structure of rows as a rule sees it: a Value for every row, constants too. */
const valuesOf = (trace: Trace, { tree, leaves, rows }: Bundle): unknown =>
  build(tree, (leaf) => {
    const { kind, lanes } = leaves[leaf]!;
    if (kind === "indices") return new Indices(trace, rows[leaf]![0]!, lanes);
    const values = rows[leaf]!.map((row) => new Value(trace, row));
    return kind === "numbers" ? values : values[0];
  });

/** The rows of what a rule returned, which must have the shapes of `like`; a scalar may stand for a vector. */
function checkedRows(name: string, what: string, trace: Trace, value: unknown, like: Bundle): Row[] {
  const { graph } = trace;
  const likes = numberRows(like);
  const rows = numberRows(alike(name, like, bundleOf(name, trace, value, what), what));
  const shape = (row: Row): string => {
    const sizes = graph.sizes(row);
    return ["a number", `a vector of ${sizes[0]}`][sizes.length] ?? `a matrix of shape ${shapeText(sizes)}`;
  };
  const fits = rows.length === likes.length && rows.every((row, i) => graph.isScalar(row) || graph.shape[row] === graph.shape[likes[i]!]);
  if (!fits)
    throw new TypeError(
      `${name}: expected ${what} of ${likes.map(shape).join(", ") || "nothing"}, got ${rows.map(shape).join(", ") || "nothing"}`,
    );
  return rows;
}

/** A call of a function with a rule: its arguments and its result as rows. */
interface Call {
  readonly name: string;
  readonly args: readonly Bundle[];
  readonly result: Bundle;
}

/** A bundle with other rows for its numbers; lane numbers stay. */
function replaced({ tree, leaves, rows }: Bundle, numbers: Iterator<Row>): Bundle {
  const next = (): Row => numbers.next().value as Row;
  return { tree, leaves, rows: rows.map((list, i) => (leaves[i]!.kind === "indices" ? list : list.map(next))) };
}

/** The arguments of a call as Values, with other rows for their numbers. */
function argumentsOf(trace: Trace, { args }: Call, inputs: readonly Row[]): unknown[] {
  const rows = inputs.values();
  return args.map((arg) => valuesOf(trace, replaced(arg, rows)));
}

/** A function that is called as it is on data, and recorded with a rule where it is traced. */
function withRule(name: string, f: unknown, rules: readonly unknown[], ruleOf: (call: Call) => CustomRule): AnyFunction {
  for (const given of [f, ...rules])
    if (typeof given !== "function") throw new TypeError(`${name}: expected a function, got ${describe(given)}`);
  const call = f as (...args: unknown[]) => unknown;
  return (...given: unknown[]) => {
    const trace = currentTrace();
    if (!trace) return call(...given);
    const { graph } = trace;
    const args = given.map((arg, i) => bundleOf(name, trace, arg, `args[${i}]`));
    const inputs = args.flatMap(numberRows);
    if (inputs.every((row) => graph.isConstant(row))) return call(...given);
    const value = call(...args.map((arg) => valuesOf(trace, arg))); // as the rule sees them
    const result = bundleOf(name, trace, value, "result");
    const results = numberRows(result);
    if (results.length === 0) return value;
    const rule = graph.rules.push(ruleOf({ name: call.name === "" ? name : `${name}(${call.name})`, args, result })) - 1;
    const row = graph.custom(rule, packed(graph, results), inputs);
    return bundleValue(trace, withRows(result, unpacked(graph, row, results)));
  };
}

/**
 * The function `f` with a derivative of its own: `rule(primals, tangents)` gives the tangent of the result, linear in the tangents, as Values.
 * It serves in every mode, reverse mode by transposition, and may be differentiated again. What `f` captures instead of taking it as an argument has no derivative;
 * equal rows are one row, so what `f` has computed costs nothing when the rule computes it again.
 * @throws TypeError where the rule's result is not like that of `f`, or is not linear.
 */
export const customJvp = /* @__PURE__ */ taking(
  "customJvp",
  2,
  function customJvp<P extends readonly unknown[], R>(f: (...args: P) => R, rule: (primals: P, tangents: P) => R): (...args: P) => R {
    return withRule("customJvp", f, [rule], (call) => ({
      name: call.name,
      tangent: (graph, inputs, tangents) => {
        const trace = new Trace(call.name, graph);
        const [primals, directions] = [inputs, tangents].map((rows) => argumentsOf(trace, call, rows) as unknown as P);
        const { result } = call;
        return within(trace, () =>
          packed(graph, spread(graph, checkedRows(call.name, "a tangent", trace, rule(primals!, directions!), result), numberRows(result))),
        );
      },
    })) as unknown as (...args: P) => R;
  },
  "argument",
);

/** Rows in the shapes of others. */
const spread = (graph: Graph, rows: readonly Row[], likes: readonly Row[]): Row[] =>
  rows.map((row, i) =>
    graph.isScalar(row) && !graph.isScalar(likes[i]!) ? graph.shared(structural.broadcast, graph.shape[likes[i]!]!, row) : row,
  );

/** What `backward` gives: the gradient of every argument, null for one that has none. */
export type Gradients<P extends readonly unknown[]> = { readonly [K in keyof P]: P[K] | null };

/**
 * The function `f` with a derivative of its own: `forward(...args)` gives `[f(...args), residuals]`, and `backward(residuals, seed)` the gradients of all arguments for a seed of the result, as Values.
 * Where `backward` is linear in the seed it serves in forward mode too, by transposition; what is not linear, a clipped gradient, is for reverse mode alone.
 * What `f` captures instead of taking it as an argument has no derivative.
 * @throws TypeError where the gradients are not like the arguments, or forward mode is asked of a rule that is not linear.
 */
export const customVjp = /* @__PURE__ */ taking(
  "customVjp",
  3,
  function customVjp<P extends readonly unknown[], R, S>(
    f: (...args: P) => R,
    forward: (...args: P) => readonly [R, S],
    backward: (residuals: S, seed: R) => Gradients<P>,
  ): (...args: P) => R {
    return withRule("customVjp", f, [forward, backward], (call) => ({
      name: call.name,
      adjoints: (graph, inputs, seed) => {
        const trace = new Trace(call.name, graph);
        const given = valuesOf(trace, withRows(call.result, unpacked(graph, seed, numberRows(call.result)))) as R;
        return within(trace, () => {
          const [, residuals] = forward(...(argumentsOf(trace, call, inputs) as unknown as P));
          const gradients: unknown = backward(residuals, given);
          if (!Array.isArray(gradients) || gradients.length !== call.args.length)
            throw new TypeError(
              `${call.name}: expected an array of ${call.args.length} gradients, one an argument, got ${describe(gradients)}`,
            );
          return gradientRows(call, trace, gradients);
        });
      },
    })) as unknown as (...args: P) => R;
  },
  "argument",
);

/** The rows of the gradients of all arguments; null is zero. */
function gradientRows({ name, args }: Call, trace: Trace, gradients: readonly unknown[]): Row[] {
  return gradients.flatMap((gradient, n) => {
    const like = args[n]!;
    if (gradient === null || gradient === undefined) return numberRows(like).map(() => trace.graph.constant(0));
    return checkedRows(name, `a gradient of argument ${n}`, trace, gradient, like);
  });
}
