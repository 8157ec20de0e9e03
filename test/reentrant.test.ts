/** Functions that are called from within their own run: transforms take memory for each call, compiled steps refuse, and either is as it was afterwards. */
import { describe, expect, test } from "vitest";
import {
  compile,
  customJvp,
  type EngineChoice,
  grad,
  hostOp,
  jacobian,
  jvp,
  loadModule,
  mul,
  record,
  sparseJacobian,
  sum,
  type Value,
  valueAndGrad,
  vjp,
  vmap,
} from "wengert";
import { vector } from "./mistakes.js";

const engines: readonly EngineChoice[] = ["auto", "kernel", "jit", "reference"];
const refusal = /expected a function that is not running/;

/** F(x) = x F(x − 1) down to F(x) = x for x ≤ 1, and its derivative. */
const F = (x: number): readonly [number, number] => {
  if (x <= 1) return [x, 1];
  const [value, slope] = F(x - 1);
  return [x * value, value + x * slope];
};

type Recursive = (x: number) => readonly [number, number];

/** Ways to a value and a derivative, of a function that calls the way itself. */
const ways: Readonly<Record<string, (f: (x: Value) => Value, options: { engine: EngineChoice; retrace?: boolean }) => Recursive>> = {
  valueAndGrad: (f, options) => valueAndGrad(f, options),
  jvp: (f, options) => {
    const g = jvp(f, options);
    return (x) => g([x], [1]) as [number, number];
  },
  vjp: (f, options) => {
    const g = vjp(f, options);
    return (x) => {
      const [value, pull] = g(x);
      return [value as number, pull(1)];
    };
  },
  "vjp.many": (f, options) => {
    const g = vjp(f, options);
    return (x) => {
      const [value, pull] = g(x);
      return [value as number, pull.many([1, 2])[0]!];
    };
  },
  jacobian: (f, options) => {
    const [g, slope] = [vmap(f, options), jacobian(f, options)];
    return (x) => [g(vector(x))[0]!, Number(slope(x))];
  },
  sparseJacobian: (f, options) => {
    const [g, slope] = [vmap(f, options), sparseJacobian((x: Value) => f(x), options)];
    return (x) => [g(vector(x))[0]!, slope(vector(x)).values[0]!];
  },
};

describe.each(Object.keys(ways))("%s recurs through a host function", (name) => {
  test.each(engines.flatMap((engine) => [{ engine }, { engine, retrace: false }]))("%o", (options) => {
    let f: Recursive = () => [0, 0];
    const inner = hostOp({ name: "inner", value: (x) => (x > 1 ? f(x - 1)[0] : 1), partials: [(x) => (x > 1 ? f(x - 1)[1] : 0)] });
    f = ways[name]!((x) => mul(x, inner(x)), options);
    for (const x of [4.5, 0.5, 3.25, 4.5]) {
      const [value, slope] = f(x);
      expect(value).toBeCloseTo(F(x)[0], 10);
      expect(slope).toBeCloseTo(F(x)[1], 10);
    }
  });
});

describe.each(engines)("a step in %s", (engine) => {
  test.each(["call", "run", "write"])("refuses a %s from within its run, and is as it was afterwards", (way) => {
    let again: (() => unknown) | undefined;
    const twice = hostOp({ name: "twice", value: (x) => (again?.(), 2 * x), partials: [() => 2] });
    const step = compile(
      valueAndGrad((v: Value) => sum(mul(v, twice(v)))),
      [vector(1, 2)],
      { engine },
    );
    again = { call: () => step(vector(10, 10)), run: () => step.run(), write: () => step.write(vector(10, 10)) }[way];
    expect(() => step(vector(1, 2))).toThrow(refusal);
    expect(() => step.run()).toThrow(refusal);
    again = undefined;
    expect(step(vector(1, 2))).toEqual([10, vector(4, 8)]);
    again = () => {
      throw new Error("mine");
    };
    expect(() => step(vector(3, 2))).toThrow("mine");
    again = undefined;
    expect(step(vector(1, 2))).toEqual([10, vector(4, 8)]);
  });

  test("refuses a call from an accessor of its arguments", () => {
    const step = compile((x: { a: Value; b: Value }) => mul(x.a, x.b), [{ a: 1, b: 2 }], { engine });
    const loaded = loadModule<[{ a: number; b: number }], number>(step.toWasm());
    for (const of of [step, loaded]) {
      const args = {
        a: 3,
        get b() {
          of({ a: 7, b: 7 });
          return 4;
        },
      };
      expect(() => of(args)).toThrow(refusal);
      expect(of({ a: 3, b: 4 })).toBe(12);
    }
  });
});

test("a transform is called by an accessor of its arguments", () => {
  const f = grad((x: { a: Value; b: Value }) => mul(x.a, x.b));
  const args = {
    a: 3,
    get b(): number {
      return f({ a: 7, b: 5 }).a;
    },
  };
  expect(f(args)).toEqual({ a: 5, b: 3 });
});

test("an exception of a host function leaves a transform as it was", () => {
  let fails = false;
  const half = hostOp({
    name: "half",
    value: (x) => {
      if (fails) throw new Error("mine");
      return x / 2;
    },
    partials: [() => 0.5],
  });
  const f = grad((x: Value) => mul(x, half(x)));
  expect(f(3)).toBe(3);
  fails = true;
  expect(() => f(3)).toThrow("mine");
  fails = false;
  expect(f(5)).toBe(5);
});

test("a host function may call transforms on numbers while a function is recorded", () => {
  const inner = grad((x: Value) => mul(x, mul(x, x)));
  const slope = hostOp({ name: "slope", value: (x) => inner(x), partials: [(x) => 2 * inner(x)] });
  const recorded = record((x: Value) => mul(slope(x), x), 2);
  expect([recorded.value, recorded.grad()]).toEqual([24, 60]);
  expect(grad((x: Value) => mul(x, slope(2)))(1)).toBe(12);
});

test("a rule that calls the transform it serves is told so", () => {
  let f: (x: Value) => Value = (x) => x;
  const endless = customJvp(
    (x: Value) => mul(x, 2),
    (primals: [Value], tangents: [Value]) => mul(tangents[0], grad(f)(primals[0])),
  );
  f = (x) => endless(x);
  expect(() => grad(f)(1)).toThrow(/running in/);
  expect(grad((x: Value) => mul(x, x))(2)).toBe(4);
});
