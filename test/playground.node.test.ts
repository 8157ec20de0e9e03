/** The playground in Chromium: it runs what is typed, sweeps forward and back, says what is wrong at its line, and shows the library's numbers. */
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { grad, mul, sin, trace, type Value } from "wengert";
import { fragmentOf, programIn } from "../playground/address.js";
import { examples } from "../playground/examples.js";
import { chromiumArguments, chromiumPath } from "./bundles/chromium.js";
import { root } from "./bundles/install.js";
import { serve } from "./bundles/serve.js";

describe("the address", () => {
  test.each(examples)("holds $name", ({ code, args }) => expect(programIn(fragmentOf({ code, args }))).toEqual({ code, args }));
  test.each(["", "#", "#x", "#%%", fragmentOf(null as never), fragmentOf({ code: 1 } as never)])("holds no program: %j", (fragment) =>
    expect(programIn(fragment)).toBeUndefined(),
  );
});

describe.skipIf(chromiumPath === undefined)("in Chromium", () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "wengert-playground-"));
    await build({ configFile: join(root, "playground/vite.config.ts"), build: { outDir: folder } });
    server = await serve(folder);
    browser = await chromium.launch({ executablePath: chromiumPath!, args: chromiumArguments });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    page = await browser.newPage();
    errors = [];
    page.on("pageerror", ({ message }) => errors.push(message));
  });

  afterEach(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });

  const visit = (fragment = ""): Promise<unknown> =>
    page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html${fragment}`);
  const status = (): Promise<string> => page.locator("#status").innerText();
  const isDone = (): Promise<void> => expect.poll(status, { timeout: 20_000 }).toBe("Done.");
  const cells = (table: string): Promise<string[][]> =>
    page
      .locator(`${table} tbody tr`)
      .evaluateAll((rows) => rows.map((row) => [...(row as HTMLTableRowElement).cells].map(({ textContent }) => textContent)));
  const number = (text: string): number => Number(text.replace("−", "-"));

  /** Types a program in place of what is there, and its arguments. */
  async function type(code: string, args: string): Promise<void> {
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(code);
    await page.locator("#args").fill(args);
    await page.locator("#run").click();
  }

  test("shows the gradient of what is typed", async () => {
    await visit();
    await isDone();
    await type("const f = ([x, y]) => x * y + Math.sin(x);", "[0.5, 4]");
    await expect
      .poll(async () => (await cells("#gradient")).map(([, slope]) => number(slope!)), { timeout: 20_000 })
      .toEqual(grad(([x, y]: [Value, Value]) => mul(x, y).add(sin(x)))([0.5, 4]));
    expect((await cells("#gradient")).map(([name]) => name)).toEqual(["x", "y"]);
    const ways = await cells("#ways");
    expect(ways.map(([way]) => way)).toEqual([
      "numerical, forward",
      "numerical, central",
      "numerical, richardson",
      "symbolic",
      "automatic, forward",
      "automatic, reverse",
    ]);
    for (const [way, , slope] of ways) expect(number(slope!), way).toBeCloseTo(4 + Math.cos(0.5), way!.startsWith("numerical") ? 6 : 14);
    expect((await cells("#engines")).map(([engine]) => engine)).toEqual(["reference", "tape", "kernel", "jit"]);
    expect(await page.locator("#engines p").innerText()).toMatch(/[\d,]{5,} bytes/);
    expect(await page.locator("#errors svg[aria-label] path").count()).toBeGreaterThan(1);
  }, 60_000);

  test("the slider goes through both sweeps, by keys", async () => {
    await visit();
    await isDone();
    const f = ([x, y]: [Value, Value]): Value => mul(x, y).add(sin(x));
    const table = trace(f, [[2, 3]]).table([[2, 3]], { mode: "reverse", names: [["x", "y"]], format: "markdown" });
    const adjoints = table.split("\n").slice(2, 7).map((line) => line.split("|").slice(4, 7).map((cell) => cell.trim())); // prettier-ignore
    await page.locator("#step").focus();
    await page.keyboard.press("Home");
    for (let step = 1; step <= 5; step++) {
      await expect.poll(() => page.locator("#at").innerText()).toBe(`Step ${step} of 5: ${adjoints[5 - step]!.join(" = ")}`);
      await expect.poll(() => page.locator("#trace tr.now td").first().innerText()).toBe(["v₃", "v₂", "v₁", "v₀", "v₋₁"][step - 1]);
      await expect.poll(() => page.locator("#picture").getAttribute("alt")).toContain(adjoints[5 - step]![0]);
      await page.keyboard.press("ArrowRight");
    }
    expect(await page.locator("#picture").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
    await page.locator("#forward").check();
    await expect.poll(() => page.locator("#at").innerText()).toBe("Step 1 of 5: v₋₁ = x = 2");
  }, 60_000);

  test.each([
    { what: "a syntax error", code: "const f = (x) =>\n  x +* 2;", message: /^Line 2: Unexpected token/ },
    {
      what: "what cannot be traced",
      code: "const f = (x) => {\n  const y = x;\n  return y | 0;\n};",
      message: /^Line 3: native: expected plain values for \|/,
    },
    {
      what: "what the code throws",
      code: "const a = 1;\nnull.x;\nconst f = (x) => x;",
      message: /^Line 2: Cannot read properties of null/,
    },
    { what: "no function", code: "const a = 1;", message: /^Line 1: expected a function f, got none/ },
    { what: "a loop without end", code: "const f = (x) => x;\nwhile (true);", message: /^ended after 2 s/ },
  ])(
    "$what is said at its line, and the next program runs",
    async ({ code, message }) => {
      await visit();
      await isDone();
      await type(code, "1");
      await expect.poll(status, { timeout: 20_000 }).toMatch(message);
      if (/^Line/.test(message.source.slice(1))) expect(await page.locator(".cm-lintRange-error").count()).toBe(1);
      await type("const f = (x) => x * x;", "3");
      await expect.poll(async () => (await cells("#gradient"))[0], { timeout: 20_000 }).toEqual(["x", "6"]);
    },
    60_000,
  );

  test("code from an address waits for Run", async () => {
    await visit(fragmentOf({ code: "const f = (x) => x ** 3;", args: "2" }));
    await expect.poll(status).toMatch(/^This program came with the address/);
    await page.waitForTimeout(1000);
    expect(await page.locator("#results").isHidden()).toBe(true);
    await page.locator("#run").click();
    await isDone();
    expect(await cells("#gradient")).toEqual([["x", "12"]]);
  }, 60_000);

  test("code has neither the page nor the network", async () => {
    await visit();
    await isDone();
    await type(
      'const seen = [typeof document, typeof localStorage, origin];\nfetch("index.html").catch(({ name }) => seen.push(name));\nconst f = (x) => { throw new Error(seen.join()); };',
      "1",
    );
    await expect.poll(status, { timeout: 20_000 }).toContain("undefined,undefined,null");
  }, 60_000);

  test.each(examples)(
    "the example runs: $name",
    async ({ name }) => {
      await visit();
      await isDone();
      await page.locator("#menu").selectOption({ label: name });
      await page.waitForTimeout(50);
      await isDone();
      const hand = (await cells("#ways")).filter(([way]) => /by hand|symbolic|automatic/.test(way!));
      for (const [way, , slope] of hand) expect(number(slope!), way).toBeCloseTo(number(hand.at(-1)[2]!), 9);
    },
    60_000,
  );

  test.each([360, 1280])(
    "nothing is wider than a page of %i pixels",
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      await visit();
      await isDone();
      const wide = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && each.closest(".wide > *") === null).map(({ tagName, id, className }) => `${tagName} ${id} ${String(className)}`)); // prettier-ignore
      expect(wide).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    },
    60_000,
  );
});
