/** What of this library native functions may call: everything that is exported, but for a list; and matrices in them. */
import * as wengert from "wengert";
import { checkGradient, grad, type Matrix, matrix, record, type Value, valueAndGrad } from "wengert";
import * as densities from "wengert/densities";
import { native } from "wengert/native";
import { describe, expect, test } from "vitest";
import { ofLibrary } from "../src/data/operands.js";
import { isOfLibrary } from "../src/native/runtime/calls.js";
import { traced } from "../src/native/runtime/dual.js";

/** Take functions alone, and give functions: there is nothing traced to give them. */
const transforms = ["grad", "hessian", "jacfwd", "jacobian", "jacrev", "valueAndGrad", "valueAndJacobian"];

/** Are of numbers alone. */
const refused = ["columns", "dual", "finiteDifference", "loadModule", "loadModuleAsync"];

const isClass = (f: unknown): boolean => /^class /.test(String(f));

test("every exported function may be called, takes functions alone, or is of numbers alone", () => {
  const functions = [...Object.entries(wengert), ...Object.entries(densities)].filter(([, f]) => typeof f === "function" && !isClass(f));
  const others = functions.filter(([, f]) => !isOfLibrary(f)).map(([name]) => name);
  expect(others.sort()).toEqual([...transforms, ...refused].sort());
  expect(functions.length).toBeGreaterThan(150);
  for (const name of ["positive", "interval", "ordered", "simplex", "choleskyCorrelation"] as const)
    expect(ofLibrary.has((densities[name] as { readonly inverse: object }).inverse)).toBe(true);
});

test.each(transforms)("%s inside", (name) => {
  const transform = wengert[name as "grad"];
  const square = native((x: number) => x ** 3);
  const inner = native((x: number) => transform(square as (x: Value) => Value)(x) as unknown, { transform, square });
  const flat = (x: unknown): Value => (Array.isArray(x) ? x[1] : x) as Value;
  expect(grad((x: Value) => flat(inner(x as never)))(2)).toBeCloseTo(name === "hessian" ? 6 : 12, 4);
});

test.each(refused)("%s is refused, by name", (name) => {
  const f = wengert[name as "columns"];
  const g = native((x: number) => f([x]) as unknown as number, { f });
  expect(() => grad(g)(2)).toThrow(/native: expected plain values for \w+, which has no traced copy/);
});

/** What a text is, with names for what it may use. */
const made = (text: string, free: Readonly<Record<string, unknown>> = {}): unknown =>
  (new Function(...Object.keys(free), `return (${text})`) as (...args: unknown[]) => unknown)(...Object.values(free)); // eslint-disable-line @typescript-eslint/no-implied-eval -- texts of tests

const m = matrix([[3, 1, 0.5], [0.25, 4, -1], [0.1, 0.2, 5]]); // prettier-ignore
const spd = matrix([[3, 1, 0.5], [1, 4, -1], [0.5, -1, 5]]); // prettier-ignore
const v = Float64Array.of(1, -2, 0.5);

/** Native functions of a matrix and a vector, with the library in `w` and the densities in `d`. */
const programs: Readonly<Record<string, string>> = {
  matmul: "(m, v) => w.sum(w.matmul(m, v)) ** 2",
  "matmul of two": "(m, v) => w.sum(w.matmul(m, m, { transposeA: true })) + v[0]",
  solve: "(m, v) => w.dot(v, w.solve(m, v))",
  triangularSolve: "(m, v) => w.sum(w.triangularSolve(m, v, { upper: true }))",
  lstsq: "(m, v) => w.sum(w.lstsq(m, v))",
  cholesky: "(m, v) => w.logdet(m) + w.cholesky(m).at(1, 0) * v[1]",
  stack: "(m, v) => w.sum(w.mul(w.stack([v, w.sin(v)], { axis: 1 }), w.stack([v, v], { axis: 1 })))",
  "stack of lanes": "(m, v) => { const u = new Float64Array(3); for (let i = 0; i < 3; i++) u[i] = v[i] * i; return w.sum(w.square(w.stack([u, v]))); }",
  matrix: "(m, v) => w.det(w.matrix([[v[0], v[1]], [v[2], m.at(0, 0)]]))",
  "roll and argsort": "(m, v) => w.dot(w.roll(v, 1), v) + w.sum(w.mul(w.argsort(v), v))",
  treeMap: "(m, v) => { const t = w.treeMap((x) => w.square(x), { a: v[0], b: v }); return t.a + w.sum(t.b); }",
  einsum: "(m, v) => w.einsum('ij,i,j->', m, v, v)",
  at: "(m, v) => { let s = 0; for (let i = 0; i < m.length; i++) for (let j = 0; j < m.shape[1]; j++) s += m.at(i, -1 - j) * v[j] ** 2; return s; }",
  row: "(m, v) => { let s = 0; for (const x of m.row(1)) s += x * x; return s + w.dot(m.row(-1), v); }",
  toArray: "(m, v) => m.toArray().reduce((s, row, i) => s + row.reduce((t, x) => t + x * v[i], 0), 0)",
  data: "(m, v) => { let s = v[0]; for (let k = 0; k < m.data.length; k += 2) s *= m.data[k] + 1; return s; }",
  "a test on it": "(m, v) => { let a = m; if (m.at(0, 0) > 2) a = w.mul(m, 2); else a = w.matmul(m, m); return w.sum(a) + w.matrixTrace(v[0] > 0 ? a : m); }",
  "record inside": "(m, v) => w.record((x) => w.mul(x, x), v[0]).value + w.sum(m)",
  density: "(m, v) => d.normalLogPdf(v[0], v[1], 2) + d.multivariateNormalCholeskyLogPdf(v, new Float64Array(3), w.cholesky(m))",
  constraint: "(m, v) => { const [x, j] = d.positive(v[0]); const [l] = d.choleskyCorrelation(v); return d.positive.inverse(x * 2) + j + d.lkjCholeskyLogPdf(l, 2) + m.at(0, 1); }",
}; // prettier-ignore

describe.each(Object.entries(programs))("%s", (name, text) => {
  const free = { w: wengert, d: densities };
  const original = made(text, free) as (m: Matrix, v: Float64Array) => number;
  const f = native(made(text) as typeof original, free);
  const point = name === "cholesky" || name === "density" ? spd : m;

  test("is the original, traced and on numbers, and its gradient that of differences", () => {
    const inRecord = name === "record inside";
    if (!inRecord) expect(traced(f as never, point, v)).toBeCloseTo(original(point, v), 12);
    const of = f as unknown as (m: Value, v: Value) => Value;
    if (inRecord) {
      const outer = record(of, point, v);
      expect(outer.value).toBe(1 + point.data.reduce((a, b) => a + b));
      return;
    }
    expect(valueAndGrad(of)(point, v)[0]).toBeCloseTo(original(point, v), 12);
    const report = checkGradient(of, [point, v], { argnums: [0, 1] });
    expect(report.ok, report.toString()).toBe(true);
  });
});

describe("matrices in native functions are refused by words", () => {
  test.each([
    ["(m) => m * 2", /expected numbers for \*, got the traced matrix args\[0\] .*add\(x, y\), matmul\(x, y\)/],
    [
      "(m) => m[0]",
      /expected data, shape, length or a method of a Matrix, got \.0 of the traced matrix args\[0\] .*x\.at\(i, j\) or x\.row\(i\)/,
    ],
    [
      "(m) => { let s = 0; for (const r of m) s += r[0]; return s; }",
      /expected an array or a vector, got the traced matrix args\[0\] .*x\.toArray\(\)/,
    ],
    ["(m) => m.at(0)", /expected as many places as dimensions for at, got \.at\(0\) of the traced matrix args\[0\]/],
    ["(m) => m.map((x) => x)", /expected a method of a Matrix, got \.map\(a function\) of the traced matrix/],
    ["(m) => m.at(m.at(0, 0), 1)", /expected plain numbers for at, got the traced .* row-major order/],
    ["(m) => m === m.at(0, 0) ? 1 : 2", /expected numbers for ===, got the traced matrix/],
  ] as const)("%s", (text, says) => {
    const f = native(made(text) as (m: Matrix) => number);
    expect(() => grad(f as unknown as (m: Value) => Value)(m)).toThrow(says);
  });
});
