/** Trees of users: taken apart, put together and mapped, with leaves of every kind and what is no tree refused. */
import { describe, expect, test } from "vitest";
import { add, grad, mul, square, sub, sum, treeFlatten, treeMap, treeUnflatten, type Value, valueAndGrad } from "wengert";

const v = Float64Array.of(1, 2);
const i = Int32Array.of(0, 1);
const f = Float32Array.of(5);

/** Trees, and their leaves in order. */
const trees: readonly (readonly [unknown, readonly unknown[]])[] = [
  [3, [3]],
  [v, [v]],
  [
    [1, 2, 3],
    [1, 2, 3],
  ],
  [{ w: [1, [2, v]], b: { c: f, d: i } }, [1, 2, v, f, i]],
  [{ name: "a", on: true, none: null, missing: undefined, x: 1 }, [1]],
  [[], []],
  [{}, []],
  ["text", []],
];

test.each(trees)("%j: leaves, structure, and back", (tree, leaves) => {
  const [came, structure] = treeFlatten(tree);
  expect(came).toEqual(leaves);
  expect(structure.leaves).toBe(leaves.length);
  came.forEach((leaf, k) => expect(leaf).toBe(leaves[k])); // no copies
  expect(treeUnflatten(structure, came)).toEqual(tree);
  expect(treeMap((leaf) => leaf, tree)).toEqual(tree);
  const seen: unknown[] = [];
  treeMap((leaf) => void seen.push(leaf), tree);
  expect(seen).toEqual(leaves);
});

test("several trees are mapped together, their keys by name", () => {
  const p = { w: [1, v], b: 2 };
  const g = { b: 10, w: [20, Float64Array.of(30, 40)] };
  expect(treeMap((x, y) => sub(x, mul(0.1, y)), p, g)).toEqual({ w: [-1, Float64Array.of(-2, -2)], b: 1 });
  expect(treeMap((x, ...others) => [x, others.length], { a: 1 }, { a: 2 }, { a: 3 })).toEqual({ a: [1, 2] });
  expect(treeMap((_, any) => any, { a: 1, b: 2 }, { a: { deep: [1] }, b: "text" })).toEqual({ a: { deep: [1] }, b: "text" });
});

test("inside a trace, Values are leaves", () => {
  const total = (x: Value): Value => (x.length === undefined ? square(x) : sum(square(x)));
  const loss = (p: { w: Value[]; b: Value }): Value => treeFlatten(treeMap(total, p))[0].reduce((x, y) => add(x, y));
  expect(grad(loss)({ w: [1, v], b: 3 } as never)).toEqual({ w: [2, Float64Array.of(2, 4)], b: 6 });
  let p = { a: 3, b: v };
  const slope = valueAndGrad(({ a, b }: { a: Value; b: Value }) => add(square(a), sum(square(b))));
  for (let k = 0; k < 60; k++) p = treeMap((x, y) => sub(x, mul(0.4, y)), p, slope(p)[1]) as typeof p;
  expect(slope(p)[0]).toBeLessThan(1e-20);
});

describe("refused", () => {
  const [, structure] = treeFlatten({ a: 1, b: [2] });
  const cases: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["a Map", () => treeFlatten({ a: new Map() }), /^treeFlatten: expected numbers, .*, got a Map at tree\.a/],
    ["a hole", () => treeMap((x) => x, [1, , 2]), /^treeMap: expected an array without holes, got one at tree\[1\]$/], // eslint-disable-line no-sparse-arrays
    ["too few leaves", () => treeUnflatten(structure, [1]), /^treeUnflatten: expected an array of 2 leaves, got an array of 1$/],
    ["no leaves", () => treeUnflatten(structure, 1 as never), /^treeUnflatten: expected an array of 2 leaves, got 1$/],
    [
      "no structure",
      () => treeUnflatten([1] as never, [1]),
      /^treeUnflatten: expected the structure that treeFlatten gives, got an array of 1$/,
    ],
    ["no function", () => treeMap({} as never, 1), /^treeMap: expected a function, got an object$/],
    [
      "another length",
      () => treeMap((x) => x, { a: [1, 2] }, { a: [1] }),
      /^treeMap: expected an array of 2, got an array of 1 at other\.a$/,
    ],
    ["other keys", () => treeMap((x) => x, { a: 1 }, { b: 1 }), /^treeMap: expected an object with a, got an object at other$/],
    ["other text", () => treeMap((x) => x, ["x", 1], ["y", 1]), /^treeMap: expected "x", got "y" at other\[0\]$/],
    [
      "the third tree",
      () => treeMap((x) => x, { a: [1] }, { a: [1] }, { a: 2 }),
      /^treeMap: expected an array of 1, got 2 at others\[1\]\.a$/,
    ],
    ["surplus", () => (treeFlatten as (...x: unknown[]) => unknown)(1, 2), /^treeFlatten: expected one argument, got 2: 1, 2$/],
  ];
  test.each(cases)("%s", (_, call, message) => expect(call).toThrow(message));
});
