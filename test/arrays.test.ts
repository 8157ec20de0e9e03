/** Arrays of other kinds than Float64Array: typed arrays are vectors by copy, everywhere; what else holds numbers becomes one by `vector`. */
import { describe, expect, test } from "vitest";
import {
  add,
  argmax,
  at,
  checkGradient,
  columns,
  compile,
  concat,
  cummax,
  cumprod,
  cumsum,
  dot,
  finiteDifference,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  logSumExp,
  max,
  mean,
  min,
  mul,
  norm,
  prod,
  record,
  reverse,
  segmentSum,
  sin,
  slice,
  softmax,
  square,
  sum,
  take,
  type Value,
  valueAndGrad,
  variance,
  vector,
  vjp,
  vmap,
} from "wengert";
import { engines } from "./engines.js";
import { lanes, refuses, untyped, vector as of } from "./mistakes.js";

const kinds = [Float32Array, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Uint32Array] as const;
const numbers = [3, 1, 2];
const exact = Float64Array.from(numbers);

/** A function of a vector and data that it captures. */
const loss =
  (data: Float64Array | Float32Array) =>
  (p: { readonly w: Value }): Value =>
    add(sum(mul(square(p.w), data)), dot(p.w, data));

describe.each(kinds.map((kind) => [kind.name, kind] as const))("a %s is a vector", (_, kind) => {
  const given = (kind as typeof Float32Array).from(numbers);
  const typed: Float32Array = given;

  test.each(engines)("as an argument and as captured data, in %s", (engine) => {
    const right = valueAndGrad(loss(exact), { engine })({ w: exact });
    expect(valueAndGrad(loss(typed), { engine })({ w: given })).toEqual(right);
    const step = compile(valueAndGrad(loss(typed)), [{ w: given }], { engine });
    expect(step.inputs[0].w).toEqual(exact);
    expect(step({ w: given })).toEqual(right);
    step.write({ w: given.map((x) => 2 * x) });
    step.run();
    expect(step.outputs[1].w).toEqual(grad(loss(exact))({ w: of(6, 2, 4) }).w);
  });

  test("of every transform", () => {
    const f = (x: Value): Value => sum(mul(square(x), typed));
    const g = (x: Value): Value => mul(square(x), typed);
    const all = (x: Float64Array): unknown[] => [
      grad(f)(x),
      jvp(f)([x], [x]),
      vjp(g)(x)[1](x),
      jacobian(g)(x),
      hessian(f)(x),
      hvp(f)([x], x),
      vmap(sin)(x),
      finiteDifference(f)(x),
      checkGradient(f, [x]).ok,
      record(f, x).grad(),
      record(g, x).vjp(x),
      columns(x, 1),
    ];
    expect(all(given as never)).toEqual(all(exact));
  });

  test("of every function of vectors, outside a trace and in one", () => {
    const functions: readonly ((x: Float64Array) => unknown)[] = [
      sin,
      (x) => add(x, 1),
      (x) => mul(x, x),
      (x) => mul(x, exact),
      sum,
      mean,
      max,
      min,
      prod,
      norm,
      logSumExp,
      argmax,
      cumsum,
      reverse,
      cumprod,
      cummax,
      (x) => cumprod(slice(x, 0, 1)),
      softmax,
      variance,
      (x) => dot(x, x),
      (x) => dot(x, [1, 2, 3]),
      (x) => at(x, -1),
      (x) => slice(x, 1),
      (x) => slice(x, 0),
      (x) => concat([x, 1, x]),
      (x) => take(x, lanes(2, 0)),
      (x) => segmentSum(x, lanes(0, 1, 0), 2),
      (x) => sum([x, x, exact]),
      (x) => vector(x),
    ];
    for (const f of functions) {
      expect(f(given as never)).toEqual(f(exact));
      const traced = (x: Value): Value => mul(add(f(given as never) as Value, untyped(f(untyped(x)))), 1);
      expect(compile(traced, [exact])(exact)).toEqual(compile(traced, [given as never])(given as never));
    }
  });

  test("of another length is another structure", () => {
    const f = grad((x: Value) => sum(square(x)));
    expect(f(kind.from([1]) as Float32Array)).toEqual(of(2));
    expect(f(typed)).toEqual(of(6, 2, 4));
    expect(() => grad((x: Value) => sum(x))(new kind(0) as Float32Array)).toThrow("got an empty one at args[0]");
  });
});

test("data that is changed before the call is read as it is then, and copied", () => {
  const x = Float32Array.of(1, 2);
  const recorded = record((v: Value) => sum(square(v)), x);
  x[0] = 5;
  expect(recorded.grad()).toEqual(of(2, 4));
  const f = grad((v: Value) => sum(square(v)));
  expect(f(x)).toEqual(of(10, 4));
  x[1] = 7;
  expect(f(x)).toEqual(of(10, 14));
});

/** A column as Arrow's: numbers, perhaps missing, by chunks. */
class Column {
  constructor(
    readonly numbers: readonly number[] | Float32Array | BigInt64Array,
    readonly nullCount = 0,
  ) {}
  toArray(): unknown {
    return this.numbers;
  }
}

/** An ndarray with strides. */
class Ndarray {
  constructor(
    readonly data: readonly number[],
    readonly shape: readonly number[],
    readonly stride: number,
  ) {}
  get(i: number): number {
    return this.data[i * this.stride]!;
  }
}

describe("vector", () => {
  function* counted(): Generator<number> {
    yield* numbers;
  }
  const sources: readonly (readonly [string, unknown])[] = [
    ["an array", numbers],
    ["a Float64Array", exact],
    ["a Float32Array", Float32Array.from(numbers)],
    ["an Int32Array", Int32Array.from(numbers)],
    ["a generator", counted()],
    ["a Set", new Set(numbers)],
    ["what is like an array", { ...numbers, length: 3 }],
    ["a column", new Column(numbers)],
    ["a column of float32", new Column(Float32Array.from(numbers))],
    ["an ndarray with strides", new Ndarray([3, 0, 1, 0, 2, 0], [3], 2)],
  ];
  test.each(sources)("of %s is a Float64Array of its own", (_, source) => {
    const made = vector(source as number[]);
    expect(made).toEqual(exact);
    expect(made).toBeInstanceOf(Float64Array);
    expect(made).not.toBe(source);
  });

  test("of scalar Values is a vector Value, and so it differentiates", () => {
    const f = ([x, y]: [Value, Value]): Value => sum(mul(vector([x, 2, mul(x, y)]), vector(exact)));
    expect(valueAndGrad(f)([5, 7])).toEqual([15 + 2 + 70, [3 + 14, 10]]);
    expect(compile((x: Value) => vector(x), [exact])(exact)).toEqual(exact);
    expect(grad((x: Value) => sum(mul(x, vector([1, 2, 3]))))(exact)).toEqual(of(1, 2, 3));
  });

  const inTrace = (make: (x: Value) => unknown) => () => grad((x: Value) => untyped(make(x)))(exact);
  refuses([
    ["a number", () => vector(untyped(3)), TypeError, /^vector: expected an array of numbers or of scalar Values, got 3$/],
    ["text", () => vector(untyped("123")), TypeError, /^vector: expected an array of numbers or of scalar Values, got "123"$/],
    ["an object", () => vector(untyped({ x: 1 })), TypeError, /got an object$/],
    ["a scalar Value", inTrace((x) => vector(untyped(at(x, 0)))), TypeError, /^vector: expected an array .*, got a Value$/],
    ["nothing", () => vector([]), RangeError, /^vector: expected at least one number, got an array of 0$/],
    ["text within", () => vector(untyped([1, "2"])), TypeError, /^vector: expected numbers, got "2" at x\[1\]/],
    ["a hole", () => vector(untyped([1, , 3])), TypeError, /^vector: expected numbers, got undefined at x\[1\]/], // eslint-disable-line no-sparse-arrays
    ["rows", () => vector(untyped([[1, 2]])), TypeError, /^vector: expected numbers, got an array of 2 at x\[0\]/],
    [
      "64-bit integers",
      () => vector(untyped(BigInt64Array.of(1n))),
      TypeError,
      /got 1n at x\[0\]\. Make it numbers: Float64Array\.from\(x, Number\)$/,
    ],
    [
      "a column with nulls",
      () => vector(untyped(new Column([1, 0], 1))),
      TypeError,
      /^vector: expected numbers, got a column with 1 nulls/,
    ],
    [
      "an ndarray of rank 2",
      () => vector(untyped(new Ndarray([1, 2, 3, 4], [2, 2], 2))),
      TypeError,
      /^vector: expected rank 1, got .* of shape 2 × 2$/,
    ],
    [
      "vectors",
      inTrace((x) => vector([x, x])),
      TypeError,
      /^vector: expected numbers, got a Value at x\[0\]\. Vectors are joined by concat$/,
    ],
  ]);
});
