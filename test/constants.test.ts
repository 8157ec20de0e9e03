/** Functions of constants: what folds is the same on every machine, and the rest is computed once, by the mathematics of the engine. */
import { describe, expect, test } from "vitest";
import { compile, grad, mul, pow, sin, type Value } from "wengert";
import { lowered } from "../src/engines/kernel/constants.js";
import { encode } from "../src/engines/kernel/encode.js";
import { evaluate as numberOf } from "../src/ops/generated/evaluate.js";
import { exact, opcode } from "../src/ops/generated/table.js";
import { Graph, type Row, SCALAR } from "../src/graph/graph.js";
import { type Op } from "../src/ops/ops.js";
import { structural } from "../src/ops/rows.js";
import { edges } from "./checks.js";
import { engineOf, prepare, programFor, runOnce } from "./engines.js";
import { spread } from "./numbers.js";
import { table } from "./oracle.js";
import { compareBits } from "./samebits.js";

const codeOf = ({ name }: Op): number => opcode[name as keyof typeof opcode];

/** Operands at which an op is asked for. */
const pointsOf = (op: Op): number[][] => [...spread(op.probe, 7), ...edges(op)];

const input = (graph: Graph, leaf: number): Row => graph.push(structural.input, SCALAR, leaf, 0);

test("arithmetic, comparisons and choices fold, functions do not", () => {
  const folding = table.filter((op) => exact[codeOf(op)]).map(({ name }) => name);
  for (const name of ["add", "sub", "mul", "div", "neg", "abs", "sqrt", "square", "lt", "where", "minimum", "clip", "relu", "round"])
    expect(folding).toContain(name);
  for (const name of ["exp", "log", "sin", "pow", "hypot", "rem", "lgamma", "sigmoid"]) expect(folding).not.toContain(name);
});

describe.each(table)("$name", (op) => {
  test("of constants is to the bit what it is of arguments", () => {
    const points = pointsOf(op);
    const graph = new Graph();
    const rows = points.map((point) => {
      const [a, b, c] = point.map((x) => graph.constant(x));
      return graph.elementwise(codeOf(op), a!, b, c);
    });
    const folds = exact[codeOf(op)] === 1;
    rows.forEach((row, i) => {
      expect(graph.isConstant(row)).toBe(folds);
      if (folds) expect(graph.constantOf(row)).toBe(numberOf(codeOf(op), ...(points[i] as [number, number, number])));
    });
    const computed = rows.map((row) => graph.elementwise(opcode.mul, row, input(graph, 0)));
    const given = new Graph();
    const operands = op.partials.map((_, k) => input(given, k));
    const wanted = programFor(given, [given.elementwise(codeOf(op), operands[0]!, operands[1], operands[2])]);
    const results = runOnce(engineOf("kernel"), programFor(graph, computed), [[1]]);
    const ofArguments = prepare(engineOf("kernel"), wanted);
    points.forEach((point, i) => {
      const [value] = ofArguments(point.map((x) => [x]));
      expect(results[i]![0], `${op.name}(${point.join(", ")})`).toBe(value![0]);
    });
    expect(compareBits(programFor(graph, computed), [[[1]], [[-0]]]).complaints).toEqual([]);
  });
});

test("a run does no work for them", () => {
  const graph = new Graph();
  const x = input(graph, 0);
  const two = graph.constant(2);
  const scale = graph.elementwise(opcode.exp, graph.elementwise(opcode.sin, two));
  const sum = graph.assemble([
    [scale, 0],
    [graph.elementwise(opcode.log, two), 0],
    [graph.constant(1), 0],
  ]);
  const program = programFor(graph, [graph.elementwise(opcode.mul, x, sum)]);
  const { tape } = encode(program, lowered(program));
  const rows: number[] = [];
  tape.eachRow(({ op }) => rows.push(op));
  expect(rows.slice(0, -1)).toEqual([opcode.mul]); // and a copy to the outputs
  expect(compareBits(program, [[[1]], [[3]]]).complaints).toEqual([]);
});

test.each(["kernel", "jit", "reference"] as const)("a result that depends on no argument, in %s", (engine) => {
  const f = (x: Value): Value[] => [grad((y: Value) => mul(sin(y), y))(2) as unknown as Value, x];
  const [slope] = compile(f, [1], { engine })(1);
  expect(slope).toBeCloseTo(Math.sin(2) + 2 * Math.cos(2), 14);
  expect(grad((x: Value) => pow(2, x), { engine })(3)).toBeCloseTo(8 * Math.LN2, 14);
});
