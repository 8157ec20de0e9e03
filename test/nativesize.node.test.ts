/** What native functions cost an application: nothing where there are none, no parser where a build has read them. */
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { expect, test } from "vitest";
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
