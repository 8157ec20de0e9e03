/** A share of the random functions that `npm run test:long` runs. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProgram } from "./nativechecks.js";
import { nativePrograms } from "./nativeprograms.js";

test("random functions of plain numbers are their traced copies, in value and gradient", { timeout: 120_000 }, () => {
  let confirmed = 0;
  fc.assert(
    fc.property(nativePrograms, (program) => {
      if (checkProgram(program) === "confirmed") confirmed++;
    }),
    { numRuns: 300, seed: 1 },
  );
  expect(confirmed).toBeGreaterThan(200);
});
