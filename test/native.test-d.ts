/** Native functions have the types of functions of numbers where they are called on numbers, and of functions of Values in every transform. */
import {
  checkGradient,
  compile,
  directional,
  finiteDifference,
  grad,
  hessian,
  hvp,
  jacfwd,
  jacobian,
  jacrev,
  jvp,
  type Matrix,
  record,
  sparseHessian,
  sparseJacobian,
  trace,
  type Value,
  valueAndGrad,
  vjp,
  vmap,
} from "wengert";
import { type Lift, native, viaLibrary } from "wengert/native";
import { expectTypeOf, test } from "vitest";

type Point = { a: number; b: [number, number]; v: Float64Array; kind: "square" | "cube" };

const scalar = native((x: number): number => x * x);
const pair = native(([x, y]: [number, number]) => x * y);
const point = native((p: Point, k: number = 2) => p.a * k + p.b[0]);
const wide = native((x: number) => [x, { twice: 2 * x }] as const);

test("on numbers and on Values", () => {
  const x = {} as Value;
  expectTypeOf(scalar(2)).toEqualTypeOf<number>();
  expectTypeOf(scalar(x)).toEqualTypeOf<Value>();
  expectTypeOf(pair([2, 3])).toEqualTypeOf<number>();
  expectTypeOf(wide(x)[1].twice).toEqualTypeOf<Value>();
  expectTypeOf(wide(2)[1].twice).toEqualTypeOf<number>();
  expectTypeOf<Lift<{ m: Matrix }>>().toEqualTypeOf<{ m: Value }>();
  expectTypeOf<Lift<Point>>().toEqualTypeOf<{ a: Value; b: [Value, Value]; v: Value; kind: "square" | "cube" }>();
  expectTypeOf(viaLibrary((y: number) => y)(2)).toEqualTypeOf<number>();
  // @ts-expect-error text
  scalar("2");
  // @ts-expect-error what is free is an object
  native((y: number) => y, 2);
});

test("every transform takes them", () => {
  const at = { a: 1, b: [1, 2] as [number, number], v: new Float64Array(2), kind: "cube" as const };
  expectTypeOf(grad(scalar)(2)).toEqualTypeOf<number>();
  expectTypeOf(grad(pair)([2, 3])).toExtend<number[]>();
  expectTypeOf(grad(point)(at, 2).v).toEqualTypeOf<Float64Array>();
  expectTypeOf(valueAndGrad(scalar)(2)).toEqualTypeOf<[number, number]>();
  expectTypeOf(grad(grad(scalar))(2)).toEqualTypeOf<number>();
  expectTypeOf(hessian(scalar)(2)).toEqualTypeOf<number>();
  expectTypeOf(jacobian(wide)(2)[1].twice).toEqualTypeOf<number>();
  expectTypeOf(jacfwd(wide)(2)[1].twice).toEqualTypeOf<number>();
  expectTypeOf(jacrev(wide)(2)[1].twice).toEqualTypeOf<number>();
  expectTypeOf(vmap(scalar)(new Float64Array(2))).toEqualTypeOf<Float64Array>();
  expectTypeOf(vmap(grad(scalar))(new Float64Array(2))).toEqualTypeOf<Float64Array>();
  expectTypeOf(record(scalar, 2).grad()).toEqualTypeOf<number>();
  expectTypeOf(compile(valueAndGrad(scalar), [2])(3)).toEqualTypeOf<[number, number]>();
  expectTypeOf(trace(scalar, [2]).toString()).toEqualTypeOf<string>();
  expectTypeOf(checkGradient(scalar, [2]).ok).toEqualTypeOf<boolean>();
  expectTypeOf(finiteDifference(scalar)(2)).toEqualTypeOf<number>();
  void jvp(scalar)([2], [1]);
  void directional(scalar)([2], [1]);
  void hvp(scalar)([2], 1);
  void vjp(scalar)(2);
  void sparseHessian(point);
  void sparseJacobian(wide);
});
