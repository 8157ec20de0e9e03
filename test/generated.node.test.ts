/** The generated files are what the op table and the generator print now, and the table can be read. */
import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

test("generated files are up to date", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "scripts/generate.ts", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}, 30_000);

test("no line of the op table is wider than 140 columns", () => {
  const lines = readFileSync(`${root}/src/ops/ops.ts`, "utf8").split("\n");
  expect(lines.filter((line) => line.length > 140)).toEqual([]);
});
