/** Bytes of garbage that runs leave: the heap before and after 100,000 of them, without a collection in between and after one. */
import { columns, compile, mul, softplus, sum, type Value, valueAndGrad } from "wengert";
import { type Bench, type Line } from "./bench.js";

const RUNS = 100_000;

type Weights = { readonly w: readonly Value[]; readonly b: Value };

const loss = ({ w, b }: Weights, { x, y }: { x: readonly Value[]; y: Value }): Value =>
  sum(softplus(mul(sum(x.map((column, k) => mul(column, w[k]!))).add(b), y)));

const rows = Array.from({ length: 64 }, (_, i) => ({ x: [Math.sin(i), Math.cos(3 * i)], y: i % 2 === 0 ? 1 : -1 }));

const heap = (): number => process.memoryUsage().heapUsed;

/** The growth of the heap over many calls: as it is, and after a collection. */
function growth(call: () => void): { garbage: number; kept: number } {
  for (let run = 0; run < RUNS / 2; run++) call();
  heap();
  globalThis.gc!();
  globalThis.gc!();
  const before = heap();
  for (let run = 0; run < RUNS; run++) call();
  const after = heap();
  globalThis.gc!();
  return { garbage: after - before, kept: heap() - before };
}

function lineOf(what: string, call: () => void): Line {
  const { garbage, kept } = growth(call);
  return { what, "garbage bytes": garbage, "bytes a run": garbage / RUNS, "kept bytes": kept };
}

export const garbageBench: Bench = {
  name: "garbage",
  title: `The heap over ${RUNS.toLocaleString("en")} runs of a small gradient; the first line is what measuring itself leaves`,
  run() {
    if (!globalThis.gc) throw new Error("bench: expected node to run with --expose-gc");
    const lines = [lineOf("nothing", () => undefined)];
    for (const engine of ["kernel", "reference"] as const) {
      const step = compile(valueAndGrad(loss), [{ w: [0.1, 0.2], b: 0 }, columns(rows)], { engine });
      const { inputs, outputs } = step;
      const [weights, slopes] = [inputs[0].w, outputs[1].w];
      lines.push(lineOf(`${engine}: step.run()`, step.run));
      lines.push(
        lineOf(`${engine}: step.run(), and a step down through views and accessors`, () => {
          step.run();
          for (let k = 0; k < 2; k++) weights[k]! -= 1e-4 * slopes[k]!;
          inputs[0].b -= 1e-4 * outputs[1].b;
        }),
      );
      step.dispose();
    }
    return lines;
  },
};
