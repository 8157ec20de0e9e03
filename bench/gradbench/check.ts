/** Checks of outputs: against the function by hand, and against the reference engine where it is quick enough. */
import { compare } from "./compare.js";
import { Fields } from "./fields.js";
import { manual } from "./manual/index.js";
import { modules } from "./modules/index.js";

/** The most numbers that the reference engine is asked to compute: it holds 16 bytes of each. */
const MOST_NUMBERS = 3e7;

/** What an output was compared with, and how far it was from that at most. */
export interface Checked {
  readonly against: string;
  readonly difference: number;
}

/** What the reference engine makes of an input. */
const byReference = (module: string, name: string, input: unknown): unknown =>
  modules.get(module)![name]!(new Fields(`${module}.${name}`, input), "reference")();

/**
 * Compares an output of a function, which computes about so many numbers, with others of the same input.
 * @throws Error that names the first number which is off, or is NaN.
 */
export function check(module: string, name: string, input: unknown, output: unknown, numbers: number): Checked {
  const path = `${module}.${name}`;
  const difference = compare(path, output, manual[module]![name]!(input as never));
  if (numbers > MOST_NUMBERS) return { against: "by hand", difference };
  return {
    against: "by hand, reference",
    difference: Math.max(difference, compare(path, output, byReference(module, name, input))),
  };
}
