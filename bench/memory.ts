/** What 1,000 elementwise rows over 1,000,000 lanes take in memory beside their inputs and outputs, with reductions between three stages. */
import { compile, trace, valueAndGrad } from "wengert";
import { isElementwise } from "../src/ops/structural.js";
import { type Bench, type Line, median, timed } from "./bench.js";
import { stages } from "./workloads/columns/stages.js";

const LANES = 1_000_000;

/** Four rows a turn in each of three stages. */
const f = stages(83);

const ROUNDS = 3;

/** How many rows of lanes the function itself has. */
function elementwiseRows(x: Float64Array): number {
  const { graph } = trace(f, [x]);
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
    return [lineOf("value", 1, rows, compile(f, [x])), lineOf("value and gradient", 1 + LANES, rows, compile(valueAndGrad(f), [x]))];
  },
};
