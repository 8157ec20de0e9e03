/** Values that are computed where they are wanted: results among the outputs, pieces in the vectors that are put together from them. */
import { type Row } from "../../graph.js";
import { structural } from "../../structural.js";
import { type Program } from "../../trace.js";
import { type Places } from "../plan/places.js";
import { Kind, type Stages } from "../plan/stages.js";

/** Places results and pieces. Calls `keep` with every scalar that then must be stored. */
export function placeResults(program: Program, stages: Stages, places: Places, keep: (row: Row) => void): void {
  const { lowered, kind, resident } = stages;
  const { graph } = lowered;
  /** Whether a row is computed into memory, or could be, and nothing says yet where. */
  const isFree = (row: Row): boolean => {
    if (places.has(row) || kind[row] === Kind.Given || kind[row] === Kind.View) return false;
    return graph.isScalar(row) || kind[row] !== Kind.Loop || resident[row] === 1;
  };
  const place = (row: Row, address: number): void => {
    places.set(row, address);
    if (graph.isScalar(row)) keep(row);
  };
  let result = 0;
  for (const { kind: leaf, position, rows } of program.outputs) {
    for (let k = 0; k < rows.length; k++) {
      const row = lowered.results[result++]!;
      if (isFree(row)) place(row, places.outputsAt + 8 * (leaf === "vector" ? position : position + k));
    }
  }
  for (let row = graph.length - 1; row >= 0; row--) {
    if (lowered.uses[row] === 0 || lowered.op[row] !== structural.assemble || graph.isScalar(row)) continue;
    const address = places.allocate(row);
    const pieces = new Uint8Array(graph.lanes(row));
    const eachPiece = (visit: (piece: Row, from: number, end: number) => void): void => {
      for (let k = 0; k < graph.b[row]!; k++) {
        const piece = lowered.alias[graph.operand(row, k)]!;
        visit(piece, graph.pieceOffset(row, k), graph.pieceOffset(row, k) + graph.lanes(piece));
      }
    };
    eachPiece((_, from, end) => {
      for (let lane = from; lane < end; lane++) pieces[lane] = Math.min(2, pieces[lane]! + 1);
    });
    /** The piece that lies in each lane, if any, is marked by 3. */
    eachPiece((piece, from, end) => {
      if (!isFree(piece)) return;
      const lanes = pieces.subarray(from, end);
      // What others are added to must be read here alone; of a vector that is itself put together, its pieces too.
      const isShared = lowered.uses[piece]! > 1 || lowered.op[piece] === structural.assemble;
      if (lanes.includes(3) || (isShared && lanes.includes(2))) return;
      place(piece, address + 8 * from);
      lanes.fill(3);
    });
  }
}
