/** Cases at the edges of what is usual: uniform products, buffers used again, views that change places, holes, many leaves. */
import { describe, expect, test } from "vitest";
import { add, broadcast, compile, dot, grad, mul, norm, sub, sum, type Value, valueAndGrad } from "wengert";
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
