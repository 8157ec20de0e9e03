/** The kernel's linear algebra has the bits of the plain loops, at sizes on both sides of every block. */
import { describe, expect, test } from "vitest";
import { choleskyAdjointLanes, choleskyLanes } from "../src/ops/linear/cholesky.js";
import { luLanes, luSize, luSolveLanes } from "../src/ops/linear/lu.js";
import { matmulLanes } from "../src/ops/linear/product.js";
import { choleskyScratch, luSolveScratch, productScratch, squareScratch, triangleScratch } from "../src/ops/linear/scratch.js";
import { triangularSolveLanes } from "../src/ops/linear/triangle.js";
import { randomSource } from "../src/data/random.js";
import { linearKernel } from "./linearkernel.js";

const random = randomSource(12);
const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => 2 * random() - 1);
const kernel = linearKernel(1 << 20);

/** The first number that is not the same to the bit; NaN is NaN. */
function difference(came: Float64Array, wanted: Float64Array): string | undefined {
  if (came.length !== wanted.length) return `${came.length} numbers in place of ${wanted.length}`;
  const at = came.findIndex((x, i) => !Object.is(x, wanted[i]));
  return at < 0 ? undefined : `${came[at]} in place of ${wanted[at]} in lane ${at}`;
}

/** A matrix whose triangles are well conditioned, zeros and negative zeros among its numbers. */
function triangle(n: number): Float64Array {
  const a = numbers(n * n).map((x) => (Math.abs(x) < 0.02 ? -0 : x / Math.sqrt(n)));
  for (let i = 0; i < n; i++) a[i * n + i] = 1 + random();
  return a;
}

/** A positive definite matrix with anything above its diagonal. */
function positive(n: number): Float64Array {
  const a = triangle(n);
  for (let i = 0; i < n; i++) a[i * n + i] = 4 + random();
  return a;
}

/** Batches, one operand in common or none. */
const batches = (a: number, b: number): { batch: number; aStep: number; bStep: number }[] => [
  { batch: 1, aStep: a, bStep: b },
  { batch: 3, aStep: a, bStep: b },
  { batch: 2, aStep: 0, bStep: b },
  { batch: 2, aStep: a, bStep: 0 },
];

describe("matmul", () => {
  const shapes: [number, number, number][] = [
    [1, 1, 1], [2, 3, 1], [4, 4, 4], [5, 7, 3], [8, 8, 9], [3, 1, 5], [17, 1, 8], [1, 19, 7], [1, 8, 4], [64, 12, 257], [65, 257, 5], [70, 33, 300], [61, 260, 513],
  ]; // prettier-ignore
  test.each(shapes)("%d × %d of %d terms", (m, n, k) => {
    for (const transposeA of [false, true])
      for (const transposeB of [false, true])
        for (const steps of batches(m * k, k * n)) {
          const of = { ...steps, m, n, k, transposeA, transposeB };
          const a = numbers(steps.aStep * (steps.batch - 1) + m * k);
          const b = numbers(steps.bStep * (steps.batch - 1) + k * n);
          a[0] = -0;
          const list = [of.batch, m, n, k, Number(transposeA) + 2 * Number(transposeB), of.aStep, of.bStep];
          const wanted = matmulLanes(a, b, of, new Float64Array(of.batch * m * n));
          expect(difference(kernel("matmul", [a, b], list, productScratch(m, n, k), wanted.length), wanted)).toBeUndefined();
        }
  });
});

describe("triangularSolve", () => {
  const shapes: [number, number][] = [[1, 1], [2, 1], [3, 5], [4, 4], [7, 4], [8, 9], [64, 3], [65, 6], [130, 5], [66, 258], [131, 1]]; // prettier-ignore
  test.each(shapes)("%d unknowns, %d right sides", (n, m) => {
    for (let flags = 0; flags < 16; flags++) {
      for (const steps of n > 8 ? batches(n * n, n * m).slice(0, 1) : batches(n * n, n * m)) {
        const of = { ...steps, n, m, upper: (flags & 1) > 0, transposed: (flags & 2) > 0, unit: (flags & 4) > 0, right: (flags & 8) > 0 };
        const a = concatenated(of.aStep === 0 ? 1 : of.batch, () => triangle(n));
        const b = numbers((of.bStep === 0 ? 1 : of.batch) * n * m);
        const wanted = triangularSolveLanes(a, b, of, new Float64Array(of.batch * n * m));
        expect(
          difference(
            kernel("triangularSolve", [a, b], [of.batch, n, m, flags, of.aStep, of.bStep], triangleScratch(n, m), wanted.length),
            wanted,
          ),
        ).toBeUndefined();
      }
    }
  });
});

function concatenated(count: number, one: () => Float64Array): Float64Array {
  return Float64Array.from(Array.from({ length: count }, () => [...one()]).flat());
}

const squares = [1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 31, 33, 63, 64, 65, 67, 127, 130, 201];

describe.each([1, 3])("%d squares", (batch) => {
  test.each(squares)("cholesky and its adjoint, n = %d", (n) => {
    const a = concatenated(batch, () => positive(n));
    const l = choleskyLanes(a, { batch, n }, new Float64Array(a.length));
    expect(l.every((x) => x === x)).toBe(true);
    expect(difference(kernel("cholesky", [a], [batch, n], choleskyScratch(n), a.length), l)).toBeUndefined();
    const g = numbers(a.length);
    const wanted = choleskyAdjointLanes(l, g, { batch, n }, new Float64Array(a.length));
    expect(difference(kernel("choleskyAdjoint", [l, g], [batch, n], squareScratch(n), a.length), wanted)).toBeUndefined();
  });

  test.each(squares)("lu and what it solves, n = %d", (n) => {
    const a = numbers(batch * n * n);
    const f = luLanes(a, { batch, n }, new Float64Array(batch * luSize(n)));
    expect(difference(kernel("lu", [a], [batch, n], squareScratch(n), f.length), f)).toBeUndefined();
    for (const m of [1, 3, 9]) {
      const b = numbers(batch * n * m);
      for (const transposed of [false, true]) {
        const of = { batch, n, m, transposed, aStep: luSize(n), bStep: n * m };
        const wanted = luSolveLanes(f, b, of, new Float64Array(b.length));
        const list = [batch, n, m, of.aStep, of.bStep];
        expect(
          difference(kernel(transposed ? "solveTransposed" : "solve", [f, b], list, luSolveScratch(n, m), b.length), wanted),
        ).toBeUndefined();
      }
    }
  });
});

test("what is not positive definite is NaN from the column on where that is found, with the same bits", () => {
  for (const [n, at] of [
    [6, 3],
    [70, 66],
    [70, 5],
  ] as const) {
    const a = positive(n);
    a[at * n + at] = -1;
    const l = choleskyLanes(a, { batch: 1, n }, new Float64Array(n * n));
    expect(difference(kernel("cholesky", [a], [1, n], choleskyScratch(n), n * n), l)).toBeUndefined();
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) expect(l[i * n + j] === l[i * n + j]).toBe(j < at);
  }
});
