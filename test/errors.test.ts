/** Every mistake in what a traced function does with its Values gets an error that says what was expected and what came. */
import { describe, expect, test } from "vitest";
import {
  add,
  argmin,
  at,
  broadcast,
  compile,
  concat,
  dot,
  grad,
  type Indices,
  logSumExp,
  max,
  mean,
  mul,
  norm,
  prod,
  segmentSum,
  sin,
  slice,
  sum,
  take,
  type Value,
} from "wengert";
import { Column, lanes, type Mistake, Ndarray, refuses, untyped, vector } from "./mistakes.js";

const asNumber = (x: Value): number => x as unknown as number;

/** Applies a use that is wrong to a traced scalar. */
const used = (use: (x: Value) => unknown) => () => grad((x: Value) => untyped(use(x)))(2);

/** A Value whose trace has ended. */
function ended(): Value {
  let kept: Value | undefined;
  grad((x: Value) => (kept = mul(x, x)))(2);
  return kept!;
}

const three = vector(1, 2, 3);
const ofThree = (f: (x: Value) => Value) => () => grad(f)(three);

describe("a Value where a number is needed", () => {
  const row = "got the traced args[0]. Use the functions of this library";
  const message = (before: string): RegExp => new RegExp(`^Value: expected ${before}, ${row.replaceAll(/[.[\]]/g, "\\$&")}`);
  refuses([
    ["<", used((x) => asNumber(x) < 1), TypeError, message("a number")],
    ["+", used((x) => asNumber(x) + 1), TypeError, message("a number")],
    ["unary −", used((x) => -asNumber(x)), TypeError, message("a number")],
    ["%", used((x) => asNumber(x) % 2), TypeError, message("a number")],
    ["Math.sin", used((x) => Math.sin(asNumber(x))), TypeError, message("a number")],
    ["a template", used((x) => `${asNumber(x)}`), TypeError, message("text")],
    ["an index", used((x) => [1, 2, 3][asNumber(x)]), TypeError, message("text")],
    ["JSON.stringify", used((x) => JSON.stringify({ x })), TypeError, message("a number in JSON.stringify")],
    [
      "iteration",
      () => grad((x: Value) => sum([...untyped(x)]))(vector(1, 2)),
      TypeError,
      /^Value: expected an array to iterate over, got the traced vector args\[0\]\. Lane i is at\(x, i\), a part slice\(x, start, end\)/,
    ],
    [
      "destructuring of a vector",
      () => grad((p: { v: Value }) => mul(...(untyped(p.v) as [Value, Value])))({ v: vector(1, 2) }),
      TypeError,
      /^Value: expected an array to iterate over, got the traced vector args\[0\]\.v\. Lane i is at/,
    ],
    [
      "destructuring of a scalar",
      used((x) => {
        const [y] = untyped(x) as Value[];
        return y;
      }),
      TypeError,
      /^Value: expected an array to iterate over, got the traced scalar args\[0\]\. A vector's lanes are at\(x, i\)/,
    ],
    ...["map", "forEach", "reduce", "filter", "some", "every", "find", "join", "fill", "slice", "at", "concat", "entries"].map(
      (name): Mistake => [
        `.${name} of a vector`,
        () => grad((x: Value) => (untyped(mul(x, 2)) as Record<string, () => Value>)[name]!())(vector(1, 2)),
        TypeError,
        new RegExp(`^Value: expected an array for \\.${name}, got the traced vector mul\\(args\\[0\\], 2\\)\\. Lane i is at\\(x, i\\)`),
      ],
    ),
  ]);

  test("inspecting shows its row", () => {
    let seen = "";
    grad((x: Value) => {
      const y = mul(x, 2);
      seen = y.inspect();
      return y;
    })(3);
    expect(seen).toBe("%2 = mul %0 %1");
  });
});

describe("a Value outside its trace", () => {
  refuses([
    [
      "after it",
      () => add(ended(), 1),
      TypeError,
      /^add: expected a Value of the trace under way, got one whose trace has ended\. A Value lives only while its function is traced$/,
    ],
    [
      "in another",
      () => grad((x: Value) => mul(x, ended()))(2),
      TypeError,
      /^mul: expected a Value of the trace under way, got one whose trace has ended/,
    ],
    [
      "as another's result",
      () => grad((_: Value) => ended())(2),
      TypeError,
      /^grad: expected Values of the trace under way, got one of another trace/,
    ],
    [
      "of a gradient inside, after that",
      () =>
        grad((x: Value) => {
          let inner: Value | undefined;
          grad((y: Value) => (inner = mul(y, y)))(x);
          return add(inner!, x);
        })(2),
      TypeError,
      /^add: expected a Value of the trace under way, got one whose trace has ended/,
    ],
    [
      "of two traces at once",
      () =>
        compile(
          (x: Value) => {
            compile((y: Value) => add(x, y), [1]);
            return x;
          },
          [1],
        ),
      TypeError,
      /^add: expected Values of one trace, got Values of two$/,
    ],
  ]);
});

describe("lengths and places, when traced", () => {
  refuses([
    ["at beyond the end", ofThree((x) => at(x, 3)), RangeError, /^at: expected a whole number from -3 to 2, got 3$/],
    ["at before the start", ofThree((x) => at(x, -4)), RangeError, /^at: expected a whole number from -3 to 2, got -4$/],
    ["at between lanes", ofThree((x) => at(x, 0.5)), RangeError, /^at: expected a whole number from -3 to 2, got 0.5$/],
    ["slice beyond the end", ofThree((x) => sum(slice(x, 0, 5))), RangeError, /^slice: expected a whole number from -3 to 3, got 5$/],
    ["slice of nothing", ofThree((x) => sum(slice(x, 2, 1))), RangeError, /^slice: expected at least one lane, got 2 to 1$/],
    [
      "take of a constant",
      ofThree((x) => sum(take(x, lanes(0, 1, 3)))),
      RangeError,
      /^take: expected an index from 0 to 2, got 3 in lane 2$/,
    ],
    [
      "segmentSum by a constant",
      ofThree((x) => sum(segmentSum(x, lanes(0, -1, 1), 2))),
      RangeError,
      /^segmentSum: expected an index from 0 to 1, got -1 in lane 1$/,
    ],
    [
      "segmentSum into none",
      ofThree((x) => sum(segmentSum(x, lanes(0, 0, 0), 0))),
      RangeError,
      /^segmentSum: expected a number of segments from 1, got 0$/,
    ],
    [
      "segmentSum by too few",
      ofThree((x) => sum(segmentSum(x, lanes(0, 1), 2))),
      RangeError,
      /^segmentSum: expected one index a lane, got 2 for 3 lanes$/,
    ],
    [
      "broadcast into none",
      () => grad((x: Value) => sum(broadcast(x, 0)))(1),
      RangeError,
      /^broadcast: expected a number of lanes from 1, got 0$/,
    ],
    ["broadcast of a vector", ofThree((x) => sum(broadcast(x, 3))), TypeError, /^broadcast: expected a scalar, got a vector of 3$/],
    [
      "vectors of two lengths",
      ofThree((x) => sum(add(x, vector(1, 2)))),
      RangeError,
      /^add: expected operands of one length, got 3 and 2 lanes$/,
    ],
    [
      "vectors of two lengths, of numbers",
      () => add(three, vector(1, 2)),
      RangeError,
      /^add: expected operands of one length, got 3 and 2 lanes$/,
    ],
    ["dot of two lengths", ofThree((x) => dot(x, vector(1, 2))), RangeError, /^dot: expected operands of one length, got 3 and 2$/],
    ["dot of arrays of two lengths", () => dot([1, 2], [1]), RangeError, /^dot: expected operands of one length, got 2 and 1$/],
    ["a reduction of a scalar", () => grad((x: Value) => sum(x))(1), TypeError, /^sum: expected a vector or an array, got a scalar Value$/],
    [
      "lane numbers in an array",
      ofThree((x) => sum(take(x, untyped([0])))),
      TypeError,
      /^take: expected lane numbers in an Int32Array, Indices or a Value, got an array of 1$/,
    ],
    [
      "lane numbers as numbers",
      () => grad((x: Value, i: Indices) => sum(add(x, untyped(i))))(three, lanes(0, 1, 2)),
      TypeError,
      /^add: expected a number, a Float64Array or a Value, got the index column args\[1\]\. An Int32Array is one, for take and segmentSum: to compute with its numbers, pass them as a Float64Array$/,
    ],
    [
      "lane numbers to a reduction",
      () => grad((x: Value, i: Indices) => add(sum(x), sum(untyped(i))))(three, lanes(0, 1, 2)),
      TypeError,
      /^sum: expected a vector or an array, got the index column args\[1\]\. An Int32Array is one, for take/,
    ],
    [
      "an Int32Array as numbers",
      () => grad((x: Value) => sum(mul(x, untyped(lanes(0, 1, 2)))))(three),
      TypeError,
      /^mul: expected a number, a Float64Array or a Value, got an Int32Array of 3\. An Int32Array is an index column, for take and segmentSum: vector\(x\) is a Float64Array of it$/,
    ],
    [
      "an Int32Array as numbers, outside a trace",
      () => sum(untyped(lanes(1, 2))),
      TypeError,
      /^sum: expected a vector or an array, got an Int32Array of 2\. An Int32Array is an index column/,
    ],
    [
      "an array beside a vector",
      () => grad((x: Value) => sum(mul(x, untyped([1, 2, 3]))))(three),
      TypeError,
      /^mul: .*, got an array of 3\. Write vector\(x\), which copies its numbers/,
    ],
    [
      "a column of another library as an operand",
      () => grad((x: Value) => sum(mul(x, untyped(new Column([1, 2, 3])))))(three),
      TypeError,
      /^mul: .*, got a Column\. Write vector\(x\)/,
    ],
    [
      "an ndarray as an operand",
      () => grad((x: Value) => sum(mul(x, untyped(new Ndarray([3])))))(three),
      TypeError,
      /^mul: .*, got an? Ndarray\. Write vector\(x\)/,
    ],
    [
      "a name that is not there",
      () => grad((p: { w: Value; b: Value[] }) => mul(p.w, (p as unknown as { bb: Value }).bb))({ w: 1, b: [2, 3] }),
      TypeError,
      /^mul: expected a number, a Float64Array or a Value, got undefined\. Is it a name that is not there: there are args\[0\]\.w, args\[0\]\.b\?$/,
    ],
    [
      "a lane of a vector, as an element",
      () => grad((p: { v: Value }) => mul(at(p.v, 0), (p.v as unknown as Value[])[1]!))({ v: three }),
      TypeError,
      /got undefined\. Is it a name that is not there: there are args\[0\]\.v\? Lane i of a vector x is at\(x, i\)$/,
    ],
    [
      "a name that is not there among many",
      () => grad((p: Record<string, Value>) => mul(p["a"]!, p["z"]!))(Object.fromEntries([..."abcdefghij"].map((name) => [name, 1]))),
      TypeError,
      /there are args\[0\]\.a, .* args\[0\]\.h, …\?$/,
    ],
    [
      "nothing, outside a trace",
      () => add(1, untyped(undefined)),
      TypeError,
      /got undefined\. Is it a name that is not there\? Lane i of a vector x is at\(x, i\)$/,
    ],
    [
      "an op of an array",
      () => sin(untyped([1, 2])),
      TypeError,
      /^sin: expected a number, a Float64Array or a Value, got an array of 2\. Write vector\(x\), which copies its numbers; lone elements are operands by themselves$/,
    ],
    [
      "an op of a string",
      () => grad((x: Value) => x.mul(untyped("2")))(1),
      TypeError,
      /^mul: expected a number, a Float64Array or a Value, got "2"$/,
    ],
    [
      "an op of nothing",
      () => grad((x: Value) => add(x, untyped(undefined)))(1),
      TypeError,
      /^add: expected a number, a Float64Array or a Value, got undefined\. Is it a name that is not there: there are args\[0\]\?$/,
    ],
  ]);

  describe("nothing to reduce", () => {
    const reductions = { sum, mean, prod, max, argmin, norm, logSumExp };
    const name = Object.entries(reductions);
    test.each(name)("%s", (name, reduce) => {
      expect(() => reduce([])).toThrow(new RangeError(`${name}: expected at least one element, got an array of 0`));
      expect(() => reduce(vector())).toThrow(new RangeError(`${name}: expected at least one lane, got a Float64Array of 0`));
    });
    refuses([
      ["dot", () => dot([], []), RangeError, /^dot: expected at least one element, got an array of 0$/],
      ["concat", () => concat([]), RangeError, /^concat: expected at least one part, got an array of 0$/],
      [
        "an argument",
        () => grad((x: Value) => sum(x))(vector()),
        RangeError,
        /^grad: expected a vector of at least one lane, got an empty one at args\[0\]$/,
      ],
      [
        "a column of lane numbers",
        () => grad((x: { y: Value; i: Indices }) => sum(take(x.y, x.i)))({ y: three, i: lanes() }),
        RangeError,
        /got an empty one at args\[0\]\.i$/,
      ],
    ]);
  });
});
