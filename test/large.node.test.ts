/** A million scalar rows: nothing recurses over the graph, in depth or in width. */
import { describe, expect, test } from "vitest";
import { compile, compileAsync, grad, mul, sin, square, sub, sum, trace, type Value, valueAndGrad } from "wengert";
import { differentiate } from "../src/passes/reverse.js";
import { traceProgram } from "../src/trace/trace.js";
import { verify } from "../src/graph/verify.js";
import { engines } from "./engines.js";

const ROWS = 1_000_000;

/** Deep: every row uses the one before. y ↦ y · 0.5 + x, which converges to 2x. */
function chain(x: Value): Value {
  let y = x;
  for (let i = 0; i < ROWS / 2; i++) y = y.mul(0.5).add(x);
  return y;
}

/** Wide: many rows of one input, all summed by one. */
const fan = (x: Value): Value => sum(Array.from({ length: ROWS / 2 }, (_, i) => mul(x, 1 + i / ROWS)));
const fanSlope = Array.from({ length: ROWS / 2 }, (_, i) => 1 + i / ROWS).reduce((a, b) => a + b);

describe("a million rows", () => {
  test("are traced in a second, by the quickest of a few tries", () => {
    const tries = Array.from({ length: 4 }, () => {
      const start = performance.now();
      traceProgram("trace", chain, [3]);
      return performance.now() - start;
    });
    expect(Math.min(...tries)).toBeLessThan(1000);
  }, 30_000);

  test("verify, print and are differentiated", () => {
    const { graph, outputs } = traceProgram("trace", chain, [3]);
    expect(graph.length).toBeGreaterThanOrEqual(ROWS);
    expect(graph.bytes / graph.length).toBeLessThan(64);
    const results = outputs[0]!.rows;
    verify(graph, results);
    const adjoints = differentiate(graph, results[0]!, [0]);
    verify(graph, adjoints);
    const text = trace(chain, [3]).toString();
    expect(text.length).toBeGreaterThan(20 * ROWS);
    expect(text.slice(-16)).toMatch(/return %\d+\n$/);
  }, 30_000);

  test.each(engines)(
    "run in %s, deep",
    async (engine) => {
      const step = await compileAsync(valueAndGrad(chain), [3], { engine });
      expect(step(3)).toEqual([6, 2]);
      step.dispose();
    },
    30_000,
  );

  test.each(engines)(
    "run in %s, wide",
    (engine) => {
      const step = compile(grad(fan), [3], { engine });
      expect(Math.abs(step(3) / fanSlope - 1)).toBeLessThan(1e-12);
      step.dispose();
    },
    30_000,
  );

  test.each(engines)(
    "of as many inputs run in %s",
    (engine) => {
      const x = new Array<number>(ROWS / 4).fill(0).map((_, i) => i / ROWS);
      const gradient = grad((values: Value[]) => sum(values.map((value) => sin(value))), { engine })(x);
      expect(gradient).toHaveLength(x.length);
      expect(gradient.every((slope, i) => Math.abs(slope - Math.cos(x[i]!)) < 1e-15)).toBe(true);
    },
    30_000,
  );

  test("second derivatives too", () => {
    const short = (x: Value): Value => {
      let y = x;
      for (let i = 0; i < 20_000; i++) y = sin(y).mul(0.5).add(x);
      return y;
    };
    expect(Number.isFinite(grad(grad(short))(0.3))).toBe(true);
  }, 30_000);
});

describe("a module above 8 MB", () => {
  const x = Array.from({ length: 80_000 }, (_, i) => (i % 3) / 2);
  const valley = (values: readonly Value[]): Value =>
    sum(values.slice(1).map((next, i) => square(sub(next, square(values[i]!))).add(square(sub(1, values[i]!)))));
  const f = valueAndGrad(valley);

  test("is refused, compiled off the main thread by compileAsync, and under auto is none", async () => {
    expect(() => compile(f, [x], { engine: "jit" })).toThrow(
      /^compile: expected a module of at most 8388608 bytes, which browsers compile synchronously, got \d+\. Use compileAsync, or engine "auto" or "kernel"$/,
    );
    const step = await compileAsync(f, [x], { engine: "jit" });
    expect(step.engine).toBe("jit");
    const inKernel = compile(f, [x]);
    const [[value, slopes], [wanted, wantedSlopes]] = [step(x), inKernel(x)];
    expect(Math.abs(value / wanted - 1)).toBeLessThan(1e-12);
    expect(slopes.every((slope, i) => Math.abs(slope - wantedSlopes[i]!) <= 1e-12)).toBe(true);
    for (let call = 0; call < 100; call++) inKernel.run();
    expect(inKernel.engine).toBe("kernel");
  }, 60_000);
});
