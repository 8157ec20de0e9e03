/** Written-out functions: plain JavaScript that gives, to the bit, what the reference engine makes of the same rows. */
import { describe, expect, test } from "vitest";
import {
  add,
  argmax,
  argmin,
  at,
  callable,
  cholesky,
  cos,
  customVjp,
  eigh,
  grad,
  hessian,
  hostOp,
  type Indices,
  jvp,
  lgamma,
  log,
  lstsq,
  matmul,
  matrix,
  mul,
  parse,
  scan,
  sin,
  solve,
  square,
  stopGradient,
  sub,
  sum,
  take,
  trace,
  type Traced,
  type Value,
  valueAndGrad,
} from "wengert";
import { walk } from "../src/data/tree.js";
import { namedRows } from "../src/graph/formula.js";
import { Graph, SCALAR } from "../src/graph/graph.js";
import { rewritten } from "../src/passes/pipeline.js";
import { isElementwise, rowName, structural } from "../src/ops/rows.js";
import { structuralRows } from "../src/ops/structural.js";
import { declarations, meanings } from "../src/source/generated/library.js";
import { printSource } from "../src/source/source.js";
import { signatureOf } from "../src/source/signature.js";
import { type AnyFunction as Traceable, programOf } from "../src/trace/program.js";
import { engineOf, runOnce } from "./engines.js";
import { derived, derivedModes, erased, type Mode, numbersOf } from "./modes.js";
import { table } from "./oracle.js";
import { type Example, programs } from "./programs.js";

type AnyFunction = (...args: unknown[]) => unknown;

/** The function that a source declares. */
const functionOf = (source: string, name = "f"): AnyFunction =>
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is the library's own
  (new Function(`"use strict";\n${source}\nreturn ${name};`) as () => AnyFunction)();

/** A function traced whatever its type. */
const traced = (f: unknown, args: readonly unknown[]): Traced => trace(f as AnyFunction, [...args]);

const functionIn = (example: Example, mode: Mode): unknown => (mode === "value" ? erased(example.f) : derived[mode](example, "reference"));

/** What the reference engine makes of a function's rows, those of its derivatives included. */
function byReference(f: unknown, args: readonly unknown[]): number[] {
  const program = rewritten(programOf("test", f as Traceable, args, {}));
  const leaves: ArrayLike<number>[] = [];
  walk(program.inputTree, args, program.inputs, "args", (leaf, value) => {
    leaves[leaf] = typeof value === "number" ? [value] : (value as ArrayLike<number>);
  });
  return runOnce(engineOf("reference"), program, leaves).flatMap((lanes) => [...lanes]);
}

const met = new Set<number>();

describe.each(programs)("$name", (example) => {
  test.each(derivedModes)("%s", (mode) => {
    const f = functionIn(example, mode);
    const { graph, results, ...rest } = traced(f, example.args);
    for (const row of namedRows(graph, results)) met.add(graph.op[row]!);
    const source = printSource({ graph, results, ...rest }, {});
    const before = numbersOf(example.args);
    expect(numbersOf(functionOf(source)(...example.args))).toEqual(byReference(f, example.args));
    expect(numbersOf(example.args)).toEqual(before);
  });
});

/** x² with half of a derivative. */
const halved = customVjp(
  (x: Value) => mul(x, x),
  (x: Value) => [mul(x, x), null],
  (_: null, seed: Value) => [mul(seed, 0.5)],
);

const half = callable((x: Value) => sin(mul(x, 0.5)));

/** Σ y², and Σ g² of the gradient g of that. */
const squares = (y: Value): Value => sum(square(y));
const squaresOfGradient =
  (f: (a: Value) => Value) =>
  (a: Value): Value =>
    squares((grad((a: Value) => squares(f(a))) as (a: Value) => Value)(a));
const positive = matrix([[4, 1, 0.5], [1, 3, 0.2], [0.5, 0.2, 2]]); // prettier-ignore
const right = matrix([[1, 2], [0.5, -1], [3, 0.25]]); // prettier-ignore
const ofFactor = squaresOfGradient((a) => cholesky(a));
const ofLeastSquares = squaresOfGradient((a) => lstsq(a, right));
const ofVectors = squaresOfGradient((a) => mul(eigh(a).vectors, positive));
const ofSolution = squaresOfGradient((a) => solve(a, right));

/** Rows that no program has, each with a function that does. */
const others: readonly (readonly [name: string, f: unknown, args: readonly unknown[]])[] = [
  ["call", (x: Value) => add(half(x), half(half(x))), [3]],
  ["matmul", squaresOfGradient((a) => matmul(a, right)), [positive]],
  ...["cholesky", "choleskyAdjoint", "triangularSolve", "triangle"].map(
    (name) => [name, (a: Value): Value => squares((grad(ofFactor) as (a: Value) => Value)(a)), [positive]] as const,
  ),
  ...["lu", "solve", "solveTransposed"].map((name) => [name, ofSolution, [positive]] as const),
  ...["qr", "orthogonalFactor", "triangularFactor"].map((name) => [name, ofLeastSquares, [positive]] as const),
  ...["eigh", "eigenvalues", "eigenvectors"].map((name) => [name, ofVectors, [positive]] as const),
  ["argmin", (x: Value) => argmin(x), [Float64Array.of(1, 3, NaN, 2)]],
  ["indexVector", (x: Value) => take(x, Int32Array.of(1, 1, 0)), [Float64Array.of(1, 3, 2)]],
  ["argmax", (x: Value) => argmax(x), [Float64Array.of(1, 3, NaN, 2)]],
  ["indices", (x: Value, at: Indices) => take(x, at), [Float64Array.of(1, 3, 2), Int32Array.of(2, 0, 2, 1)]],
  ["argminAxis", (x: Value) => argmin(x, { axis: 0 }), [matrix([[1, NaN], [0, 2]])]], // prettier-ignore
  ["custom", halved, [3]],
  ["loop", (x: Value) => scan((c, k) => [mul(sin(c), k), c], at(x, 0), x)[1], [Float64Array.of(1, 3, 2)]],
];

test.each(others)("%s", (name, f, args) => {
  const { graph, results } = traced(f, args);
  expect(Array.from(graph.op.subarray(0, graph.length), rowName)).toContain(name);
  const signature = signatureOf(graph, results);
  const source = printSource({ graph, results, signature, adjoints: new Map() }, {});
  expect(numbersOf(functionOf(source)(...args))).toEqual(byReference(f, args));
});

test("every structural row is written out somewhere, but those that cannot be", () => {
  const written = new Set([...[...met].filter((op) => !isElementwise(op)).map(rowName), ...others.map(([name]) => name)]);
  const refused = ["placeholder", "host"];
  expect(Object.keys(structuralRows).filter((name) => !written.has(name))).toEqual(refused);
});

describe("every op", () => {
  test.each(table.map((op, code) => [op.name, op, code] as const))("%s, on numbers and on lanes", (_, op, code) => {
    const count = op.partials.length;
    const lanes = 7;
    const columns = op.probe.map(([low, high]) => Float64Array.from({ length: lanes }, (_, i) => low + ((high - low) * i) / (lanes - 1)));
    const edges = [0, -0, 1, -1, 1e-300, -2.5, 300, Infinity, -Infinity, NaN];
    const graph = new Graph();
    const scalars = Array.from({ length: count }, (_, k) => graph.push(structural.input, SCALAR, k, 0));
    const wide = Array.from({ length: count }, (_, k) => graph.push(structural.input, graph.shapeOf(lanes), count + k, 0));
    const results = [graph.push(code, SCALAR, ...scalars), graph.push(code, graph.shapeOf(lanes), ...wide)];
    const f = functionOf(printSource({ graph, results, signature: signatureOf(graph, results), adjoints: new Map() }, {}));
    const value = (...operands: readonly (number | undefined)[]): number => op.value(operands[0]!, operands[1]!, operands[2]!);
    for (const edge of edges) {
      const operands = Array.from({ length: count }, (_, k) => edges[(edges.indexOf(edge) + 3 * k) % edges.length]!);
      const [scalar, vector] = f(...operands, ...columns) as [number, Float64Array];
      expect(scalar).toBe(value(...operands));
      expect([...vector]).toEqual(Array.from({ length: lanes }, (_, i) => value(...columns.map((column) => column[i]))));
    }
  });

  test("with constants, whatever their sign", () => {
    for (const [code, op] of table.entries())
      for (const number of [-0, -1.5, 2]) {
        const graph = new Graph();
        const operands = op.partials.map(() => graph.constant(number));
        const results = [graph.push(code, SCALAR, ...operands)];
        const source = printSource({ graph, results, signature: signatureOf(graph, results), adjoints: new Map() }, {});
        expect(functionOf(source)(), op.name).toBe(op.value(number, number, number));
      }
    expect(meanings.length).toBe(table.length);
  });
});

const f = ([x, y]: [Value, Value]): Value => mul(x, y).add(sin(x));

describe("the text", () => {
  test("one row a line, adjoints behind a d, names as they are given", () => {
    expect(trace(valueAndGrad(f), [[2, 3]]).toSource({ name: "slope", names: [["x", "y"]] })).toBe(
      "function slope([x, y]) {\n  const a = x * y;\n  const b = Math.sin(x);\n  const c = a + b;\n  const d = Math.cos(x);\n  const dx = y + d;\n  return [c, [dx, x]];\n}\n",
    );
  });

  test("arguments and results are trees, whatever their keys", () => {
    const args = [
      { w: [1, 2], class: 3, "two words": 4, lgamma: 5, ["__proto__"]: 6 },
      "label",
      [7, [8, null]],
      Float64Array.of(1, 2),
    ] as const;
    const g = (p: Record<string, Value> & { w: Value[] }, _: string, q: [Value, [Value, null]], v: Value): unknown => ({
      ["__proto__"]: add(p["class"]!, p["two words"]!),
      out: [p.w[1], q[1][0], { v, again: v, label: 'x"y', nothing: null }],
      lgamma: lgamma(p["lgamma"]!),
    });
    const source = traced(g, args).toSource();
    const result = functionOf(source)(...args) as { out: [number, number, { v: Float64Array; again: Float64Array }] };
    expect(Object.keys(result)).toEqual(["__proto__", "out", "lgamma"]);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(numbersOf(result)).toEqual([7, 2, 8, 1, 2, 1, 2, Math.log(24)]);
    expect(result.out[2].v).not.toBe(args[3]);
    expect(result.out[2].v).not.toBe(result.out[2].again);
    expect(result.out[2]).toMatchObject({ label: 'x"y', nothing: null });
  });

  test("a long array of numbers keeps its name, and a graph from text takes an argument a leaf", () => {
    const long = Array.from({ length: 20 }, (_, i) => i);
    const square = (x: Value[]): Value => sum(x.map((x) => mul(x, x)));
    expect(functionOf(trace(square, [long]).toSource())(long)).toBe(2470);
    expect(trace(square, [long]).toSource()).toContain("function f(x) {");
    expect(functionOf(parse(trace(square, [long]).toString()).toSource())(long)).toBe(2470);
    expect(functionOf(parse(trace(grad(f), [[2, 3]]).toString()).toSource())([2, 3])).toEqual([3 + Math.cos(2), 2]);
  });

  test("simplified, pruned, and of every transform", () => {
    const point = [2, 3];
    expect(
      functionOf(
        trace(hessian(f), [[2, 3]])
          .simplify()
          .toSource(),
      )(point),
    ).toEqual([
      [-Math.sin(2), 1],
      [1, 0],
    ]);
    expect(
      functionOf(
        trace(grad(f), [[2, 3]])
          .prune()
          .toSource(),
      )(point),
    ).toEqual([3 + Math.cos(2), 2]);
    const tangents = traced((x: Value[]) => (jvp(f) as AnyFunction)([x], [[1, 0]]), [point]);
    expect(functionOf(tangents.toSource())(point)).toEqual([6 + Math.sin(2), 3 + Math.cos(2)]);
    const stopped = (x: Value): Value => mul(x, stopGradient(cos(x)));
    expect(functionOf(trace(grad(stopped), [2]).toSource())(2)).toBe(Math.cos(2));
  });

  test("names that are taken give way to others", () => {
    const g = (p: { f: Value; a: Value; i: Value; lanes: Value; Math: Value }): Value =>
      sub(log(mul(p.f, p.a)), mul(p.i, mul(p.lanes, p.Math)));
    const args = [{ f: 1, a: 2, i: 3, lanes: 4, Math: 5 }];
    expect(functionOf(traced(grad(g as never), args).toSource())(...args)).toEqual({ f: 1, a: 0.5, i: -20, lanes: -15, Math: -12 });
  });

  test("what nothing is needed for is not there", () => {
    expect(trace(f, [[2, 3]]).toSource()).not.toContain("sumLanes");
    expect(trace((x: Value) => lgamma(x), [2]).toSource()).toContain("function lgamma(");
    for (const [name, text] of Object.entries(declarations)) expect(text).toMatch(new RegExp(`^(const|let|function) ${name}\\b`));
  });
});

describe("refused", () => {
  const twice = hostOp({ name: "twice", value: (x: number) => 2 * x, partials: [() => 2] });
  test.each([
    [
      "a host function",
      () => trace((x: Value) => twice(x), [1]).toSource(),
      'toSource: expected rows whose meaning is known, got the host function "twice"',
    ],
    ["a name that is none", () => trace(f, [[2, 3]]).toSource({ names: [["x", "a b"]] }), 'free there, got "a b"'],
    ["a name of JavaScript's", () => trace(f, [[2, 3]]).toSource({ name: "class" }), 'free there, got "class"'],
    ["a name twice", () => trace(f, [[2, 3]]).toSource({ names: [["x", "x"]] }), 'expected names that differ, got "x" twice'],
    [
      "an option that there is not",
      () => trace(f, [[2, 3]]).toSource({ nam: "g" } as never),
      "toSource: expected options of the names name, names",
    ],
  ])("%s", (_, act, message) => expect(act).toThrow(message));
});
