/** Recording a row anew, in its own graph or in another. */
import { arity } from "../ops/generated/table.js";
import { byOpcode, isElementwise } from "../ops/rows.js";
import { type EntryRow, type PooledRow } from "../ops/structural.js";
import { type Graph, type Piece, type Row } from "./graph.js";

/** Records in `to` what a row of `from` is, over operands that are there already. */
type Copy = (from: Graph, to: Graph, row: Row, of: (operand: Row) => Row) => Row;

const shapeIn = (from: Graph, to: Graph, row: Row): number => to.shapeOf(from.sizes(row));

const again: Copy = (from, to, row) => to.push(from.op[row]!, shapeIn(from, to, row), from.a[row], from.b[row], from.c[row]);
const lanes: Copy = (from, to, row) => to.vector(from.vectors[from.a[row]!]!);

const owner: Copy = (from, to, row, of) => to.owner(from.op[row]!, from.owned(row), from.operands(row).map(of));

/** Rows that are not their columns alone. */
const copies: Readonly<Record<EntryRow | PooledRow, Copy>> = {
  input: again,
  indices: again,
  placeholder: again,
  constant: (from, to, row) => to.constant(from.constantOf(row)),
  vector: lanes,
  indexVector: lanes,
  assemble(from, to, row, of) {
    const pieces = from.operands(row).map((piece, k): Piece => [of(piece), from.pieceOffset(row, k)]);
    return to.assemble(pieces, from.sizes(row));
  },
  host: (from, to, row, of) => to.host(from.c[row]!, from.operands(row).map(of)),
  call: owner,
  loop: owner,
  custom(from, to, row, of) {
    const [value, ...inputs] = from.operands(row).map(of);
    return to.custom(from.c[row]!, value!, inputs);
  },
};
const copiesByOpcode = byOpcode(copies);

/** Records in `to` what a row of `from` is, with operands as `of` says. Functions and rules of users keep their numbers, so both graphs must list them alike. */
export function copyRow(from: Graph, to: Graph, row: Row, of: (row: Row) => Row): Row {
  const op = from.op[row]!;
  const copy = copiesByOpcode[op];
  if (copy !== undefined) return copy(from, to, row, of);
  const [a, b, c] = [from.a[row]!, from.b[row]!, from.c[row]!];
  const count = arity[op]!;
  if (isElementwise(op)) return to.elementwise(op, of(a), count > 1 ? of(b) : -1, count > 2 ? of(c) : -1);
  return to.shared(op, shapeIn(from, to, row), of(a), count > 1 ? of(b) : b, count > 2 ? of(c) : c);
}
