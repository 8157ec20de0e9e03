/** Reverse mode for users: `grad` and `valueAndGrad`, on data and, nested, on Values. */
import { type EngineChoice } from "./engines/index.js";
import { describe } from "./errors.js";
import { type Row } from "./graph.js";
import { differentiate } from "./passes/differentiate.js";
import { substitute } from "./passes/substitute.js";
import { type AnyFunction, arrange, checkArgnums, type Gradient, scalarOf } from "./program.js";
import { structural } from "./structural.js";
import { TraceCache } from "./tracecache.js";
import { asList, classifyTraced, currentTrace, flattenResult, rowsOf, symbols, type TraceOptions, within } from "./trace.js";
import { build, flatten, type Leaf, type Tree } from "./tree.js";
import { type Argnums, type GradOf, type GradWithAuxOf, transform, type ValueAndGradOf, type ValueAndGradWithAuxOf } from "./types.js";
import { Trace, Value } from "./value.js";

/** Options of the transforms. */
export interface TransformOptions extends TraceOptions {
  /** The argument or arguments to differentiate by; the first by default. */
  readonly argnums?: Argnums;
  /** The function returns [scalar, aux]; aux comes back undifferentiated. */
  readonly hasAux?: boolean;
  /** The engine that evaluates: "auto" by default. */
  readonly engine?: EngineChoice;
  /** Traces at every call: for functions that read variables which change. */
  readonly retrace?: boolean;
}

/** The result of a traced transform as the caller sees it: a number where nothing in it was traced. */
function asResult(trace: Trace, tree: Tree, leaves: readonly Leaf[], rows: readonly (readonly Row[])[]): unknown {
  const { graph } = trace;
  return build(tree, (leaf) => {
    const values = rows[leaf]!.map((row) => (graph.isConstant(row) ? graph.constantOf(row) : new Value(trace, row)));
    return leaves[leaf]!.kind === "numbers" ? values : values[0];
  });
}

/** A gradient inside a function that is being traced: rows of the same graph, with placeholders for what is differentiated. */
function nested(name: string, gradient: Gradient, args: readonly unknown[], outer: Trace): unknown {
  const { graph } = outer;
  checkArgnums(name, gradient, args.length);
  const trace = new Trace(graph, outer);
  const replacements = new Map<Row, Row>();
  const leaves: Leaf[] = [];
  const parameters: Row[][] = [];
  const trees = new Map<number, Tree>();
  const values = [...args];
  for (const n of new Set(asList(gradient.argnums))) {
    const given: unknown[] = [];
    const first = leaves.length;
    const tree = flatten(name, args[n], `args[${n}]`, classifyTraced, leaves, given);
    trees.set(n, tree);
    for (const value of given) parameters.push(rowsOf(outer, value).map((row) => placeholder(outer, row, replacements)));
    values[n] = build(tree, (leaf) =>
      leaves[leaf]!.kind === "indices" ? given[leaf - first] : symbols(trace, leaves[leaf]!, parameters[leaf]![0]!),
    );
  }
  return within(trace, () => {
    const result = flattenResult(graph, gradient.f(...(values as never[])), gradient.hasAux);
    const { leaf, aux } = scalarOf(name, result.tree, result.leaves, gradient.hasAux);
    const differentiated = parameters.filter((_, index) => leaves[index]!.kind !== "indices").flat();
    const adjoints = new Map(differentiate(graph, result.rows[leaf]![0]!, differentiated).map((row, i) => [differentiated[i]!, row]));
    const all = [...result.rows, ...parameters.map((rows) => rows.map((row) => adjoints.get(row) ?? row))];
    const images = substitute(graph, all.flat(), replacements);
    let next = 0;
    const allImages = all.map((rows) => rows.map(() => images[next++]!));
    const shift = (tree: Tree): Tree => shifted(tree, result.leaves.length, leaves);
    const mirrors = asList(gradient.argnums).map((n) => shift(trees.get(n)!));
    const mirror: Tree = typeof gradient.argnums === "number" ? mirrors[0]! : { kind: "array", items: mirrors };
    const tree = arrange<Tree>(gradient.kind, { kind: "leaf", leaf }, aux, mirror, (a, b) => ({ kind: "array", items: [a, b] }));
    return asResult(outer, tree, [...result.leaves, ...leaves], allImages);
  });
}

/** A tree with its leaf numbers moved up; lane numbers have no gradient. */
function shifted(tree: Tree, by: number, leaves: readonly Leaf[]): Tree {
  if (tree.kind === "static") return tree;
  if (tree.kind === "leaf")
    return leaves[tree.leaf]!.kind === "indices" ? { kind: "static", value: null } : { kind: "leaf", leaf: tree.leaf + by };
  return { ...tree, items: tree.items.map((item) => shifted(item, by, leaves)) };
}

/** A fresh row that stands for `row` while a function of it is traced. */
function placeholder(trace: Trace, row: Row, replacements: Map<Row, Row>): Row {
  const { graph } = trace;
  if (graph.isIndices(row)) return row;
  const fresh = graph.push(structural.placeholder, graph.shape[row]!, replacements.size);
  replacements.set(fresh, row);
  return fresh;
}

/** Makes the function that a transform returns: traced and cached on data, nested inside a trace. */
function gradientFunction(name: "grad" | "valueAndGrad", f: unknown, options: TransformOptions): AnyFunction {
  if (typeof f !== "function") throw new TypeError(`${name}: expected a function, got ${describe(f)}`);
  const { argnums = 0, hasAux = false, staticArgnums } = options;
  const kind = hasAux ? (`${name}WithAux` as const) : name;
  const gradient: Gradient = { kind, f: f as AnyFunction, argnums, hasAux, ...(staticArgnums === undefined ? {} : { staticArgnums }) };
  const transformed: AnyFunction = (...args: unknown[]) => {
    const trace = currentTrace();
    return trace ? nested(name, gradient, args, trace) : cache.call(args);
  };
  const cache = new TraceCache(transformed, name, options);
  return Object.assign(transformed, { [transform]: gradient });
}

/**
 * The gradient of a scalar function by reverse mode: `grad(f)(x)` has the structure of x, its numbers ∂f/∂x.
 * The function is traced on its first call and again for arguments of another structure; variables it captures are frozen then.
 * @throws TypeError where the result is not a scalar, or an argument is no tree of numbers.
 */
export function grad<P extends readonly unknown[], Aux, const N extends Argnums = 0>(
  f: (...args: P) => readonly [Value | number, Aux],
  options: TransformOptions & { hasAux: true; argnums?: N },
): GradWithAuxOf<P, Aux, N>;
export function grad<P extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: P) => Value | number,
  options?: TransformOptions & { hasAux?: false; argnums?: N },
): GradOf<P, N>;
export function grad(f: unknown, options: TransformOptions = {}): unknown {
  return gradientFunction("grad", f, options);
}

/** The value of a scalar function and its gradient, in one evaluation: `[f(x), grad(f)(x)]`. See `grad`. */
export function valueAndGrad<P extends readonly unknown[], Aux, const N extends Argnums = 0>(
  f: (...args: P) => readonly [Value | number, Aux],
  options: TransformOptions & { hasAux: true; argnums?: N },
): ValueAndGradWithAuxOf<P, Aux, N>;
export function valueAndGrad<P extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: P) => Value | number,
  options?: TransformOptions & { hasAux?: false; argnums?: N },
): ValueAndGradOf<P, N>;
export function valueAndGrad(f: unknown, options: TransformOptions = {}): unknown {
  return gradientFunction("valueAndGrad", f, options);
}
