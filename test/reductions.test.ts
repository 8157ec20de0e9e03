/** Sums, dot products and adjoints to the bit, at lengths around the ends of blocks and of the 8,192 lanes after which sums close. */
import { describe, expect, test } from "vitest";
import { at, compile, concat, cumsum, dot, grad, mean, mul, reverse, segmentSum, slice, sub, sum, take, type Value } from "wengert";
import { cumsumLanes, segmentSumLanes, sumLanes } from "../src/ops/lanes.js";
import { engines, evaluate } from "./engines.js";
import { scattered } from "./numbers.js";

const blocks = [16, 32, 64, 128, 256, 512, 8192].flatMap((n) => [n - 1, n, n + 1]);
const lengths = [...blocks, 8190, 8194, 3 * 8192 - 1, 3 * 8192 + 17];

/** Numbers of every size, so that another order of additions shows. */
const numbers = (lanes: number, seed: number): Float64Array =>
  Float64Array.from(scattered(lanes, -1, 1, lanes + seed), (x, i) => x * 10 ** (((i * (seed + 1)) % 13) - 6));

const product = (x: Float64Array, y: Float64Array): Float64Array => x.map((value, i) => value * y[i]!);

/** x, x², x³ …, multiplied from the left. */
function powers(x: Float64Array, count: number): Float64Array[] {
  const list = [x];
  while (list.length < count) list.push(product(list.at(-1), x));
  return list;
}

describe.each(engines)("in %s", (engine) => {
  describe.each(lengths)("over %i lanes", (lanes) => {
    const [x, y] = [numbers(lanes, 1), numbers(lanes, 2)];

    test("dot products, of inputs and of computed rows", () => {
      expect(evaluate((x: Value, y: Value) => dot(x, y), [x, y], engine)).toBe(sumLanes(product(x, y)));
      expect(evaluate((x: Value) => dot(x, y), [x], engine)).toBe(sumLanes(product(x, y)));
      const computed = (x: Value, y: Value): Value => dot(sub(x, y), mul(x, y));
      const difference = x.map((value, i) => value - y[i]!);
      expect(evaluate(computed, [x, y], engine)).toBe(sumLanes(product(difference, product(x, y))));
    });

    test("means, and sums of differences from them", () => {
      const middle = sumLanes(x) / lanes;
      expect(evaluate((x: Value) => mean(x), [x], engine)).toBe(middle);
      expect(evaluate((x: Value) => dot(sub(x, mean(x)), y), [x], engine)).toBe(sumLanes(x.map((value, i) => (value - middle) * y[i]!)));
    });

    test("sums of lanes that are moved first: odd starts, opposite orders, repetitions", () => {
      const places = Int32Array.from({ length: lanes }, (_, i) => (i * 7) % lanes);
      const segments = places.map((place) => place % 5);
      const f = (x: Value): Value[] => [
        sum(slice(x, 1)),
        sum(slice(x, 3, -2)),
        sum(mul(slice(x, 1), slice(x, 0, -1))),
        sum(reverse(x)),
        sum(take(x, places)),
        sum(concat([1, x, x])),
        at(cumsum(x), -1),
        at(segmentSum(x, segments, 5), 2),
      ];
      expect(evaluate(f, [x], engine)).toEqual([
        sumLanes(x.slice(1)),
        sumLanes(x.slice(3, -2)),
        sumLanes(product(x.slice(1), x.slice(0, -1))),
        sumLanes(x.slice().reverse()),
        sumLanes(Float64Array.from(places, (place) => x[place]!)),
        sumLanes(Float64Array.of(1, ...x, ...x)),
        cumsumLanes(x).at(-1),
        segmentSumLanes(x, segments, 5)[2],
      ]);
    });

    test("adjoints of a scalar that every lane uses", () => {
      expect(grad((c: Value, x: Value, y: Value) => sum(mul(mul(x, c), y)), { engine })(1.5, x, y)).toBe(sumLanes(product(x, y)));
      expect(grad((c: Value) => sum(sub(x, c)), { engine })(1.5)).toBe(-lanes);
    });

    test("many sums and adjoints in one loop, whose blocks are shorter for it", () => {
      const count = 24;
      const wanted = powers(x, count).map(sumLanes);
      const terms = (x: Value): Value[] => {
        const list = [x];
        while (list.length < count) list.push(mul(list.at(-1), x));
        return list;
      };
      expect(evaluate((x: Value) => terms(x).map((term) => sum(term)), [x], engine)).toEqual(wanted);
      const polynomial = (c: Value[], x: Value): Value => sum(sum(terms(x).map((term, k) => mul(term, c[k]!))));
      expect(grad(polynomial, { engine })(new Array<number>(count).fill(0.5), x)).toEqual(wanted);
    });
  });

  test("a compiled function gives the same bits at every run", () => {
    const x = numbers(20_000, 3);
    const step = compile((x: Value, c: Value) => sum(mul(x, c)), [x, 1], { engine });
    const first = step(x, 3);
    for (let run = 0; run < 5; run++) expect(step(x, 3)).toBe(first);
    expect(first).toBe(sumLanes(x.map((value) => 3 * value)));
  });
});
