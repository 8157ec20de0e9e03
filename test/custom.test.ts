/** Derivatives of users: customJvp and customVjp, in every engine and mode, nested, and refused where they cannot serve. */
import { describe, expect, test } from "vitest";
import {
  clip,
  compile,
  cos,
  cumsum,
  customJvp,
  customVjp,
  div,
  dot,
  exp,
  grad,
  gt,
  hostOp,
  hvp,
  type Indices,
  jvp,
  log1p,
  mul,
  parse,
  record,
  sin,
  sub,
  sum,
  take,
  trace,
  type Value,
  vjp,
  vmap,
  where,
} from "wengert";
import { engines } from "./engines.js";
import { apart, derivative } from "./numbers.js";
import { close } from "./near.js";

/** log(1 + eˣ) by JAX's example: the rule does not overflow. */
const softplus = customJvp(
  function softplus(x: Value): Value {
    return log1p(exp(x));
  },
  ([x], [t]) => sub(1, div(1, exp(x).add(1))).mul(t),
);
const slope = (x: number): number => 1 / (1 + Math.exp(-x));
const second = (x: number): number => slope(x) * (1 - slope(x));

/** The same by seeds. */
const softplusByVjp = customVjp(
  (x: Value) => log1p(exp(x)),
  (x) => [log1p(exp(x)), exp(x)],
  (e, seed) => [seed.mul(sub(1, div(1, e.add(1))))],
);

/** Two arguments, a tree and a vector; two results. */
interface Pair {
  readonly s: Value;
  readonly v: Value;
}
const pair = customJvp(
  (p: { a: Value; b: Value[] }, x: Value): Pair => ({ s: p.a.mul(p.b[0]!).mul(sum(x)), v: x.mul(p.b[1]!) }),
  ([p, x], [dp, dx]) => ({
    s: dp.a
      .mul(p.b[0]!)
      .add(p.a.mul(dp.b[0]!))
      .mul(sum(x))
      .add(p.a.mul(p.b[0]!).mul(sum(dx))),
    v: dx.mul(p.b[1]!).add(x.mul(dp.b[1]!)),
  }),
);
const ofPair = ({ s, v }: Pair): Value => s.mul(dot(v, v));
const plainPair = (p: { a: Value; b: Value[] }, x: Value): Value => {
  const v = mul(x, p.b[1]!);
  return p.a.mul(p.b[0]!).mul(sum(x)).mul(dot(v, v));
};

const column = Float64Array.of(-1, 0.5, 2);
const closeTo = (numbers: Iterable<number>): Float64Array => Float64Array.from(numbers);

describe.each(engines)("%s", (engine) => {
  describe.each([
    ["customJvp", softplus],
    ["customVjp", softplusByVjp],
  ])("%s", (_, f) => {
    test("serves every mode, again and again", () => {
      close(compile(f, [2], { engine })(2), [Math.log1p(Math.exp(2))]);
      close(grad(f, { engine })(2), [slope(2)]);
      close(jvp(f, { engine })([2], [3])[1], [3 * slope(2)]);
      close(vjp(f, { engine })(2)[1](3), [3 * slope(2)]);
      close(grad(grad(f), { engine })(2), [second(2)]);
      close(jvp(grad(f), { engine })([2], [1])[1], [second(2)]);
      close(grad((x: Value) => jvp(f)([x], [x])[1], { engine })(2), [slope(2) + 2 * second(2)]);
      close(hvp(f, { engine })([2], 1), [second(2)]);
      close(grad(grad(grad(f)), { engine })(2), [second(2) * (1 - 2 * slope(2))]);
    });

    test("has the rule's numbers where those of the expression overflow", () => {
      expect(grad((x: Value) => log1p(exp(x)), { engine })(1000)).toBeNaN();
      if (f === softplus) expect(grad(f, { engine })(1000)).toBe(1);
    });

    test("works over lanes and at points", () => {
      close(
        grad((x: Value) => sum(f(x).mul(x)), { engine })(column),
        closeTo(column).map((x) => Math.log1p(Math.exp(x)) + x * slope(x)),
      );
      close(vmap(grad(f), { engine })(column), column.map(slope));
      close(grad((x: Value) => sum(vmap(f)(x)), { engine })(column), column.map(slope));
      close(
        hvp((x: Value) => sum(vmap((y: Value) => f(y).mul(2))(x)), { engine })([column], column),
        column.map((x) => 2 * x * second(x)),
      );
    });

    test("in record", () => {
      const { value, grad: gradient } = record((x: Value) => (f(x).value > 1 ? f(x) : x), 2);
      close([value as number, gradient()], [Math.log1p(Math.exp(2)), slope(2)]);
      close(record((x: Value) => record(f, x).grad(), 2).grad(), [second(2)]);
      close(record((x: Value) => sum(f(x)), column).grad(), column.map(slope));
    });

    test("a branch not taken has no influence", () => {
      const g = (x: Value): Value => where(gt(x, 900), x, f(x.mul(1e6).sub(1e9).div(0)));
      expect(grad(g, { engine })(1000)).toBe(1);
      expect(jvp(g, { engine })([1000], [1])[1]).toBe(1);
    });
  });

  test("trees of arguments and of results", () => {
    const args = [{ a: 2, b: [3, 0.5] }, column] as const;
    const [f, g] = [(p: { a: Value; b: Value[] }, x: Value) => ofPair(pair(p, x)), plainPair];
    const gradients = [f, g].map((h) => grad(h, { engine, argnums: [0, 1] })({ a: 2, b: [3, 0.5] }, column));
    const numbers = gradients.map(([p, x]) => [p.a, ...p.b, ...x]);
    close(numbers[0], numbers[1]!);
    const tangents = [{ a: 1, b: [0.5, 2] }, column] as const;
    const [first, plain] = [f, g].map((h) => jvp(h, { engine })(args as never, tangents as never)[1] as number);
    close(first!, [plain!]);
    const [points, wanted] = [f, g].map((h) =>
      vmap((x: Value) => grad((y: Value) => h({ a: y, b: [y, x] }, Float64Array.of(1, 2) as never))(x), { engine })(column),
    );
    close(points, wanted as Float64Array);
  });

  test("a short vector of each point has its rule", () => {
    const total = customJvp(
      (x: Value) => cumsum(x),
      (_, [t]) => cumsum(t).mul(2),
    );
    const f = (x: Value): Value => dot(total(x), Float64Array.of(1, 10) as never);
    close(grad(f, { engine })(Float64Array.of(1, 2)), [22, 20]);
  });

  test("lane numbers pass through", () => {
    const pick = customVjp(
      (x: Value, i: Indices) => take(x, i),
      (x, i) => [take(x, i), x] as const,
      (x, seed) => [x.mul(sum(seed)), null],
    );
    expect(grad((x: Value, i: Indices) => sum(pick(x, i)), { engine })(Float64Array.of(3, 4), Int32Array.of(1))).toEqual(
      Float64Array.of(3, 4),
    );
  });

  test("a clipped gradient serves reverse mode", () => {
    const clipped = customVjp(
      function clipped(x: Value): Value {
        return x;
      },
      (x) => [x, null],
      (_, seed) => [clip(seed, -1, 1)],
    );
    expect(grad((x: Value) => clipped(x).mul(5), { engine })(2)).toBe(1);
    expect(() => jvp(clipped, { engine })([2], [1])).toThrow(/^customVjp\(clipped\): expected a rule that is linear/);
  });
});

test("a rule is a rule where its function is called on data", () => {
  expect(softplus(2 as never)).toBe(Math.log1p(Math.exp(2)));
  close(record((_: Value) => softplus(2 as never), 1).value, [Math.log1p(Math.exp(2))]);
});

test("a wrong rule gives a gradient that differences do not have", () => {
  const wrong = [
    customJvp((x: Value) => sin(x), ([x], [t]) => cos(x).mul(t).mul(1.001)), // prettier-ignore
    customVjp((x: Value) => sin(x), (x) => [sin(x), x], (x, seed) => [cos(x).mul(seed).mul(1.001)]), // prettier-ignore
    hostOp({ name: "wrong", value: Math.sin, partials: [(x) => 1.001 * Math.cos(x)] }),
  ];
  for (const f of wrong) {
    const g = (x: Value): Value => f(x);
    expect(apart(grad(g)(1), derivative(compile(g, [1]) as (x: number) => number, 1))).toBeGreaterThan(1e-4);
  }
});

test("the text of a graph names them, and cannot be read back", () => {
  const text = trace((x: Value) => hostOp({ name: "sine", value: Math.sin })(softplus(x)), [2]).toString();
  expect(text).toBe(
    "%0 = input leaf=0 offset=0\n%1 = exp %0\n%2 = log1p %1\n%3 = custom customJvp(softplus) %2 %0\n%4 = host sine %3\nreturn %4\n",
  );
  expect(() => parse(text)).toThrow(
    /^parse: expected rows that text can hold \(a custom row is a function, which cannot be read back\).* in line 4$/,
  );
  trace((x: Value) => hostOp({ name: "sine", value: Math.sin })(softplus(x)), [2]).verify();
});

describe("errors", () => {
  const throws: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["no function", () => customJvp(1 as never, () => 1 as never), /^customJvp: expected a function, got 1$/],
    [
      "no rule",
      () => customVjp((x: Value) => x, undefined as never, undefined as never),
      /^customVjp: expected a function, got undefined$/,
    ],
    [
      "another tangent",
      () =>
        grad(
          customJvp(
            (x: Value) => x,
            ([x]) => [x, x] as never,
          ),
        )(1),
      /^customJvp: expected a tangent of a number, got a number, a number$/,
    ],
    [
      "a rule that is not linear",
      () =>
        grad(
          customJvp(
            (x: Value) => x,
            (_, [t]) => t.mul(t),
          ),
        )(1),
      /^customJvp: expected a rule that is linear in its tangents/,
    ],
    [
      "no array of gradients",
      () =>
        grad(
          customVjp(
            (x: Value) => x,
            (x) => [x, x],
            (_, g) => g as never,
          ),
        )(1),
      /^customVjp: expected an array of 1 gradients, one an argument, got a Value$/,
    ],
    [
      "another gradient",
      () =>
        grad(
          customVjp(
            (x: Value) => x,
            (x) => [x, x],
            () => [column as never],
          ),
        )(1),
      /^customVjp: expected a gradient of argument 0 of a number, got a vector of 3$/,
    ],
  ];
  test.each(throws)("%s", (_, run, message) => expect(run).toThrow(message));
});
