/** Every host gives the same bits: Node, Deno and Bun, Firefox and WebKitGTK where they are installed. Chromium runs all tests anyway. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./bundles/install.js";
import { serve } from "./bundles/serve.js";
import { browsers } from "./hosts/browsers.js";

const golden = readFileSync(join(root, "test/golden/bits.txt"), "utf8");
const isRequired = process.env["WENGERT_REQUIRE_BROWSER"] === "1";
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wengert-hosts-"));
  await esbuild.build({
    entryPoints: [join(root, "test/hosts/digests.ts")],
    outfile: join(folder, "digests.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    tsconfig: join(root, "tsconfig.json"),
    logLevel: "warning",
  });
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body></body><script type="module" src="digests.js"></script>`,
  );
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The program of a package that has one for each platform. */
const binary = (pattern: string): string | undefined => {
  const [scope, rest] = pattern.split("/*/") as [string, string];
  const home = join(root, "node_modules", scope);
  return existsSync(home)
    ? readdirSync(home)
        .map((name) => join(home, name, rest))
        .find((path) => existsSync(path))
    : undefined;
};

const runtimes = [
  { name: "Node", path: process.execPath, args: [] },
  { name: "Deno", path: binary("@deno/*/deno"), args: ["run", "--no-lock"] },
  { name: "Bun", path: binary("@oven/*/bin/bun"), args: ["run"] },
];

test.for(runtimes)("$name", { timeout: 120_000 }, async ({ name, path, args }, context) => {
  if (path === undefined) return context.skip(`${name} is not built for this platform`);
  const { stdout } = await promisify(execFile)(path, [...args, join(folder, "digests.js")], { cwd: folder });
  expect(stdout.trim()).toBe(golden.trim());
});

test.for(browsers)("$name", { timeout: 180_000 }, async ({ missing, textOf }, context) => {
  if (missing !== undefined) {
    if (isRequired) throw new Error(`WENGERT_REQUIRE_BROWSER=1 asks for it: apt-get install ${missing}`);
    return context.skip(`apt-get install ${missing}`);
  }
  const server = await serve(folder);
  try {
    expect((await textOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)).trim()).toBe(golden.trim());
  } finally {
    server.close();
  }
});
