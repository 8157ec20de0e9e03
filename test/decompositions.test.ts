/** QR factors, least squares and eigenvalues: the kernel's bits, what they are, at which sizes, under transforms, where they have no derivative, and errors. */
import { describe, expect, test } from "vitest";
import { eigh, grad, jacfwd, jacrev, lstsq, matmul, Matrix, matrix, mul, qr, reshape, square, sub, sum, transpose, type Value, vmap } from "wengert"; // prettier-ignore
import { randomSource } from "../src/data/random.js";
import { eighLanes } from "../src/ops/linear/eigen.js";
import { partLanes, qrLanes } from "../src/ops/linear/qr.js";
import { eighScratch, qrScratch } from "../src/ops/linear/scratch.js";
import { linearKernel } from "./linearkernel.js";

const random = randomSource(21);
const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => 2 * random() - 1);
const kernel = linearKernel(1 << 18);
const sizes = [1, 2, 3, 4, 5, 8, 9, 16, 31, 50, 67];

/** Equal to the bit; NaN is NaN. */
const same = (came: Float64Array, wanted: Float64Array): void => expect(came.findIndex((x, i) => !Object.is(x, wanted[i]))).toBe(-1);
const largest = (x: Matrix | Float64Array): number =>
  (x instanceof Matrix ? x.data : x).reduce((most, y) => Math.max(most, Math.abs(y)), 0);
const symmetric = (x: Matrix): Matrix => matrix(x.toArray().map((row, i) => row.map((_, j) => x.at(Math.max(i, j), Math.min(i, j)))));
const identity = (n: number): Matrix => matrix(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => Number(i === j))));

/** Numbers that are hard on factors: zero columns, equal ones, what is not finite, what is huge or tiny. */
const hard: Readonly<Record<string, (i: number, j: number) => number>> = {
  zeros: () => 0,
  "zeros of either sign": (i, j) => ((i + j) % 2 === 0 ? 0 : -0),
  "equal columns": (i) => 1 + i,
  "a zero column": (i, j) => (j === 1 ? 0 : i - j + 0.5),
  identity: (i, j) => Number(i === j),
  "a lone NaN": (i, j) => (i === 2 && j === 1 ? NaN : 1 / (1 + i + j)),
  infinity: (i, j) => (i === 1 && j === 1 ? Infinity : i - j),
  huge: (i, j) => 1e300 / (1 + i + j),
  tiny: (i, j) => 1e-310 * (1 + i * j),
};

describe("the kernel has the bits of plain loops", () => {
  const bothQr = (batch: number, m: number, n: number, a: Float64Array): void => {
    const wanted = qrLanes(a, { batch, m, n }, new Float64Array(batch * (m + n) * n));
    same(kernel("qr", [a], [batch, m, n], qrScratch(m, n), wanted.length), wanted);
    const part = { batch, count: n * n, start: m * n, step: (m + n) * n };
    const list = [batch, part.count, part.start, part.step];
    same(kernel("triangularFactor", [wanted], list, 0, batch * n * n), partLanes(wanted, part, new Float64Array(batch * n * n)));
  };
  const bothEigh = (batch: number, n: number, a: Float64Array): void => {
    const wanted = eighLanes(a, { batch, n }, new Float64Array(batch * n * (n + 1)));
    same(kernel("eigh", [a], [batch, n], eighScratch(n), wanted.length), wanted);
  };
  test.each(sizes)("n = %i", (n) => {
    for (const batch of [1, 3]) {
      for (const m of [n, n + 1, 2 * n + 3]) bothQr(batch, m, n, numbers(batch * m * n));
      bothEigh(batch, n, numbers(batch * n * n));
    }
  });
  test.each(Object.entries(hard))("%s", (_, entry) => {
    const a = Float64Array.from({ length: 20 }, (_, k) => entry(Math.floor(k / 4), k % 4));
    bothQr(1, 5, 4, a);
    bothEigh(1, 4, a.subarray(0, 16));
  });
});

describe.each([1, 2, 7, 50])("n = %i", (n) => {
  test.each([n, n + 3, 2 * n])("q r of %i rows", (m) => {
    for (const [rows, columns] of [
      [m, n],
      [n, m],
    ] as const) {
      // prettier-ignore
      const a = matrix(numbers(rows * columns), [rows, columns]);
      const { q, r } = qr(a);
      const k = Math.min(rows, columns);
      expect([q.shape, r.shape]).toEqual([[rows, k], [k, columns]]); // prettier-ignore
      expect(largest(sub(matmul(q, r), a))).toBeLessThan(1e-14 * n);
      expect(largest(sub(matmul(q, q, { transposeA: true }), identity(k)))).toBeLessThan(1e-14 * n);
      r.toArray().forEach((row, i) => row.forEach((x, j) => expect(j < i ? Object.is(x, 0) : j > i || x > 0).toBe(true)));
    }
  });

  test("least squares", () => {
    for (const [rows, columns] of [
      [2 * n + 1, n],
      [n, 2 * n + 1],
      [n, n],
    ] as const) {
      // prettier-ignore
      const [a, b] = [matrix(numbers(rows * columns), [rows, columns]), matrix(numbers(rows * 3), [rows, 3])];
      const x = lstsq(a, b);
      expect(x.shape).toEqual([columns, 3]);
      const left = sub(matmul(a, x), b);
      const scale = largest(x) + 1;
      // the residuals are orthogonal to the columns, or there are none and x is a combination of the rows
      expect(largest(matmul(a, left, { transposeA: true }))).toBeLessThan(1e-13 * n * scale);
      if (rows <= columns) expect(largest(left)).toBeLessThan(1e-13 * n * scale);
      const again = matmul(a, lstsq(transpose(a), x), { transposeA: true });
      if (rows < columns) expect(largest(sub(again, x))).toBeLessThan(1e-11 * n * scale);
      const first = lstsq(
        a,
        Float64Array.from(b.toArray(), (row) => row[0]!),
      );
      first.forEach((y, i) => expect(Math.abs(y - x.at(i, 0))).toBeLessThan(1e-13 * scale));
    }
  });

  test("eigenvalues", () => {
    const a = matrix(numbers(n * n), [n, n]);
    const { values, vectors } = eigh(a);
    expect([...values]).toEqual([...values].sort((x, y) => x - y));
    expect(largest(sub(matmul(symmetric(a), vectors), mul(vectors, values)))).toBeLessThan(2e-14 * n);
    expect(largest(sub(matmul(vectors, vectors, { transposeA: true }), identity(n)))).toBeLessThan(1e-14 * n);
    for (const column of transpose(vectors).toArray()) {
      const most = Math.max(...column.map(Math.abs));
      expect(column.find((x) => Math.abs(x) > most / 10)).toBeGreaterThan(0);
    }
  });
});

describe("eigenvalues that are equal", () => {
  const scaled = matrix([[2, 0, 0], [0, 2, 0], [0, 0, 5]]); // prettier-ignore
  test("have eigenvectors, and what is the same of them all has its derivative", () => {
    const { values, vectors } = eigh(scaled);
    expect([...values]).toEqual([2, 2, 5]);
    expect(largest(sub(matmul(vectors, vectors, { transposeA: true }), identity(3)))).toBeLessThan(1e-15);
    expect(grad((a: Value) => sum(square(eigh(a).values)))(scaled).toArray()).toEqual([[4, 0, 0], [0, 4, 0], [0, 0, 10]]); // prettier-ignore
  });
  test("have no derivatives of their eigenvectors", () => {
    const slope = grad((a: Value) => sum(mul(eigh(a).vectors, matrix([[1, 2, 3], [4, 5, 6], [7, 8, 9]]))))(scaled); // prettier-ignore
    expect(slope.data.some((x) => !Number.isFinite(x))).toBe(true);
  });
  test("NaN has no eigenvalues", () => {
    expect(eigh(matrix([[NaN, 0], [0, 1]])).values).toEqual(Float64Array.of(NaN, NaN)); // prettier-ignore
    expect(eigh(matrix([[1, NaN], [0, 1]])).values).toEqual(Float64Array.of(1, 1)); // prettier-ignore
  });
});

test("columns that are not independent have a 0 on the diagonal of r", () => {
  const { q, r } = qr(matrix([[0, 1], [0, 1]])); // prettier-ignore
  expect(r.toArray()).toEqual([[0, 1], [0, 1]]); // prettier-ignore
  expect(largest(sub(matmul(q, q, { transposeA: true }), identity(2)))).toBe(0);
  expect(lstsq(matrix([[1, 0], [1, 0]]), Float64Array.of(1, 1)).some((x) => !Number.isFinite(x))).toBe(true); // prettier-ignore
});

describe("under transforms", () => {
  const weights = matrix(numbers(9), [3, 3]);
  const functions: Readonly<Record<string, (x: Value) => Value>> = {
    qr: (x) => sum(mul(qr(reshape(x, [3, 3])).q, weights)),
    "qr of more columns": (x) => sum(square(qr(reshape(x, [-1, 4])).r.add(1))),
    lstsq: (x) => sum(square(lstsq(reshape(x, [3, 3]), Float64Array.of(1, 2, 3)))),
    eigh: (x) => sum(mul(eigh(reshape(x, [3, 3])).vectors, weights)),
    eigenvalues: (x) => sum(mul(eigh(reshape(x, [3, 3])).values, Float64Array.of(1, 2, 4))),
  };
  const lanes = (name: string): Float64Array => {
    const count = name === "qr of more columns" ? 8 : 9;
    return numbers(count).map((x, i) => x + (i % 4 === 0 ? 3 + i : 0));
  };
  test.each(Object.entries(functions))("%s: one derivative in both modes, at a point and at many", (name, f) => {
    const points = [lanes(name), lanes(name)];
    const back = points.map((x) => jacrev(f)(x) as unknown as Float64Array);
    const columns = [...points[0]!].map((_, i) => Float64Array.from(points, (x) => x[i]!));
    const many = vmap(grad((x: Value[]) => f(wrap(x))))(columns) as unknown as Float64Array[];
    points.forEach((x, point) => {
      const forward = jacfwd(f)(x) as unknown as Float64Array;
      back[point]!.forEach((slope, i) => {
        expect(forward[i]).toBeCloseTo(slope, 11);
        expect(many[i]![point]).toBeCloseTo(slope, 11);
      });
    });
  });
  const wrap = (x: Value[]): Value => reshape(matrix([x]), [-1]);
});

describe("errors", () => {
  const [m23, v3] = [matrix(numbers(6), [2, 3]), Float64Array.of(1, 2, 3)];
  test.each<[string, () => unknown, string]>([
    ["a vector of qr", () => qr(v3 as never), "qr: expected a matrix, got a vector of 3. A matrix of one row is reshape(x, [1, n])"],
    ["a vector of lstsq", () => lstsq(v3 as never, v3), "lstsq: expected a matrix, got a vector of 3. A matrix of one row is reshape(x, [1, n])"],
    ["right sides", () => lstsq(m23, v3), "lstsq: expected right sides of 2 rows beside the shape [2, 3], got a vector of 3"],
    ["right sides in a matrix", () => lstsq(m23, matrix(numbers(6), [3, 2])), "lstsq: expected right sides of 2 rows beside the shape [2, 3], got the shape [3, 2]"],
    ["no square", () => eigh(m23), "eigh: expected a square matrix, got the shape [2, 3]"],
    ["a number", () => eigh(3 as never), "eigh: expected a vector or a matrix, got 3"],
    ["too many operands", () => (lstsq as (...x: unknown[]) => unknown)(m23, v3, v3), "lstsq: expected 2 operands, got 3"],
    ["too many of one", () => (qr as (...x: unknown[]) => unknown)(m23, m23), "qr: expected one operand, got 2"],
  ])("%s", (_, f, message) => expect(f).toThrow(message)); // prettier-ignore
});
