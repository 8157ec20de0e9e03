/** Which rows a result needs. */
import { type Graph, type Row } from "./graph.js";
import { RowSet } from "./rowset.js";

/** The rows from `first` on that one of `results` depends on, themselves included. Takes time in proportion to the rows from there to the last result. */
export function reach(graph: Graph, results: readonly Row[], first: Row = 0): RowSet {
  const needed = new RowSet(
    first,
    results.reduce((end, row) => Math.max(end, row + 1), first),
  );
  for (const row of results) needed.add(row);
  for (let row = needed.end - 1; row >= first; row--) {
    if (!needed.has(row)) continue;
    for (let k = graph.operandCount(row) - 1; k >= 0; k--) needed.add(graph.operand(row, k));
  }
  return needed;
}
