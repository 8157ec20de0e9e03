/** What emitted code costs to make and when it pays: compile times in fresh processes, break-even points against the kernel. */
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Bench, type Line, median, type Settings } from "./bench.js";
import { measureBreakEven } from "./jit/breakeven.js";
import { measureLinkage } from "./jit/linkage.js";

const ROUNDS = 5;

/** The program that compiles, bundled as the library is shipped: tsx would slow what it translates. */
async function bundleChild(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), "wengert-")), "compile.mjs");
  const entry = fileURLToPath(new URL("jit/compile.ts", import.meta.url));
  await build({ entryPoints: [entry], bundle: true, platform: "node", format: "esm", target: "es2022", tsconfigRaw: "{}", outfile });
  return outfile;
}

/** What a process that compiles and calls one gradient reports. */
interface Compiled {
  readonly rows: number;
  readonly emitMs: number;
  readonly compileMs: number;
  readonly firstMs: number;
  readonly againMs: number;
  readonly bytes: number;
}

function compileInProcess(child: string, size: number): Compiled {
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, String(size)], { encoding: "utf8" });
  if (status !== 0) throw new Error(`bench: expected the process that compiles ${size} rows to end well, got ${stderr}`);
  return JSON.parse(stdout) as Compiled;
}

/** Emitting, compiling and a first call, each size in processes of its own. */
export const compileBench: Bench = {
  name: "jit-compile",
  title: "Emitted code, cold: a chain of a·b + c and its gradient in a fresh process, medians. Rows are those of the whole graph",
  async run() {
    const child = await bundleChild();
    const lines = [1e2, 1e3, 1e4, 1e5].map((size): Line => {
      const rounds = Array.from({ length: ROUNDS }, () => compileInProcess(child, size));
      const middle = (of: (round: Compiled) => number): number => median(rounds.map(of));
      const { rows, bytes } = rounds[0]!;
      return {
        rows,
        "emitted in ms": middle(({ emitMs }) => emitMs),
        "compiled in ms": middle(({ compileMs }) => compileMs),
        "first call ms": middle(({ firstMs }) => firstMs),
        "ready in ms": middle(({ emitMs, compileMs, firstMs }) => emitMs + compileMs + firstMs),
        "rows a second, emitted again": (1e3 * rows) / middle(({ againMs }) => againMs),
        "module bytes": bytes,
        "bytes a row": bytes / rows,
      };
    });
    rmSync(dirname(child), { recursive: true });
    return lines;
  },
};

/** When emitted code has made up for being compiled. */
export const breakEvenBench: Bench = {
  name: "jit-breakeven",
  title: "Calls after which emitted code has made up for being emitted and compiled, and the call at which auto moves to it",
  run({ seconds }: Settings) {
    return measureBreakEven(seconds);
  },
};

/** How emitted code reaches the mathematics. */
export const linkageBench: Bench = {
  name: "jit-linkage",
  title: "The kernel's mathematics copied into the module, and imported from an instance of the kernel on the same memory",
  run({ seconds }: Settings) {
    return measureLinkage(seconds);
  },
};
