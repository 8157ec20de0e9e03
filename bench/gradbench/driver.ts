/** `npm run gradbench:drive`: GradBench's workloads over a real pipe to the tool, every output checked. `-- --help` lists the options. */
import { Command, InvalidArgumentError } from "commander";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { type Line, table } from "../bench.js";
import { Connection, TOOL } from "./connection.js";
import { inC } from "./inc.js";
import { define, greet, measure } from "./measure.js";
import { nativePrograms } from "../native/native.js";
import { workloads } from "./workloads/index.js";
import { type Workload } from "./workloads/workload.js";

interface Options {
  readonly filter: string;
  readonly engine?: string;
  readonly tool?: string;
  readonly seconds: number;
  readonly json?: string;
}

const nameOf = ({ module, size }: Workload): string => `${module}, ${size}`;

function filterOf(text: string): string {
  if (workloads.some((workload) => nameOf(workload).includes(text))) return text;
  throw new InvalidArgumentError(`Expected part of a workload's name, as "llsq" or "gmm, d 2, k 5", got ${text}.`);
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && seconds >= 0 && seconds < Infinity) return seconds;
  throw new InvalidArgumentError(`Expected a number from 0, got ${text}.`);
}

const options = new Command("gradbench:drive")
  .description("Runs GradBench's workloads through the tool, checks every output to 1e-10 and prints medians.")
  .allowExcessArguments(false)
  .option("--filter <text>", "only workloads that have this in their names", filterOf, "")
  .option("--engine <name>", "the engine of the tool")
  .option("--tool <command>", "another tool that speaks the protocol; its memory is not looked at")
  .option("--seconds <s>", "how long to evaluate each function", secondsOf, 1)
  .option("--json <file>", "also writes everything as JSON")
  .parse()
  .opts<Options>();

/** The derivatives by hand in C; undefined where there is no gcc. */
const programs = nativePrograms();

/** The command that starts the tool. */
function commandOf({ tool, engine }: Options): readonly string[] {
  return [...(tool?.split(/\s+/) ?? TOOL), ...(engine === undefined ? [] : ["--engine", engine])];
}

async function lineOf(connection: Connection, workload: Workload): Promise<Line> {
  const { functions } = workload;
  const input = workload.input();
  const primal = await measure(connection, workload, functions.primal, input, options.seconds);
  const derivative = await measure(connection, workload, functions.derivative, input, options.seconds);
  const manual = programs && inC(programs, workload, input, options.seconds);
  const peak = options.tool === undefined ? connection.peakBytes : undefined;
  return {
    workload: nameOf(workload),
    "primal ms": primal.evaluate,
    "derivative ms": derivative.evaluate,
    runs: derivative.runs,
    "C ms": manual ?? "–",
    "derivative / C": manual === undefined ? "–" : derivative.evaluate / manual,
    "prepare ms": derivative.prepare,
    "round trip ms": derivative.roundTrip,
    "peak MB": peak === undefined ? "–" : peak / 1e6,
    difference: Math.max(primal.difference, derivative.difference),
    "checked by": derivative.against,
  };
}

/** Says what went wrong, and makes the driver end with code 1. */
function complain(error: unknown, where = ""): void {
  console.error(`${where}${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

/** The lines of the workloads of one eval, which has a tool of its own. */
async function linesOf(module: string): Promise<Line[]> {
  const connection = new Connection(commandOf(options));
  const lines: Line[] = [];
  try {
    await connection.ask({ kind: "start", eval: module });
    await define(connection, module);
    if (module === "hello") await greet(connection);
    for (const workload of workloads) {
      if (workload.module !== module || !nameOf(workload).includes(options.filter)) continue;
      try {
        lines.push(await lineOf(connection, workload));
      } catch (error) {
        complain(error, `${nameOf(workload)}: `);
      }
    }
  } finally {
    const code = await connection.close();
    if (code !== 0) complain(`driver: expected the tool to end with code 0, got ${code}`);
  }
  return lines;
}

async function drive(): Promise<void> {
  console.log(`Node ${process.versions.node}, V8 ${process.versions.v8}, ${cpus()[0]?.model.trim() ?? "unknown processor"}`);
  console.log(
    `Medians. C: the derivative by hand, gcc -O3 -march=native${programs ? "" : ", which is not here"}; round trip: a message and its response with one run, tracing and compiling included`,
  );
  await linesOf("hello");
  const report: Line[] = [];
  const chosen = workloads.filter((workload) => nameOf(workload).includes(options.filter));
  for (const module of new Set(chosen.map((workload) => workload.module))) {
    const lines = await linesOf(module);
    if (lines.length > 0) console.log(`\n${table(lines)}`);
    report.push(...lines);
  }
  if (options.json === undefined) return;
  writeFileSync(options.json, `${JSON.stringify({ node: process.versions.node, v8: process.versions.v8, gradbench: report }, null, 2)}\n`);
}

try {
  await drive();
} catch (error) {
  complain(error);
} finally {
  programs?.dispose();
}
