/** The types of vmap and columns: data in, columns out, Values inside, mistakes refused. Compiled, never run. */
import { columns, compile, grad, type Indices, mul, sin, sum, take, type Value, valueAndGrad, vmap } from "wengert";
import { describe, expectTypeOf, test } from "vitest";

const column = new Float64Array(3);

describe("vmap", () => {
  test("gives columns", () => {
    expectTypeOf(vmap((x: Value) => sin(x))(column)).toEqualTypeOf<Float64Array>();
    expectTypeOf(vmap((x: Value) => ({ y: sin(x), n: 1, s: "a", none: null }))(column)).toEqualTypeOf<{
      y: Float64Array;
      n: Float64Array;
      s: string;
      none: null;
    }>();
    expectTypeOf(vmap((x: Value): [Value, Value] => [x, mul(x, 2)])(column)).toEqualTypeOf<[Float64Array, Float64Array]>();
  });

  test("takes trees of columns and of what is shared", () => {
    const f = (p: { x: Value; z: Value[] }, w: Value, i: Indices): Value => mul(p.x, w).add(sum(take(sum(p.z), i)));
    const mapped = vmap(f, { inAxes: [0, null, null] });
    expectTypeOf(mapped({ x: column, z: [column] }, 2, new Int32Array(1))).toEqualTypeOf<Float64Array>();
    // @ts-expect-error a key is missing
    mapped({ x: column }, 2, new Int32Array(1));
    // @ts-expect-error an argument is missing
    mapped({ x: column, z: [column] }, 2);
    // @ts-expect-error a string
    mapped({ x: column, z: [column] }, "2", new Int32Array(1));
  });

  test("composes with grad, valueAndGrad and compile", () => {
    const f = (p: { x: Value; y: Value }): Value => mul(p.x, p.y);
    expectTypeOf(vmap(grad(f))({ x: column, y: column })).toEqualTypeOf<{ x: Float64Array; y: Float64Array }>();
    expectTypeOf(vmap(valueAndGrad(f))({ x: column, y: 2 })).toEqualTypeOf<[Float64Array, { x: Float64Array; y: Float64Array }]>();
    expectTypeOf(grad((x: Value) => sum(vmap((u: Value) => sin(u))(x)))(column)).toEqualTypeOf<Float64Array>();
    expectTypeOf(vmap((u: Value) => sin(u))({} as Value)).toEqualTypeOf<Value>();
    const step = compile(
      vmap((x: Value) => ({ y: sin(x) })),
      [column],
    );
    expectTypeOf(step).toExtend<{ run(): void; readonly bytes: number }>();
    expectTypeOf(step.inputs[0]).toExtend<Float64Array>();
  });

  test("refuses what it cannot map", () => {
    // @ts-expect-error no function
    vmap(3);
    // @ts-expect-error an axis that is none
    vmap((x: Value) => x, { inAxes: 1 });
    // @ts-expect-error an engine that is none
    vmap((x: Value) => x, { engine: "gpu" });
  });
});

describe("columns", () => {
  test("mirror a record", () => {
    expectTypeOf(columns([{ x: 1, inner: { y: [2, 3] as [number, number] } }])).toEqualTypeOf<{
      x: Float64Array<ArrayBuffer>;
      inner: { y: [Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>] };
    }>();
    expectTypeOf(columns([1, 2])).toEqualTypeOf<Float64Array<ArrayBuffer>>();
    expectTypeOf(columns(column, 3)).toEqualTypeOf<Float64Array<ArrayBuffer>[]>();
  });

  test("of numbers need a width", () => {
    // @ts-expect-error a width is missing
    columns(column);
    // @ts-expect-error no rows
    columns({ x: 1 });
  });
});
