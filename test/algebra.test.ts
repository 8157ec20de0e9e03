/** Activity and algebra: what derivatives flow through, and how the derivative passes add and multiply rows. */
import { type RowSet } from "../src/graph/rowset.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Graph, type Row } from "../src/graph/graph.js";
import { parseGraph } from "../src/graph/parse.js";
import { opcode } from "../src/ops/generated/table.js";
import { rowName, structural } from "../src/ops/rows.js";
import { activity, flows } from "../src/passes/activity.js";
import { broadcastTo, plus, reduced, times } from "../src/passes/algebra.js";
import { evaluateGraph } from "./oracle.js";

const head = "%0 = input leaf=0 offset=0\n%1 = input leaf=0 offset=1\n";
const vectors = "%0 = input leaf=0 offset=0 : [4]\n%1 = indexVector [1, 2] : [2]\n";

/** Graphs, and the rows that depend on row 0 through derivatives. */
const active: Readonly<Record<string, readonly [text: string, wanted: readonly Row[]]>> = {
  "what is computed from it": [`${head}%2 = mul %0 %1\n%3 = sin %2\n%4 = cos %1\nreturn %3 %4`, [0, 2, 3]],
  "not what steps are computed from": [`${head}%2 = floor %0\n%3 = lt %0 %1\n%4 = add %2 %3\nreturn %4`, [0]],
  "not through a constant to derivatives": [`${head}%2 = stopGradient %0\n%3 = mul %2 %1\nreturn %3`, [0]],
  "through what may be chosen, not through the condition": [`${head}%2 = where %0 %1 %1\n%3 = where %1 %0 %1\nreturn %2 %3`, [0, 3]],
  "through the derivative that a value has": [`${head}%2 = surrogate %0 %1\n%3 = surrogate %1 %0\nreturn %2 %3`, [0, 3]],
  "through lanes that are moved": [
    `${vectors}%2 = take %0 %1 : [2]\n%3 = segmentSum %2 %1 : [4]\n%4 = cumsum %3 : [4]\n%5 = reverse %4 : [4]\n%6 = sum %5\nreturn %6`,
    [0, 2, 3, 4, 5, 6],
  ],
  "not through where a greatest lane is": [`${vectors}%2 = argmax %0\n%3 = max %0\nreturn %2 %3`, [0]],
  "through pieces": [`${head}%2 = assemble %1@0 %0@1 : [2]\n%3 = at %2 index=0\nreturn %3`, [0, 2, 3]],
  "up to the last result": [`${head}%2 = sin %0\n%3 = cos %0\nreturn %2`, [0, 2]],
};

/** The rows of a set, and of the graph. */
const rowsOf = (set: RowSet, { length }: Graph): Row[] => Array.from({ length }, (_, row) => row).filter((row) => set.has(row));

describe("activity", () => {
  test.each(Object.entries(active))("%s", (_, [text, wanted]) => {
    const { graph, results } = parseGraph(text);
    const depends = activity(graph, results, [0]);
    expect([depends.first, depends.end]).toEqual([0, Math.max(...results) + 1]);
    expect(rowsOf(depends, graph)).toEqual(wanted);
  });

  test("begins at the first parameter, and says nothing without one", () => {
    const { graph, results } = parseGraph(`${head}%2 = mul %0 %1\nreturn %2`);
    expect(rowsOf(activity(graph, results, [1]), graph)).toEqual([1, 2]);
    expect(activity(graph, results, [1]).first).toBe(1);
    expect(rowsOf(activity(graph, results, []), graph)).toEqual([]);
  });

  test("flows to the operands that have a partial", () => {
    const { graph } = parseGraph(`${vectors}%2 = take %0 %1 : [2]\n%3 = at %0 index=0\n%4 = clip %3 %3 %3\n%5 = pow %3 %3\nreturn %5`);
    const all = (row: Row): boolean[] => Array.from({ length: graph.operandCount(row) }, (_, k) => flows(graph, row, k));
    expect([2, 3, 4, 5].map(all)).toEqual([[true, false], [true], [true, true, true], [true, true]]);
  });
});

/** A graph of three numbers, and the rows that are made of them. */
function made(make: (graph: Graph, x: Row, y: Row, z: Row) => Row): { graph: Graph; row: Row } {
  const graph = new Graph();
  const [x, y, z] = [0, 1, 2].map((offset) => graph.push(structural.input, 0, 0, offset)) as [Row, Row, Row];
  return { graph, row: make(graph, x, y, z) };
}

/** A row as a term over x, y and z. */
function term(graph: Graph, row: Row): string {
  if (row < 3) return "xyz"[row]!;
  if (graph.isConstant(row)) return String(graph.constantOf(row));
  return `${rowName(graph.op[row]!)}(${graph.operands(row).map((operand) => term(graph, operand)).join(", ")})`; // prettier-ignore
}

const { add, mul, div, neg, where } = opcode;

/** What is made, as it is recorded, and the number that it is for x, y, z. */
const laws: Readonly<
  Record<
    string,
    readonly [make: (graph: Graph, x: Row, y: Row, z: Row) => Row, text: string, value: (x: number, y: number, z: number) => number]
  >
> = {
  // prettier-ignore
  "x + y": [(g, x, y) => plus(g, x, y), "add(x, y)", (x, y) => x + y],
  "x + −y": [(g, x, y) => plus(g, x, g.elementwise(neg, y)), "sub(x, y)", (x, y) => x - y],
  "−x + y": [(g, x, y) => plus(g, g.elementwise(neg, x), y), "sub(y, x)", (x, y) => y - x],
  "−x + −y": [(g, x, y) => plus(g, g.elementwise(neg, x), g.elementwise(neg, y)), "neg(add(x, y))", (x, y) => -(x + y)],
  "both sides of a choice": [
    (g, x, y, z) => plus(g, g.elementwise(where, z, x, g.constant(0)), g.elementwise(where, z, g.constant(0), y)),
    "where(z, x, y)",
    (x, y, z) => (z === 0 ? y : x),
  ],
  "the other side first": [
    (g, x, y, z) => plus(g, g.elementwise(where, z, g.constant(0), y), g.elementwise(where, z, x, g.constant(0))),
    "where(z, x, y)",
    (x, y, z) => (z === 0 ? y : x),
  ],
  "the same side of a choice twice": [
    (g, x, y, z) => plus(g, g.elementwise(where, z, x, g.constant(0)), g.elementwise(where, z, y, g.constant(0))),
    "add(where(z, x, 0), where(z, y, 0))",
    (x, y, z) => (z === 0 ? 0 : x + y),
  ],
  "1 · y": [(g, _, y) => times(g, g.constant(1), y), "y", (_, y) => y],
  "x · 1": [(g, x) => times(g, x, g.constant(1)), "x", (x) => x],
  "−x · y": [(g, x, y) => times(g, g.elementwise(neg, x), y), "neg(mul(x, y))", (x, y) => -(x * y)],
  "−x · −y": [(g, x, y) => times(g, g.elementwise(neg, x), g.elementwise(neg, y)), "mul(x, y)", (x, y) => x * y],
  "x · (1 / y)": [(g, x, y) => times(g, x, g.elementwise(div, g.constant(1), y)), "div(x, y)", (x, y) => x / y],
  "x · (2 / y)": [(g, x, y) => times(g, x, g.elementwise(div, g.constant(2), y)), "div(mul(x, 2), y)", (x, y) => (x * 2) / y],
  "x · (y / z)": [(g, x, y, z) => times(g, x, g.elementwise(div, y, z)), "mul(x, div(y, z))", (x, y, z) => x * (y / z)],
  "a scalar for 5 lanes": [(g, x) => reduced(g, 5, x), "mul(x, 5)", (x) => x * 5],
  "one that is spread over 5 lanes": [(g, x) => reduced(g, 5, broadcastTo(g, x, 5)), "sum(broadcast(x))", (x) => x + x + x + x + x],
  "its negation": [
    (g, x) => reduced(g, 5, g.elementwise(neg, broadcastTo(g, x, 5))),
    "neg(sum(broadcast(x)))",
    (x) => -(x + x + x + x + x),
  ],
};

describe("algebra", () => {
  test.each(Object.entries(laws))("%s", (_, [make, text, value]) => {
    const { graph, row } = made(make);
    expect(term(graph, row)).toBe(text);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 3, maxLength: 3 }), (numbers) => {
        const [x, y, z] = numbers as [number, number, number];
        const got = evaluateGraph(graph, [Float64Array.from(numbers)])[row]![0]!;
        expect(got + 0).toBe(value(x, y, z) + 0); // 0 and −0 alike
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  test("records equal work once", () => {
    const { graph } = made((g, x, y) => plus(g, times(g, x, y), times(g, y, g.elementwise(neg, x))));
    expect(graph.op.slice(0, graph.length).filter((op) => op === mul)).toHaveLength(1);
    expect(graph.op.slice(0, graph.length).filter((op) => op === add)).toHaveLength(0);
  });

  test("spreads scalars, and leaves lanes as they are", () => {
    const { graph, row } = made((g, x) => broadcastTo(g, x, 4));
    expect(graph.lanes(row)).toBe(4);
    expect(broadcastTo(graph, row, 4)).toBe(row);
  });
});
