/** grad, valueAndGrad and compile: what they return, what they keep, how they nest. */
import { describe, expect, test } from "vitest";
import {
  add,
  compile,
  div,
  type EngineName,
  exp,
  grad,
  type Indices,
  log,
  lt,
  mul,
  pow,
  reciprocal,
  sin,
  sqrt,
  sub,
  sum,
  take,
  trace,
  type Value,
  valueAndGrad,
  where,
} from "wengert";
import { engines } from "./engines.js";
import { vector } from "./mistakes.js";
import { erased } from "./modes.js";
import { apart } from "./numbers.js";

describe.each(engines)("documented examples in %s", (engine) => {
  test.each([
    {
      name: "x·y + sin x",
      f: ([x, y]: Value[]) => mul(x!, y!).add(sin(x!)),
      at: [2, 3],
      value: 6.909297426825682,
      gradient: [2.5838531634528574, 2],
    },
    {
      name: "ln x + x·y − sin y",
      f: ([x, y]: Value[]) => log(x!).add(mul(x!, y!)).sub(sin(y!)),
      at: [2, 5],
      value: 11.652071455223084,
      gradient: [5.5, 1.7163378145367738],
    },
    { name: "x·y·z", f: ([x, y, z]: Value[]) => mul(x!, y!).mul(z!), at: [1, 2, 4], value: 8, gradient: [8, 4, 2] },
  ])("$name", ({ f, at, value, gradient }) => {
    expect(valueAndGrad(f, { engine })(at)).toEqual([value, gradient]);
    expect(compile(valueAndGrad(f), [at], { engine })(at)).toEqual([value, gradient]);
  });
});

/** The first and the second derivative of a function of one number. */
const bothDerivatives = (f: (x: Value) => Value, engine: EngineName) => (x: number) => [
  grad(f, { engine })(x),
  grad(grad(f), { engine })(x),
];

describe.each(engines)("where the branch not taken is infinite, in %s", (engine) => {
  const safe =
    (bad: (x: Value) => Value) =>
    (x: Value): Value =>
      where(lt(x, 1e-9), x.square().mul(3), bad(x));
  test.each([
    { name: "sqrt", bad: sqrt },
    { name: "log", bad: log },
    { name: "1/x", bad: (x: Value) => div(1, x) },
    { name: "reciprocal", bad: reciprocal },
    { name: "a power", bad: (x: Value) => pow(x, 0.5) },
    { name: "a negative power", bad: (x: Value) => pow(x, -1.5) },
    { name: "x to the x", bad: (x: Value) => pow(x, x) },
    { name: "sqrt through other rows", bad: (x: Value) => sin(exp(sqrt(x).mul(2)).sub(1)).mul(x) },
    { name: "a quotient of logarithms", bad: (x: Value) => div(log(x), sqrt(x)).mul(log(x)) },
    { name: "a where inside", bad: (x: Value) => where(lt(x, 5), sqrt(x), log(sub(x, 5))) },
  ])("$name", ({ bad }) => {
    const f = safe(bad);
    expect(bothDerivatives(f, engine)(0)).toEqual([0, 6]);
    const rows = (x: Value): Value => sum(f(x));
    expect(grad(rows, { engine })(vector(0, -0, 0)).map(Math.abs)).toEqual(vector(0, 0, 0));
    expect(grad((x: Value) => sum(grad(rows)(x)), { engine })(vector(0, 0, 0))).toEqual(vector(6, 6, 6));
    // and where the branch is taken, its derivative comes through
    const [first, second] = bothDerivatives(f, engine)(4) as [number, number];
    const [wanted, wantedSecond] = bothDerivatives(bad, engine)(4) as [number, number];
    expect(apart(first, wanted)).toBeLessThan(1e-14);
    expect(apart(second, wantedSecond)).toBeLessThan(1e-14);
  });
});

describe("what is differentiated", () => {
  const f = (x: Value, y: Value, z: Value): Value => mul(x, y).mul(z.square());

  test("argnums: the first, another, several, in the order asked for", () => {
    expect(grad(f)(2, 3, 5)).toBe(75);
    expect(grad(f, { argnums: 2 })(2, 3, 5)).toBe(60);
    expect(grad(f, { argnums: [2, 0] })(2, 3, 5)).toEqual([60, 75]);
    expect(grad(f, { argnums: [1] })(2, 3, 5)).toEqual([50]);
    expect(grad(f, { argnums: [] })(2, 3, 5)).toEqual([]);
    expect(valueAndGrad(f, { argnums: [0, 1] })(2, 3, 5)).toEqual([150, [75, 50]]);
  });

  test("a gradient mirrors its argument: structure, leaf types, statics", () => {
    const loss = (p: { w: Value[]; b: Value; v: Value; i: Indices; mode: string; none: null; nested: [Value, { deep: Value }] }): Value =>
      add(sum(p.w.map((w) => w.square())), mul(p.b, sum(take(p.v, p.i)))).add(mul(p.nested[0], p.nested[1].deep));
    const p = {
      w: [1, 2],
      b: 3,
      v: vector(1, 2, 3),
      i: Int32Array.of(2, 2, 0),
      mode: "l2",
      none: null,
      nested: [2, { deep: 5 }] as [number, { deep: number }],
    };
    expect(grad(loss)(p)).toEqual({ w: [2, 4], b: 7, v: vector(3, 0, 6), i: null, mode: "l2", none: null, nested: [5, { deep: 2 }] });
  });

  test("what a function does not use has gradient 0", () => {
    expect(grad((p: { x: Value; unused: Value[]; column: Value }) => p.x)({ x: 1, unused: [1, 2], column: vector(1, 2) })).toEqual({
      x: 1,
      unused: [0, 0],
      column: vector(0, 0),
    });
    expect(grad((_: Value) => 3)(1)).toBe(0);
    expect(valueAndGrad((x: Value, _: Value) => x, { argnums: 1 })(4, 5)).toEqual([4, 0]);
  });

  test("hasAux hands back what else was returned, undifferentiated", () => {
    const g = (x: Value): readonly [Value, { twice: Value; column: Value[]; label: string }] => [
      x.square(),
      { twice: mul(x, 2), column: [x, mul(x, 3)], label: "aux" },
    ];
    const aux = { twice: 8, column: [4, 12], label: "aux" };
    expect(grad(g, { hasAux: true })(4)).toEqual([8, aux]);
    expect(valueAndGrad(g, { hasAux: true })(4)).toEqual([[16, aux], 8]);
    expect(compile(valueAndGrad(g, { hasAux: true }), [4])(4)).toEqual([[16, aux], 8]);
    const inside = grad((x: Value) => {
      const [slope, { twice }] = grad(g, { hasAux: true })(x);
      return mul(slope, twice);
    });
    expect(inside(4)).toBe(32); // d/dx 2x · 2x
  });

  test("a scalar function of an array that is one number of it", () => {
    expect(grad(([x]: Value[]) => x!)([1, 2, 3])).toEqual([1, 0, 0]);
  });
});

/** Counts how often a function is traced. */
function counted<P extends readonly unknown[]>(f: (...args: P) => Value): { f: (...args: P) => Value; traces: () => number } {
  let traces = 0;
  return { f: (...args) => (traces++, f(...args)), traces: () => traces };
}

describe("frozen traces", () => {
  test("are kept by structure, lengths and statics", () => {
    const { f, traces } = counted((x: Value, mode: string) => (mode === "square" ? sum(x.square()) : sum(x)));
    const g = grad(f, { retrace: false });
    expect(g(vector(1, 2), "square")).toEqual(vector(2, 4));
    expect(g(vector(3, 4), "square")).toEqual(vector(6, 8));
    expect(traces()).toBe(1);
    expect(g(vector(3, 4), "plain")).toEqual(vector(1, 1));
    expect(g(vector(3, 4, 5), "square")).toEqual(vector(6, 8, 10));
    expect(traces()).toBe(3);
  });

  test("tell an array of numbers from an array of arrays", () => {
    const total = (x: Value): Value => (x.length === undefined ? x : sum(x));
    const g = erased(grad((x: Value[]) => sum(x.flat().map((value) => total(value.square())))));
    expect(g([1, 2])).toEqual([2, 4]);
    expect(g([[1], [2]])).toEqual([[2], [4]]);
    expect(g([vector(1), vector(2)])).toEqual([vector(2), vector(4)]);
  });

  test("static numbers are fixed in a trace", () => {
    const { f, traces } = counted((x: Value, power: number) => pow(x, power));
    const g = grad(f, { staticArgnums: 1, retrace: false });
    expect([g(2, 3), g(3, 3), g(2, 2), g(2, 3)]).toEqual([12, 27, 4, 12]);
    expect(traces()).toBe(2);
  });

  test("are many, and turns through a few more than are kept find most", () => {
    const most = "window" in globalThis ? 32 : 256;
    const { f, traces } = counted((x: Value) => sum(x));
    const g = grad(f, { retrace: false, engine: "kernel" });
    const turn = (count: number): number => {
      const before = traces();
      for (let length = 1; length <= count; length++) g(new Float64Array(length));
      return traces() - before;
    };
    expect(turn(most)).toBe(most);
    expect(turn(most)).toBe(0);
    turn(most + 2);
    expect(turn(most + 2)).toBeLessThan(most / 2);
  });

  test("freeze captured variables; others follow them", () => {
    let scale = 2;
    const f = (x: Value): Value => mul(x, scale);
    const all = [grad(f, { retrace: false }), grad(f, { retrace: true }), grad(f)];
    expect(all.map((g) => g(1))).toEqual([2, 2, 2]);
    scale = 5;
    expect(all.map((g) => g(1))).toEqual([2, 5, 5]);
  });

  test("copy captured vectors when they are recorded", () => {
    const weights = vector(1, 2);
    const g = grad((x: Value) => sum(mul(x, weights)), { retrace: false });
    expect(g(vector(0, 0))).toEqual(vector(1, 2));
    weights[0] = 9;
    expect(g(vector(0, 0))).toEqual(vector(1, 2));
  });

  test("share equal rows", () => {
    const { rows } = trace((x: Value, y: Value) => mul(add(x, y), add(y, x)).add(sin(x)).sub(sin(x)), [1, 2]);
    expect(rows).toBe(7); // x, y, x + y, its square, sin x, and two sums
  });

  test("a function that throws leaves nothing behind", () => {
    let fails = true;
    const g = grad((x: Value) => {
      if (fails) throw new Error("of its own");
      return x.square();
    });
    expect(() => g(3)).toThrow("of its own");
    fails = false;
    expect(g(3)).toBe(6);
  });
});

describe.each(engines)("nested in %s", (engine) => {
  const options = { engine };

  test("derivatives of any order", () => {
    const f = (x: Value): Value => pow(x, 5);
    expect(grad(grad(f), options)(2)).toBe(160);
    expect(grad(grad(grad(f)), options)(2)).toBe(240);
    expect(grad(grad(grad(grad(f))), options)(2)).toBe(240);
  });

  test("perturbations do not mix", () => {
    // d/dx [x · d/dy (x + y) at y = x] = 1
    expect(grad((x: Value) => mul(x, grad((y: Value) => add(x, y))(x)), options)(3)).toBe(1);
    // d/dx [x · d/dy (x · y) at y = 2] = d/dx x² = 2x
    expect(grad((x: Value) => mul(x, grad((y: Value) => mul(x, y))(2)), options)(3)).toBe(6);
    // d/dx [d/dy (x² y³) at y = x] = d/dx 3x⁴ = 12x³
    expect(grad((x: Value) => grad((y: Value) => mul(x.square(), pow(y, 3)))(x), options)(2)).toBe(96);
    // three deep: d/dx [x · d/dy (y · d/dz (x y z) at z = y) at y = x] = d/dx [x · 2x²] = 6x²
    expect(grad((x: Value) => mul(x, grad((y: Value) => mul(y, grad((z: Value) => mul(x, y).mul(z))(y)))(x)), options)(2)).toBe(24);
  });

  test("valueAndGrad, vectors and trees inside", () => {
    const f = (x: Value): Value => {
      const [value, slope] = valueAndGrad((v: Value) => sum(v.square().mul(v)))(x);
      return add(value, sum(slope));
    };
    expect(grad(f, options)(vector(1, 2))).toEqual(vector(9, 24)); // 3x² + 6x
    const g = (p: { x: Value; y: Value[] }): Value => {
      const inner = grad((q: { x: Value; y: Value[] }) => mul(q.x, q.y[0]!).mul(q.y[1]!))(p);
      return add(inner.x, mul(inner.y[0]!, inner.y[1]!)); // y₀y₁ + x²y₀y₁
    };
    expect(grad(g, options)({ x: 2, y: [3, 5] })).toEqual({ x: 60, y: [25, 15] });
  });

  test("argnums inside", () => {
    const f = (x: Value): Value => {
      const [dx, dy] = grad((x: Value, y: Value) => mul(x.square(), y), { argnums: [0, 1] })(x, mul(x, 3));
      return add(dx, dy); // 2x · 3x + x²
    };
    expect(grad(f, options)(2)).toBe(28);
  });

  test("a gradient at numbers inside a trace is a number of it", () => {
    expect(grad((x: Value) => mul(x, grad((y: Value) => y.square())(4)), options)(1)).toBe(8);
  });
});

describe.each(engines)("compiled in %s", (engine) => {
  const loss = (p: { w: Value[]; b: Value; v: Value }, x: Value): Value => add(mul(sum(p.w), x), mul(p.b, sum(p.v)));
  const make = () => compile(valueAndGrad(loss), [{ w: [1, 2], b: 3, v: vector(4, 5) }, 10], { engine });

  test("the arguments are the first contents, inputs and outputs resident", () => {
    const step = make();
    const { w, v } = step.inputs[0];
    expect([w, step.inputs[0].b, v, step.inputs[1]]).toEqual([vector(1, 2), 3, vector(4, 5), 10]);
    step.run();
    const [value, gradient] = step.outputs;
    expect(value).toBe(57);
    expect(gradient).toEqual({ w: vector(10, 10), b: 9, v: vector(3, 3) });
    w[1] = 7;
    step.inputs[0].b = 1;
    step.inputs[1] = -1;
    v.set([1, 1]);
    step.run();
    expect(step.outputs[0]).toBe(-6);
    expect(gradient).toEqual({ w: vector(-1, -1), b: 2, v: vector(1, 1) });
    expect(step.inputs[0].w).toBe(w);
    expect(step.outputs[1].w).toBe(gradient.w);
  });

  test("a view cannot be replaced by mistake", () => {
    const step = make();
    expect(() => ((step.inputs[0] as { w: Float64Array }).w = vector(1, 2))).toThrow(TypeError);
    expect(() => ((step.outputs[1] as { v: Float64Array }).v = vector(1, 2))).toThrow(TypeError);
  });

  test("calling copies in and out", () => {
    const step = make();
    const p = { w: [1, 1], b: 2, v: vector(1, 1) };
    const first = step(p, 5);
    expect(first).toEqual([14, { w: [5, 5], b: 2, v: vector(2, 2) }]);
    step(p, 6);
    expect(first).toEqual([14, { w: [5, 5], b: 2, v: vector(2, 2) }]);
    expect(Array.isArray(first[1].w)).toBe(true);
    expect(first[1].v).not.toBe(step.outputs[1].v);
  });

  test("calling with its own views copies nothing and changes nothing", () => {
    const step = make();
    step.inputs[0].w.set([2, 3]);
    expect(step(step.inputs[0] as never, 2)[0]).toBe(37);
    expect(step.inputs[0].w).toEqual(vector(2, 3));
  });

  test("two functions do not share memory", () => {
    const [one, two] = [make(), make()];
    one.inputs[0].w[0] = 100;
    two.run();
    expect(two.outputs[0]).toBe(57);
  });

  test("it says what it is", () => {
    const step = make();
    expect(step.engine).toBe(engine);
    expect(step.bytes).toBeGreaterThanOrEqual(8 * 12);
    const large = compile((x: Value) => sum(mul(x, x)), [new Float64Array(100_000)], { engine });
    expect(large.bytes).toBeGreaterThanOrEqual(800_000);
    expect(large.bytes).toBeLessThan(8_000_000);
  });

  test("a plain function gives its results in their structure", () => {
    const step = compile(
      (x: Value, y: Value) => ({ total: add(x, sum(y)), parts: [x, mul(x, 2)], column: y.square(), constant: 7, label: "same" }),
      [1, vector(2, 3)],
      { engine },
    );
    expect(step(1, vector(2, 3))).toEqual({ total: 6, parts: [1, 2], column: vector(4, 9), constant: 7, label: "same" });
  });

  test("an argument handed back, and one result twice", () => {
    const step = compile((x: Value, y: Value) => [x, y, x, mul(y, 2)], [1, vector(2, 3)], { engine });
    expect(step(5, vector(6, 7))).toEqual([5, vector(6, 7), 5, vector(12, 14)]);
  });

  test("lane numbers are resident too", () => {
    const step = compile((x: Value, i: Indices) => take(x, i), [vector(1, 2, 3), Int32Array.of(0, 1)], { engine });
    step.inputs[1][0] = 2;
    step.run();
    expect(step.outputs).toEqual(vector(3, 2));
  });
});

test("auto is the kernel", () => {
  expect(compile((x: Value) => x, [1]).engine).toBe("kernel");
  expect(compile((x: Value) => x, [1], { engine: "auto" }).engine).toBe("kernel");
});
