/** 10,000 random functions of plain numbers against their originals, the branches that they take, and differences, at `npm run test:long`. */
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { checkProgram } from "./nativechecks.js";
import { nativePrograms } from "./nativeprograms.js";

/** Programs, in parts of one seed each, so that a failure is found again soon. */
const [PARTS, PROGRAMS] = [20, 500] as const;

const totals = { programs: 0, confirmed: 0, "not judged": 0 };

test.each(Array.from({ length: PARTS }, (_, part) => part + 1))(`${PROGRAMS} random functions of seed %i`, { timeout: 600_000 }, (seed) => {
  const before = totals.confirmed;
  fc.assert(
    fc.property(nativePrograms, (program) => {
      totals.programs++;
      totals[checkProgram(program)]++;
    }),
    { numRuns: PROGRAMS, seed },
  );
  expect(totals.confirmed - before).toBeGreaterThan(0.6 * PROGRAMS);
});

afterAll(() => console.log(totals));
