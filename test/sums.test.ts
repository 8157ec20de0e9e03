/** The order of a sum is that of its row: plain numbers, every engine and vmap add the same terms in the same order, beginning with the first. */
import { describe, expect, test } from "vitest";
import { compile, concat, cumsum, dot, mul, segmentSum, square, sum, type Value, vmap } from "wengert";
import { Graph, type Piece, type Row, SCALAR } from "../src/graph/graph.js";
import { addLanes, addTerms, sumLanes, sumTerms } from "../src/ops/lanes.js";
import { structural } from "../src/ops/rows.js";
import { engineOf, engines, evaluate, programFor, runOnce } from "./engines.js";
import { scattered } from "./numbers.js";
import { compareBits } from "./samebits.js";

/** Numbers of every size, so that another order of additions shows. */
const numbers = (count: number, seed = 1): number[] => scattered(count, -1, 1, seed).map((x, i) => x * 10 ** (((i * 7) % 13) - 6));

const short = Array.from({ length: 40 }, (_, i) => i + 1);
const long = [100, 999, 1000, 8191, 8192, 8193, 8200, 3 * 8192 + 5];

const plus = (x: number, y: number): number => x + y;

test("terms that are added two by two are added as lanes are", () => {
  for (const count of [...short, ...long]) {
    const terms = Float64Array.from(numbers(count));
    expect(addLanes([...terms], plus)).toBe(sumLanes(terms));
    expect(addTerms([...terms], plus)).toBe(sumTerms(terms, count));
  }
});

test("up to three terms add from the left, more in eight accumulators", () => {
  const [a, b, c, d, e, f, g, h, i] = numbers(9) as [number, number, number, number, number, number, number, number, number];
  expect(sum([a, b, c])).toBe(a + b + c);
  expect(sum([a, b, c, d])).toBe(a + c + (b + d));
  expect(sum([a, b, c, d, e, f, g, h, i])).toBe(a + i + e + (c + g) + (b + f + (d + h)));
});

describe.each(engines)("in %s", (engine) => {
  test.each([...short, 100, 999, 8193])("sums of %i single numbers, of products, and of both, are those of plain numbers", (count) => {
    const [x, y] = [numbers(count), numbers(count, 2)];
    const terms = x.map((value, i) => (i % 3 === 1 ? value * y[i]! : value));
    expect(evaluate((x: Value[]) => sum(x), [x], engine)).toBe(sum(x));
    expect(evaluate((x: Value[], y: Value[]) => dot(x, y), [x, y], engine)).toBe(dot(x, y));
    expect(evaluate((x: Value[]) => dot(x, y), [x], engine)).toBe(dot(x, y));
    const mixed = (x: Value[], y: Value[]): Value => sum(x.map((value, i) => (i % 3 === 1 ? mul(value, y[i]!) : value)));
    expect(evaluate(mixed, [x, y], engine)).toBe(sum(terms));
    expect(evaluate((x: Value[], y: Value[]) => [sum(x), sum([...x].reverse()), mixed(x, y)], [x, y], engine)).toEqual([
      sum(x),
      sum([...x].reverse()),
      sum(terms),
    ]);
  });

  test.each([2, 3, 5, 9, 30])("sums of %i vectors add them from the left", (count) => {
    const columns = Array.from({ length: count }, (_, k) => Float64Array.from(numbers(5, k)));
    const wanted = columns[0]!.map((_, lane) => columns.map((column) => column[lane]!).reduce(plus));
    expect(sum(columns)).toEqual(wanted);
    expect(evaluate((columns: Value[]) => sum(columns), [columns], engine)).toEqual(wanted);
  });

  test.each([1, 2, 3, 7, 8, 9, 16, 17, 33, 8191, 8192, 8193, 16390])("sums of −0 are −0: %i terms", (count) => {
    const zeros = new Float64Array(count).fill(-0);
    expect(evaluate((x: Value) => sum(x), [zeros], engine)).toBe(-0);
    expect(evaluate((x: Value) => dot(x, x), [zeros], engine)).toBe(0);
    expect(evaluate((x: Value, c: Value) => sum(mul(x, c)), [zeros, 2], engine)).toBe(-0);
    expect(evaluate((x: Value) => cumsum(x), [zeros], engine)).toEqual(zeros);
    if (count < 100) expect(evaluate((x: Value[]) => sum(x), [[...zeros]], engine)).toBe(-0);
  });

  test("a segment begins with its first term, and is 0 where it has none", () => {
    const f = (x: Value, i: Int32Array): Value => segmentSum(x, i, 4);
    const at = (x: number[], i: number[]): unknown => evaluate((x: Value) => f(x, Int32Array.from(i)), [Float64Array.from(x)], engine);
    expect(at([-0, -0, 1, -1, -0], [0, 0, 2, 2, 2])).toEqual(Float64Array.of(-0, 0, 0, 0));
    expect(at([NaN, -0, 5], [3, 1, 3])).toEqual(Float64Array.of(0, -0, 0, NaN));
    expect(segmentSum(Float64Array.of(-0, -0, 1), Int32Array.of(0, 0, 2), 4)).toEqual(Float64Array.of(-0, 0, 1, 0));
    const marked = Float64Array.of(0, 7); // the bits that mark an empty lane, as data
    new BigUint64Array(marked.buffer)[0] = 0x7ff0000000000001n;
    expect(evaluate((x: Value) => segmentSum(x, Int32Array.of(0, 0), 2), [marked], engine)).toEqual(Float64Array.of(NaN, 0));
  });

  test("pieces of a vector add in their order, whatever lies where; what no piece covers is 0", () => {
    const [x, y, z] = [numbers(3), numbers(4, 2), numbers(2, 3)] as [number[], number[], number[]];
    const place = (graph: Graph, [a, b, c, s]: Row[]): Piece[][] => [
      [
        [a!, 1],
        [b!, 2],
        [c!, 3],
        [s!, 3],
        [s!, 8],
      ],
      [
        [s!, 3],
        [b!, 2],
        [s!, 4],
        [c!, 3],
        [a!, 1],
      ],
      [
        [b!, 0],
        [b!, 1],
        [b!, 2],
        [s!, 0],
      ],
      [
        [c!, 7],
        [s!, 0],
        [a!, 5],
        [graph.elementwise(1, a!, s), 4],
        [a!, 5],
      ],
    ];
    const graph = new Graph();
    const vector = (leaf: number, lanes: number): Row => graph.push(structural.input, graph.shapeOf(lanes), leaf, 0);
    const rows = [vector(0, 3), vector(1, 4), vector(2, 2), graph.push(structural.input, SCALAR, 3, 0)];
    const lanesOf = [x, y, z, [-0], x.map((value) => value - -0)];
    const lists = place(graph, rows);
    const assembled = lists.map((pieces) => graph.assemble(pieces, 9));
    const wanted = lists.map((pieces) =>
      Float64Array.from({ length: 9 }, (_, lane) => {
        const terms = pieces.flatMap(([piece, offset]) => {
          const value = lanesOf[piece]![lane - offset];
          return value === undefined ? [] : [value];
        });
        return terms.length === 0 ? 0 : terms.reduce(plus);
      }),
    );
    const program = programFor(graph, assembled);
    expect(runOnce(engineOf(engine), program, [x, y, z, [-0]])).toEqual(wanted);
    expect(compareBits(programFor(graph, [assembled[2]!]), [[x, y, z, [-0]]]).complaints).toEqual([]);
  });

  test("concat keeps −0", () => {
    const v = Float64Array.of(-0, 1);
    expect(evaluate((x: Value, s: Value) => concat([x, s, x, 0, -0]), [v, -0], engine)).toEqual(Float64Array.of(-0, 1, -0, -0, 1, 0, -0));
    expect(concat([v, -0])).toEqual(Float64Array.of(-0, 1, -0));
  });

  test("vmap adds the terms of each point as the function does", () => {
    const points = Array.from({ length: 5 }, (_, k) => numbers(12, k));
    const columns = points[0]!.map((_, i) => Float64Array.from(points, (point) => point[i]!));
    const f = (x: readonly Value[]): Value => sum(x.map((value) => square(value)));
    const one = compile(f, [points[0]!], { engine });
    expect(vmap(f, { engine })(columns)).toEqual(Float64Array.from(points, (point) => one(point) as number));
  });
});
