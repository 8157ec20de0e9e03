/** The pieces of assembled vectors: which lanes each has, and which of them are the first there. */
import { type Graph, type Row } from "../../graph/graph.js";
import { type Lowered } from "./lower.js";

/** A piece and the lane where it is placed. */
type Placed = readonly [piece: Row, offset: number];

/** The pieces of an assembled vector in the pool's order, in which those that share a lane add up. */
export function piecesOf({ graph, alias }: Lowered, row: Row): Placed[] {
  return Array.from({ length: graph.operandCount(row) }, (_, k) => [alias[graph.operand(row, k)]!, graph.pieceOffset(row, k)]);
}

/** By lane: the number of the first piece that has it, −1 where none has. */
export function firstPieces(graph: Graph, lanes: number, pieces: readonly Placed[]): Int32Array {
  const first = new Int32Array(lanes).fill(-1);
  for (let k = pieces.length - 1; k >= 0; k--) {
    const [piece, offset] = pieces[k]!;
    first.fill(k, offset, offset + graph.lanes(piece));
  }
  return first;
}

/** The parts of an interval of lanes in which a column holds one number, and that number. */
export function stretches(column: Int32Array | Uint8Array, from: number, end: number): [from: number, end: number, value: number][] {
  const list: [number, number, number][] = [];
  for (let start = from, next; start < end; start = next) {
    next = start + 1;
    while (next < end && column[next] === column[start]) next++;
    list.push([start, next, column[start]!]);
  }
  return list;
}
