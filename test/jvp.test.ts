/** Forward mode and pullbacks on the named programs: against the gradient, against each other, in every engine. */
import { describe, expect, test } from "vitest";
import {
  add,
  at,
  directional,
  dot,
  type EngineName,
  exp,
  grad,
  hessian,
  hvp,
  type Indices,
  jvp,
  log,
  mul,
  pow,
  record,
  sin,
  sum,
  take,
  type Value,
  vjp,
} from "wengert";
import { derived, directionOf, erased, numbersOf, withNumbers } from "./modes.js";
import { engines } from "./engines.js";
import { apart } from "./numbers.js";
import { type Example, programs } from "./programs.js";

type AnyFunction = (...args: unknown[]) => unknown;

const inner = (x: readonly number[], y: readonly number[]): number => x.reduce((total, value, i) => total + value * y[i]!, 0);

/** A tangent for every argument: a direction for the first, zeros for the rest. */
function tangentsOf({ args: [first, ...data] }: Example): { tangents: unknown[]; direction: number[] } {
  const direction = directionOf(numbersOf(first).length);
  const zeros = data.map((tree) => withNumbers(tree, new Array<number>(numbersOf(tree).length).fill(0)));
  return { tangents: [withNumbers(first, direction), ...zeros], direction };
}

const run = (f: unknown, ...args: unknown[]): unknown => (f as AnyFunction)(...args);

/** Scale of a directional derivative, for relative comparison where terms cancel. */
const scaleOf = (gradient: readonly number[], direction: readonly number[]): number =>
  1 + gradient.reduce((total, x, i) => total + Math.abs(x * direction[i]!), 0);

describe.each(engines)("on the programs, in %s", (engine: EngineName) => {
  test.each(programs)("$name: the tangent is the gradient's along a direction", (example) => {
    const { tangents, direction } = tangentsOf(example);
    const [value, tangent] = run(jvp(erased(example.f), { engine }), example.args, tangents) as [number, number];
    const gradient = numbersOf(derived.gradient(example, engine)(...example.args));
    const scale = scaleOf(gradient, direction);
    expect(apart(value, run(derived.value(example, engine), ...example.args) as number)).toBeLessThan(1e-12);
    expect(Math.abs(tangent - inner(gradient, direction)) / scale).toBeLessThan(1e-12);
    expect(run(directional(erased(example.f), { engine }), example.args, tangents)).toBe(tangent);
  });

  test.each(programs)("$name: a seed scales the gradient", (example) => {
    const [, pull] = run(vjp(erased(example.f), { engine }), ...example.args) as [number, (seed: number) => unknown];
    const gradient = numbersOf(derived.gradient(example, engine)(...example.args));
    numbersOf(pull(-2.5)).forEach((x, i) =>
      expect(Math.abs(x + 2.5 * gradient[i]!)).toBeLessThan(1e-12 * (1 + Math.abs(2.5 * gradient[i]!))),
    );
  });

  test.each(programs.filter(({ kinked }) => !kinked))("$name: ⟨Hv, w⟩ = ⟨v, Hw⟩", (example) => {
    const count = numbersOf(example.args[0]).length;
    const [v, w] = [directionOf(count), directionOf(count).reverse()];
    const product = (x: readonly number[]): number[] =>
      numbersOf(run(hvp(erased(example.f), { engine }), example.args, withNumbers(example.args[0], x)));
    const [hv, hw] = [product(v), product(w)];
    expect(Math.abs(inner(hv, w) - inner(v, hw)) / (scaleOf(hv, w) + scaleOf(hw, v))).toBeLessThan(1e-12);
  });

  const small = programs.filter(({ kinked, args }) => !kinked && numbersOf(args[0]).length <= 24);
  test.each(small)("$name: the Hessian's columns are products with unit vectors", (example) => {
    const [first] = example.args;
    const count = numbersOf(first).length;
    const columns = Array.from({ length: count }, (_, k) => {
      const unit = withNumbers(
        first,
        Array.from({ length: count }, (_, i) => Number(i === k)),
      );
      return numbersOf(run(hvp(erased(example.f), { engine }), example.args, unit));
    });
    const entries = numbersOf(run(hessian(erased(example.f), { engine }), ...example.args)).sort((x, y) => x - y);
    const wanted = columns.flat().sort((x, y) => x - y);
    const scale = Math.max(1, ...wanted.map(Math.abs));
    expect(entries).toHaveLength(count * count);
    entries.forEach((x, i) => expect(Math.abs(x - wanted[i]!) / scale).toBeLessThan(1e-12));
    columns.forEach((column, j) => column.forEach((x, i) => expect(Math.abs(x - columns[i]![j]!) / scale).toBeLessThan(1e-12)));
  });

  test("⟨Jv, w⟩ = ⟨v, Jᵀw⟩ for a vector function", () => {
    const f = (x: Value): Value => mul(exp(mul(x, at(x, 1))), sin(x));
    const [x, v, w] = [Float64Array.of(0.3, -0.7, 1.1), Float64Array.of(1, 2, -1), Float64Array.of(0.5, -0.25, 3)];
    const [, forward] = jvp(f, { engine })([x], [v]) as [Float64Array, Float64Array];
    const [, pull] = vjp(f, { engine })(x);
    expect(dot(forward, w)).toBeCloseTo(dot(v, pull(w)), 13);
  });
});

describe("nested", () => {
  test("forward inside reverse inside forward", () => {
    const slope = (x: Value): Value => directional((y: Value) => pow(y, 5))([x], [1 as never]);
    expect(grad(slope)(2)).toBe(160);
    expect(directional((x: Value) => grad(slope)(x))([2], [1])).toBe(240);
  });

  test("perturbations do not mix", () => {
    const f = (x: Value): Value => mul(x, directional((y: Value) => add(x, y))([x], [1 as never]));
    expect(directional(f)([3], [1])).toBe(1);
    const g = (x: Value): Value => mul(x, vjp((y: Value) => mul(x, y))(x)[1](1 as never));
    expect(grad(g)(3)).toBe(6);
  });

  test("a pullback is recorded where it is called", () => {
    const f = (x: Value): Value => {
      const [value, pull] = vjp((y: Value) => log(y))(x);
      return add(value, pull(x));
    };
    expect(grad(f)(2)).toBe(0.5);
  });

  test.each(engines)("several directions and seeds at once, in %s", (engine) => {
    const f = (x: Value[], s: Value): Value[] => [mul(x[0]!, x[1]!), sin(mul(x[1]!, s))];
    const tangents = [
      [[1, 0], 0],
      [[0, 1], 0],
      [[0, 0], 1],
    ] satisfies [number[], number][];
    const [value, along] = jvp(f, { engine }).many([[2, 3], 0.5], tangents);
    expect(value).toEqual([6, Math.sin(1.5)]);
    expect(along).toEqual(tangents.map((tangent) => jvp(f, { engine })([[2, 3], 0.5], tangent)[1]));
    const [, pull] = vjp(f, { engine, argnums: [0, 1] })([2, 3], 0.5);
    const seeds = [
      [1, 0],
      [0, 1],
    ];
    expect(pull.many(seeds as never)).toEqual(seeds.map((seed) => pull(seed as never)));
    const sums = (x: Value): Value => {
      const [, back] = vjp((y: Value) => mul(y, x))(x);
      const [first, second] = back.many([x, mul(x, 2)]);
      return add(first!, second!);
    };
    expect(grad(sums, { engine })(3)).toBe(18);
    expect(() => pull.many([])).toThrow("vjp: expected a non-empty array of seeds, got an array of 0");
  });

  test("trees, several arguments and lane numbers", () => {
    const f = (p: { a: Value; b: Value[] }, x: Value): Value => mul(sum(p.b), mul(p.a, x));
    const [value, tangent] = jvp(f)([{ a: 2, b: [1, 3] }, Float64Array.of(1, 10)], [{ a: 1, b: [0, 1] }, Float64Array.of(0, 1)]);
    expect([value, tangent]).toEqual([Float64Array.of(8, 80), Float64Array.of(6, 68)]);
    const [, pull] = vjp(f, { argnums: [0, 1] })({ a: 2, b: [1, 3] }, Float64Array.of(1, 10));
    expect(pull(Float64Array.of(1, 1))).toEqual([{ a: 44, b: [22, 22] }, Float64Array.of(8, 8)]);
  });
});

describe("names say what belongs together, in whatever order they come", () => {
  const f = ({ a, b }: { a: Value; b: Value }): { u: Value; v: Value } => ({ u: mul(a, a), v: mul(2, b) });
  const p = { a: 3, b: 5 };
  const g = ({ a, b }: { a: Value; b: Value }): Value => add(mul(a, mul(a, a)), mul(b, b));
  test.each([
    ["tangents", () => jvp(f)([p], [{ b: 7, a: 1 }])[1], { u: 6, v: 14 }],
    ["several tangents", () => jvp(f).many([p], [[{ b: 7, a: 1 }], [{ a: 1, b: 7 }]])[1], [{ u: 6, v: 14 }, { u: 6, v: 14 }]], // prettier-ignore
    ["tangents, frozen", () => jvp(f, { retrace: false })([p], [{ b: 7, a: 1 }])[1], { u: 6, v: 14 }],
    ["a direction", () => directional(f)([p], [{ b: 7, a: 1 }]), { u: 6, v: 14 }],
    ["a vector", () => hvp(g)([p], { b: 10, a: 1 }), { a: 18, b: 20 }],
    ["a seed", () => vjp(f)(p)[1]({ v: 10, u: 1 }), { a: 6, b: 20 }],
    ["seeds", () => vjp(f)(p)[1].many([{ v: 10, u: 1 }]), [{ a: 6, b: 20 }]],
    ["a seed of what was recorded", () => record(f, p).vjp({ v: 10, u: 1 }), { a: 6, b: 20 }],
    ["a seed inside", () => grad((q: { a: Value; b: Value }) => vjp(f)(q)[1]({ v: 10, u: 1 } as never).a)(p), { a: 2, b: 0 }],
  ])("%s", (_, got, wanted) => {
    expect(got()).toEqual(wanted);
  });

  test("an argument that is not there, at once", () => {
    expect(() => vjp(f, { argnums: 1 as 0 })(p)).toThrow(new RangeError("vjp: expected argnums from 0 to 0, got 1"));
  });

  test("seeds as callbacks", () => {
    expect([1, 2].map(vjp((x: Value) => mul(x, x))(3)[1])).toEqual([6, 12]);
  });

  test("lane numbers, which have no derivative, may be left out", () => {
    const chosen = (q: { x: Value; i: Indices }): Value => take(q.x, q.i);
    const [x, i] = [Float64Array.of(1, 2), Int32Array.of(1, 0)];
    expect(jvp(chosen)([{ x, i }], [{ x: Float64Array.of(5, 7) } as never])[1]).toEqual(Float64Array.of(7, 5));
    expect(jvp(chosen)([{ x, i }], [{ i: null, x: Float64Array.of(5, 7) }])[1]).toEqual(Float64Array.of(7, 5));
  });
});

describe("refused", () => {
  const f = (x: Value): Value => mul(x, x);
  test.each([
    [
      "tangents of another shape",
      () => jvp(f)([Float64Array.of(1, 2)], [Float64Array.of(1)]),
      /^jvp: expected a tangent like args\[0\] \(vector of 2\), got vector of 1 at tangents\[0\]$/,
    ],
    [
      "too few tangents",
      () => jvp((x: Value, y: Value) => mul(x, y))([1, 2], [1] as never),
      /^jvp: expected an array of 2 tangents, one an argument, got an array of 1$/,
    ],
    [
      "a tangent of other names",
      () => jvp((p: { w: Value }) => f(p.w))([{ w: 1 }], [{ x: 1 }] as never),
      /^jvp: expected an object with w, got one with x at tangents\[0\]$/,
    ],
    [
      "a seed of other names",
      () => vjp((x: Value) => ({ y: f(x) }))(1)[1]({ z: 1 } as never),
      /^vjp: expected an object with y, got one with z at seed$/,
    ],
    [
      "a vector of more names, to hvp",
      () => hvp((p: { a: { w: Value } }) => f(p.a.w))([{ a: { w: 1 } }], { a: { w: 1, x: 2 } } as never),
      /^hvp: expected an object with w, got one with w, x at vector\.a$/,
    ],
    [
      "options beside the tangents",
      () => run(jvp(f), [1], [1], { engine: "jit" }),
      /^jvp: expected 2 arguments, got 3: an array of 1, an array of 1, an object$/,
    ],
    ["more than a vector", () => run(hvp(f), [1], 1, undefined), /^hvp: expected 2 arguments, got 3/],
    ["more than tangents", () => run(directional(f), [1], [1], 1), /^directional: expected 2 arguments, got 3/],
    ["two seeds", () => run(vjp(f)(1)[1], 1, 2), /^vjp: expected one seed, got 2: 1, 2$/],
    [
      "a seed of another shape",
      () => vjp(f)(Float64Array.of(1, 2))[1](1),
      /^vjp: expected a seed like the result \(vector of 2\), got number of 1$/,
    ],
    [
      "a vector that is not like the argument, to hvp",
      () => hvp((p: { w: Value }) => f(p.w))([{ w: 1 }], { w: Float64Array.of(1) } as never),
      /^hvp: expected a tangent like args\[0\]\.w \(number of 1\), got vector of 1 at vector\.w$/,
    ],
    [
      "another structure than the argument's, to hvp",
      () => hvp((x: Value[]) => f(x[0]!))([[1, 2]], 3 as never),
      /^hvp: expected a tangent like args\[0\] \(numbers of 2\), got number of 1 at vector$/,
    ],
    [
      "more leaves than the argument's, to hvp",
      () => hvp(f)([1], [Float64Array.of(1), 2] as never),
      /^hvp: expected tangents of the primals' structure, with 1 leaves, got 2 at vector$/,
    ],
    [
      "a function that is not scalar, to hvp",
      () => hvp((x: Value) => [x, x] as never)([1], 1),
      /^hvp: expected a function with a scalar result, got an array of 2\./,
    ],
    [
      "no vector, to hvp",
      () => hvp(f)([1], undefined as never),
      /^hvp: expected tangents of the primals' structure, with 1 leaves, got 0 at vector$/,
    ],
    ["no function", () => hvp(3 as never), /^hvp: expected a function, got 3$/],
    ["arguments that are no array", () => hvp(f)(2 as never, 1 as never), /^hvp: expected an array of arguments, got 2$/],
  ])("%s", (_, code, message) => {
    expect(code).toThrow(TypeError);
    expect(code).toThrow(message);
  });
});
