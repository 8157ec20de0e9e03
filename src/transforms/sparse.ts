/** Sparse Jacobians and Hessians: the pattern from the graph, columns or rows of one colour in one sweep. */
import { taking } from "../data/operands.js";
import { type NumericArray } from "../data/arrays.js";
import {
  columnColoring,
  type Coloring,
  grouped,
  type Groups,
  longestRow,
  starColoring,
  symmetrized,
  transposed,
} from "../passes/sparsity/coloring.js";
import { describe } from "../errors.js";
import { Following, type Source } from "../compiled/following.js";
import { type TransformOptions } from "./gradient.js";
import { gradientInside } from "./jacobian.js";
import { optionsOf } from "../data/options.js";
import { type Pattern, patternOf } from "../passes/sparsity/pattern.js";
import { type AnyFunction } from "../trace/program.js";
import { checkDifferentiated, type Side, sidesOf } from "../trace/sides.js";
import { type Compiled } from "../compiled/step.js";
import { type Mode, Directions } from "./directions.js";
import { currentTrace } from "../trace/trace.js";
import { type Argnums, type Concrete, type Picked, type Static } from "../trace/types.js";
import { type Value } from "../trace/value.js";

/** Options of the sparse transforms. */
export type SparseOptions = Omit<TransformOptions, "hasAux">;

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

/** The blocks of one leaf of the results by data of type A: a matrix for every number, vector and array of numbers. */
type SparseRow<A> = A extends number | NumericArray | readonly number[]
  ? SparseMatrix
  : A extends Int32Array
    ? null
    : A extends Static
      ? A
      : { -readonly [K in keyof A]: SparseRow<A[K]> };

/** The sparse Jacobian of a result R by data of type A: the structure of R outside, of A inside. */
type SparseBlocks<R, A> = R extends Value | number | readonly (Value | number)[]
  ? SparseRow<A>
  : R extends Static
    ? R
    : { -readonly [K in keyof R]: SparseBlocks<R[K], A> };

/** A sparse Jacobian of a function of P with result R, on data. */
export interface SparseOf<P extends readonly unknown[], R = Value, N extends Argnums = 0> {
  <A extends Concrete<P>>(...args: A): SparseBlocks<R, Picked<A, N>>;
}

/** The blocks of data of type D by data of type A. */
type SparseSquare<D, A> = D extends number | NumericArray | readonly number[]
  ? SparseRow<A>
  : D extends Int32Array
    ? null
    : D extends Static
      ? D
      : { -readonly [K in keyof D]: SparseSquare<D[K], A> };

/** A sparse Hessian of a scalar function of P by its first argument, on data. */
export interface SparseHessianOf<P extends readonly unknown[]> {
  <A extends Concrete<P>>(...args: A): SparseSquare<A[0], A[0]>;
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

/** The block of a leaf of the results by a leaf of the arguments: its pattern, and its entries among those of the whole matrix. */
interface Block {
  readonly pattern: Pattern;
  /** Undefined where they are all. */
  readonly entries: Int32Array | undefined;
}

/** A pattern cut into the blocks of leaves, results' leaves outside. */
function blocksOf(pattern: Pattern, results: Side, parameters: Side): Block[][] {
  if (results.spans.length === 1 && parameters.spans.length === 1) return [[{ pattern, entries: undefined }]];
  const { rows, columns } = pattern;
  const part = new Int32Array(parameters.count);
  parameters.spans.forEach(({ start, count }, q) => part.fill(q, start, start + count));
  return results.spans.map(({ start, count }) => {
    const blocks = parameters.spans.map(() => ({ rows: new Int32Array(count + 1), columns: [] as number[], entries: [] as number[] }));
    for (let i = 0; i < count; i++) {
      for (let p = rows[start + i]!; p < rows[start + i + 1]!; p++) {
        const q = part[columns[p]!]!;
        blocks[q]!.columns.push(columns[p]! - parameters.spans[q]!.start);
        blocks[q]!.entries.push(p);
      }
      for (const block of blocks) block.rows[i + 1] = block.columns.length;
    }
    return blocks.map((block, q): Block => ({
      pattern: { rows: block.rows, columns: Int32Array.from(block.columns), shape: [count, parameters.spans[q]!.count] },
      entries: Int32Array.from(block.entries),
    }));
  });
}

/** A sparse derivative of a function on data of one structure: its pattern, colouring and sweeps. */
class Sparse {
  readonly #plan: Plan;
  readonly #directions: Directions;
  readonly #members: Groups;
  /** The entries of each group. */
  readonly #entries: Groups;
  readonly #sides: { readonly parameters: Side; readonly results: Side };
  readonly #blocks: readonly (readonly Block[])[];

  constructor({ name, symmetric, options }: Recipe, { f, trace, compile, indices }: Source) {
    const program = trace(symmetric ? gradientInside(name, f) : f);
    const sides = sidesOf(name, program, options.argnums ?? 0);
    const { parameters, results } = sides;
    const found = patternOf(program.graph, results.rows, parameters.rows, indices);
    const plan = (this.#plan = planOf(found, symmetric));
    this.#members = grouped(plan.coloring.colors, plan.coloring.count);
    this.#entries = grouped(plan.groups, plan.coloring.count);
    this.#sides = sides;
    this.#blocks = blocksOf(plan.pattern, results, parameters);
    this.#directions = new Directions(program, sides, plan.mode, plan.coloring.count, compile);
  }

  get compiled(): Compiled {
    return this.#directions.compiled;
  }

  value(): unknown {
    const { pattern, coloring, mode, numbers: places } = this.#plan;
    const { starts, members } = this.#entries;
    const values = new Float64Array(pattern.columns.length);
    this.#directions.run(this.#members, (first, end, numbers, at, step) => {
      for (let group = first; group < end; group++)
        for (let k = starts[group]!; k < starts[group + 1]!; k++)
          values[members[k]!] = numbers[at[places[members[k]!]!]! + (group - first) * step]!;
    });
    const { results, parameters } = this.#sides;
    const matrix = ({ pattern: { rows, columns, shape }, entries }: Block): SparseMatrix => ({
      rows,
      columns,
      values: entries ? Float64Array.from(entries, (p) => values[p]!) : values,
      shape,
      colors: coloring.count,
      mode,
    });
    return results.mirrorLeaves((r) => parameters.mirrorLeaves((q) => matrix(this.#blocks[r]![q]!)));
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
  return (...args: unknown[]): unknown => {
    if (currentTrace())
      throw new TypeError(`${name}: expected data, got a call inside a trace. Use ${recipe.symmetric ? "hessian" : "jacobian"} there`);
    checkDifferentiated(name, options.argnums ?? 0, options.staticArgnums, args.length);
    return following.call(args, [], (made) => made.value());
  };
}

/**
 * The Jacobian of a function from a vector[n] (or an array of numbers) to a vector[m] (or an array), m × n, in compressed rows. The pattern is found from the graph; columns or rows that
 * share no entries are swept together, coloured as Curtis, Powell and Reid (1974) and Coleman and Moré (1983) do. Pattern and colouring are found once for a structure, and for the
 * lane numbers among the arguments. An entry may be 0 for these numbers. Trees, and several arguments that `argnums` names, give the structure that `jacobian` gives, with a matrix for each
 * leaf of the result by each leaf of the arguments, a number being a vector of one; columns and rows of all are coloured together.
 * @throws TypeError where the result or an argument holds no numbers, RangeError where argnums names no argument.
 */
export const sparseJacobian = /* @__PURE__ */ taking(
  "sparseJacobian",
  2,
  function sparseJacobian<P extends readonly unknown[], R, const N extends Argnums = 0>(
    f: (...args: P) => R,
    options?: SparseOptions & { argnums?: N },
  ): SparseOf<P, R, N> {
    if (typeof f !== "function") throw new TypeError(`sparseJacobian: expected a function, got ${describe(f)}`);
    return sparseFunction({
      name: "sparseJacobian",
      f,
      symmetric: false,
      options: optionsOf("sparseJacobian", options),
    }) as unknown as SparseOf<P, R, N>;
  },
  "argument",
);

/**
 * The Hessian of a scalar function by its first argument, a vector[n] or an array of n numbers: n × n, symmetric in pattern, in compressed rows. Forward sweeps over the gradient, one a colour of a star
 * colouring (Powell and Toint 1979, Coleman and Moré 1984): 2 for an arrow, 3 for a tridiagonal matrix, however large. See `sparseJacobian`.
 * Of a tree, its structure twice, with a matrix for each leaf by each leaf.
 * @throws TypeError where the function is not scalar, or the argument holds no numbers.
 */
export const sparseHessian = /* @__PURE__ */ taking(
  "sparseHessian",
  2,
  function sparseHessian<P extends readonly unknown[]>(
    f: (...args: P) => Value | number,
    options?: SparseHessianOptions,
  ): SparseHessianOf<P> {
    if (typeof f !== "function") throw new TypeError(`sparseHessian: expected a function, got ${describe(f)}`);
    return sparseFunction({
      name: "sparseHessian",
      f,
      symmetric: true,
      options: optionsOf("sparseHessian", options),
    }) as unknown as SparseHessianOf<P>;
  },
  "argument",
);
