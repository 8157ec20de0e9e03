/** `npm run bench:plot`: draws the figures and writes docs/benchmarks.md from the reports in docs/benchmarks/. `-- --help` lists the options. */
import { Command } from "commander";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesOf } from "./files.js";
import { readReports } from "./reports.js";

interface Options {
  readonly from: string;
  readonly to: string;
}

const docs = join(import.meta.dirname, "../../docs");

const { from, to } = new Command("bench:plot")
  .description("Draws the figures and writes the page of the benchmarks from bench.json, compare.json and gradbench.json.")
  .allowExcessArguments(false)
  .option("--from <folder>", "where the reports are", join(docs, "benchmarks"))
  .option("--to <folder>", "where benchmarks.md and figures/ are written", docs)
  .parse()
  .opts<Options>();

try {
  for (const [name, text] of Object.entries(filesOf(readReports(from)))) {
    const path = join(to, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
