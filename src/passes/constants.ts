/** Which rows are numbers before any argument is known. */
import { type Graph, type Row } from "../graph/graph.js";
import { isElementwise, structural } from "../ops/structural.js";
import { reach } from "../graph/reach.js";

/** The scalar rows among those that `results` need that are computed from constants alone, operands before users. */
export function constantRows(graph: Graph, results: readonly Row[]): Row[] {
  const needed = reach(graph, results);
  const known = new Uint8Array(needed.length);
  const isKnown = (row: Row): boolean => {
    for (let k = graph.operandCount(row) - 1; k >= 0; k--) if (known[graph.operand(row, k)] === 0) return false;
    return true;
  };
  const rows: Row[] = [];
  for (let row = 0; row < needed.length; row++) {
    if (needed[row] === 0) continue;
    const op = graph.op[row]!;
    if (op === structural.constant) known[row] = 1;
    else if (graph.isScalar(row) && (isElementwise(op) || op === structural.assemble) && isKnown(row)) {
      known[row] = 1;
      rows.push(row);
    }
  }
  return rows;
}
