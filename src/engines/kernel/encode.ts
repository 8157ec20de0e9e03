/** A program's rows on a tape. */
import { type Program } from "../../trace/trace.js";
import { Arena } from "../plan/arena.js";
import { type Lowered } from "../plan/lower.js";
import { Places } from "../plan/places.js";
import { Stages } from "../plan/stages.js";
import { heapBase } from "./load.js";
import { Loops } from "./loops.js";
import { COPY, kernelRow } from "./rows.js";
import { StraightRows } from "./straight.js";
import { Tape } from "./tape.js";

/** Copies results that are not computed where the outputs lie: scalars whose places follow each other all at once. */
function emitOutputs(program: Program, { lowered }: Stages, places: Places, tape: Tape): void {
  const { results, graph } = lowered;
  let list: number[] = [];
  let start = 0;
  const flush = (): void => {
    if (list.length > 0) tape.row(kernelRow.gather, list.length, { address: start }, { address: tape.arena.hold(Uint32Array.from(list)) });
    list = [];
  };
  let result = 0;
  for (const { kind, position, rows } of program.outputs) {
    const address = places.outputsAt + 8 * position;
    if (kind === "vector") {
      const row = results[result]!;
      if (places.of(row) !== address) tape.row(COPY, graph.lanes(row), { address }, { address: places.of(row) });
    } else {
      if (address !== start + 8 * list.length) {
        flush();
        start = address;
      }
      for (let k = 0; k < rows.length; k++) list.push(places.of(results[result + k]!));
    }
    result += rows.length;
  }
  flush();
  tape.close();
}

/** Encodes a program as a tape: stage by stage, straight rows before loops. */
export function encode(program: Program, lowered: Lowered): { tape: Tape; places: Places } {
  const stages = new Stages(lowered);
  const arena = new Arena(heapBase());
  const places = new Places(program, stages, arena);
  places.share();
  const tape = new Tape(arena);
  const loops = new Loops(stages, places, tape);
  const straight = new StraightRows(stages, places, tape);
  for (let stage = 0; stage <= stages.last; stage++) {
    straight.emit(stage);
    loops.emit(stage);
  }
  emitOutputs(program, stages, places, tape);
  tape.finish();
  return { tape, places };
}
