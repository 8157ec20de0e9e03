/** Memory stays bounded: a thousand rows do not keep a column each, and runs leave nothing for the garbage collector. */
import { describe, expect, test } from "vitest";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { columns, compile, mul, softplus, sum, type Value, valueAndGrad } from "wengert";
import { stages } from "../bench/workloads/columns/stages.js";
import { apart } from "./numbers.js";

const column = (lanes: number): Float64Array => Float64Array.from({ length: lanes }, (_, i) => 0.5 + 0.4 * Math.sin(i));

describe("a thousand elementwise rows with reductions between three stages", () => {
  const f = stages(83);

  test.each(["kernel", "jit"] as const)("hold a few columns beside inputs and outputs in %s, however many rows there are", (engine) => {
    const lanes = 200_000;
    const x = column(lanes);
    for (const [step, outputs] of [
      [compile(f, [x], { engine }), 1],
      [compile(valueAndGrad(f), [x], { engine }), lanes + 1],
    ] as const) {
      const beside = step.bytes - 8 * (lanes + outputs);
      expect(beside).toBeLessThan(4 * 8 * lanes + 2e6);
      step.dispose();
    }
  });

  test.each(["kernel", "jit"] as const)("and compute in %s what the reference engine does with a column for every row", (bounded) => {
    const lanes = 8192 + 77;
    const x = column(lanes);
    const [[value, slopes], [wanted, wantedSlopes]] = ([bounded, "reference"] as const).map((engine) => {
      const step = compile(valueAndGrad(f), [x], { engine });
      const result = step(x);
      step.dispose();
      return result;
    }) as [[number, Float64Array], [number, Float64Array]];
    expect(apart(value, wanted)).toBeLessThan(1e-12);
    expect(slopes.every((slope, i) => apart(slope, wantedSlopes[i]!) < 1e-12)).toBe(true);
  });
});

describe("20,000 runs", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heap = (): number => process.memoryUsage().heapUsed;

  type Weights = { readonly w: readonly Value[]; readonly b: Value };
  const loss = ({ w, b }: Weights, { x, y }: { x: readonly Value[]; y: Value }): Value =>
    sum(softplus(mul(sum(x.map((part, k) => mul(part, w[k]!))).add(b), y)));
  const rows = Array.from({ length: 16 }, (_, i) => ({ x: [Math.sin(i), Math.cos(3 * i)], y: i % 2 === 0 ? 1 : -1 }));

  test("grow the heap by nothing, neither before a collection nor after", () => {
    const step = compile(valueAndGrad(loss), [{ w: [0.1, 0.2], b: 0 }, columns(rows)]);
    const [weights, slopes] = [step.inputs[0].w, step.outputs[1].w];
    const runs = (): void => {
      for (let run = 0; run < 20_000; run++) {
        step.run();
        for (let k = 0; k < 2; k++) weights[k]! -= 1e-5 * slopes[k]!;
      }
    };
    for (let round = 0; round < 10; round++) runs(); // the compiler allocates until it is done
    const tries = Array.from({ length: 10 }, () => {
      collect();
      const before = heap();
      runs();
      const garbage = heap() - before;
      collect();
      return { garbage, kept: heap() - before };
    });
    // one number a run would be 320,000 bytes
    expect(Math.min(...tries.map(({ garbage }) => garbage))).toBeLessThan(100_000);
    expect(Math.min(...tries.map(({ kept }) => kept))).toBeLessThan(20_000);
  }, 30_000);
});
