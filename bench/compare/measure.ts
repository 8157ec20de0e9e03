/** Measures contenders on workloads, one process after another. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Build, type Measured as NativeMeasured, nativePrograms } from "../native/native.js";
import { type Contender } from "./contenders.js";
import { type Errors, errorsOf } from "./errors.mjs";
import { type Workload } from "./workloads.js";

/** What was measured: the quartiles of one gradient's time, what a fresh process pays before, and how far the results are off. */
export interface Measured {
  readonly ok: true;
  readonly nanoseconds: { readonly p25: number; readonly p50: number; readonly p75: number };
  /** How many gradients were timed. */
  readonly gradients?: number;
  readonly milliseconds?: { readonly import: number; readonly build: number; readonly first: number };
  readonly errors: Errors;
  /** The beginning of the results' SHA-256. */
  readonly digest?: string;
}

/** What was measured, or why nothing was. */
export type Outcome = Measured | { readonly ok: false; readonly reason: string };

/** How long to time, and how long to wait for a process. */
interface Patience {
  readonly seconds: number;
  readonly timeout: number;
}

/** How many rounds C is timed in. */
const ROUNDS = 9;

/** How many times to look for dist/, which a build takes away for a moment, and how long to wait in between. */
const [LOOKS, PAUSE] = [10, 1000];

const failed = (reason: string): Outcome => ({ ok: false, reason });

const worker = join(import.meta.dirname, "worker.mjs");

/** Runs the worker, and reads its last line or the reason why there is none. */
function inProcess(library: string, path: string, { seconds, timeout }: Patience): Outcome {
  const args = ["--expose-gc", worker, library, path, String(seconds)];
  const options = { encoding: "utf8", timeout: 1e3 * timeout, killSignal: "SIGKILL", maxBuffer: 2 ** 28 } as const;
  const { error, signal, status, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (error) return failed("code" in error && error.code === "ETIMEDOUT" ? `takes more than ${timeout} s` : error.message);
  const complaints = stderr.split("\n").filter((line) => line.trim() !== "");
  const last = stdout.trim().split("\n").at(-1);
  if (last.startsWith("{")) {
    const outcome = JSON.parse(last) as Outcome;
    const panic = complaints.find((line) => line.includes("panicked at"));
    return outcome.ok || panic === undefined ? outcome : failed(`${outcome.reason}: ${panic}`);
  }
  if (stderr.includes("out of memory")) return failed("out of memory");
  const what = complaints.find((line) => line.includes("Error")) ?? complaints[0] ?? "no output";
  return failed(`ends by ${signal ?? `status ${status}`}: ${what}`);
}

/** Runs the worker again while dist/ is being built. */
async function patiently(library: string, path: string, patience: Patience): Promise<Outcome> {
  for (let look = 1; ; look++) {
    const outcome = inProcess(library, path, patience);
    if (outcome.ok || look === LOOKS || !/Cannot find module .*dist/.test(outcome.reason)) return outcome;
    await setTimeout(PAUSE);
  }
}

/** What measures: give it back by `dispose`. */
interface Stopwatch {
  readonly measure: (contender: Contender, workload: Workload) => Promise<Outcome>;
  readonly dispose: () => void;
}

/** Writes the workloads' data to files, and compiles what is written in C. */
export function stopwatch(workloads: readonly Workload[], patience: Patience): Stopwatch {
  const folder = mkdtempSync(join(tmpdir(), "wengert-compare-"));
  const programs = nativePrograms();
  const paths = new Map(workloads.map((workload, i) => [workload, join(folder, `${i}.json`)]));
  for (const [{ native, truth }, path] of paths) writeFileSync(path, JSON.stringify({ ...native, inputs: [...native.inputs], truth }));

  const inC = (build: Build, { native, truth }: Workload): Outcome => {
    if (!programs) return failed("there is no gcc here");
    const run = (seconds: number): NativeMeasured => programs.measure(build, native, truth.length - 1, seconds);
    const errors = errorsOf([...run(0).numbers], truth);
    const times = Array.from({ length: ROUNDS }, () => run(patience.seconds / ROUNDS).nanoseconds).sort((a, b) => a - b);
    const quartile = (part: number): number => times[Math.round(part * (ROUNDS - 1))]!;
    return { ok: true, nanoseconds: { p25: quartile(0.25), p50: quartile(0.5), p75: quartile(0.75) }, errors };
  };
  return {
    async measure({ kind, way }, workload) {
      if ("absent" in way) return failed(way.absent);
      try {
        if ("gcc" in way) return inC(way.gcc, workload);
      } catch (error) {
        return failed((error as Error).message);
      }
      const path = paths.get(workload)!;
      return kind === "ours" ? patiently(way.library, path, patience) : inProcess(way.library, path, patience);
    },
    dispose() {
      programs?.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}
