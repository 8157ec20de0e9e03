/** Bytes of garbage that runs leave: the heap before and after 100,000 of them, without a collection in between and after one. */
import { columns, compile, mul, softplus, sum, type Value, valueAndGrad } from "wengert";
import { type Bench, type Line } from "./bench.js";

const RUNS = 100_000;

/** The least garbage of so many rounds counts: until the optimising compiler is done, it allocates too. */
const ROUNDS = 10;

/** How often the heap is looked at in a round: where it shrank there was a collection, and what was allocated since is not counted. */
const LOOKS = 100;

type Weights = { readonly w: readonly Value[]; readonly b: Value };

const loss = ({ w, b }: Weights, { x, y }: { x: readonly Value[]; y: Value }): Value =>
  sum(softplus(mul(sum(x.map((column, k) => mul(column, w[k]!))).add(b), y)));

const rows = Array.from({ length: 16 }, (_, i) => ({ x: [Math.sin(i), Math.cos(3 * i)], y: i % 2 === 0 ? 1 : -1 }));

const heap = (): number => process.memoryUsage().heapUsed;

/** How the heap grew: what was allocated on the way, and what is still held after a collection. */
interface Growth {
  readonly garbage: number;
  readonly kept: number;
}

/** A round of calls. */
function round(call: () => void): Growth {
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

/** The round with the least garbage. */
function growth(call: () => void): Growth {
  const rounds = Array.from({ length: ROUNDS }, () => round(call));
  return rounds.reduce((least, other) => (other.garbage < least.garbage ? other : least));
}

/** What calls allocate beyond what looking at the heap does. */
function lineOf(what: string, call: () => void, looking: Growth): Line {
  const { garbage, kept } = growth(call);
  const bytes = garbage - looking.garbage;
  return { what, "garbage bytes": bytes, "bytes a run": bytes / RUNS, "kept bytes": kept - looking.kept };
}

export const garbageBench: Bench = {
  name: "garbage",
  title: `The heap over ${RUNS.toLocaleString("en")} runs of a small gradient, less what looking at it leaves`,
  run() {
    if (!globalThis.gc) throw new Error("bench: expected node to run with --expose-gc");
    const looking = growth(() => undefined);
    return (["kernel", "reference"] as const).flatMap((engine) => {
      const step = compile(valueAndGrad(loss), [{ w: [0.1, 0.2], b: 0 }, columns(rows)], { engine });
      const { inputs, outputs } = step;
      const [weights, slopes] = [inputs[0].w, outputs[1].w];
      const throughViews = (): void => {
        step.run();
        for (let k = 0; k < 2; k++) weights[k]! -= 1e-5 * slopes[k]!;
      };
      const throughAccessors = (): void => {
        step.run();
        inputs[0].b -= 1e-5 * outputs[1].b;
      };
      const lines = [
        lineOf(`${engine}: step.run()`, () => step.run(), looking),
        lineOf(`${engine}: and a step down through views`, throughViews, looking),
        lineOf(`${engine}: and one through accessors`, throughAccessors, looking),
      ];
      step.dispose();
      return lines;
    });
  },
};
