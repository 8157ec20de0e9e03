/** Cases at the edges of what is usual: uniform products, buffers used again, views that change places, holes, many leaves. */
import { describe, expect, test } from "vitest";
import { add, broadcast, compile, div, dot, grad, jvp, mul, norm, record, sub, sum, type Value, valueAndGrad, vjp } from "wengert";
import { engines } from "./engines.js";

describe.each(engines)("in %s", (engine) => {
  test.each([1, 2, 33, 100, 5000, 10001])("sums of products of equal lanes, %i of them", (lanes) => {
    const both = (x: Value, y: Value): Value => sum(mul(broadcast(x, lanes), broadcast(y, lanes)));
    expect(compile(valueAndGrad(both, { argnums: [0, 1] }), [2, 3], { engine })(2, 3)).toEqual([6 * lanes, [3 * lanes, 2 * lanes]]);
    expect(compile((x: Value) => sum(mul(broadcast(x, lanes), 3)), [2], { engine })(2)).toBe(6 * lanes);
  });

  test("the square of a uniform gradient", () => {
    const penalty = (x: Value, s: Value): Value => {
      const g = grad((y: Value) => mul(s, sum(y)))(x);
      return dot(g, g);
    };
    expect(compile(penalty, [new Float64Array(10), 3], { engine })(new Float64Array(10), 3)).toBe(90);
  });

  test("norms of tiny and huge vectors have slopes of length 1", () => {
    for (const scale of [5e-324, 3e-310, 1e-200, 1, 1e200, 3e307]) {
      const slopes = grad((x: Value) => norm(x), { engine })(Float64Array.of(3 * scale, -4 * scale));
      expect(slopes[0]).toBeCloseTo(0.6, 13);
      expect(slopes[1]).toBeCloseTo(-0.8, 13);
    }
  });

  // 1/b overflows there, so adjoints and tangents are divided by b and not multiplied by that
  test.each([
    [0, 1e-310, -0],
    [-0, 5e-324, 0],
    [1e-320, 1e-310, -(1e-320 / 1e-310 / 1e-310)],
    [1e-320, -1e-310, -(1e-320 / 1e-310 / 1e-310)],
    [3, 4, -0.1875],
  ])("quotients %d / %d by subnormal divisors", (a, b, byDivisor) => {
    const quotient = (a: Value, b: Value): Value => div(a, b);
    const scaled = (a: Value, b: Value): Value => mul(div(a, b), 1e-10);
    expect(grad(quotient, { argnums: 1, engine })(a, b)).toBe(byDivisor);
    expect(jvp(quotient, { engine })([a, b], [1e-10, 0])[1]).toBe(1e-10 / b);
    expect(vjp(quotient, { engine })(a, b)[1](1e-10)).toBe(1e-10 / b);
    expect(grad(scaled, { engine })(a, b)).toBe(1e-10 / b);
    const lanes = grad((x: Value, y: Value) => sum(mul(div(x, y), 1e-10)), { argnums: [0, 1], engine });
    expect(lanes(Float64Array.of(a, a), Float64Array.of(b, b))[0]).toEqual(Float64Array.of(1e-10 / b, 1e-10 / b));
    expect(record(quotient, a, b).grad(1)).toBe(byDivisor);
    expect(record(scaled, a, b).grad()).toBe(1e-10 / b);
  });

  test("resident views may change places in a call", () => {
    const step = compile((a: Value, b: Value) => sub(a, b), [Float64Array.of(1, 2), Float64Array.of(10, 20)], { engine });
    expect(step(step.inputs[1], step.inputs[0])).toEqual(Float64Array.of(9, 18));
    expect([...step.inputs]).toEqual([Float64Array.of(10, 20), Float64Array.of(1, 2)]);
  });

  test("twenty thousand leaves", () => {
    const records = Array.from({ length: 20000 }, (_, i) => ({ a: i, b: 1 }));
    const gradient = grad((p: { a: Value; b: Value }[]) => sum(p.map(({ a, b }) => mul(a, b))), { engine })(records);
    expect(gradient[12345]).toEqual({ a: 1, b: 12345 });
  });
});

test("a buffer used again is a constant of what it held each time", () => {
  const f = (x: Value): Value => {
    const buffer = new Float64Array(3);
    let total = sum(mul(x, buffer));
    for (let k = 1; k <= 3; k++) total = add(total, sum(mul(x, buffer.fill(k))));
    return total;
  };
  expect(grad(f)(new Float64Array(3))).toEqual(Float64Array.of(6, 6, 6));
});

test("an array with a hole is no array of numbers", () => {
  const holes = Array<number>(3);
  holes[0] = holes[2] = 1;
  expect(() => compile((p: Value[]) => sum(p), [[1, 2, 3]])(holes)).toThrow("step: expected a number, got undefined at args[0][1]");
});

test("inputs cannot be replaced, nor hold what is no number", () => {
  const { inputs } = compile((p: { a: Value; b: Value }[]) => p[0]!.a, [[{ a: 1, b: 2 }]]);
  const records = inputs[0] as unknown as { a: number }[];
  expect(() => (records[0] = { a: 3 })).toThrow(TypeError);
  expect(() => (records[0]!.a = "3" as never)).toThrow('step: expected a number, got "3" at args[0][0].a');
});
