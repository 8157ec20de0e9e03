/** The TypeScript in the documents runs, and gives what the comments after its expressions say. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import * as esbuild from "esbuild";
import { expect, test } from "vitest";
import * as wengert from "wengert";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The blocks of TypeScript in the documents at the root and in docs/. */
const blocks = [...readdirSync(root), ...readdirSync(`${root}docs`).map((name) => `docs/${name}`)]
  .filter((name) => name.endsWith(".md"))
  .flatMap((name) =>
    [...readFileSync(root + name, "utf8").matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code], i) => ({
      name: `${name}, block ${i + 1}`,
      code: code!,
    })),
  );

/** A line that is an expression with its value: `grad(f)(2); // 4`. */
const claim = /^(\S.*); \/\/ (-?\d.*|\[.*|\{.*|".*|NaN|-?Infinity|true|false|null|undefined)$/;

/** Runs a block, and returns each claim with what came and what was said. */
async function run(code: string): Promise<{ line: string; came: unknown; said: unknown }[]> {
  const claims = code
    .split("\n")
    .map((line) => line.replace(claim, (_, expression, value) => `check(${JSON.stringify(line)}, ${expression}, ${value});`));
  const { code: script } = await esbuild.transform(claims.join("\n"), { loader: "ts", format: "cjs", target: "es2022" });
  const results: { line: string; came: unknown; said: unknown }[] = [];
  const check = (line: string, came: unknown, said: unknown): void => void results.push({ line, came, said });
  const names = (name: string): unknown => {
    if (name !== "wengert") throw new Error(`expected an import of wengert, got ${name}`);
    return wengert;
  };
  const body = runInThisContext(`(require, module, check) => {${script}}`) as (
    require: unknown,
    module: unknown,
    checking: unknown,
  ) => void;
  body(names, { exports: {} }, check);
  return results;
}

test("there are examples", () => expect(blocks.length).toBeGreaterThan(1));

test.each(blocks)("$name", async ({ code }) => {
  const results = await run(code);
  expect(results.length).toBeGreaterThan(0);
  for (const { line, came, said } of results) expect(came, line).toEqual(said);
});
