/** Rows in other shapes: broadcast, reshaped, summed along dimensions. */
import { structural } from "../ops/rows.js";
import { lanesOf, sameShape, type Shape, sumPlan } from "../ops/shapes.js";
import { type Graph, type Row, SCALAR } from "./graph.js";

/** A scalar in every lane of a shape, or of a vector of so many; another row as it is. */
export function broadcastTo(graph: Graph, row: Row, shape: number | Shape): Row {
  return graph.isScalar(row) ? graph.shared(structural.broadcast, graph.shapeOf(shape), row) : row;
}

/** A row's lanes in another shape. */
export function reshapedTo(graph: Graph, row: Row, shape: Shape): Row {
  const of = graph.op[row] === structural.reshape ? graph.a[row]! : row;
  return sameShape(graph.sizes(of), shape) ? of : graph.shared(structural.reshape, graph.shapeOf(shape), of);
}

/** A row broadcast to a shape, of which its own may lack dimensions or sizes. */
export function expandedTo(graph: Graph, row: Row, shape: Shape): Row {
  if (graph.isScalar(row)) return broadcastTo(graph, row, shape);
  return graph.lanes(row) === lanesOf(shape) ? reshapedTo(graph, row, shape) : graph.shared(structural.expand, graph.shapeOf(shape), row);
}

/** The sums of a row's lanes that a shape, which broadcasts to its own, stands for; where that takes several rows, the last dimension's first. */
export function summedTo(graph: Graph, row: Row, shape: Shape): Row {
  const from = graph.sizes(row);
  if (shape.length === 0) return graph.shared(structural.sum, SCALAR, row);
  if (lanesOf(from) === lanesOf(shape)) return reshapedTo(graph, row, shape);
  if (sumPlan(from, shape) !== undefined) return graph.shared(structural.sumAxis, graph.shapeOf(shape), row);
  const last = [...from.slice(0, -1), 1];
  return summedTo(graph, graph.shared(structural.sumAxis, graph.shapeOf(last), row), shape);
}

/** A row of whole operands, whose attribute stands behind them. */
export function wholeRow(graph: Graph, op: number, shape: number, operands: readonly Row[], attribute = -1): Row {
  const [a, b = attribute, c = operands.length > 1 ? attribute : -1] = operands;
  return graph.shared(op, shape, a, b, c);
}
