/** The kernel and emitted code on functions of many sizes: what a call takes, what compiling takes, and after how many calls it has paid. */
import { callOfMove } from "../../src/engines/auto.js";
import { type Executable } from "../../src/engines/engine.js";
import { emitModule, executable } from "../../src/engines/jit/jit.js";
import { kernelExecutable } from "../../src/engines/kernel/kernel.js";
import { type WholeProgram } from "../../src/trace/trace.js";
import { type Line, median, timed } from "../bench.js";
import { timeOf } from "../time.js";
import { examples } from "./graphs.js";

/** How often each function is emitted and timed; the least counts, since the first times also compile the emitter. */
const ROUNDS = 5;

/** Emits, compiles and calls a function once. */
function emitOnce(program: WholeProgram): { ms: number; result: Executable } {
  return timed(() => {
    const emitted = emitModule(program);
    const made = executable(program, emitted, new WebAssembly.Module(emitted.bytes));
    made.run();
    return made;
  });
}

/** One line a function. */
export async function measureBreakEven(seconds: number): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { name, make } of examples) {
    const program = make();
    const made = Array.from({ length: ROUNDS }, () => emitOnce(program));
    const ready = median(made.map(({ ms }) => ms));
    const jit = made[0]!.result;
    const kernel = kernelExecutable(program);
    for (const executable of [kernel, jit]) executable.inputs.forEach((_, i) => (executable.inputs[i] = Math.sin(i + 1)));
    const rounds: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      for (const [k, engine] of [kernel, jit].entries()) rounds[k]!.push(await timeOf(engine.run, (0.2 * seconds) / ROUNDS));
    }
    const [ofKernel, ofJit] = rounds.map(median) as [number, number];
    const moves = callOfMove(kernel.tape);
    lines.push({
      function: name,
      rows: program.graph.length,
      "kernel µs": ofKernel / 1e3,
      "jit µs": ofJit / 1e3,
      "kernel / jit": ofKernel / ofJit,
      "ready in ms": ready,
      "break-even": ofKernel > ofJit ? Math.ceil((1e6 * ready) / (ofKernel - ofJit)) : "never",
      "auto moves at": moves === Infinity ? "never" : moves,
    });
  }
  return lines;
}
