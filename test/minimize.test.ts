/** `minimize`: every method on functions with known minima, on trees, within bounds, through what is not finite, and how it stops. */
import { describe, expect, test } from "vitest";
import { add, at, cos, dot, exp, log, mul, sin, slice, sqrt, square, stopGradient, sub, sum, type Value } from "wengert";
import { minimize, minimizeAsync, type MinimizeMethod } from "wengert/optimize";

const rosenbrock = (x: Value): Value => {
  const [head, tail] = [slice(x, 0, x.length! - 1), slice(x, 1)];
  return sum(add(mul(100, square(sub(tail, square(head)))), square(sub(1, head))));
};
const start = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1));

const methods: readonly MinimizeMethod[] = ["lbfgs", "lbfgsb", "newton-cg", "adam", "gradient"];
const second: readonly MinimizeMethod[] = ["lbfgs", "lbfgsb", "newton-cg"];

describe.each(second)("%s", (method) => {
  test.each([2, 3, 10, 101])("finds the minimum of Rosenbrock's function of %i numbers, its parameters in a vector or an array", (n) => {
    for (const x0 of [start(n), Array.from(start(n))]) {
      const f = Array.isArray(x0) ? (x: Value[]) => sum(x.slice(1).map((y, i) => add(mul(100, square(sub(y, square(x[i]!)))), square(sub(1, x[i]!))))) : rosenbrock; // prettier-ignore
      const found = minimize(f as typeof rosenbrock, x0 as Float64Array, { method });
      expect(found.reason).toBe("the gradient is within the tolerance");
      expect(found.converged).toBe(true);
      expect(found.value).toBeLessThan(1e-15);
      expect(Array.isArray(found.x)).toBe(Array.isArray(x0));
      for (const xi of found.x) expect(Math.abs(xi - 1)).toBeLessThan(1e-6);
      expect(found.gradientNorm).toBe(Math.max(...found.gradient.map(Math.abs)));
      expect(found.evaluations).toBeGreaterThan(found.iterations);
      expect(found.history.value).toHaveLength(found.iterations + 1);
      expect(found.history.value.at(-1)).toBe(found.value);
      expect(found.history.gradientNorm.at(-1)).toBe(found.gradientNorm);
      found.history.value.forEach((value, i) => i > 0 && expect(value).toBeLessThanOrEqual(found.history.value[i - 1]!));
    }
  });

  test("has all digits where the minimum is not 0", () => {
    // log cosh has curvature 1 at its minimum, where the value is flat to 1e-8 of x
    const found = minimize(({ a, b }: { a: Value; b: Value[] }) => add(add(exp(a), mul(-3, a)), sum(b.map((x, i) => add(exp(x), mul(-1 - i, x))))), { a: 0, b: [1, 1] }, { method, tolerance: 0 }); // prettier-ignore
    expect(found.converged).toBe(true);
    expect(found.x.a).toBeCloseTo(Math.log(3), 14);
    expect(found.x.b[1]).toBeCloseTo(Math.log(2), 14);
    expect(found.x.b[0]).toBeCloseTo(0, 14);
  });
});

test.each(methods)("%s goes down a bowl, keeps structure, and counts", (method) => {
  const x0 = { w: Float64Array.of(1, 2), deep: [3, { s: 4 }], name: "bowl", none: null };
  const loss = (p: { w: Value; deep: [Value, { s: Value }]; name: string; none: null }): Value =>
    add(sum(square(sub(p.w, Float64Array.of(-1, 0.5)))), add(square(p.deep[0]), mul(3, square(sub(p.deep[1].s, 2)))));
  const found = minimize(
    loss,
    x0 as never,
    { method, learningRate: method === "adam" ? 0.05 : undefined, maxIterations: 3000, tolerance: 1e-7 } as never,
  ) as unknown as {
    readonly x: typeof x0;
    readonly converged: boolean;
    readonly evaluations: number;
    readonly products: number;
  };
  expect(found.converged).toBe(true);
  expect([...found.x.w, found.x.deep[0] as number, (found.x.deep[1] as { s: number }).s].map((x, i) => Math.abs(x - [-1, 0.5, 0, 2][i]!) < 1e-6)).toEqual([true, true, true, true]); // prettier-ignore
  expect([found.x.name, found.x.none]).toEqual(["bowl", null]);
  expect(x0.w).toEqual(Float64Array.of(1, 2)); // what was given stays
  expect(found.products > 0).toBe(method === "newton-cg");
});

test("steps of a given length are gradient descent, to the bit", () => {
  const f = ([x, y]: [Value, Value]): Value => add(square(x), mul(3, square(y)));
  let [x, y] = [1, 2];
  for (let k = 0; k < 10; k++) [x, y] = [x - 0.1 * (2 * x), y - 0.1 * (3 * (2 * y))];
  expect(minimize(f, [1, 2], { method: "gradient", learningRate: 0.1, maxIterations: 10 }).x).toEqual([x, y]);
});

test("Adam's first steps are as published", () => {
  const { x } = minimize((x: Value) => square(x), 1, { method: "adam", learningRate: 0.1, maxIterations: 2 });
  let [p, m, v] = [1, 0, 0];
  for (let t = 1; t <= 2; t++) {
    const g = 2 * p;
    [m, v] = [0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g];
    p -= (0.1 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
  }
  expect(x).toBeCloseTo(p, 14);
});

describe("bounds", () => {
  /** Bounds, and where the minimum of Σ (xᵢ − i)² + x₀x₁/2 within them is: by the conditions of Karush, Kuhn and Tucker. */
  const f = (x: Value[]): Value => add(sum(x.map((xi, i) => square(sub(xi, i)))), mul(0.5, mul(x[0]!, x[1]!)));
  test.each([
    ["one number for all", { lower: 0, upper: 1.5 }, [0, 1, 1.5]],
    ["one for each", { lower: [0.5, -1, -Infinity], upper: [1, 0.25, 9] }, [0.5, 0.25, 2]],
    ["on one side", { upper: [Infinity, Infinity, -3] }, [-4 / 15, 16 / 15, -3]],
    ["fixed numbers", { lower: [0.1, 0.2, 0.3], upper: [0.1, 0.2, 0.3] }, [0.1, 0.2, 0.3]],
    ["none", {}, [-4 / 15, 16 / 15, 2]],
  ] as const)("%s", (_, bounds, wanted) => {
    const found = minimize(f, [9, -9, 9], { bounds: bounds });
    expect(found.converged).toBe(true);
    found.x.forEach((x, i) => expect(x).toBeCloseTo(wanted[i]!, 7));
  });

  test("of a tree, by leaves, a number for all below", () => {
    const g = (p: { a: Value; b: { c: Value; d: Value[] } }): Value => add(add(p.a, sum(p.b.c)), sum(p.b.d));
    const x0 = { a: 5, b: { c: Float64Array.of(5, 5), d: [5, 5] } };
    const found = minimize(g, x0, { bounds: { lower: { a: 1, b: { c: Float64Array.of(2, 3), d: 4 } } } });
    expect(found.x).toEqual({ a: 1, b: { c: Float64Array.of(2, 3), d: [4, 4] } });
    expect(found.gradientNorm).toBe(0);
    expect(found.gradient.a).toBe(1); // of the function itself
    expect(minimize(g, x0, { bounds: { lower: { a: 1, b: 2 } } }).x).toEqual({ a: 1, b: { c: Float64Array.of(2, 2), d: [2, 2] } });
  });

  test("many active ones: a nonnegative least-squares problem against its conditions", () => {
    const n = 15;
    const columns = Array.from({ length: n }, (_, i) =>
      Float64Array.from({ length: 30 }, (_, k) => (Math.sin(12.9898 * (30 * i + k + 1)) * 43758.5453) % 1),
    );
    const y = Float64Array.from({ length: 30 }, (_, k) => Math.cos(k));
    const loss = (x: Value): Value =>
      sum(
        square(
          sub(
            columns.map((column, i) => mul(at(x, i), column)).reduce((a, b) => add(a, b)),
            y,
          ),
        ),
      );
    const found = minimize(loss, new Float64Array(n).fill(1), { bounds: { lower: 0 }, tolerance: 1e-9 });
    expect(found.converged).toBe(true);
    expect(found.x.filter((x) => x === 0).length).toBeGreaterThan(5);
    found.x.forEach((x, i) => {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(found.gradient[i]).toBeGreaterThan(-1e-6);
      if (x > 0) expect(Math.abs(found.gradient[i]!)).toBeLessThan(1e-6);
    });
  });

  test("x0 beyond its bounds is moved to them, and no evaluation is beyond", () => {
    const seen: number[] = [];
    const found = minimize((x: Value) => sub(square(x), mul(4, x)), 9, {
      bounds: { lower: -1, upper: 1 },
      onIteration: ({ x }) => void seen.push(x),
    });
    expect(found.x).toBe(1);
    expect(seen.every((x) => x <= 1 && x >= -1)).toBe(true);
    expect(minimize((x: Value) => add(x, log(x).neg()), 0.5, { bounds: { lower: 0 } }).x).toBeCloseTo(1, 7);
  });
});

describe("what is not finite on the way is backed out of", () => {
  const functions: readonly (readonly [string, (x: Value) => Value, number, number])[] = [
    ["x − log x, NaN below 0", (x) => sub(x, log(x)), 30, 1],
    ["√ beyond which NaN", (x) => sub(mul(-1, sqrt(sub(3, square(x)))), mul(0.1, x)), 1.7, 0.1732 / Math.sqrt(1.01)],
    ["exp, which overflows", (x) => add(exp(x), exp(mul(-1, x))), 20, 0],
    ["exp of exp", (x) => sub(exp(exp(x)), mul(30, x)), 1.5, 0.91197],
  ];
  test.each(functions.flatMap((row) => second.map((method) => [method, ...row] as const)))("%s: %s", (method, _, f, x0, wanted) => {
    const found = minimize(f, x0, { method });
    expect(found.converged).toBe(true);
    expect(found.x).toBeCloseTo(wanted, 3);
    expect(Number.isFinite(found.value)).toBe(true);
  });
  test.each(["adam", "gradient"] as const)("%s with long steps", (method) => {
    const found = minimize((x: Value) => sub(x, log(x)), 3, { method, learningRate: 20, maxIterations: 300 });
    expect(Number.isFinite(found.value)).toBe(true);
    expect(found.x).toBeGreaterThan(0);
  });
});

describe("how it stops", () => {
  const bowl = (x: Value): Value => square(sub(x, 3));

  test("in words", () => {
    expect(minimize(rosenbrock, start(2), { maxIterations: 3 })).toMatchObject({
      converged: false,
      reason: "the most iterations were made",
      iterations: 3,
    });
    expect(minimize(bowl, 3).iterations).toBe(0);
    const line = minimize((x: Value) => mul(2, x), 0, { maxIterations: 60 });
    expect(line.converged).toBe(false);
    expect(minimize(rosenbrock, start(4), { tolerance: 0 }).reason).toMatch(
      /^the value falls no further in double precision$|^the gradient is within/,
    );
  });

  test("a wrong gradient cannot lower the value, and check finds it", () => {
    const wrong = ([x, y]: [Value, Value]): Value => add(square(sub(x, stopGradient(mul(2, x)))), square(y));
    expect(minimize(wrong, [1, 1]).converged).toBe(false);
    expect(() => minimize(wrong, [1, 1], { check: true })).toThrow(/^checkGradient: expected a gradient within .*args\[0\]\[0\]/s);
    expect(minimize(bowl, 1, { check: true }).x).toBeCloseTo(3, 9);
  });

  test("onIteration sees every iteration and stops by false alone", () => {
    const seen: [number, number, number][] = [];
    const found = minimize(rosenbrock, start(2), {
      onIteration: ({ iteration, value, gradientNorm, x }) => {
        seen.push([iteration, value, gradientNorm]);
        expect(x).toBeInstanceOf(Float64Array);
        return iteration < 5 ? undefined : false;
      },
    });
    expect(found.reason).toBe("onIteration returned false");
    expect(seen.map(([k]) => k)).toEqual([1, 2, 3, 4, 5]);
    expect(seen.map(([, value]) => value)).toEqual([...found.history.value.slice(1)]);
  });

  test("minimizeAsync finds what minimize finds, lets others run, and is aborted by its signal", async () => {
    const { history, ...wanted } = minimize(rosenbrock, start(10));
    await expect(minimizeAsync(rosenbrock, start(10))).resolves.toMatchObject(wanted);
    expect(history.value.length).toBeGreaterThan(2);
    const controller = new AbortController();
    let ticks = 0;
    const timer = setInterval(() => void ++ticks, 1);
    const long = minimizeAsync(rosenbrock, start(1000), {
      method: "gradient",
      maxIterations: 1e9,
      tolerance: 0,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(new Error("enough")), 200);
    await expect(long).rejects.toThrow("enough");
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(1);
    expect(() => minimize(bowl, 1, { signal: controller.signal })).toThrow("enough");
  });

  test("a listener may throw", () => {
    const stop = (): never => {
      throw new Error("mine");
    };
    expect(() => minimize(rosenbrock, start(2), { onIteration: stop })).toThrow("mine");
  });
});

describe("refused", () => {
  const f = (x: Value): Value => square(x);
  const cases: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["no function", () => minimize(3 as never, 1), /^minimize: expected a function, got 3$/],
    ["no numbers", () => minimize(f as never, { name: "x" } as never), /^minimize: expected numbers in x0, got none$/],
    ["a NaN", () => minimize((x: Value[]) => sum(x), [1, NaN]), /^RangeError: minimize: expected finite numbers, got NaN at x0\[1\]$/],
    ["no scalar", () => minimize(((x: Value[]) => x) as never, [1, 2]), /^TypeError: minimize: expected a function with a scalar result, got an array of 2/],
    ["NaN at x0", () => minimize((x: Value) => log(x), -1), /^RangeError: minimize: expected a finite value at x0, got NaN$/],
    ["an infinite slope at x0", () => minimize((x: Value) => sqrt(x), 0), /^RangeError: minimize: expected a finite gradient at x0, got one that is not$/],
    ["a misspelt option", () => minimize(f, 1, { maxIteration: 3 } as never), /^TypeError: minimize: expected options of the names .*, got one named maxIteration\. Did you mean maxIterations\?$/],
    ["an unknown method", () => minimize(f, 1, { method: "bfgs" as never }), /^RangeError: minimize: expected one of lbfgs, lbfgsb, newton-cg, adam, gradient as method, got "bfgs"$/],
    ["bounds elsewhere", () => minimize(f, 1, { method: "lbfgs", bounds: { lower: 0 } }), /^RangeError: minimize: expected method "lbfgsb" where there are bounds, got "lbfgs"$/],
    ["crossed bounds", () => minimize((x: Value[]) => sum(x), [1, 2], { bounds: { lower: [0, 3], upper: 2 } }), /^RangeError: minimize: expected bounds with numbers between them, got 3 and 2 for x0\[1\]$/],
    ["a NaN as bound", () => minimize(f, 1, { bounds: { lower: NaN } }), /expected bounds with numbers between them, got NaN and Infinity for x0$/],
    ["bounds of another length", () => minimize((x: Value[]) => sum(x), [1, 2], { bounds: { lower: [0] as never } }), /^TypeError: minimize: expected a number, or 2 of them, got an array of 1 at bounds\.lower$/],
    ["bounds of another key", () => minimize((p: { a: Value }) => square(p.a), { a: 1 }, { bounds: { lower: { b: 1 } as never } }), /^TypeError: minimize: expected bounds of a, got one of b at bounds\.lower$/],
    ["text as a bound", () => minimize(f, 1, { bounds: { upper: "1" as never } }), /^TypeError: minimize: expected a number, got "1" at bounds\.upper$/],
    ["a negative tolerance", () => minimize(f, 1, { tolerance: -1 }), /^RangeError: minimize: expected a finite number from 0 as tolerance, got -1$/],
    ["text as a tolerance", () => minimize(f, 1, { tolerance: "1" as never }), /^TypeError: minimize: expected a number as tolerance, got "1"$/],
    ["half an iteration", () => minimize(f, 1, { maxIterations: 0.5 }), /^RangeError: minimize: expected a whole number from 1 as maxIterations, got 0\.5$/],
    ["no signal", () => minimize(f, 1, { signal: {} as never }), /^TypeError: minimize: expected an AbortSignal as signal, got an object$/],
    ["a fourth argument", () => (minimize as (...args: unknown[]) => unknown)(f, 1, {}, 4), /^TypeError: minimize: expected 3 arguments, got 4/],
  ]; // prettier-ignore
  test.each(cases)("%s", (_, call, message) => {
    let thrown: unknown;
    try {
      call();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Error);
    expect(
      `${(thrown as Error).name}: ${(thrown as Error).message}`.replace(message.source.startsWith("^minimize") ? /^\w+: / : "", ""),
    ).toMatch(message);
  });
});

test("a function of what it captures, and of functions of the library", () => {
  const rows = Float64Array.from({ length: 50 }, (_, i) => i / 10);
  const y = rows.map((x) => 2 * Math.sin(1.3 * x) + 0.5);
  const loss = ({ a, w, c }: { a: Value; w: Value; c: Value }): Value => {
    const e = sub(add(mul(a, sin(mul(w, rows))), c), y);
    return dot(e, e);
  };
  const found = minimize(loss, { a: 1, w: 1.2, c: 0 });
  expect(found.x.a).toBeCloseTo(2, 7);
  expect(found.x.w).toBeCloseTo(1.3, 7);
  expect(found.x.c).toBeCloseTo(0.5, 7);
  expect(minimize((x: Value) => cos(x), 2.5).x).toBeCloseTo(Math.PI, 7);
});
