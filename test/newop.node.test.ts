/** Adding an op is adding one row: a copy of the sources with a row more builds, and has the op in every engine. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engines } from "./engines.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const copy = mkdtempSync(join(tmpdir(), "wengert-newop-"));

/** The row that CONTRIBUTING.md adds. */
const row = /^\{ name: "logit"[^]*?\},$/m.exec(readFileSync(join(root, "CONTRIBUTING.md"), "utf8"))![0];

const program = `
import { compile, grad, logit, sum } from "./dist/index.js";
const engines = ${JSON.stringify(engines)};
const lanes = Float64Array.of(0.25, 0.5, 0.75);
const results = engines.map((engine) => ({
  value: compile((x) => logit(x), [0.25], { engine })(0.25),
  lanes: [...compile((x) => logit(x), [lanes], { engine })(lanes)],
  slope: grad((x) => logit(x), { engine })(0.25),
  slopes: [...grad((x) => sum(logit(x)), { engine })(lanes)],
  second: grad(grad((x) => logit(x)), { engine })(0.25),
}));
console.log(JSON.stringify([logit(0.25), ...results]));`;

beforeAll(() => {
  for (const name of [
    "src",
    "assembly",
    "scripts",
    "package.json",
    "package-lock.json",
    "asconfig.json",
    "tsconfig.json",
    "tsconfig.build.json",
  ])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  // the packages are shared, but not what the build remembers among them
  mkdirSync(join(copy, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules")))
    if (!name.startsWith(".cache") && !name.startsWith(".vite"))
      symlinkSync(join(root, "node_modules", name), join(copy, "node_modules", name));
  const table = join(copy, "src/ops/ops.ts");
  const text = readFileSync(table, "utf8");
  const middle = text.indexOf('  { name: "sin"');
  writeFileSync(table, `${text.slice(0, middle)}${row}\n${text.slice(middle)}`);
  execFileSync(process.execPath, ["--import", "tsx", "scripts/build.ts"], { cwd: copy, stdio: "pipe" });
}, 120_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test("one row gives the function, its derivatives and its code in every engine", () => {
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: copy, encoding: "utf8" });
  const [value, ...results] = JSON.parse(output) as [
    number,
    ...{ value: number; lanes: number[]; slope: number; slopes: number[]; second: number }[],
  ];
  const wanted = [-1.0986122886681098, 0, 1.0986122886681098];
  expect(value).toBeCloseTo(wanted[0]!, 14);
  expect(results).toHaveLength(engines.length);
  for (const { value, lanes, slope, slopes, second } of results) {
    expect(value).toBeCloseTo(wanted[0]!, 14);
    lanes.forEach((x, i) => expect(x).toBeCloseTo(wanted[i]!, 14));
    expect(slope).toBeCloseTo(16 / 3, 13);
    slopes.forEach((x, i) => expect(x).toBeCloseTo([16 / 3, 4, 16 / 3][i]!, 13));
    expect(second).toBeCloseTo(-128 / 9, 12); // (2a − 1) / (a (1 − a))²
  }
});

test("it adds lines to the generated files, and changes next to none", () => {
  const generated = ["src", "assembly"].flatMap((folder) =>
    readdirSync(join(copy, folder), { recursive: true, encoding: "utf8" })
      .map((file) => `${folder}/${file}`)
      .filter((file) => /\/generated\/(?!kernel).*\.ts$/.test(file)),
  );
  expect(generated.length).toBeGreaterThan(8);
  const gone = generated.flatMap((file) => {
    const now = new Set(readFileSync(join(copy, file), "utf8").split("\n"));
    return readFileSync(join(root, file), "utf8")
      .split("\n")
      .filter((line) => !now.has(line));
  });
  // the hash of the table, in TypeScript and AssemblyScript, and where the kernel's own rows begin
  expect(gone).toHaveLength(3);
});

test("and its documentation", () => {
  expect(readFileSync(join(copy, "dist/trace/generated/math.d.ts"), "utf8")).toContain("/** logit(a): log(a / (1 − a)). */");
});
