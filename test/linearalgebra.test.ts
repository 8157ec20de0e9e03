/** Linear algebra: the same bits in every engine and on plain numbers, derivatives in every mode and under every transform, identities, and errors. */
import { describe, expect, test } from "vitest";
import {
  add, at, cholesky, compile, det, grad, hvp, inverse, jacfwd, jacrev, jvp, log, logdet, matmul, Matrix, matrix, outer, record, reshape, slice, solve, sparseJacobian, sum,
  transpose, triangularSolve, type Value, valueAndGrad, vmap, where, gt,
} from "wengert"; // prettier-ignore
import { randomSource } from "../src/data/random.js";
import { engines } from "./engines.js";
import { matrixFunctions, numbersIn, operandOf, scalarOf } from "./matrixfunctions.js";

type Loose = (...args: unknown[]) => unknown;

/** The transforms without regard to types, for loops over functions and arguments. */
const loose = { compile, grad, hvp, jacfwd, jacrev, jvp, sparseJacobian, valueAndGrad, vmap } as unknown as Record<
  "compile" | "grad" | "hvp" | "jacfwd" | "jacrev" | "jvp" | "sparseJacobian" | "valueAndGrad" | "vmap",
  (f: unknown, ...more: unknown[]) => Loose
>;
const sizes = [1, 2, 3, 5, 9];

const argsAt = (kinds: readonly (string | readonly number[])[], n: number, seed = 3): (Matrix | Float64Array)[] => {
  const random = randomSource(seed + n);
  return kinds.map((kind) => operandOf(kind as never, n, random));
};

describe.each(matrixFunctions)("$name", ({ name, f, operands, loops }) => {
  const scalar = scalarOf(f);
  const all = (count: number): { argnums: number[] } => ({ argnums: Array.from({ length: count }, (_, k) => k) });

  test("has the same bits in every engine and on plain numbers", () => {
    for (const n of sizes) {
      const args = argsAt(operands(n), n);
      const plain = numbersIn((f as unknown as Loose)(...args));
      for (const engine of engines) {
        const value = numbersIn(loose.compile(f, args, { engine })(...args));
        if (name === "logdet")
          value.forEach((x, i) => expect(x).toBeCloseTo(plain[i]!, 13)); // Math.log is the host's
        else expect(value).toEqual(plain);
        const wanted = loose.compile(loose.valueAndGrad(scalar, all(args.length)), args, { engine: "kernel" })(...args);
        const came = loose.compile(loose.valueAndGrad(scalar, all(args.length)), args, { engine })(...args);
        if (engine !== "reference") expect(came).toEqual(wanted);
        else numbersIn(came).forEach((x, i) => expect(x).toBeCloseTo(numbersIn(wanted)[i]!, 10));
      }
    }
  });

  test("has the gradients that differences have", () => {
    for (const n of [2, 4, 7]) {
      const args = argsAt(operands(n), n);
      const gradient = numbersIn(loose.grad(scalar, all(args.length))(...args));
      const moved = (k: number, i: number, h: number): number => {
        const other = args.map((x, j) => {
          const data = (x instanceof Matrix ? x.data : x).slice();
          if (j === k) data[i]! += h;
          return x instanceof Matrix ? matrix(data, x.shape) : data;
        });
        return loose.compile(scalar, other)(...other) as number;
      };
      let next = 0;
      args.forEach((x, k) => {
        for (let i = 0; i < (x instanceof Matrix ? x.data : x).length; i += 3, next += 3) {
          const at = next;
          expect(Math.abs((moved(k, i, 1e-5) - moved(k, i, -1e-5)) / 2e-5 - gradient[at]!)).toBeLessThan(
            1e-6 * Math.max(1, Math.abs(gradient[at]!)),
          );
        }
        next += (x instanceof Matrix ? x.data : x).length - 3 * Math.ceil((x instanceof Matrix ? x.data : x).length / 3);
      });
    }
  });

  test("has one derivative in both modes, and in recordings", () => {
    for (const n of [1, 3]) {
      const args = argsAt(operands(n), n);
      const [forward, back] = [loose.jacfwd(f, all(args.length)), loose.jacrev(f, all(args.length))].map((jacobian) =>
        numbersIn(jacobian(...args)),
      );
      expect(forward).toHaveLength(back!.length);
      forward!.forEach((x, i) => expect(Math.abs(x - back![i]!)).toBeLessThan(1e-12 * Math.max(1, Math.abs(x))));
      const recorded = (record as unknown as (f: unknown, ...args: unknown[]) => { value: number; grad: (argnums: number[]) => unknown })(
        scalar,
        ...args,
      );
      expect(recorded.value).toBe(loose.compile(scalar, args, { engine: "kernel" })(...args));
      const gradient = numbersIn(loose.grad(scalar, all(args.length))(...args));
      numbersIn(recorded.grad(args.map((_, k) => k))).forEach((x, i) =>
        expect(Math.abs(x - gradient[i]!)).toBeLessThan(1e-12 * Math.max(1, Math.abs(x))),
      );
    }
  });

  test.runIf(loops)("has the third derivatives of loops over scalars", () => {
    const n = 3;
    const args = argsAt(operands(n), n);
    const rows = (x: Value, [m, k]: readonly number[]): Value[][] =>
      Array.from({ length: m! }, (_, i) => Array.from({ length: k! }, (_, j) => at(x, i * k! + j)));
    const parts = (x: Value): Value[] => {
      let start = 0;
      return args.map((arg) => {
        const { length } = (arg as Matrix).data;
        return slice(x, start, (start += length));
      });
    };
    const byRows = (x: Value): Value => scalar(...parts(x).map((part, k) => reshape(part, (args[k] as Matrix).shape)));
    const byLoops = (x: Value): Value => {
      const table = loops!(...parts(x).map((part, k) => rows(part, (args[k] as Matrix).shape)));
      return scalarOf(() => (table.length === 1 && table[0]!.length === 1 ? table[0]![0]! : matrix(table)))(x);
    };
    const flat = Float64Array.from(args.flatMap((x) => [...(x as Matrix).data]));
    const direction = flat.map((_, i) => Math.sin(i + 1));
    const third = (g: (x: Value) => Value): number[] =>
      numbersIn(loose.jvp((x: Value) => loose.hvp(g)([x], [direction]))([flat], [direction]));
    const [came, wanted] = [third(byRows), third(byLoops)];
    const scale = Math.max(...wanted.map(Math.abs));
    came.forEach((x, i) => expect(Math.abs(x - wanted[i]!)).toBeLessThan(1e-10 * scale));
  });
});

describe("under vmap", () => {
  const points = 4;
  const random = randomSource(5);
  const column = (shift: number): Float64Array => Float64Array.from({ length: points }, () => 2 * random() - 1 + shift);
  const n = 3;
  const columns = Array.from({ length: n * n }, (_, i) => column(i % (n + 1) === 0 ? 5 : 0));
  const square = (x: Value[]): Value => matrix(Array.from({ length: n }, (_, i) => x.slice(i * n, (i + 1) * n)));
  const functions: Record<string, (x: Value[]) => Value> = {
    matmul: (x) => sum(matmul(square(x), square(x), { transposeB: true })),
    "a product with what all points share": (x) => sum(matmul(square(x), matrix([[1, 2], [3, 4], [5, 6]]))), // prettier-ignore
    cholesky: (x) => sum(cholesky(square(x))),
    triangularSolve: (x) => sum(triangularSolve(square(x), Float64Array.of(1, 2, 3))),
    "right sides alone": (x) => sum(triangularSolve(matrix([[2, 0, 0], [1, 3, 0], [1, 1, 4]]), square(x))), // prettier-ignore
    solve: (x) => sum(solve(square(x), Float64Array.of(1, 2, 3))),
    "right sides of one system": (x) => sum(solve(matrix([[2, 1, 0], [1, 3, 0], [1, 1, 4]]), square(x))), // prettier-ignore
    det: (x) => det(square(x)),
    logdet: (x) => logdet(square(x)),
  };
  test.each(Object.entries(functions))("%s", (_, f) => {
    const whole = loose.vmap(loose.grad(f))(columns) as Float64Array[];
    const total = loose.grad((x: Value[]) => sum(loose.vmap(f)(x) as Value))(columns) as Float64Array[];
    for (let point = 0; point < points; point++) {
      const alone = loose.grad(f)(columns.map((x) => x[point]!)) as number[];
      alone.forEach((x, i) => expect(whole[i]![point]).toBeCloseTo(x, 12));
      alone.forEach((x, i) => expect(total[i]![point]).toBeCloseTo(x, 12));
    }
  });

  test("a product of matrices up to 8 × 8 has the bits of one point", () => {
    const f = (x: Value[]): Value => at(reshape(matmul(square(x), square(x)), [-1]), 5);
    const whole = loose.vmap(f)(columns) as Float64Array;
    for (let point = 0; point < points; point++) expect(whole[point]).toBe((loose.compile(f, [columns.map((x) => x[point]!)]))(columns.map((x) => x[point]!))); // prettier-ignore
  });
});

test("a batch is as many matrices", () => {
  const [a, b] = [argsAt([[2, 3, 3]], 3)[0] as Matrix, argsAt([[2, 3, 2]], 3, 9)[0] as Matrix];
  for (let i = 0; i < 2; i++) for (let k = 0; k < 3; k++) a.data[i * 9 + k * 4]! += 4;
  const part = (x: Matrix, i: number): Matrix => x.row(i) as unknown as Matrix;
  for (let i = 0; i < 2; i++) {
    const alone = part(a, i);
    expect(part(inverse(a), i)).toEqual(inverse(alone));
    expect(part(cholesky(a), i)).toEqual(cholesky(alone));
    expect(part(solve(a, b), i)).toEqual(solve(alone, part(b, i)));
    expect(part(triangularSolve(a, b), i)).toEqual(triangularSolve(alone, part(b, i)));
    expect((det(a) as unknown as Float64Array)[i]).toBeCloseTo(det(alone), 13);
    expect((logdet(a) as unknown as Float64Array)[i]).toBeCloseTo(logdet(alone), 13);
  }
  const f = (x: Value, y: Value): Value => {
    const [d, l] = [det(x), logdet(x)];
    return add(x.shape.length > 2 ? add(sum(d), sum(l)) : add(d, l), sum(solve(x, y)));
  };
  const each = (x: Value, y: Value): Value =>
    [0, 1].map((i) => f(reshape(slice(reshape(x, [-1]), 9 * i, 9 * i + 9), [3, 3]), reshape(slice(reshape(y, [-1]), 6 * i, 6 * i + 6), [3, 2]))).reduce((x, y) => add(x, y)); // prettier-ignore
  const [came, wanted] = [f, each].map((g) => numbersIn(loose.grad(g, { argnums: [0, 1] })(a, b)));
  came!.forEach((x, i) => expect(x).toBeCloseTo(wanted![i]!, 11));
});

describe("identities at n = 50", () => {
  const n = 50;
  const [a, p, b] = argsAt(["dominant", "positive", [n, 3]], n) as [Matrix, Matrix, Matrix];
  const symmetric = matrix(p.data.map((_, i) => p.at(Math.max(Math.floor(i / n), i % n), Math.min(Math.floor(i / n), i % n))), [n, n]); // prettier-ignore
  const near = (x: Matrix, y: Matrix): void => x.data.forEach((t, i) => expect(Math.abs(t - y.data[i]!)).toBeLessThan(1e-10));
  const eye = matrix(Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)), [n, n]); // prettier-ignore

  test("factors multiply to what they are of, and inverses to ones", () => {
    near(matmul(cholesky(p), cholesky(p), { transposeB: true }), symmetric);
    near(matmul(inverse(a), a), eye);
    near(matmul(a, solve(a, b)), b);
    near(transpose(matmul(a, b)), matmul(b, a, { transposeA: true, transposeB: true }));
  });

  test("logarithms of determinants are those of the diagonal", () => {
    const l = cholesky(symmetric);
    expect(logdet(symmetric)).toBeCloseTo(2 * Array.from({ length: n }, (_, i) => Math.log(l.at(i, i))).reduce((x, y) => x + y), 9);
    expect(det(matmul(a, p)) / (det(a) * det(p))).toBeCloseTo(1, 9);
  });

  test("the gradient of log det a is a⁻ᵀ", () => near(loose.grad((x: Value) => logdet(x))(symmetric) as Matrix, inverse(symmetric)));
});

test("the pattern of a product is that of rows and columns", () => {
  const f = (a: Value): Value => reshape(matmul(a, matrix([[1, 2], [3, 4], [5, 6]])), [-1]); // prettier-ignore
  const { rows, columns } = (loose.sparseJacobian(f))(matrix([[1, 2, 3], [4, 5, 6]])) as { rows: Int32Array; columns: Int32Array }; // prettier-ignore
  expect([...rows]).toEqual([0, 3, 6, 9, 12]);
  expect([...columns]).toEqual([0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5]);
  const g = (t: Value, b: Value): Value => reshape(triangularSolve(t, b), [-1]);
  const solved = (loose.sparseJacobian(((b: Value) => g(matrix([[1, 0], [2, 3]]) as never, b))))(matrix([[1, 2, 3], [4, 5, 6]])) as { columns: Int32Array }; // prettier-ignore
  expect([...solved.columns]).toEqual([0, 3, 1, 4, 2, 5, 0, 3, 1, 4, 2, 5]);
});

test("what was not chosen has no influence, in either mode", () => {
  const f = (x: Value): Value => {
    const rows = where(gt(x, 0), log(x), 1);
    const product = matmul(reshape(rows, [2, 2]), matrix([[2, 1], [1, 2]])); // prettier-ignore
    return sum(triangularSolve(matrix([[1, 0], [1, 1]]), product)); // prettier-ignore
  };
  const x = Float64Array.of(1, 0, 2, -1);
  const back = loose.grad(f)(x) as Float64Array;
  expect([...back].map((t) => t === t)).toEqual([true, true, true, true]);
  expect([back[1], back[3]]).toEqual([0, 0]);
  expect(numbersIn(loose.jacfwd(f)(x))).toEqual([...back]);
});

test("what has no factor is NaN or infinite", () => {
  const bad = matrix([[1, 2], [2, 1]]); // prettier-ignore
  expect(cholesky(bad).at(0, 0)).toBe(1);
  expect(cholesky(bad).at(1, 1)).toBeNaN();
  const singular = matrix([[1, 2], [2, 4]]); // prettier-ignore
  expect(Math.abs(det(singular))).toBe(0);
  expect(logdet(singular)).toBe(-Infinity);
  expect(logdet(matrix([[0, 1], [1, 0]]))).toBeNaN(); // prettier-ignore
  expect(numbersIn(inverse(singular)).every(Number.isFinite)).toBe(false);
});

describe("errors", () => {
  const [m23, m34, m22, v3] = [matrix([[1, 2, 3], [4, 5, 6]]), matrix(new Float64Array(12), [3, 4]), matrix([[1, 2], [3, 4]]), Float64Array.of(1, 2, 3)]; // prettier-ignore
  const batch = matrix(new Float64Array(8), [2, 2, 2]);
  const cases: [string, (...x: never[]) => unknown, unknown[], string][] = [
    ["inner sizes", matmul, [m23, m22], "matmul: expected as many columns as rows, got [2, 3] and [2, 2]"],
    ["inner sizes, transposed", (a, b) => matmul(a, b, { transposeA: true }), [m23, m34], "matmul: expected as many columns as rows, got [2, 3] transposed and [3, 4]"],
    ["a vector beside a matrix", matmul, [m22, v3], "matmul: expected as many columns as rows, got [2, 2] and a vector of 3"],
    ["a vector that is transposed", (a, b) => matmul(a, b, { transposeA: true }), [v3, m34], "matmul: expected a matrix to transpose, got a vector of 3 transposed and [3, 4]"],
    ["batches", matmul, [batch, matrix(new Float64Array(12), [3, 2, 2])], "matmul: expected batches of one size, got [2, 2, 2] and [3, 2, 2]"],
    ["a vector beside a batch", matmul, [batch, Float64Array.of(1, 2)], "matmul: expected a matrix beside a batch, got [2, 2, 2] and a vector of 2"],
    ["no vectors", outer, [m22, v3], "outer: expected two vectors, got [2, 2] and a vector of 3"],
    ["no square", cholesky, [m23], "cholesky: expected a square matrix, got the shape [2, 3]"],
    ["a vector to factor", cholesky, [v3], "cholesky: expected a square matrix, got a vector of 3"],
    ["no square to invert", inverse, [m23], "inverse: expected a square matrix, got the shape [2, 3]"],
    ["no square for a determinant", det, [m23], "det: expected a square matrix, got the shape [2, 3]"],
    ["no square for its logarithm", logdet, [m23], "logdet: expected a square matrix, got the shape [2, 3]"],
    ["right sides", solve, [m22, m34], "solve: expected right sides of 2 rows beside the shape [2, 2], got the shape [3, 4]"],
    ["a vector of another length", solve, [m22, v3], "solve: expected right sides of 2 rows beside the shape [2, 2], got a vector of 3"],
    ["no square to solve", solve, [m23, m22], "solve: expected a square matrix, got the shape [2, 3]"],
    ["right sides of a triangle", triangularSolve, [m22, m34], "triangularSolve: expected right sides of 2 rows beside the shape [2, 2], got the shape [3, 4]"],
    ["left sides of a triangle", (a, b) => triangularSolve(a, b, { right: true }), [m22, m34], "triangularSolve: expected right sides of 2 columns beside the shape [2, 2], got the shape [3, 4]"],
  ]; // prettier-ignore
  test.each(cases)("%s", (_, f, args, message) => {
    expect(() => (f as Loose)(...(args as never[]))).toThrow(new RangeError(message));
    expect(() => loose.compile(f, args)).toThrow(new RangeError(message));
  });

  test.each<[string, () => unknown, string]>([
    ["a number", () => matmul(3 as never, m22), "matmul: expected a vector or a matrix, got 3"],
    ["too many operands", () => (solve as Loose)(m22, m22, m22), "solve: expected 2 operands, got 3"],
    ["an unknown option", () => matmul(m22, m22, { transpose: true } as never), "matmul: expected options of the names transposeA, transposeB, got one named transpose"],
    ["an option of another kind", () => triangularSolve(m22, m22, { upper: 1 } as never), "triangularSolve: expected true or false as upper, got 1"],
  ])("%s", (_, f, message) => expect(f).toThrow(message)); // prettier-ignore
});
