/** Branches by Values: what is chosen in every engine and mode, what data and recordings run, and what is refused. */
import { describe, expect, test } from "vitest";
import {
  add,
  cond,
  exp,
  grad,
  gt,
  jvp,
  log,
  mul,
  record,
  scan,
  sin,
  sqrt,
  sum,
  switchCase,
  trace,
  type Value,
  vector,
  vmap,
} from "wengert";
import { engines, evaluate } from "./engines.js";

const f = (x: Value): Value => {
  const { a, b } = cond(
    gt(x, 1),
    (x: Value) => ({ a: sqrt(add(x, -1)), b: vector([x, mul(x, x)]) }),
    (x: Value) => ({ b: vector([sin(x), 2]), a: exp(x) }),
    x,
  );
  return add(a, sum(b));
};
const byHand = (x: number): number => (x > 1 ? Math.sqrt(x - 1) + x + x * x : Math.exp(x) + Math.sin(x) + 2);
const slopeByHand = (x: number): number => (x > 1 ? 0.5 / Math.sqrt(x - 1) + 1 + 2 * x : Math.exp(x) + Math.cos(x));

const g = (i: Value, x: Value): Value => switchCase(i, [sin, (x: Value) => mul(x, x), (x: Value) => log(x)], x);
const cases = [Math.sin, (x: number) => x * x, Math.log];
const slopes = [Math.cos, (x: number) => 2 * x, (x: number) => 1 / x];

describe.each(engines)("in %s", (engine) => {
  test.each([-1, 0.5, 1, 3])("cond at %d, and its derivatives", (x) => {
    expect(evaluate(f, [x], engine)).toBeCloseTo(byHand(x), 13);
    expect(evaluate(grad(f), [x], engine)).toBeCloseTo(slopeByHand(x), 13);
    const [, tangent] = evaluate((x: Value) => jvp(f)([x], [1 as unknown as Value]), [x], engine) as [number, number];
    expect(tangent).toBeCloseTo(slopeByHand(x), 13);
  });

  test.each([-3, 0, 1, 2, 7])("switchCase %d, the first below and the last beyond", (i) => {
    const k = Math.min(2, Math.max(0, i));
    expect(evaluate(g, [i, 0.7], engine)).toBeCloseTo(cases[k]!(0.7), 14);
    expect(evaluate(grad(g as never, { argnums: 1 } as never), [i, 0.7], engine)).toBeCloseTo(slopes[k]!(0.7), 14);
    expect(g(i as never, 0.7 as never)).toBeCloseTo(cases[k]!(0.7), 14);
  });
});

test("many points each choose", () => {
  const xs = Float64Array.of(-1, 0.5, 1, 3);
  [...(vmap(grad(f) as never)(xs as never) as Float64Array)].forEach((slope, i) => expect(slope).toBeCloseTo(slopeByHand(xs[i]!), 13));
});

test("on data, and inside record, one function runs", () => {
  let ran = "";
  const run = (name: string) => (x: Value): Value => { ran += name; return mul(x, 2); }; // prettier-ignore
  expect(cond(true, run("a"), run("b"), 3 as never)).toBe(6);
  expect(cond(0, run("a"), run("b"), 3 as never)).toBe(6);
  const { grad: slope } = record((x: Value) => cond(gt(x, 1), run("a"), run("b"), x), 0.5);
  expect(slope()).toBe(2);
  expect(ran).toBe("abb");
});

test("in a loop, what a later step does not choose has no influence", () => {
  const f = (x: Value): Value =>
    scan(
      (c, _, i) => [
        cond(
          gt(i, 1),
          (c: Value) => mul(c, x),
          (c: Value) => sqrt(mul(c, c)),
          c,
        ),
        undefined,
      ],
      x,
      3,
    )[0];
  expect(grad(f)(2)).toBeCloseTo(4, 12);
});

describe("refused:", () => {
  const wrong: Readonly<Record<string, readonly [(x: Value) => unknown, string]>> = {
    "branches of other shapes": [(x) => cond(gt(x, 0), () => ({ w: vector([x, x]) }), () => ({ w: x })), "cond: expected a vector of 2 as another branch gives, got a number at result.w. Branches give one structure"],
    "branches of other structures": [(x) => switchCase(x, [() => [x, x], () => x] as never), "switchCase: expected an array of 2 numbers as another branch gives, got a number at result"],
    "a vector to choose by": [(x) => cond(gt(vector([x, x]), 0), () => x, () => x), "cond: expected a scalar to choose by, got the vector"],
    "nothing to choose by": [(x) => cond(undefined as never, () => x, () => x), "cond: expected a number or a Value to choose by, got undefined"],
    "no functions": [(x) => switchCase(x, []), "switchCase: expected functions to choose from, got none"],
    "a result in place of a function": [(x) => cond(gt(x, 0), x as never, () => x), "cond: expected functions to choose from, got"],
  }; // prettier-ignore
  test.each(Object.entries(wrong))("%s", (_, [f, message]) => expect(() => trace(f as never, [1] as never)).toThrow(message));
});
