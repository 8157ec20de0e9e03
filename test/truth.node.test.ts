/** Every op against high-precision truth: values within 4 ulp, partials within 1e-13, second partials within 1e-12. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluateOp, evaluateSecond, modes } from "./checks.js";
import { engineOf, engines } from "./engines.js";
import { ulps } from "./numbers.js";
import { table } from "./oracle.js";

/** Operands, the value, the partials by each operand, and where they are known the second ones: aa, or aa, ab, bb. Infinities are text. */
type Entry = readonly (number | string)[];

const files = ["./truth.json", "./elementary.json"].map((path) => new URL(path, import.meta.url));

const opNamed = (name: string): (typeof table)[number] => table.find((row) => row.name === name)!;

/** What is true of an op at a point. */
interface Truth {
  readonly point: readonly number[];
  readonly value: number;
  readonly partials: readonly number[];
  readonly seconds: readonly number[];
}

function truthOf(name: string, entry: Entry): Truth {
  const operands = opNamed(name).partials.length;
  const numbers = entry.map(Number);
  return {
    point: numbers.slice(0, operands),
    value: numbers[operands]!,
    partials: numbers.slice(operands + 1, 2 * operands + 1),
    seconds: numbers.slice(2 * operands + 1),
  };
}

const truths = files
  .flatMap((file) => Object.entries((JSON.parse(readFileSync(file, "utf8")) as { ops: Record<string, Entry[]> }).ops))
  .map(([name, entries]) => ({ name, truth: entries.map((entry) => truthOf(name, entry)) }));

/** Differences of lgammas near a zero have the accuracy of 1, not their own. */
const isNear = (name: string, wanted: number, got: number): boolean =>
  ulps(got, wanted) <= (name === "lbeta" ? 6 : 4) || (name === "lbeta" && Math.abs(got - wanted) <= 6e-16);

/** Whether a derivative is as near to the true one as the tolerance says; where that is subnormal, to its last digits. */
const isWithin = (wanted: number, got: number, tolerance: number): boolean =>
  got === wanted || Math.abs(got - wanted) <= Math.max(tolerance * Math.abs(wanted), 2e-322);

describe.each(engines)("in %s", (engine) => {
  describe.each(modes)("%s", (mode) => {
    test.each(truths)("$name is true", ({ name, truth }) => {
      const results = evaluateOp(
        engineOf(engine),
        opNamed(name),
        truth.map(({ point }) => point),
        mode,
      );
      const complaints = truth.flatMap(({ point, ...wanted }, i) => {
        const { value, partials } = results[i]!;
        const at = `${name}(${point.join(", ")})`;
        const wrong = partials.flatMap((partial, k) =>
          isWithin(wanted.partials[k]!, partial, 1e-13) ? [] : [`${at} ∂/∂${"ab"[k]}: expected ${wanted.partials[k]}, got ${partial}`],
        );
        return isNear(name, wanted.value, value) ? wrong : [`${at}: expected ${wanted.value}, got ${value}`, ...wrong];
      });
      expect(complaints).toEqual([]);
    });
  });

  test.each(truths.filter(({ truth }) => truth[0]!.seconds.length > 0))("$name has true second partials", ({ name, truth }) => {
    const results = evaluateSecond(
      engineOf(engine),
      opNamed(name),
      truth.map(({ point }) => point),
    );
    const complaints = truth.flatMap(({ point, seconds }, i) =>
      results[i]!.flatMap((got, k) =>
        isWithin(seconds[k]!, got, 1e-12)
          ? []
          : [`${name}(${point.join(", ")}) ∂²${["aa", "ab", "bb"][k]}: expected ${seconds[k]}, got ${got}`],
      ),
    );
    expect(complaints).toEqual([]);
  });
});
