/** 100,000 random programs to the bit, at `npm run test:long`. */
import { expect, test } from "vitest";
import { compareRandomPrograms } from "./fuzz.js";

/** Programs, in parts of one seed each, so that a failure is found again soon. */
const [PARTS, PROGRAMS] = [100, 1000] as const;

test.each(Array.from({ length: PARTS }, (_, part) => part + 1))(`${PROGRAMS} random programs of seed %i`, { timeout: 600_000 }, (seed) => {
  expect(compareRandomPrograms(PROGRAMS, seed)).toBeGreaterThan(0.9 * PROGRAMS);
});
