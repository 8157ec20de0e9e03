/** The first of the random programs that `npm run test:long` compares more of. */
import { expect, test } from "vitest";
import { compareCalled, compareWithTowers } from "./againsttowers.js";

test("modes agree to third order wherever every partial on the path taken is finite, whatever stands in paths that are not", { timeout: 120_000 }, () => {
  const { derivatives, finite, nonzero, unstable } = compareWithTowers(1200, 1);
  expect(finite).toBeGreaterThan(0.9 * derivatives);
  expect(unstable).toBeLessThan(1e-3 * derivatives);
  expect(nonzero).toBeGreaterThan(0.5 * derivatives);
}); // prettier-ignore

test("the same of programs in bodies, called and captured, in bodies again", { timeout: 120_000 }, () => {
  const { derivatives, finite, nonzero, unstable } = compareWithTowers(150, 1, "in bodies");
  expect(finite).toBeGreaterThan(0.9 * derivatives);
  expect(unstable).toBeLessThan(1e-3 * derivatives);
  expect(nonzero).toBeGreaterThan(0.5 * derivatives);
});

test("calls of bodies give the bits of their rows in place, in kernel, emitted code and modules", { timeout: 120_000 }, () => {
  compareCalled(25, 1);
});
