/** Rows of whole operands in passes: how their derivatives are recorded. */
import { factsOf } from "../graph/facts.js";
import { type Graph, type Row } from "../graph/graph.js";
import { expandedTo, reshapedTo, summedTo, wholeRow } from "../graph/shaped.js";
import { type Meeting, type Recorder, type Whole } from "../ops/definition.js";
import { opcode } from "../ops/generated/table.js";
import { PARTS } from "../ops/linear/rows.js";
import { rowName, structural, structuralOf } from "../ops/rows.js";
import { lanesOf, transposedShape } from "../ops/shapes.js";
import { type StructuralName } from "../ops/structural.js";
import { plus, times } from "./algebra.js";

/** The definition of a row of whole operands. */
function wholeOf(graph: Graph, row: Row): Whole {
  const definition = structuralOf(graph.op[row]!);
  if (definition.kind === "whole") return definition;
  throw new TypeError(`expected a row of whole operands, got ${rowName(graph.op[row]!)}`);
}

/** Which lanes of operand k meet in a lane of a row. */
export const meetingOf = (graph: Graph, row: Row, k: number): Meeting => wholeOf(graph, row).meeting(factsOf(graph, row), k);

/** Records what derivatives of a row are made of. */
export const recorderFor = (graph: Graph, row: Row): Recorder => ({
  row,
  operand: (k) => graph.operand(row, k),
  shape: (x) => graph.sizes(x),
  apply: (name, shape, operands, attribute) =>
    wholeRow(graph, structural[name as StructuralName], graph.shapeOf(shape), operands, attribute),
  plus: (x, y) => plus(graph, x, y),
  minus: (x, y) => graph.elementwise(opcode.sub, x, y),
  times: (x, y) => times(graph, x, y),
  over: (x, y) => graph.elementwise(opcode.div, x, y),
  number: (x) => graph.constant(x),
  scaled: (factor, x) => (factor === -1 ? graph.elementwise(opcode.neg, x) : times(graph, x, graph.constant(factor))),
  only: (x, part) => graph.shared(structural.triangle, graph.shape[x]!, x, PARTS.indexOf(part)),
  swapped: (x) => graph.shared(structural.transpose, graph.shapeOf(transposedShape(graph.sizes(x))), x),
  summed: (x, shape) => summedTo(graph, x, shape),
  expanded: (x, shape) => expandedTo(graph, x, shape),
  reshaped: (x, shape) => reshapedTo(graph, x, shape),
  part(x, start, shape) {
    const flat = graph.sizes(x).length > 1 ? reshapedTo(graph, x, [graph.lanes(x)]) : x;
    return reshapedTo(graph, graph.shared(structural.slice, graph.shapeOf(lanesOf(shape)), flat, start), shape);
  },
  joined(parts) {
    let lanes = 0;
    const pieces = parts.map((part) => [part, (lanes += graph.lanes(part)) - graph.lanes(part)] as const);
    return graph.assemble(pieces, lanes);
  },
});
