/** Operands that a function does not take: refused, but for those that arrays pass to their callbacks. */
import { describe, expect, test } from "vitest";
import * as wengert from "wengert";
import {
  add,
  argmax,
  at,
  broadcast,
  columns,
  concat,
  cos,
  cumsum,
  dot,
  dual,
  duals,
  grad,
  hypot,
  log,
  max,
  mean,
  min,
  minimum,
  mul,
  norm,
  numberOf,
  parse,
  prod,
  reverse,
  round,
  segmentSum,
  sin,
  slice,
  sub,
  sum,
  take,
  trace,
  type Value,
  vector as vectorOf,
} from "wengert";
import { arity, internal, opNames, opCount } from "../src/ops/generated/table.js";
import { lanes, refuses, untyped, vector } from "./mistakes.js";

type AnyFunction = (...operands: unknown[]) => unknown;
const run = (f: unknown, ...operands: unknown[]): unknown => (f as AnyFunction)(...operands);
const functions = wengert as unknown as Record<string, AnyFunction>;
const ops = opNames.slice(0, opCount).flatMap((name, op) => (internal[op] ? [] : [{ name, count: arity[op]! }]));

describe.each(ops)("$name", ({ name, count }) => {
  const f = functions[name]!;
  const operands = Array.from({ length: count }, () => 0.5);
  const message = new RegExp(`^${name}: expected ${count === 1 ? "one operand" : `${count} operands`}, got `);

  test.each([[0.25], [undefined], [0, [0.25]], [1, [0.5]], [0, [0.5], 1], [0, 0.5], ["0", [0.5]]])("refuses more: %s %s", (...more) => {
    expect(() => f(...operands, ...more)).toThrow(TypeError);
    expect(() => f(...operands, ...more)).toThrow(message);
    expect(() => grad((x: Value) => f(x, ...operands.slice(1), ...more) as Value)(0.5)).toThrow(message);
    expect(() => f(vector(0.5), ...operands.slice(1), ...more)).toThrow(message);
    expect(() => (duals as unknown as Record<string, AnyFunction>)[name]!(dual(0.5, 1), ...operands.slice(1), ...more)).toThrow(message);
  });
});

const sines = [0.5, 1.5, NaN].map((x) => sin(x));

describe("callbacks of arrays", () => {
  // The types of what works on numbers, vectors and Values cannot say what it gives here.
  const asCallback = (f: unknown): never => f as never;

  test("of one operand: map", () => {
    expect([0.5, 1.5, NaN].map(asCallback(sin))).toEqual(sines);
    expect(vector(0.5, 1.5, NaN).map(asCallback(sin))).toEqual(Float64Array.from(sines));
    expect(grad((xs: Value[]) => sum(xs.map(sin)))([0.5, 1.5])).toEqual([cos(0.5), cos(1.5)]);
    expect([dual(0.5, 1)].map(asCallback(duals.sin))).toEqual([duals.sin(dual(0.5, 1))]);
    expect([vector(1, 2), vector(3, 4)].map(asCallback(sum))).toEqual([3, 7]);
  });

  test("of two operands: reduce", () => {
    expect([1, 2, 3].reduce(asCallback(add))).toBe(6);
    expect([1, 2, 3].reduce(asCallback(add), 10)).toBe(16);
    expect(vector(1, 2, 3).reduce(asCallback(mul))).toBe(6);
    expect([3, 1, 2].reduceRight(asCallback(sub))).toBe(-2);
    expect(grad((xs: Value[]) => xs.reduce(mul))([2, 3, 5])).toEqual([15, 10, 6]);
    expect([dual(2, 1), dual(3, 0)].reduce(asCallback(duals.mul))).toEqual(dual(6, 3));
  });

  refuses([
    [
      "of two operands: map, which passes the index",
      () => [1, 2].map(untyped(add)),
      TypeError,
      /^add: expected 2 operands, got 3: 1, 0, an array of 2/,
    ],
    [
      "Array.from, which passes the index alone",
      () => Array.from([1, 2], untyped(log)),
      TypeError,
      /^log: expected one operand, got 2: 1, 0/,
    ],
  ]);
});

describe("what is meant", () => {
  const v = vector(3, 4);
  const more =
    (f: unknown, ...operands: unknown[]) =>
    () =>
      (f as AnyFunction)(...operands);
  refuses([
    [
      "max of a vector and a number",
      more(max, v, 5),
      TypeError,
      /^max: expected one operand, got 2: a Float64Array of 2, 5\. Lane by lane, write maximum\(a, b\)/,
    ],
    ["min of numbers", more(min, 1, 2, 3), TypeError, /write minimum\(a, b\); of several, min\(\[a, b, c\]\)$/],
    ["another norm", more(norm, v, 1), TypeError, /^norm: .* The sum of magnitudes is sum\(abs\(v\)\)/],
    [
      "a logarithm to a base",
      more(log, 100, 10),
      TypeError,
      /^log: expected one operand, got 2: 100, 10\. To base b, write div\(log\(a\), log\(b\)\)/,
    ],
    ["a sum of three", more(add, 1, 2, 3), TypeError, /^add: expected 2 operands, got 3: 1, 2, 3\. Of several, write sum\(\[a, b, c\]\)$/],
    ["a product of three", more(mul, 1, 2, 3), TypeError, /write prod\(\[a, b, c\]\)$/],
    ["the least of three", more(minimum, 1, 2, 3), TypeError, /write min\(\[a, b, c\]\)$/],
    ["a length in space", more(hypot, 1, 2, 3), TypeError, /write norm\(\[a, b, c\]\)$/],
    ["digits", more(round, 1.25, 1), TypeError, /write div\(round\(mul\(a, 10 \*\* k\)\), 10 \*\* k\)$/],
    ["a sum of numbers", more(sum, 1, 2, 3), TypeError, /write sum\(\[a, b, c\]\)$/],
    ["an axis", more(mean, v, 0), TypeError, /^mean: expected one operand/],
    ["parts", more(concat, v, v), TypeError, /^concat: .*write concat\(\[a, b, c\]\)$/],
    [
      "numbers in place of an array",
      more(vectorOf, 1, 2, 3),
      TypeError,
      /^vector: expected one operand, got 3: .*write vector\(\[a, b, c\]\)$/,
    ],
    ["prod", more(prod, v, 1), TypeError, /^prod: /],
    ["argmax", more(argmax, v, 1), TypeError, /^argmax: /],
    ["dot", more(dot, v, v, v), TypeError, /^dot: expected 2 operands, got 3/],
    ["at", more(at, v, 0, 1), TypeError, /^at: expected 2 operands, got 3/],
    ["slice", more(slice, v, 0, 1, 1), TypeError, /^slice: expected 3 operands, got 4/],
    ["take", more(take, v, lanes(0), 1), TypeError, /^take: expected 2 operands, got 3/],
    ["segmentSum", more(segmentSum, v, lanes(0, 0), 1, 2), TypeError, /^segmentSum: expected 3 operands, got 4/],
    ["cumsum", more(cumsum, v, 0), TypeError, /^cumsum: /],
    ["reverse", more(reverse, v, 0), TypeError, /^reverse: /],
    ["broadcast", more(broadcast, 1, 2, 3), TypeError, /^broadcast: /],
    [
      "a method of dual numbers",
      () => (dual(2, 1) as unknown as Record<string, AnyFunction>)["log"]!(10),
      TypeError,
      /^log: expected one operand, got 2/,
    ],
  ]);
});

describe("functions of one argument or two", () => {
  const text = trace((x: Value) => sin(x), [1]).toString();
  refuses([
    ["parse", () => run(parse, text, 1), TypeError, /^parse: expected one argument, got 2: /],
    ["parse, options", () => run(parse, text, {}), TypeError, /^parse: expected one argument, got 2: ".*…", an object$/],
    ["numberOf", () => run(numberOf, 1, 2), TypeError, /^numberOf: expected one operand, got 2: 1, 2$/],
    ["dual", () => run(dual, 1, 2, 3), TypeError, /^dual: expected 2 operands, got 3: 1, 2, 3$/],
    [
      "dual as a callback, which would take an index for a tangent",
      () => run([].map.bind([1, 2]), dual),
      TypeError,
      /^dual: expected 2 operands, got 3/,
    ],
    ["columns", () => run(columns, vector(1, 2), 1, 2), TypeError, /^columns: expected 2 arguments, got 3/],
  ]);

  test("as callbacks", () => {
    expect([text, text].map(parse).map(String)).toEqual([text, text]);
    expect([1, 2].map(numberOf)).toEqual([1, 2]);
  });
});

/** Transforms, and what else makes something of a function, with as many arguments as each takes. */
const makers = {
  ...Object.fromEntries(
    ["grad", "valueAndGrad", "jvp", "directional", "hvp", "vjp", "jacobian", "valueAndJacobian", "jacfwd", "jacrev", "hessian", "sparseJacobian", "sparseHessian", "vmap", "finiteDifference"].map((name) => [name, [(x: Value) => sin(x), {}]]), // prettier-ignore
  ),
  ...Object.fromEntries(["compile", "trace", "checkGradient"].map((name) => [name, [(x: Value) => sin(x), [1], {}]])),
  customJvp: [(x: Value) => sin(x), (_: Value, xDot: Value) => xDot],
  customVjp: [(x: Value) => sin(x), (x: Value) => [x, x], (_: Value, g: Value) => [g]],
  hostOp: [{ name: "one", value: () => 1 }],
};

describe("arguments of what takes functions", () => {
  test.each(Object.entries(makers))("%s", (name, args) => {
    const maker = (wengert as unknown as Record<string, AnyFunction>)[name]!;
    const wanted = args.length === 1 ? "one argument" : `${args.length} arguments`;
    expect(() => run(maker, ...args, 5)).toThrow(`${name}: expected ${wanted}, got ${args.length + 1}: `);
  });
});
