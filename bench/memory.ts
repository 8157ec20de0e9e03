/** What 1,000 elementwise rows over 1,000,000 lanes take in memory beside their inputs and outputs, with reductions between three stages. */
import { compile, div, mean, sqrt, square, sub, sum, trace, type Value, valueAndGrad } from "wengert";
import { isElementwise } from "../src/structural.js";
import { type Bench, type Line, median, timed } from "./bench.js";

const LANES = 1_000_000;

/** Four rows a turn. */
const TURNS = 83;

const ROUNDS = 3;

/** v ↦ v + h (x − v²), over and over. */
function turns(v: Value, x: Value): Value {
  for (let turn = 0; turn < TURNS; turn++) v = v.add(sub(x, square(v)).mul(0.003));
  return v;
}

/** Three stages: the second waits for a mean of the first, the third for a root mean square of the second. */
function stages(x: Value): Value {
  const first = turns(x, x);
  const second = turns(sub(first, mean(first)), x);
  return sum(turns(div(second, sqrt(mean(square(second)))), x));
}

function elementwiseRows(x: Float64Array): number {
  const { graph } = trace(stages, [x]);
  return graph.op.subarray(0, graph.length).reduce((count, op, row) => count + (isElementwise(op) && !graph.isScalar(row) ? 1 : 0), 0);
}

/** A compiled function's memory beside its inputs and outputs, and its time. */
function lineOf(what: string, outputs: number, rows: number, step: { run(): void; readonly bytes: number; dispose(): void }): Line {
  step.run();
  const ms = median(Array.from({ length: ROUNDS }, () => timed(() => step.run()).ms));
  const beside = step.bytes - 8 * (LANES + outputs);
  step.dispose();
  return {
    what,
    rows,
    ms,
    "ns a row and lane": (1e6 * ms) / (rows * LANES),
    "MB held": step.bytes / 1e6,
    "MB beside inputs and outputs": beside / 1e6,
    aim: "< 100",
  };
}

export const memoryBench: Bench = {
  name: "memory",
  title: `Elementwise rows of ${LANES.toLocaleString("en")} lanes, with reductions between three stages`,
  run() {
    const x = Float64Array.from({ length: LANES }, (_, i) => 0.5 + 0.4 * Math.sin(i));
    const rows = elementwiseRows(x);
    return [
      lineOf("value", 1, rows, compile(stages, [x])),
      lineOf("value and gradient", 1 + LANES, rows, compile(valueAndGrad(stages), [x])),
    ];
  },
};
