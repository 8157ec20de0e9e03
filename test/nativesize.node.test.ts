/** What native functions cost an application: nothing where there are none, no parser where a build has read them. */
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { expect, test } from "vitest";
import type * as Core from "../src/index.js";
import type * as Native from "../src/native.js";
import { root } from "./bundles/install.js";

/** The size of a module's bundle, minified and gzipped, in bytes. */
async function sizeOf(contents: string): Promise<number> {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: `${root}/dist` },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]!.contents).length;
}

const app = `export { grad, mul, sin } from "./index.js";`;

test("the entry with a parser adds 50 kB at most, the one that a build uses 20", async () => {
  const [without, parsing, built] = await Promise.all(
    ["", `export { native } from "./native.js";`, `export { native, operations } from "./nativebuilt.js";`].map((more) =>
      sizeOf(app + more),
    ),
  );
  expect(parsing! - without!).toBeLessThan(50_000);
  expect(built! - without!).toBeLessThan(20_000);
  expect(built! - without!).toBeGreaterThan(1_000);
});

test("names have the letters that JavaScript has", async () => {
  const contents = `${app} export { native } from "./native.js";`;
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: `${root}/dist` },
    bundle: true,
    format: "esm",
    write: false,
  });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString("base64")}`;
  const { grad, native } = (await import(/* @vite-ignore */ url)) as typeof Core & typeof Native;
  const square = (α: number): number => {
    const [𝑥ñ2, ゼロa] = [α * α, 2];
    return 𝑥ñ2 * ゼロa;
  };
  expect(grad(native(square))(3)).toBe(12);
});
