/** A page whose content security policy forbids eval but allows WebAssembly runs every engine, without a violation. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromiumArguments, chromiumNotice, chromiumPath } from "./bundles/chromium.js";
import { serve } from "./bundles/serve.js";

const bundle = fileURLToPath(new URL("../dist/wengert.min.js", import.meta.url));

/** Runs a gradient on each engine; shows the results, or why there are none, and the violations that the page heard of. */
const script = `
  const violations = [];
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    violations.push(effectiveDirective + " " + blockedURI));
  const { compile, grad, mul, sin } = await import("./wengert.min.js");
  const gradient = grad(([x, y]) => mul(x, y).add(sin(x)));
  const results = {};
  for (const engine of ["kernel", "jit", "auto"])
    try {
      const step = compile(gradient, [[2, 3]], { engine });
      for (let i = 0; i < 200_000; i++) step.run(); // so often that "auto" may well change engines
      results[engine] = step([2, 3]);
    } catch (error) {
      results[engine] = String(error);
    }
  await new Promise((done) => setTimeout(done)); // violations are heard of in a task of their own
  document.body.textContent = JSON.stringify({ results, violations });`;

/** What a page shows, and what its console says is wrong. */
interface Shown {
  readonly results: Readonly<Record<string, unknown>>;
  readonly violations: readonly string[];
  readonly complaints: readonly string[];
}

let site: string;
let browser: Browser | undefined;

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), "wengert-security-"));
  copyFileSync(bundle, join(site, "wengert.min.js"));
  writeFileSync(join(site, "main.js"), script);
  writeFileSync(
    join(site, "index.html"),
    `<!doctype html><meta charset="utf-8"><script type="module" src="main.js"></script><body></body>`,
  );
  if (chromiumPath !== undefined) browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(site, { recursive: true, force: true });
});

/** Opens the page under a policy on scripts, everything else being forbidden. */
async function open(browser: Browser, scripts: string): Promise<Shown> {
  const server = await serve(site, { "Content-Security-Policy": `default-src 'none'; script-src ${scripts}` });
  const page = await browser.newPage();
  try {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const shown = await page.locator("body:not(:empty)").innerText({ timeout: 20_000 });
    return { ...(JSON.parse(shown) as Omit<Shown, "complaints">), complaints };
  } finally {
    await page.close();
    server.close();
  }
}

test("'wasm-unsafe-eval' is all that engines need", async (context) => {
  if (browser === undefined) return context.skip(chromiumNotice);
  const gradient = [2.5838531634528574, 2];
  expect(await open(browser, "'self' 'wasm-unsafe-eval'")).toEqual({
    results: { kernel: gradient, jit: gradient, auto: gradient },
    violations: [],
    complaints: [],
  });
}, 60_000);

test("without it no engine compiles, and auto evaluates without", async (context) => {
  if (browser === undefined) return context.skip(chromiumNotice);
  const { results, violations } = await open(browser, "'self'");
  const refused: unknown = expect.stringMatching(
    /^Error: compile: expected a page that may compile WebAssembly, .* lacks 'wasm-unsafe-eval' .*Content Security Policy directive: "script-src 'self'"/,
  );
  expect(results).toEqual({ kernel: refused, jit: refused, auto: [2.5838531634528574, 2] });
  expect(new Set(violations)).toEqual(new Set(["script-src wasm-eval"]));
}, 60_000);
