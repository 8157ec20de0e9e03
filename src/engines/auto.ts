/** The choice between engines: a function starts in the kernel, and moves to emitted code when the calls made say that it pays. */
import { opCount, pairs } from "../ops/generated/table.js";
import { kernelRows } from "../ops/kernelrows.js";
import { rewritten } from "../passes/pipeline.js";
import { type Program, type WholeProgram } from "../trace/trace.js";
import { formulaOf } from "../wasm/formula.js";
import { refusal } from "../wasm/permission.js";
import { type EngineName, type Executable } from "./engine.js";
import { emitModule, runnerOn, SYNCHRONOUS_BYTES } from "./jit/jit.js";
import { kernelExecutable } from "./kernel/kernel.js";
import { kernelLibrary } from "./kernel/load.js";
import { type Tape } from "./kernel/tape.js";
import { reference } from "./reference/reference.js";
import { warnRefused } from "./refused.js";

/**
 * What things take in ns, from the bench's table of break-even points: a call of the kernel, a row each time it is dispatched, and a
 * lane; of emitted code a call, and a lane in straight code and in a loop. `function` is a lane of those ops that a function of the kernel's mathematics computes. To emit and compile takes so much a module and a row.
 */
const COST = {
  kernel: { call: 60, row: 6, lane: 0.4, function: 4.4 },
  straight: { lane: 0.25, function: 8 },
  loop: { lane: 0.15, function: 4.1 },
  call: 15,
  module: 1e6,
  row: 3e3,
};

/**
 * Emitted code of more rows takes seconds to be made, at one call: the kernel keeps such programs. Of Lotka and Volterra's equations unrolled, 84,000 rows took the kernel 332 µs and 32 emitted,
 * which took 0.4 s to make; 210,000 rows 911 and 178 µs, and 1.7 s.
 */
const MOST_ROWS = 200_000;

/** Emitted code must save this part of a call, since the costs are estimates. */
const LEAST_GAIN = 0.1;

/** Whether the kernel's mathematics computes an op, by the code of its row. */
function isFunction(op: number): boolean {
  if (op >= opCount) return op < opCount + pairs.length;
  return formulaOf(op, true).steps.some(({ kind }) => kind === "call");
}

/** Whether emitted code calls the function that computes a row of the tape. */
const isCalledRow = (op: number): boolean => {
  const row = kernelRows[op - opCount - pairs.length];
  return row !== undefined && "called" in row;
};

/**
 * The call at which a program on a tape moves to emitted code: the kernel has then taken as much longer as emitting takes. Infinity where it stays.
 * A gather counts as any row: its lanes are copies in emitted code.
 */
export function callOfMove(tape: Tape): number {
  let kernel = COST.kernel.call;
  let straight = 0;
  let loops = COST.call;
  let rows = 0;
  tape.eachRow(({ op, times, lanes, inLoop, steps }) => {
    const slow = isFunction(op);
    kernel += times * COST.kernel.row + lanes * (slow ? COST.kernel.function : COST.kernel.lane);
    rows += inLoop || isCalledRow(op) ? 1 : lanes / steps;
    if (isCalledRow(op)) straight += lanes * COST.kernel.lane;
    else if (inLoop) loops += lanes * (slow ? COST.loop.function : COST.loop.lane);
    else straight += lanes * (slow ? COST.straight.function : COST.straight.lane);
  });
  if (rows > MOST_ROWS) return Infinity;
  const gain = kernel - straight - loops;
  return gain < LEAST_GAIN * kernel ? Infinity : Math.ceil((COST.module + rows * COST.row) / gain);
}

/** A program where WebAssembly may not be compiled: on the reference engine, with one warning for all. */
function withoutWebAssembly(program: Program, refused: string): Executable {
  warnRefused(refused);
  return reference(program);
}

/**
 * Makes a program executable in the kernel, and again as emitted code, in the same memory, at the call that `moveAt` names; the bits of the results stay.
 * @throws OutOfMemoryError where that memory cannot be had.
 */
export function autoMoving(given: WholeProgram, moveAt: (tape: Tape) => number): Executable {
  let program: WholeProgram | undefined = given;
  const { inputs, indices, outputs, bytes, run: runInKernel, memory, tape, places } = kernelExecutable(given);
  let engine: EngineName = "kernel";
  let run = runInKernel;
  /** Calls until the move; 0 when it is done or ruled out. */
  let left = kernelLibrary() === undefined ? 0 : moveAt(tape);
  if (left === Infinity) left = 0;
  if (left === 0) program = undefined;
  const { inputsAt, indicesAt, outputsAt } = places;
  const moveWith = (whole: WholeProgram): void => {
    const emitted = emitModule(whole);
    const { places, bytes: module } = emitted;
    const fits = module.length <= SYNCHRONOUS_BYTES && places.arena.bytes <= bytes;
    if (!fits || places.inputsAt !== inputsAt || places.indicesAt !== indicesAt || places.outputsAt !== outputsAt) return;
    run = runnerOn(memory, emitted, new WebAssembly.Module(module));
    engine = "jit";
  };
  const move = (): void => {
    const whole = program!;
    program = undefined;
    try {
      moveWith(whole);
    } catch {
      // What cannot be emitted here, or compiled, runs on where it is.
    }
  };
  return {
    inputs,
    indices,
    outputs,
    bytes,
    get engine() {
      return engine;
    },
    run() {
      if (left > 0 && --left === 0) move();
      run();
    },
  };
}

/** The engine that moves when it has been called so often that it pays. Where WebAssembly may not be compiled, the reference engine evaluates. */
export function auto(program: Program): Executable {
  const refused = refusal();
  return refused === undefined ? autoMoving(rewritten(program), callOfMove) : withoutWebAssembly(program, refused);
}
