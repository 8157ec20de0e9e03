/** vmap over the rows of a matrix and over batches of matrices, on both sides of the number of lanes that are rows of their own, against a loop over the points. */
import { describe, expect, test } from "vitest";
import {
  add, argmax, argsort, at, broadcast, cholesky, compile, concat, cumsum, dot, eigh, exp, grad, hostOp, jacobian, logdet, logSumExp, matmul, Matrix, matrix, max, mean, min, mul, norm, prod, reshape, reverse, segmentSum,
  sin, slice, softmax, solve, sort, square, sub, sum, take, tanh, transpose, tril, type Value, valueAndGrad, variance, vmap, where, gt,
} from "wengert"; // prettier-ignore
import { engines } from "./engines.js";
import { scattered } from "./numbers.js";

type Loose = (...args: unknown[]) => unknown;
const loose = { compile, grad, vmap, valueAndGrad, jacobian } as unknown as Record<
  "compile" | "grad" | "vmap" | "valueAndGrad" | "jacobian",
  (f: unknown, ...more: unknown[]) => Loose
>;

/** The numbers of what a function gave. */
const flat = (x: unknown): number[] =>
  typeof x === "number" ? [x] : x instanceof Matrix ? [...x.data] : Array.from(x as ArrayLike<unknown>, flat).flat();
function near(came: unknown, right: unknown, digits = 1e-12): void {
  const [x, y] = [flat(came), flat(right)];
  expect(x).toHaveLength(y.length);
  x.forEach((value, i) => expect(Math.abs(value - y[i]!)).toBeLessThan(digits * Math.max(1, Math.abs(y[i]!))));
}

const halved = hostOp({ name: "halved", value: (x: number) => x / 2, partials: [() => 0.5] });
const constants = (k: number): Float64Array => Float64Array.from({ length: k }, (_, i) => Math.cos(i));
const places = (k: number): Int32Array => Int32Array.from({ length: k }, (_, i) => (i * 7) % k);

/** Functions of a vector of k lanes, that give a number or a vector. */
const functions: Readonly<Record<string, (x: Value, k: number) => Value>> = {
  "elementwise rows": (x, k) => mul(sin(x), constants(k)).add(1),
  "a sum": (x, k) => sum(mul(square(x), constants(k))),
  reductions: (x) => add(mul(mean(x), norm(x)), add(mul(max(x), min(x)), add(logSumExp(x), variance(x)))),
  "a product": (x) => prod(add(1, mul(0.01, x))),
  "places of the greatest": (x) => mul(argmax(x), sum(x)),
  "choices and masks": (x) => sum(where(gt(x, 0), exp(mul(0.1, x)), square(x))),
  "at and slice": (x, k) => mul(at(x, -1), sum(sin(slice(x, 1, k - 1)))),
  "lanes put together": (x) => mul(concat([x, at(x, 0), square(x)]), 2),
  "running sums and opposite order": (x, k) => dot(cumsum(x), mul(reverse(cumsum(reverse(x))), constants(k))),
  "take and segmentSum": (x, k) => segmentSum(mul(take(x, places(k)), x), Int32Array.from(places(k), (i) => i % 5), 5),
  "lanes that are computed": (x) => take(x, mul(0, x).add(1)),
  "segments that are computed": (x) => segmentSum(x, mul(0, x).add(2), 70),
  // lanes that are rows of their own are each compared with all
  "in order": (x, k) => mul(sort(k === 64 ? slice(x, 0, 9) : x), argsort(k === 64 ? slice(x, 0, 9) : x)),
  softmax: (x, k) => dot(softmax(x), constants(k)),
  "a matrix of it": (x, k) => transpose(matmul(reshape(x, [1, k]), matrix(constants(3 * k), [k, 3]))),
  "sums along dimensions": (x, k) => sum(mul(reshape(x, [k, 1]), reshape(slice(x, 0, 3), [1, 3])), { axis: 0 }),
  "running along dimensions": (x) => cumsum(reshape(concat([x, x]), [2, -1]), { axis: 0 }),
  "triangles and transposes": (x, k) => sum(mul(tril(mul(reshape(x, [k, 1]), constants(k))), transpose(mul(reshape(x, [k, 1]), constants(k))))),
  "broadcast numbers": (x, k) => mul(broadcast(sum(x), k), x),
  "a host function": (x) => sum(halved(mul(x, x))),
  "a gradient inside": (x) => (grad((y: Value) => sum(mul(square(y), sin(y)))) as (x: Value) => Value)(x),
  "a vmap inside": (x) => vmap((u: Value) => mul(u, tanh(u)))(x),
  "a vmap of rows inside": (x, k) => vmap((row: Value) => sum(sin(row)))(mul(reshape(x, [k, 1]), Float64Array.of(1, 2))),
  "the same at every point": (x, k) => add(constants(k), mul(0, sum(x))),
}; // prettier-ignore

describe.each([3, 64, 65, 100])("rows of %i numbers", (k) => {
  const [m, n] = [4, k];
  const x = matrix(scattered(m * n, -1.5, 1.5), [m, n]);
  const rows = Array.from({ length: m }, (_, i) => Float64Array.from(x.row(i)));

  test.each(Object.entries(functions))("%s", (name, f) => {
    const one = (row: Value): Value => f(row, k);
    const wanted = rows.map((row) => loose.compile(one, [row], { engine: "kernel" })(row));
    for (const engine of engines) {
      const came = loose.vmap(one, { engine })(x);
      near(came, wanted);
      const inner =
        wanted[0] instanceof Matrix ? wanted[0].shape : typeof wanted[0] === "number" ? [] : [(wanted[0] as Float64Array).length];
      expect(came instanceof Matrix ? came.shape : [(came as Float64Array).length]).toEqual([m, ...inner]);
    }
    const weighted = (row: Value): Value => {
      const y = one(row);
      return y.isScalar ? sin(y) : sum(sin(reshape(y, [-1])));
    };
    const slopes = rows.map((row) => loose.grad(weighted)(row));
    const many = loose.vmap(loose.grad(weighted))(x) as Matrix;
    expect(many.shape).toEqual([m, n]);
    near(many, slopes);
    near(loose.grad((x: Value) => sum(loose.vmap(weighted)(x) as Value))(x), slopes);
    if (name === "a host function") return; // has no second derivative
    const seconds = (x: Value): Value => sum(square(loose.vmap(loose.grad(weighted))(x) as Value));
    near(
      loose.grad(seconds)(x),
      rows.map((row) => loose.grad((row: Value) => sum(square(loose.grad(weighted)(row) as Value)))(row)),
      1e-10,
    );
  });
});

describe.each([
  [2, 2],
  [8, 8],
  [9, 8],
  [12, 12],
])("matrices of %i × %i", (m, n) => {
  // prettier-ignore
  const points = 3;
  const data = Float64Array.from(scattered(points * m * n, -1, 1), (x, i) => x + (Math.floor((i % (m * n)) / n) === i % n ? 2 * m : 0));
  const batch = matrix(data, [points, m, n]);
  const parts = Array.from({ length: points }, (_, i) => matrix(data.slice(i * m * n, (i + 1) * m * n), [m, n]));
  const functions: Readonly<Record<string, (x: Value) => Value>> = {
    "a product with itself": (x) => matmul(x, x, { transposeA: true }),
    "a product with what is shared": (x) => matmul(x, matrix(constants(2 * n), [n, 2])),
    "a product with a vector": (x) => matmul(x, constants(n)),
    "sums of rows": (x) => sum(mul(x, constants(n)), { axis: 1 }),
    "broadcast rows": (x) => mul(sub(x, mean(x, { axis: 0 })), sum(x, { axis: 1, keepDims: true })),
    transposed: (x) => mul(transpose(x), 2),
    ...(m === n
      ? {
          cholesky: (x: Value) => cholesky(matmul(x, x, { transposeB: true })),
          solve: (x: Value) => solve(x, constants(n)),
          logdet: (x: Value) => logdet(x),
          eigh: (x: Value) => eigh(x).values,
        }
      : {}),
  };
  test.each(Object.entries(functions))("%s", (_, f) => {
    const wanted = parts.map((part) => loose.compile(f, [part])(part));
    for (const engine of engines) near(loose.vmap(f, { engine })(batch), wanted);
    const scalar = (x: Value): Value => {
      const y = f(x);
      return y.isScalar ? y : sum(sin(mul(0.1, reshape(y, [-1]))));
    };
    const both = loose.vmap(loose.valueAndGrad(scalar))(batch) as [Float64Array, Matrix];
    expect(both[1].shape).toEqual([points, m, n]);
    near(both[1], parts.map((part) => loose.grad(scalar)(part)), 1e-10); // prettier-ignore
    near(
      loose.grad((x: Value) => sum(loose.vmap(scalar)(x) as Value))(batch),
      parts.map((part) => loose.grad(scalar)(part)),
      1e-10,
    );
  });
});

test("columns, rows and what is shared stand beside each other", () => {
  const x = matrix([[1, 2], [3, 4], [5, 6]]); // prettier-ignore
  const f = (p: { x: Value; y: Value }, w: Value): { sum: Value; scaled: Value; pair: Value[] } => ({
    sum: sum(mul(p.x, w)).add(p.y),
    scaled: mul(p.x, p.y),
    pair: [p.y, at(p.x, 0)],
  });
  const came = vmap(f, { inAxes: [0, null] })({ x, y: Float64Array.of(1, 0, -1) }, Float64Array.of(1, 10));
  expect(came.sum).toEqual(Float64Array.of(22, 43, 64));
  expect((came.scaled as Matrix).toArray()).toEqual([[1, 2], [0, 0], [-5, -6]]); // prettier-ignore
  expect(came.pair).toEqual([Float64Array.of(1, 0, -1), Float64Array.of(1, 3, 5)]);
});

test("a loss over a batch has the gradient of its weights", () => {
  const x = matrix(scattered(7 * 70, -1, 1), [7, 70]);
  const w = matrix(scattered(70 * 3, -1, 1), [70, 3]);
  const one = (row: Value, w: Value): Value => logSumExp(matmul(tanh(row), w));
  const byPoints = grad((w: Value) => mean(vmap(one, { inAxes: [0, null] })(x as never, w)))(w);
  near(byPoints, grad((w: Value) => mean(logSumExp(matmul(tanh(x), w), { axis: 1 })))(w)); // prettier-ignore
});

test("a lane that is out of bounds is NaN, at its point alone", () => {
  const x = matrix([...constants(70), ...constants(70)], [2, 70]);
  const f = (x: Value, i: Value): Value => concat([take(x, i), sum(segmentSum(x, broadcast(i, 70), 3))]);
  const came = vmap(f)(x, Float64Array.of(1, 70)) as Matrix;
  near(came.row(0), [Math.cos(1), constants(70).reduce((x, y) => x + y)]);
  expect([...came.row(1)]).toEqual([NaN, NaN]);
});

test("of columns alone, vectors of a point are arrays of columns, however long", () => {
  const came = vmap((x: Value) => mul(x, constants(70)))(Float64Array.of(1, 2)) as unknown as Float64Array[];
  expect(came).toHaveLength(70);
  near(came, [...constants(70)].map((c) => [c, 2 * c])); // prettier-ignore
});

test("lane numbers among the arguments are the same at all points", () => {
  const f = (x: Value, i: Value): Value => take(concat([x, constants(70)]), i as never);
  const came = vmap(f, { inAxes: [0, null] })(matrix([[1, 2], [3, 4]]), Int32Array.of(1, 0) as never) as unknown as Matrix; // prettier-ignore
  near([came.row(0), came.row(1)], [[2, 1], [4, 3]]); // prettier-ignore
});

describe("errors", () => {
  const x = matrix([[1, 2], [3, 4]]); // prettier-ignore
  test.each<[string, () => unknown, string]>([
    ["numbers of points", () => vmap((x: Value, y: Value) => mul(sum(x), y))(x, Float64Array.of(1, 2, 3)), "vmap: expected columns of one length, got 2 and 3 at args[1]"],
    ["batches a point", () => vmap((x: Value) => mul(reshape(x, [2, 1, 1]), matrix(constants(4), [1, 2, 2])))(x), "vmap: expected matrices a point, no batches of them, got the shape [2, 2, 2] at result"],
    ["products of batches a point", () => vmap((x: Value) => matmul(mul(reshape(x, [2, 1, 1]), matrix(constants(4), [1, 2, 2])), matrix(constants(4), [2, 2])))(x), "vmap: expected matrices a point, no batches of them"],
  ])("%s", (_, f, message) => expect(f).toThrow(message)); // prettier-ignore
});
