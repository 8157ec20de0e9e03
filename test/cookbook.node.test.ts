/** The recipes of docs/cookbook.md that are files of applications, and the page of docs/start.md: run where they belong, beside the packed package. */
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import { chromium, type Browser, type Page } from "playwright";
import * as vite from "vite";
import { afterAll, beforeAll, expect, test, type TestContext } from "vitest";
import { chromiumArguments, chromiumNotice, chromiumPath } from "./bundles/chromium.js";
import { installPackage, root } from "./bundles/install.js";
import { serve } from "./bundles/serve.js";

const others = ["react", "react-dom", "scheduler", "babel-jest", "@babel/plugin-transform-modules-commonjs", "jest-environment-jsdom"];
const slope = [2.5838531634528574, 2];

const page = (name: string): string => readFileSync(join(root, "docs", name), "utf8");

/** The blocks of the cookbook that begin with the name of a file. */
const files = new Map([...page("cookbook.md").matchAll(/^```\w+\n\/\/ ([\w.]+)\n([^]*?)^```$/gm)].map(([, name, code]) => [name!, code!]));

let home: string;
let browser: Browser | undefined;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "wengert-cookbook-"));
  installPackage(home, others);
  if (chromiumPath !== undefined) browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** Writes files of the cookbook, and others, into a folder of the application. */
function write(folder: string, names: readonly string[], more: Readonly<Record<string, string>> = {}): string {
  const path = join(home, folder);
  mkdirSync(path, { recursive: true });
  for (const name of names) writeFileSync(join(path, name), files.get(name)!);
  for (const [name, text] of Object.entries(more)) writeFileSync(join(path, name), text);
  return path;
}

/** What the action gives on a page of the folder served; throws what the page throws. */
async function visit<T>(context: TestContext, folder: string, address: string, action: (page: Page) => Promise<T>): Promise<T> {
  if (browser === undefined) return context.skip(chromiumNotice);
  const server = await serve(folder);
  const page = await browser.newPage();
  try {
    const thrown = new Promise<never>((_, reject) => page.on("pageerror", reject));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${address}`);
    return await Promise.race([thrown, action(page)]);
  } finally {
    await page.close();
    server.close();
  }
}

test("every file is tried", () => {
  expect([...files.keys()]).toEqual(["App.jsx", "worker.js", "main.js", "notebook.js", "gradient.test.js", "jest.config.cjs"]);
});

test("the page of docs/start.md", async (context) => {
  const [, html] = /^```html\n([^]*?)^```$/m.exec(page("start.md"))!;
  writeFileSync(join(home, "start.html"), html!);
  const text = await visit(context, home, "start.html", (shown) => shown.locator("body:not(:empty)").innerText());
  expect(JSON.parse(text)).toEqual(slope);
}, 30_000);

test("React", async (context) => {
  const folder = write("react", ["App.jsx"], {
    "index.jsx": `import { createRoot } from "react-dom/client"; import { Slope } from "./App.jsx"; createRoot(document.body).render(<Slope />);`,
    "index.html": `<!doctype html><link rel="icon" href="data:,"><body></body><script type="module" src="app.js"></script>`,
  });
  await esbuild.build({
    entryPoints: [join(folder, "index.jsx")],
    outfile: join(folder, "app.js"),
    bundle: true,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    nodePaths: [join(root, "node_modules")],
    logLevel: "warning",
  });
  const shown = await visit(context, folder, "index.html", async (react) => {
    const output = react.locator("output");
    const first = await output.innerText();
    await react.locator("input").fill("3");
    return [first, await output.innerText()];
  });
  const expected = (x: number): string => `f = ${(x * Math.sin(x)).toFixed(4)}, f′ = ${(Math.sin(x) + x * Math.cos(x)).toFixed(4)}`;
  expect(shown).toEqual([expected(2), expected(3)]);
}, 30_000);

test("a worker, built by Vite", async (context) => {
  const folder = write("worker", ["worker.js", "main.js"], {
    "index.html": `<!doctype html><link rel="icon" href="data:,"><body></body><script type="module" src="./main.js"></script>`,
  });
  await vite.build({ root: folder, configFile: false, logLevel: "warn", worker: { format: "es" } });
  const text = await visit(context, join(folder, "dist"), "index.html", (built) => built.locator("body:not(:empty)").innerText());
  expect(text).toBe("2.000000 1.000000");
}, 60_000);

test("a notebook's module", async () => {
  const folder = write("notebook", ["notebook.js"]);
  for (const name of ["wengert.min.js", "pictures.js"]) copyFileSync(join(home, "node_modules/wengert/dist", name), join(folder, name));
  const module = (await import(pathToFileURL(join(folder, "notebook.js")).href)) as { slope: number[]; picture: string };
  expect(module.slope).toEqual(slope);
  expect(module.picture).toContain("v̄₋₁ = 2.584");
});

const jest = join(root, "node_modules/jest/bin/jest.js");
const kinds = [
  { kind: "modules", type: "module", environment: "node" },
  { kind: "modules", type: "module", environment: "jsdom" },
  { kind: "CommonJS", type: "commonjs", environment: "node" },
  { kind: "CommonJS", type: "commonjs", environment: "jsdom" },
];

test.each(kinds)(
  "Jest, $kind, in $environment",
  async ({ type, environment }) => {
    const common = type === "commonjs";
    const folder = write(`jest-${type}-${environment}`, ["gradient.test.js", ...(common ? ["jest.config.cjs"] : [])], {
      "package.json": JSON.stringify({ type }),
      ...(common ? {} : { "jest.config.cjs": "module.exports = { transform: {} };" }),
    });
    const args = [jest, "--rootDir", folder, "--config", join(folder, "jest.config.cjs"), "--env", environment, "--no-cache"];
    const env = { ...process.env, NODE_OPTIONS: common ? "" : "--experimental-vm-modules", VITEST: undefined, NODE_ENV: "test" };
    const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
    expect(stderr).toMatch(/Tests: +1 passed, 1 total/);
  },
  60_000,
);
