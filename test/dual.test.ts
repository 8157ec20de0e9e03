/** Dual numbers: every op of the table against the gradient, pins exactly, several directions, and code that branches on values. */
import { describe, expect, test } from "vitest";
import * as wengert from "wengert";
import { type Dual, dual, duals, grad, type Value } from "wengert";
import { table } from "./oracle.js";
import { apart, spread } from "./numbers.js";

type AnyDuals = Record<string, (...operands: (number | Dual)[]) => Dual>;

const functions = duals as unknown as AnyDuals;
const ops = table.filter((op) => !op.internal);
const unitAt = (k: number, point: readonly number[]): (number | Dual)[] => point.map((x, i) => (i === k ? dual(x, 1) : x));

describe.each(ops)("$name", ({ name, partials, probe, pins = [], value }) => {
  const apply = functions[name]!;
  const points = spread(probe, 11);

  test("has its value and the derivatives that the gradient has", () => {
    const f = (...args: Value[]): Value => (wengert as unknown as Record<string, (...args: Value[]) => Value>)[name]!(...args);
    for (const point of points)
      for (const k of partials.keys()) {
        const got = apply(...unitAt(k, point));
        const wanted = (grad(f, { argnums: k as 0 }) as (...args: number[]) => number)(...point);
        expect(got.x).toBe(value(...(point as [number, number, number])));
        expect(apart(got.xDot, wanted), `∂/∂${"abc"[k]} at ${point.join(", ")}`).toBeLessThan(1e-14);
      }
  });

  test("is linear in its tangents, alone or side by side", () => {
    const point = points[0]!;
    const slopes = partials.map((_, k) => apply(...unitAt(k, point)).xDot);
    const wanted = slopes.reduce((total, slope, k) => total + slope * (k + 2), 0);
    expect(apart(apply(...point.map((x, k) => dual(x, k + 2))).xDot, wanted)).toBeLessThan(1e-14);
    const axes = point.map((x, k) =>
      dual(
        x,
        Float64Array.from(point, (_, i) => Number(i === k)),
      ),
    );
    const several = apply(...(axes as unknown as Dual[])) as unknown as Dual<Float64Array>;
    expect([...several.xDot].map((x) => x + 0)).toEqual(slopes.map((x) => x + 0));
  });

  test("is a method of its first operand", () => {
    const operands = points[1]!.map((x, k) => dual(x, k + 1));
    const [first, ...others] = operands as unknown as [Record<string, (...others: Dual[]) => Dual>, ...Dual[]];
    expect(first[name]!(...others)).toEqual(apply(...operands));
  });

  test.each(pins)("is pinned at $at", ({ at, partials: wanted }) => {
    expect(at.map((_, k) => apply(...unitAt(k, at)).xDot + 0)).toEqual(wanted);
  });
});

test("compose", () => {
  const x = dual(2, 1).mul(3).sin();
  expect([x.x, x.xDot]).toEqual([Math.sin(6), 3 * Math.cos(6)]);
  expect(duals.pow(2, dual(3, 1)).xDot).toBe(8 * Math.log(2));
  expect(duals.sin(2)).toMatchObject({ x: Math.sin(2), xDot: 0 });
});

test("loops and branches depend on values", () => {
  const root = (a: Dual): Dual => {
    let x = dual(1, 0);
    while (Math.abs(x.x * x.x - a.x) > 1e-14) x = x.add(a.div(x)).div(2);
    return x.add(a.div(x)).div(2);
  };
  const two = root(dual(2, 1));
  expect(two.x).toBeCloseTo(Math.SQRT2, 14);
  expect(two.xDot).toBeCloseTo(1 / (2 * Math.SQRT2), 12);
});

test("the branch not taken has no influence", () => {
  const x = dual(-1, 1);
  expect(duals.where(duals.gt(x, 0), x.sqrt(), x.mul(2)).xDot).toBe(2);
  for (const clamped of [x.relu(), x.maximum(0), duals.maximum(0, x), x.clip(0, 9), duals.where(x.gt(0), x, 0)]) {
    expect(clamped.log().xDot).toBe(0); // a constant: what follows multiplies nothing
    expect(clamped.sqrt().mul(clamped.log()).xDot).toBe(0);
  }
  expect(dual(0, 1).log().maximum(-5).xDot).toBe(0);
  expect(dual(0, 0).log().xDot).toBeNaN(); // 0 · ∞ where no choice is made
});

test("prints, and refuses operators", () => {
  expect(String(dual(2, 1))).toBe("2 + 1ε");
  expect(dual(2, Float64Array.of(1, 0)).toString()).toBe("2 + [1, 0]ε");
  expect(() => Number(dual(2, 1))).toThrow(/^Dual: expected a number, got the dual number 2 \+ 1ε\. Use its methods/);
});

describe("refuses", () => {
  const untyped = functions as unknown as Record<string, (...operands: unknown[]) => unknown>;
  test.each([
    [() => untyped["add"]!(1, "2"), /^add: expected a number or a dual number, got "2"$/],
    [() => untyped["add"]!(1), /^add: expected a number or a dual number, got undefined$/],
    [
      () => untyped["add"]!(dual(1, new Float64Array(2)), dual(1, new Float64Array(3))),
      /^add: expected dual numbers of as many directions, got 2 and 3$/,
    ],
    [() => untyped["mul"]!(dual(1, 2), dual(1, new Float64Array(3))), /^mul: expected dual numbers of as many directions, got 1 and 3$/],
    [() => dual("1" as never, 1), /^dual: expected a number and a number or Float64Array of tangents, got "1" and 1$/],
  ] as const)("%s", (act, message) => expect(act).toThrow(message));
});
