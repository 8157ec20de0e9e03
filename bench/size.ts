/** The bytes that the library adds to an application, bundled and minified by esbuild, plain and gzipped. */
import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type Bench, type Line } from "./bench.js";

const dist = (file: string): string => fileURLToPath(new URL(`../dist/${file}`, import.meta.url));

async function bundle(...files: string[]): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: {
      contents: files.map((file, i) => `export * as part${i} from ${JSON.stringify(dist(file))};`).join("\n"),
      resolveDir: dist(""),
    },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]!.contents;
}

const line = (part: string, bytes: Uint8Array): { part: string; bytes: number; gzipped: number } => ({
  part,
  bytes: bytes.length,
  gzipped: gzipSync(bytes, { level: 9 }).length,
});

export const sizeBench: Bench = {
  name: "size",
  title: "Bundles",
  async run() {
    const [whole, slim, ...entries] = await Promise.all([
      bundle("index.js"),
      bundle("slim.js"),
      bundle("index.js", "optimize.js"),
      bundle("index.js", "densities.js"),
    ]);
    const parts = [
      line("wengert, kernel inlined", whole),
      line("wengert/slim", slim),
      line("kernel.wasm", readFileSync(dist("kernel.wasm"))),
    ];
    const beyond = (part: string, bytes: Uint8Array): Line => {
      const [all, library] = [line(part, bytes), parts[0]!];
      return { part, bytes: all.bytes - library.bytes, gzipped: all.gzipped - library.gzipped };
    };
    return [...parts, beyond("wengert/optimize beyond it", entries[0]), beyond("wengert/densities beyond it", entries[1])];
  },
};
