/** The bytes that the library adds to an application, bundled and minified by esbuild, plain and gzipped. */
import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type Bench, type Line } from "./bench.js";

const dist = (file: string): string => fileURLToPath(new URL(`../dist/${file}`, import.meta.url));

/** What an entry adds to an application that has the library: its own module. */
const own = async (file: string): Promise<Uint8Array> => {
  const { outputFiles } = await build({ entryPoints: [dist(file)], minify: true, format: "esm", target: "es2022", write: false });
  return outputFiles[0]!.contents;
};

async function bundle(file: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [dist(file)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]!.contents;
}

const line = (part: string, bytes: Uint8Array): Line => ({ part, bytes: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length });

export const sizeBench: Bench = {
  name: "size",
  title: "Bundles",
  async run() {
    const [whole, slim] = await Promise.all([bundle("index.js"), bundle("slim.js")]);
    const [optimize, densities] = await Promise.all([own("optimize.js"), own("densities.js")]);
    return [
      line("wengert, kernel inlined", whole),
      line("wengert/slim", slim),
      line("kernel.wasm", readFileSync(dist("kernel.wasm"))),
      line("wengert/optimize beyond the library", optimize),
      line("wengert/densities beyond the library", densities),
    ];
  },
};
