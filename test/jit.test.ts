/** What emitted code alone has: functions divided at any size, both linkages, compiling off the main thread, and the move of "auto" to it. */
import { describe, expect, test } from "vitest";
import {
  add,
  at,
  compile,
  compileAsync,
  cos,
  dot,
  exp,
  grad,
  hostOp,
  type Indices,
  mul,
  sin,
  slice,
  square,
  stopGradient,
  sum,
  take,
  tanh,
  type Value,
  valueAndGrad,
} from "wengert";
import { type PlanEngine } from "../src/engines/engine.js";
import { jitWith } from "../src/engines/jit/jit.js";
import { rewritten } from "../src/passes/pipeline.js";
import { programOf } from "../src/trace/program.js";
import { walk } from "../src/data/tree.js";
import { compiled } from "./engines.js";
import { derived, derivedModes, type Mode, numbersOf } from "./modes.js";
import { type Example, programs } from "./programs.js";

const tiny = { rows: { whole: 9, part: 7 }, body: { whole: 4, part: 3 } };

const engines: Readonly<Record<string, PlanEngine>> = {
  "functions of a few rows": jitWith({ sizes: tiny }),
  "imported mathematics": jitWith({ linkage: "import" }),
};

/** The numbers that a derived function gives in an engine. */
function resultsOf(engine: PlanEngine, mode: Mode, example: Example): Float64Array {
  const f = mode === "value" ? example.f : derived[mode](example, "reference");
  const program = programOf("test", f, example.args, {});
  const { inputs, indices, outputs, run } = engine(rewritten(program));
  walk(program.inputTree, example.args, program.inputs, "args", (leaf, value) => {
    const { kind, position } = program.inputs[leaf]!;
    (kind === "indices" ? indices : inputs).set(typeof value === "number" ? [value] : (value as ArrayLike<number>), position);
  });
  run();
  return outputs;
}

describe.each(Object.keys(engines))("%s", (name) => {
  for (const mode of derivedModes) {
    test.each(programs)(`${mode} of $name is as it is otherwise`, (example) => {
      expect(resultsOf(engines[name]!, mode, example)).toEqual(resultsOf(jitWith({}), mode, example));
    });
  }
});

test("compileAsync gives what compile does in any engine, and rejects what it throws", async () => {
  const f = valueAndGrad((x: Value) => mul(x, sin(x)));
  for (const engine of ["auto", "reference", "kernel", "jit"] as const)
    expect((await compileAsync(f, [2], { engine }))(3)).toEqual(compile(f, [2], { engine })(3));
  await expect(compileAsync(f, ["two" as unknown as number])).rejects.toThrow(TypeError);
});

describe("auto", () => {
  const loss = (w: readonly Value[], x: Value, i: Indices): Value => sum(square(take(tanh(mul(x, w[0]!)).add(exp(mul(x, w[1]!))), i)));
  const args: [number[], Float64Array, Int32Array] = [
    [0.3, 0.7],
    Float64Array.from({ length: 33 }, (_, i) => Math.sin(i)),
    Int32Array.from({ length: 20 }, (_, i) => (7 * i) % 33),
  ];

  test("moves from the kernel to emitted code after a number of calls, in the same views, and gives the same", () => {
    const step = compile(valueAndGrad(loss), args);
    expect(step.engine).toBe("kernel");
    const { inputs, outputs, bytes } = step;
    step.run();
    const [value, slopes] = [outputs[0], [...outputs[1]]];
    let calls = 1;
    for (; step.engine === "kernel" && calls < 100_000; calls++) step.run();
    expect(step.engine).toBe("jit");
    expect(calls).toBeGreaterThan(100);
    expect(step.inputs).toBe(inputs);
    expect(step.bytes).toBe(bytes);
    expect([outputs[0], ...outputs[1]]).toEqual([value, ...slopes].map((number) => expect.closeTo(number, 12) as number));
    inputs[0][0] = 0.4;
    step.run();
    expect(outputs[0]).toBeCloseTo(compile(valueAndGrad(loss), args, { engine: "reference" })([0.4, 0.7], args[1], args[2])[0], 12);
    step.inputs[2][3] = 33;
    expect(() => step.run()).toThrow("take or segmentSum: expected an index from 0 to 32, got 33 in lane 3");
    step.inputs[2][3] = 0;
    expect(() => step.run()).not.toThrow();
  });
});

describe("in emitted code", () => {
  const data = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => 0.1 + i / 10);
  const same = (f: (...args: never[]) => unknown, args: readonly unknown[]): void => {
    const [byJit, byKernel] = (["jit", "kernel"] as const).map((engine) => numbersOf(compiled(f, args, engine)(...args)));
    expect(byJit!.length).toBe(byKernel!.length);
    byJit!.forEach((number, i) => expect(number).toBeCloseTo(byKernel![i]!, 10));
  };

  test("a piece that others read too is not added to where it lies", () => {
    const f = (v: Value, u: Value): Value => {
      const w = add(slice(v, 0, 6), u);
      return add(sum(sin(slice(w, 0, 3))), sum(exp(slice(w, 3, 6)))).add(dot(slice(v, 2, 8), u));
    };
    const g = (v: Value, u: Value): unknown => {
      const slopes = grad(f)(v, u);
      const w = add(slice(v, 0, 6), u);
      return [slopes, dot(cos(slice(w, 0, 3)), sin(slice(slopes, 0, 3))), dot(exp(slice(w, 3, 6)), sin(slice(slopes, 3, 6)))];
    };
    same(g, [data(8), data(6)]);
  });

  test.each([1.5, data(7)])("the same function twice beside its companion", (x) => {
    const f = (y: Value): Value => {
      const z = exp(y);
      const v = mul(mul(sin(z), sin(stopGradient(z))), z);
      return v.length === undefined ? v : sum(v);
    };
    same(valueAndGrad(f), [x]);
  });

  test("a result that is part of what a host function gives", () => {
    const h = hostOp({ name: "h", value: (number) => number * 2 });
    same((v: Value) => [at(h(v), 1), slice(h(v), 0, 2)], [data(4)]);
  });

  test("results that are arguments, constants, and each other", () => {
    same(
      (x: readonly Value[], v: Value) => [x, [...x].reverse(), 3, v, v, x[0], at(v, 1), x.map((xi) => xi.mul(2))],
      [Array.from(data(3000)), data(5)],
    );
  });
});
