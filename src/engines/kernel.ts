/** The kernel engine: a program's tape in linear memory, evaluated by WebAssembly. "auto" starts in it. */
import { withDerivatives } from "../passes/derivatives.js";
import { type Program } from "../trace.js";
import { type Executable } from "./engine.js";
import { heapBase, instantiate } from "./kernel/load.js";
import { Loops } from "./kernel/loops.js";
import { COPY, kernelRow } from "./kernel/rows.js";
import { StraightRows } from "./kernel/straight.js";
import { Tape } from "./kernel/tape.js";
import { Arena } from "./plan/arena.js";
import { boundCall, throwFault } from "./plan/host.js";
import { Lowered } from "./plan/lower.js";
import { Places } from "./plan/places.js";
import { Stages } from "./plan/stages.js";

/** The status of a sweep that stopped for a call. */
const STOPPED = 2;

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

/** Records a program on a tape: stage by stage, straight rows before loops. */
function record(program: Program, base: number): { tape: Tape; places: Places } {
  const lowered = new Lowered(
    program.graph,
    program.outputs.flatMap(({ rows }) => rows),
  );
  const stages = new Stages(lowered);
  const arena = new Arena(base);
  const places = new Places(program, stages, arena);
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

/** A program on a tape, the memory that the tape is in, and where results and inputs lie. */
interface KernelExecutable extends Executable {
  readonly memory: WebAssembly.Memory;
  readonly tape: Tape;
  readonly places: Places;
}

/** Makes a program executable, and says where it lies. */
export function kernelExecutable(program: Program): KernelExecutable {
  const { tape, places } = record(withDerivatives(program), heapBase());
  const { exports, memory } = instantiate(tape.arena.bytes);
  const { buffer } = memory;
  tape.arena.writeTo(buffer);
  tape.writeTo(buffer);
  const { header } = tape;
  const calls = tape.calls.map((call) => boundCall(call, buffer));
  const resume = new Uint32Array(buffer, tape.resume, 2);
  return {
    ...places.views(program, buffer),
    engine: "kernel",
    memory,
    tape,
    places,
    run() {
      if (calls.length > 0) resume.fill(0); // the last run may have ended in a call that threw
      for (let status; (status = exports.sweep(header)) !== 0;) {
        if (status !== STOPPED) throwFault(buffer, exports.fault() >>> 0);
        calls[resume[1]! - 1]!();
      }
    },
  };
}

/**
 * Makes a program executable in a WebAssembly memory of its own, sized for it and never grown, so that its views never detach.
 * @throws OutOfMemoryError where that memory cannot be had.
 */
export const kernel = (program: Program): Executable => kernelExecutable(program);
