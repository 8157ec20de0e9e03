/** Trace tables and diagrams: the published tables of the field, and for every program the numbers of the library's derivatives. */
import { describe, expect, test } from "vitest";
import {
  add,
  argmax,
  callable,
  concat,
  customVjp,
  div,
  grad,
  hostOp,
  jvp,
  log,
  mul,
  parse,
  relu,
  sin,
  square,
  stopGradient,
  sub,
  sum,
  trace,
  type Traced,
  type Value,
} from "wengert";
import { numbersOf as rowNumbers } from "../src/pictures/numbers.js";
import { isInput, shownOf } from "../src/pictures/symbols.js";
import { close } from "./near.js";
import { derived, directionOf, erased, numbersOf, withNumbers } from "./modes.js";
import { programs } from "./programs.js";

type AnyFunction = (...args: unknown[]) => unknown;

/** A function traced whatever its type. */
const traced = (f: unknown, args: readonly unknown[]): Traced => trace(f as AnyFunction, [...args]);

/** The cells of a table in Markdown, by rows without the heads. */
const cellsOf = (markdown: string): string[][] =>
  markdown
    .trimEnd()
    .split("\n")
    .slice(2)
    .map((line) =>
      line
        .slice(2, -2)
        .split(" | ")
        .map((cell) => cell.trim().replace(/\\(.)/g, "$1")),
    );

const numberOf = (cell: string): number => Number(cell.replace("−", "-"));

/** The values and the derivatives of a table's variables, by symbol. */
const columnsOf = (markdown: string): Record<string, [value: number, derivative: number]> =>
  Object.fromEntries(cellsOf(markdown).map((row) => [row[0]!, [numberOf(row[2]!), numberOf(row[5]!)]]));

// Tables 2 and 3 of Baydin, Pearlmutter, Radul, Siskind, "Automatic Differentiation in Machine Learning: a Survey" (2018), with v₃ and v₄ as they are there.
const survey = (x1: Value, x2: Value): Value => {
  const [v1, v2, v3] = [log(x1), mul(x1, x2), sin(x2)];
  return sub(add(v1, v2), v3);
};
const names = ["x1", "x2"];

/** The numbers that are printed there, to three decimals. */
const published: readonly (readonly [symbol: string, value: number, tangent: number, adjoint: number])[] = [
  ["v₋₁", 2, 1, 5.5],
  ["v₀", 5, 0, 1.716],
  ["v₁", 0.693, 0.5, 1],
  ["v₂", 10, 5, 1],
  ["v₃", -0.959, 0, -1],
  ["v₄", 10.693, 5.5, 1],
  ["v₅", 11.652, 5.5, 1],
  ["y", 11.652, 5.5, 1],
];

describe("ln x₁ + x₁ x₂ − sin x₂ at (2, 5), as it is published", () => {
  const at = trace(survey, [2, 5]);
  const [forward, reverse] = (["forward", "reverse"] as const).map((mode) =>
    columnsOf(at.table([2, 5], { mode, format: "markdown", names })),
  );

  test.each(published)("%s", (symbol, value, tangent, adjoint) => {
    const rounded = (numbers: readonly number[]): number[] => numbers.map((x) => Math.round(1000 * x) / 1000);
    expect(rounded(forward![symbol]!)).toEqual([value, tangent]);
    expect(rounded(reverse![symbol]!)).toEqual([value, adjoint]);
  });

  test("formulas of values, of tangents, and of adjoints as sums over paths", () => {
    const formulas = (mode: "forward" | "reverse"): string[][] =>
      cellsOf(at.table([2, 5], { mode, format: "markdown", names })).map((row) => [row[1]!, row[3]!, row[4]!]);
    expect(formulas("forward")).toEqual([
      ["x₁", "v̇₋₁", "ẋ₁"],
      ["x₂", "v̇₀", "ẋ₂"],
      ["log(v₋₁)", "v̇₁", "v̇₋₁ / v₋₁"],
      ["v₋₁ · v₀", "v̇₂", "v̇₋₁ · v₀ + v̇₀ · v₋₁"],
      ["sin(v₀)", "v̇₃", "v̇₀ · cos(v₀)"],
      ["v₁ + v₂", "v̇₄", "v̇₁ + v̇₂"],
      ["v₄ − v₃", "v̇₅", "v̇₄ − v̇₃"],
      ["v₅", "ẏ", "v̇₅"],
    ]);
    expect(formulas("reverse")).toEqual([
      ["x₁", "v̄₋₁", "v̄₁ · ∂v₁/∂v₋₁ + v̄₂ · ∂v₂/∂v₋₁ = v̄₁ / v₋₁ + v̄₂ · v₀"],
      ["x₂", "v̄₀", "v̄₂ · ∂v₂/∂v₀ + v̄₃ · ∂v₃/∂v₀ = v̄₂ · v₋₁ + v̄₃ · cos(v₀)"],
      ["log(v₋₁)", "v̄₁", "v̄₄ · ∂v₄/∂v₁ = v̄₄"],
      ["v₋₁ · v₀", "v̄₂", "v̄₄ · ∂v₄/∂v₂ = v̄₄"],
      ["sin(v₀)", "v̄₃", "v̄₅ · ∂v₅/∂v₃ = −v̄₅"],
      ["v₁ + v₂", "v̄₄", "v̄₅ · ∂v₅/∂v₄ = v̄₅"],
      ["v₄ − v₃", "v̄₅", "ȳ"],
      ["v₅", "ȳ", ""],
    ]);
  });

  test("as text, columns aligned whatever marks letters carry", () => {
    expect(at.table([2, 5], { names })).toBe(
      [
        "variable  formula       value",
        "────────  ────────  ─────────",
        "v₋₁       x₁                2",
        "v₀        x₂                5",
        "v₁        log(v₋₁)   0.693147",
        "v₂        v₋₁ · v₀         10",
        "v₃        sin(v₀)   −0.958924",
        "v₄        v₁ + v₂     10.6931",
        "v₅        v₄ − v₃     11.6521",
        "y         v₅          11.6521",
        "",
      ].join("\n"),
    );
    const lines = at.table([2, 5], { mode: "reverse" }).trimEnd().split("\n");
    const widths = lines.map((line) => [...line.replace(/\p{M}/gu, "")].length);
    expect(new Set(widths).size).toBe(1);
  });

  test("as diagrams", () => {
    expect(at.toMermaid({ names })).toBe(
      [
        "flowchart LR",
        '  n0(["v₋₁ = x₁"])',
        '  n1(["v₀ = x₂"])',
        '  n2["v₁ = log(v₋₁)"]',
        '  n3["v₂ = v₋₁ · v₀"]',
        '  n4["v₃ = sin(v₀)"]',
        '  n5["v₄ = v₁ + v₂"]',
        '  n6[["v₅ = v₄ − v₃"]]',
        ...["n0 --> n2", "n0 --> n3", "n1 --> n3", "n1 --> n4", "n2 --> n5", "n3 --> n5", "n5 --> n6", "n4 --> n6"].map(
          (edge) => `  ${edge}`,
        ),
        "",
      ].join("\n"),
    );
    expect(at.toDot({ names })).toContain('  n6 [label="v₅ = v₄ − v₃", peripheries=2];\n');
    expect(at.toDot({ names }).match(/ -> /g)).toHaveLength(8);
  });
});

test("x y + sin x at (2, 3): two paths lead back to x", () => {
  const f = ([x, y]: [Value, Value]): Value => mul(x, y).add(sin(x));
  const columns = columnsOf(trace(f, [[2, 3]]).table([[2, 3]], { mode: "reverse", format: "markdown", digits: 17 }));
  expect(columns["v₋₁"]).toEqual([2, 3 + Math.cos(2)]);
  expect(columns["v₀"]).toEqual([3, 2]);
  expect(columns["y"]).toEqual([6 + Math.sin(2), 1]);
});

/** What JavaScript makes of the formulas in a table, with the numbers of the rows before, and what the table says. */
function evaluatedFormulas(markdown: string): [number, number][] {
  const scope = new Map<string, number>();
  const variable = (symbol: string): string => `_${[...symbol].map((character) => character.codePointAt(0)).join("_")}`;
  const symbols = /v[\u0304\u0307]?₋?[₀-₉]+/gu;
  for (const [symbol, , value, marked, , derivative] of cellsOf(markdown)) {
    scope.set(variable(symbol!), numberOf(value!));
    scope.set(variable(marked!), numberOf(derivative!));
  }
  const evaluate = (formula: string): number => {
    const code = formula
      .replace(symbols, variable)
      .replaceAll("·", "*")
      .replaceAll("−", "-")
      .replace(/(\w+)²/g, "$1 ** 2")
      .replace(/\b(sin|cos|log|exp)\(/g, "Math.$1(");
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is the library's own
    return (new Function(...scope.keys(), `return ${code};`) as (...numbers: number[]) => number)(...scope.values());
  };
  return cellsOf(markdown).flatMap(([, formula, value, , derivation, derivative]) => {
    const pairs: [number, number][] = [];
    if (!/^[a-z]+[₀-₉]*$/.test(formula!) || /^v/.test(formula!)) pairs.push([evaluate(formula!), numberOf(value!)]);
    const written = derivation!.split(" = ").at(-1);
    if (!/[xyẋẏȳ]/u.test(written) && written !== "") pairs.push([evaluate(written), numberOf(derivative!)]);
    return pairs;
  });
}

test.each(["forward", "reverse"] as const)("formulas evaluate to what stands beside them, %s", (mode) => {
  const g = (x: Value, y: Value): Value => div(square(sub(mul(x, y), 3)), add(sin(x).mul(2), log(y).mul(mul(x, x))));
  for (const [f, args] of [
    [survey, [2, 5]],
    [g, [1.25, 2.5]],
  ] as const) {
    const pairs = evaluatedFormulas(trace(f, args).table(args, { mode, format: "markdown", digits: 17 }));
    expect(pairs.length).toBeGreaterThan(10);
    for (const [came, said] of pairs) expect(came).toBeCloseTo(said, 12);
  }
});

describe.each(programs)("$name", (example) => {
  const f = erased(example.f);
  const at = traced(f, example.args);
  const { graph, results, signature } = at;
  const shown = shownOf(graph, results, signature);
  const gradient = numbersOf(derived.gradient(example, "reference")(...example.args));

  test("adjoints of what is differentiated by are the gradient, and the value is the function's", () => {
    const { values, derivatives } = rowNumbers("test", shown, signature, example.args, "reverse", undefined);
    const first = shown.rows.filter((row) => isInput(graph, row) && signature.inputs[graph.a[row]!]!.path.startsWith("args[0]"));
    close(
      first.flatMap((row) => [...derivatives!.get(row)!]),
      gradient,
    );
    close([...values.get(results[0]!)!], [derived.value(example, "reference")(...example.args) as number]);
  });

  test("the result's tangent is the gradient along the direction", () => {
    const direction = directionOf(gradient.length);
    const seed = example.args.map((arg, n) => stillOf(n === 0 ? withNumbers(arg, direction) : withNumbers(arg, numbersOf(arg).fill(0))));
    const { derivatives } = rowNumbers("test", shown, signature, example.args, "forward", seed);
    const wanted = gradient.reduce((total, slope, i) => total + slope * direction[i]!, 0);
    expect(derivatives!.get(results[0]!)![0]! / Math.max(1, Math.abs(wanted))).toBeCloseTo(wanted / Math.max(1, Math.abs(wanted)), 10);
  });

  test("every variable has a formula, and every edge of a diagram leads from one node to another", () => {
    for (const row of shown.rows) {
      expect(shown.symbolOf(row)).toMatch(/^v₋?[₀-₉]+$/);
      expect(shown.formulaOf(row)).not.toMatch(/undefined|NaN|…\(/);
    }
    const dot = at.toDot();
    const nodes = new Set([...dot.matchAll(/^ {2}(n\d+) \[/gm)].map(([, node]) => node));
    expect(nodes.size).toBe(shown.rows.length);
    for (const [, from, to] of dot.matchAll(/^ {2}(n\d+) -> (n\d+);$/gm)) expect(nodes.has(from) && nodes.has(to)).toBe(true);
  });
});

/** A tree with null for lane numbers. */
function stillOf(tree: unknown): unknown {
  if (tree instanceof Int32Array) return null;
  if (Array.isArray(tree)) return tree.map(stillOf);
  if (typeof tree !== "object" || tree === null || ArrayBuffer.isView(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, stillOf(item)]));
}

describe("rows of every kind", () => {
  test("vectors show their first lanes, and how many there are", () => {
    const f = (x: Value): Value => sum(mul(x, 2));
    const x = Float64Array.of(1, 2, 3, 4, 5);
    expect(cellsOf(trace(f, [x]).table([x], { mode: "reverse", format: "markdown" }))[0]).toEqual([
      "v₀",
      "x",
      "[1, 2, 3, 4, …]",
      "v̄₀",
      "v̄₁ · ∂v₁/∂v₀ = 2 · v̄₁",
      "[2, 2, 2, 2, …]",
    ]);
    expect(trace(f, [x]).toMermaid()).toContain('"v₁ = 2 · v₀ : #91;5#93;"');
  });

  test("users' functions are named, and what stops a derivative is seen", () => {
    const half = customVjp((x: Value) => mul(x, x), (x: Value) => [mul(x, x), null], (_: null, seed: Value) => [mul(seed, 0.5)]); // prettier-ignore
    const twice = hostOp({ name: "twice", value: (x: number) => 2 * x, partials: [() => 2] });
    const f = (x: Value): Value => half(x).add(twice(x)).add(stopGradient(x));
    const rows = cellsOf(trace(f, [3]).table([3], { mode: "reverse", format: "markdown" }));
    expect(rows.map((row) => row[1])).toEqual([
      "x",
      "v₀ · v₀",
      "customVjp(v₀)",
      "twice(v₀)",
      "v₂ + v₃",
      "stopGradient(v₀)",
      "v₄ + v₅",
      "v₆",
    ]);
    expect(numberOf(rows[0]![5]!)).toBe(2.5);
  });

  test("results that are several, constant, or one row twice", () => {
    const f = (x: Value): unknown => [square(x), square(x), 3];
    const rows = cellsOf(traced(f, [2]).table([2], { mode: "reverse", format: "markdown", seed: [1, 10, 0] }));
    expect(rows.map((row) => [row[0], row[2], row[5]])).toEqual([["v₀", "2", "44"], ["v₁", "4", "11"], ["y₁", "4", "1"], ["y₂", "4", "10"], ["y₃", "3", "0"]]); // prettier-ignore
    expect(rows[1]![4]).toBe("ȳ₁ + ȳ₂");
  });

  test("what depends on nothing that moves, and graphs from text", () => {
    const f = (x: Value): Value => mul(argmax(x), 2);
    const x = Float64Array.of(1, 3, 2);
    expect(cellsOf(trace(f, [x]).table([x], { mode: "reverse", format: "markdown" }))[0]!.slice(4)).toEqual(["0", "[0, 0, 0]"]);
    const parsed = parse(trace(survey, [2, 5]).toString());
    expect(columnsOf(parsed.table([2, 5], { mode: "forward", format: "markdown", seed: [0, 1] }))["y"]![1]).toBeCloseTo(2 - Math.cos(5), 5);
    const gradient = trace(
      grad(([x, y]: [Value, Value]) => mul(x, relu(y))),
      [[1, 2]],
    );
    expect(columnsOf(gradient.table([[1, 2]], { format: "markdown", mode: "reverse", seed: [1, 1] }))["v₀"]![1]).toBe(1);
    const inner = traced((x: Value[]) => (jvp(sum) as AnyFunction)([concat(x)], [concat(x.map((x) => mul(x, 2)))]), [[1, 2]]);
    expect(inner.table([[1, 2]])).toContain("y₂");
  });

  test("functions that are called are clusters, and edges lead to nodes; tables show what they compute", () => {
    const half = callable(function half(x: Value): Value {
      return sin(mul(x, 0.5));
    });
    const f = (x: Value): Value => add(half(x), half(half(x)));
    const at = trace(f, [2]);
    for (const text of [at.toDot(), at.toMermaid()]) {
      expect(text.match(/subgraph/g)).toHaveLength(1);
      const nodes = new Set([...text.matchAll(/^ +(\w+)(?:\[|\(| \[label)/gm)].map(([, node]) => node));
      const ends = [...text.matchAll(/^ +(\w+) --?> (\w+);?$/gm)].flatMap(([, from, to]) => [from, to]);
      expect(ends.length).toBeGreaterThan(8);
      expect(ends.filter((end) => !nodes.has(end))).toEqual([]);
    }
    expect(at.toMermaid()).toContain("v₁ = half(v₀, 0.5)");
    expect(numberOf(cellsOf(at.table([2], { format: "markdown" })).at(-1)[2]!)).toBeCloseTo(Math.sin(1) + Math.sin(Math.sin(1) / 2), 5);
  });

  test("text of users is escaped", () => {
    const f = (x: Value): Value => mul(x, 2);
    const named = { names: [`<b>"x"|*_&'`] };
    expect(trace(f, [1]).table([1], { ...named, format: "html" })).toContain("<td>&#60;b&#62;&#34;x&#34;|*_&#38;&#39;</td>");
    expect(trace(f, [1]).table([1], { ...named, format: "markdown" })).toContain(`| \\<b\\>"x"\\|\\*\\_&'`);
    expect(trace(f, [1]).toDot(named)).toContain('label="v₀ = <b>\\"x\\"|*_&\'"');
    expect(trace(f, [1]).toMermaid(named)).toContain('(["v₀ = #60;b#62;#34;x#34;#124;#42;#95;#38;#39;"])');
    expect(trace(f, [1]).table([1], { format: "html" })).toMatch(/^<table class="wengert-trace">\n<thead>\n<tr><th>variable<\/th>/);
  });
});

describe("refused", () => {
  const f = ([x, y]: [Value, Value]): Value => mul(x, y);
  const at = trace(f, [[2, 3]]);
  test.each([
    ["other arguments", () => at.table([[2]]), "table: expected an array of 2 numbers, got an array of 1 at args[0]"],
    [
      "a seed of another structure",
      () => at.table([[2, 3]], { mode: "forward", seed: [1] }),
      "table: expected an array of 2 numbers, got 1 at seed[0]",
    ],
    ["no seed for several results", () => trace(grad(f), [[2, 3]]).table([[2, 3]], { mode: "reverse" }), "Give { seed }"],
    [
      "a mode that there is not",
      () => at.table([[2, 3]], { mode: "back" as never }),
      'table: expected mode "forward" or "reverse", got "back"',
    ],
    [
      "a format that there is not",
      () => at.table([[2, 3]], { format: "tex" as never }),
      'table: expected format "text", "markdown" or "html", got "tex"',
    ],
    ["no digits", () => at.table([[2, 3]], { digits: 0 }), "table: expected digits from 1 to 17, got 0"],
    [
      "an option that there is not",
      () => at.toDot({ name: "x" } as never),
      "toDot: expected options of the names names, got one named name",
    ],
  ])("%s", (_, act, message) => expect(act).toThrow(message));
});
