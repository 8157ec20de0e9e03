/** Named functions × engines × what is derived from them: engines agree with each other and the oracle, gradients with differences. */
import { describe, expect, test } from "vitest";
import { compile } from "wengert";
import { gradientOf, programOf } from "../src/program.js";
import { withDerivatives } from "../src/traced.js";
import { walk } from "../src/tree.js";
import { verify } from "../src/verify.js";
import { engines } from "./engines.js";
import { derived, directionOf, erased, numbersOf, withNumbers } from "./modes.js";
import { apart } from "./numbers.js";
import { oracle } from "./oracle.js";
import { type Example, programs } from "./programs.js";

const modes = Object.keys(derived);

/** What the oracle makes of a transformed function. */
function byOracle(f: (...args: unknown[]) => unknown, args: readonly unknown[]): number[] {
  const program = programOf("test", f as (...args: never[]) => unknown, args, {});
  const { inputs, indices, outputs, run } = oracle()(program);
  walk(program.inputTree, args, program.inputs, "args", (leaf, value) => {
    const { kind, position } = program.inputs[leaf]!;
    (kind === "indices" ? indices : inputs).set(typeof value === "number" ? [value] : (value as ArrayLike<number>), position);
  });
  run();
  return program.outputs.flatMap(({ adjoint, position, lanes }) => (adjoint || gradientOf(f as never) === undefined ? [...outputs.subarray(position, position + lanes)] : []));
}

/** The greatest distance between two lists, relative to the greatest number where their lengths are one. */
function furthest(x: readonly number[], y: readonly number[]): number {
  expect(x).toHaveLength(y.length);
  const scale = Math.max(1, ...y.map(Math.abs));
  return Math.max(...x.map((value, i) => apart(value / scale, y[i]! / scale)));
}

const evaluate = (example: Example, mode: string, engine: (typeof engines)[number], args: readonly unknown[] = example.args): number[] => numbersOf(derived[mode]!(example, engine)(...args));

/** The change of a result along a direction of the first argument, by differences, and by the derivative that should give it. */
function slopes(example: Example, engine: (typeof engines)[number]): [differences: number, gradient: number][] {
  const [first, ...data] = example.args;
  const start = numbersOf(first);
  const direction = directionOf(start.length);
  const size = Math.hypot(...direction);
  const moved = (h: number): unknown[] => [withNumbers(first, start.map((x, i) => x + (h * direction[i]!) / size)), ...data];
  const along = (mode: string, pick: (numbers: number[]) => number): number => {
    const [far, near] = [1e-3, 5e-4].map((h) => (pick(evaluate(example, mode, engine, moved(h))) - pick(evaluate(example, mode, engine, moved(-h)))) / (2 * h));
    return near! + (near! - far!) / 3;
  };
  const weights = Array.isArray(first) || typeof first === "object" ? undefined : [1];
  const dot = (numbers: number[]): number => numbers.reduce((total, x, i) => total + (x * direction[i]!) / size, 0);
  const gradient = dot(evaluate(example, "gradient", engine));
  expect(weights === undefined || weights.length === start.length).toBe(true);
  return [[along("value", ([value]) => value!), gradient]];
}

describe.each(programs)("$name", (example) => {
  test.each(modes)("%s: the oracle agrees", (mode) => {
    const wanted = mode === "value" ? byOracle(erased(example.f), example.args) : byOracle(derived[mode]!(example, "reference"), example.args);
    expect(wanted.every(Number.isFinite)).toBe(true);
    expect(furthest(evaluate(example, mode, engines[0]!), wanted)).toBeLessThan(1e-12);
  });

  test.each(engines)("the gradient is that of differences in %s", (engine) => {
    for (const [differences, gradient] of slopes(example, engine)) expect(apart(differences, gradient)).toBeLessThan(1e-7);
  });

  test.each(engines.slice(1))("%s agrees", (engine) => {
    for (const mode of modes) expect(furthest(evaluate(example, mode, engine), evaluate(example, mode, engines[0]!)), mode).toBeLessThan(1e-12);
  });

  test("its graph verifies, differentiated too", () => {
    for (const mode of modes.slice(1)) {
      const program = programOf("test", derived[mode]!(example, "reference"), example.args, {});
      verify(program.graph);
      verify(withDerivatives(program).graph);
    }
  });

  test.each(engines)("compiled in %s it gives the same, call after call", (engine) => {
    const gradient = derived["gradient"]!(example, engine);
    const step = compile(gradient, example.args as unknown[], { engine });
    const wanted = numbersOf(gradient(...example.args));
    for (let i = 0; i < 3; i++) expect(numbersOf(step(...(example.args as unknown[])))).toEqual(wanted);
    step.dispose();
  });
});
