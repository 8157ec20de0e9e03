/** What a module of the tool is: the functions of an eval by name, each made ready for an input once and then run as often as is asked. */
import { type EngineChoice } from "wengert";
import { type Fields } from "./fields.js";

/** Evaluates: from the plain numbers of the input, which it copies into memory, to plain numbers. */
export type Run = () => unknown;

/** Traces and compiles a function for an input. */
export type Prepare = (input: Fields, engine: EngineChoice) => Run;

/** The functions of an eval. */
export type Module = Readonly<Record<string, Prepare>>;

/** A run of a compiled function of one vector: the numbers are copied in, and what it gives is copied out. */
export function onVector(
  step: { readonly inputs: readonly [Float64Array]; readonly outputs: unknown; run(): void },
  x: readonly number[],
): Run {
  return () => {
    step.inputs[0].set(x);
    step.run();
    const { outputs } = step;
    return outputs instanceof Float64Array ? outputs.slice() : outputs;
  };
}
