/** Named functions × engines × what is derived from them: engines agree with each other and the oracle, derivatives with differences. */
import { describe, expect, test } from "vitest";
import { type EngineName } from "wengert";
import { type AnyFunction, gradientOf, programOf } from "../src/trace/program.js";
import { type Program } from "../src/trace/trace.js";
import { rewritten } from "../src/passes/pipeline.js";
import { walk } from "../src/data/tree.js";
import { verify } from "../src/graph/verify.js";
import { compiled, engineOf, engines, runOnce } from "./engines.js";
import { derived, derivedModes, directionOf, erased, type Mode, numbersOf, weightsOf, withNumbers } from "./modes.js";
import { apart } from "./numbers.js";
import { oracle } from "./oracle.js";
import { type Example, programs } from "./programs.js";

const evaluate = (example: Example, mode: Mode, engine: EngineName): number[] => numbersOf(derived[mode](example, engine)(...example.args));

/** What the oracle makes of a function, or of a gradient function. */
function byOracle(example: Example, mode: Mode): number[] {
  const f = (mode === "value" ? erased(example.f) : derived[mode](example, "reference")) as AnyFunction;
  const program = programOf("test", f, example.args, {});
  const executable = oracle()(program);
  const { inputs, indices, outputs } = executable;
  walk(program.inputTree, example.args, program.inputs, "args", (leaf, value) => {
    const { kind, position } = program.inputs[leaf]!;
    (kind === "indices" ? indices : inputs).set(typeof value === "number" ? [value] : (value as ArrayLike<number>), position);
  });
  executable.run();
  const wanted = program.outputs.filter(({ adjoint }) => adjoint || gradientOf(f) === undefined);
  return wanted.flatMap(({ position, lanes }) => [...outputs.subarray(position, position + lanes)]);
}

/** The numbers of arguments, by leaf. */
function leavesOf(program: Program, args: readonly unknown[]): ArrayLike<number>[] {
  const leaves: ArrayLike<number>[] = [];
  walk(program.inputTree, args, program.inputs, "args", (leaf, value) => {
    leaves[leaf] = typeof value === "number" ? [value] : (value as ArrayLike<number>);
  });
  return leaves;
}

/** The greatest distance between two lists, relative to the greatest number of the second where that is above 1. */
function furthest(x: readonly number[], y: readonly number[]): number {
  expect(x).toHaveLength(y.length);
  const scale = Math.max(1, ...y.map(Math.abs));
  return Math.max(...x.map((value, i) => apart(value / scale, y[i]! / scale)));
}

const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((total, value, i) => total + value * y[i]!, 0);

/** The slope of a number that `pick` takes from a result, along a direction of the first argument, by extrapolated differences. */
function slope(
  example: Example,
  mode: Mode,
  engine: EngineName,
  direction: readonly number[],
  pick: (numbers: number[]) => number,
): number {
  const f = derived[mode](example, engine);
  const [first, ...data] = example.args;
  const start = numbersOf(first);
  const at = (h: number): number =>
    pick(
      numbersOf(
        f(
          withNumbers(
            first,
            start.map((x, i) => x + h * direction[i]!),
          ),
          ...data,
        ),
      ),
    );
  const [far, near] = [1e-3, 5e-4].map((h) => (at(h) - at(-h)) / (2 * h)) as [number, number];
  return near + (near - far) / 3;
}

describe.each(programs)("$name", (example) => {
  const weights = weightsOf(example.args[0]);
  const long = directionOf(weights.length);
  const direction = long.map((x) => x / Math.hypot(...long));

  test.each(derivedModes)("%s: the oracle agrees", (mode) => {
    const wanted = byOracle(example, mode);
    expect(wanted.every(Number.isFinite)).toBe(true);
    expect(furthest(evaluate(example, mode, engines[0]!), wanted)).toBeLessThan(1e-12);
  });

  test.each(engines)("derivatives are those of differences in %s", (engine) => {
    const gradient = dot(evaluate(example, "gradient", engine), direction);
    expect(
      apart(
        gradient,
        slope(example, "value", engine, direction, ([value]) => value!),
      ),
    ).toBeLessThan(1e-7);
    if (example.kinked) return;
    const second = dot(evaluate(example, "gradient of a slope", engine), direction);
    expect(
      apart(
        second,
        slope(example, "gradient", engine, direction, (numbers) => dot(numbers, weights)),
      ),
    ).toBeLessThan(1e-7);
  });

  test.each(engines.slice(1))("%s agrees", (engine) => {
    for (const mode of derivedModes)
      expect(furthest(evaluate(example, mode, engine), evaluate(example, mode, engines[0]!)), mode).toBeLessThan(1e-12);
  });

  test("swept back, and by the rows that are recorded for the engines that plan, the reference engine gives the same", () => {
    for (const mode of derivedModes.slice(1)) {
      const program = programOf("test", derived[mode](example, "reference"), example.args, {});
      const leaves = leavesOf(program, example.args);
      const swept = runOnce(engineOf("reference"), program, leaves);
      const whole = rewritten(program);
      expect(whole.gradientOf, mode).toBeUndefined();
      const recorded = runOnce(engineOf("reference"), whole, leaves);
      swept.forEach((numbers, i) => expect(furthest([...recorded[i]!], [...numbers]), mode).toBeLessThan(1e-12));
    }
  });

  test("its graphs verify", () => {
    for (const mode of derivedModes.slice(1)) {
      const program = programOf("test", derived[mode](example, "reference"), example.args, {});
      verify(program.graph);
      verify(rewritten(program).graph);
    }
  });

  test.each(engines)("compiled in %s it gives the same, call after call", (engine) => {
    const gradient = derived.gradient(example, engine);
    const step = compiled(gradient, example.args, engine);
    const wanted = numbersOf(gradient(...example.args));
    for (let i = 0; i < 3; i++) expect(numbersOf(step(...example.args))).toEqual(wanted);
    step.dispose();
  });
});
