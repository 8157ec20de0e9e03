/** `npm run bench:compare`: the same gradients in other libraries, one table from one run. `-- --help` lists the options. */
import { Command, InvalidArgumentError } from "commander";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { contenders } from "./contenders.js";
import { stopwatch } from "./measure.js";
import { type Finding, report } from "./report.js";
import { workloads } from "./workloads.js";

interface Options {
  readonly filter?: string;
  readonly only?: string;
  readonly json?: string;
  readonly seconds: number;
  readonly timeout: number;
}

/** An option that is part of one of the names. */
const partOf =
  (names: readonly string[]) =>
  (text: string): string => {
    if (names.some((name) => name.includes(text))) return text;
    throw new InvalidArgumentError(`Expected part of one of ${names.join("; ")}, got ${text}.`);
  };

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds < Infinity) return seconds;
  throw new InvalidArgumentError(`Expected a number above 0, got ${text}.`);
}

/** Installs the libraries where they are missing or older than the lock file; without them, their rows say so. */
function install(): void {
  const [lock, installed] = ["package-lock.json", "node_modules/.package-lock.json"].map((name) => join(import.meta.dirname, name)) as [
    string,
    string,
  ];
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  const args = ["ci", "--prefix", import.meta.dirname, "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", args, { stdio: ["ignore", "inherit", "inherit"], shell: process.platform === "win32" });
  if (status !== 0) console.error(`compare: expected npm ci to install the libraries, got status ${status}`);
}

/** The version of an installed package, or of this one. */
function versionOf(name: string): string {
  const path = name === "wengert" ? "../../package.json" : `node_modules/${name}/package.json`;
  const file = join(import.meta.dirname, path);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : "not installed";
}

/** What runs here, by name. */
function versions(packages: readonly string[]): Record<string, string> {
  const gcc = spawnSync("gcc", ["-dumpfullversion"], { encoding: "utf8" });
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    ...(gcc.status === 0 ? { gcc: gcc.stdout.trim() } : {}),
    ...Object.fromEntries(["wengert", ...packages].map((name) => [name, versionOf(name)])),
  };
}

const options = new Command("bench:compare")
  .description("Measures the same gradients here, in other libraries and by hand, each in a process of its own, one after another.")
  .allowExcessArguments(false)
  .option("--filter <workload>", "only workloads with this in their name", partOf(workloads.map(({ name }) => name)))
  .option("--only <contender>", "only contenders with this in their name", partOf(contenders.map(({ name }) => name)))
  .option("--json <file>", "also writes everything as JSON")
  .option("--seconds <s>", "how long to time each gradient, after as long a warm-up", secondsOf, 1)
  .option("--timeout <s>", "how long to wait for each process", secondsOf, 120)
  .parse()
  .opts<Options>();

install();
const chosen = contenders.filter(({ name }) => name.includes(options.only ?? ""));
const wanted = workloads.filter(({ name }) => name.includes(options.filter ?? ""));
const found = versions([...new Set(chosen.flatMap(({ packages }) => packages ?? []))]);
const processor = cpus()[0]?.model.trim() ?? "unknown processor";
console.log(
  `${Object.entries(found)
    .map((pair) => pair.join(" "))
    .join(", ")}; ${cpus().length} × ${processor}\n`,
);

const findings: Finding[] = [];
const { measure, dispose } = stopwatch(wanted, options);
try {
  for (const contender of chosen) {
    for (const workload of wanted) {
      const outcome = await measure(contender, workload);
      findings.push({ contender, workload, outcome });
      const result = outcome.ok ? `${(outcome.nanoseconds.p50 / 1e3).toPrecision(4)} µs` : outcome.reason;
      console.error(`${contender.name}, ${workload.name}: ${result}`);
    }
  }
} finally {
  dispose();
}
console.log(`\n${report(findings)}`);

if (options.json !== undefined) {
  const results = findings.map(({ contender, workload, outcome }) => ({ contender: contender.name, workload: workload.name, ...outcome }));
  const machine = { processor, cores: cpus().length, platform: `${process.platform} ${process.arch}` };
  const { seconds, timeout } = options;
  writeFileSync(options.json, `${JSON.stringify({ versions: found, machine, seconds, timeout, results }, null, 2)}\n`);
}
