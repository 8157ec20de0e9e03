/** The types of the other ways to differentiate: differences, checks, dual numbers, formulas. Compiled, never run. */
import {
  add,
  checkGradient,
  type Dual,
  dual,
  duals,
  finiteDifference,
  type GradientReport,
  type Indices,
  mul,
  sin,
  sum,
  take,
  trace,
  type Value,
} from "wengert";
import { expectTypeOf, test } from "vitest";

const loss = (p: { w: Value[]; b: Value; mode: string }, x: Value, i: Indices): Value => add(mul(sum(p.w), p.b), sum(take(x, i)));
const parameters = { w: [1, 2], b: 3, mode: "a" };
const column = new Float64Array(3);
const index = new Int32Array(2);

test("differences mirror the argument", () => {
  expectTypeOf(finiteDifference(loss)(parameters, column, index)).toEqualTypeOf<{ w: number[]; b: number; mode: string }>();
  expectTypeOf(finiteDifference(loss, { argnums: [1, 2] })(parameters, column, index)).toEqualTypeOf<[Float64Array, null]>();
  expectTypeOf(finiteDifference((x: Value) => sin(x), { method: "richardson", withError: true })(1)).toEqualTypeOf<[number, number]>();
  // @ts-expect-error a method that is none
  finiteDifference(loss, { method: "backward" });
  // @ts-expect-error a vector result
  finiteDifference((x: Value) => [x, x]);
  // @ts-expect-error an argument is missing
  finiteDifference(loss)(parameters, column);
});

test("checks take the arguments as a list", () => {
  expectTypeOf(checkGradient(loss, [parameters, column, index])).toEqualTypeOf<GradientReport>();
  expectTypeOf(checkGradient(loss, [parameters, column, index]).throwIfWrong().failures[0]!.path).toEqualTypeOf<string>();
  // @ts-expect-error an argument is missing
  checkGradient(loss, [parameters, column]);
  // @ts-expect-error no list
  checkGradient((x: Value) => x, 1);
});

test("dual numbers keep their tangent's type", () => {
  expectTypeOf(dual(1, 2)).toEqualTypeOf<Dual>();
  expectTypeOf(dual(1, 2).mul(3).sin().xDot).toEqualTypeOf<number>();
  expectTypeOf(duals.pow(2, dual(3, 1)).xDot).toEqualTypeOf<number>();
  expectTypeOf(duals.sin(2).xDot).toEqualTypeOf<number>();
  expectTypeOf(dual(1, new Float64Array(2)).add(1).xDot).toExtend<Float64Array>();
  expectTypeOf(duals.where(duals.lt(dual(1, 1), 0), 1, dual(1, 1))).toEqualTypeOf<Dual>();
  // @ts-expect-error too many operands
  dual(1, 2).sin(1);
  // @ts-expect-error too few operands
  duals.add(dual(1, 2));
  // @ts-expect-error tangents of two kinds
  dual(1, 2).add(dual(1, new Float64Array(2)));
  // @ts-expect-error an operator
  void (dual(1, 2) * 2);
});

test("formulas are text, counts exact", () => {
  const traced = trace((x: Value) => sin(x), [1]);
  expectTypeOf(traced.formula([["x"], "y"])).toEqualTypeOf<string>();
  expectTypeOf(traced.operations).toEqualTypeOf<{ readonly shared: number; readonly unshared: bigint }>();
});
