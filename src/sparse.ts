/** Sparse Jacobians and Hessians: the pattern from the graph, columns or rows of one colour in one sweep. */
import { columnColoring, type Coloring, grouped, type Groups, longestRow, starColoring, symmetrized, transposed } from "./coloring.js";
import { describe } from "./errors.js";
import { Following, type Source } from "./following.js";
import { type TransformOptions } from "./gradient.js";
import { gradientInside } from "./jacobian.js";
import { optionsOf } from "./options.js";
import { type Pattern, patternOf } from "./passes/pattern.js";
import { type AnyFunction } from "./program.js";
import { checkDifferentiated, sidesOf } from "./sides.js";
import { type Compiled } from "./step.js";
import { type Mode, Sweeps } from "./sweeps.js";
import { currentTrace, type Program } from "./trace.js";
import { type Leaf, type Tree } from "./tree.js";
import { type Concrete } from "./types.js";
import { type Value } from "./value.js";

/** Options of the sparse transforms. */
export interface SparseOptions extends Omit<TransformOptions, "hasAux" | "argnums"> {
  /** The argument to differentiate by; the first by default. */
  readonly argnums?: number;
}

/** Options of `sparseHessian`. */
export type SparseHessianOptions = Omit<SparseOptions, "argnums">;

/**
 * A sparse matrix in compressed rows (CSR): the entries of row i stand from rows[i] to rows[i + 1], with their columns in order. The arrays of the pattern are the same at every call.
 */
export interface SparseMatrix {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly shape: readonly [m: number, n: number];
  /** How many sweeps were needed: one a colour. */
  readonly colors: number;
  /** What was coloured: columns, for forward sweeps, or rows, for reverse sweeps. */
  readonly mode: Mode;
}

/** A sparse derivative of a function of P, on data. */
export interface SparseOf<P extends readonly unknown[]> {
  <A extends Concrete<P>>(...args: A): SparseMatrix;
}

/** What a sparse derivative is made of. */
interface Recipe {
  readonly name: string;
  readonly f: AnyFunction;
  readonly symmetric: boolean;
  readonly options: SparseOptions;
}

/** Which sweeps give a matrix, and where its entries are found: entry p is number `numbers[p]` of the sweep of group `groups[p]`. */
interface Plan {
  readonly mode: Mode;
  readonly pattern: Pattern;
  readonly coloring: Coloring;
  readonly groups: Int32Array;
  readonly numbers: Int32Array;
}

/** Calls `visit` with every entry of a pattern: its place, row and column. */
function entries({ rows, columns, shape: [m] }: Pattern, visit: (p: number, row: number, column: number) => void): void {
  for (let row = 0; row < m; row++) for (let p = rows[row]!; p < rows[row + 1]!; p++) visit(p, row, columns[p]!);
}

/** Columns or rows coloured, whichever takes fewer colours; the second is not tried where it cannot win. */
function fewest(pattern: Pattern): { mode: Mode; coloring: Coloring } {
  const sides = { forward: pattern, reverse: transposed(pattern) };
  const least = { forward: longestRow(sides.forward), reverse: longestRow(sides.reverse) };
  const mode: Mode = least.forward <= least.reverse ? "forward" : "reverse";
  const other: Mode = mode === "forward" ? "reverse" : "forward";
  const coloring = columnColoring(sides[mode]);
  if (least[other] >= coloring.count) return { mode, coloring };
  const second = columnColoring(sides[other]);
  return second.count < coloring.count ? { mode: other, coloring: second } : { mode, coloring };
}

function planOf(found: Pattern, symmetric: boolean): Plan {
  const pattern = symmetric ? symmetrized(found) : found;
  const groups = new Int32Array(pattern.columns.length);
  const numbers = new Int32Array(pattern.columns.length);
  if (symmetric) {
    const coloring = starColoring(pattern);
    entries(pattern, (p, row, column) => {
      const mirrored = coloring.mirrored[p] === 1;
      groups[p] = coloring.colors[mirrored ? row : column]!;
      numbers[p] = mirrored ? column : row;
    });
    return { mode: "forward", pattern, coloring, groups, numbers };
  }
  const { mode, coloring } = fewest(pattern);
  entries(pattern, (p, row, column) => {
    groups[p] = coloring.colors[mode === "forward" ? column : row]!;
    numbers[p] = mode === "forward" ? row : column;
  });
  return { mode, pattern, coloring, groups, numbers };
}

/** A tree that is not one vector or array of numbers, in words; undefined where it is. */
function unlikeVector(tree: Tree, leaves: readonly Leaf[]): string | undefined {
  if (tree.kind === "static") return describe(tree.value);
  if (tree.kind !== "leaf") return tree.kind === "array" ? `an array of ${tree.items.length}` : "an object";
  const { kind } = leaves[tree.leaf]!;
  return kind === "number" ? "a number" : kind === "indices" ? "lane numbers" : undefined;
}

/** Throws unless the function takes a vector to a vector. */
function checkVectors(name: string, { inputs, inputTree, outputs, outputTree }: Program, n: number): void {
  const argument = inputTree.kind === "array" ? unlikeVector(inputTree.items[n]!, inputs) : undefined;
  if (argument !== undefined)
    throw new TypeError(`${name}: expected argument ${n} to be a Float64Array or an array of numbers, got ${argument}`);
  const result = unlikeVector(outputTree, outputs);
  if (result !== undefined)
    throw new TypeError(`${name}: expected a function whose result is a vector or an array of numbers, got ${result}`);
}

/** A sparse derivative of a function on data of one structure: its pattern, colouring and sweeps. */
class Sparse {
  readonly #plan: Plan;
  readonly #sweeps: Sweeps;
  readonly #members: Groups;
  /** The entries of each group. */
  readonly #entries: Groups;

  constructor({ name, symmetric, options }: Recipe, { f, trace, compile, indices }: Source) {
    const n = options.argnums ?? 0;
    const program = trace(symmetric ? gradientInside(name, f) : f);
    checkVectors(name, program, n);
    const { parameters, results } = sidesOf(name, program, n);
    const found = patternOf(program.graph, results.rows, parameters.rows, indices);
    const plan = (this.#plan = planOf(found, symmetric));
    this.#members = grouped(plan.coloring.colors, plan.coloring.count);
    this.#entries = grouped(plan.groups, plan.coloring.count);
    this.#sweeps = new Sweeps(program, parameters, results, plan.mode, plan.coloring.count, compile);
  }

  get compiled(): Compiled {
    return this.#sweeps.compiled;
  }

  value(): SparseMatrix {
    const { pattern, coloring, mode, numbers: places } = this.#plan;
    const { starts, members } = this.#entries;
    const values = new Float64Array(pattern.columns.length);
    this.#sweeps.run(this.#members, (first, end, numbers, at, step) => {
      for (let group = first; group < end; group++)
        for (let k = starts[group]!; k < starts[group + 1]!; k++)
          values[members[k]!] = numbers[at[places[members[k]!]!]! + (group - first) * step]!;
    });
    return { rows: pattern.rows, columns: pattern.columns, values, shape: pattern.shape, colors: coloring.count, mode };
  }
}

/** The function that a sparse transform returns. */
function sparseFunction(recipe: Recipe): AnyFunction {
  const { name, options } = recipe;
  const following = new Following(recipe.f, {
    name,
    variant: options.argnums,
    options,
    fixesIndices: true,
    make: (source) => new Sparse(recipe, source),
  });
  return (...args: unknown[]): SparseMatrix => {
    if (currentTrace())
      throw new TypeError(`${name}: expected data, got a call inside a trace. Use ${recipe.symmetric ? "hessian" : "jacobian"} there`);
    checkDifferentiated(name, options.argnums ?? 0, options.staticArgnums, args.length);
    return following.call(args, [], (made) => made.value());
  };
}

/**
 * The Jacobian of a function from a vector[n] (or an array of numbers) to a vector[m] (or an array), m × n, in compressed rows. The pattern is found from the graph; columns or rows that
 * share no entries are swept together, coloured as Curtis, Powell and Reid (1974) and Coleman and Moré (1983) do. Pattern and colouring are found once for a structure, and for the
 * lane numbers among the arguments. An entry may be 0 for these numbers.
 * @throws TypeError where argument or result is no vector, RangeError where argnums names no argument.
 */
export function sparseJacobian<P extends readonly unknown[]>(
  f: (...args: P) => Value | readonly (Value | number)[],
  options?: SparseOptions,
): SparseOf<P> {
  if (typeof f !== "function") throw new TypeError(`sparseJacobian: expected a function, got ${describe(f)}`);
  return sparseFunction({
    name: "sparseJacobian",
    f,
    symmetric: false,
    options: optionsOf("sparseJacobian", options),
  }) as unknown as SparseOf<P>;
}

/**
 * The Hessian of a scalar function by its first argument, a vector[n] or an array of n numbers: n × n, symmetric in pattern, in compressed rows. Forward sweeps over the gradient, one a colour of a star
 * colouring (Powell and Toint 1979, Coleman and Moré 1984): 2 for an arrow, 3 for a tridiagonal matrix, however large. See `sparseJacobian`.
 * @throws TypeError where the function is not scalar, or the argument is no vector.
 */
export function sparseHessian<P extends readonly unknown[]>(
  f: (...args: P) => Value | number,
  options?: SparseHessianOptions,
): SparseOf<P> {
  if (typeof f !== "function") throw new TypeError(`sparseHessian: expected a function, got ${describe(f)}`);
  return sparseFunction({
    name: "sparseHessian",
    f,
    symmetric: true,
    options: optionsOf("sparseHessian", options),
  }) as unknown as SparseOf<P>;
}
