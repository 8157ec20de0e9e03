/** The types that users rely on: data in and data out, Values inside, mistakes refused. Compiled, never run. */
import {
  add,
  compile,
  cumprod,
  dot,
  type EngineName,
  grad,
  type Indices,
  type Matrix,
  mean,
  mul,
  sin,
  softmax,
  std,
  sum,
  take,
  type Value,
  valueAndGrad,
  vector,
} from "wengert";
import { describe, expectTypeOf, test } from "vitest";

type Parameters = { w: Value[]; b: Value; column: Value };
const loss = (p: Parameters, x: Value): Value => add(mul(sum(p.w), x), mul(p.b, mean(p.column)));
const parameters = { w: [1, 2], b: 3, column: new Float64Array(4) };

describe("functions", () => {
  test("keep to numbers, to Float64Arrays and to Values", () => {
    const value = {} as Value;
    expectTypeOf(sin(2)).toEqualTypeOf<number>();
    expectTypeOf(sin(new Float64Array(2))).toEqualTypeOf<Float64Array>();
    expectTypeOf(sin(value)).toEqualTypeOf<Value>();
    expectTypeOf(add(1, 2)).toEqualTypeOf<number>();
    expectTypeOf(add(1, value)).toEqualTypeOf<Value>();
    expectTypeOf(add(value, new Float64Array(2))).toEqualTypeOf<Value>();
    expectTypeOf(add(1, new Float64Array(2))).toEqualTypeOf<Float64Array>();
    expectTypeOf(sum([1, 2])).toEqualTypeOf<number>();
    expectTypeOf(sum([value, 2])).toEqualTypeOf<Value>();
    expectTypeOf(sum([new Float64Array(2)])).toEqualTypeOf<Float64Array>();
    expectTypeOf(dot([value], [2])).toEqualTypeOf<Value>();
    expectTypeOf(value.mul(2).add(value)).toEqualTypeOf<Value>();
    expectTypeOf(value.gt(0).where(value.normCdf(), 0).clip(value, 2)).toEqualTypeOf<Value>();
    expectTypeOf(softmax([1, 2])).toEqualTypeOf<number[]>();
    expectTypeOf(softmax(new Float64Array(2))).toEqualTypeOf<Float64Array>();
    expectTypeOf(softmax([value, 2])).toEqualTypeOf<Value[]>();
    expectTypeOf(softmax(value)).toEqualTypeOf<Value>();
    expectTypeOf(std([1, 2], { correction: 1 })).toEqualTypeOf<number>();
    expectTypeOf(std(value)).toEqualTypeOf<Value>();
    expectTypeOf(cumprod(value)).toEqualTypeOf<Value>();
  });

  test("refuse what is neither", () => {
    // @ts-expect-error a method that takes one operand
    (({}) as Value).add();
    // @ts-expect-error an option that there is not
    std([1, 2], { ddof: 1 });
    // @ts-expect-error a string
    sin("2");
    // @ts-expect-error an array
    sin([1, 2]);
    // @ts-expect-error too few operands
    add(1);
    // @ts-expect-error a Value is no number
    Math.sin({} as Value);
    // @ts-expect-error an operator
    void (({} as Value) * 2);
  });
});

describe("grad", () => {
  test("mirrors its argument", () => {
    expectTypeOf(grad(loss)(parameters, 10)).toEqualTypeOf<{ w: number[]; b: number; column: Float64Array }>();
    expectTypeOf(grad((x: Value) => sin(x))(2)).toEqualTypeOf<number>();
    expectTypeOf(grad((x: Value) => sum(x))(new Float64Array(2))).toEqualTypeOf<Float64Array>();
    expectTypeOf(grad(([x, y]: [Value, Value]) => mul(x, y))([2, 3])).toExtend<number[]>();
    expectTypeOf(
      grad((x: Value[], i: Indices) => sum(x.map((v) => sum(take(v, i)))))([new Float64Array(2)], new Int32Array(1)),
    ).toEqualTypeOf<Float64Array[]>();
    expectTypeOf(grad((p: { x: Value; mode: string; none: null }) => p.x)({ x: 1, mode: "a", none: null })).toEqualTypeOf<{
      x: number;
      mode: string;
      none: null;
    }>();
  });

  test("nests", () => {
    expectTypeOf(grad(grad((x: Value) => sin(x)))(2)).toEqualTypeOf<number>();
    expectTypeOf(grad(grad(grad((x: Value) => sin(x))))(2)).toEqualTypeOf<number>();
    expectTypeOf(grad((x: Value) => sum(grad((y: Value) => sum(y))(x)))(new Float64Array(1))).toEqualTypeOf<Float64Array>();
    expectTypeOf(valueAndGrad(grad((x: Value) => sin(x)))(2)).toEqualTypeOf<[number, number]>();
    expectTypeOf(grad((p: Parameters) => grad(loss)(p, p.b).b)(parameters)).toEqualTypeOf<{
      w: number[];
      b: number;
      column: Float64Array;
    }>();
    const inside = (x: Value): Value => {
      const gradient = grad((p: { u: Value; v: Value[] }) => mul(p.u, sum(p.v)))({ u: x, v: [x] });
      expectTypeOf(gradient).toEqualTypeOf<{ u: Value; v: Value[] }>();
      return gradient.u;
    };
    expectTypeOf(grad(inside)(1)).toEqualTypeOf<number>();
  });

  test("by other arguments", () => {
    const f = (x: Value, p: { y: Value }): Value => mul(x, p.y);
    expectTypeOf(grad(f, { argnums: 1 })(1, { y: 2 })).toEqualTypeOf<{ y: number }>();
    expectTypeOf(grad(f, { argnums: [1, 0] })(1, { y: 2 })).toEqualTypeOf<[{ y: number }, number]>();
    expectTypeOf(valueAndGrad(f, { argnums: [0] })(1, { y: 2 })).toEqualTypeOf<[number, [number]]>();
  });

  test("with aux", () => {
    const f = (x: Value): [Value, { twice: Value; label: string }] => [x, { twice: mul(x, 2), label: "a" }];
    expectTypeOf(grad(f, { hasAux: true })(1)).toEqualTypeOf<[number, { twice: number | Float64Array | Matrix; label: string }]>();
    expectTypeOf(valueAndGrad(f, { hasAux: true })(1)).toEqualTypeOf<
      [[number, { twice: number | Float64Array | Matrix; label: string }], number]
    >();
  });

  test("refuses wrong calls", () => {
    const g = grad(loss);
    // @ts-expect-error a key is missing
    g({ w: [1], b: 2 }, 3);
    // @ts-expect-error an argument is missing
    g(parameters);
    // @ts-expect-error a string where a number belongs
    g({ ...parameters, b: "3" }, 3);
    // @ts-expect-error a vector result
    grad((x: Value) => [x, x]);
    // @ts-expect-error no aux without hasAux
    grad((x: Value): [Value, Value] => [x, x]);
    // @ts-expect-error an engine that is none
    grad(loss, { engine: "gpu" });
    // @ts-expect-error a tuple of another length
    grad(([x, y]: [Value, Value]) => mul(x, y))([1, 2, 3]);
    // @ts-expect-error lane numbers are no vector of doubles
    grad((x: Value, i: Indices) => sum(take(x, i)))(new Float64Array(2), new Float64Array(2));
    // @ts-expect-error under noUncheckedIndexedAccess a number may be missing
    expectTypeOf(g(parameters, 1).w[0]).toEqualTypeOf<number>();
  });
});

describe("compile", () => {
  const step = compile(valueAndGrad(loss), [parameters, 10]);

  test("gives a call of the same arguments", () => {
    expectTypeOf(step(parameters, 3)).toEqualTypeOf<[number, { w: number[]; b: number; column: Float64Array }]>();
    expectTypeOf(step.engine).toEqualTypeOf<EngineName>();
    expectTypeOf(step).toExtend<{ run(): void; dispose(): void }>();
    expectTypeOf(step.bytes).toEqualTypeOf<number>();
    // @ts-expect-error an argument is missing
    step(parameters);
    // @ts-expect-error a vector for a number
    step(parameters, new Float64Array(1));
  });

  test("gives resident inputs: views for arrays and vectors, numbers that can be written", () => {
    expectTypeOf(step.inputs[0].w).toEqualTypeOf<Float64Array>();
    expectTypeOf(step.inputs[0].column).toExtend<Float64Array>();
    expectTypeOf(step.inputs[0].b).toEqualTypeOf<number>();
    step.inputs[0].b = 3;
    step.inputs[1] = 4;
    // @ts-expect-error a view is not replaced
    step.inputs[0].w = new Float64Array(2);
    // @ts-expect-error nor is structure
    step.inputs[0] = { w: new Float64Array(2), b: 1, column: new Float64Array(4) };
    // @ts-expect-error a number takes a number
    step.inputs[0].b = "3";
  });

  test("gives resident outputs", () => {
    expectTypeOf(step.outputs[0]).toEqualTypeOf<number>();
    expectTypeOf(step.outputs[1].w).toEqualTypeOf<Float64Array>();
    expectTypeOf(step.outputs[1].b).toEqualTypeOf<number>();
  });

  test("of literals, tuples and lane numbers", () => {
    const literal = compile(valueAndGrad(loss), [{ w: [1, 2], b: 3, column: new Float64Array(4) }, 10]);
    expectTypeOf(literal.inputs[0].w).toEqualTypeOf<Float64Array>();
    literal.inputs[0].b = 5;
    literal({ w: [3, 4], b: 7, column: new Float64Array(4) }, 11);
    const tuple = compile(
      grad(([x, y]: [Value, Value]) => mul(x, y)),
      [[2, 3]],
    );
    expectTypeOf(tuple.inputs[0]).toExtend<Float64Array>();
    expectTypeOf(tuple.outputs).toExtend<Float64Array>();
    tuple([4, 5]);
    const lanes = compile((x: Value, i: Indices) => take(x, i), [new Float64Array(3), new Int32Array(2)]);
    expectTypeOf(lanes.inputs[1]).toExtend<Int32Array>();
    expectTypeOf(lanes(new Float64Array(3), new Int32Array(2))).toEqualTypeOf<number | Float64Array | Matrix>();
  });

  test("of typed arrays that are copied", () => {
    const column = new Float32Array(4);
    expectTypeOf(sin(column)).toEqualTypeOf<Float64Array>();
    expectTypeOf(add(new Uint8Array(4), 2)).toEqualTypeOf<Float64Array>();
    expectTypeOf(sum(column)).toEqualTypeOf<number>();
    expectTypeOf(vector([1, 2])).toEqualTypeOf<Float64Array>();
    expectTypeOf(vector(new Set([1, 2]))).toEqualTypeOf<Float64Array>();
    expectTypeOf(vector([{} as Value, 2])).toEqualTypeOf<Value>();
    const of = (p: { x: Value }): Value => sum(mul(p.x, column));
    expectTypeOf(grad(of)({ x: column })).toEqualTypeOf<{ x: Float64Array }>();
    const step = compile(valueAndGrad(of), [{ x: column }]);
    expectTypeOf(step.inputs[0].x).toEqualTypeOf<Float64Array>();
    expectTypeOf(step.outputs[1].x).toEqualTypeOf<Float64Array>();
    expectTypeOf(step({ x: column })).toEqualTypeOf<[number, { x: Float64Array }]>();
    // @ts-expect-error lane numbers are no operand
    sin(new Int32Array(4));
    // @ts-expect-error 64-bit integers are no numbers
    grad(of)({ x: new BigInt64Array(4) });
  });

  test("refuses wrong arguments", () => {
    // @ts-expect-error a key is missing
    compile(loss, [{ w: [1], b: 2 }, 3]);
    // @ts-expect-error an argument is missing
    compile(loss, [parameters]);
    // @ts-expect-error a string
    compile(loss, [parameters, "3"]);
    // @ts-expect-error no list of arguments
    compile(loss, parameters);
  });
});
