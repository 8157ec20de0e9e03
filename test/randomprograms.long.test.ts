/** 100,000 random programs, and 10,000 in bodies, against towers of dual numbers, at `npm run test:long`. */
import { afterAll, describe, expect, test } from "vitest";
import { compareWithTowers, type Figures, type Way } from "./againsttowers.js";

/** Programs, in parts of one seed each, so that a failure is found again soon. */
const [PARTS, PROGRAMS] = [100, 1000] as const;

const totals: Figures = { programs: 0, derivatives: 0, finite: 0, nonzero: 0, unstable: 0 };

/** The same of programs in bodies takes ten times as long. */
const ways: readonly (readonly [way: Way, parts: number])[] = [
  ["as it is", PARTS],
  ["in bodies", PARTS / 10],
];

describe.each(ways)("%s", (way, parts) => {
  test.each(Array.from({ length: parts }, (_, part) => part + 1))(
    `${PROGRAMS} random programs of seed %i`,
    { timeout: 600_000 },
    (seed) => {
      const figures = compareWithTowers(PROGRAMS, seed, way);
      for (const key of Object.keys(totals) as (keyof Figures)[]) totals[key] += figures[key];
      expect(figures.finite).toBeGreaterThan(0.9 * figures.derivatives);
      expect(figures.unstable).toBeLessThan(1e-3 * figures.derivatives);
      expect(figures.nonzero).toBeGreaterThan(0.5 * figures.derivatives);
    },
  );
});

afterAll(() => console.log(totals));
