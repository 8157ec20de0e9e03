/** The types of customJvp, customVjp and hostOp. Compiled, never run. */
import { customJvp, customVjp, grad, hostOp, type Indices, mul, sin, sum, take, type Value } from "wengert";
import { describe, expectTypeOf, test } from "vitest";

describe("rules", () => {
  test("have the function's type", () => {
    const f = customJvp(
      (p: { w: Value }, x: Value) => mul(p.w, x),
      ([p, x], [dp, dx]) => mul(p.w, dx).add(mul(dp.w, x)),
    );
    expectTypeOf(f).toEqualTypeOf<(p: { w: Value }, x: Value) => Value>();
    expectTypeOf(grad(f)({ w: 1 }, 2)).toEqualTypeOf<{ w: number }>();
  });

  test("pass residuals, and null for what has no gradient", () => {
    const f = customVjp(
      (x: Value, i: Indices) => sum(take(x, i)),
      (x, i) => [sum(take(x, i)), { x }],
      (residuals, seed) => {
        expectTypeOf(residuals).toEqualTypeOf<{ x: Value }>();
        expectTypeOf(seed).toEqualTypeOf<Value>();
        return [residuals.x.mul(seed), null];
      },
    );
    expectTypeOf(f).toEqualTypeOf<(x: Value, i: Indices) => Value>();
  });

  test("refuse mistakes", () => {
    // @ts-expect-error a tangent of another structure
    customJvp((x: Value) => sin(x), ([x]) => ({ x })); // prettier-ignore
    // @ts-expect-error too many gradients
    customVjp((x: Value) => sin(x), (x) => [sin(x), x], (x) => [x, x]); // prettier-ignore
  });
});

test("a host function takes and gives numbers, vectors and Values", () => {
  const f = hostOp({
    name: "f",
    value: (a, b) => a + b,
    partials: [() => 1, { name: "f.b", value: () => 1, partials: [() => 0, () => 0] }],
  });
  expectTypeOf(f(1, 2)).toEqualTypeOf<number>();
  expectTypeOf(f(1, new Float64Array(2))).toEqualTypeOf<Float64Array>();
  expectTypeOf(f({} as Value, 2)).toEqualTypeOf<Value>();
  // @ts-expect-error a string
  f("1", 2);
  // @ts-expect-error no function
  hostOp({ name: "f" });
});
