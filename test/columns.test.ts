/** Columns of records of every structure: what is in them, and which record is refused. */
import { describe, expect, test } from "vitest";
import { columns } from "wengert";
import { refuses, untyped, vector } from "./mistakes.js";

/** An array with holes where no element is given. */
const holed = (length: number, elements: Record<number, unknown>): never => untyped(Object.assign(new Array(length), elements));

describe("columns of", () => {
  test("arrays are an array of columns", () => {
    const rows = Array.from({ length: 500 }, (_, i) => [i, -i / 3, NaN]);
    expect(columns(rows)).toEqual([
      Float64Array.from(rows, (_, i) => i),
      Float64Array.from(rows, (_, i) => -i / 3),
      new Float64Array(500).fill(NaN),
    ]);
  });

  test("trees have the tree's structure", () => {
    const tree = (i: number) => ({ x: i, inner: { pair: [i + 1, { y: [i + 2] }] as const, none: {}, empty: [] }, 7: -i });
    expect(columns([tree(0), tree(10), tree(20)])).toEqual({
      7: vector(-0, -10, -20),
      x: vector(0, 10, 20),
      inner: { pair: [vector(1, 11, 21), { y: [vector(2, 12, 22)] }], none: {}, empty: [] },
    });
  });

  test("records whose keys are in another order are the same", () => {
    const tree = (i: number) => ({ x: i, inner: { y: [i + 1], z: -i } });
    const turned = (i: number) => ({ inner: { z: -i, y: [i + 1] }, x: i });
    const rows = Array.from({ length: 9 }, (_, i) => tree(i));
    for (const at of [1, 4, 8]) expect(columns(rows.map((row, i) => (i === at ? turned(i) : row)))).toEqual(columns(rows));
  });

  test("records without a prototype, and with keys that objects inherit", () => {
    const bare = (x: number): { x: number } => Object.assign(Object.create(null) as object, { x });
    expect(columns([bare(1), { x: 2 }, bare(3)])).toEqual({ x: vector(1, 2, 3) });
    expect(columns([{ toString: 1 }, { toString: 2 }])).toEqual({ toString: vector(1, 2) });
    const inherited = columns(JSON.parse('[{ "__proto__": 1 }, { "__proto__": 2 }]') as object[]);
    expect(Object.entries(inherited)).toEqual([["__proto__", vector(1, 2)]]);
  });

  test("records without numbers are without columns", () => {
    expect(columns([{}, {}])).toEqual({});
    expect(columns([[], []])).toEqual([]);
  });

  test("one record hold its numbers", () => expect(columns([[1, { x: 2 }]])).toEqual([vector(1), { x: vector(2) }]));

  test("row-major numbers are copies", () => {
    const rows = vector(1, 2, 3, 4);
    const [first] = columns(rows, 2);
    rows[0] = 9;
    expect(first).toEqual(vector(1, 3));
  });

  refuses([
    ["nothing", () => columns([]), TypeError, /^columns: expected a non-empty array of records or a Float64Array, got an array of 0$/],
    ["no row-major numbers", () => columns(vector(), 2), RangeError, /^columns: expected a width that divides the 0 numbers .* got 2$/],
    [
      "a hole",
      () => columns(holed(3, { 0: 1, 2: 3 })),
      TypeError,
      /^columns: expected a number as in the first record, got undefined at rows\[1\]$/,
    ],
    ["a hole first", () => columns(holed(2, { 1: 1 })), TypeError, /^columns: expected numbers, .* got undefined at rows\[0\]$/],
    [
      "a hole between records",
      () => columns(holed(3, { 0: { x: 1 }, 2: { x: 3 } })),
      TypeError,
      /^columns: expected a number as in the first record, got undefined at rows\[1\]\.x$/,
    ],
    [
      "a record with a hole",
      () => columns([[1, 2], holed(2, { 0: 3 })]),
      TypeError,
      /^columns: expected a record with 0, 1 as the first, got one with 0 at rows\[1\]$/,
    ],
    [
      "a record that is shorter",
      () => columns([[1, 2], [3, 4], [5]]),
      TypeError,
      /^columns: expected a record with 0, 1 as the first, got one with 0 at rows\[2\]$/,
    ],
    [
      "a record that is longer",
      () => columns(untyped([{ x: 1 }, { x: 2, y: 3 }])),
      TypeError,
      /^columns: expected a record with x as the first, got one with x, y at rows\[1\]$/,
    ],
    [
      "a text deep inside",
      () => columns(untyped([{ a: [{ b: [1, 2] }] }, { a: [{ b: [3, 4] }] }, { a: [{ b: [5, "6"] }] }])),
      TypeError,
      /^columns: expected a number as in the first record, got "6" at rows\[2\]\.a\[0\]\.b\[1\]$/,
    ],
    [
      "a record deep inside where there was a number",
      () => columns(untyped([[[1]], [[{ x: 1 }]]])),
      TypeError,
      /^columns: expected a number as in the first record, got an object at rows\[1\]\[0\]\[0\]$/,
    ],
    [
      "an array deep inside where there was a record",
      () => columns(untyped([[{ x: 1 }], [[1]]])),
      TypeError,
      /^columns: expected a record with x as the first, got one with 0 at rows\[1\]\[0\]$/,
    ],
    ["null for a record", () => columns(untyped([[1], null])), TypeError, /^columns: expected a record with 0 .* got null at rows\[1\]$/],
    [
      "Float64Arrays",
      () => columns(untyped([vector(1, 2)])),
      TypeError,
      /^columns: expected numbers, or arrays and objects of them, got a Float64Array of 2 at rows\[0\]$/,
    ],
    [
      "a text in the first record",
      () => columns(untyped([{ a: [1, null] }])),
      TypeError,
      /^columns: expected numbers, or arrays and objects of them, got null at rows\[0\]\.a\[1\]$/,
    ],
  ]);
});
