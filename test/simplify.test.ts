/** Simplification: each law at values that break careless ones, and random graphs whose results stay what they were. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, at, concat, div, eq, gt, grad, maximum, mul, ne, not, reverse, slice, sub, trace, type Value, where } from "wengert";
import { opcode } from "../src/ops/generated/table.js";
import { type Graph, type Row } from "../src/graph/graph.js";
import { prune, simplify } from "../src/passes/simplify.js";
import { verify } from "../src/graph/verify.js";
import { evaluateGraph } from "./oracle.js";
import { grow, recipes } from "./random.js";

const edges = [0, -0, 1, -1, 2.5, -7, 1e308, 5e-324, Infinity, -Infinity, NaN];

/** The numbers of rows, lane by lane. */
const numbersOf = (graph: Graph, rows: readonly Row[], leaves: readonly ArrayLike<number>[]): number[] => {
  const values = evaluateGraph(graph, leaves);
  return rows.flatMap((row) => [...values[row]!]);
};

/** Equal but for the sign of a zero. */
const same = (x: number, y: number): boolean => x === y || (Number.isNaN(x) && Number.isNaN(y));

const laws: readonly [law: string, f: (x: Value, y: Value) => Value, rows: number][] = [
  ["x + −0 = x", (x) => add(x, -0), 1],
  ["x + −y = x − y", (x, y) => add(x, y.neg()), 3],
  ["x + x = 2x", (x) => add(x, x), 3],
  ["x − 0 = x", (x) => sub(x, 0), 1],
  ["x − −y = x + y", (x, y) => sub(x, y.neg()), 3],
  ["x · 1 = x", (x) => mul(x, 1), 1],
  ["x · −1 = −x", (x) => mul(x, -1), 2],
  ["−x · −y = x · y", (x, y) => mul(x.neg(), y.neg()), 3],
  ["x · x = x²", (x) => mul(x, x), 2],
  ["x / 1 = x", (x) => div(x, 1), 1],
  ["x / −1 = −x", (x) => div(x, -1), 2],
  ["−x / −y = x / y", (x, y) => div(x.neg(), y.neg()), 3],
  ["−−x = x", (x) => x.neg().neg(), 1],
  ["|−x| = |x|", (x) => x.neg().abs(), 2],
  ["||x|| = |x|", (x) => x.abs().abs(), 2],
  ["(−x)² = x²", (x) => x.neg().square(), 2],
  ["cos −x = cos x", (x) => x.neg().cos(), 2],
  ["sin −x = −sin x", (x) => x.neg().sin(), 3],
  ["tanh −x = −tanh x", (x) => x.neg().tanh(), 3],
  ["max(x, x) = x", (x) => maximum(x, x), 1],
  ["where(p, x, x) = x", (x, y) => where(gt(x, y), x, x), 1],
  ["where(¬p, x, y) = where(p, y, x)", (x, y) => where(not(gt(x, y)), x, y), 4],
  ["¬¬p = p", (x, y) => not(not(gt(x, y))), 3],
  ["p ≠ 0 is p", (x, y) => ne(gt(x, y), 0), 3],
  ["p = 0 is ¬p", (x, y) => eq(gt(x, y), 0), 4],
  ["at(concat, i)", (x, y) => at(concat([x, y]), 1), 1],
  ["at(reverse), at(slice)", (x, y) => at(slice(reverse(concat([x, y, x])), 1), 0), 1],
];

describe("laws", () => {
  test.each(laws)("%s", (_, f, rows) => {
    const before = trace(f, [1, 2]);
    const after = before.simplify().verify();
    expect(after.rows).toBe(rows);
    expect(after.graph.length).toBe(rows);
    for (const x of edges) {
      for (const y of edges) {
        const [[was], [is]] = [before, after].map(({ graph, results }) => numbersOf(graph, results, [[x], [y]])) as [[number], [number]];
        expect(same(was, is), `at ${x}, ${y}: ${was}, then ${is}`).toBe(true);
      }
    }
  });

  test.each([
    ["x − x", (x: Value) => sub(x, x)],
    ["x · 0", (x: Value) => mul(x, 0)],
    ["x / x", (x: Value) => div(x, x)],
    ["x + 0, for −0", (x: Value) => add(x, 0)],
  ])("%s stays, since it may be NaN or another zero", (_, f) => expect(trace(f, [1]).simplify().rows).toBe(trace(f, [1]).rows));
});

describe("random graphs", () => {
  const forAll = (check: (graph: Graph, of: Row, leaves: readonly ArrayLike<number>[]) => void): void =>
    fc.assert(
      fc.property(recipes(25), (recipe) => {
        const { graph, of, leaves } = grow(recipe);
        check(graph, of, leaves);
      }),
      { numRuns: 250, seed: 11 },
    );

  test("simplified, they have the same results to a rounding", () => {
    forAll((graph, of, leaves) => {
      const { graph: to, results } = simplify(graph, [of]);
      verify(to, results);
      expect(to.length).toBeLessThanOrEqual(graph.length + 2);
      const [was, is] = [numbersOf(graph, [of], leaves)[0]!, numbersOf(to, results, leaves)[0]!];
      expect(same(was, is) || Math.abs(was - is) <= 1e-9 * Math.abs(was), `${was}, then ${is}`).toBe(true);
    });
  });

  test("pruned, they have the same results to the bit, and no row that is not needed", () => {
    forAll((graph, of, leaves) => {
      const { graph: to, results } = prune(graph, [of]);
      verify(to, results);
      expect(prune(to, results).graph.length).toBe(to.length);
      expect(numbersOf(to, results, leaves)).toEqual(numbersOf(graph, [of], leaves));
    });
  });
});

test("a derivative has fewer rows, and is as readable as it can be", () => {
  const derivative = trace(
    grad((x: Value) => mul(mul(x, 1), sub(x.neg().neg(), 0))),
    [2],
  );
  expect(derivative.simplify().formula(["x"]).trim()).toMatch(/^(2 \* x|x \* 2)$/);
  expect([...derivative.simplify().graph.op.subarray(0, derivative.simplify().graph.length)]).not.toContain(opcode.neg);
});
