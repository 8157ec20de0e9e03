/** hostOp: users' functions of plain numbers, in every engine and mode, nested, and refused where they cannot serve. */
import { describe, expect, test } from "vitest";
import {
  at,
  compile,
  cos,
  grad,
  gt,
  type HostOp,
  hostOp,
  hvp,
  jvp,
  max,
  mul,
  record,
  sin,
  sum,
  trace,
  type Value,
  vmap,
  where,
} from "wengert";
import { engines } from "./engines.js";
import { close } from "./near.js";

/** What sin's calls are, by the numbers it got. */
const sineOp: HostOp = {
  name: "sine",
  value: Math.sin,
  partials: [{ name: "cosine", value: Math.cos, partials: [(x) => -Math.sin(x)] }],
};
const sine = hostOp(sineOp);
const area = hostOp({
  name: "area",
  value: (a, b) => a * a * b,
  partials: [
    { name: "area.a", value: (a, b) => 2 * a * b, partials: [(_, b) => 2 * b, (a) => 2 * a] },
    { name: "area.b", value: (a) => a * a, partials: [(a) => 2 * a, () => 0] },
  ],
});

const column = Float64Array.of(-1, 0.5, 2);

describe.each(engines)("%s", (engine) => {
  test("scalars and lanes, every mode", () => {
    close(compile((x: Value) => sine(x).mul(sine(x.mul(2))), [1], { engine })(2), [Math.sin(2) * Math.sin(4)]);
    close(grad((x: Value) => sine(x).mul(x), { engine })(2), [Math.sin(2) + 2 * Math.cos(2)]);
    close(
      grad((x: Value) => sum(sine(x.mul(2)).mul(x)), { engine })(column),
      column.map((x) => Math.sin(2 * x) + 2 * x * Math.cos(2 * x)),
    );
    close(
      jvp((x: Value) => sine(x), { engine })([column], [column])[1],
      column.map((x) => x * Math.cos(x)),
    );
    close(
      hvp((x: Value) => sum(sine(x)), { engine })([column], column),
      column.map((x) => -x * Math.sin(x)),
    );
    close(
      vmap(
        grad((x: Value) => sine(x)),
        { engine },
      )(column),
      column.map(Math.cos),
    );
    close(grad((x: Value) => sum(vmap((y: Value) => sine(y))(x)), { engine })(column), column.map(Math.cos));
    close(record((x: Value) => sum(sine(x)), column).grad(), column.map(Math.cos));
    close(record((x: Value) => (sine(x).value > 0 ? sine(x) : x), 1).grad(), [Math.cos(1)]);
  });

  test("scalars beside lanes", () => {
    const f = (a: Value, x: Value): Value => sum(area(a, x).mul(area(x, a)));
    const plain = (a: Value, x: Value): Value => sum(mul(mul(mul(a, a), x), mul(mul(x, x), a)));
    const options = { engine, argnums: [0, 1] } as const;
    const numbers = [f, plain].map((g) => {
      const [a, x] = grad(g, options)(3, column);
      return [a, ...x];
    });
    close(numbers[0], numbers[1]!);
    close(grad((a: Value) => grad(f)(a, column as never), { engine })(3), [
      grad((a: Value) => grad(plain)(a, column as never), { engine })(3),
    ]);
  });

  test("between loops: reductions, moves and what is longer than is kept", () => {
    const n = 20_001;
    const x = Float64Array.from({ length: n }, (_, i) => Math.sin(i));
    const f = (y: Value): Value => {
      const s = sine(cos(y).mul(2));
      return sine(sum(s).div(n))
        .add(at(s, 7))
        .add(max(sine(s)));
    };
    const g = (y: Value): Value => {
      const s = sin(cos(y).mul(2));
      return sin(sum(s).div(n))
        .add(at(s, 7))
        .add(max(sin(s)));
    };
    close(grad(f, { engine })(x), grad(g, { engine })(x));
  });

  test("is called once an evaluation for each lane, and never folded or shared", () => {
    let calls = 0;
    const counted = hostOp({ name: "counted", value: (x) => (calls++, x) });
    const step = compile(
      (x: Value) =>
        sum(counted(x))
          .add(sum(counted(x)))
          .add(counted(2)),
      [column],
      { engine },
    );
    calls = 0;
    step(column);
    expect(calls).toBe(6);
    step(column);
    expect(calls).toBe(12);
  });

  test("a function that throws leaves the step as it was", () => {
    const careful = hostOp({
      name: "careful",
      value: (x) => {
        if (x > 1) throw new RangeError("too much");
        return x;
      },
    });
    const step = compile((x: Value) => careful(careful(x).add(0.5)).mul(10), [0], { engine });
    expect(step(0.25)).toBe(7.5);
    expect(() => step(0.75)).toThrow("too much");
    expect(() => step(2)).toThrow("too much");
    expect(step(0.25)).toBe(7.5);
  });

  test("a branch not taken has no influence", () => {
    const root = hostOp({ name: "root", value: Math.sqrt, partials: [(x) => 0.5 / Math.sqrt(x)] });
    expect(grad((x: Value) => where(gt(x, 0), root(x), x), { engine })(0)).toBe(1);
  });

  test("without partials it is not differentiated", () => {
    const opaque = hostOp({ name: "opaque", value: (x) => x });
    expect(() => grad((x: Value) => opaque(x), { engine })(1)).toThrow(
      /^hostOp: expected partials of opaque to differentiate by, got none/,
    );
    expect(() =>
      grad(
        grad((x: Value) => hostOp({ name: "once", value: (y) => y, partials: [() => 1] })(x)),
        { engine },
      )(1),
    ).toThrow(/partials of once\.partials\[0\]/);
  });
});

test("is called as it is on data", () => {
  expect(sine(2)).toBe(Math.sin(2));
  expect(area(2, column)).toEqual(column.map((x) => 4 * x));
});

describe("errors", () => {
  const throws: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["no host function", () => hostOp({ name: "f" } as never), /^hostOp: expected \{ name, value \}/],
    [
      "too few partials",
      () => hostOp({ name: "f", value: (a, b) => a + b, partials: [() => 1] })(1, 2),
      /^hostOp: expected one partial an operand of f, got 1 for 2$/,
    ],
    ["no operand", () => sine(), /^sine: expected at least one operand/],
    ["lengths", () => area(column, new Float64Array(2)), /^area: expected operands of one length, got 3 and 2 lanes$/],
    [
      "lengths in a trace",
      () => trace((x: Value) => area(x, new Float64Array(2)), [column]),
      /^host: expected operands of one length, got 3 and 2 lanes$/,
    ],
    ["a string", () => sine("1" as never), /^sine: expected a number, a Float64Array or a Value, got "1"$/],
  ];
  test.each(throws)("%s", (_, run, message) => expect(run).toThrow(message));
});

describe("a function that gives anything but a number", () => {
  const results: [what: string, result: unknown, came: RegExp][] = [
    ["nothing", undefined, /got undefined\. Does it return\?$/],
    ["null", null, /got null$/],
    ["a text", "2", /got "2"$/],
    ["a truth value", true, /got true$/],
    ["a bigint", 2n, /got 2n$/],
    ["an array", [2], /got an array of 1$/],
    ["a promise", Promise.resolve(2), /got a Promise\. It must be synchronous$/],
  ];
  test.each(results)("is refused wherever it is called: %s", (_, result, came) => {
    const value = (): number => result as number;
    const broken = hostOp({ name: "broken", value });
    const slope = hostOp({ name: "op", value: (x) => x, partials: [value] });
    const nested = hostOp({ name: "op", value: (x) => x, partials: [{ name: "inner", value: (x) => x, partials: [value] }] });
    const named = (name: string): RegExp => new RegExp(`^${name}: expected a function that gives a number, ${came.source}`);
    expect(() => broken(1)).toThrow(TypeError);
    expect(() => broken(column)).toThrow(named("broken"));
    expect(() => record((x: Value) => broken(x), 1)).toThrow(named("broken"));
    for (const engine of engines) {
      expect(() => compile((x: Value) => sum(broken(x)), [column], { engine })(column)).toThrow(named("broken"));
      expect(() => grad((x: Value) => slope(x), { engine })(1)).toThrow(named("op\\.partials\\[0\\]"));
      expect(() =>
        grad(
          grad((x: Value) => nested(x)),
          { engine },
        )(1),
      ).toThrow(named("inner\\.partials\\[0\\]"));
    }
  });

  test("may give what is not finite", () => {
    const f = hostOp({ name: "f", value: (x) => (x < 0 ? NaN : x / 0) });
    expect(compile((x: Value) => f(x), [column])(column)).toEqual(Float64Array.of(NaN, Infinity, Infinity));
  });
});
