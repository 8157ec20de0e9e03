/** Derivatives to third order of every op behind and before every choice, in all nestings of the modes and all engines, against towers of dual numbers. */
import { expect, test } from "vitest";
import * as wengert from "wengert";
import { compile, type EngineName } from "wengert";
import { type Op, ops } from "../src/ops/ops.js";
import { engines } from "./engines.js";
import { DATA, type Functions, NUMBERS, type Use, usesOf } from "./guarded.js";
import { nested, nestedOfTowers, nestingsOf, type OfTowers, type Traced } from "./nestings.js";
import { numberOf, type Tower, towers } from "./towers.js";

/** WENGERT_LONG=1 runs every use in every nesting; otherwise each nesting takes its share of them. */
const long = process.env["WENGERT_LONG"] === "1";

/** Nestings, and how many uses of an op a program of each holds. */
const plan: readonly (readonly [nesting: string, uses: number])[] = long
  ? [1, 2, 3].flatMap(nestingsOf).map((nesting) => [nesting, 64] as const)
  : [["F", 40], ["R", 40], ["FF", 24], ["FR", 24], ["RF", 24], ["RR", 24], ["FFR", 8], ["RFR", 8], ["RRR", 8]]; // prettier-ignore

const publicOps: readonly Op[] = (ops as readonly Op[]).filter(({ internal }) => !internal);

/** A program of several uses: what they give for their numbers, which stand one after the other, as their data do. */
const together =
  (uses: readonly Use[], functions: Functions) =>
  (data: readonly unknown[]) =>
  (x: readonly unknown[]): unknown[] =>
    uses.map(({ f }, i) => f(functions, x.slice(NUMBERS * i, NUMBERS * (i + 1)), data.slice(DATA * i, DATA * (i + 1))));

const near = (got: number, wanted: number): boolean => Math.abs(got - wanted) <= 1e-7 * Math.abs(wanted) + 1e-9;

/** The derivatives of uses in a nesting, by an engine. */
function derivatives(nesting: string, uses: readonly Use[], engine: EngineName): readonly number[] {
  const at = uses.flatMap(({ at }) => at);
  const data = uses.flatMap(({ data }) => data);
  const program = together(uses, wengert as unknown as Functions);
  const step = compile((x: never, data: never) => nested(nesting, program(data) as unknown as Traced)(x) as never, [at, data] as never, {
    engine,
  }) as unknown as { (x: readonly number[], data: readonly number[]): number[]; dispose(): void };
  const results = [...step(at, data)];
  step.dispose();
  return results;
}

/** The same by towers, use by use. */
const expected = (nesting: string, uses: readonly Use[]): number[] =>
  uses.flatMap((use) => {
    const f = together([use], towers)(use.data) as unknown as OfTowers;
    return nestedOfTowers(nesting, f)(use.at as readonly Tower[]).map(numberOf);
  });

/** What is wrong in one program: names, and what came in place of what. */
function mistakes(nesting: string, uses: readonly Use[]): string[] {
  const wanted = expected(nesting, uses);
  const a = nesting.includes("R") ? NUMBERS : 1;
  return engines.flatMap((engine) => {
    const got = derivatives(nesting, uses, engine);
    expect(got.length).toBe(wanted.length);
    return wanted.flatMap((value, i) =>
      // where a partial on the path taken is not finite, each mode may give another ±∞ or NaN
      !Number.isFinite(value) || near(got[i]!, value) ? [] : [`${nesting} ${engine}: ${uses[Math.floor(i / a)]!.name} by ${i % a}: ${got[i]}, not ${value}`],
    ); // prettier-ignore
  });
}

test.each(publicOps.map((op) => [op.name, op] as const))("%s", { timeout: 600_000 }, (_, op) => {
  const uses = usesOf(op);
  let next = op.name.length;
  const wrong = plan.flatMap(([nesting, count]) => {
    const programs = long ? Math.ceil(uses.length / count) : 1;
    return Array.from({ length: programs }, () => {
      const share = Array.from({ length: Math.min(count, uses.length) }, (_, i) => uses[(next + i * stride(uses.length)) % uses.length]!);
      next += count * stride(uses.length);
      return mistakes(nesting, share);
    }).flat();
  });
  expect(wrong).toEqual([]);
});

/** A step through a list that meets all its items: prime to its length. */
function stride(length: number): number {
  const divides = (x: number, y: number): number => (y === 0 ? x : divides(y, x % y));
  let step = Math.max(1, Math.floor(0.618 * length));
  while (divides(length, step) !== 1) step++;
  return step;
}
