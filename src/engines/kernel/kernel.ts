/** The kernel engine: a program's tape in linear memory, evaluated by WebAssembly. "auto" starts in it. */
import { type WholeProgram } from "../../trace/trace.js";
import { STATUS } from "../../ops/layout.js";
import { type Executable } from "../engine.js";
import { lowered } from "./constants.js";
import { instantiate } from "./load.js";
import { encode } from "./encode.js";
import { type Tape } from "./tape.js";
import { boundCall, throwFault } from "../plan/host.js";
import { type Places } from "../plan/places.js";

/** A program on a tape, the memory that the tape is in, and where results and inputs lie. */
interface KernelExecutable extends Executable {
  readonly memory: WebAssembly.Memory;
  readonly tape: Tape;
  readonly places: Places;
}

/** Makes a program executable, and says where it lies. */
export function kernelExecutable(program: WholeProgram): KernelExecutable {
  const { tape, places } = encode(program, lowered(program));
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
