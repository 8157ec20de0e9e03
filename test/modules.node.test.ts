/** docs/modules.md and its example: the section on the page is the one that is written, sizes are as it says, and the example runs without the library. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { chromium } from "playwright";
import { beforeAll, describe, expect, test } from "vitest";
import { add, compile, loadModule, mul, sin, type Value, valueAndGrad } from "wengert";
import { chromiumArguments, chromiumNotice, chromiumPath } from "./bundles/chromium.js";
import { compiled } from "./engines.js";
import { erased } from "./modes.js";
import { programs } from "./programs.js";
import { sectionOf } from "./wasmhost.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = readFileSync(`${root}docs/modules.md`, "utf8");

describe("the page", () => {
  /** Without the numbers that depend on how much the kernel keeps in memory. */
  const withoutAddresses = (section: unknown): unknown =>
    JSON.parse(JSON.stringify(section), (key, value: unknown) => (key === "address" ? undefined : value));

  test("shows the section of its first example", () => {
    const shown: unknown = JSON.parse(/^```json\n([^]*?)^```$/m.exec(page)![1]!);
    const step = compile(
      valueAndGrad(([x, y]: [Value, Value]) => mul(x, y).add(sin(x))),
      [[2, 3]],
    );
    expect(withoutAddresses(sectionOf(step.toWasm()))).toEqual(withoutAddresses(shown));
  });

  test("says how many kB modules take, within a fifth", () => {
    const said = Array.from(page.matchAll(/\babout (\d+) kB/g), ([, kB]) => Number(kB));
    const { f, args } = programs.find(({ name }) => name === "network 2-16-16-1")!;
    const smallest = compile((x: Value) => add(x, 1), [1]).toWasm();
    const network = compiled(valueAndGrad(erased(f)), args, "jit").toWasm();
    const ratios = [smallest, network].map((bytes, i) => bytes.length / 1000 / said[i]!);
    expect(ratios.filter((ratio) => Math.abs(ratio - 1) > 0.2)).toEqual([]);
  });
});

test("a module of version 1, made before there were matrices, is read", () => {
  const step = loadModule<[{ w: Float64Array; b: number }, Float64Array], [number, unknown]>(
    readFileSync(`${root}test/modules/version1.wasm`),
  );
  const [value, gradient] = step({ w: Float64Array.of(1, 2, 3), b: 0.5 }, Float64Array.of(0.1, 0.2, 0.3));
  expect(value).toBeCloseTo(Math.sin(0.1) + 2 * Math.sin(0.2) + 3 * Math.sin(0.3) + 0.5, 14);
  expect(gradient).toEqual({ w: Float64Array.of(0.1, 0.2, 0.3).map(Math.sin), b: 1 });
});

test("loadModule alone weighs what the page says, and needs no kernel", async () => {
  const contents = `export { loadModule } from "./src/slim.ts";`;
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: "cjs",
    write: false,
  });
  const [said] = /grows by (\d+) kB/.exec(page)!.slice(1);
  expect(Math.round(gzipSync(outputFiles[0]!.text).length / 1000)).toBe(Number(said));
  const bundled = { exports: {} as { loadModule: typeof loadModule } };
  (runInThisContext(`(module) => {${outputFiles[0]!.text}}`) as (module: object) => void)(bundled);
  const bytes = compile((x: Value) => sin(x), [1]).toWasm();
  expect(bundled.exports.loadModule(bytes)(2)).toBe(Math.sin(2));
});

describe("the example prints the minimum of Rosenbrock's function", () => {
  const printed = /^f\(1\.000000, 1\.000000\) = \d\.\de-\d+$/m;
  beforeAll(() => void execFileSync(process.execPath, ["--import", "tsx", "examples/module.ts"], { cwd: root }));

  test("in Node", () => {
    expect(execFileSync(process.execPath, ["examples/module.mjs"], { cwd: root, encoding: "utf8" })).toMatch(printed);
  });

  test("in Chromium", async (context) => {
    if (chromiumPath === undefined) return context.skip(chromiumNotice);
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
    try {
      const tab = await browser.newPage();
      await tab.route("http://examples.test/**", async (route) => {
        const { pathname } = new URL(route.request().url());
        const path = `${root}examples${pathname}`;
        if (pathname === "/") await route.fulfill({ contentType: "text/html", body: `<script type="module" src="module.mjs"></script>` });
        else if (existsSync(path)) await route.fulfill({ path });
        else await route.fulfill({ status: 404 });
      });
      const message = tab.waitForEvent("console", { predicate: (message) => message.text().startsWith("f(") });
      await tab.goto("http://examples.test/");
      expect((await message).text()).toMatch(printed);
    } finally {
      await browser.close();
    }
  }, 30_000);
});
