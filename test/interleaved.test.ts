/** Scalar rows with rows of other kinds between them: what a run of scalars must step over. */
import { expect, test } from "vitest";
import { compile, mul, segmentSum, sin, sum, take, tanh, type Value, valueAndGrad } from "wengert";
import { engines } from "./engines.js";

test.each(engines)("constant lane numbers among scalars, in %s", (engine) => {
  const f = (x: Value[], v: Value): Value => {
    const before = mul(x[0]!, x[1]!);
    const taken = sum(take(v, Int32Array.of(2, 0, 2)));
    const between = tanh(before);
    const summed = sum(sin(segmentSum(v, Int32Array.of(1, 0, 1), 2)));
    return sum([between, sin(before), taken, mul(between, summed), summed]);
  };
  const [a, b, v0, v1, v2] = [0.3, -1.2, 0.5, 0.25, -0.75] as const;
  const [product, first, second] = [a * b, v1, v0 + v2];
  const summed = Math.sin(first) + Math.sin(second);
  const slope = Math.cos(product) + (1 - Math.tanh(product) ** 2) * (1 + summed);
  const [value, gradient] = compile(valueAndGrad(f), [[a, b], Float64Array.of(v0, v1, v2)], { engine })(
    [a, b],
    Float64Array.of(v0, v1, v2),
  );
  expect(value).toBeCloseTo(Math.tanh(product) * (1 + summed) + Math.sin(product) + 2 * v2 + v0 + summed, 14);
  expect(gradient[0]).toBeCloseTo(slope * b, 14);
  expect(gradient[1]).toBeCloseTo(slope * a, 14);
});
