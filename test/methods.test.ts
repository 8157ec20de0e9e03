/** Methods of Values that are functions of vectors and matrices: the same rows, the same errors, wherever Values come from. */
import { describe, expect, test } from "vitest";
import * as wengert from "wengert";
import { callable, grad, matmul, Matrix, matrix, mul, record, sum, trace, transpose, type Value, vmap } from "wengert";

type Loose = (...args: unknown[]) => unknown;
const library = wengert as unknown as Readonly<Record<string, Loose>>;
const method =
  (name: string, ...more: readonly unknown[]) =>
  (x: Value): Value =>
    (x as unknown as Record<string, Loose>)[name]!(...more) as Value;

const x = matrix([[1, 3, 2], [4, 0.5, 6]]); // prettier-ignore
const rows = (f: unknown): string => trace(f as (x: Value) => Value, [x] as never).toString();

const reductions = ["sum", "mean", "prod", "max", "min", "argmax", "argmin", "norm", "logSumExp", "variance", "std"];
const calls: readonly (readonly [string, readonly unknown[]])[] = [
  ["transpose", []],
  ["reshape", [[3, -1]]],
  ["matmul", [Float64Array.of(1, 2, 3)]],
  ["matmul", [x, { transposeB: true }]],
  ...reductions.flatMap((name) => [undefined, { axis: 0 }, { axis: -1, keepDims: true }].map((options): [string, unknown[]] => [name, options === undefined ? [] : [options]])),
  ["variance", [{ axis: 1, correction: 1 }]],
]; // prettier-ignore

describe.each(calls)("%s with %j", (name, more) => {
  test("is the function", () => expect(rows(method(name, ...more))).toBe(rows((x: Value) => library[name]!(x, ...more))));
  test("refuses more", () => {
    const f = (...others: unknown[]): unknown => rows((x: Value) => library[name]!(x, ...more, ...others));
    const g = (...others: unknown[]): unknown => rows(method(name, ...more, ...others));
    const message = (f: Loose): string => {
      try {
        f({ none: 1 }, 2, 3);
        return "nothing";
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(message(g)).toBe(message(f));
    expect(message(g)).toContain(`${name}: expected`);
  });
});

test("T is the transposed", () => {
  expect(rows((x: Value) => x.T.matmul(x))).toBe(rows((x: Value) => matmul(transpose(x), x)));
  expect(() => rows((x: Value) => x.reshape([-1]).T)).toThrow("transpose: expected a matrix, got a vector of 6");
});

test("Values have them wherever they come from", () => {
  const f = (x: Value): Value => x.T.sum({ axis: 0 }).mul(2).norm();
  const right = grad((x: Value) => mul(2, wengert.norm(sum(transpose(x), { axis: 0 }))))(x);
  expect(grad(f)(x)).toEqual(right);
  expect(record(f, x).grad()).toEqual(right);
  expect(grad((x: Value) => callable(f)(x))(x)).toEqual(right);
  expect(vmap((a: Value[]) => wengert.vector(a).max())([Float64Array.of(1, 5), Float64Array.of(4, 2)])).toEqual(Float64Array.of(4, 5));
  expect(grad((x: Value) => sum((grad(f) as (x: Value) => Value)(x).T.reshape([-1])))(x)).toBeInstanceOf(Matrix);
});
