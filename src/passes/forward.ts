/** The forward pass: appends to a graph the rows of its results' tangents. */
import { type Graph, type Piece, type Row, SCALAR } from "../graph.js";
import { isElementwise, structural } from "../structural.js";
import { activity, flows } from "./activity.js";
import { broadcastTo, contributionOf, plus, recorderOf, times } from "./algebra.js";
import { customTangent, hostShare } from "./calls.js";
import { pullback } from "./reverse.js";

/**
 * Appends the rows of Σ ∂result/∂parameter · tangent for every result, each in its result's shape; the keys of `seeds` are the parameters, and its values their tangents.
 * Rows that are neither of them count as constants. Where all rows that depend on the parameters are scalars, a tangent may be a vector: of several directions side by side.
 */
export function pushforward(graph: Graph, results: readonly Row[], seeds: ReadonlyMap<Row, Row>): Row[] {
  const { depends, guarded, first } = activity(graph, results, seeds.keys());
  const fresh = graph.length;
  const record = recorderOf(graph);
  const tangents = new Map(seeds);

  /** The tangent of a row in its own shape; zero where it does not depend. */
  function tangentOf(row: Row): Row {
    const tangent = tangents.get(row) ?? graph.constant(0);
    return graph.isScalar(row) ? tangent : broadcastTo(graph, tangent, graph.lanes(row));
  }

  /** The sum of the shares that a row's operands have in its tangent. */
  function total(row: Row, share: (k: number, tangent: Row, guarded: boolean) => Row): Row | undefined {
    let sum: Row | undefined;
    for (let k = 0; k < graph.operandCount(row); k++) {
      const tangent = tangents.get(graph.operand(row, k));
      if (tangent === undefined || !flows(graph, row, k)) continue;
      const next = share(k, tangent, guarded[row] === 1);
      sum = sum === undefined ? next : plus(graph, sum, next);
    }
    return sum;
  }

  function pieces(row: Row): Row | undefined {
    const placed: Piece[] = [];
    for (let k = 0; k < graph.operandCount(row); k++) {
      const piece = graph.operand(row, k);
      if (tangents.has(piece)) placed.push([tangentOf(piece), graph.pieceOffset(row, k)]);
    }
    if (placed.length === 0) return undefined;
    if (!graph.isScalar(row)) return graph.assemble(placed, graph.lanes(row));
    // Several directions side by side make a scalar's tangent a vector.
    return placed.length > 2 && placed.every(([piece]) => graph.isScalar(piece))
      ? graph.assemble(placed)
      : placed.map(([piece]) => piece).reduce((x, y) => plus(graph, x, y));
  }

  /** The tangent of a row that is linear in its operand is the same row of the operand's tangent. A scalar may stand for equal lanes. */
  function structuralRow(row: Row): Row | undefined {
    const op = graph.op[row]!;
    if (op === structural.assemble) return pieces(row);
    if (op === structural.host) return total(row, (k, tangent, guarded) => hostShare(graph, row, k, tangent, guarded));
    if (op === structural.custom) {
      const [, ...inputs] = graph.operands(row);
      return customTangent(graph, row, inputs.map(tangentOf), guarded[row] === 1, pullback);
    }
    const a = graph.a[row]!;
    const tangent = tangents.get(a);
    if (tangent === undefined) return undefined;
    const uniform = graph.isScalar(tangent) && !graph.isScalar(a);
    switch (op) {
      case structural.broadcast:
        return tangent;
      case structural.sum:
        return uniform ? times(graph, tangent, graph.constant(graph.lanes(a))) : graph.shared(op, SCALAR, tangent);
      case structural.at:
      case structural.slice:
      case structural.take:
      case structural.reverse:
        if (uniform) return tangent;
    }
    return graph.shared(op, graph.shape[row]!, broadcastTo(graph, tangent, graph.lanes(a)), graph.b[row]);
  }

  for (let row = first; row < depends.length; row++) {
    if (!depends[row] || tangents.has(row)) continue;
    const tangent = isElementwise(graph.op[row]!)
      ? total(row, (k, tangent, guarded) => contributionOf(graph, record, row, k, tangent, guarded, fresh))
      : structuralRow(row);
    if (tangent !== undefined) tangents.set(row, tangent);
  }
  return results.map(tangentOf);
}
