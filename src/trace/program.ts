/** The program of a function: what tracing records, and, of a gradient, which adjoints the results are. */
import { describe } from "../errors.js";
import { type Row } from "../graph/graph.js";
import { asList, outputLeaves, type Program, type TraceOptions, traceProgram } from "./trace.js";
import { type Leaf, leavesOf, mapLeaves, type Tree } from "../data/tree.js";
import { shapeText } from "../ops/shapes.js";
import { transform } from "./types.js";

/** Any function, as the runtime sees it. */
export type AnyFunction = (...args: never[]) => unknown;

/** What a gradient function was made of. */
export interface Gradient {
  readonly kind: "grad" | "gradWithAux" | "valueAndGrad" | "valueAndGradWithAux";
  readonly f: AnyFunction;
  readonly argnums: number | readonly number[];
  readonly hasAux: boolean;
  readonly staticArgnums?: number | readonly number[];
}

/** The gradient that a function is; undefined for other functions. */
export const gradientOf = (f: AnyFunction): Gradient | undefined => (f as { [transform]?: Gradient })[transform];

/** Throws unless the argument numbers name arguments that are not static. */
export function checkArgnums(name: string, gradient: Pick<Gradient, "argnums" | "staticArgnums">, count: number): void {
  const statics = asList(gradient.staticArgnums);
  if (count === 0) throw new RangeError(`${name}: expected at least one argument to differentiate by, got none`);
  for (const n of asList(gradient.argnums)) {
    if (!Number.isInteger(n) || n < 0 || n >= count) throw new RangeError(`${name}: expected argnums from 0 to ${count - 1}, got ${n}`);
    if (statics.includes(n))
      throw new TypeError(`${name}: expected an argument that is not static, got argument ${n}, which staticArgnums names`);
  }
}

/** The scalar that is differentiated, and the rest, of a traced function's result. */
export function scalarOf(name: string, tree: Tree, leaves: readonly Leaf[], hasAux: boolean): { leaf: number; aux: Tree | undefined } {
  const pair = hasAux && tree.kind === "array" && tree.items.length === 2 ? tree.items : undefined;
  if (hasAux && !pair) throw new TypeError(`${name}: expected a function that returns [scalar, aux], since hasAux is set`);
  const value = pair ? pair[0]! : tree;
  const leaf = value.kind === "leaf" ? leaves[value.leaf] : undefined;
  if (value.kind !== "leaf" || leaf?.kind !== "number") {
    const came = leaf
      ? `${leaf.kind === "numbers" ? "an array of" : leaf.shape === undefined ? "a vector of" : "a matrix of shape"} ${leaf.shape === undefined ? leaf.lanes : shapeText(leaf.shape)}`
      : value.kind === "static"
        ? describe(value.value)
        : `an ${value.kind}`;
    throw new TypeError(
      `${name}: expected a function with a scalar result, got ${came}. Reduce it, with sum or mean, or use hasAux for what else it returns`,
    );
  }
  return { leaf: value.leaf, aux: pair?.[1] };
}

/** The tree of a gradient: its argument's, with new leaves; lane numbers have no gradient. */
function mirrorTree(tree: Tree, program: Program, leaves: Leaf[], rows: Row[][]): Tree {
  return mapLeaves(tree, (index) => {
    const { kind, lanes, path, shape, row } = program.inputs[index]!;
    if (kind === "indices") return { kind: "static", value: null };
    rows.push(Array.from({ length: kind === "numbers" ? lanes : 1 }, (_, k) => row + k));
    return { kind: "leaf", leaf: leaves.push({ kind, lanes, path, ...(shape === undefined ? {} : { shape }) }) - 1 };
  });
}

/** The structure of a gradient function's result, from its value's, its aux's and its gradient's. */
export function arrange<T>(kind: Gradient["kind"], value: T, aux: T | undefined, gradient: T, pair: (a: T, b: T) => T): T {
  switch (kind) {
    case "grad":
      return gradient;
    case "gradWithAux":
      return pair(gradient, aux!);
    case "valueAndGrad":
      return pair(value, gradient);
    case "valueAndGradWithAux":
      return pair(pair(value, aux!), gradient);
  }
}

/** The program of a gradient, from that of its function, which was traced as a pair where it has aux. */
export function gradientProgram(name: string, gradient: Gradient, program: Program): Program {
  const { leaf, aux } = scalarOf(name, program.outputTree, program.outputs, gradient.hasAux);
  const leaves: Leaf[] = [...program.outputs];
  const rows = program.outputs.map((output) => [...output.rows]);
  const mirrors = asList(gradient.argnums).map((n) => {
    const tree = program.inputTree.kind === "array" ? program.inputTree.items[n]! : program.inputTree;
    if (leavesOf(tree).every((index) => program.inputs[index]!.kind === "indices"))
      throw new TypeError(`${name}: expected argument ${n} to hold numbers to differentiate by, got none`);
    return mirrorTree(tree, program, leaves, rows);
  });
  const mirror: Tree = typeof gradient.argnums === "number" ? mirrors[0]! : { kind: "array", items: mirrors };
  const whole = arrange<Tree>(gradient.kind, { kind: "leaf", leaf }, aux, mirror, (a, b) => ({ kind: "array", items: [a, b] }));
  const used = leavesOf(whole);
  const adjoints = new Set(used.flatMap((index, i) => (index >= program.outputs.length ? [i] : [])));
  const outputs = outputLeaves(
    used.map((index) => leaves[index]!),
    used.map((index) => rows[index]!),
    adjoints,
  );
  let next = 0;
  const outputTree = mapLeaves(whole, () => ({ kind: "leaf", leaf: next++ }));
  return { ...program, outputs, outputTree, gradientOf: rows[leaf]![0]! };
}

/** The program of a function on arguments of the given structure. */
export function programOf(name: string, f: AnyFunction, args: readonly unknown[], options: TraceOptions): Program {
  if (typeof f !== "function") throw new TypeError(`${name}: expected a function, got ${describe(f)}`);
  if (!Array.isArray(args)) throw new TypeError(`${name}: expected an array of arguments, got ${describe(args)}`);
  const gradient = gradientOf(f);
  if (!gradient) return traceProgram(name, f, args, options);
  const staticArgnums = [...asList(gradient.staticArgnums), ...asList(options.staticArgnums)];
  checkArgnums(name, { ...gradient, staticArgnums }, args.length);
  return gradientProgram(name, gradient, traceProgram(name, gradient.f, args, { staticArgnums }, gradient.hasAux));
}
