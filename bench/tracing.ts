/** What tracing costs: 1,000,000 scalar rows recorded one by one, and the gradient compiled from them. */
import { compile, sin, trace, type Value, valueAndGrad } from "wengert";
import { type Bench, type Line, median, timed } from "./bench.js";

const ROWS = 1_000_000;

const ROUNDS = 3;

/** v = sin(v)·x, over and over. */
function chain(x: Value): Value {
  let v = x;
  for (let row = 0; row < ROWS; row += 2) v = sin(v).mul(x);
  return v;
}

function compiled(engine: "kernel" | "reference"): Line {
  const { ms, result: step } = timed(() => compile(valueAndGrad(chain), [0.5], { engine }));
  const { bytes } = step;
  step.dispose();
  return { what: `traced, differentiated and compiled for ${engine}`, ms, "rows a second": ROWS / (ms / 1e3), "bytes a row": bytes / ROWS };
}

export const tracingBench: Bench = {
  name: "tracing",
  title: `A chain of ${ROWS.toLocaleString("en")} scalar rows`,
  run() {
    let bytes = 0;
    const times = Array.from({ length: ROUNDS }, () => {
      const { ms, result } = timed(() => trace(chain, [0.5]));
      bytes = result.graph.bytes;
      return ms;
    });
    const ms = median(times);
    return [
      { what: "traced", ms, "rows a second": ROWS / (ms / 1e3), "bytes a row": bytes / ROWS },
      compiled("kernel"),
      compiled("reference"),
    ];
  },
};
