/** Every op behind and before every choice, with every kind of operand at every point, in every nesting of the modes to third order and every engine. */
import { afterAll, expect, test } from "vitest";
import { publicOps, usesOf } from "./guarded.js";
import { type Figures, mistakes } from "./guardedmodes.js";
import { nestingsOf } from "./nestings.js";

/** How many uses a program holds. */
const USES = 64;

const figures: Figures = { programs: 0, derivatives: 0, finite: 0 };

test.each(publicOps.map((op) => [op.name, op] as const))("%s", { timeout: 1_200_000 }, (_, op) => {
  const uses = usesOf(op);
  const parts = Array.from({ length: Math.ceil(uses.length / USES) }, (_, i) => uses.slice(USES * i, USES * (i + 1)));
  const wrong = [1, 2, 3].flatMap(nestingsOf).flatMap((nesting) => parts.flatMap((part) => mistakes(nesting, part, figures)));
  expect(wrong).toEqual([]);
});

afterAll(() => console.log(figures));
