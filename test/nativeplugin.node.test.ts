/** Native functions in TypeScript get their traced copies from every bundler, from Vite's server and from Node's loader hook. */
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rspack } from "@rspack/core";
import * as esbuild from "esbuild";
import { rolldown } from "rolldown";
import { rollup } from "rollup";
import type { UnpluginInstance } from "unplugin";
import * as vite from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import webpack from "webpack";
import { installPackage, root } from "./bundles/install.js";
import { rewriteModule } from "../src/native/plugin/module.js";

/** What the application shows. */
const expected = [6 + Math.sin(2), 3 + Math.cos(2), 2, 24, 4.5, 3, 22, 14, 22, 1];

let home: string;
let wengert: UnpluginInstance<undefined, false>;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "wengert-native-"));
  installPackage(home, ["unplugin"]);
  for (const name of ["native", "nativehelpers"]) {
    copyFileSync(join(root, `test/bundles/${name}.ts`), join(home, `${name}.ts`));
    const { code } = await esbuild.transform(readFileSync(join(home, `${name}.ts`), "utf8"), { loader: "ts", format: "esm" });
    writeFileSync(join(home, `plain${name}.js`), code.replace("./native", "./plainnative"));
  }
  writeFileSync(
    join(home, "strip.cjs"),
    `const esbuild = require(${JSON.stringify(join(root, "node_modules/esbuild"))});
     module.exports = function (code, map) {
       const done = this.async();
       esbuild.transform(code, { loader: "ts" }).then(({ code }) => done(null, code), done);
     };`,
  );
  ({ default: wengert } = (await import(pathToFileURL(join(home, "node_modules/wengert/dist/plugin.js")).href)) as {
    default: typeof wengert;
  });
}, 60_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What a module of the application shows when Node runs it. */
function shown(file: string, ...flags: string[]): unknown {
  const program = `globalThis.document = { body: {} }; await import(${JSON.stringify(pathToFileURL(join(home, file)).href)}); console.log(document.body.textContent)`;
  return JSON.parse(execFileSync(process.execPath, [...flags, "--input-type=module", "--eval", program], { cwd: home }).toString());
}

/** For bundlers that know nothing of TypeScript. */
const stripTypes = {
  name: "strip types",
  resolveId: (source: string, importer?: string) =>
    importer && source.startsWith("./") ? join(home, source.replace(/\.js$/, ".ts")) : null,
  async transform(code: string, id: string) {
    return id.endsWith(".ts") ? (await esbuild.transform(code, { loader: "ts", sourcefile: id })).code : null;
  },
};

const isPackage = (id: string): boolean => id.startsWith("wengert");

/** A compiler's run as a promise. */
const run = (
  compiler: { run(done: (error: Error | null, stats?: { hasErrors(): boolean; toString(): string }) => void): void } | null,
): Promise<void> =>
  new Promise((resolve, reject) =>
    compiler!.run((error, stats) => (error ? reject(error) : stats?.hasErrors() ? reject(new Error(stats.toString())) : resolve())),
  );

/** A configuration of webpack and Rspack. */
const packed = (name: string) => ({
  mode: "production" as const,
  context: home,
  entry: "./native.ts",
  target: "node20" as const,
  output: { path: home, filename: `${name}.mjs`, module: true, library: { type: "module" as const } },
  resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } },
  module: { rules: [{ test: /\.ts$/, use: join(home, "strip.cjs") }] },
});

/** The bundlers, one row each: how they make a module of the application. */
const bundlers: Readonly<Record<string, (name: string) => Promise<unknown>>> = {
  esbuild: (name) =>
    esbuild.build({
      absWorkingDir: home,
      entryPoints: ["native.ts"],
      outfile: `${name}.mjs`,
      bundle: true,
      minify: true,
      platform: "node",
      format: "esm",
      plugins: [wengert.esbuild()],
    }),
  vite: (name) =>
    vite.build({
      root: home,
      configFile: false,
      logLevel: "warn",
      plugins: [wengert.vite()],
      build: { ssr: "native.ts", outDir: ".", emptyOutDir: false, rollupOptions: { output: { entryFileNames: `${name}.mjs` } } },
    }),
  rollup: async (name) => {
    const bundle = await rollup({ input: join(home, "native.ts"), external: isPackage, plugins: [wengert.rollup(), stripTypes] });
    await bundle.write({ file: join(home, `${name}.mjs`), format: "es" });
  },
  rolldown: async (name) => {
    const bundle = await rolldown({ cwd: home, input: "native.ts", external: isPackage, plugins: [wengert.rolldown()] });
    await bundle.write({ file: join(home, `${name}.mjs`), format: "esm" });
  },
  webpack: (name) => run(webpack({ ...packed(name), experiments: { outputModule: true }, plugins: [wengert.webpack()] })),
  rspack: (name) => run(rspack({ ...packed(name), plugins: [wengert.rspack()] })),
};

test.each(Object.entries(bundlers))("%s", { timeout: 60_000 }, async (name, build) => {
  await build(`built-${name}`);
  expect(shown(`built-${name}.mjs`)).toEqual(expected);
});

test("vite's server, and again when the file has changed", { timeout: 60_000 }, async () => {
  const server = await vite.createServer({
    root: home,
    configFile: false,
    logLevel: "warn",
    plugins: [wengert.vite()],
    server: { middlewareMode: true, watch: null },
  });
  const page = globalThis as { document?: { body: { textContent?: string } } };
  try {
    page.document = { body: {} };
    await server.ssrLoadModule("/native.ts");
    expect(JSON.parse(page.document.body.textContent!)).toEqual(expected);
    const source = readFileSync(join(home, "native.ts"), "utf8");
    writeFileSync(join(home, "native.ts"), source.replace("x * y + Math.sin(x)", "x * y + Math.sin(x) * 0"));
    server.moduleGraph.invalidateAll();
    await server.ssrLoadModule("/native.ts");
    expect((JSON.parse(page.document.body.textContent!) as number[]).slice(0, 3)).toEqual([6, 3, 2]);
    writeFileSync(join(home, "native.ts"), source);
  } finally {
    delete page.document;
    await server.close();
  }
});

describe("node --import wengert/register", () => {
  const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/loader.mjs")).href;
  const orders = {
    "behind tsx": ["--import", tsx, "--import", "wengert/register"],
    "before tsx": ["--import", "wengert/register", "--import", tsx],
  };

  test("JavaScript", () => expect(shown("plainnative.js", "--import", "wengert/register")).toEqual(expected));

  test.each(Object.entries(orders))("TypeScript, %s", (_, flags) => expect(shown("native.ts", ...flags)).toEqual(expected));

  test.each(Object.entries(orders))("errors and their stacks name the lines of the file, %s", (_, flags) => {
    const program = `globalThis.document = { body: {} };
      const { thrown } = await import(${JSON.stringify(pathToFileURL(join(home, "native.ts")).href)});
      const { grad } = await import("wengert");
      grad(thrown)(2);`;
    const { stderr } = spawnSync(process.execPath, ["--enable-source-maps", ...flags, "--input-type=module", "--eval", program], {
      cwd: home,
    });
    expect(stderr.toString()).toMatch(/expected plain values for \|, got the traced args\[0\] at line 40, column 10 of .*native\.ts/);
    expect(stderr.toString()).toMatch(/native\.ts:40:10/);
  });
});

/** Modules that are refused, and what the error says. */
const refusals: readonly (readonly [name: string, code: string, says: RegExp])[] = [
  ["what cannot be traced", "native((x: number) => {\n  try { return x; } catch { return 0; }\n});", /got try at line 3, column 3 of app\.ts\. Test what/],
  ["the same in a function by name", "function f(x: number) { try { return x; } catch { return 0; } }\nnative(f);", /got try at line 2, column 25 of app\.ts/],
  ["native of something else", "declare const g: (x: number) => number;\nnative(g);", /native of what is no function of this module at line 3, column 8/],
  ["native of an import", 'import { g } from "./g.js";\nnative(g);', /native of what is no function of this module/],
  ["native that is not called", "[(x: number) => x].map(native);", /native where it is not called at line 2, column 24/],
  ["native of nothing", "native();", /native of no function at line 2, column 1/],
  ["an assignment outside", "let n = 0;\nnative((x: number) => (n += x));", /an assignment to n, which is declared outside the function at line 3, column 24/],
]; // prettier-ignore

const options = { text: "app.ts", isTypeScript: true, hasJsx: false };

test.each(refusals)("refuses %s", (_, code, says) => {
  expect(() => rewriteModule(`import { native } from "wengert/native";\n${code}`, options)).toThrow(says);
});

test("what is not native stays byte for byte", () => {
  const own = `const native = (x: unknown) => x;\nexport const f = native((x: number) => x * 2);\n`;
  expect(rewriteModule(own, options)).toBeUndefined();
  expect(rewriteModule(`// "wengert/native"\n${own}`, options)).toBeUndefined();
  const shadowed = `import { native } from "wengert/native";\nexport const f = (native: (x: unknown) => unknown) => native((x: number) => x * 2);\n`;
  expect(rewriteModule(shadowed, options)!.code).toContain(shadowed.split("\n")[1]);
});
