/** Digests of the results of whole programs, value and derivatives: what is compared between hosts, to the bit. */
import { walk } from "../src/data/tree.js";
import { kernel } from "../src/engines/kernel/kernel.js";
import { type PlanEngine } from "../src/engines/engine.js";
import { programOf } from "../src/trace/program.js";
import { type Program } from "../src/trace/trace.js";
import { derived, derivedModes, type Mode } from "./modes.js";
import { type Example, programs } from "./programs.js";
import { flat, type Leaves, resultsOf } from "./samebits.js";

/** What is derived from an example as a program, and the numbers of its argument leaves. */
export function programFrom(example: Example, mode: Mode): { program: Program; leaves: Leaves } {
  const program = programOf("test", derived[mode](example, "kernel"), example.args, {});
  const leaves: ArrayLike<number>[] = [];
  walk(program.inputTree, example.args, program.inputs, "args", (leaf, value) => {
    leaves[leaf] = typeof value === "number" ? [value] : (value as ArrayLike<number>);
  });
  return { program, leaves };
}

/** A hash of the bits of numbers (FNV-1a, 32 bits), in which NaN is NaN. */
function hashOf(results: readonly Float64Array[]): string {
  let hash = 0x811c9dc5;
  for (const numbers of results) {
    const canonical = numbers.map((x) => (Number.isNaN(x) ? NaN : x));
    for (const byte of new Uint8Array(canonical.buffer)) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** A line for every program and mode, in an engine. */
export const digests = (engine: PlanEngine = kernel): string =>
  programs
    .flatMap((example) =>
      derivedModes.map((mode) => {
        const { program, leaves } = programFrom(example, mode);
        const whole = flat(program);
        return `${hashOf(resultsOf(engine(whole), whole, leaves))} ${mode} of ${example.name}\n`;
      }),
    )
    .join("");
