/**
 * Builds everything that is not checked in: the kernel, dist/ and the one-file browser bundle.
 *
 *     tsx scripts/build.ts             builds
 *     tsx scripts/build.ts --if-stale  builds when a source has changed since the last build
 */
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Plugin } from "esbuild";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withCallGraph } from "./callgraph.js";
import { printKernel } from "./kerneltext.js";
import { loaderWithoutText } from "./loader.js";
import { smallParser } from "./parser.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const kernelWasm = "dist/kernel.wasm";
const kernelModule = "src/engines/kernel/generated/kernel.ts";
const bundleFile = "dist/wengert.min.js";
const stampFile = "node_modules/.cache/wengert/built-from";

/** What servers install, and what their hosts have. */
const SERVERS = ["piscina", "bullmq", "ioredis", "hyparquet", "node:*"];

process.chdir(root);
if (process.argv.includes("--if-stale") && isFresh()) process.exit(0);

const start = performance.now();
try {
  rmSync("dist", { recursive: true, force: true });
  await step("generate", generateSources);
  await step("kernel", compileKernel);
  await step("types", compileTypes);
  await step("modules", bundleModules);
  await step("threads", bundleThreads);
  await step("tools", bundleTools);
  await step("pictures", bundlePictures);
  await step("bundle", bundleForBrowsers);
  writeText(stampFile, hashOfSources());
  console.log(`built dist/ in ${((performance.now() - start) / 1000).toFixed(1)} s`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function step(name: string, run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    throw new Error(`build: step "${name}" failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function generateSources(): Promise<void> {
  const { generate } = await import("./generate.js");
  generate(root);
}

/** Compiles assembly/ with the options of asconfig.json; the entry is named here, since every asc run would obey it there. */
function compileKernel(): void {
  runTool("assemblyscript/bin/asc.js", "assembly/index.ts", "--outFile", kernelWasm);
  const kernel = withCallGraph(readFileSync(kernelWasm));
  writeFileSync(kernelWasm, kernel);
  writeText(kernelModule, printKernel(kernel));
}

function compileTypes(): void {
  runTool("typescript/bin/tsc", "-p", "tsconfig.build.json");
}

/**
 * Bundles the entries with what they share in files of their own: with fifty modules Node took 62 ms to a first gradient, with three it takes 26.
 * An app installs nothing else: the loader is in them, and parsers in the entries that use them.
 */
async function bundleModules(): Promise<void> {
  const esbuild = await import("esbuild");
  await esbuild.build({
    entryPoints: ["index", "slim", "optimize", "densities", "native", "nativebuilt", "pool", "distributed"].map((name) => `src/${name}.ts`),
    outdir: "dist",
    bundle: true,
    splitting: true,
    external: SERVERS,
    plugins: [loaderWithoutText, smallParser],
    format: "esm",
    target: "es2022",
    chunkNames: "core-[hash]",
    tsconfigRaw: "{}",
    logLevel: "warning",
  });
}

/** What threads of servers run, each with its own copy of what it needs: shared with the entries, that would be in five more files, which all load. */
async function bundleThreads(): Promise<void> {
  const esbuild = await import("esbuild");
  await esbuild.build({
    entryPoints: ["src/poolworker.ts", "src/shardworker.ts", "src/shardreader.ts"],
    outdir: "dist",
    bundle: true,
    external: SERVERS,
    plugins: [loaderWithoutText],
    format: "esm",
    target: "es2022",
    tsconfigRaw: "{}",
    logLevel: "warning",
  });
}

/** What runs while others build: the plugin, the loader hook and what registers it. Of their packages unplugin alone is the user's, for bundlers load parts of it by name. */
async function bundleTools(): Promise<void> {
  const esbuild = await import("esbuild");
  await esbuild.build({
    entryPoints: ["src/plugin.ts", "src/hook.ts", "src/register.ts"],
    outdir: "dist",
    bundle: true,
    splitting: true,
    platform: "node",
    external: ["unplugin"],
    format: "esm",
    target: "es2022",
    chunkNames: "tools-[hash]",
    legalComments: "inline",
    tsconfigRaw: "{}",
    logLevel: "warning",
  });
}

/** `wengert/pictures` is one file with its own copy of all that it needs, layout included, so that pages without a bundler import it beside `wengert/bundle`. */
async function bundlePictures(): Promise<void> {
  const esbuild = await import("esbuild");
  const licences = ["dagre", "graphlib"].map(
    (name) => `@dagrejs/${name}\n\n${readFileSync(`node_modules/@dagrejs/${name}/LICENSE`, "utf8").trim()}`,
  );
  await esbuild.build({
    entryPoints: ["src/pictures.ts"],
    outdir: "dist",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    plugins: [loaderWithoutText],
    banner: { js: `/*! Contains ${licences.join("\n\n")}\n*/` },
    tsconfigRaw: "{}",
    logLevel: "warning",
  });
}

/** Leaves the texts of written-out functions out of the bundle, of which they would be a ninth: `wengert/pictures` has them. */
function withoutSources(): Plugin {
  const contents = `export function printSource(): never {
    throw new TypeError('toSource: expected a library with the texts of its functions, got wengert/bundle. Call toSource(traced) of wengert/pictures');
  }`;
  return {
    name: "without sources",
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/]source[\\/]source\.ts$/ }, () => ({ loader: "ts", contents }));
    },
  };
}

/** esbuild bundles and folds; terser then gives the names, alike from function to function, which takes 2 kB less when gzipped. */
async function bundleForBrowsers(): Promise<void> {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const [esbuild, terser] = await Promise.all([import("esbuild"), import("terser")]);
  const { outputFiles } = await esbuild.build({
    entryPoints: ["src/index.ts"],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    tsconfigRaw: "{}",
    plugins: [loaderWithoutText, withoutSources()],
    write: false,
    logLevel: "warning",
  });
  const { code } = await terser.minify(outputFiles[0]!.text, {
    module: true,
    compress: { ecma: 2020, passes: 3 },
    format: { ecma: 2020, preamble: `/*! wengert ${version}, MIT; contains @assemblyscript/loader, Apache-2.0 */` },
  });
  writeText(bundleFile, `${code}\n`);
}

/** Runs a tool in a process of its own: inside this one, tsx would first rewrite the whole compiler, which takes 8 s for asc. */
function runTool(script: string, ...args: string[]): void {
  const path = createRequire(import.meta.url).resolve(script);
  const { status } = spawnSync(process.execPath, [path, ...args], { stdio: "inherit" });
  if (status !== 0) throw new Error(`${basename(path)} reported the errors above`);
}

function isFresh(): boolean {
  return [bundleFile, kernelModule, stampFile].every((file) => existsSync(file)) && readFileSync(stampFile, "utf8") === hashOfSources();
}

/** A digest of the names and contents of everything the build reads. */
function hashOfSources(): string {
  const folders = ["src", "assembly", "scripts"];
  const files = ["package-lock.json", "package.json", "asconfig.json", "tsconfig.json", "tsconfig.build.json"];
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
    }
  }
  const hash = createHash("sha256");
  for (const file of files.filter((name) => name !== join(kernelModule)).sort()) {
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function writeText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
