/** Random programs in every engine that promises the same bits. */
import fc from "fast-check";
import { type Row } from "../src/graph/graph.js";
import { structural } from "../src/ops/structural.js";
import { programFor } from "./engines.js";
import { type Case, refuse } from "./local.js";
import { grow, recipes } from "./random.js";
import { compareBits, type Leaves } from "./samebits.js";

/** Numbers at which signs, ends of the range and what is no number show. */
const edges = [-0, 0, -0, 1, -1, 5e-324, -1e308, Infinity, NaN];

/** Arguments of the kinds of others: every third number one of the edges, or all of them. */
const atEdges = (leaves: Leaves, every: number): Leaves =>
  leaves.map((leaf, k) =>
    leaf instanceof Int32Array ? leaf : Float64Array.from(leaf, (x, i) => ((i + k) % every === 0 ? edges[(i + 3 * k) % edges.length]! : x)),
  );

/** The last rows of numbers, each a result; a row that is a result has a user more. */
function lastRows({ graph, of }: Case, count: number): Row[] {
  const rows = Array.from({ length: of + 1 }, (_, row) => row);
  return rows.filter((row) => !graph.isIndices(row)).slice(-count);
}

/** Compares random programs of up to 25 drawn rows, with their gradients, and throws the smallest that differs. Returns how many of them moved. */
export function compareRandomPrograms(numRuns: number, seed: number): number {
  let moved = 0;
  const check = (given: Case, results: number): void => {
    const { graph, of, leaves } = given;
    const inputs = lastRows(given, Infinity).filter((row) => graph.op[row] === structural.input);
    const comparison = compareBits(programFor(graph, lastRows(given, results), of, inputs), [
      leaves,
      atEdges(leaves, 3),
      atEdges(leaves, 1),
    ]);
    moved += Number(comparison.moved);
    refuse(comparison.complaints, given);
  };
  fc.assert(
    fc.property(recipes(25), fc.constantFrom(1, 4), (recipe, results) => check(grow(recipe), results)),
    { numRuns, seed },
  );
  return moved;
}
