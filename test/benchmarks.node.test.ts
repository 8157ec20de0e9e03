/** docs/benchmarks.md and the figures are what the reports beside them give. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { filesOf } from "../bench/plot/files.js";
import { readReports } from "../bench/plot/reports.js";
import { pictures } from "../scripts/print/pictures.js";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));

const reports = readReports(`${docs}benchmarks`);
const files = filesOf(reports);

test.each(Object.keys(files))("docs/%s is up to date; if not, run: npm run bench:plot", (name) => {
  expect(existsSync(docs + name)).toBe(true);
  expect(readFileSync(docs + name, "utf8")).toBe(files[name]);
});

test("there are no other figures", () => {
  const figures = readdirSync(`${docs}figures`).map((name) => `figures/${name}`);
  const made = [...Object.keys(files), ...Object.keys(pictures).map((name) => name.slice("docs/".length))];
  expect(figures.sort()).toEqual(made.filter((name) => name.startsWith("figures/")).sort());
});

test("drawing twice gives the same", () => expect(filesOf(reports)).toEqual(files));

test("what was not measured or failed is said", () => {
  const { bench, compare, gradbench } = reports;
  const [first, ...others] = compare.results;
  const failed = { contender: first!.contender, workload: first!.workload, ok: false, reason: "local count too large" } as const;
  const texts = filesOf({
    bench: { node: bench.node, v8: bench.v8 },
    compare: { ...compare, results: [failed, ...others] },
    gradbench: { ...gradbench, gradbench: [] },
  });
  expect(texts["benchmarks.md"]).toContain("does not compile [");
  expect(texts["benchmarks.md"]).toContain("local count too large");
  expect(texts["benchmarks.md"]).toContain("Not measured.");
  expect(texts["benchmarks.md"]).toContain("no result");
  expect(texts["figures/field-light.svg"]).toContain("does not compile");
  expect(texts["figures/gradbench-dark.svg"]).toContain("no result");
});
