/** The types of matrices and their functions: numbers give numbers, Values Values, mistakes refused. Compiled, never run. */
import {
  cholesky, compile, det, eigh, einsum, grad, hessian, inverse, jacobian, logdet, lstsq, matmul, type Matrix, matrix, mul, outer, qr, reshape, solve, stack, sum, transpose, triangularSolve, type Value, valueAndGrad, vmap, zeros,
} from "wengert"; // prettier-ignore
import { describe, expectTypeOf, test } from "vitest";

const [a, v, value] = [matrix([[1]]), new Float64Array(1), {} as Value];

describe("functions of matrices", () => {
  test("keep to what they are given", () => {
    expectTypeOf(matmul(a, a)).toEqualTypeOf<Matrix>();
    expectTypeOf(matmul(a, v)).toEqualTypeOf<Float64Array>();
    expectTypeOf(matmul(v, a)).toEqualTypeOf<Float64Array>();
    expectTypeOf(matmul(v, v)).toEqualTypeOf<number>();
    expectTypeOf(matmul(value, a)).toEqualTypeOf<Value>();
    expectTypeOf(matmul(v, value, { transposeB: true })).toEqualTypeOf<Value>();
    expectTypeOf(outer(v, v)).toEqualTypeOf<Matrix>();
    expectTypeOf(transpose(a)).toEqualTypeOf<Matrix>();
    expectTypeOf(transpose(value)).toEqualTypeOf<Value>();
    expectTypeOf(reshape(a, [3])).toEqualTypeOf<Float64Array>();
    expectTypeOf(reshape(v, [1, 1])).toEqualTypeOf<Matrix>();
    expectTypeOf(reshape(value, [1])).toEqualTypeOf<Value>();
    expectTypeOf(stack([v, v])).toEqualTypeOf<Matrix>();
    expectTypeOf(stack([v, value])).toEqualTypeOf<Value>();
    expectTypeOf(zeros([2, 2])).toEqualTypeOf<Matrix>();
    expectTypeOf(zeros([2])).toEqualTypeOf<Float64Array>();
    expectTypeOf(solve(a, v)).toEqualTypeOf<Float64Array>();
    expectTypeOf(solve(a, a)).toEqualTypeOf<Matrix>();
    expectTypeOf(solve(value, v)).toEqualTypeOf<Value>();
    expectTypeOf(triangularSolve(a, v, { upper: true })).toEqualTypeOf<Float64Array>();
    expectTypeOf(lstsq(a, v)).toEqualTypeOf<Float64Array>();
    expectTypeOf(lstsq(a, a)).toEqualTypeOf<Matrix>();
    expectTypeOf(lstsq(a, value)).toEqualTypeOf<Value>();
    expectTypeOf(cholesky(a)).toEqualTypeOf<Matrix>();
    expectTypeOf(inverse(value)).toEqualTypeOf<Value>();
    expectTypeOf(det(a)).toEqualTypeOf<number>();
    expectTypeOf(logdet(value)).toEqualTypeOf<Value>();
    expectTypeOf(qr(a).q).toEqualTypeOf<Matrix>();
    expectTypeOf(qr(value).r).toEqualTypeOf<Value>();
    expectTypeOf(eigh(a).values).toEqualTypeOf<Float64Array>();
    expectTypeOf(eigh(a).vectors).toEqualTypeOf<Matrix>();
    expectTypeOf(eigh(value).values).toEqualTypeOf<Value>();
    expectTypeOf(einsum("ij,j", a, v)).toEqualTypeOf<number | Float64Array | Matrix>();
    expectTypeOf(einsum("ij,j", value, v)).toEqualTypeOf<Value>();
    expectTypeOf(sum(value, { axis: 0 })).toEqualTypeOf<Value>();
  });

  test("are methods of Values", () => {
    expectTypeOf(value.T.matmul(a).sum({ axis: 0 }).reshape([1, -1]).mean()).toEqualTypeOf<Value>();
    expectTypeOf(value.variance({ axis: 1, correction: 1 })).toEqualTypeOf<Value>();
    // @ts-expect-error T is no function
    value.T();
    // @ts-expect-error an option that there is not
    value.sum({ dim: 0 });
    // @ts-expect-error a shape is an array
    value.reshape(2, 3);
  });

  test("refuse what they do not take", () => {
    // @ts-expect-error a number
    matmul(2, a);
    // @ts-expect-error arrays in an array
    transpose([[1]]);
    // @ts-expect-error an option that there is not
    matmul(a, a, { transpose: true });
    // @ts-expect-error no right sides
    solve(a);
    // @ts-expect-error subscripts first
    einsum(a, a);
  });
});

describe("vmap", () => {
  test("of rows of a matrix gives rows, of columns alone columns", () => {
    expectTypeOf(vmap((x: Value) => sum(x))(a)).toEqualTypeOf<Float64Array | Matrix>();
    expectTypeOf(vmap((x: Value) => ({ y: mul(x, 2), n: 1 }))(a)).toEqualTypeOf<{ y: Float64Array | Matrix; n: Float64Array }>();
    expectTypeOf(vmap((p: { x: Value; y: Value }) => sum(p.x))({ x: a, y: v })).toEqualTypeOf<Float64Array | Matrix>();
    expectTypeOf(vmap((x: Value, y: Value) => mul(x, y))(v, v)).toEqualTypeOf<Float64Array>();
    expectTypeOf(vmap((x: Value[]) => sum(x))([v, v])).toEqualTypeOf<Float64Array>();
  });
});

describe("transforms", () => {
  const f = (w: Value, b: Value): Value => sum(mul(matmul(w, w), b));
  test("mirror matrices", () => {
    expectTypeOf(grad(f)(a, v)).toEqualTypeOf<Matrix>();
    expectTypeOf(valueAndGrad(f, { argnums: [0, 1] })(a, v)).toEqualTypeOf<[number, [Matrix, Float64Array]]>();
    expectTypeOf(grad((p: { w: Value; b: Value }) => f(p.w, p.b))({ w: a, b: v })).toEqualTypeOf<{ w: Matrix; b: Float64Array }>();
    expectTypeOf(compile((x: Value) => matmul(x, x), [a]).inputs[0]).toEqualTypeOf<Matrix>();
    expectTypeOf(hessian((x: Value) => sum(x))(a)).toEqualTypeOf<Matrix[][]>();
    void jacobian((x: Value) => matmul(x, v))(a);
  });
});
