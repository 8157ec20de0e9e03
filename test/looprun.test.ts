/** Loops as engines run them: the bits of their steps one after the other. */
import { describe, expect, test } from "vitest";
import { add, grad, mul, repeat, sin, take, type Value } from "wengert";
import { portableWith, resultsOf } from "./samebits.js";
import { randomLoop } from "./randomloops.js";
import { type PlanEngine } from "../src/engines/engine.js";
import { autoMoving, callOfMove } from "../src/engines/auto.js";
import { jitWith } from "../src/engines/jit/jit.js";
import { kernelExecutable } from "../src/engines/kernel/kernel.js";
import { rewritten } from "../src/passes/pipeline.js";
import { programOf } from "../src/trace/program.js";
import { type WholeProgram } from "../src/trace/trace.js";

const small = { rows: { whole: 0, part: 3 }, body: { whole: 2, part: 1 } };

/** Every loop is one where no number of rows is few enough. */
const engines: Readonly<Record<string, PlanEngine>> = {
  kernel: (program) => kernelExecutable(program, { unrolled: 0, inPlace: 0 }),
  "kernel, some unrolled": (program) => kernelExecutable(program, { unrolled: 30 }),
  jit: jitWith({ unrolled: 0 }),
  "jit, called, some unrolled": jitWith({ unrolled: 30, inPlace: 0 }),
  "jit in many functions": jitWith({ unrolled: 0, inPlace: 0, sizes: small }),
  module: portableWith({ unrolled: 0 }),
};

/** The engine that moves at its second call. */
const auto: PlanEngine = (program) => autoMoving(program, () => 2);

describe("random loops have the bits of their steps one after the other", () => {
  test.each(Array.from({ length: 150 }, (_, seed) => seed))("%i", (seed) => {
    const { program, inputs } = randomLoop(seed + 1);
    const whole = program as WholeProgram;
    const wanted = resultsOf(kernelExecutable(whole, { unrolled: Infinity, inPlace: Infinity }), program, inputs);
    for (const [name, engine] of Object.entries(engines)) {
      const executable = engine(whole);
      for (const time of ["first", "second"]) expect([name, time, resultsOf(executable, program, inputs)]).toEqual([name, time, wanted]);
    }
  });

  test("whether auto has moved or not", () => {
    let moved = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { program, inputs } = randomLoop(seed + 1);
      const executable = auto(program as WholeProgram);
      const before = resultsOf(executable, program, inputs);
      expect([seed, resultsOf(executable, program, inputs)]).toEqual([seed, before]);
      moved += Number(executable.engine === "jit");
    }
    expect(moved).toBeGreaterThan(40);
  });
});

/** A loop of so many steps that each take the sine of the last. */
const sines = (steps: number): WholeProgram =>
  programOf("test", (x: Value) => repeat(steps, (x: Value) => sin(mul(x, add(x, 1))), x), [0.5], {}) as WholeProgram;

describe("auto counts a loop's rows once a step in time, and once in what emitting takes", () => {
  const callsOf = (steps: number): number => callOfMove(kernelExecutable(sines(steps)).tape);
  test("few calls of many steps pay, and one of a million", () => {
    expect(callsOf(1_000)).toBeGreaterThan(callsOf(10_000));
    expect(callsOf(10_000)).toBeLessThan(100);
    expect(callsOf(1_000_000)).toBe(1);
  });
});

test("a step's share of a sum is added where it is not 0, and never made whole", () => {
  const lanes = 1_000;
  const f = (c: Value): Value => repeat(50, (y: Value, i) => add(mul(y, 0.5), mul(take(c, i), y)), 1);
  const program = rewritten(programOf("test", grad(f), [new Float64Array(lanes)], {}));
  let most = 0;
  kernelExecutable(program, { unrolled: 0 }).tape.eachRow((row) => {
    if (row.steps > 1) most = Math.max(most, row.lanes / row.times);
  });
  expect(most).toBeLessThan(8);
});
