/** Prints what the machine needs from the op table, and the kernel from layouts and coefficients; `--check` compares it with the files instead of writing them. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { printGamma } from "./print/gamma.js";
import { printLanes } from "./print/lanes.js";
import { printLayout } from "./print/layout.js";
import { printMath, printMethods } from "./print/math.js";
import { printEvaluate, printRules, printTable } from "./print/table.js";
import { printKernelRows, printRows } from "./print/rows.js";
import { printLibrary } from "./print/source.js";
import { printSweeps } from "./print/sweeps.js";
import { printTape } from "./print/tape.js";

const files: Record<string, (root: string) => string> = {
  "src/ops/generated/table.ts": printTable,
  "src/passes/generated/rules.ts": printRules,
  "src/ops/generated/evaluate.ts": printEvaluate,
  "src/source/generated/library.ts": printLibrary,
  "src/trace/generated/math.ts": printMath,
  "src/trace/generated/methods.ts": printMethods,
  "src/engines/reference/generated/sweeps.ts": printSweeps,
  "src/engines/kernel/generated/rows.ts": printKernelRows,
  "assembly/generated/lanes.ts": printLanes,
  "assembly/generated/layout.ts": printLayout,
  "assembly/generated/rows.ts": printRows,
  "assembly/generated/gamma.ts": printGamma,
  "assembly/generated/sweeps.ts": printTape,
};

/** What a file is printed from, where that is not the op table. */
const sources: Readonly<Record<string, string>> = {
  "src/source/generated/library.ts": "src/ops",
  "assembly/generated/gamma.ts": "src/ops/special/coefficients.ts",
  "assembly/generated/layout.ts": "src/ops/layout.ts",
  "assembly/generated/rows.ts": "src/ops/kernelrows.ts",
  "src/engines/kernel/generated/rows.ts": "src/ops/kernelrows.ts",
};

/** Writes the generated files below `root`, or, when `check` is set, returns those that differ. */
export function generate(root: string, check = false): string[] {
  const stale: string[] = [];
  for (const [path, print] of Object.entries(files)) {
    const text = `// Generated from ${sources[path] ?? "src/ops/ops.ts"} by scripts/generate.ts. Do not edit.\n${print(root)}`;
    const file = `${root}/${path}`;
    let before: string | undefined;
    try {
      before = readFileSync(file, "utf8");
    } catch {
      before = undefined;
    }
    if (before === text) continue;
    stale.push(path);
    if (!check) writeFileSync(file, text);
  }
  return stale;
}

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes("--check");
  const stale = generate(root, check);
  if (check && stale.length > 0) {
    console.error(`generate: expected up-to-date generated files, got stale ${stale.join(", ")}. Run: npm run generate`);
    process.exitCode = 1;
  }
}
