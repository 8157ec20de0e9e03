/** Recordings replayed at other arguments: what record gives there, frozen, and refused where numbers were read. */
import { describe, expect, test } from "vitest";
import {
  add,
  at,
  compile,
  concat,
  cumsum,
  customVjp,
  dot,
  grad,
  gt,
  hostOp,
  type Indices,
  jvp,
  max,
  mul,
  numberOf,
  record,
  reverse,
  segmentSum,
  sin,
  slice,
  square,
  sum,
  take,
  type Value,
  vmap,
  where,
} from "wengert";
import { lanes, refuses, vector } from "./mistakes.js";
import { numbersOf, withNumbers } from "./modes.js";
import { programs } from "./programs.js";

interface Untyped {
  value: unknown;
  grad: (n?: unknown) => unknown;
  vjp: (seed: unknown, n?: unknown) => unknown;
  replay: (...args: unknown[]) => Untyped;
}
const recordAny = record as unknown as (f: unknown, ...args: unknown[]) => Untyped;

describe("is what record gives there", () => {
  test.each(programs)("$name", ({ f, args }) => {
    const [first, ...data] = args as unknown[];
    const there = withNumbers(
      first,
      numbersOf(first).map((x) => 0.97 * x),
    );
    const wanted = recordAny(f, there, ...data);
    const recorded = recordAny(f, first, ...data);
    const before = [recorded.value, recorded.grad()];
    const replayed = recorded.replay(there, ...data);
    expect([replayed.value, replayed.grad()]).toEqual([wanted.value, wanted.grad()]);
    expect([recorded.value, recorded.grad()]).toEqual(before);
    const back = replayed.replay(first, ...data);
    expect([back.value, back.grad()]).toEqual(before);
  });

  const rows = { f: (x: Value) => concat([cumsum(x), reverse(x), slice(x, 1), mul(max(x), where(gt(x, 1), x, 0))]), n: 3 };
  test("rows that move and combine lanes", () => {
    const [here, there] = [vector(3, 1, 2), vector(-1, 5, 0.5)];
    const replayed = record(rows.f, here).replay(there);
    expect(replayed.value).toEqual(record(rows.f, there).value);
    const seed = Float64Array.from({ length: 11 }, (_, i) => i + 1);
    expect(replayed.vjp(seed)).toEqual(record(rows.f, there).vjp(seed));
  });

  test("trees, lane numbers and several arguments", () => {
    const f = (p: { x: Value; w: Value[]; name: string }, i: Indices): Value =>
      dot(segmentSum(take(p.x, i), i, 3), vector(1, 2, 3)).mul(sum(p.w));
    const here = [{ x: vector(1, 2, 3), w: [1, 2], name: "p" }, lanes(2, 2, 0)] as const;
    const there = [{ x: vector(4, -5, 6), w: [0.5, 7], name: "p" }, lanes(1, 0, 0)] as const;
    const [replayed, wanted] = [recordAny(f, ...here).replay(...there), recordAny(f, ...there)];
    expect(replayed.value).toEqual(wanted.value);
    expect(replayed.grad([0, 1])).toEqual(wanted.grad([0, 1]));
  });

  test("both sides of a choice, at a tie and beside a NaN", () => {
    const f = ([x, y]: [Value, Value]): Value => where(gt(x, 0), mul(x, y), square(x).div(sum([x, y]))).add(max([x, y]));
    const points = [[1, 2], [-1, 2], [2, 2], [-1, 1], [0, NaN], [NaN, 1], [-0, 0]] as const; // prettier-ignore
    for (const here of points)
      for (const there of points) {
        const [replayed, wanted] = [recordAny(f, [...here]).replay([...there]), recordAny(f, [...there])];
        expect([here, there, replayed.value, replayed.grad()]).toEqual([here, there, wanted.value, wanted.grad()]);
        expect(replayed.grad()).toEqual(grad(f, { engine: "reference" })([...there]));
      }
  });

  test("with nested transforms, rules and functions of users", () => {
    const rule = customVjp(
      (x: Value) => sin(x),
      (x) => [sin(x), x],
      (x, g) => [mul(g, x)],
    );
    const host = hostOp({ name: "triple", value: (x) => 3 * x, partials: [() => 3] });
    const fs: readonly ((x: Value) => Value)[] = [
      (x) => grad((y: Value) => sin(y).mul(x))(x),
      (x) => jvp((y: Value) => square(y))([x], [sin(x)])[1],
      (x) => record((y: Value) => square(y).mul(x), x).grad(),
      (x) => sum(vmap((y: Value) => sin(y).mul(x))(mul(x, vector(1, 2)))),
      (x) => rule(square(x)),
      (x) => host(sin(x)).mul(x),
    ];
    for (const f of fs) {
      const [replayed, wanted] = [record(f, 0.3).replay(0.8), record(f, 0.8)];
      expect([replayed.value, replayed.grad()]).toEqual([wanted.value, wanted.grad()]);
      expect([replayed.grad(), replayed.replay(0.3).grad()]).toEqual([wanted.grad(), record(f, 0.3).grad()]);
    }
  });
});

test("does not call the function, whose captured numbers stay", () => {
  let [calls, factor] = [0, 2];
  const captured = vector(1, 2);
  const recorded = record((x: Value) => (calls++, sum(mul(x, captured)).mul(factor)), 1);
  const step = compile((x: Value) => sum(mul(x, captured)).mul(factor), [1]);
  [factor, captured[0]] = [5, 100];
  expect(recorded.replay(3).value).toBe(18);
  expect(recorded.replay(3).value).toBe(step(3));
  expect([recorded.replay(3).grad(), calls]).toEqual([6, 1]);
});

test("a function of the user is called anew, outside any trace", () => {
  const seen: number[] = [];
  const host = hostOp({ name: "f", value: (x) => (seen.push(x), grad((y: Value) => y.mul(y))(x)), partials: [() => 2] });
  const recorded = record((x: Value) => host(x).mul(x), 1);
  expect(recorded.replay(2).value).toBe(8);
  expect(grad((x: Value) => x.mul(recorded.replay(3).value as number))(1)).toBe(18);
  expect(seen).toEqual([1, 2, 3]);
});

test("arguments are copied", () => {
  const x = vector(1, 2);
  const replayed = record((v: Value) => sum(square(v)), vector(0, 0)).replay(x);
  x.fill(9);
  expect([replayed.value, replayed.grad()]).toEqual([5, vector(2, 4)]);
  expect(recordAny((v: Value[]) => mul(v[0]!, v[1]!), [1, 2]).replay(vector(3, 4)).value).toBe(12); // a view for an array of numbers
});

describe("inside another recording", () => {
  const f = (x: Value): Value => sin(x).mul(x);

  test("is rows that are differentiated with the rest", () => {
    const moved = (x: Value): Value => record(f, x).replay(square(x)).value;
    expect(record(moved, 0.7).value).toBe(record((x: Value) => f(square(x)), 0.7).value);
    expect(record(moved, 0.7).grad()).toBeCloseTo(record((x: Value) => f(square(x)), 0.7).grad(), 14);
    const slope = (x: Value): Value => record(f, x).replay(square(x)).grad();
    expect(record(slope, 0.7).grad()).toBeCloseTo(record((x: Value) => grad(f)(square(x)), 0.7).grad(), 13);
  });

  test("what was read counts where it was read", () => {
    const reads = (x: Value): Value => (x.value > 0 ? f(x) : x);
    expect(() => record((x: Value) => record(reads, x).replay(x).value, 1)).toThrow(/^replay: expected a recording whose numbers/);
    const beside = record((x: Value) => record(f, x).replay(add(x, x.value)).value, 1);
    expect(beside.value).toBe(record(f, 2).value);
    expect(() => beside.replay(2)).toThrow(/^replay: expected a recording whose numbers/);
  });
});

describe("errors", () => {
  const pair = recordAny((p: { w: Value }, x: Value) => mul(p.w, sum(x)), { w: 1 }, vector(1, 2));
  const read =
    /^replay: expected a recording whose numbers were not read, got one where \.value, \.values or numberOf was, once\. .* call record again, or choose by where\(\)$/;
  refuses([
    [".value was read", () => record((x: Value) => (x.value > 0 ? x : square(x)), 1).replay(2), TypeError, read],
    [".values was read", () => record((x: Value) => mul(at(x, 0), x.values.length), vector(1)).replay(vector(2)), TypeError, read],
    ["numberOf was called", () => record((x: Value) => mul(x, numberOf(x)), 1).replay(2), TypeError, read],
    ["in a nested transform", () => record((x: Value) => grad((y: Value) => mul(y, y.value))(x), 1).replay(2), TypeError, read],
    ["twice", () => record((x: Value) => mul(x, x.value + numberOf(x)), 1).replay(2), TypeError, /numberOf was, 2 times/],
    ["too few arguments", () => pair.replay({ w: 1 }), TypeError, /^replay: expected 2 arguments, got 1\. /],
    ["another structure", () => pair.replay({ v: 1 }, vector(1, 2)), TypeError, /^replay: expected an object with w, got .* at args\[0\]/],
    [
      "another length",
      () => pair.replay({ w: 1 }, vector(1)),
      TypeError,
      /^replay: expected a Float64Array of 2, got a Float64Array of 1 at args\[1\]\. Call record/,
    ],
    ["a string", () => pair.replay({ w: "1" }, vector(1, 2)), TypeError, /^replay: expected a number, got "1" at args\[0\]\.w/],
    [
      "another structure inside a recording",
      () => record((x: Value) => recordAny((y: Value) => y, x).replay([x]).value as Value, 1),
      TypeError,
      /^replay: expected arguments of the structure that was recorded, got another at args\[0\]/,
    ],
    [
      "no argument inside a recording",
      () => record((x: Value) => recordAny((y: Value) => y, x).replay().value as Value, 1),
      TypeError,
      /^replay: expected 1 argument, got 0/,
    ],
    [
      "a lane number",
      () => record((x: Value, i: Indices) => sum(take(x, i)), vector(1), lanes(0)).replay(vector(1), lanes(3)),
      RangeError,
      /^take or segmentSum: expected an index from 0 to 0, got 3 in lane 0/,
    ],
  ]);

  test("comparisons that are not read are no reads, and a rule's reads afterwards neither", () => {
    expect(record((x: Value) => where(gt(x, 1), x, square(x)), 0.5).replay(3).value).toBe(3);
    const rule = customVjp(
      (x: Value) => square(x),
      (x) => [square(x), x],
      (x, g) => [mul(g, 2 * numberOf(x))],
    );
    const recorded = record((x: Value) => rule(x), 3);
    expect(recorded.replay(5).grad()).toBe(10);
    expect(recorded.grad()).toBe(6);
    expect(recorded.replay(4).grad()).toBe(8);
  });
});
