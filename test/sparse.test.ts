/** Sparse Jacobians and Hessians: patterns, and values against the dense ones. */
import { describe, expect, test } from "vitest";
import {
  add,
  argmin,
  at,
  concat,
  cos,
  cumsum,
  exp,
  floor,
  grad,
  gt,
  hessian,
  type Indices,
  jacobian,
  log,
  mul,
  reverse,
  segmentSum,
  sin,
  slice,
  sparseHessian,
  sparseJacobian,
  type SparseMatrix,
  square,
  sub,
  sum,
  take,
  type Value,
  where,
} from "wengert";
import { engines } from "./engines.js";
import { numbersOf } from "./modes.js";
import { apart, scattered } from "./numbers.js";

const column = (...args: Parameters<typeof scattered>): Float64Array => Float64Array.from(scattered(...args));

/** The numbers of a sparse matrix, row by row, zeros included. */
function dense({ rows, columns, values, shape: [m, n] }: SparseMatrix): number[] {
  const all = new Array<number>(m * n).fill(0);
  for (let i = 0; i < m; i++) for (let p = rows[i]!; p < rows[i + 1]!; p++) all[i * n + columns[p]!] = values[p]!;
  return all;
}

const worst = (x: readonly number[], y: readonly number[]): number =>
  x.length === y.length ? Math.max(0, ...x.map((value, i) => apart(value, y[i]!))) : Infinity;

const at0 = (x: Value): Value => at(x, 0);
const laplace = (x: Value): Value => {
  const padded = concat([0, x, 0]);
  return sub(mul(exp(x), 2), add(slice(padded, 0, -2), slice(padded, 2).square()));
};

describe.each(engines)("in %s", (engine) => {
  const jacobians: Readonly<Record<string, [(x: Value) => Value, colors: number, entries: number, mode: string]>> = {
    diagonal: [(x) => sin(x), 1, 20, "forward"],
    tridiagonal: [laplace, 3, 58, "forward"],
    "full row": [(x) => concat([sin(x), sum(square(x))]), 2, 40, "reverse"],
    "full column": [(x) => concat([mul(at0(x), x)]), 2, 39, "forward"],
    blocks: [(x) => mul(take(cumsum(slice(x, 0, 4)), Int32Array.of(0, 3, 3)), at0(reverse(x))), 5, 12, "forward"],
    "what is not differentiated": [(x) => mul(floor(x), where(gt(x, 0), x, reverse(x))), 2, 40, "forward"],
    triangle: [(x) => cumsum(slice(x, 0, 6)), 6, 21, "forward"],
    constant: [() => sin(Float64Array.of(1, 2)) as unknown as Value, 0, 0, "forward"],
  };
  test.each(Object.entries(jacobians))("Jacobian: %s", (name, [f, colors, entries, mode]) => {
    const x = column(20, -1, 1);
    const found = sparseJacobian(f, { engine })(x);
    if (name !== "blocks" && name !== "constant") expect([found.colors, found.columns.length, found.mode]).toEqual([colors, entries, mode]);
    expect(worst(dense(found), numbersOf(jacobian(f, { engine })(x)))).toBeLessThan(1e-13);
    expect(found.columns.length).toBeLessThanOrEqual(found.shape[0] * found.shape[1]);
  });

  test("Jacobian of an array of numbers, and by another argument", () => {
    const f = (x: Value[], y: Value): Value[] => x.map((xi, i) => mul(xi, mul(x[(i + 2) % x.length]!, y)));
    const x = scattered(9, -1, 1);
    expect(worst(dense(sparseJacobian(f, { engine })(x, 2)), numbersOf(jacobian(f)(x, 2)))).toBeLessThan(1e-15);
    const g = (x: Value, y: Value): Value => mul(x, y);
    expect(sparseJacobian(g, { engine, argnums: 1 })(3, Float64Array.of(1, 2))).toEqual({
      rows: Int32Array.of(0, 1, 2),
      columns: Int32Array.of(0, 1),
      values: Float64Array.of(3, 3),
      shape: [2, 2],
      colors: 1,
      mode: "forward",
    });
  });

  test("Hessians: banded, arrow, blocks, and more colours than a run carries", () => {
    const band =
      (width: number) =>
      (x: Value): Value =>
        sum(Array.from({ length: width }, (_, k) => sum(mul(sin(slice(x, k + 1)), square(slice(x, 0, -k - 1))))));
    const functions: [(x: Value) => Value, number][] = [
      [(x) => sum(exp(x)), 1],
      [band(1), 3],
      [band(12), Infinity],
      [(x) => add(sum(mul(at0(x), square(slice(x, 1)))), sum(sin(x))), 2],
      [(x) => add(band(1)(x), mul(at0(x), sum(cos(x)))), 4],
      [(x) => log(sum(exp(x))), 40],
      [
        (x) =>
          sum(
            square(
              segmentSum(
                x,
                Int32Array.from({ length: 40 }, (_, i) => i % 10),
                10,
              ),
            ).square(),
          ),
        4,
      ],
    ];
    const x = column(40, -1, 1, 3);
    for (const [f, colors] of functions) {
      const found = sparseHessian(f, { engine })(x);
      expect(found.colors).toBeLessThanOrEqual(colors);
      expect(worst(dense(found), numbersOf(hessian(f, { engine })(x)))).toBeLessThan(1e-12);
    }
  });

  test("Hessian of scalar code", () => {
    const f = (x: Value[]): Value => sum(x.slice(1).map((next, i) => add(square(sub(next, square(x[i]!))), mul(x[0]!, next))));
    const x = scattered(30, -1, 1);
    const found = sparseHessian(f, { engine })(x);
    expect(found.colors).toBeLessThanOrEqual(5);
    expect(worst(dense(found), numbersOf(hessian(f)(x)))).toBeLessThan(1e-12);
  });
});

test("random sums of random terms", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const n = 5 + 7 * seed;
    const draw = (count: number, below: number, k: number): Int32Array =>
      Int32Array.from(scattered(count, 0, below, 5 * seed + k), Math.floor);
    const [a, b, to] = [draw(2 * n, n, 1), draw(2 * n, n, 2), draw(2 * n, n - 2, 3)];
    const near = a.map((lane, i) => Math.min(n - 1, lane + (b[i]! % 3)));
    const x = column(n, -1, 1, seed);
    for (const other of [near, b]) {
      const terms = (x: Value): Value => segmentSum(sin(mul(take(x, a), exp(take(x, other)))), to, n - 2);
      const energy = (x: Value): Value => add(sum(square(terms(x))), mul(at0(x), sum(x)));
      const [jacobians, hessians] = [sparseJacobian(terms)(x), sparseHessian(energy)(x)];
      expect(worst(dense(jacobians), numbersOf(jacobian(terms)(x)))).toBeLessThan(1e-13);
      expect(worst(dense(hessians), numbersOf(hessian(energy)(x)))).toBeLessThan(1e-12);
      expect(jacobians.colors).toBeLessThan(n);
    }
  }
});

test("lane numbers among the arguments make the pattern", () => {
  const f = sparseJacobian((x: Value, i: Indices, j: Indices) => mul(take(x, i), square(take(x, j))));
  const x = Float64Array.of(1, 2, 3, 4);
  const wanted = (i: Int32Array, j: Int32Array): number[] =>
    numbersOf(jacobian((x: Value, i: Indices, j: Indices) => mul(take(x, i), square(take(x, j))))(x, i, j));
  const [a, b, c] = [Int32Array.of(0, 1, 2), Int32Array.of(1, 2, 3), Int32Array.of(3, 3, 0)];
  const first = f(x, a, b);
  expect([[...first.rows], [...first.columns], first.colors]).toEqual([[0, 2, 4, 6], [0, 1, 1, 2, 2, 3], 2]);
  expect(dense(first)).toEqual(wanted(a, b));
  expect([...f(x, c, b).columns]).toEqual([1, 3, 2, 3, 0, 3]);
  expect(dense(f(x, c, b))).toEqual(wanted(c, b));
  const computed = (x: Value): Value => take(x, argmin([x, square(x)]));
  expect(sparseJacobian(computed)(x).columns.length).toBe(16);
});

test("pattern and colouring are found once for a structure", () => {
  let traces = 0;
  const f = (x: Value): Value => (traces++, sum(mul(slice(x, 1), slice(x, 0, -1))));
  const frozen = sparseHessian(f, { retrace: false });
  const once = [frozen(new Float64Array(9)), frozen(column(9, 0, 1))];
  expect(traces).toBe(1);
  expect(once[1]!.columns).toBe(once[0]!.columns);
  const [first, second] = [sparseHessian(f)(new Float64Array(9)), sparseHessian(f)(column(9, 0, 1))];
  expect(traces).toBe(3);
  expect(second.columns).toBe(first.columns);
  expect(second.values).not.toBe(first.values);
});

test("100,000 variables take a handful of sweeps", () => {
  const n = 100_000;
  const x = column(n, -1, 1);
  const rosenbrock = (x: Value): Value =>
    sum(add(mul(100, square(sub(slice(x, 1), square(slice(x, 0, -1))))), square(sub(1, slice(x, 0, -1)))));
  const arrow = (x: Value): Value => add(sum(mul(at0(x), square(x))), sum(sin(x)));
  const [tridiagonal, arrowhead] = [sparseHessian(rosenbrock)(x), sparseHessian(arrow)(x)];
  expect([tridiagonal.colors, tridiagonal.columns.length]).toEqual([3, 3 * n - 2]);
  expect([arrowhead.colors, arrowhead.columns.length]).toEqual([2, 3 * n - 2]);
  expect(tridiagonal.values[3 * n - 3]).toBe(200);
  const gradient = grad(arrow)(x);
  expect(gradient.length).toBe(n);
  expect(apart(arrowhead.values[n + 2]!, 2 * x[2]!) < 1e-15 || apart(arrowhead.values[n + 1]!, 2 * x[0]! - Math.sin(x[1]!)) < 1e-15).toBe(
    true,
  );
});

test("what is refused", () => {
  const loose = (f: unknown, options?: unknown): ((...args: unknown[]) => unknown) => sparseJacobian(f as never, options as never);
  const x = new Float64Array(3);
  expect(() => loose(3)).toThrow("sparseJacobian: expected a function, got 3");
  expect(() => sparseHessian(3 as never)).toThrow("sparseHessian: expected a function, got 3");
  const numbers = "sparseJacobian: expected a function whose result holds numbers, got";
  expect(() => loose(() => "text")(x)).toThrow(`${numbers} "text"`);
  expect(() => loose(() => [])(x)).toThrow(`${numbers} an empty array`);
  expect(() => loose((_: string, x: Value) => x)("text", x)).toThrow(
    "sparseJacobian: expected argument 0 to hold numbers to differentiate by, got none",
  );
  expect(() => loose((x: Value, i: Indices) => take(x, i), { argnums: 1 })(x, Int32Array.of(0))).toThrow(
    "sparseJacobian: expected argument 1 to hold numbers to differentiate by, got none",
  );
  expect(() => loose(sin, { argnums: 2 })(x)).toThrow("sparseJacobian: expected argnums from 0 to 0, got 2");
  expect(() => sparseHessian(((x: Value) => sin(x)) as never)(x as never)).toThrow(
    "sparseHessian: expected a function with a scalar result, got a vector of 3",
  );
  expect(() => grad((x: Value) => sum((sparseJacobian((y: Value) => sin(y))(x as never) as SparseMatrix).values))(x)).toThrow(
    "sparseJacobian: expected data, got a call inside a trace. Use jacobian there",
  );
});

/** A sparse matrix written out. */
function written({ rows, columns, values, shape: [m, n] }: SparseMatrix): number[][] {
  const dense = Array.from({ length: m }, () => Array.from({ length: n }, () => 0));
  for (let i = 0; i < m; i++) for (let p = rows[i]!; p < rows[i + 1]!; p++) dense[i]![columns[p]!] = values[p]!;
  return dense;
}

/** Every matrix of a structure written out. */
function writtenAll(tree: unknown): unknown {
  if (typeof tree !== "object" || tree === null) return tree;
  if ("columns" in tree) return written(tree as SparseMatrix);
  return Array.isArray(tree)
    ? tree.map(writtenAll)
    : Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, writtenAll(item)]));
}

describe("trees in and out", () => {
  interface Parameters {
    w: Value;
    b: Value;
    c: Value[];
    name: string;
    i: Indices;
  }
  const f = (p: Parameters, x: Value) => ({
    y: mul(mul(p.w, p.w), x),
    z: [mul(p.b, p.c[0]!), sum(x)],
    deep: { v: [take(p.w, p.i), mul(p.b, p.b)] as const, s: mul(p.b, p.c[1]!) },
  });
  const p = { w: Float64Array.of(1, 2, 3), b: 4, c: [5, 6], name: "text", i: Int32Array.of(2, 0) };
  const x = Float64Array.of(7, 8, 9);

  /** A block of the dense Jacobian as rows of numbers. */
  const rows = (block: unknown, m: number, n: number): number[][] => {
    const flat = [block].flat(9).flatMap((item) => (typeof item === "number" ? [item] : [...(item as Float64Array)]));
    return Array.from({ length: m }, (_, i) => flat.slice(i * n, (i + 1) * n));
  };
  /** The same structure of the dense Jacobian by p, leaf by leaf. */
  const byP = (of: { w: unknown; b: unknown; c: unknown }, m: number) => ({
    w: rows(of.w, m, 3),
    b: rows(of.b, m, 1),
    c: m === 1 ? rows(of.c, 1, 2) : rows(of.c, 2, m)[0]!.map((_, i) => rows(of.c, 2, m).map((row) => row[i]!)),
    name: "text",
    i: null,
  });

  test.each([...engines, "auto" as const])("are those of the dense Jacobian, in %s", (engine) => {
    const dense = jacobian(f, { argnums: [0, 1], engine })(p, x);
    const [y, z, deep] = [dense.y, dense.z, dense.deep];
    const sparse = sparseJacobian(f, { argnums: [0, 1], engine })(p, x);
    const elements = z as unknown as [{ w: unknown; b: unknown; c: unknown }, unknown][];
    const stacked = (k: 0 | 1) => elements.map((pair) => pair[k]);
    const all = writtenAll(sparse) as Record<string, unknown>;
    expect(all["y"]).toEqual([byP((y as unknown as [never])[0], 3), rows((y as unknown as unknown[])[1], 3, 3)]);
    const c = (stacked(0) as { c: number[]; b: number; w: Float64Array }[]).map((by) => by.c);
    expect(all["z"]).toEqual([
      {
        w: (stacked(0) as { w: Float64Array }[]).map((by) => [...by.w]),
        b: (stacked(0) as { b: number }[]).map((by) => [by.b]),
        c,
        name: "text",
        i: null,
      },
      (stacked(1) as Float64Array[]).map((by) => [...by]),
    ]);
    expect((all["deep"] as { s: unknown }).s).toEqual([
      byP((deep.s as unknown as [never])[0], 1),
      rows((deep.s as unknown as unknown[])[1], 1, 3),
    ]);
    expect((all["deep"] as { v: unknown[] }).v[0]).toEqual([
      {
        w: [
          [0, 0, 1],
          [1, 0, 0],
        ],
        b: [[0], [0]],
        c: [
          [0, 0],
          [0, 0],
        ],
        name: "text",
        i: null,
      },
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ]);
  });

  test("several arguments give a tuple, one its structure", () => {
    const g = (x: Value, y: Value): Value => mul(mul(x, x), y);
    const [a, b] = [Float64Array.of(2, 3), Float64Array.of(5, 7)];
    expect(writtenAll(sparseJacobian(g, { argnums: [1, 0] })(a, b))).toEqual([
      [
        [4, 0],
        [0, 9],
      ],
      [
        [20, 0],
        [0, 42],
      ],
    ]);
    expect(writtenAll(sparseJacobian(g, { argnums: [1] })(a, b))).toEqual([
      [
        [4, 0],
        [0, 9],
      ],
    ]);
    const [first, second] = sparseJacobian(g, { argnums: [0, 1] })(a, b);
    expect([first.colors, second.colors]).toEqual([1, 1]); // rows of both at once, in reverse
    expect(first.mode).toBe("reverse");
  });

  test("of numbers are matrices of one row and one column", () => {
    expect(writtenAll(sparseJacobian((x: Value) => mul(x, x))(3))).toEqual([[6]]);
    expect(writtenAll(sparseJacobian((x: Value) => sum(mul(x, x)))(Float64Array.of(1, 2)))).toEqual([[2, 4]]);
  });

  test("the pattern is the same at every call, the values are not", () => {
    const g = sparseJacobian((x: { a: Value; b: Value }) => ({ y: mul(x.a, x.b) }));
    const [one, two] = [1, 2].map((k) => g({ a: Float64Array.of(k, 1), b: Float64Array.of(3, 4) }).y.b);
    expect(one!.columns).toBe(two!.columns);
    expect([one!.values, two!.values]).toEqual([Float64Array.of(1, 1), Float64Array.of(2, 1)]);
  });

  test("Hessians of trees are their structure twice", () => {
    const h = (q: { a: Value; b: Value }): Value => sum(mul(mul(q.a, q.a), q.b));
    const q = { a: Float64Array.of(2, 3), b: Float64Array.of(5, 7) };
    expect(writtenAll(sparseHessian(h)(q))).toEqual({
      a: {
        a: [
          [10, 0],
          [0, 14],
        ],
        b: [
          [4, 0],
          [0, 6],
        ],
      },
      b: {
        a: [
          [4, 0],
          [0, 6],
        ],
        b: [
          [0, 0],
          [0, 0],
        ],
      },
    });
  });
});
