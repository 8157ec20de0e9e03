/** What the benches leave behind: the JSON of `npm run bench`, `bench:compare` and `gradbench:drive`. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Line } from "../bench.js";
import { type Outcome } from "../compare/measure.js";

/** What ran the benches. */
interface Runtime {
  readonly node: string;
  readonly v8: string;
}

/** `npm run bench`: lines by the names of the benches; those that were not run are missing. */
export type BenchReport = Runtime & Readonly<Record<string, readonly Line[] | string | undefined>>;

/** `npm run gradbench:drive`. */
export interface GradbenchReport extends Runtime {
  readonly gradbench: readonly Line[];
}

/** One contender on one workload. */
export type Result = Outcome & { readonly contender: string; readonly workload: string };

/** `npm run bench:compare`. */
export interface CompareReport {
  readonly versions: Runtime & Readonly<Record<string, string>>;
  readonly machine: { readonly processor: string; readonly cores: number; readonly platform: string };
  readonly seconds: number;
  readonly timeout: number;
  readonly results: readonly Result[];
}

/** All three. */
export interface Reports {
  readonly bench: BenchReport;
  readonly compare: CompareReport;
  readonly gradbench: GradbenchReport;
}

/** The commands that write the reports, by the files that they write. */
export const commands = {
  bench: "npm run bench --",
  compare: "npm run bench:compare --",
  gradbench: "npm run gradbench:drive --",
} as const satisfies Record<keyof Reports, string>;

/** Reads the reports of a folder. */
export function readReports(folder: string): Reports {
  const read = (name: keyof Reports): unknown => {
    const path = join(folder, `${name}.json`);
    if (!existsSync(path)) throw new Error(`bench:plot: expected a file ${path}. Run: ${commands[name]} --json ${path}`);
    return JSON.parse(readFileSync(path, "utf8"));
  };
  return {
    bench: read("bench") as BenchReport,
    compare: read("compare") as CompareReport,
    gradbench: read("gradbench") as GradbenchReport,
  };
}

/** The lines of one of the benches, none where it was not run. */
export function linesOf(report: BenchReport, name: string): readonly Line[] {
  const lines = report[name];
  return typeof lines === "object" ? lines : [];
}

/** Our multiple of hand-written C++ on a workload of GradBench, undefined where the driver has none. */
export function oursOn(report: GradbenchReport, workload: string): number | undefined {
  const ratio = report.gradbench.find((line) => line["workload"] === workload)?.["derivative / manual"];
  return typeof ratio === "number" ? ratio : undefined;
}
