/** The engines side by side, on the same gradients in one process: alternating rounds, medians, results compared before anything is timed. */
import { type Traced } from "wengert";
import { isElementwise, structural } from "../src/ops/structural.js";
import { type Bench, type Line, median, type Settings, timed } from "./bench.js";
import { timeOf } from "./time.js";
import { workloads } from "./workloads/index.js";
import { numbersOf, type Workload } from "./workloads/workload.js";

const engines = ["kernel", "reference"] as const;

/** How many rounds each engine is timed in. */
const ROUNDS = 5;

/** The operations of a function: one a lane of an elementwise row, and n − 1 for a sum of n. */
function operationsOf({ graph }: Traced): number {
  let operations = 0;
  for (let row = 0; row < graph.length; row++) {
    if (isElementwise(graph.op[row]!)) operations += graph.lanes(row);
    else if (graph.op[row] === structural.sum) operations += graph.lanes(graph.operand(row, 0)) - 1;
    else if (graph.op[row] === structural.assemble && graph.isScalar(row)) operations += graph.operandCount(row) - 1;
  }
  return operations;
}

/** The greatest relative difference between two lists of numbers; throws where it is more than 1e-12. */
function difference(name: string, x: readonly number[], y: readonly number[]): number {
  const worst = x.reduce((most, value, i) => {
    const apart = Math.abs(value - y[i]!);
    return apart === 0 ? most : Math.max(most, apart / Math.max(Math.abs(value), Math.abs(y[i]!)));
  }, 0);
  if (x.length === y.length && worst <= 1e-12) return worst;
  throw new Error(`bench: expected the engines to agree within 1e-12 on ${name}, got a relative difference of ${worst.toExponential(1)}`);
}

async function compare(workload: Workload, seconds: number): Promise<Line> {
  const operations = operationsOf(workload.trace());
  const made = engines.map((engine) => timed(() => workload.gradient(engine)));
  const gradients = made.map(({ result }) => result);
  for (const gradient of gradients) gradient.run();
  const [ofKernel, ofReference] = gradients.map(({ outputs }) => numbersOf(outputs));
  const apart = difference(workload.name, ofKernel!, ofReference!);
  const rounds = engines.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [k, gradient] of gradients.entries()) {
      rounds[k]!.push(await timeOf(() => gradient.run(), seconds / ROUNDS));
    }
  }
  for (const gradient of gradients) gradient.dispose();
  const [kernel, reference] = rounds.map(median) as [number, number];
  return {
    workload: workload.about,
    operations,
    "kernel µs": kernel / 1e3,
    "reference µs": reference / 1e3,
    ratio: reference / kernel,
    "kernel ns/op": kernel / operations,
    "reference ns/op": reference / operations,
    "kernel made in ms": made[0]!.ms,
    "reference made in ms": made[1]!.ms,
    difference: apart,
  };
}

export const enginesBench: Bench = {
  name: "engines",
  title:
    "A value and its gradient on either engine. ns/op: the whole gradient's time over the operations of the function alone; made: traced and compiled, cold",
  parts: workloads.map(({ name }) => name),
  async run({ seconds, wants }: Settings) {
    const lines: Line[] = [];
    for (const workload of workloads) if (wants("engines") || wants(workload.name)) lines.push(await compare(workload, seconds));
    return lines;
  },
};
