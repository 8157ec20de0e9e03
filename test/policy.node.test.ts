/** Pages in Chromium whose Content-Security-Policy forbids WebAssembly, or allows it: "auto" evaluates on both, and what cannot says why. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { type Browser, chromium } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromiumArguments, chromiumNotice, chromiumPath } from "./bundles/chromium.js";
import { serve } from "./bundles/serve.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
let site: string;
let browser: Browser | undefined;

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), "wengert-policy-"));
  await esbuild.build({
    bundle: true,
    format: "esm",
    target: "es2022",
    entryPoints: [join(root, "test/bundles/policy.ts")],
    alias: { wengert: join(root, "dist/index.js") },
    outfile: join(site, "main.js"),
  });
  writeFileSync(
    join(site, "index.html"),
    `<!doctype html><meta charset="utf-8"><body></body><script type="module" src="main.js"></script>`,
  );
  if (chromiumPath !== undefined) browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(site, { recursive: true, force: true });
});

/** What the page says of itself under a policy. */
async function under(browser: Browser, policy: string): Promise<unknown> {
  const server = await serve(site, { "Content-Security-Policy": policy });
  const page = await browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return JSON.parse(await page.locator("body:not(:empty)").innerText({ timeout: 20_000 }));
  } finally {
    await page.close();
    server.close();
  }
}

const gradient = [2.5838531634528574, 2];
const refused =
  "expected a page that may compile WebAssembly, got one whose Content-Security-Policy lacks 'wasm-unsafe-eval' \\(.+\\)\\. Add";
const matching = (pattern: string): unknown => expect.stringMatching(new RegExp(`^${pattern}`));

test("a page that forbids WebAssembly", async (context) => {
  if (browser === undefined) return context.skip(chromiumNotice);
  const thrown = matching(`compile: ${refused} 'wasm-unsafe-eval' to its script-src, or use engine "reference"$`);
  expect(await under(browser, "script-src 'self'")).toEqual({
    gradient,
    sameBits: true,
    recorded: gradient,
    auto: "reference",
    kernel: thrown,
    jit: thrown,
    jitAsync: thrown,
    autoAsync: "reference",
    module: matching(`loadModule: ${refused} 'wasm-unsafe-eval' to its script-src$`),
    warnings: [matching(`compile: ${refused} .* until then functions run on the reference engine`)],
  });
}, 60_000);

test("a page that allows it", async (context) => {
  if (browser === undefined) return context.skip(chromiumNotice);
  expect(await under(browser, "script-src 'self' 'wasm-unsafe-eval'")).toEqual({
    gradient,
    sameBits: expect.any(Boolean) as boolean,
    recorded: gradient,
    auto: "kernel",
    kernel: "kernel",
    jit: "jit",
    jitAsync: "jit",
    autoAsync: "kernel",
    module: true,
    warnings: [],
  });
}, 60_000);
