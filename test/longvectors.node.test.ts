/** Vectors of more lanes than memory has room for, which are counted and never lie there: around 2²⁹ lanes, whose bytes are more than 32 bits count. */
import { expect, test } from "vitest";
import { argmax, at, broadcast, compile, cumsum, floor, loadModule, max, mul, square, sum, take, type Value, valueAndGrad } from "wengert";

const LIMIT = 2 ** 29;

test.each([LIMIT - 1, LIMIT, LIMIT + 1, 2 ** 30 + 3])("the sum of %i lanes", { timeout: 60_000 }, (lanes) => {
  const step = compile((x: Value) => sum(broadcast(x, lanes)), [1], { engine: "jit" });
  expect(step(1)).toBe(lanes);
  step.dispose();
});

test.each(["kernel", "jit"] as const)("the lanes are numbered right, in %s", { timeout: 60_000 }, (engine) => {
  const lanes = LIMIT + 5;
  const step = compile((x: Value) => argmax(cumsum(broadcast(x, lanes))), [1], { engine });
  expect(step(1)).toBe(lanes - 1);
  expect(step(-1)).toBe(0);
});

test("a lane number out of bounds is named by its lane", { timeout: 60_000 }, () => {
  const last = (x: Value, y: Value): Value => sum(take(y, cumsum(broadcast(x, LIMIT + 9))));
  const step = compile(last, [0, Float64Array.of(1)], { engine: "jit" });
  expect(step(0, Float64Array.of(2))).toBe(2 * (LIMIT + 9));
  const beyond = (x: Value, y: Value): Value => sum(take(y, floor(mul(cumsum(broadcast(x, LIMIT + 9)), 1 / LIMIT))));
  const wrong = compile(beyond, [1, Float64Array.of(1)], { engine: "jit" });
  expect(() => wrong(1, Float64Array.of(1))).toThrow(`got 1 in lane ${LIMIT - 1}`);
});

test("a gradient, and portable modules", { timeout: 60_000 }, () => {
  const f = valueAndGrad((x: Value) => sum(square(broadcast(x, LIMIT))));
  expect(compile(f, [1])(1)).toEqual([LIMIT, 2 * LIMIT]);
  const module = compile((x: Value) => max(cumsum(broadcast(x, LIMIT + 2))), [1], { engine: "kernel" }).toWasm();
  expect(loadModule(module)(1)).toBe(LIMIT + 2);
});

test("one that would have to lie in memory is refused", () => {
  for (const engine of ["kernel", "jit", "auto"] as const)
    expect(() => compile((x: Value) => at(cumsum(broadcast(x, LIMIT)), 3), [1], { engine })).toThrow(
      /expected to need at most 4294967296 bytes/,
    );
});
