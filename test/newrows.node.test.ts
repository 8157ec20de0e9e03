/**
 * Adding an op is adding one row, and adding a structural row one definition and an entry an engine: a copy of the sources with the rows that CONTRIBUTING.md adds
 * builds, and has them in every engine; without one of the parts it does not compile.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engines } from "./engines.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const copy = mkdtempSync(join(tmpdir(), "wengert-newop-"));

const manual = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

/** The op that CONTRIBUTING.md adds. */
const row = /^\{ name: "logit"[^]*?\},$/m.exec(manual)![0];

/** The structural row that it adds: a definition, and an entry in each engine's table, with where each comes. */
const parts = [...manual.matchAll(/```\n(outerDiagonal: [^`]*)```/g)].map(([, text]) => text!);
const places = [
  ["src/ops/structural.ts", "export const structuralRows = {"],
  ["src/engines/kernel/looprows.ts", "const emitters: Readonly<Record<LoopRow, LoopEmitter>> = {"],
  ["src/engines/jit/looprows.ts", "const emitters: Readonly<Record<LoopRow, LoopEmitter>> = {"],
  ["src/engines/reference/structural.ts", "const pulls: Readonly<Record<FlowingRow, (row: Pulled) => () => void>> = {"],
] as const;

/** A file of the copy with a part behind the line that opens its table. */
const withPart = (text: string, opening: string, part: string): string => {
  expect(text).toContain(opening);
  return text.replace(opening, `${opening}\n${part}`);
};

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
  places.forEach(([name, opening], i) => {
    const file = join(copy, name);
    writeFileSync(file, withPart(readFileSync(file, "utf8"), opening, parts[i]!));
  });
  const kernelRows = join(copy, "src/engines/kernel/looprows.ts");
  writeFileSync(kernelRows, `import { opcode } from "../../ops/generated/table.js";\n${readFileSync(kernelRows, "utf8")}`);
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
  // the hash of the table, in TypeScript and AssemblyScript, and where the structural rows and the kernel's own begin
  expect(gone).toHaveLength(4);
});

test("and its documentation", () => {
  expect(readFileSync(join(copy, "dist/trace/generated/math.d.ts"), "utf8")).toContain("/** logit(a): log(a / (1 − a)). */");
});

/** Programs over the new row, beside the same over products. */
const structuralProgram = `
import { compile, grad, hessian, jvp, mul, parse, sin, sparseJacobian, sum, sub, trace, vmap, where, gt, jacfwd, jacrev, div, at, concat } from "./src/index.ts";
import { structural } from "./src/ops/rows.ts";
import { rowOf, traceOf, Value } from "./src/trace/value.ts";
const engines = ${JSON.stringify(engines)};
const outer = (x, y) => {
  const trace = traceOf("outer", [x, y]);
  const [a, b] = [x, y].map((operand) => rowOf("outer", trace, operand));
  return new Value(trace, trace.graph.shared(structural.outerDiagonal, trace.graph.shape[a], a, b));
};
const x = Float64Array.of(0.5, -1.5, 2, 0.25, 3);
const y = Float64Array.of(1.5, 2, -0.5, 4, 0);
const programs = (times) => ({
  both: (x, y) => sum(sin(times(x, y))),
  one: (x) => sum(times(sin(x), x)),
  guarded: (x, y) => sum(where(gt(y, 0), times(x, div(x, y)), times(y, x))),
});
const results = (times) => engines.flatMap((engine) => Object.entries(programs(times)).flatMap(([name, f]) => {
  const args = name === "one" ? [x] : [x, y];
  const options = { engine };
  return [
    compile(f, args, options)(...args),
    ...grad(f, options)(...args),
    ...(name === "one" ? [] : grad((y) => f(x, y), options)(y)),
    ...grad((x) => sum(mul(grad(f)(x, ...args.slice(1)), x)), options)(x),
    ...hessian(f, options)(...args).flatMap((row) => [...row]),
    jvp(f, options)(args, args.length === 1 ? [x] : [y, x])[1],
    ...jacfwd((x) => times(x, sin(x)), options)(x).flatMap((row) => [...row]),
    ...jacrev((x) => times(x, sin(x)), options)(x).flatMap((row) => [...row]),
    ...vmap((a, b) => at(times(concat([a, b]), concat([b, b])), 0), { engine })(x, y),
  ].flat();
}));
const pattern = [...sparseJacobian((x) => outer(x, sin(x)))(x).columns];
const text = trace((x, y) => outer(x, y), [x, y]).toString();
console.log(JSON.stringify({ got: results(outer), wanted: results((x, y) => mul(x, y)), pattern, again: parse(text).toString() === text && text.includes("outerDiagonal") }));`;

test("one definition and an entry an engine give a structural row, its derivatives, batches, pattern and text", () => {
  const file = join(copy, "program.ts");
  writeFileSync(file, structuralProgram);
  const output = execFileSync(process.execPath, ["--import", "tsx", file], { cwd: copy, encoding: "utf8" });
  const { got, wanted, pattern, again } = JSON.parse(output) as { got: number[]; wanted: number[]; pattern: number[]; again: boolean };
  expect(got.length).toBeGreaterThan(500);
  got.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 10));
  expect(pattern).toEqual([0, 1, 2, 3, 4]);
  expect(again).toBe(true);
});

/** What the compiler says of a file of the copy. */
function mistakesIn(service: ts.LanguageService, name: string): string[] {
  return service.getSemanticDiagnostics(join(copy, name)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

test("without one of its parts a structural row does not compile", () => {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(copy, "tsconfig.json"), (file) => ts.sys.readFile(file)).config,
    ts.sys,
    copy,
  );
  const versions = new Map<string, { text: string; version: number }>();
  const service = ts.createLanguageService({
    getScriptFileNames: () => places.map(([name]) => join(copy, name)),
    getScriptVersion: (file) => String(versions.get(file)?.version ?? 0),
    getScriptSnapshot: (file) => {
      const text = versions.get(file)?.text ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => copy,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => ts.sys.fileExists(file),
    readFile: (file) => ts.sys.readFile(file),
    directoryExists: (file) => ts.sys.directoryExists(file),
  });
  for (const [name] of places) expect(mistakesIn(service, name)).toEqual([]);
  let version = 1;
  const having = (name: string, text: string): string[] => {
    versions.set(join(copy, name), { text, version: version++ });
    const mistakes = mistakesIn(service, name);
    versions.set(join(copy, name), { text: readFileSync(join(copy, name), "utf8"), version: version++ });
    return mistakes;
  };
  const [definition, ...entries] = places.map(([name], i) => ({ name, part: parts[i]!, text: readFileSync(join(copy, name), "utf8") }));
  for (const { name, part, text } of entries) expect(having(name, text.replace(part, "")).join()).toContain("outerDiagonal");
  for (const field of definition!.part.split("\n").filter((line) => /^ {2}\w+[:(]/.test(line)))
    expect(
      having(definition!.name, definition!.text.replace(definition!.part, definition!.part.replace(`${field}\n`, ""))),
      field,
    ).not.toEqual([]);
}, 60_000);
