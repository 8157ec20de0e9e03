/** Bytes of garbage that runs leave: the heap before and after 100,000 of them, without a collection in between and after one. */
import { columns, compile, mul, softplus, sum, type Value, valueAndGrad } from "wengert";
import { type Bench, type Line } from "./bench.js";

const RUNS = 100_000;

type Weights = { readonly w: readonly Value[]; readonly b: Value };

const loss = ({ w, b }: Weights, { x, y }: { x: readonly Value[]; y: Value }): Value =>
  sum(softplus(mul(sum(x.map((column, k) => mul(column, w[k]!))).add(b), y)));

const rows = Array.from({ length: 64 }, (_, i) => ({ x: [Math.sin(i), Math.cos(3 * i)], y: i % 2 === 0 ? 1 : -1 }));

const heap = (): number => process.memoryUsage().heapUsed;

/** Runs after which the optimising compiler is done, so that it no longer allocates. */
const WARM_UP = 8 * RUNS;

/** The heap is looked at so many times: where it shrank there was a collection, and what grew since is not counted. */
const LOOKS = 100;

/** The bytes that calls allocate, and those that are still held after a collection. */
function growth(call: () => void): { garbage: number; kept: number } {
  for (let run = 0; run < WARM_UP; run++) call();
  heap();
  globalThis.gc!();
  const before = heap();
  let garbage = 0;
  for (let look = 0, last = before; look < LOOKS; look++) {
    for (let run = 0; run < RUNS / LOOKS; run++) call();
    const now = heap();
    garbage += Math.max(0, now - last);
    last = now;
  }
  globalThis.gc!();
  return { garbage, kept: heap() - before };
}

function lineOf(what: string, call: () => void): Line {
  const { garbage, kept } = growth(call);
  const ofLooking = growth(() => undefined);
  return {
    what,
    "garbage bytes": garbage - ofLooking.garbage,
    "bytes a run": (garbage - ofLooking.garbage) / RUNS,
    "kept bytes": kept - ofLooking.kept,
  };
}

export const garbageBench: Bench = {
  name: "garbage",
  title: `The heap over ${RUNS.toLocaleString("en")} runs of a small gradient, less what looking at it leaves`,
  run() {
    if (!globalThis.gc) throw new Error("bench: expected node to run with --expose-gc");
    const lines: Line[] = [];
    for (const engine of ["kernel", "reference"] as const) {
      const step = compile(valueAndGrad(loss), [{ w: [0.1, 0.2], b: 0 }, columns(rows)], { engine });
      const { inputs, outputs } = step;
      const [weights, slopes] = [inputs[0].w, outputs[1].w];
      lines.push(lineOf(`${engine}: step.run()`, () => step.run()));
      lines.push(
        lineOf(`${engine}: and a step down through views`, () => {
          step.run();
          for (let k = 0; k < 2; k++) weights[k]! -= 1e-4 * slopes[k]!;
        }),
      );
      lines.push(
        lineOf(`${engine}: and one through accessors`, () => {
          step.run();
          inputs[0].b -= 1e-4 * outputs[1].b;
        }),
      );
      step.dispose();
    }
    return lines;
  },
};
