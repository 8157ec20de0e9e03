/** The types of Jacobians and Hessians: data in, structures of numbers out, Values inside, mistakes refused. Compiled, never run. */
import {
  type Matrix,
  grad,
  hessian,
  jacfwd,
  jacobian,
  jacrev,
  mul,
  sin,
  sparseHessian,
  sparseJacobian,
  type SparseMatrix,
  sum,
  type Value,
  valueAndJacobian,
  vmap,
} from "wengert";
import { describe, expectTypeOf, test } from "vitest";

const x = new Float64Array(3);

describe("valueAndJacobian", () => {
  test("a pair of the value and the Jacobian", () => {
    expectTypeOf(valueAndJacobian((x: Value[]) => x.map((xi) => sin(xi)))([1, 2])).toEqualTypeOf<
      [(number | Float64Array | Matrix)[], number[][]]
    >();
    expectTypeOf(valueAndJacobian((x: Value) => [sin(x), { s: x }] as const, { hasAux: true })(2)).toEqualTypeOf<
      [[number | Float64Array | Matrix, { s: number | Float64Array | Matrix }], number | Float64Array | Matrix]
    >();
  });
});

describe("jacobian", () => {
  test("of a Value, which may be a scalar or a vector", () => {
    expectTypeOf(jacobian((x: Value) => sin(x))(x)).toEqualTypeOf<Float64Array | Float64Array[] | Float64Array[][]>();
    expectTypeOf(jacobian((x: Value) => sin(x))(2)).toEqualTypeOf<number | Float64Array | Matrix>();
    expectTypeOf(jacfwd((x: Value) => sin(x))({} as Value)).toEqualTypeOf<Value | Value[]>();
    expectTypeOf(jacobian((x: Value) => sin(x)).mode(x)).toEqualTypeOf<"forward" | "reverse">();
  });

  test("of structure: the result's outside, the argument's inside", () => {
    const pair = ([x, y]: [Value, Value]): [Value, Value] => [mul(x, y), x];
    expectTypeOf(jacobian(pair)([1, 2])).toEqualTypeOf<[[number, number], [number, number]]>();
    expectTypeOf(jacrev((x: Value[]) => x.map((xi) => sin(xi)))([1, 2])).toEqualTypeOf<number[][]>();
    expectTypeOf(jacobian((p: { a: Value; b: Value[] }) => ({ u: p.a, none: null }))({ a: x, b: [1] })).toEqualTypeOf<{
      u: { a: Float64Array; b: number[] };
      none: null;
    }>();
  });

  test("by other arguments", () => {
    const f = (x: Value, y: Value): Value[] => [mul(x, y)];
    expectTypeOf(jacobian(f, { argnums: 1 })(1, x)).toEqualTypeOf<Float64Array[]>();
    expectTypeOf(jacobian(f, { argnums: [1, 0] })(1, x)).toEqualTypeOf<[Float64Array, number][]>();
  });

  test("nests", () => {
    expectTypeOf(jacobian(grad((x: Value) => sum(x)))(x)).toEqualTypeOf<Float64Array | Float64Array[] | Float64Array[][]>();
    expectTypeOf(jacobian(grad((x: Value[]) => sum(x)))([1, 2])).toEqualTypeOf<number[][]>();
    expectTypeOf(vmap(jacobian((x: Value[]) => [sin(x[0]!)]))([x])).toEqualTypeOf<Float64Array[][]>();
  });

  test("refuses what it cannot take", () => {
    // @ts-expect-error a string
    jacobian((x: Value) => sin(x))("a");
    // @ts-expect-error no function
    jacobian(3);
    // @ts-expect-error a mode that is none
    jacobian((x: Value) => sin(x), { mode: "sideways" });
  });
});

test("hessian has the argument's structure twice", () => {
  expectTypeOf(hessian((x: Value) => sum(x))(x)).toEqualTypeOf<Float64Array[]>();
  expectTypeOf(hessian((x: Value) => sin(x))(2)).toEqualTypeOf<number>();
  expectTypeOf(hessian((x: Value[]) => sum(x))([1, 2])).toEqualTypeOf<number[][]>();
  expectTypeOf(hessian((p: { a: Value; b: Value }) => mul(sum(p.a), p.b))({ a: x, b: 2 })).toEqualTypeOf<{
    a: { a: Float64Array[]; b: Float64Array };
    b: { a: Float64Array; b: number };
  }>();
  // @ts-expect-error not a scalar
  hessian((x: Value) => [x]);
});

test("sparse transforms give CSR", () => {
  expectTypeOf(sparseJacobian((x: Value) => sin(x))(x)).toEqualTypeOf<SparseMatrix>();
  expectTypeOf(sparseJacobian((x: Value[]) => x)([1, 2])).toEqualTypeOf<SparseMatrix>();
  expectTypeOf(sparseHessian((x: Value) => sum(x))(x).shape).toEqualTypeOf<readonly [m: number, n: number]>();
  const x2 = { a: x, b: [1, 2], name: "text" };
  expectTypeOf(sparseHessian((p: { a: Value; b: Value[]; name: string }) => sum(p.a))(x2)).toEqualTypeOf<{
    a: { a: SparseMatrix; b: SparseMatrix; name: string };
    b: { a: SparseMatrix; b: SparseMatrix; name: string };
    name: string;
  }>();
});

test("sparse transforms of trees and of several arguments give structures of CSR", () => {
  const f = (p: { a: Value; name: string }, c: Value): { y: Value; z: Value[]; t: string } => ({ y: mul(p.a, c), z: [c], t: p.name });
  const p = { a: x, name: "text" };
  expectTypeOf(sparseJacobian(f, { argnums: [0, 1] })(p, 2)).toEqualTypeOf<{
    y: [{ a: SparseMatrix; name: string }, SparseMatrix];
    z: [{ a: SparseMatrix; name: string }, SparseMatrix];
    t: string;
  }>();
  expectTypeOf(sparseJacobian(f, { argnums: 1 })(p, 2).y).toEqualTypeOf<SparseMatrix>();
  // @ts-expect-error an argument is missing
  sparseJacobian(f)(p);
});

test("hasAux gives the rest of the result beside the derivative", () => {
  const f = (x: Value, c: Value): readonly [Value, { s: Value; name: string }] => [mul(x, c), { s: sum(x), name: "text" }];
  for (const transform of [jacfwd, jacrev]) {
    expectTypeOf(transform(f, { hasAux: true, argnums: 1 })(x, 2)[1]).toEqualTypeOf<{ s: number | Float64Array | Matrix; name: string }>();
    expectTypeOf(transform(f, { hasAux: true, argnums: [0, 1] })).toHaveProperty("mode");
  }
  const [matrix, aux] = jacobian((x: Value) => [[mul(x, x), x], x] as const, { hasAux: true })(2);
  expectTypeOf(matrix).toEqualTypeOf<[number, number]>();
  expectTypeOf(aux).toEqualTypeOf<number | Float64Array | Matrix>();
  const [h, count] = hessian((x: Value) => [sum(x), 3] as const, { hasAux: true })(x);
  expectTypeOf(h).toEqualTypeOf<Float64Array[]>();
  expectTypeOf(count).toEqualTypeOf<3>();
  // @ts-expect-error no pair
  jacobian((x: Value) => x, { hasAux: true });
});
