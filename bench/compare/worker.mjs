/**
 * Measures one library on one workload: `node --expose-gc worker.mjs LIBRARY WORKLOAD.json SECONDS` prints a line of JSON.
 * LIBRARY is a file of libraries/ without its suffix, and what its `build` is given after the problem, parted by colons.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { errorsOf } from "./errors.mjs";
import { problemOf } from "./problem.mjs";

/** What takes fewer nanoseconds is timed many at once. */
const BRIEF = 5000;

/** The milliseconds that a step takes, and what it returns. */
async function timed(run) {
  const start = performance.now();
  const result = await run();
  return [performance.now() - start, result];
}

/** Runs for a while, so that what compiles when it is hot is compiled. */
async function warmUp(evaluate, seconds) {
  const start = performance.now();
  do await evaluate();
  while (performance.now() - start < 1e3 * seconds);
}

/** The one-off cost in this fresh process, then how far the results are off, then the time of one gradient. */
async function measureLibrary(library, problem, truth, seconds) {
  const [file, ...options] = library.split(":");
  const [imported, { build }] = await timed(() => import(`./libraries/${file}.mjs`));
  const [built, { evaluate, result }] = await timed(() => build(problem, ...options));
  const [first] = await timed(evaluate);

  const numbers = result();
  const errors = errorsOf(numbers, truth);

  const { measure } = await import("mitata");
  await warmUp(evaluate, seconds);
  const { p25, p50, p75, ticks } = await measure(evaluate, { min_cpu_time: 1e9 * seconds, batch_threshold: BRIEF });
  const digest = createHash("sha256").update(Float64Array.from(numbers)).digest("hex").slice(0, 16);
  return {
    ok: true,
    nanoseconds: { p25, p50, p75 },
    gradients: ticks,
    milliseconds: { import: imported, build: built, first },
    errors,
    digest,
  };
}

const [library, path, seconds] = process.argv.slice(2);
const { truth, ...native } = JSON.parse(readFileSync(path, "utf8"));
const outcome = await measureLibrary(library, problemOf(native), truth, Number(seconds)).catch((error) => ({
  ok: false,
  reason: String(error instanceof Error ? error.message : error).split("\n")[0],
}));
process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit());
