/** The kernel engine: a program's tape in linear memory, evaluated by WebAssembly. "auto" starts in it. */
import { type WholeProgram } from "../../trace/trace.js";
import { STATUS } from "../../ops/layout.js";
import { type Executable } from "../engine.js";
import { lowered } from "./constants.js";
import { instantiate } from "./load.js";
import { encode } from "./encode.js";
import { type Tape } from "./tape.js";
import { type Bounds, inPlan } from "../plan/bodies.js";
import { boundCall, throwFault } from "../plan/host.js";
import { type Places } from "../plan/places.js";

/** A program on a tape, the memory that the tape is in, and where results and inputs lie. */
interface KernelExecutable extends Executable {
  readonly memory: WebAssembly.Memory;
  readonly tape: Tape;
  readonly places: Places;
}

/** Bodies of so many rows are computed in place: a called one loses the runs of rows that calls side by side are, so that short ones take twice as long. */
const IN_PLACE = 2000;

/** Loops of so many rows in all steps are unrolled, as far as steps side by side are runs. */
const UNROLLED = 1000;

/** Makes a program executable, and says where it lies; bodies of more than `inPlace` rows are called where they are more than once, loops of more than `unrolled` rows stay loops. */
export function kernelExecutable(given: WholeProgram, { inPlace = IN_PLACE, unrolled = UNROLLED }: Partial<Bounds> = {}): KernelExecutable {
  const program = inPlan(given, { inPlace, unrolled });
  const { tape, places } = encode(program, lowered(program), lowered);
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
      for (let status; (status = exports.sweep(header)) !== STATUS.done;) {
        if (status !== STATUS.stop) throwFault(buffer, exports.fault() >>> 0);
        calls[resume[1]! - 1]!();
      }
    },
  };
}

/**
 * Makes a program executable in a WebAssembly memory of its own, sized for it and never grown, so that its views never detach.
 * @throws OutOfMemoryError where that memory cannot be had.
 */
export const kernel = (program: WholeProgram): Executable => kernelExecutable(program);
