/** The hand-written gradients in C, built by gcc where there is one: strictly, and with -ffast-math. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Native } from "../workloads/columns/workload.js";

/** How C is compiled, by what the report calls it. */
const builds = {
  strict: ["-O3", "-march=native"],
  fast: ["-O3", "-march=native", "-ffast-math"],
} as const;

export type Build = keyof typeof builds;

/** What a program measured: the median time of one gradient, and its results. */
export interface Measured {
  readonly nanoseconds: number;
  /** The value, then the gradient. */
  readonly numbers: Float64Array;
}

/** The programs. */
export interface NativePrograms {
  /** Times a gradient of `count` numbers in a process of its own. */
  readonly measure: (build: Build, native: Native, count: number, seconds: number) => Measured;
  readonly dispose: () => void;
}

/** Compiles the programs; undefined where there is no gcc. */
export function nativePrograms(): NativePrograms | undefined {
  if (spawnSync("gcc", ["--version"]).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "wengert-native-"));
  const sources = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".c"));
  const paths = sources.map((name) => join(import.meta.dirname, name));
  for (const [name, flags] of Object.entries(builds)) {
    const { status, stderr } = spawnSync("gcc", [...flags, ...paths, "-lm", "-o", join(folder, name)], { encoding: "utf8" });
    if (status !== 0) throw new Error(`bench: expected gcc to compile bench/native, got ${stderr}`);
  }
  return {
    measure(build, { program, sizes, inputs }, count, seconds) {
      const { status, stdout, stderr } = spawnSync(join(folder, build), [program, count, seconds, ...sizes].map(String), {
        input: Buffer.from(inputs.buffer, inputs.byteOffset, inputs.byteLength),
        maxBuffer: 16 * (count + 2),
      });
      if (status !== 0) throw new Error(`bench: expected ${program} in C to end well, got ${stderr.toString()}`);
      const results = new Float64Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
      return { nanoseconds: results[0]!, numbers: results.subarray(1) };
    },
    dispose: () => rmSync(folder, { recursive: true }),
  };
}
