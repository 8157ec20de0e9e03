/** Losses over columns beside hand-written gradients in C, on the same data: alternating rounds, medians, results compared before anything is timed. */
import { type Bench, type Line, median, type Settings } from "./bench.js";
import { timeOf } from "./time.js";
import { type Build, type Measured, nativePrograms, type NativePrograms } from "./native/native.js";
import { columnsWorkloads } from "./workloads/columns/index.js";
import { type Aims, type ColumnsWorkload, compared } from "./workloads/columns/workload.js";
import { numbersOf } from "./workloads/workload.js";

/** How many rounds each side is timed in. */
const ROUNDS = 7;

const builds: readonly Build[] = ["strict", "fast"];

/** Throws where two gradients differ by more than 1e-9, relative to each number. */
function compare(name: string, ours: readonly number[], theirs: Float64Array): void {
  if (ours.length !== theirs.length) throw new Error(`bench: expected ${theirs.length} numbers of ${name} as from C, got ${ours.length}`);
  ours.forEach((value, i) => {
    const wanted = theirs[i]!;
    if (!(Math.abs(value - wanted) <= 1e-9 * Math.max(Math.abs(value), Math.abs(wanted)))) {
      throw new Error(`bench: expected ${wanted} as from C for number ${i} of ${name}, got ${value}`);
    }
  });
}

/** The middle of rounds in µs, and how far they spread around it. */
function summary(side: string, rounds: readonly number[]): Line {
  const middle = median(rounds);
  const spread = (Math.max(...rounds) - Math.min(...rounds)) / middle;
  return { [`${side} µs`]: middle / 1e3, [`± ${side}`]: `${Math.round(50 * spread)} %` };
}

const aimed = (aim: Aims["kernel"]): string => ("timesC" in aim ? `≤ ${aim.timesC} ×` : `≤ ${aim.microseconds} µs`);

async function lineOf(workload: ColumnsWorkload, seconds: number, programs: NativePrograms | undefined): Promise<Line> {
  const { gradient, native } = workload.prepare();
  const steps = compared.map((engine) => ({ engine, step: gradient(engine), rounds: [] as number[] }));
  for (const { step } of steps) step.run();
  const [ours] = steps.map(({ step }) => numbersOf(step.outputs)) as [number[]];
  const inC = (build: Build, time: number): Measured => programs!.measure(build, native, ours.length - 1, time);
  const wanted = programs ? builds : [];
  for (const build of wanted) for (const { step } of steps) compare(workload.name, numbersOf(step.outputs), inC(build, 0).numbers);
  const c: Record<Build, number[]> = { strict: [], fast: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const { step, rounds } of steps) rounds.push(await timeOf(() => step.run(), seconds / ROUNDS));
    for (const build of wanted) c[build].push(inC(build, seconds / ROUNDS).nanoseconds);
  }
  for (const { step } of steps) step.dispose();
  return {
    workload: workload.about,
    ...(Object.assign({}, ...steps.map(({ engine, rounds }) => summary(engine, rounds))) as Line),
    ...(Object.assign({}, ...wanted.map((build) => summary(`${build} C`, c[build]))) as Line),
    ...(Object.assign(
      {},
      ...steps.map(({ engine, rounds }) => ({
        ...(programs ? { [`${engine} / strict C`]: median(rounds) / median(c.strict) } : {}),
        [`aim of ${engine}`]: aimed(workload.aims[engine]),
      })),
    ) as Line),
  };
}

export const columnsBench: Bench = {
  name: "columns",
  title:
    "A value and its gradient over columns, beside gradients written by hand in C: gcc -O3 -march=native, strict, and with -ffast-math",
  parts: columnsWorkloads.map(({ name }) => name),
  async run({ seconds, wants }: Settings) {
    const programs = nativePrograms();
    if (!programs) console.log("columns: there is no gcc here, so C is left out");
    const lines: Line[] = [];
    try {
      for (const workload of columnsWorkloads)
        if (wants("columns") || wants(workload.name)) lines.push(await lineOf(workload, seconds, programs));
    } finally {
      programs?.dispose();
    }
    return lines;
  },
};
