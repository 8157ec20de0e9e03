/** vmap refuses what cannot be evaluated point by point, and names it; columns refuses rows that differ. */
import { describe, expect, test } from "vitest";
import { add, concat, columns, grad, type Indices, mul, sin, sum, take, type Value, vmap } from "wengert";
import { lanes, refuses, untyped, vector } from "./mistakes.js";

describe("vmap", () => {
  refuses([
    ["of no function", () => vmap(untyped(3)), TypeError, /^vmap: expected a function, got 3$/],
    [
      "without columns",
      () => vmap((x: Value) => x)(2),
      TypeError,
      /^vmap: expected at least one column \(a Float64Array\), or a Matrix whose rows are the points, among the arguments, got none$/,
    ],
    [
      "with all its columns shared",
      () => vmap((x: Value) => sum(x), { inAxes: null })(vector(1, 2)),
      TypeError,
      /^vmap: expected at least one column .* got none$/,
    ],
    [
      "of unequal columns",
      () => vmap((x: Value, p: { y: Value }) => add(x, p.y))(vector(1, 2), { y: vector(1, 2, 3) }),
      RangeError,
      /^vmap: expected columns of one length, got 2 and 3 at args\[1\]\.y$/,
    ],
    [
      "with lane numbers as a column",
      () => vmap((x: Value, i: Indices) => sum(take(concat([x, 1]), i)))(vector(1, 2), lanes(0, 1)),
      TypeError,
      /^vmap: expected columns of numbers, got lane numbers at args\[1\]\. Pass them with inAxes null$/,
    ],
    [
      "of an axis that is none",
      () => vmap((x: Value) => x, { inAxes: untyped(1) })(vector(1, 2)),
      RangeError,
      /^vmap: expected inAxes of 0 and null, got 1$/,
    ],
    [
      "of more axes than arguments",
      () => vmap((x: Value) => x, { inAxes: [0, null] })(vector(1, 2)),
      RangeError,
      /^vmap: expected one entry of inAxes an argument, got 2 for 1$/,
    ],
    [
      "of a gradient whose function has a vector result",
      () => vmap(grad(untyped((x: Value) => concat([x, x]))))(untyped(vector(1, 2))),
      TypeError,
      /^grad: expected a function with a scalar result, got a vector of 2/,
    ],
    [
      "whose Values are used after it",
      () => {
        let kept: Value | undefined;
        vmap((x: Value) => (kept = sin(x)))(vector(1, 2));
        return add(kept!, 1);
      },
      TypeError,
      /one whose trace has ended/,
    ],
  ]);
});

describe("columns", () => {
  test("of records are a record of columns", () => {
    const rows = [
      { x: 1, inner: { y: [2, 3] as const } },
      { x: 4, inner: { y: [5, 6] as const } },
    ];
    expect(columns(rows)).toEqual({ x: vector(1, 4), inner: { y: [vector(2, 5), vector(3, 6)] } });
    expect(columns([{ x: 1 }])).toEqual({ x: vector(1) });
  });

  test("of records keep the first's order of keys", () => {
    expect(
      columns([
        { x: 1, y: 2 },
        { y: 4, x: 3 },
      ]),
    ).toEqual({ x: vector(1, 3), y: vector(2, 4) });
  });

  test("of numbers are a column", () => expect(columns([1, 2, 3])).toEqual(vector(1, 2, 3)));

  test("of row-major numbers are as many as the width", () => {
    expect(columns(vector(1, 2, 3, 4, 5, 6), 3)).toEqual([vector(1, 4), vector(2, 5), vector(3, 6)]);
    expect(columns(vector(1, 2), 1)).toEqual([vector(1, 2)]);
  });

  test("feed vmap", () => {
    const rows = Array.from({ length: 5 }, (_, i) => ({ x: i, y: i * i }));
    const f = ({ x, y }: { x: Value; y: Value }): Value => mul(x, y);
    expect(vmap(f)(columns(rows))).toEqual(vector(0, 1, 8, 27, 64));
  });

  refuses([
    ["of nothing", () => columns([]), TypeError, /^columns: expected a non-empty array of records or a Float64Array, got an array of 0$/],
    [
      "of no rows",
      () => columns(untyped({ x: 1 })),
      TypeError,
      /^columns: expected a non-empty array of records or a Float64Array, got an object$/,
    ],
    [
      "of no width",
      () => columns(untyped(vector(1, 2))),
      RangeError,
      /^columns: expected a width that divides the 2 numbers into whole rows, got undefined$/,
    ],
    [
      "of a width that leaves a rest",
      () => columns(vector(1, 2, 3), 2),
      RangeError,
      /^columns: expected a width that divides the 3 numbers into whole rows, got 2$/,
    ],
    [
      "of a text",
      () => columns(untyped([{ x: 1, name: "a" }])),
      TypeError,
      /^columns: expected numbers, or arrays and objects of them, got .*"a".* at rows\[0\]\.name$/,
    ],
    [
      "of a text in a later row",
      () => columns(untyped([{ x: [1] }, { x: ["2"] }])),
      TypeError,
      /^columns: expected a number as in the first record, got .*"2".* at rows\[1\]\.x\[0\]$/,
    ],
    [
      "of a missing key",
      () => columns(untyped([{ x: 1, y: 2 }, { x: 1 }])),
      TypeError,
      /^columns: expected a record with x, y as the first, got one with x at rows\[1\]$/,
    ],
    [
      "of another key",
      () => columns(untyped([{ p: { x: 1 } }, { p: { y: 1 } }])),
      TypeError,
      /^columns: expected a record with x as the first, got one with y at rows\[1\]\.p$/,
    ],
    [
      "of arrays that are longer",
      () =>
        columns([
          [1, 2],
          [1, 2, 3],
        ]),
      TypeError,
      /^columns: expected a record with 0, 1 as the first, got one with 0, 1, 2 at rows\[1\]$/,
    ],
    [
      "of a number where there was a record",
      () => columns(untyped([{ p: { x: 1 } }, { p: 2 }])),
      TypeError,
      /^columns: expected a record with x as the first, got 2 at rows\[1\]\.p$/,
    ],
  ]);
});
