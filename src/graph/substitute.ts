/** Replaces placeholders by rows: how a transform's parameters become its arguments. */
import { type Graph, type Row } from "./graph.js";
import { copyRow } from "./copy.js";
import { reach } from "./reach.js";

/** Returns `results` with every placeholder replaced; rows that depend on one are recorded anew, the others serve as they are. */
export function substitute(graph: Graph, results: readonly Row[], replacements: ReadonlyMap<Row, Row>): Row[] {
  if (replacements.size === 0) return [...results];
  const [first = 0] = replacements.keys(); // placeholders are recorded in order
  const needed = reach(graph, results, first, { whole: true });
  const image = new Int32Array(needed.end - first);
  const of = (row: Row): Row => (row < first ? row : image[row - first]!);
  for (let row = first; row < needed.end; row++) {
    if (needed.has(row)) image[row - first] = replacements.get(row) ?? copy(graph, row, of);
  }
  return results.map(of);
}

/** The row with its operands replaced: itself where none changed. */
function copy(graph: Graph, row: Row, of: (row: Row) => Row): Row {
  for (let k = graph.operandCount(row) - 1; k >= 0; k--)
    if (of(graph.operand(row, k)) !== graph.operand(row, k)) return copyRow(graph, graph, row, of);
  return row;
}
