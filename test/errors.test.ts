/** Every mistake in a function or in what it is given gets an error that says what was expected and what came. */
import { describe, expect, test } from "vitest";
import {
  add,
  argmin,
  at,
  broadcast,
  compile,
  concat,
  customJvp,
  directional,
  dot,
  grad,
  gt,
  hessian,
  hostOp,
  hvp,
  type Indices,
  jvp,
  logSumExp,
  lt,
  max,
  mean,
  mul,
  norm,
  prod,
  record,
  segmentSum,
  sin,
  slice,
  sum,
  take,
  trace,
  type Value,
  valueAndGrad,
  vjp,
  vmap,
  where,
} from "wengert";
import { lanes, type Mistake, refuses, untyped, vector } from "./mistakes.js";

/** An ndarray as other libraries have them. */
class Ndarray {
  constructor(readonly shape: readonly number[]) {}
  readonly data = vector(1, 2, 3, 4, 5, 6);
  get(i: number, j = 0): number {
    return this.data[(this.shape[1] ?? 1) * i + j]!;
  }
}

/** A column as other libraries have them. */
class Column {
  constructor(readonly numbers: readonly number[]) {}
  toArray(): readonly number[] {
    return this.numbers;
  }
}

const asNumber = (x: Value): number => x as unknown as number;

/** Applies a use that is wrong to a traced scalar. */
const used = (use: (x: Value) => unknown) => () => grad((x: Value) => untyped(use(x)))(2);

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

/** The message of a comparison that nothing uses, with the place in this file where it is made. */
const unused = (comparison: string, place = " at \\S*errors\\.test\\.ts\\S*:\\d+:\\d+"): RegExp =>
  new RegExp(
    `^trace: ${comparison.replaceAll(/[.()[\]]/g, "\\$&")} was computed but never used${place}: \`if\` cannot see a traced value; use where\\(\\), or record\\(\\)$`,
  );

describe("a comparison that nothing uses is named with its operands and its place", () => {
  interface Parameters {
    readonly w: Value;
    readonly rates: readonly Value[];
  }
  const parameters = { w: 1, rates: [2, 3] };
  const ofParameters = (f: (p: Parameters) => Value) => () => grad(f)(parameters);
  const half = hostOp({ name: "half", value: (x) => x / 2, partials: [() => 0.5] });
  refuses([
    ["in `if`", () => grad((x: Value) => (lt(x, 1) ? x : mul(x, 2)))(2), TypeError, unused("lt(args[0], 1)")],
    ["of an object's number", ofParameters((p) => (lt(p.w, 1) ? p.w : mul(p.w, 2))), TypeError, unused("lt(args[0].w, 1)")],
    [
      "of an array's",
      ofParameters((p) => (gt(p.rates[1]!, p.w) ? p.w : mul(p.w, 2))),
      TypeError,
      unused("gt(args[0].rates[1], args[0].w)"),
    ],
    ["of what is computed", ofParameters((p) => (gt(sin(p.w), 0) ? p.w : sin(p.w))), TypeError, unused("gt(sin(args[0].w), 0)")],
    [
      "of what is computed in many steps",
      ofParameters((p) => (gt(sin(sin(sin(p.w))), 0) ? p.w : sin(p.w))),
      TypeError,
      unused("gt(sin(sin(…)), 0)"),
    ],
    ["of a host's function", ofParameters((p) => (gt(half(p.w), 0) ? p.w : sin(p.w))), TypeError, unused("gt(half(args[0].w), 0)")],
    ["of vectors", () => compile((x: Value) => (lt(x, 1) ? x : mul(x, 2)), [vector(1, 2)]), TypeError, unused("lt(args[0], 1)")],
    [
      "of a part of a vector, with a constant one",
      () => compile((x: Value) => (lt(slice(x, 1, 3), vector(0.5, 2)) ? x : mul(x, 2)), [vector(1, 2, 3)]),
      TypeError,
      unused("lt(slice(args[0], 1, 3), [0.5, 2])"),
    ],
    [
      "of a maximum",
      () => compile((x: Value) => (gt(max(x), 1) ? x : mul(x, 2)), [vector(1, 2)]),
      TypeError,
      unused("gt(max(args[0]), 1)"),
    ],
    [
      "of many at once",
      () => compile((x: Value) => (gt(concat([at(x, 0), 1, 2, 3, 4]), 1) ? x : mul(x, 2)), [vector(1, 2)]),
      TypeError,
      unused("gt(concat([at(…), 1, 2, 3, …]), 1)"),
    ],
    [
      "the first of several, after some that are used",
      () => grad((x: Value) => (lt(where(lt(x, 0), x, 1), 3) ? where(gt(x, 0), x, 1) : lt(x, 5)))(2),
      TypeError,
      unused("lt(where(lt(…), args[0], 1), 3)"),
    ],
    [
      "in a gradient inside, whose argument is another",
      () => grad((p: { x: Value }) => grad((y: Value) => (lt(y, 1) ? y : mul(y, y)))(p.x))({ x: 2 }),
      TypeError,
      unused("lt(args[0], 1)"),
    ],
    [
      "in a function whose tangent is taken",
      () => jvp((p: { x: Value }) => (lt(p.x, 1) ? p.x : mul(p.x, p.x)))([{ x: 2 }], [{ x: 1 }]),
      TypeError,
      unused("lt(args[0].x, 1)"),
    ],
    [
      "in a function of one point",
      () => vmap((p: { x: Value }) => (lt(p.x, 1) ? p.x : mul(p.x, p.x)))({ x: vector(1, 2) }),
      TypeError,
      unused("lt(args[0].x, 1)"),
    ],
  ]);
});

describe("a comparison", () => {
  const step = (x: Value): Value => gt(x, 1);
  const cases: readonly (readonly [string, () => unknown, unknown])[] = [
    ["returned", () => compile((x: Value) => lt(x, 1), [0])(0), 1],
    ["that folds to a constant", () => grad((x: Value) => (lt(1, 2) ? mul(x, 3) : x))(2), 3],
    ["returned to grad", () => grad(step)(2), 0],
    ["returned to grad of grad", () => grad(grad(step))(2), 0],
    ["returned to jvp", () => jvp(step)([0], [1]), [0, 0]],
    [
      "returned to jvp, beside another",
      () => jvp((x: Value) => [mul(x, x), lt(x, 1)])([3], [1]),
      [
        [9, 0],
        [6, 0],
      ],
    ],
    ["returned to jvp, of a vector", () => directional(step)([vector(0, 2)], [vector(1, 1)]), vector(0, 0)],
    ["returned to directional", () => directional(step)([0], [1]), 0],
    ["returned to hvp", () => hvp(step)([2], 1), 0],
    ["returned to hessian", () => hessian(step)(2), 0],
    ["returned to vjp", () => vjp(step)(2)[1](1), 0],
    ["returned to vmap", () => vmap(step)(vector(0, 2)), vector(0, 1)],
    ["returned to vmap of grad", () => vmap(grad(step))(vector(0, 2)), vector(0, 0)],
    ["returned to a gradient inside", () => grad((x: Value) => add(x, grad(step)(x)))(2), 1],
    [
      "returned to customJvp",
      () =>
        grad(
          customJvp(
            (x: Value) => gt(x, 1),
            (_, [t]) => mul(t, 5),
          ),
        )(2),
      5,
    ],
    ["read in a recording", () => record((x: Value) => (gt(x, 1).value ? x : mul(x, 2)), 2).grad(), 1],
    [
      "read later in a recording",
      () =>
        record((x: Value) => {
          const [low, high] = [lt(x, 0), gt(x, 1)];
          return low.value || high.value ? x : mul(x, 2);
        }, 0.5).grad(),
      2,
    ],
  ];
  test.each(cases)("%s is none that nothing uses", (_, run, right) => expect(run()).toEqual(right));

  refuses([
    [
      "read by `if` in a recording",
      () => record((x: Value) => (gt(x, 3) ? x : mul(x, 2)), 2),
      TypeError,
      /^trace: gt\(args\[0\], 3\) was computed but never used at \S*errors\.test\.ts\S*: `if` cannot see a recorded value; read its number by numberOf\(\)$/,
    ],
  ]);
});

/** What a call throws. */
function failure(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe("a loop that never ends stops", () => {
  // Each records two million rows, once.
  const loops: readonly Mistake[] = [
    [
      "halving",
      () =>
        grad((x: Value) => {
          let y = x;
          while (gt(y, 1)) y = mul(y, 0.5);
          return y;
        })(8),
      TypeError,
      unused("gt(mul(mul(…), 0.5), 1)"),
    ],
    [
      "that changes nothing",
      () =>
        grad((x: Value) => {
          let n = 0;
          while (gt(x, n & 1)) n++;
          return mul(x, n);
        })(8),
      TypeError,
      /^trace: gt\(args\[0\], [01]\) was computed but never used at /,
    ],
    [
      "of long steps, in a gradient inside",
      () =>
        grad((x: Value) =>
          grad((z: Value) => {
            let y = z;
            while (gt(y, 1)) for (let i = 0; i < 1100; i++) y = sin(add(y, i));
            return y;
          })(x),
        )(8),
      TypeError,
      unused("gt(sin(add(…)), 1)"),
    ],
  ];
  test.each(loops)("%s", { timeout: 60_000 }, (_, run, type, message) => {
    const thrown = failure(run);
    expect(thrown).toBeInstanceOf(type);
    expect((thrown as Error).message).toMatch(message);
  });

  test("one that makes as many truth values and uses them ends", () => {
    const f = (x: Value): Value => {
      const above = Array.from({ length: 5000 }, (_, i) => gt(x, i));
      return mul(x, sum(above));
    };
    expect(grad(f)(100.5)).toBe(101);
  });
});

/** A Value whose trace has ended. */
function ended(): Value {
  let kept: Value | undefined;
  grad((x: Value) => (kept = mul(x, x)))(2);
  return kept!;
}

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
      /^trace: expected Values of the trace under way, got one of another trace/,
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

const three = vector(1, 2, 3);
const ofThree = (f: (x: Value) => Value) => () => grad(f)(three);

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
        /^trace: expected a vector of at least one lane, got an empty one at args\[0\]$/,
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

/** A gradient of a function that returns what it must not. */
const returning =
  (result: (x: Value) => unknown, options = {}) =>
  () =>
    grad((x: Value) => untyped(result(x)), options)(1);
const scalarWanted = (came: string): RegExp =>
  new RegExp(`^grad: expected a function with a scalar result, got ${came}\\. Reduce it, with sum or mean, or use hasAux`);

describe("a result that is not a scalar", () => {
  refuses([
    ["a vector", () => grad((x: Value) => mul(x, 2))(three), TypeError, scalarWanted("a vector of 3")],
    ["an array", returning((x) => [x, x]), TypeError, scalarWanted("an array of 2")],
    ["an object", returning((x) => ({ x })), TypeError, scalarWanted("an object")],
    ["nothing", returning(() => undefined), TypeError, scalarWanted("undefined")],
    ["a string", returning(() => "one"), TypeError, scalarWanted('"one"')],
    ["a function", returning(() => () => 1), TypeError, /^trace: expected numbers, .* got a function at result$/],
    [
      "a promise",
      returning((x) => Promise.resolve(x)),
      TypeError,
      /^trace: expected a synchronous function, got one that returns a Promise$/,
    ],
    [
      "of a gradient inside",
      () => grad((x: Value) => sum(untyped(grad((y: Value) => untyped([y, y]))(x))))(1),
      TypeError,
      scalarWanted("an array of 2"),
    ],
    [
      "aux missing",
      returning((x) => x, { hasAux: true }),
      TypeError,
      /^grad: expected a function that returns \[scalar, aux\], since hasAux is set$/,
    ],
    ["aux of two", returning((x) => [x, x, x], { hasAux: true }), TypeError, /^grad: expected a function that returns \[scalar, aux\]/],
    ["aux before the scalar", returning((x) => [{ x }, x], { hasAux: true }), TypeError, scalarWanted("an object")],
    [
      "lane numbers",
      () => compile((i: Indices) => i, [lanes(0)]),
      TypeError,
      /^trace: expected numbers in the result, got lane numbers at result$/,
    ],
  ]);
});

/** A list that contains itself. */
function cyclic(): unknown[] {
  const list: unknown[] = [1];
  list.push({ list });
  return list;
}

const given = (argument: unknown) => () => grad((x: Value) => x)(untyped(argument));
const treeWanted = (came: string): RegExp =>
  new RegExp(`^trace: expected numbers, Float64Arrays, Int32Arrays, or arrays and plain objects of them, got ${came}$`);

describe("arguments that are no trees of numbers", () => {
  refuses([
    ["a Map", given(new Map()), TypeError, treeWanted("a Map at args\\[0\\]")],
    ["a Set inside", given([{ "two words": new Set() }]), TypeError, treeWanted('a Set at args\\[0\\]\\[0\\]\\["two words"\\]')],
    ["a class instance", given({ day: new Date() }), TypeError, treeWanted("a Date at args\\[0\\]\\.day")],
    [
      "64-bit integers",
      given(new BigInt64Array(3)),
      TypeError,
      treeWanted("a BigInt64Array of 3 at args\\[0\\]\\. Make it numbers: Float64Array\\.from\\(x, Number\\)"),
    ],
    ["a DataView", given({ x: new DataView(new ArrayBuffer(8)) }), TypeError, treeWanted("a DataView of 8 at args\\[0\\]\\.x")],
    ["an ArrayBuffer", given(new ArrayBuffer(8)), TypeError, treeWanted("an ArrayBuffer at args\\[0\\]")],
    [
      "an ndarray",
      given(new Ndarray([3])),
      TypeError,
      treeWanted("a Ndarray at args\\[0\\]\\. Write vector\\(x\\), which copies its numbers".replace("a Nd", "an? Nd")),
    ],
    [
      "an ndarray of rank 2",
      given(new Ndarray([3, 2])),
      TypeError,
      treeWanted("an? Ndarray at args\\[0\\]\\. Take it apart into vectors of rank 1"),
    ],
    [
      "a column of another library",
      given({ x: new Column([1, 2]) }),
      TypeError,
      treeWanted("a Column at args\\[0\\]\\.x\\. Write vector\\(x\\), which copies its numbers"),
    ],
    ["a hole", given([[1], , [3]]), TypeError, /^trace: expected an array without holes, got one at args\[0\]\[1\]$/], // eslint-disable-line no-sparse-arrays
    ["a hole among numbers", given({ v: [1, , 3] }), TypeError, /^trace: expected an array without holes, got one at args\[0\]\.v\[1\]$/], // eslint-disable-line no-sparse-arrays
    ["a hole at the end", given(new Array(2)), TypeError, /^trace: expected an array without holes, got one at args\[0\]\[0\]$/],
    [
      "a hole in what is returned",
      () => compile((x: Value) => untyped([[x], , x]), [1]), // eslint-disable-line no-sparse-arrays
      TypeError,
      /^trace: expected an array without holes, got one at result\[1\]$/,
    ],
    [
      "another element than a number, of a compiled function",
      () => (compile((x: Value[]) => sum(x), [[1, 2, 3]]) as (x: unknown) => number)([1, undefined, 3]),
      TypeError,
      /^step: expected a number, got undefined at args\[0\]\[1\]\. Compile/,
    ],
    ["a bigint", given(3n), TypeError, treeWanted("3n at args\\[0\\]")],
    ["a function", given(Math.sin), TypeError, treeWanted("a function at args\\[0\\]")],
    ["a symbol", given(Symbol("x")), TypeError, treeWanted("a symbol at args\\[0\\]")],
    [
      "a cycle",
      given(cyclic()),
      TypeError,
      /^trace: expected a tree, got more than 200 levels at args\[0\]\[1\]\.list.*…\. Does it contain itself\?$/,
    ],
  ]);
});

describe("arguments to differentiate by", () => {
  const ofArgnums =
    (argnums: unknown, options = {}) =>
    () =>
      grad((x: Value) => x, { argnums: untyped(argnums), ...options })(1);
  refuses([
    ["beyond the last", ofArgnums(1), RangeError, /^grad: expected argnums from 0 to 0, got 1$/],
    ["negative", ofArgnums(-1), RangeError, /^grad: expected argnums from 0 to 0, got -1$/],
    ["not whole", ofArgnums([0, 0.5]), RangeError, /^grad: expected argnums from 0 to 0, got 0.5$/],
    [
      "static",
      ofArgnums(0, { staticArgnums: 0 }),
      TypeError,
      /^grad: expected an argument that is not static, got argument 0, which staticArgnums names$/,
    ],
    [
      "lane numbers",
      () => grad((i: Indices, x: Value) => sum(take(x, i)))(lanes(0), three),
      TypeError,
      /^grad: expected argument 0 to hold numbers to differentiate by, got none$/,
    ],
    [
      "a string",
      () => grad((_: string, x: Value) => x)("a", 1),
      TypeError,
      /^grad: expected argument 0 to hold numbers to differentiate by, got none$/,
    ],
  ]);
});

describe("what is not there to be transformed", () => {
  refuses([
    ["grad of a number", () => grad(untyped(5)), TypeError, /^grad: expected a function, got 5$/],
    ["valueAndGrad of nothing", () => valueAndGrad(untyped(undefined)), TypeError, /^valueAndGrad: expected a function, got undefined$/],
    ["compile of an array", () => compile(untyped([1]), untyped([1])), TypeError, /^compile: expected a function, got an array of 1$/],
    ["trace of a string", () => trace(untyped("x"), untyped([1])), TypeError, /^trace: expected a function, got "x"$/],
    [
      "compile without a list of arguments",
      () => compile((x: Value) => x, untyped(3)),
      TypeError,
      /^compile: expected an array of arguments, got 3$/,
    ],
    [
      "an engine that is none",
      () => compile((x: Value) => x, [1], { engine: untyped("gpu") }),
      RangeError,
      /^compile: expected engine to be one of auto, reference, tape, kernel, jit, got "gpu"$/,
    ],
    [
      "an engine that is an object's property",
      () => grad((x: Value) => x, { engine: untyped("toString") })(1),
      RangeError,
      /got "toString"$/,
    ],
  ]);
});
