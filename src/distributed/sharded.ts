/** Functions that sum over rows, as two modules: one for blocks of rows, which any number of machines run, and one for what is made of the sums. */
import { portableModule } from "../engines/jit/portable.js";
import { CLOSE } from "../ops/layout.js";
import { rewritten } from "../passes/pipeline.js";
import { rowSums } from "../passes/rowsums.js";
import { describe } from "../errors.js";
import { programOf } from "../trace/program.js";
import { type WholeProgram } from "../trace/trace.js";
import { type Evaluated } from "../trace/types.js";
import { build, classifyData, flatten, type Leaf } from "../data/tree.js";
import { readOptions } from "../data/options.js";

/** The rows of a block, after which sums close: partial sums of blocks merge to the bits of one sum. */
export const BLOCK_ROWS: number = CLOSE;

/** Options of `sharded`. */
export interface ShardedOptions {
  /** Which argument holds the rows, as columns: the last by default. */
  readonly rows?: number;
}

/** A function as two modules. `A` and `R` are the arguments and results of the function. */
export interface Sharded<A extends readonly unknown[], R> {
  /** (…arguments, count, inside) → sums: of a block of 8,192 rows, of which those count where `inside` is not 0; `count` is how many rows there are in all. */
  readonly block: Uint8Array<ArrayBuffer>;
  /** (…arguments with null in place of the rows, count, sums) → results. */
  readonly finish: Uint8Array<ArrayBuffer>;
  /** Which argument holds the rows. */
  readonly rows: number;
  /** How many sums there are. */
  readonly sums: number;
  /** The types alone. */
  readonly types?: (...args: A) => R;
}

/**
 * Traces a function of arguments and rows, and cuts it in two: what is summed over rows, and what is made of the sums. The rows are columns of one length in a tree, of which a few, or zeros, suffice here.
 * @throws TypeError where the results are not made of sums over elementwise functions of the rows, or a sum depends on another.
 */
export function sharded<A extends readonly unknown[], R>(
  f: (...args: never[]) => R,
  args: A,
  options?: ShardedOptions,
): Sharded<A, Evaluated<R>> {
  const count = Array.isArray(args) ? args.length : 0;
  const isArgument = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) < count;
  const given = readOptions("sharded", { rows: (value) => (isArgument(value) ? undefined : `one of ${count} arguments, from 0`) }, options);
  const { rows = count - 1 } = given;
  const program = (lanes: number): WholeProgram => rewritten(programOf("sharded", f, withRows(args, rows, lanes), {}));
  const { block, finish, sums } = rowSums("sharded", program(CLOSE), program(2 * CLOSE), rows, CLOSE);
  return { block: portableModule(block), finish: portableModule(finish), rows, sums };
}

/** Arguments with zeros in the columns of rows, so many of them. */
function withRows(args: readonly unknown[], rows: number, lanes: number): unknown[] {
  const leaves: Leaf[] = [];
  const values: unknown[] = [];
  const tree = flatten("sharded", args[rows], `args[${rows}]`, classifyData, leaves, values);
  const columns = build(tree, (leaf) => {
    const { kind, shape, path } = leaves[leaf]!;
    if (shape !== undefined || kind === "number" || kind === "numbers")
      throw new TypeError(
        `sharded: expected columns in the argument of rows, got ${describe(values[leaf])} at ${path}. Write a Float64Array`,
      );
    return kind === "indices" ? new Int32Array(lanes) : new Float64Array(lanes);
  });
  return args.map((arg, i) => (i === rows ? columns : arg));
}
