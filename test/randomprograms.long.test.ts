/** 100,000 random programs against towers of dual numbers, at `npm run test:long`. */
import { afterAll, expect, test } from "vitest";
import { compareWithTowers, type Figures } from "./againsttowers.js";

/** Programs, in parts of one seed each, so that a failure is found again soon. */
const [PARTS, PROGRAMS] = [100, 1000] as const;

const totals: Figures = { programs: 0, derivatives: 0, finite: 0, nonzero: 0, unstable: 0 };

test.each(Array.from({ length: PARTS }, (_, part) => part + 1))(`${PROGRAMS} random programs of seed %i`, { timeout: 600_000 }, (seed) => {
  const figures = compareWithTowers(PROGRAMS, seed);
  for (const key of Object.keys(totals) as (keyof Figures)[]) totals[key] += figures[key];
  expect(figures.finite).toBeGreaterThan(0.9 * figures.derivatives);
  expect(figures.unstable).toBeLessThan(1e-3 * figures.derivatives);
  expect(figures.nonzero).toBeGreaterThan(0.5 * figures.derivatives);
});

afterAll(() => console.log(totals));
