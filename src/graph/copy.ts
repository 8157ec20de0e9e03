/** Recording a row anew, in its own graph or in another. */
import { arity } from "../ops/generated/table.js";
import { type Graph, type Piece, type Row } from "./graph.js";
import { isElementwise, structural } from "../ops/structural.js";

/** Records in `to` what a row of `from` is, with operands as `of` says. Functions and rules of users keep their numbers, so both graphs must list them alike. */
export function copyRow(from: Graph, to: Graph, row: Row, of: (row: Row) => Row): Row {
  const op = from.op[row]!;
  const count = from.operandCount(row);
  const [a, b, c] = [from.a[row]!, from.b[row]!, from.c[row]!];
  if (isElementwise(op)) return to.elementwise(op, of(a), count > 1 ? of(b) : -1, count > 2 ? of(c) : -1);
  const shape = from.isScalar(row) ? 0 : to.shapeOf(from.lanes(row));
  switch (op) {
    case structural.constant:
      return to.constant(from.constantOf(row));
    case structural.vector:
    case structural.indexVector:
      return to.vector(from.vectors[a]!);
    case structural.input:
    case structural.indices:
    case structural.placeholder:
      return to.push(op, shape, a, b, c);
    case structural.assemble: {
      const pieces = Array.from({ length: count }, (_, k): Piece => [of(from.operand(row, k)), from.pieceOffset(row, k)]);
      return to.assemble(pieces, from.isScalar(row) ? undefined : from.lanes(row));
    }
    case structural.host:
      return to.host(c, from.operands(row).map(of));
    case structural.custom: {
      const [value, ...inputs] = from.operands(row).map(of);
      return to.custom(c, value!, inputs);
    }
  }
  return to.shared(op, shape, of(a), arity[op]! > 1 ? of(b) : b, c);
}
