/** Steps take arguments in without running: `write`, and what it refuses. */
import { describe, expect, test } from "vitest";
import { add, compile, type Indices, loadModule, mul, type Step, sum, take, type Value, valueAndGrad } from "wengert";
import { engines } from "./engines.js";
import { untyped, vector } from "./mistakes.js";

type Parameters = { w: number[]; b: number; v: Float64Array };

const loss = (p: { w: Value[]; b: Value; v: Value }, x: Value): Value => add(mul(sum(p.w), x), mul(p.b, sum(p.v)));
const make = (engine: (typeof engines)[number]) =>
  compile(valueAndGrad(loss), [{ w: [1, 2], b: 3, v: vector(4, 5) }, 10] as [Parameters, number], { engine });
const next: [Parameters, number] = [{ w: [2, 3], b: 4, v: vector(5, 6) }, 7];

/** Every kind of step: of each engine, and loaded from a module. */
const steps: [string, () => ReturnType<typeof make>][] = [
  ...engines.map((engine): [string, () => ReturnType<typeof make>] => [engine, () => make(engine)]),
  ["a module", () => loadModule(make("jit").toWasm()) as unknown as ReturnType<typeof make>],
];

describe.each(steps)("written in %s", (_, makeStep) => {
  test("arguments are in memory, and results are as the last run left them", () => {
    const step = makeStep();
    expect(step.write(...next)).toBeUndefined();
    expect(step.inputs[0]).toEqual({ w: vector(2, 3), b: 4, v: vector(5, 6) });
    expect(step.inputs[1]).toBe(7);
    expect(step.outputs[0]).toBe(0);
    step.run();
    expect(step.outputs).toEqual([79, { w: vector(7, 7), b: 11, v: vector(4, 4) }]);
    step.write({ ...next[0], b: 0 }, 1);
    expect(step.outputs[0]).toBe(79);
  });

  test("arguments are copies", () => {
    const step = makeStep();
    const w = [2, 3];
    step.write({ ...next[0], w }, 7);
    w[0] = 100;
    step.run();
    expect(step.outputs[0]).toBe(79);
    expect(w).toEqual([100, 3]);
  });

  test("views of its own memory may change places", () => {
    const step = makeStep();
    step.write(...next);
    const { w, v } = step.inputs[0] as unknown as { w: Float64Array; v: Float64Array };
    step.write(untyped({ w: v, b: 4, v: w }), 7);
    expect([w, v]).toEqual([vector(5, 6), vector(2, 3)]);
  });

  test("arguments of another structure are refused before any is written", () => {
    const step = makeStep();
    step.write(...next);
    expect(() => step.write({ w: [8, 8], b: 8, v: vector(1) }, 8)).toThrow(
      /^step: expected a Float64Array of 2, got a Float64Array of 1 at args\[0\]\.v\. Compile the function for arguments of this structure$/,
    );
    expect(() => (step as Step<unknown[], unknown>).write(1)).toThrow(TypeError);
    expect(step.inputs[0].w).toEqual(vector(2, 3));
  });

  test("it throws once disposed of", () => {
    const step = makeStep();
    step.dispose();
    expect(() => step.write(...next)).toThrow(/^step: expected a function that is in use/);
  });
});

test("lane numbers are written too", () => {
  const step = compile((x: Value, i: Indices) => take(x, i), [vector(1, 2, 3), Int32Array.of(0, 1)]);
  step.write(vector(4, 5, 6), Int32Array.of(2, 0));
  step.run();
  expect(step.outputs).toEqual(vector(6, 4));
});

test("a call gives arrays without holes", () => {
  const step = compile((x: Value[]) => x.map((value) => mul(value, 2)), [[1, 2, 3]]);
  expect(Object.entries(step([1, 2, NaN]))).toEqual([
    ["0", 2],
    ["1", 4],
    ["2", NaN],
  ]);
});
