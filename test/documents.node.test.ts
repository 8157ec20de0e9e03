/** The TypeScript in the documents runs, and gives what the comments after its expressions say. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import * as arrow from "apache-arrow";
import * as esbuild from "esbuild";
import * as mathjs from "mathjs";
import * as levenbergMarquardt from "ml-levenberg-marquardt";
import { expect, test } from "vitest";
import * as wengert from "wengert";
import * as densities from "wengert/densities";
import * as built from "wengert/native-built";
import * as pictures from "wengert/pictures";
import * as optimize from "wengert/optimize";
import { rewriteModule } from "../src/native/plugin/module.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The blocks of TypeScript in the documents at the root and in docs/. */
const blocks = [...readdirSync(root), ...readdirSync(`${root}docs`).map((name) => `docs/${name}`)]
  .filter((name) => name.endsWith(".md"))
  .flatMap((name) =>
    [...readFileSync(root + name, "utf8").matchAll(/^```(?:ts|js(?=\n[^`]*; \/\/ [-\d["{]))\n([^]*?)^```$/gm)].map(([, code], i) => ({
      name: `${name}, block ${i + 1}`,
      code: code!,
    })),
  );

/** A line that is an expression with its value: `grad(f)(2); // 4`. */
const claim = /^(\S.*); \/\/ (-?\d.*|\[.*|\{.*|".*|NaN|-?Infinity|true|false|null|undefined)$/;

/** What the documents import, other libraries of the cookbook too; `wengert/native` by way of the plugin. */
const entries: Readonly<Record<string, unknown>> = {
  "apache-arrow": arrow,
  mathjs,
  "ml-levenberg-marquardt": levenbergMarquardt,
  wengert,
  "wengert/densities": densities,
  "wengert/native-built": built,
  "wengert/optimize": optimize,
  "wengert/pictures": pictures,
};

/** Runs a block, and returns each claim with what came and what was said. */
async function run(code: string): Promise<{ line: string; came: unknown; said: unknown }[]> {
  const claims = code
    .split("\n")
    .map((line) => line.replace(claim, (_, expression, value) => `check(${JSON.stringify(line)}, ${expression}, ${value});`));
  const source = rewriteModule(claims.join("\n"), { text: "example.ts", isTypeScript: true, hasJsx: false })?.code ?? claims.join("\n");
  const { code: script } = await esbuild.transform(source, { loader: "ts", format: "cjs", target: "es2022" });
  const results: { line: string; came: unknown; said: unknown }[] = [];
  const check = (line: string, came: unknown, said: unknown): void => void results.push({ line, came, said });
  const names = (name: string): unknown => {
    if (!Object.hasOwn(entries, name)) throw new Error(`expected an import of ${Object.keys(entries).join(", ")}, got ${name}`);
    return entries[name];
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

test("the table and the diagram in docs/pictures.md are what the library prints", () => {
  const { add, log, mul, sin, sub, trace } = wengert;
  const page = readFileSync(`${root}docs/pictures.md`, "utf8");
  const survey = trace(
    (x1: wengert.Value, x2: wengert.Value) => {
      const [v1, v2, v3] = [log(x1), mul(x1, x2), sin(x2)];
      return sub(add(v1, v2), v3);
    },
    [2, 5],
  );
  expect(page).toContain(survey.table([2, 5], { mode: "reverse", names: ["x1", "x2"], format: "markdown" }));
  const f = ([x, y]: [wengert.Value, wengert.Value]): wengert.Value => mul(x, y).add(sin(x));
  expect(page).toContain(`\`\`\`mermaid\n${trace(f, [[2, 3]]).toMermaid({ names: [["x", "y"]] })}\`\`\``);
});

/** The files of the project that a stranger may look for, from its root. */
const files = ["assembly", "bench", "docs", "examples", "scripts", "src", "test"]
  .flatMap((folder) =>
    (readdirSync(root + folder, { recursive: true }) as string[]).map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  )
  .concat(readdirSync(root));

/** Whether a name, of a file or a pattern of names, is that of a file; what comes before the name may be left out. */
const exists = (name: string): boolean => {
  const pattern = new RegExp(`(^|/)${name.replace(/[.+]/g, "\\$&").replace(/\*/g, "[^/]*")}$`);
  return files.some((file) => pattern.test(file));
};

test.each([
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "README.md",
  "SECURITY.md",
  "docs/native.md",
  "docs/ways.md",
  "docs/pictures.md",
  "docs/reverse.md",
  "docs/conventions.md",
])("%s names files that exist", (name) => {
  const text = readFileSync(root + name, "utf8");
  const named = [
    ...text.matchAll(
      /(?<![\w/.-])(?:[\w-]+\/)*[\w.*-]+\.(?:ts|mjs|json|md|svg)\b|(?<![\w/])(?:src|test|docs|bench|assembly|scripts)\/[\w./-]*\w/g,
    ),
  ].map(([path]) => path);
  expect(named.filter((path) => !exists(path))).toEqual([]);
});

test("every file of src is in ARCHITECTURE.md", () => {
  const text = readFileSync(`${root}ARCHITECTURE.md`, "utf8");
  const sources = files.filter(
    (name) => name.startsWith("src/") && name.endsWith(".ts") && name !== "src/engines/kernel/generated/kernel.ts",
  );
  expect(sources.filter((name) => !new RegExp(`(?<!\\w)${name.split("/").at(-1)}`).test(text))).toEqual([]);
});

test.each(["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "docs/ways.md", "docs/benchmarks.md"])(
  "%s runs scripts that exist",
  (name) => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { scripts: Record<string, string> };
    const run = [...readFileSync(root + name, "utf8").matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script!);
    expect(run.filter((script) => !(script in scripts))).toEqual([]);
  },
);
