/** What a process pays for its first gradient: dist/ imported, z = x·y + sin x traced, compiled and run, beyond what Node itself takes to start. */
import { spawnSync } from "node:child_process";
import { type Bench, median, timed } from "./bench.js";

const ROUNDS = 11;

const library = new URL("../dist/index.js", import.meta.url).href;

const programs: Record<string, string> = {
  nothing: "0",
  import: `import ${JSON.stringify(library)}`,
  "first gradient": `import { grad, mul, sin } from ${JSON.stringify(library)};
    const [x, y] = grad(([x, y]) => mul(x, y).add(sin(x)))([2, 3]);
    if (!(Math.abs(x - 2.5838531634528574) < 1e-14 && y === 2)) throw new Error("wrong gradient: " + [x, y]);`,
};

function runInProcess(name: string, program: string): number {
  const { ms, result } = timed(() => spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }));
  if (result.status !== 0) throw new Error(`bench: expected the program "${name}" to end well, got ${result.stderr}`);
  return ms;
}

export const startupBench: Bench = {
  name: "startup",
  title: "A fresh process, medians",
  run() {
    const times = Object.keys(programs).map((): number[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      Object.entries(programs).forEach(([name, program], k) => times[k]!.push(runInProcess(name, program)));
    }
    const [nothing] = times.map(median);
    return Object.keys(programs).map((program, k) => ({
      program,
      ms: median(times[k]!),
      "beyond Node's start ms": median(times[k]!) - nothing!,
    }));
  },
};
