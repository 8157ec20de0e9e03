/** `npm run bench`: kernel against reference, and what the library costs to load, to ship and to trace with. `-- --help` lists the options. */
import { Command, InvalidArgumentError } from "commander";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { type Bench, type Line, table } from "./bench.js";
import { callsBench } from "./calls.js";
import { columnsBench } from "./columns.js";
import { enginesBench } from "./engines.js";
import { followBench } from "./follow.js";
import { garbageBench } from "./garbage.js";
import { jacobianBenches } from "./jacobians.js";
import { mghBench, mghPublishedBench } from "./fitting/mgh.js";
import { iterationsBench } from "./fitting/iterations.js";
import { minimizingBench } from "./fitting/minimizing.js";
import { nistBench } from "./fitting/nist.js";
import { breakEvenBench, compileBench, linkageBench } from "./jit.js";
import { loopsBench } from "./loops.js";
import { mathematicsBench } from "./mathematics.js";
import { matricesBench, processBench } from "./matrices.js";
import { networkBench } from "./network.js";
import { memoryBench } from "./memory.js";
import { recordBench } from "./record.js";
import { scalingBench } from "./scaling.js";
import { sizeBench } from "./size.js";
import { startupBench } from "./startup.js";
import { tracingBench } from "./tracing.js";

/** The benches, in the order of the report: another is one file and one line here. */
const benches: readonly Bench[] = [
  enginesBench,
  columnsBench,
  compileBench,
  breakEvenBench,
  linkageBench,
  ...jacobianBenches,
  mathematicsBench,
  matricesBench,
  processBench,
  networkBench,
  scalingBench,
  memoryBench,
  followBench,
  garbageBench,
  tracingBench,
  callsBench,
  loopsBench,
  recordBench,
  nistBench,
  mghBench,
  mghPublishedBench,
  iterationsBench,
  minimizingBench,
  startupBench,
  sizeBench,
];

const namesOf = ({ name, parts }: Bench): readonly string[] => [name, ...(parts ?? [])];
const names = benches.flatMap(namesOf);

interface Options {
  readonly filter?: string;
  readonly json?: string;
  readonly seconds: number;
}

function filterOf(text: string): string {
  if (names.some((name) => name.includes(text))) return text;
  throw new InvalidArgumentError(`Expected part of one of ${names.join(", ")}, got ${text}.`);
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds < Infinity) return seconds;
  throw new InvalidArgumentError(`Expected a number above 0, got ${text}.`);
}

const options = new Command("bench")
  .description("Measures the engines side by side, and what the library costs to load, to ship and to trace with.")
  .allowExcessArguments(false)
  .option("--filter <name>", `only what has this in its name: ${names.join(", ")}`, filterOf)
  .option("--json <file>", "also writes everything as JSON")
  .option("--seconds <s>", "how long to time each gradient on each engine", secondsOf, 1)
  .parse()
  .opts<Options>();

const wants = (name: string): boolean => options.filter === undefined || name.includes(options.filter);
const report: Record<string, Line[]> = {};
console.log(`Node ${process.versions.node}, V8 ${process.versions.v8}, ${cpus()[0]?.model.trim() ?? "unknown processor"}`);
for (const bench of benches) {
  if (!namesOf(bench).some(wants)) continue;
  report[bench.name] = await bench.run({ seconds: options.seconds, wants });
  console.log(`\n${bench.title}\n${table(report[bench.name]!)}`);
}
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ node: process.versions.node, v8: process.versions.v8, ...report }, null, 2)}\n`);
