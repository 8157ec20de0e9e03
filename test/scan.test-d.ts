/** The types of loops: what a step sees, what it may give, and what comes of it. */
import { expectTypeOf, test } from "vitest";
import { add, type Indices, type Matrix, mul, repeat, scan, sum, take, type Value } from "wengert";

declare const x: Value;
declare const m: Matrix;
declare const v: Float64Array;

test("init may be data where a step is written for Values", () => {
  expectTypeOf(repeat(3, (y: Value) => mul(y, x), v)).toEqualTypeOf<Value>();
  expectTypeOf(repeat(3, (y) => mul(y, x), 0)).toEqualTypeOf<Value>();
  expectTypeOf(repeat(3, ([a, b]) => [add(a, b), a], [x, 1])).toEqualTypeOf<[Value, Value]>();
  expectTypeOf(repeat(3, ({ a, b }) => ({ a: add(a, b), b: 1 }), { a: x, b: 1 })).toEqualTypeOf<{ a: Value; b: Value }>();
  const state: readonly Float64Array[] = [v];
  expectTypeOf(repeat(3, (rows: readonly Value[]) => rows.map((row) => mul(row, x)), state)).toEqualTypeOf<Value[]>();
});

test("a step sees slices of xs, and gives what is put side by side", () => {
  const [last, ys] = scan(
    (c, { row, k }, i) => {
      expectTypeOf(c).toEqualTypeOf<Value>();
      expectTypeOf(row).toEqualTypeOf<Value>();
      expectTypeOf(k).toEqualTypeOf<Indices>();
      expectTypeOf(i).toEqualTypeOf<Value>();
      return [add(c, sum(mul(row, take(v, k)))), { c, one: 1 }];
    },
    0,
    { row: m, k: Int32Array.of(0, 1) },
  );
  expectTypeOf(last).toEqualTypeOf<Value>();
  expectTypeOf(ys).toEqualTypeOf<{ c: Value; one: Value }>();
  expectTypeOf(scan((c, none) => (expectTypeOf(none).toEqualTypeOf<undefined>(), [mul(c, x), undefined]), x, 4)).toEqualTypeOf<
    [Value, undefined]
  >();
});

test("a step that gives another structure does not compile", () => {
  // @ts-expect-error the carry has two parts
  repeat(3, ([a]) => [a], [x, 1]);
  // @ts-expect-error the carry has no such name
  repeat(3, ({ a }) => ({ b: a }), { a: x });
  // @ts-expect-error a step of scan gives a pair
  scan((c) => c, x, 3);
});
