/** Values that are computed where they are wanted: results among the outputs, pieces in the vectors that are put together from them. */
import { type Row } from "../../graph/graph.js";
import { structural } from "../../ops/rows.js";
import { type Program } from "../../trace/trace.js";
import { piecesOf } from "../plan/pieces.js";
import { type Places } from "../plan/places.js";
import { Kind, type Stages } from "../plan/stages.js";

/** Whether a row is computed into memory, or could be, and nothing says yet where. */
export function isFree({ lowered: { graph }, kind, materialised }: Stages, places: Places, row: Row): boolean {
  if (places.has(row) || kind[row] === Kind.Given || kind[row] === Kind.View) return false;
  return graph.isScalar(row) || kind[row] !== Kind.Loop || materialised[row] === 1;
}

/** Places results and pieces. Calls `keep` with every scalar that then must be stored. */
export function placeResults(program: Program, stages: Stages, places: Places, keep: (row: Row) => void): void {
  const { lowered } = stages;
  const { graph } = lowered;
  let result = 0;
  for (const { kind: leaf, position, rows } of program.outputs) {
    for (let k = 0; k < rows.length; k++) {
      const row = lowered.results[result++]!;
      if (!isFree(stages, places, row)) continue;
      places.set(row, places.outputsAt + 8 * (leaf === "vector" ? position : position + k));
      if (graph.isScalar(row)) keep(row);
    }
  }
  placePieces(stages, places, keep);
}

/** Places pieces, and whatever has no place yet. Calls `keep` with every scalar that then must be stored. */
export function placePieces(stages: Stages, places: Places, keep: (row: Row) => void): void {
  const { lowered } = stages;
  const { graph } = lowered;
  for (let row = graph.length - 1; row >= 0; row--) {
    if (lowered.uses[row] === 0 || lowered.op[row] !== structural.assemble || graph.isScalar(row)) continue;
    const pieces = piecesOf(lowered, row);
    const lanes = new Uint8Array(graph.lanes(row)).fill(FREE);
    /** Pieces that are not among the first two of one of their lanes; to those of a lane the others are added in their order. */
    const late = new Set<Row>();
    for (const [piece, from] of pieces) {
      const own = lanes.subarray(from, from + graph.lanes(piece));
      if (own.includes(SHARED)) late.add(piece);
      own.forEach((pieces, lane) => (own[lane] = Math.min(SHARED, pieces + 1)));
    }
    for (const [piece, from] of pieces) {
      if (!isFree(stages, places, piece) || late.has(piece)) continue;
      const own = lanes.subarray(from, from + graph.lanes(piece));
      // What others are added to must be read here alone; of a vector that is itself put together, its pieces too.
      const isShared = lowered.uses[piece]! > 1 || lowered.op[piece] === structural.assemble;
      if (own.includes(TAKEN) || (isShared && own.includes(SHARED))) continue;
      places.lieIn(piece, row, from);
      if (graph.isScalar(piece)) keep(piece);
      own.fill(TAKEN);
    }
  }
  places.share();
}

/** Of a lane: no piece has it, one has, more have, or one lies there. */
const [FREE, , SHARED, TAKEN] = [0, 1, 2, 3] as const;
