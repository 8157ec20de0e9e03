/** Derivatives to third order of every op behind and before every choice, in nestings of the modes and all engines: a share of what `npm run test:long` compares. */
import { expect, test } from "vitest";
import { publicOps, usesOf } from "./guarded.js";
import { mistakes } from "./guardedmodes.js";

/** Nestings, and how many uses of an op the program of each holds. */
const plan = [["F", 40], ["R", 40], ["FF", 24], ["FR", 24], ["RF", 24], ["RR", 24], ["FFR", 8], ["RFR", 8], ["RRR", 8]] as const; // prettier-ignore

test.each(publicOps.map((op) => [op.name, op] as const))("%s", { timeout: 60_000 }, (_, op) => {
  const figures = { programs: 0, derivatives: 0, finite: 0 };
  const uses = usesOf(op);
  const step = stride(uses.length);
  let next = op.name.length;
  const wrong = plan.flatMap(([nesting, most]) => {
    const count = Math.min(most, uses.length);
    const share = Array.from({ length: count }, (_, i) => uses[(next + i * step) % uses.length]!);
    next += count * step;
    return mistakes(nesting, share, figures);
  });
  expect(wrong).toEqual([]);
  expect(figures.finite).toBeGreaterThan(0);
});

/** A step through a list that meets all its items: prime to its length. */
function stride(length: number): number {
  const divides = (x: number, y: number): number => (y === 0 ? x : divides(y, x % y));
  let step = Math.max(1, Math.floor(0.618 * length));
  while (divides(length, step) !== 1) step++;
  return step;
}
