/** Replaces placeholders by rows: how a transform's parameters become its arguments. */
import { type Graph, type Piece, type Row } from "../graph.js";
import { opNames } from "../generated/table.js";
import { isElementwise, structural, structuralOps } from "../structural.js";
import { reach } from "./reach.js";

/** Returns `results` with every placeholder replaced; rows that depend on one are recorded anew, the others serve as they are. */
export function substitute(graph: Graph, results: readonly Row[], replacements: ReadonlyMap<Row, Row>): Row[] {
  if (replacements.size === 0) return [...results];
  const [first = 0] = replacements.keys(); // placeholders are recorded in order
  const needed = reach(graph, results, first);
  const image = new Int32Array(needed.length - first);
  const end = needed.length;
  const of = (row: Row): Row => (row < first ? row : image[row - first]!);
  for (let row = first; row < end; row++) {
    if (needed[row]) image[row - first] = replacements.get(row) ?? copy(graph, row, of);
  }
  return results.map(of);
}

/** The row with its operands replaced: itself where none changed. */
function copy(graph: Graph, row: Row, of: (row: Row) => Row): Row {
  const op = graph.op[row]!;
  const count = graph.operandCount(row);
  let changed = false;
  for (let k = 0; k < count; k++) changed ||= of(graph.operand(row, k)) !== graph.operand(row, k);
  if (!changed) return row;
  if (isElementwise(op))
    return graph.elementwise(op, of(graph.a[row]!), count > 1 ? of(graph.b[row]!) : -1, count > 2 ? of(graph.c[row]!) : -1);
  if (op === structural.assemble) {
    const pieces = Array.from({ length: count }, (_, k): Piece => [of(graph.operand(row, k)), graph.pieceOffset(row, k)]);
    return graph.assemble(pieces, graph.isScalar(row) ? undefined : graph.lanes(row));
  }
  if (op === structural.host) return graph.host(graph.c[row]!, graph.operands(row).map(of));
  if (op === structural.custom) {
    const [value, ...inputs] = graph.operands(row).map(of);
    return graph.custom(graph.c[row]!, value!, inputs);
  }
  const { rows } = structuralOps[op - opNames.length]!;
  return graph.shared(op, graph.shape[row]!, of(graph.a[row]!), rows > 1 ? of(graph.b[row]!) : graph.b[row]!, graph.c[row]);
}
