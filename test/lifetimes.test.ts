/** Memory of vectors is used again when none needs them any more, and no bit changes. */
import { describe, expect, test } from "vitest";
import { at, compile, concat, cumsum, grad, mul, reverse, sin, slice, sum, type Value } from "wengert";

const lanes = 1000;
const x = Float64Array.from({ length: lanes }, (_, i) => Math.sin(i + 1));

/** So many steps, each of which reads the whole vector that was before. */
const chains: Record<string, (steps: number) => (x: Value) => Value> = {
  "put together": (steps) => (x) => {
    let v = x;
    for (let i = 0; i < steps; i++) v = mul(0.9, concat([slice(v, 1), slice(v, 0, 1)]));
    return v;
  },
  reversed: (steps) => (x) => {
    let v = x;
    for (let i = 0; i < steps; i++) v = sin(reverse(mul(v, 1.1)));
    return v;
  },
  "summed and read lane by lane": (steps) => (x) => {
    let v = x;
    for (let i = 0; i < steps; i++) v = concat([reverse(slice(v, 1)), mul(at(cumsum(v), 7), 1e-3)]);
    return v;
  },
};

describe.each(Object.entries(chains))("a chain %s", (_, chain) => {
  test.each(["kernel", "jit"] as const)("takes as much memory in %s however long it is", (engine) => {
    const bytesOf = (steps: number): number => compile(chain(steps), [x], { engine }).bytes;
    expect(bytesOf(400) - bytesOf(100)).toBeLessThan(300 * 8 * 64); // what tape and code take beside vectors
  });

  test.each(["kernel", "jit"] as const)("has the bits of the reference engine in %s, and its gradient", (engine) => {
    const f = chain(60);
    const loss = (x: Value): Value => sum(mul(f(x), f(x)));
    const wanted = compile(f, [x], { engine: "reference" })(x) as Float64Array;
    (compile(f, [x], { engine })(x) as Float64Array).forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 12));
    const gradient = compile(grad(loss), [x], { engine: "reference" })(x);
    compile(grad(loss), [x], { engine })(x).forEach((value, i) => expect(value).toBeCloseTo(gradient[i]!, 10));
    expect(compile(grad(loss), [x], { engine })(x)).toEqual(compile(grad(loss), [x], { engine: "kernel" })(x));
  });
});
