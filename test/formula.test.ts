/** Formulas: infix notation with the fewest parentheses, which means what the graph means, and the count of operations. */
import { describe, expect, test } from "vitest";
import {
  add,
  at,
  broadcast,
  compile,
  concat,
  cos,
  div,
  eq,
  exp,
  grad,
  type Indices,
  lt,
  max,
  mul,
  neg,
  parse,
  pow,
  reciprocal,
  segmentSum,
  sin,
  slice,
  square,
  stopGradient,
  sub,
  sum,
  take,
  trace,
  type Value,
  valueAndGrad,
  where,
} from "wengert";
import { type Expr, parseExpr } from "../src/ops/expr.js";
import { table } from "./oracle.js";
import { programs } from "./programs.js";

type Scalars = Record<"a" | "b" | "c", Value>;
const numbers = { a: 2, b: 3, c: 5 };

const formulas: readonly (readonly [string, (p: Scalars) => Value])[] = [
  ["a + b - c", ({ a, b, c }) => sub(add(a, b), c)],
  ["a + b + c", ({ a, b, c }) => add(a, add(b, c))],
  ["a - (b - c)", ({ a, b, c }) => sub(a, sub(b, c))],
  ["a - b", ({ a, b }) => add(a, neg(b))],
  ["a + b", ({ a, b }) => sub(a, neg(b))],
  ["a - 3", ({ a }) => add(a, -3)],
  ["a * (b + c)", ({ a, b, c }) => mul(a, add(b, c))],
  ["c + a * b", ({ a, b, c }) => add(mul(a, b), c)],
  ["2 * a", ({ a }) => mul(a, 2)],
  ["a * b / c", ({ a, b, c }) => mul(a, div(b, c))],
  ["a / b / c", ({ a, b, c }) => div(div(a, b), c)],
  ["a / (b / c)", ({ a, b, c }) => div(a, div(b, c))],
  ["a / (b * c)", ({ a, b, c }) => div(a, mul(b, c))],
  ["a / (-b * c)", ({ a, b, c }) => div(a, neg(mul(b, c)))],
  ["a / -b", ({ a, b }) => div(a, neg(b))],
  ["a - b * c", ({ a, b, c }) => add(a, neg(mul(b, c)))],
  ["-(a + b)", ({ a, b }) => neg(add(a, b))],
  ["-a^2", ({ a }) => neg(square(a))],
  ["(-a)^2", ({ a }) => square(neg(a))],
  ["(a + b)^c", ({ a, b, c }) => pow(add(a, b), c)],
  ["a^b^c", ({ a, b, c }) => pow(a, pow(b, c))],
  ["(a^b)^c", ({ a, b, c }) => pow(pow(a, b), c)],
  ["a^-b", ({ a, b }) => pow(a, neg(b))],
  ["a^(b * c)", ({ a, b, c }) => pow(a, mul(b, c))],
  ["1 / (a * b)", ({ a, b }) => reciprocal(mul(a, b))],
  ["sin(a + b)^2", ({ a, b }) => square(sin(add(a, b)))],
  ["where(a < b, a, b - c)", ({ a, b, c }) => where(lt(a, b), a, sub(b, c))],
  ["c * (a = b)", ({ a, b, c }) => mul(eq(a, b), c)],
  ["a + b - 3 + c", ({ a, b, c }) => sum([a, b, -3, c])],
  ["b * a", ({ a, b }) => mul(stopGradient(a), b)],
];

/** The value of a formula of arithmetic, as the op table's own notation is read. */
function valueOf(expr: Expr): number {
  if (typeof expr === "number") return expr;
  if (typeof expr === "string") return (numbers as Record<string, number>)[expr]!;
  const [a, b, c] = expr.args.map(valueOf);
  return table.find(({ name }) => name === expr.op)!.value(a!, b!, c!);
}

describe("are infix with the fewest parentheses", () => {
  test.each(formulas)("%s", (text, f) => {
    expect(trace(f, [numbers]).formula(["a", "b", "c"])).toBe(text);
    if (!/[\^<=]/.test(text)) expect(valueOf(parseExpr(text))).toBeCloseTo(compile(f, [numbers])(numbers) as number, 12);
  });
});

test("vectors, lanes and lane numbers", () => {
  const x = Float64Array.of(1, 2, 3);
  const of = (f: (x: Value) => Value): string => trace(f, [x]).formula();
  expect(of((v) => slice(sin(v), 1, 3))).toBe("sin(x)[1:3]");
  expect(of((v) => at(add(v, 1), 2))).toBe("(x + 1)[2]");
  expect(of((v) => concat([at(v, 0), at(v, 2)]))).toBe("concat(x[0], x[2])");
  expect(of((v) => broadcast(at(v, 1), 3))).toBe("broadcast(x[1], 3)");
  expect(of((v) => segmentSum(v, Int32Array.of(0, 1, 0), 2))).toBe("segmentSum(x, [0, 1, 0], 2)");
  expect(of((v) => mul(v, Float64Array.of(1, 2, 3)))).toBe("x * [1, 2, 3]");
  expect(of((v) => max(v))).toBe("max(x)");
  expect(of(grad((v: Value) => square(at(v, 1))))).toBe("assemble(2 * x[1] @ 1, 3)");
  expect(trace((v: Value, i: Indices) => sum(take(v, i)), [x, Int32Array.of(0, 1)]).formula(["v", "i"])).toBe("sum(take(v, i))");
  const long = new Float64Array(20);
  expect(trace((v: Value) => add(v, long), [long]).formula()).toBe("x + [0, 0, 0, 0, 0, 0, …]");
});

test("names: given, by number, or none", () => {
  const f = ([x, y]: [Value, Value], z: Value): Value => add(mul(x, y), z);
  const traced = trace(f, [[2, 3], 4]);
  expect(traced.formula()).toBe("x1 + x0[0] * x0[1]");
  expect(traced.formula(["p", "z"])).toBe("z + p[0] * p[1]");
  expect(traced.formula([["x", "y"], "z"])).toBe("z + x * y");
  expect(parse(traced.toString()).formula([["x", "y"], "z"])).toBe("z + x * y");
});

test("an array of numbers keeps its indices where only some are read", () => {
  const second = trace(([, y]: [Value, Value]) => sin(y), [[0.7, -1.3]]);
  for (const traced of [second, second.simplify(), second.prune(), parse(second.simplify().toString()), second.simplify().prune()])
    expect(traced.formula(["x"])).toBe("sin(x[1])");
  expect(second.simplify().formula()).toBe("sin(x[1])");
  expect(second.simplify().formula([["a", "b"]])).toBe("sin(b)");
  const both = trace(
    (p: Value[], q: Value[]) => add(sin(p[1]!), q[0]!),
    [
      [1, 2],
      [3, 4],
    ],
  );
  expect(both.simplify().formula(["p", "q"])).toBe("q[0] + sin(p[1])");
  expect(
    trace((_: Value, y: Value) => sin(y), [1, 2])
      .simplify()
      .formula(),
  ).toBe("sin(x1)");
  expect(
    trace(
      grad(([, y]: Value[]) => square(y!)),
      [[1, 2, 3]],
    )
      .simplify()
      .formula(),
  ).toBe("0\n2 * x[1]\n0");
});

test("the symbolic derivative", () => {
  const f = ([x, y]: [Value, Value]): Value => mul(x, y).add(sin(x));
  expect(trace(valueAndGrad(f), [[2, 3]]).formula([["x", "y"]])).toBe("x * y + sin(x)\ny + cos(x)\nx");
  expect(trace(grad(grad((x: Value) => exp(sin(x)))), [1]).formula()).toContain("cos(x)");
});

describe("operations", () => {
  test("are counted shared and written out", () => {
    const f = (x: Value): Value => {
      const s = add(sin(x), 1); // 2
      return mul(s, s); // and 1 shared; 2 · 2 + 1 written out
    };
    expect(trace(f, [1]).operations).toEqual({ shared: 3, unshared: 5n });
    expect(trace((x: Value) => x, [1]).operations).toEqual({ shared: 0, unshared: 0n });
    expect(trace((x: Value) => [cos(x), cos(x)], [1]).operations).toEqual({ shared: 1, unshared: 2n });
    expect(trace((x: Value) => sum([x, sin(x), 3]), [1]).operations).toEqual({ shared: 3, unshared: 3n });
  });

  test("of a formula that doubles a thousand times are exact, and not written out", () => {
    const traced = trace((x: Value) => Array.from({ length: 1000 }).reduce((v: Value) => add(v, v), x), [1]);
    expect(traced.operations).toEqual({ shared: 1000, unshared: 2n ** 1000n - 1n });
    expect(() => traced.formula()).toThrow(
      /^formula: expected at most 100000 operations to write out, got \d{302}\. Print the graph instead: toString\(\)$/,
    );
  });

  /** The graph of a row applied again and again. */
  const chain = (length: number, row: (before: number) => string): ReturnType<typeof parse> => {
    const rows = Array.from({ length }, (_, i) => `%${i + 1} = ${row(i)}`);
    return parse(["%0 = input leaf=0 offset=0", ...rows, `return %${length}`].join("\n"));
  };

  test("of a long chain are counted, and written out, in time that grows with it", () => {
    const { shared, unshared } = chain(50_000, (i) => `add %${i} %${i}`).operations;
    expect([shared, unshared === 2n ** 50_000n - 1n]).toEqual([50_000, true]);
    const sines = chain(50_000, (i) => `sin %${i}`);
    expect(sines.operations).toEqual({ shared: 50_000, unshared: 50_000n });
    expect(sines.formula() === `${"sin(".repeat(50_000)}x${")".repeat(50_000)}`).toBe(true);
    const copies = chain(50_000, (i) => `stopGradient %${i}`);
    expect([copies.operations.unshared, copies.formula()]).toEqual([0n, "x"]);
  }, 10_000);

  test("beyond what is counted or written are refused", () => {
    expect(() => chain(140_000, (i) => `add %${i} %${i}`).operations).toThrow(
      /^operations: expected at most 2\^131072 to write out, got more, of 140000 in the graph$/,
    );
    expect(() => chain(2000, (i) => `add %${i} %${i}`).formula()).toThrow(/got more than 2\^1024\. Print the graph instead/);
    const pieces = Array.from({ length: 10_000 }, (_, i) => `%0@${i}`).join(" ");
    const wide = ["%0 = input leaf=0 offset=0", `%1 = assemble ${pieces} : [10000]`];
    for (let i = 2; i < 600; i++) wide.push(`%${i} = mul %1 %${i - 1} : [10000]`);
    expect(() => parse([...wide, "return %599"].join("\n")).formula()).toThrow(
      /^formula: expected at most 16777216 characters to write out, got more\. Print the graph instead/,
    );
  }, 10_000);

  test.each(programs)("of $name are no fewer written out than shared", ({ f, args }) => {
    const { shared, unshared } = trace(f, args as []).operations;
    expect(unshared).toBeGreaterThanOrEqual(BigInt(shared));
  });
});
