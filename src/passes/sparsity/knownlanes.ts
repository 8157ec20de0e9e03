/** Lane numbers that are computed of constants and of the number of a loop's step alone, so that a pattern knows them. */
import { type Graph, type Row } from "../../graph/graph.js";
import { evaluate } from "../../ops/generated/evaluate.js";
import { arity } from "../../ops/generated/table.js";
import { isElementwise, structural } from "../../ops/rows.js";

/** Lane numbers are computed in a few rows: what takes more is not looked through. */
const DEEPEST = 6;

/** The numbers of a row's lanes, where those of `given` rows decide them by arithmetic; undefined where they do not. */
export function knownLanes(
  graph: Graph,
  row: Row,
  given: (row: Row) => ArrayLike<number> | undefined,
  depth = DEEPEST,
): ArrayLike<number> | undefined {
  const op = graph.op[row]!;
  const known = given(row);
  if (known !== undefined) return known;
  if (op === structural.constant) return [graph.constantOf(row)];
  if (op === structural.vector || op === structural.indexVector) return graph.vectors[graph.a[row]!];
  const isSimple = isElementwise(op) || op === structural.broadcast || op === structural.reshape;
  if (depth === 0 || (!isSimple && op !== structural.assemble)) return undefined;
  const operands: ArrayLike<number>[] = [];
  for (let k = 0; k < graph.operandCount(row); k++) {
    const lanes = knownLanes(graph, graph.operand(row, k), given, depth - 1);
    if (lanes === undefined) return undefined;
    operands.push(lanes);
  }
  const lanes = new Float64Array(graph.lanes(row));
  if (op === structural.assemble) {
    operands.forEach((piece, k) => {
      for (let i = 0; i < piece.length; i++) lanes[graph.pieceOffset(row, k) + i]! += piece[i]!;
    });
    return lanes;
  }
  const at = (k: number, i: number): number => operands[k]![operands[k]!.length === 1 ? 0 : i]!;
  for (let i = 0; i < lanes.length; i++)
    lanes[i] = isElementwise(op) ? evaluate(op, at(0, i), arity[op]! > 1 ? at(1, i) : 0, arity[op]! > 2 ? at(2, i) : 0) : at(0, i);
  return lanes;
}
