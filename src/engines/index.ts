/** The engines by name. */
import { describe } from "../errors.js";
import { auto } from "./auto.js";
import { rewritten } from "../passes/pipeline.js";
import { type Engine, type EngineName, type PlanEngine } from "./engine.js";
import { jit } from "./jit/jit.js";
import { kernel } from "./kernel/kernel.js";
import { reference } from "./reference/reference.js";
import { tape } from "./tape/tape.js";

export { type EngineName };

/** What an `engine` option may say; "auto" is the kernel, and emitted code once a function was called so often that it pays; the reference engine where a page forbids WebAssembly. */
export type EngineChoice = EngineName | "auto";

/** A planning engine with the pipeline before it. */
const planned =
  (engine: PlanEngine): Engine =>
  (program) =>
    engine(rewritten(program));

/** Those that sweep take a function before it is differentiated. */
const engines: Readonly<Record<EngineChoice, Engine>> = { auto, reference, tape, kernel: planned(kernel), jit: planned(jit) };

/** The engine a choice names. */
export function engineNamed(choice: EngineChoice = "auto", caller = "compile"): Engine {
  if (!Object.hasOwn(engines, choice))
    throw new RangeError(`${caller}: expected engine to be one of ${Object.keys(engines).join(", ")}, got ${describe(choice)}`);
  return engines[choice];
}
