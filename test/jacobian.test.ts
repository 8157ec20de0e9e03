/** Dense Jacobians and Hessians: closed forms, differences, both modes and both engines, nested and over columns. */
import { describe, expect, test } from "vitest";
import {
  at,
  compile,
  concat,
  cos,
  cumsum,
  div,
  dot,
  exp,
  grad,
  hessian,
  hvp,
  type Indices,
  jacfwd,
  jacobian,
  jacrev,
  log,
  Matrix,
  mul,
  pow,
  reshape,
  reverse,
  sin,
  slice,
  sqrt,
  square,
  sub,
  sum,
  take,
  tanh,
  type Value,
  valueAndJacobian,
  vmap,
} from "wengert";
import { engines } from "./engines.js";
import { directionOf, erased, numbersOf, withNumbers } from "./modes.js";
import { apart, derivative, scattered } from "./numbers.js";
import { programs } from "./programs.js";

type AnyFunction = (...args: unknown[]) => unknown;

const column = (...args: Parameters<typeof scattered>): Float64Array => Float64Array.from(scattered(...args));
const worst = (x: unknown, y: unknown): number => {
  const [a, b] = [numbersOf(x), numbersOf(y)];
  return a.length === b.length ? Math.max(0, ...a.map((value, i) => apart(value, b[i]!))) : Infinity;
};

const mixed = (x: Value): Value => concat([sin(x), mul(at(x, 0), at(x, 2)), square(slice(x, 1)), cumsum(reverse(exp(x)))]);
const polar = ([r, t]: [Value, Value]): [Value, Value] => [mul(r, cos(t)), mul(r, sin(t))];

describe.each(engines)("in %s", (engine) => {
  test("closed forms, and shapes that shrink", () => {
    const x = Float64Array.of(1, 2, 3);
    expect(jacobian((x: Value) => square(x), { engine })(x)).toEqual([
      Float64Array.of(2, 0, 0),
      Float64Array.of(0, 4, 0),
      Float64Array.of(0, 0, 6),
    ]);
    expect(jacobian((x: Value) => sum(square(x)), { engine })(x)).toEqual(Float64Array.of(2, 4, 6));
    expect(jacobian((x: Value) => mul(x, Float64Array.of(4, 5)), { engine })(3)).toEqual(Float64Array.of(4, 5));
    expect(jacobian((x: Value) => square(x), { engine })(3)).toBe(6);
    const [r, t] = [2, 0.5];
    const wanted = [
      [Math.cos(t), -r * Math.sin(t)],
      [Math.sin(t), r * Math.cos(t)],
    ];
    expect(worst(jacobian(polar, { engine })([r, t]), wanted)).toBeLessThan(1e-15);
    expect(worst(jacrev(polar, { engine })([r, t]), wanted)).toBeLessThan(1e-15);
  });

  test("trees: the result's structure outside, the argument's inside", () => {
    const f = (p: { w: Value; b: Value; c: Value[]; tag: string }): unknown => ({
      u: mul(p.w, p.b),
      v: [mul(p.c[0]!, p.b), 3],
      none: null,
    });
    const p = { w: Float64Array.of(1, 2), b: 3, c: [4, 5], tag: "t" };
    const wanted = {
      u: {
        w: [Float64Array.of(3, 0), Float64Array.of(0, 3)],
        b: Float64Array.of(1, 2),
        c: [new Float64Array(2), new Float64Array(2)],
        tag: "t",
      },
      v: [
        { w: new Float64Array(2), b: 4, c: [3, 0], tag: "t" },
        { w: new Float64Array(2), b: 0, c: [0, 0], tag: "t" },
      ],
      none: null,
    };
    for (const transform of [jacobian, jacfwd, jacrev] as (typeof jacfwd)[])
      expect(transform(f as never, { engine })(p as never)).toEqual(wanted);
  });

  test("several arguments, lane numbers among them", () => {
    const f = (x: Value, i: Indices, y: Value): Value => mul(take(x, i), y);
    const args = [Float64Array.of(1, 2, 3), Int32Array.of(2, 0), 5] as const;
    expect(jacobian(f, { engine, argnums: 2 })(...args)).toEqual(Float64Array.of(3, 1));
    expect(jacobian(f, { engine, argnums: [2, 0] })(...args)).toEqual([
      Float64Array.of(3, 1),
      [Float64Array.of(0, 0, 5), Float64Array.of(5, 0, 0)],
    ]);
    const pair = (p: { x: Value; i: Indices }): Value => take(p.x, p.i);
    expect(jacobian(pair, { engine })({ x: Float64Array.of(7, 8), i: Int32Array.of(1) })).toEqual({ x: [Float64Array.of(0, 1)], i: null });
  });

  test("forward and reverse agree, on more directions than a run carries, and both with differences", () => {
    const x = column(23, -1, 1);
    const [forward, backward] = [jacfwd(mixed, { engine })(x), jacrev(mixed, { engine })(x)];
    expect(worst(forward, backward)).toBeLessThan(1e-14);
    const value = compile(mixed, [x]);
    const slopes = numbersOf(value(x)).map((_, i) =>
      [...x].map((at, j) => derivative((xj) => numbersOf(value(x.map((xk, k) => (k === j ? xj : xk))))[i]!, at)),
    );
    expect(worst(forward, slopes)).toBeLessThan(1e-9);
    const scalars = (x: Value[]): Value[] => x.map((xi, i) => sum([mul(xi, x[(i + 1) % x.length]!), exp(xi), mul(xi, 3), square(xi)]));
    const list = scattered(21, -1, 1);
    expect(worst(jacfwd(scalars, { engine })(list), jacrev(scalars, { engine })(list))).toBeLessThan(1e-14);
  });

  test("a row that is several results", () => {
    const f = ([x, y]: [Value, Value]): Value[] => {
      const z = mul(x, y);
      return [z, z, x, x];
    };
    const wanted = [
      [3, 2],
      [3, 2],
      [1, 0],
      [1, 0],
    ];
    expect(jacrev(f, { engine })([2, 3])).toEqual(wanted);
    expect(jacfwd(f, { engine })([2, 3])).toEqual(wanted);
    expect(compile(jacrev(f), [[2, 3]], { engine })([2, 3])).toEqual(wanted);
  });

  test("inside a trace: rows", () => {
    const x = column(5, -1, 1);
    for (const transform of [jacfwd, jacrev])
      expect(worst(compile(transform(mixed), [x], { engine })(x), jacobian(mixed)(x))).toBeLessThan(1e-14);
    const entry = (x: Value): Value => at((jacobian(mixed)(x) as Value[])[5]!, 0);
    expect(grad(entry, { engine })(x)).toEqual(Float64Array.of(0, 0, 1, 0, 0));
    const outer = (x: Value): Value => mul(x, jacfwd((y: Value) => mul(x, y))(x) as Value);
    expect(grad(outer, { engine })(3)).toBe(6); // d/dx [x · ∂y(x y)] = 2x
  });

  test("over columns: the blocks of a separable problem", () => {
    const [r, t] = [Float64Array.of(1, 2, 3), Float64Array.of(0.1, 0.2, 0.3)];
    const blocks = vmap(jacobian(polar), { engine })([r, t]);
    const wanted = [
      [t.map(Math.cos), t.map((t, i) => -r[i]! * Math.sin(t))],
      [t.map(Math.sin), t.map((t, i) => r[i]! * Math.cos(t))],
    ];
    expect(worst(blocks, wanted)).toBeLessThan(1e-15);
  });

  test("Hessians: closed form, structure, symmetry", () => {
    const a = [column(6, -1, 1, 1), column(6, -1, 1, 2), column(6, -1, 1, 3)];
    const quadratic = (x: Value): Value => sum(a.map((row) => square(dot(row, x)))).mul(0.5);
    const wanted = Array.from({ length: 6 }, (_, i) =>
      Float64Array.from({ length: 6 }, (_, j) => a.reduce((s, row) => s + row[i]! * row[j]!, 0)),
    );
    expect(worst(hessian(quadratic, { engine })(column(6, -1, 1, 9)), wanted)).toBeLessThan(1e-15);
    expect(hessian((x: Value) => mul(mul(x, x), x), { engine })(2)).toBe(12);
    expect(hessian((p: { x: Value; y: Value[] }) => mul(square(p.x), p.y[0]!), { engine })({ x: 3, y: [5, 6] })).toEqual({
      x: { x: 10, y: [6, 0] },
      y: [
        { x: 6, y: [0, 0] },
        { x: 0, y: [0, 0] },
      ],
    });
  });
});

/** A tree of data with Values, in order, for its numbers. */
function rebuilt(tree: unknown, values: readonly Value[], next = { i: 0 }): unknown {
  if (typeof tree === "number") return values[next.i++]!;
  if (tree instanceof Float64Array) return concat(Array.from(tree, () => values[next.i++]!));
  if (tree instanceof Matrix) return reshape(rebuilt(tree.data, values, next) as Value, tree.shape);
  if (Array.isArray(tree)) return tree.map((item) => rebuilt(item, values, next));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, rebuilt(item, values, next)]));
}

const small = programs.filter(({ kinked, args }) => !kinked && numbersOf(args[0]).length <= 60);

test.each(small.map((example) => [example.name, example] as const))(
  "Hessian of %s: engines agree, symmetric, and what hvp gives",
  (_, { f, args }) => {
    const numbers = numbersOf(args[0]);
    const flat = (x: Value[], ...rest: unknown[]): Value => erased(f)(rebuilt(args[0], x), ...rest);
    const [reference, kernel] = engines.map((engine) => hessian(flat, { engine })(numbers, ...args.slice(1)));
    const scale = Math.max(1, ...numbersOf(kernel).map(Math.abs));
    expect(worst(kernel, reference)).toBeLessThan(1e-12 * scale);
    kernel!.forEach((row, i) => row.forEach((h, j) => expect(Math.abs(h - kernel![j]![i]!)).toBeLessThan(1e-12 * scale)));
    const direction = directionOf(numbers.length);
    const product = (hvp(erased(f)) as AnyFunction)(args, withNumbers(args[0], direction));
    const wanted = kernel!.map((row) => row.reduce((total, h, j) => total + h * direction[j]!, 0));
    expect(worst(product, wanted)).toBeLessThan(1e-12 * scale);
  },
);

describe("third derivatives", () => {
  const cases: readonly [string, (x: Value) => Value, (x: number) => number][] = [
    ["exp", (x) => exp(x), (x) => Math.exp(x)],
    ["sin", (x) => sin(x), (x) => -Math.cos(x)],
    ["tanh", (x) => tanh(x), (x) => (1 - Math.tanh(x) ** 2) * (6 * Math.tanh(x) ** 2 - 2)],
    ["x^5", (x) => pow(x, 5), (x) => 60 * x ** 2],
    ["1/x", (x) => div(1, x), (x) => -6 / x ** 4],
    ["log", (x) => log(x), (x) => 2 / x ** 3],
  ];
  test.each(cases)("of %s", (_, f, third) => {
    const ways: AnyFunction[] = [
      jacfwd(jacfwd(jacfwd(f))),
      jacrev(jacrev(jacrev(f))),
      grad(hessian(f) as (x: Value) => Value),
      hessian(grad(f)),
    ];
    for (const x of [0.3, 0.7, 1.1, 1.9, 2.6]) for (const way of ways) expect(apart(way(x) as number, third(x))).toBeLessThan(1e-12);
  });

  test("as a tensor", () => {
    const cubes = (x: Value): Value => sum(mul(square(x), x));
    expect(jacobian(hessian(cubes))(Float64Array.of(1, 2))).toEqual([
      [Float64Array.of(6, 0), Float64Array.of(0, 0)],
      [Float64Array.of(0, 0), Float64Array.of(0, 6)],
    ]);
  });
});

describe("the mode", () => {
  test("is forward where there are no more inputs than outputs", () => {
    const x = new Float64Array(3);
    expect(jacobian((x: Value) => sum(x)).mode(x)).toBe("reverse");
    expect(jacobian((x: Value) => sin(x)).mode(x)).toBe("forward");
    expect(jacobian((x: Value) => concat([x, x])).mode(x)).toBe("forward");
    expect(jacobian((x: Value) => sin(x), { mode: "reverse" }).mode(x)).toBe("reverse");
    expect([jacfwd((x: Value) => sum(x)).mode(x), jacrev((x: Value) => sin(x)).mode(x)]).toEqual(["forward", "reverse"]);
  });
});

test("frozen traces are kept by structure; others are recorded again", () => {
  let traces = 0;
  const f = (x: Value): Value => (traces++, sin(x));
  const kept = jacobian(f, { retrace: false });
  kept(new Float64Array(3));
  kept(Float64Array.of(1, 2, 3));
  expect(traces).toBe(1);
  kept(new Float64Array(4));
  expect(traces).toBe(2);
  const again = jacobian(f);
  again(1);
  again(1);
  expect(traces).toBe(4);
});

test("a fault leaves nothing behind", () => {
  const f = jacobian((x: Value, i: Indices) => take(sqrt(x), i));
  const x = Float64Array.of(1, 4);
  expect(() => f(x, Int32Array.of(2))).toThrow(RangeError);
  expect(f(x, Int32Array.of(1))).toEqual([Float64Array.of(0, 0.25)]);
});

test("what is refused", () => {
  const loose = (f: unknown, options?: unknown): AnyFunction => jacobian(f as never, options as never);
  const x = new Float64Array(2);
  expect(() => loose(3)).toThrow("jacobian: expected a function, got 3");
  expect(() => (hessian as unknown as AnyFunction)(3)).toThrow("hessian: expected a function, got 3");
  expect(() => loose(sin, { mode: "sideways" })).toThrow('jacobian: expected mode to be one of auto, forward, reverse, got "sideways"');
  expect(() => loose(() => undefined)(x)).toThrow("jacobian: expected a function whose result holds numbers, got undefined");
  expect(() => loose(() => [])(x)).toThrow("jacobian: expected a function whose result holds numbers, got an empty array");
  expect(() => loose((x: Value) => sin(x), { argnums: 1 })(x)).toThrow("jacobian: expected argnums from 0 to 0, got 1");
  expect(() => loose((x: Value, i: Indices) => take(x, i), { argnums: 1 })(x, Int32Array.of(0))).toThrow(
    "jacobian: expected argument 1 to hold numbers to differentiate by, got none",
  );
  expect(() => loose((_: unknown, i: unknown) => i)(x, Int32Array.of(0))).toThrow("expected numbers in the result, got lane numbers");
  expect(() => loose((x: Value) => sin(x))()).toThrow("jacobian: expected at least one argument to differentiate by, got none");
  expect(() => loose(sin, { staticArgnums: 0 })(2)).toThrow(TypeError);
  expect(() => loose(sin)(new Float64Array(20_000))).toThrow("jacobian: expected a matrix that fits in memory, got 20000 × 20000 numbers");
  expect(() => hessian(((x: Value) => sin(x)) as never)(x as never)).toThrow(
    "hessian: expected a function with a scalar result, got a vector of 2",
  );
});

test("data that stands for trees keeps its numbers", () => {
  const f = (p: { a: Value[]; b: Value }): Value => sub(dot(p.a, p.a), p.b);
  const p = { a: [1, 2], b: 3 };
  expect(jacobian(f)(withNumbers(p, [4, 5, 6]) as typeof p)).toEqual({ a: [8, 10], b: -1 });
});

describe.each([...engines, "auto" as const])("hasAux in %s", (engine) => {
  interface Aux {
    name: string;
    x: Value;
    all: Value[];
    n: number;
  }
  const f = (x: Value, c: Value): readonly [Value, Aux] => [mul(mul(x, x), c), { name: "aux", x: sum(x), all: [sum(x), mul(c, c)], n: 1 }];
  const x = Float64Array.of(1, 2, 3);
  const aux = { name: "aux", x: 6, all: [6, 25], n: 1 };

  test.each([jacobian, jacfwd, jacrev] as (typeof jacfwd)[])("gives [Jacobian, aux]", (transform) => {
    for (const retrace of [true, false]) {
      const options = { engine, retrace };
      const [jacobian, given] = transform(f, { ...options, hasAux: true })(x, 5);
      expect(given).toEqual(aux);
      expect(jacobian).toEqual(transform((x: Value, c: Value) => f(x, c)[0], options)(x, 5));
      const [both] = transform(f, { ...options, hasAux: true, argnums: [0, 1] })(x, 5);
      expect(both).toEqual([jacobian, x].map((_, k) => transform((x: Value, c: Value) => f(x, c)[0], { ...options, argnums: k })(x, 5)));
    }
  });

  test("of a value that is a tree, with an aux that is one Value", () => {
    const g = (p: { a: Value; b: Value }) => [[mul(p.a, p.a), mul(p.a, p.b)], mul(p.b, 2)] as const;
    const [jacobian, twice] = jacrev(g, { hasAux: true, engine })({ a: 2, b: 3 });
    expect([jacobian, twice]).toEqual([
      [
        { a: 4, b: 0 },
        { a: 3, b: 2 },
      ],
      6,
    ]);
  });

  test("nested, inside a trace and inside itself", () => {
    const inner = (x: Value): Value => {
      const [jacobian, given] = jacfwd((y: Value) => [mul(mul(y, y), y), { y: mul(y, 2) }] as const, { hasAux: true })(x);
      return mul(jacobian as Value, given.y);
    };
    expect(grad(inner, { engine })(2)).toBe(72); // of 6x³
    const columns = Float64Array.of(1, 2);
    expect(vmap((x: Value) => jacfwd((y: Value) => [mul(y, y), y] as const, { hasAux: true })(x), { engine })(columns)).toEqual([
      Float64Array.of(2, 4),
      columns,
    ]);
  });

  test("a Hessian gives [Hessian, aux]", () => {
    const h = (x: Value): readonly [Value, { s: Value }] => [sum(mul(mul(x, x), x)), { s: sum(x) }];
    const [matrix, given] = hessian(h, { hasAux: true, engine })(Float64Array.of(1, 2));
    expect([matrix, given]).toEqual([[Float64Array.of(6, 0), Float64Array.of(0, 12)], { s: 3 }]);
    expect(
      grad((x: Value) => mul(hessian((y: Value) => [mul(mul(y, y), y), y] as const, { hasAux: true })(x)[0] as Value, x), { engine })(2),
    ).toBe(24);
  });

  test("where there is no aux, says so", () => {
    const wrong = (result: (x: Value) => unknown) => () => jacobian(result as never, { hasAux: true, engine })(x as never);
    const message = /^jacobian: expected a function that returns \[value, aux\], since hasAux is set$/;
    expect(wrong((x) => x)).toThrow(message);
    expect(wrong((x) => [x, x, x])).toThrow(message);
    expect(wrong((x) => ({ x }))).toThrow(message);
    expect(() => grad((x: Value) => sum(wrong(() => x)() as never))(x)).toThrow(message);
    expect(() => hessian(((x: Value) => sum(x)) as never, { hasAux: true, engine })(x as never)).toThrow(
      /^hessian: expected a function that returns \[scalar, aux\], since hasAux is set$/,
    );
  });

  test("aux follows what it captures", () => {
    let scale = 2;
    const g = jacobian((x: Value) => [mul(x, x), mul(x, scale)] as const, { hasAux: true, engine });
    expect(g(3)).toEqual([6, 6]);
    scale = 5;
    expect(g(3)).toEqual([6, 15]);
  });
});

describe.each(engines)("value and Jacobian in %s", (engine) => {
  const x = Float64Array.of(0.5, -1, 2);

  test.each(["auto", "forward", "reverse"] as const)("are those of the function and of jacobian, by mode %s", (mode) => {
    const fs: readonly ((x: Value) => unknown)[] = [mixed, (x) => sum(mixed(x)), (x) => ({ y: [at(x, 0), 3], z: sin(x) })];
    for (const f of fs) {
      const [value, matrix] = valueAndJacobian(f as typeof mixed, { mode, engine })(x);
      expect(matrix).toEqual(jacobian(f as typeof mixed, { mode, engine })(x));
      expect(value).toEqual(compile(f as typeof mixed, [x], { engine })(x));
    }
    expect(valueAndJacobian(mixed, { mode }).mode(x)).toBe(mode === "auto" ? "forward" : mode);
  });

  test("with aux, by several arguments, and inside a trace", () => {
    const f = (x: Value, y: Value): readonly [Value[], { s: Value }] => [[mul(x, y), x], { s: mul(x, 7) }];
    expect(valueAndJacobian(f, { hasAux: true, argnums: [0, 1], engine })(2, 3)).toEqual([
      [[6, 2], { s: 14 }],
      [
        [3, 2],
        [1, 0],
      ],
    ]);
    const inner = (x: Value): Value => {
      const [value, slope] = valueAndJacobian((y: Value) => mul(mul(y, y), y))(x);
      return mul(value, slope as Value);
    };
    expect(grad(inner, { engine })(2)).toBe(240); // of 3x⁵
    const wrong = (): unknown => valueAndJacobian(((x: Value) => x) as never, { hasAux: true, engine })(x as never);
    expect(wrong).toThrow(/^valueAndJacobian: expected a function that returns \[value, aux\], since hasAux is set$/);
    expect(() => valueAndJacobian(mixed, { mode: "up" as never })).toThrow(
      /^valueAndJacobian: expected mode to be one of auto, forward, reverse, got "up"$/,
    );
  });
});
