/** Every op against high-precision truth: values within 4 ulp, partials within 1e-13. The table lies beside the checkout, and not everywhere. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluateOp, modes } from "./checks.js";
import { engineOf, engines } from "./engines.js";
import { ulps } from "./numbers.js";
import { table } from "./oracle.js";

/** Operands a and b, the value, and the partials by a and b; null where an op takes one operand. */
type Entry = readonly [a: number, b: number | null, v: number, da: number, db: number | null];

const file = new URL("../../shared/truth/ops.json", import.meta.url);
const present = existsSync(file);
const truth = present ? (JSON.parse(readFileSync(file, "utf8")) as { ops: Record<string, Entry[]> }).ops : {};

if (!present) test("truth", (context) => context.skip("../shared/truth/ops.json was not found, so nothing was compared with it"));

/** The true partial. The table's own, s(1 − s) of sigmoid, cancels beyond its 60 digits above 100, where the slope is e^(−a) to 43 digits. */
function truePartial(name: string, entry: Entry, k: number): number {
  return name === "sigmoid" && entry[0] > 100 ? Math.exp(-entry[0]) : entry[3 + k]!;
}

describe.each(present ? engines : [])("in %s", (engine) => {
  describe.each(modes)("%s", (mode) => {
    test.each(Object.entries(truth))("%s is true", (name, entries) => {
      const op = table.find((row) => row.name === name)!;
      const points = entries.map((entry) => entry.slice(0, op.partials.length) as number[]);
      const complaints = evaluateOp(engineOf(engine), op, points, mode).flatMap(({ value, partials }, i) => {
        const [entry, point] = [entries[i]!, `${name}(${points[i]!.join(", ")})`];
        const distance = ulps(value, entry[2]);
        const wrong = partials.flatMap((partial, k) => {
          const wanted = truePartial(name, entry, k);
          return Math.abs(partial - wanted) <= 1e-13 * Math.abs(wanted)
            ? []
            : [`${point} ∂/∂${"ab"[k]}: expected ${wanted}, got ${partial}`];
        });
        return distance <= 4 ? wrong : [`${point}: expected ${entry[2]}, got ${value}, ${distance} ulp away`, ...wrong];
      });
      expect(complaints).toEqual([]);
    });
  });
});
