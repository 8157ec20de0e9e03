/**
 * `npm run bench:smoke`: a fixed part of each bench that compares results, timed so briefly that the times say little. It fails where a
 * number is wrong, never for being slow.
 */
import { type Line, table } from "./bench.js";
import { columnsBench } from "./columns.js";
import { contenders } from "./compare/contenders.js";
import { stopwatch } from "./compare/measure.js";
import { workloads as losses } from "./compare/workloads.js";
import { Connection } from "./gradbench/connection.js";
import { define, greet, measure } from "./gradbench/measure.js";
import { workloads as evals } from "./gradbench/workloads/index.js";

/** How long to time each function. */
const SECONDS = 0.01;

/** How long to wait for a process, in seconds. */
const TIMEOUT = 30;

/** How far results may be from those of the gradient by hand. */
const TOLERANCE = 1e-9;

/** The losses over columns that are quick to compare with C; the others are among those of the engines. */
const columns = ["columns-network", "columns-mixture-10", "columns-rosenbrock-10", "columns-rosenbrock-1000"];

/** Each derivative of GradBench on its first workload, which is its smallest; checked to 1e-10. */
async function gradbench(): Promise<Line[]> {
  const connection = new Connection();
  try {
    return await derivatives(connection);
  } finally {
    if ((await connection.close()) !== 0) process.exitCode = 1;
  }
}

async function derivatives(connection: Connection): Promise<Line[]> {
  const lines = new Map<string, Line>();
  await connection.ask({ kind: "start" });
  await define(connection, "hello");
  await greet(connection);
  for (const workload of evals) {
    const { module, size, functions } = workload;
    const name = `${module}.${functions.derivative}`;
    if (lines.has(name)) continue;
    await define(connection, module);
    const { evaluate, difference } = await measure(connection, workload, functions.derivative, workload.input(), SECONDS);
    lines.set(name, { derivative: name, size, ms: evaluate, difference });
  }
  return [...lines.values()];
}

/** Our engines, as they are published in dist/, on the workloads that other libraries are measured on. */
async function engines(): Promise<Line[]> {
  const { measure: measured, dispose } = stopwatch(losses, { seconds: SECONDS, timeout: TIMEOUT });
  const lines: Line[] = [];
  try {
    for (const contender of contenders.filter(({ kind }) => kind === "ours")) {
      for (const workload of losses) {
        const what = `${contender.name} on ${workload.name}`;
        const outcome = await measured(contender, workload);
        if (!outcome.ok) throw new Error(`smoke: expected ${what} to end well, got ${outcome.reason}`);
        const error = Math.max(outcome.errors.value, outcome.errors.gradient);
        if (!(error <= TOLERANCE)) throw new Error(`smoke: expected ${what} to be right to ${TOLERANCE}, got an error of ${error}`);
        lines.push({ engine: contender.name, workload: workload.name, µs: outcome.nanoseconds.p50 / 1e3, error });
      }
    }
  } finally {
    dispose();
  }
  return lines;
}

/** The parts: what they compare, and how. */
const parts: readonly (readonly [title: string, run: () => Line[] | Promise<Line[]>])[] = [
  ["Columns, compared with C", () => columnsBench.run({ seconds: SECONDS, wants: (name) => columns.includes(name) })],
  ["GradBench's derivatives, compared with those by hand and with the reference engine", gradbench],
  ["Engines, compared with JavaScript by hand", engines],
];

for (const [title, run] of parts) {
  try {
    console.log(`${title}\n${table(await run())}\n`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
