/** Where and how the figures were measured, and what they do not say. */
import { commands, type Reports } from "../reports.js";

const files = { bench: "bench.json", compare: "compare.json", gradbench: "gradbench.json" } as const;

const what = {
  bench: "against C, and everything about the library alone",
  compare: "the field",
  gradbench: "GradBench",
} as const;

const names = ["compare", "bench", "gradbench"] as const;

/** The machine, the versions and the commands. */
export function conditions({ bench, compare, gradbench }: Reports): string {
  const { processor, cores, platform } = compare.machine;
  const runtimes = { compare: compare.versions, bench, gradbench };
  const runs = names.map((name) => {
    const { node, v8 } = runtimes[name];
    return `| ${what[name]} | \`${commands[name]} --json docs/benchmarks/${files[name]}\` | ${node} | ${v8} |`;
  });
  const { gcc } = compare.versions;
  return `## The machine, and how to measure again

${cores} cores of ${processor}, ${platform}${gcc === undefined ? "; no gcc" : `; gcc ${gcc}`}. Times are medians.

| | command | Node | V8 |
|---|---|---|---|
${runs.join("\n")}

\`npm run bench:plot\` draws the figures and writes this page from those files.`;
}

/** What keeps figures from being compared. */
export const limits = `## What can be compared, and what cannot

- **One table, one run.** Ratios inside a table hold; times of two tables, or of two machines, are not to be divided by each other.
- **C** is written by hand for each workload, single-threaded like everything here, and gcc compiles it for this very processor (\`-O3 -march=native\`); WebAssembly has two lanes at most. Strict C keeps to
  IEEE arithmetic, as wengert does. With \`-ffast-math\` gcc may reorder sums and use vector forms of exp and sin that are less precise, which changes results: it is a bound, not a rival.
- **float32.** TensorFlow.js and jax-js compute in float32, and jax-js's float64 takes exp, log and tanh through float32. A float32 is half as many bytes to move, and its gradients have about 6 digits.
- **Resident data.** \`step.run()\` and most libraries keep data where they compute. "copying" calls the compiled function with its arguments instead, which are copied in, as are results out. Rose copies what it is
  called with each time.
- **Central differences** are no derivative: they cost a third of the digits at best, and two evaluations for each number. They are here since they need no library.
- **GradBench's** C++ and the other tools were measured on another machine than wengert, so those ratios mix two machines. They show orders of magnitude.
- **Fresh processes.** Every contender of the field has a process of its own for each workload, warmed up before it is timed. What that hides is in the table of first gradients.`;
