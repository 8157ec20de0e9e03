/** docs/accuracy.md bounds the errors of every elementwise op, and no op is worse than it says: values and partial derivatives against the truth, in every engine. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluateOp, modes } from "./checks.js";
import { engineOf, engines } from "./engines.js";
import { ulps } from "./numbers.js";
import { table } from "./oracle.js";

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

/** The rows of the page: an op, the ulp of its value, and the 2⁻⁵² of its slopes. */
const bounds = [...text("../docs/accuracy.md").matchAll(/^\| `(\w+)` \| ([\d.]+) \| ([\d.]+) \|$/gm)].map(([, name, value, slope]) => ({
  name: name!,
  value: Number(value),
  slope: Number(slope),
}));

/** Operands, the value, the partials by each operand: the doubles nearest to the truth. */
const truths = ["./truth.json", "./elementary.json"].reduce<Record<string, number[][]>>(
  (all, path) => ({ ...all, ...(JSON.parse(text(path)) as { ops: Record<string, number[][]> }).ops }),
  {},
);

/** lbeta's error beside its zeros is absolute; engine reference uses the host's mathematics. */
const isWithin = (name: string, engine: string, bound: number, wanted: number, got: number): boolean =>
  ulps(got, wanted) <= (engine === "reference" ? Math.max(4, bound) : Math.floor(bound + 0.5)) ||
  (name === "lbeta" && Math.abs(got - wanted) <= 6e-16);

/** An error in 2⁻⁵² of the truth; of subnormal numbers, and where it is 0 or infinite, in the smallest double. */
const slopeError = (wanted: number, got: number): number =>
  got === wanted ? 0 : Math.abs(got - wanted) <= 2e-322 ? 0 : Math.abs(got - wanted) / Math.abs(wanted) / 2 ** -52;

test("every op that rounds has a bound, and every bound is of an op", () => {
  expect(bounds.map(({ name }) => name).sort()).toEqual(Object.keys(truths).sort());
});

describe.each(engines)("in %s", (engine) => {
  test.each(bounds)("$name: $value ulp, slope $slope", ({ name, value, slope }) => {
    const op = table.find((row) => row.name === name)!;
    const operands = op.partials.length;
    const truth = truths[name]!.map((entry) => entry.map(Number));
    for (const mode of modes) {
      const points = truth.map((entry) => entry.slice(0, operands));
      const results = evaluateOp(engineOf(engine), op, points, mode);
      const wrong = results.flatMap((came, i) => {
        const entry = truth[i]!;
        const at = `${name}(${entry.slice(0, operands).join(", ")})`;
        const slopes = came.partials.map((partial, k) => slopeError(entry[operands + 1 + k]!, partial));
        return [
          ...(isWithin(name, engine, value, entry[operands]!, came.value) ? [] : [`${at} is ${came.value}`]),
          ...slopes.flatMap((error, k) => (error <= slope + (engine === "reference" ? 1 : 0) ? [] : [`${at}: slope ${k} is ${error} off`])),
        ];
      });
      expect(wrong).toEqual([]);
    }
  });
});
