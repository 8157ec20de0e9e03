// Prints the largest error of every function in assembly/math against quadruple precision: tsx bench/accuracy/run.ts [--time] [--points n]
// [name …]
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { companions, domains } from "./domains.js";
import { compileMath, findFunctions, type Loop, type MathFunction, type MathModule } from "./module.js";
import { makePoints, type Points } from "./points.js";

const { values: options, positionals: wanted } = parseArgs({
  options: { time: { type: "boolean", default: false }, points: { type: "string", default: "120000" } },
  allowPositionals: true,
});

interface Worst {
  ulp: number;
  at: string;
  /** Where the true value is small and `absoluteBelow` is set. */
  absolute: number;
}

const scratch = mkdtempSync(join(tmpdir(), "wengert-accuracy-"));
const truthProgram = join(scratch, "truth");

function truthOf(name: string, points: Points, computed: Float64Array): Float64Array {
  const records = new Float64Array(3 * computed.length);
  computed.forEach((value, i) => records.set([points.a[i] ?? NaN, points.b[i] ?? NaN, value], 3 * i));
  const { stdout, status, stderr } = spawnSync(truthProgram, [name], { input: Buffer.from(records.buffer), maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`truth ${name}: ${stderr.toString()}`);
  return new Float64Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
}

function evaluate(math: MathModule, loop: Loop, points: Points): Float64Array {
  const n = points.a.length;
  // The module's own data lies below 64 kB.
  const [a, b, out] = [65536, 65536 + 8 * n, 65536 + 16 * n];
  new Float64Array(math.memory.buffer, a, n).set(points.a);
  new Float64Array(math.memory.buffer, b, n).set(points.b);
  loop(n, a, b, out);
  return new Float64Array(math.memory.buffer, out, n).slice();
}

/** How many values differ in their bits, NaN being one value. */
function countDifferent(x: Float64Array, y: Float64Array): number {
  return x.reduce((count, value, i) => count + (Object.is(value, y[i]) ? 0 : 1), 0);
}

function findWorst(name: string, points: Points, computed: Float64Array, truth: Float64Array): Worst {
  const absoluteBelow = domains[name]?.absoluteBelow ?? 0;
  const worst: Worst = { ulp: 0, at: "", absolute: 0 };
  for (let i = 0; i < computed.length; i++) {
    const [ulp = NaN, absolute = NaN, exact = NaN] = truth.subarray(3 * i, 3 * i + 3);
    if (Math.abs(exact) < absoluteBelow) {
      worst.absolute = Math.max(worst.absolute, absolute);
    } else if (!(ulp <= worst.ulp)) {
      worst.ulp = ulp;
      const operands = points.isPair ? `${points.a[i]}, ${points.b[i]}` : `${points.a[i]}`;
      worst.at = `${operands}${ulp > 100 ? ` gives ${computed[i]}, not ${exact}` : ""}`;
    }
  }
  return worst;
}

/** ns a value of the lanes form, over 512 ordinary points that stay in the first cache: the best of 15 rounds. */
function time(math: MathModule, { name, operands }: MathFunction): number {
  const loop = math.loops[`${name}_lanes`];
  const domain = domains[companions[name]?.[0] ?? name];
  if (!loop || !domain) return NaN;
  const points = makePoints({ ...domain, ranges: domain.ranges.slice(0, 1) }, operands, 512, 0);
  evaluate(math, loop, points);
  const [a, b, out] = [65536, 65536 + 8 * 512, 65536 + 16 * 512];
  let best = Infinity;
  for (let round = 0; round < 15; round++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < 400; i++) loop(512, a, b, out);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / (400 * 512));
  }
  return best;
}

function report(math: MathModule, found: MathFunction): void {
  const { name, operands } = found;
  const [lanes, scalar] = [math.loops[`${name}_lanes`], math.loops[`${name}_scalar`]];
  const domain = domains[name];
  if (!lanes || !scalar || !domain) return;
  const points = makePoints(domain, operands, Number(options.points), 1 / 3);
  const computed = evaluate(math, lanes, points);
  const different = countDifferent(computed, evaluate(math, scalar, points));
  const worst = findWorst(name, points, computed, truthOf(name, points, computed));
  const cells = [name.padEnd(14), worst.ulp.toFixed(3).padStart(14), (different ? `${different} differ` : "same").padStart(12)];
  if (options.time) cells.push(time(math, found).toFixed(2).padStart(8));
  cells.push(`  ${worst.at}`);
  if (domain.absoluteBelow) cells.push(`(absolute ${worst.absolute.toExponential(1)} where below ${domain.absoluteBelow})`);
  console.log(cells.join(" "));
}

/** Checks that a function with two results has the bits of the two functions. */
function reportPair(math: MathModule, found: MathFunction): void {
  const [first = "", second = ""] = companions[found.name] ?? [];
  const lanes = math.loops[`${found.name}_lanes`];
  const [firstAlone, secondAlone, domain] = [math.loops[`${first}_lanes`], math.loops[`${second}_lanes`], domains[first]];
  if (!lanes || !firstAlone || !secondAlone || !domain) return;
  const points = makePoints(domain, 1, Number(options.points), 1 / 3);
  const n = points.a.length;
  const firstResult = evaluate(math, lanes, points);
  const secondResult = new Float64Array(math.memory.buffer, 65536 + 8 * n, n).slice();
  const different =
    countDifferent(firstResult, evaluate(math, firstAlone, points)) + countDifferent(secondResult, evaluate(math, secondAlone, points));
  const cells = [found.name.padEnd(29), (different ? `${different} differ` : "same").padStart(12)];
  if (options.time) cells.push(time(math, found).toFixed(2).padStart(8));
  console.log(cells.join(" "));
}

// The optimising compiler from the start, or some loops would be timed before it is done with them.
setFlagsFromString("--no-liftoff");
try {
  execFileSync("gcc", ["-O2", join(import.meta.dirname, "truth.c"), "-lquadmath", "-lm", "-o", truthProgram], { stdio: "inherit" });
  const order = Object.keys(domains);
  const functions = findFunctions()
    .filter(({ name }) => !wanted.length || wanted.includes(name) || companions[name]?.every((part) => wanted.includes(part)))
    .sort((x, y) => order.indexOf(x.name) - order.indexOf(y.name));
  const math = await compileMath(functions);
  console.log(`${"function".padEnd(14)} ${"worst, ulp".padStart(14)} ${"scalar".padStart(12)}${options.time ? " ns/value" : ""}   at`);
  for (const found of functions.filter(({ stores }) => !stores)) report(math, found);
  for (const found of functions.filter(({ stores }) => stores)) reportPair(math, found);
  console.log(`module: ${math.size} bytes`);
} finally {
  rmSync(scratch, { recursive: true });
}
