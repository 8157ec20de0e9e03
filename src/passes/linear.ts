/** Structural rows as linear maps: what they make of another operand, and their transposition. Tangents, adjoints and masks go through the same. */
import { type Graph, type Row, SCALAR } from "../graph/graph.js";
import { structural } from "../ops/structural.js";
import { broadcastTo, reduced, times } from "./algebra.js";

/** Whether the map sums lanes, so that one lane of the operand is in several of the result, or several in one. */
export const mixes = (op: number): boolean => op === structural.sum || op === structural.cumsum || op === structural.segmentSum;

/** Whether the transposed map sums lanes. */
export const mixesBack = (op: number): boolean => op === structural.broadcast || op === structural.cumsum || op === structural.take;

/** A structural row of one operand with `x` in its place. A scalar may stand for a vector that is the same in every lane, as operand and as result. */
export function mapped(graph: Graph, row: Row, x: Row): Row {
  const op = graph.op[row]!;
  const lanes = graph.lanes(graph.a[row]!);
  const uniform = graph.isScalar(x) && !graph.isScalar(graph.a[row]!);
  switch (op) {
    case structural.broadcast:
      return x;
    case structural.sum:
      return uniform ? times(graph, x, graph.constant(lanes)) : graph.shared(op, SCALAR, x);
    case structural.at:
    case structural.slice:
    case structural.take:
    case structural.reverse:
      return uniform ? x : graph.shared(op, graph.shape[row]!, x, graph.b[row]);
    case structural.cumsum:
    case structural.segmentSum:
      return graph.shared(op, graph.shape[row]!, broadcastTo(graph, x, lanes), graph.b[row]);
  }
  throw new TypeError(`mapped: expected a row that is linear in its first operand, got opcode ${op}`);
}

/** What a structural row of one operand, of adjoint g, gives to it: a row of the operand's shape, or a scalar for all its lanes, or a piece of it at a lane. */
export function transposed(graph: Graph, row: Row, g: Row): { piece: Row; offset?: number } {
  const op = graph.op[row]!;
  const a = graph.a[row]!;
  const lanes = graph.lanes(row);
  const uniform = graph.isScalar(g) && !graph.isScalar(row);
  const turned = (x: Row): Row => graph.shared(structural.reverse, graph.shape[row]!, x);
  switch (op) {
    case structural.sum:
      return { piece: g };
    case structural.broadcast:
      return { piece: reduced(graph, lanes, g) };
    case structural.at:
      return { piece: g, offset: graph.b[row]! };
    case structural.slice:
      return { piece: broadcastTo(graph, g, lanes), offset: graph.b[row]! };
    case structural.take:
      return { piece: graph.shared(structural.segmentSum, graph.shape[a]!, broadcastTo(graph, g, lanes), graph.b[row]) };
    case structural.segmentSum:
      return { piece: uniform ? g : graph.shared(structural.take, graph.shape[a]!, g, graph.b[row]) };
    case structural.reverse:
      return { piece: uniform ? g : turned(g) };
    case structural.cumsum:
      return { piece: turned(graph.shared(structural.cumsum, graph.shape[row]!, uniform ? broadcastTo(graph, g, lanes) : turned(g))) };
  }
  throw new TypeError(`transposed: expected a row that is linear in its first operand, got opcode ${op}`);
}

/** The part of an assembly's adjoint, or mask, that lies over its piece k; a scalar stands for all lanes. */
export function partOf(graph: Graph, row: Row, k: number, g: Row): Row {
  const piece = graph.operand(row, k);
  const offset = graph.pieceOffset(row, k);
  if (graph.isScalar(row) || graph.isScalar(g)) return g;
  if (graph.isScalar(piece)) return graph.shared(structural.at, SCALAR, g, offset);
  return graph.shape[piece] === graph.shape[row] ? g : graph.shared(structural.slice, graph.shape[piece]!, g, offset);
}
