/** The packed package, installed into an application, gives the right gradient in Node and from every bundler in Chromium. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { chromium, type Browser } from "playwright";
import * as vite from "vite";
import { afterAll, beforeAll, expect, test, type TestContext } from "vitest";
import webpack from "webpack";
import { chromiumArguments, chromiumNotice, chromiumPath } from "./bundles/chromium.js";
import { installPackage, root } from "./bundles/install.js";
import { serve } from "./bundles/serve.js";

const expected = [2.5838531634528574, 2];
let home: string;
let browser: Browser | undefined;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "wengert-bundles-"));
  installPackage(home);
  for (const name of ["app", "slim"]) {
    const source = readFileSync(join(root, "test/bundles", `${name}.ts`), "utf8");
    const { code } = await esbuild.transform(source, { loader: "ts", format: "esm", target: "es2022" });
    writeFileSync(join(home, `${name}.js`), code);
  }
  if (chromiumPath !== undefined) {
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
  }
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

test("node imports the package as it is", () => {
  const program = `globalThis.document = { body: {} }; await import("./app.js"); console.log(document.body.textContent)`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: home });
  expect(JSON.parse(output.toString())).toEqual(expected);
});

test("node imports every entry of the bare package", () => {
  const { exports } = JSON.parse(readFileSync(installed("package.json"), "utf8")) as { exports: Record<string, unknown> };
  const entries = Object.entries(exports).flatMap(([path, target]) => (typeof target === "string" ? [] : [`wengert${path.slice(1)}`]));
  const program = `
    const names = {};
    for (const entry of ${JSON.stringify(entries)}) names[entry] = Object.keys(await import(entry)).length;
    const { minimize, leastSquares } = await import("wengert/optimize");
    const { normalLogPdf } = await import("wengert/densities");
    const { neg, sub } = await import("wengert");
    for (const [name, value] of Object.entries(await import("wengert")))
      if (/^[A-Z]/.test(name) && value.name !== name) throw new Error(\`expected a class called \${name}, got \${value.name}\`);
    names.minimum = minimize((x) => neg(normalLogPdf(x, 2, 3)), 0).x.toFixed(6);
    names.fit = leastSquares((x) => [sub(x, 1), sub(x, 2)], 0).x;
    console.log(JSON.stringify(names));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: home });
  const { minimum, fit, ...counts } = JSON.parse(output.toString()) as Record<string, number | string>;
  expect(Object.keys(counts)).toEqual(entries);
  delete counts["wengert/register"]; // which has an effect and no names
  for (const [entry, count] of Object.entries(counts)) expect(count, entry).toBeGreaterThan(0);
  expect([minimum, fit]).toEqual(["2.000000", 1.5]);
});

test("node loads the slim entry from the kernel's subpath", () => {
  const program = `
    import { readFileSync } from "node:fs";
    import { fileURLToPath } from "node:url";
    globalThis.document = { body: {} };
    const kernel = readFileSync(fileURLToPath(import.meta.resolve("wengert/kernel.wasm")));
    globalThis.fetch = () => new Response(kernel);
    await import("./slim.js");
    console.log(document.body.textContent);`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: home });
  expect(JSON.parse(output.toString())).toEqual(expected);
});

test("a page without a bundler imports wengert.min.js", async (context) => {
  const site = newSite("plain");
  copyFileSync(installed("dist/wengert.min.js"), join(site, "wengert.min.js"));
  const app = readFileSync(join(home, "app.js"), "utf8").replace(`"wengert"`, `"./wengert.min.js"`);
  writePage(site, `<script type="module">${app}</script>`);
  await expectGradient(context, site);
}, 60_000);

test("esbuild", async (context) => {
  const site = newSite("esbuild");
  const options = { bundle: true, minify: true, format: "esm" } as const;
  await esbuild.build({ ...options, entryPoints: [join(home, "app.js")], outfile: join(site, "main.js") });
  writePage(site, `<script type="module" src="main.js"></script>`);
  await expectGradient(context, site);
}, 60_000);

test("esbuild, slim entry and a fetched kernel", async (context) => {
  const site = newSite("slim");
  const options = { bundle: true, minify: true, format: "esm" } as const;
  await esbuild.build({ ...options, entryPoints: [join(home, "slim.js")], outfile: join(site, "main.js") });
  copyFileSync(installed("dist/kernel.wasm"), join(site, "kernel.wasm"));
  writePage(site, `<script type="module" src="main.js"></script>`);
  await expectGradient(context, site);

  const kernel = readFileSync(installed("dist/kernel.wasm")).toString("base64");
  expect(readFileSync(join(site, "main.js"), "utf8")).not.toContain(kernel);
}, 60_000);

test("webpack", async (context) => {
  const site = newSite("webpack");
  await runWebpack({
    mode: "production",
    context: home,
    entry: "./app.js",
    output: { path: site, filename: "main.js" },
  });
  writePage(site, `<script defer src="main.js"></script>`);
  await expectGradient(context, site);
}, 60_000);

test("vite build", async (context) => {
  const site = newSite("vite");
  writePage(home, `<script type="module" src="./app.js"></script>`);
  await vite.build({
    root: home,
    configFile: false,
    logLevel: "warn",
    build: { outDir: site, emptyOutDir: false },
  });
  await expectGradient(context, site);
}, 60_000);

test("vite's development server", async (context) => {
  if (browser === undefined) return context.skip(chromiumNotice);
  writePage(home, `<script type="module" src="./app.js"></script>`);
  const server = await vite.createServer({
    root: home,
    configFile: false,
    logLevel: "warn",
    server: { host: "127.0.0.1", port: 0, watch: null },
  });
  try {
    await server.listen();
    const { port } = server.httpServer?.address() as AddressInfo;
    expect(await gradientShownAt(browser, port)).toEqual(expected);
  } finally {
    await server.close();
  }
}, 60_000);

function installed(file: string): string {
  return join(home, "node_modules/wengert", file);
}

function newSite(name: string): string {
  const site = join(home, "sites", name);
  mkdirSync(site, { recursive: true });
  return site;
}

function writePage(folder: string, script: string): void {
  writeFileSync(join(folder, "index.html"), `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body></body>${script}`);
}

function runWebpack(configuration: webpack.Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack(configuration, (error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString("errors-only")));
      else resolve();
    });
  });
}

async function expectGradient(context: TestContext, site: string): Promise<void> {
  if (browser === undefined) return context.skip(chromiumNotice);
  const server = await serve(site);
  try {
    expect(await gradientShownAt(browser, (server.address() as AddressInfo).port)).toEqual(expected);
  } finally {
    server.close();
  }
}

/** What the page at this port of the loopback address writes into its body, parsed; throws what the page throws. */
async function gradientShownAt(browser: Browser, port: number): Promise<unknown> {
  const page = await browser.newPage();
  try {
    const thrown = new Promise<never>((_, reject) => {
      page.on("pageerror", reject);
      page.on("console", (message) => {
        if (message.type() === "error") reject(new Error(message.text()));
      });
    });
    await Promise.race([thrown, page.goto(`http://127.0.0.1:${port}/`)]);
    const body = page.locator("body:not(:empty)");
    return JSON.parse(await Promise.race([thrown, body.innerText({ timeout: 20_000 })]));
  } finally {
    await page.close();
  }
}
