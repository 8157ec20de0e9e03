/** Whole programs in every way to run them, to the bit: kernel, emitted code, portable modules, "auto" before and after its move; and in Node as in browsers. */
import { describe, expect, test } from "vitest";
import { digests, programFrom } from "./digests.js";
import { derivedModes } from "./modes.js";
import { programs } from "./programs.js";
import { compareBits } from "./samebits.js";

describe.each(derivedModes)("%s", (mode) => {
  test.each(programs)("$name", (example) => {
    const { program, leaves } = programFrom(example, mode);
    const { complaints, moved } = compareBits(program, [leaves, leaves]);
    expect(complaints).toEqual([]);
    expect(moved).toBe(true);
  });
});

test("the bits are those of test/golden/bits.txt, on every machine", async () => {
  await expect(digests()).toMatchFileSnapshot("golden/bits.txt");
});
