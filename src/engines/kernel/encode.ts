/** A program's rows on a tape. */
import { type Body, type Row } from "../../graph/graph.js";
import { type Program } from "../../trace/trace.js";
import { Arena } from "../plan/arena.js";
import { programOfBody } from "../plan/bodies.js";
import { Lowered } from "../plan/lower.js";
import { Places } from "../plan/places.js";
import { Stages } from "../plan/stages.js";
import { stepsOf } from "../plan/steps.js";
import { heapBase } from "./load.js";
import { Loops } from "./loops.js";
import { Gathered } from "./gathered.js";
import { COPY } from "./rows.js";
import { emitSteps } from "./repeat.js";
import { type EncodedBody, type Owners, StraightRows } from "./straight.js";
import { Tape } from "./tape.js";

/** Copies results that are not computed where the outputs lie: scalars whose places follow each other all at once. */
function emitOutputs(program: Program, { lowered }: Stages, places: Places, tape: Tape): void {
  const { results, graph } = lowered;
  const gathered = new Gathered(tape);
  let result = 0;
  for (const { kind, position, rows } of program.outputs) {
    const address = places.outputsAt + 8 * position;
    if (kind === "vector") {
      const row = results[result]!;
      if (places.of(row) !== address) tape.row(COPY, graph.lanes(row), { address }, { address: places.of(row) });
    } else {
      for (let k = 0; k < rows.length; k++) gathered.add(address + 8 * k, places.of(results[result + k]!));
    }
    result += rows.length;
  }
  gathered.flush();
  tape.close();
}

/** Appends the rows of stages in turn, straight rows before loops. */
function appendStages(stages: Stages, places: Places, tape: Tape, owners: Owners): void {
  const loops = new Loops(stages, places, tape);
  const straight = new StraightRows(stages, places, tape, owners);
  for (let stage = 0; stage <= stages.last; stage++) {
    straight.emit(stage);
    loops.emit(stage);
  }
}

/** Appends a program's rows, and those that move its results to the outputs. */
function append(program: Program, stages: Stages, places: Places, tape: Tape, owners: Owners): void {
  appendStages(stages, places, tape, owners);
  emitOutputs(program, stages, places, tape);
}

/** Encodes a program as a tape, and behind it the bodies that it calls, which `lower` lowers. */
export function encode(
  program: Program,
  lowered: Lowered,
  lower = (program: Program): Lowered => new Lowered(program.graph, program.outputs.flatMap(({ rows }) => rows as Row[])), // prettier-ignore
): { tape: Tape; places: Places } {
  const stages = new Stages(lowered);
  const arena = new Arena(heapBase());
  const places = new Places(program, stages, arena);
  places.share();
  const tape = new Tape(arena);
  const known = new Map<Body, EncodedBody>();
  const owners: Owners = {
    bodyOf(body) {
      let found = known.get(body);
      if (found === undefined) {
        const program = programOfBody(body);
        const stages = new Stages(lower(program));
        const places = new Places(program, stages, arena);
        places.share();
        const fragment = tape.fragment(() => append(program, stages, places, tape, owners));
        known.set(body, (found = { fragment, program, places }));
      }
      return found;
    },
    repeat(row, outer) {
      const steps = stepsOf(outer.stages.lowered, row, lower, arena);
      emitSteps(steps, outer.allocate(row), outer, tape, () => appendStages(steps.stages, steps.places, tape, owners));
    },
  };
  append(program, stages, places, tape, owners);
  tape.finish();
  return { tape, places };
}
