/** The first of the random programs that `npm run test:long` compares more of. */
import { expect, test } from "vitest";
import { compareRandomPrograms } from "./fuzz.js";

test(
  "300 random programs have the same bits in kernel, emitted code, portable modules, and auto before and after its move",
  { timeout: 60_000 },
  () => {
    expect(compareRandomPrograms(300, 1)).toBeGreaterThan(290);
  },
);
