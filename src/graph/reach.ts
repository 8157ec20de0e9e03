/** Which rows a result needs. */
import { type Graph, type Row } from "./graph.js";

/** 1 for every row from `first` on that one of `results` depends on, themselves included. */
export function reach(graph: Graph, results: Iterable<Row>, first: Row = 0): Uint8Array {
  const needed = new Uint8Array(graph.length);
  for (const row of results) needed[row] = 1;
  for (let row = graph.length - 1; row >= first; row--) {
    if (!needed[row]) continue;
    for (let k = graph.operandCount(row) - 1; k >= 0; k--) needed[graph.operand(row, k)] = 1;
  }
  return needed;
}
