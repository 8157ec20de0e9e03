/** The engines by name. */
import { describe } from "../errors.js";
import { type Engine } from "./engine.js";
import { jit } from "./jit.js";
import { kernel } from "./kernel.js";
import { reference } from "./reference.js";

const engines = { reference, kernel, jit };

/** The engines there are. */
export type EngineName = keyof typeof engines;

/** What an `engine` option may say; "auto" is the kernel. */
export type EngineChoice = EngineName | "auto";

/** The engine a choice names. */
export function engineNamed(choice: EngineChoice = "auto", caller = "compile"): { name: EngineName; engine: Engine } {
  const name = choice === "auto" ? "kernel" : choice;
  if (!Object.hasOwn(engines, name))
    throw new RangeError(`${caller}: expected engine to be one of auto, ${Object.keys(engines).join(", ")}, got ${describe(choice)}`);
  return { name, engine: engines[name] };
}
