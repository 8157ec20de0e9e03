/** The types of record: data in and data out, Values inside another recording, mistakes refused. Compiled, never run. */
import { type Matrix, mul, numberOf, record, sin, sum, type Value } from "wengert";
import { describe, expectTypeOf, test } from "vitest";

describe("record", () => {
  const f = (x: Value): Value => sin(x);
  const g = (p: { w: Value; name: string }, x: Value): { y: Value; n: number } => ({ y: mul(p.w, sum(x)), n: 1 });
  const data = { w: 1, name: "a" };
  const column = new Float64Array(3);

  test("mirrors arguments and results", () => {
    expectTypeOf(record(f, 2).value).toEqualTypeOf<number | Float64Array | Matrix>();
    expectTypeOf(record(f, 2).grad()).toEqualTypeOf<number>();
    const { value, grad, vjp } = record(g, data, column);
    expectTypeOf(value).toEqualTypeOf<{ y: number | Float64Array | Matrix; n: number }>();
    expectTypeOf(grad()).toEqualTypeOf<{ w: number; name: string }>();
    expectTypeOf(grad(1)).toEqualTypeOf<Float64Array>();
    expectTypeOf(vjp({ y: 1, n: 0 }, [1, 0])).toEqualTypeOf<[Float64Array, { w: number; name: string }]>();
  });

  test("nests", () => {
    expectTypeOf(record((x: Value) => record(f, x).grad(), 2).grad()).toEqualTypeOf<number>();
    expectTypeOf(record(f, {} as Value).value).toEqualTypeOf<Value>();
  });

  test("replays at data of the same structure", () => {
    const replayed = record(g, data, column).replay({ w: 2, name: "a" }, new Float32Array(3));
    expectTypeOf(replayed.value).toEqualTypeOf<{ y: number | Float64Array | Matrix; n: number }>();
    expectTypeOf(replayed.replay(data, column).grad([0])).toEqualTypeOf<[{ w: number; name: string }]>();
    expectTypeOf(record(f, 2).replay(3).grad()).toEqualTypeOf<number>();
    expectTypeOf(record(f, {} as Value).replay({} as Value).value).toEqualTypeOf<Value>();
    // @ts-expect-error a vector in a number's place
    record(f, 2).replay(column);
    // @ts-expect-error an argument is missing
    record(g, data, column).replay(data);
  });

  test("gives values as numbers and as lanes", () => {
    expectTypeOf({} as Value)
      .toHaveProperty("value")
      .toEqualTypeOf<number>();
    expectTypeOf({} as Value)
      .toHaveProperty("values")
      .toEqualTypeOf<Float64Array>();
  });

  test("has the number of a Value or a number", () => {
    expectTypeOf(numberOf({} as Value)).toEqualTypeOf<number>();
    expectTypeOf(numberOf({} as Value | number)).toEqualTypeOf<number>();
    // @ts-expect-error a vector
    numberOf(column);
    // @ts-expect-error a string
    numberOf("1");
  });

  test("refuses mistakes", () => {
    // @ts-expect-error a string
    record(f, "2");
    // @ts-expect-error an argument is missing
    record(g, data);
    // @ts-expect-error another seed
    record(g, data, column).vjp(1);
  });
});
