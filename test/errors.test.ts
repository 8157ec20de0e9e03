/** Every mistake a user can make gets an error that says what was expected and what came; NaN is not an error. */
import { describe, expect, test } from "vitest";
import {
  acosh,
  add,
  argmin,
  at,
  broadcast,
  compile,
  concat,
  cumsum,
  dot,
  GraphError,
  grad,
  type Indices,
  log,
  logSumExp,
  lt,
  max,
  mean,
  mul,
  norm,
  OutOfMemoryError,
  parse,
  pow,
  prod,
  reverse,
  segmentSum,
  sin,
  slice,
  sqrt,
  sum,
  take,
  trace,
  type Value,
  valueAndGrad,
} from "wengert";
import { load } from "wengert/slim";
import { kernelBase64 } from "../src/generated/kernel.js";
import { engines } from "./engines.js";

const vector = (...x: number[]): Float64Array => Float64Array.from(x);
const lanes = (...x: number[]): Int32Array => Int32Array.from(x);
/** What a user who does not check types may pass. */
const untyped = (x: unknown): never => x as never;
const asNumber = (x: Value): number => x as unknown as number;

/** A mistake: what it is, the code, the class of the error and its message. */
type Mistake = readonly [name: string, code: () => unknown, type: new (...args: never[]) => Error, message: RegExp];

const refuses = (mistakes: readonly Mistake[]): void => {
  test.each(mistakes)("%s", (_, code, type, message) => {
    expect(code).toThrow(type);
    expect(code).toThrow(message);
  });
};

/** Applies a use that is wrong to a traced scalar. */
const used = (use: (x: Value) => unknown) => () => grad((x: Value) => untyped(use(x)))(2);

describe("a Value where a number is needed", () => {
  const row = "got the traced %0 = input leaf=0 offset=0. Use the functions of this library";
  const message = (before: string): RegExp => new RegExp(`^Value: expected ${before}, ${row.replaceAll(".", "\\.")}`);
  refuses([
    ["<", used((x) => asNumber(x) < 1), TypeError, message("a number")],
    ["+", used((x) => asNumber(x) + 1), TypeError, message("a number")],
    ["unary −", used((x) => -asNumber(x)), TypeError, message("a number")],
    ["==", used((x) => x == untyped(2)), TypeError, message("a number")],
    ["Math.sin", used((x) => Math.sin(asNumber(x))), TypeError, message("a number")],
    ["a template", used((x) => `${asNumber(x)}`), TypeError, message("text")],
    ["an index", used((x) => [1, 2, 3][asNumber(x)]), TypeError, message("text")],
    ["JSON.stringify", used((x) => JSON.stringify({ x })), TypeError, message("a number in JSON.stringify")],
    ["iteration", () => grad((x: Value) => sum([...untyped(x)]))(vector(1, 2)), TypeError, /^Value: expected an array to iterate over, got the traced %0 = input leaf=0 offset=0 : \[2\]\./],
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

describe("a comparison that nothing uses", () => {
  const message = /^trace: lt\(…\) was computed but never used: `if` cannot see a traced value; use where\(\)/;
  refuses([
    ["in `if`", () => grad((x: Value) => (lt(x, 1) ? x : mul(x, 2)))(2), TypeError, message],
    ["in a gradient inside", () => grad((x: Value) => grad((y: Value) => (lt(y, 1) ? y : mul(y, y)))(x))(2), TypeError, message],
    ["of vectors", () => compile((x: Value) => (lt(x, 1) ? x : mul(x, 2)), [vector(1, 2)]), TypeError, message],
  ]);

  test("is none where it is returned, or folds to a constant", () => {
    expect(compile((x: Value) => lt(x, 1), [0])(0)).toBe(1);
    expect(grad((x: Value) => (lt(1, 2) ? mul(x, 3) : x))(2)).toBe(3);
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
    ["after it", () => add(ended(), 1), TypeError, /^add: expected a Value of the trace under way, got one whose trace has ended\. A Value lives only while its function is traced$/],
    ["in another", () => grad((x: Value) => mul(x, ended()))(2), TypeError, /^mul: expected a Value of the trace under way, got one whose trace has ended/],
    ["as another's result", () => grad((_: Value) => ended())(2), TypeError, /^trace: expected Values of the trace under way, got one of another trace/],
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
    ["take of a constant", ofThree((x) => sum(take(x, lanes(0, 1, 3)))), RangeError, /^take: expected an index from 0 to 2, got 3 in lane 2$/],
    ["segmentSum by a constant", ofThree((x) => sum(segmentSum(x, lanes(0, -1, 1), 2))), RangeError, /^segmentSum: expected an index from 0 to 1, got -1 in lane 1$/],
    ["segmentSum into none", ofThree((x) => sum(segmentSum(x, lanes(0, 0, 0), 0))), RangeError, /^segmentSum: expected a number of segments from 1, got 0$/],
    ["segmentSum by too few", ofThree((x) => sum(segmentSum(x, lanes(0, 1), 2))), RangeError, /^segmentSum: expected one index a lane, got 2 for 3 lanes$/],
    ["broadcast into none", () => grad((x: Value) => sum(broadcast(x, 0)))(1), RangeError, /^broadcast: expected a number of lanes from 1, got 0$/],
    ["broadcast of a vector", ofThree((x) => sum(broadcast(x, 3))), TypeError, /^broadcast: expected a scalar, got a vector of 3$/],
    ["vectors of two lengths", ofThree((x) => sum(add(x, vector(1, 2)))), RangeError, /^add: expected operands of one length, got 3 and 2 lanes$/],
    ["vectors of two lengths, of numbers", () => add(three, vector(1, 2)), RangeError, /^add: expected operands of one length, got 3 and 2 lanes$/],
    ["dot of two lengths", ofThree((x) => dot(x, vector(1, 2))), RangeError, /^dot: expected operands of one length, got 3 and 2$/],
    ["dot of arrays of two lengths", () => dot([1, 2], [1]), RangeError, /^dot: expected operands of one length, got 2 and 1$/],
    ["a reduction of a scalar", () => grad((x: Value) => sum(x))(1), TypeError, /^sum: expected a vector or an array, got a scalar Value$/],
    ["lane numbers in an array", ofThree((x) => sum(take(x, untyped([0])))), TypeError, /^take: expected lane numbers in an Int32Array, Indices or a Value, got an array of 1$/],
    ["lane numbers as numbers", () => grad((x: Value, i: Indices) => sum(add(x, untyped(i))))(three, lanes(0, 1, 2)), TypeError, /^add: expected a number, a Float64Array or a Value, got an? Indices/],
    ["an op of an array", () => sin(untyped([1, 2])), TypeError, /^sin: expected a number, a Float64Array or a Value, got an array of 2\. Apply it to the array's elements, or use concat/],
    ["an op of a string", () => grad((x: Value) => x.mul(untyped("2")))(1), TypeError, /^mul: expected a number, a Float64Array or a Value, got "2"$/],
    ["an op of nothing", () => grad((x: Value) => add(x, untyped(undefined)))(1), TypeError, /^add: expected a number, a Float64Array or a Value, got undefined$/],
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
      ["an argument", () => grad((x: Value) => sum(x))(vector()), RangeError, /^trace: expected a vector of at least one lane, got an empty one at args\[0\]$/],
      ["a column of lane numbers", () => grad((x: { y: Value; i: Indices }) => sum(take(x.y, x.i)))({ y: three, i: lanes() }), RangeError, /got an empty one at args\[0\]\.i$/],
    ]);
  });
});

describe.each(engines)("lane numbers, when run in %s", (engine) => {
  const options = { engine };
  const mistakes: Mistake[] = [
    ["take", () => grad((x: Value, i: Indices) => sum(take(x, i)), options)(three, lanes(0, -1)), RangeError, /^take: expected an index from 0 to 2, got -1 in lane 1$/],
    ["take by a Value that is not whole", () => grad((x: Value, i: Value) => sum(take(x, i)), options)(three, vector(0, 1, 0.5)), RangeError, /^take: expected an index from 0 to 2, got 0.5 in lane 2$/],
    ["take by a NaN", () => grad((x: Value, i: Value) => sum(take(x, i)), options)(three, vector(NaN)), RangeError, /^take: expected an index from 0 to 2, got NaN in lane 0$/],
    ["take by a scalar", () => grad((x: Value, i: Value) => take(x, i).mul(2), options)(three, 3), RangeError, /^take: expected an index from 0 to 2, got 3 in lane 0$/],
    ["segmentSum", () => grad((x: Value, i: Indices) => sum(segmentSum(x, i, 2).square()), options)(three, lanes(0, 1, 2)), RangeError, /^segmentSum: expected an index from 0 to 1, got 2 in lane 2$/],
  ];
  refuses(mistakes);

  test("leave the function usable", () => {
    const step = compile(valueAndGrad((x: Value, i: Indices) => sum(take(x, i).square())), [three, lanes(0, 2)], options);
    for (const wrong of [3, -1, 2 ** 31 - 1]) {
      step.inputs[1][0] = wrong;
      expect(() => step.run()).toThrow(`take: expected an index from 0 to 2, got ${wrong} in lane 0`);
    }
    expect(step(three, lanes(1, 1))).toEqual([8, vector(0, 8, 0)]);
  });

  test("of the last lane of many are checked", () => {
    const many = new Int32Array(1001);
    many[1000] = 3;
    expect(() => grad((x: Value, i: Indices) => sum(take(x, i)), options)(three, many)).toThrow("got 3 in lane 1000");
  });
});

/** A gradient of a function that returns what it must not. */
const returning = (result: (x: Value) => unknown, options = {}) => () => grad((x: Value) => untyped(result(x)), options)(1);
const scalarWanted = (came: string): RegExp => new RegExp(`^grad: expected a function with a scalar result, got ${came}\\. Reduce it, with sum or mean, or use hasAux`);

describe("a result that is not a scalar", () => {
  refuses([
    ["a vector", () => grad((x: Value) => mul(x, 2))(three), TypeError, scalarWanted("a vector of 3")],
    ["an array", returning((x) => [x, x]), TypeError, scalarWanted("an array of 2")],
    ["an object", returning((x) => ({ x })), TypeError, scalarWanted("an object")],
    ["nothing", returning(() => undefined), TypeError, scalarWanted("undefined")],
    ["a string", returning(() => "one"), TypeError, scalarWanted('"one"')],
    ["a function", returning(() => () => 1), TypeError, /^trace: expected numbers, .* got a function at result$/],
    ["a promise", returning((x) => Promise.resolve(x)), TypeError, /^trace: expected a synchronous function, got one that returns a Promise$/],
    ["of a gradient inside", () => grad((x: Value) => sum(untyped(grad((y: Value) => untyped([y, y]))(x))))(1), TypeError, scalarWanted("an array of 2")],
    ["aux missing", returning((x) => x, { hasAux: true }), TypeError, /^grad: expected a function that returns \[scalar, aux\], since hasAux is set$/],
    ["aux of two", returning((x) => [x, x, x], { hasAux: true }), TypeError, /^grad: expected a function that returns \[scalar, aux\]/],
    ["aux before the scalar", returning((x) => [{ x }, x], { hasAux: true }), TypeError, scalarWanted("an object")],
    ["lane numbers", () => compile((i: Indices) => i, [lanes(0)]), TypeError, /^trace: expected numbers in the result, got lane numbers at result$/],
  ]);
});

/** A list that contains itself. */
function cyclic(): unknown[] {
  const list: unknown[] = [1];
  list.push({ list });
  return list;
}

const given = (argument: unknown) => () => grad((x: Value) => x)(untyped(argument));
const treeWanted = (came: string): RegExp => new RegExp(`^trace: expected numbers, Float64Arrays, Int32Arrays, or arrays and plain objects of them, got ${came}$`);

describe("arguments that are no trees of numbers", () => {
  refuses([
    ["a Map", given(new Map()), TypeError, treeWanted("a Map at args\\[0\\]")],
    ["a Set inside", given([{ "two words": new Set() }]), TypeError, treeWanted('a Set at args\\[0\\]\\[0\\]\\["two words"\\]')],
    ["a class instance", given({ day: new Date() }), TypeError, treeWanted("a Date at args\\[0\\]\\.day")],
    ["a Float32Array", given(new Float32Array(3)), TypeError, treeWanted("a Float32Array of 3 at args\\[0\\]")],
    ["a bigint", given(3n), TypeError, treeWanted("3n at args\\[0\\]")],
    ["a function", given(Math.sin), TypeError, treeWanted("a function at args\\[0\\]")],
    ["a symbol", given(Symbol("x")), TypeError, treeWanted("a symbol at args\\[0\\]")],
    ["a cycle", given(cyclic()), TypeError, /^trace: expected a tree, got more than 200 levels at args\[0\]\[1\]\.list.*…\. Does it contain itself\?$/],
  ]);
});

describe("arguments to differentiate by", () => {
  const ofArgnums = (argnums: unknown, options = {}) => () => grad((x: Value) => x, { argnums: untyped(argnums), ...options })(1);
  refuses([
    ["beyond the last", ofArgnums(1), RangeError, /^grad: expected argnums from 0 to 0, got 1$/],
    ["negative", ofArgnums(-1), RangeError, /^grad: expected argnums from 0 to 0, got -1$/],
    ["not whole", ofArgnums([0, 0.5]), RangeError, /^grad: expected argnums from 0 to 0, got 0.5$/],
    ["static", ofArgnums(0, { staticArgnums: 0 }), TypeError, /^grad: expected an argument that is not static, got argument 0, which staticArgnums names$/],
    ["lane numbers", () => grad((i: Indices, x: Value) => sum(take(x, i)))(lanes(0), three), TypeError, /^grad: expected argument 0 to hold numbers to differentiate by, got none$/],
    ["a string", () => grad((_: string, x: Value) => x)("a", 1), TypeError, /^grad: expected argument 0 to hold numbers to differentiate by, got none$/],
  ]);
});

describe("what is not there to be transformed", () => {
  refuses([
    ["grad of a number", () => grad(untyped(5)), TypeError, /^grad: expected a function, got 5$/],
    ["valueAndGrad of nothing", () => valueAndGrad(untyped(undefined)), TypeError, /^valueAndGrad: expected a function, got undefined$/],
    ["compile of an array", () => compile(untyped([1]), untyped([1])), TypeError, /^compile: expected a function, got an array of 1$/],
    ["trace of a string", () => trace(untyped("x"), untyped([1])), TypeError, /^trace: expected a function, got "x"$/],
    ["compile without a list of arguments", () => compile((x: Value) => x, untyped(3)), TypeError, /^compile: expected an array of arguments, got 3$/],
    ["an engine that is none", () => compile((x: Value) => x, [1], { engine: untyped("gpu") }), RangeError, /^compile: expected engine to be one of auto, reference, kernel, got "gpu"$/],
    ["an engine that is an object's property", () => grad((x: Value) => x, { engine: untyped("toString") })(1), RangeError, /got "toString"$/],
  ]);
});

describe.each(engines)("a structure that changed, in %s", (engine) => {
  const f = (p: { a: Value; b: Value[] }, mode: string): Value => (mode === "sum" ? add(p.a, sum(p.b)) : p.a);
  const step = compile(f, [{ a: 1, b: [1, 2] }, "sum"], { engine });
  const call = (...args: unknown[]) => () => (step as (...args: unknown[]) => unknown)(...args);
  const message = (text: string): RegExp => new RegExp(`^step: expected ${text}\\. Compile the function for arguments of this structure$`);
  refuses([
    ["a shorter array", call({ a: 1, b: [1] }, "sum"), TypeError, message("an array of 2 numbers, got an array of 1 at args\\[0\\]\\.b")],
    ["an array of arrays", call({ a: 1, b: [[1], [2]] }, "sum"), TypeError, message("an array of 2 numbers, got an array of 2 at args\\[0\\]\\.b")],
    ["an array with a string", call({ a: 1, b: [1, "2"] }, "sum"), TypeError, message("an array of 2 numbers, got an array of 2 at args\\[0\\]\\.b")],
    ["another key", call({ a: 1, c: [1, 2] }, "sum"), TypeError, message("an object with a, b, got one with a, c at args\\[0\\]")],
    ["one key more", call({ a: 1, b: [1, 2], c: 0 }, "sum"), TypeError, message("an object with a, b, got one with a, b, c at args\\[0\\]")],
    ["a vector for a number", call({ a: three, b: [1, 2] }, "sum"), TypeError, message("a number, got a Float64Array of 3 at args\\[0\\]\\.a")],
    ["another string", call({ a: 1, b: [1, 2] }, "first"), TypeError, message('"sum", got "first" at args\\[1\\]')],
    ["too few arguments", call({ a: 1, b: [1, 2] }), TypeError, message("an array of 2, got an array of 1 at args")],
    ["no object", call(null, "sum"), TypeError, message("an object with a, b, got null at args\\[0\\]")],
  ]);

  test("is none where an array of numbers comes as a Float64Array", () => expect(step({ a: 1, b: vector(4, 5) as never }, "sum")).toBe(10));
});

describe.each(engines)("outside a domain in %s", (engine) => {
  test.each([
    { name: "log", f: log, x: -1, gradient: -1 },
    { name: "sqrt", f: sqrt, x: -4, gradient: NaN },
    { name: "acosh", f: acosh, x: 0.5, gradient: NaN },
    { name: "a power", f: (x: Value) => pow(x, 0.5), x: -1, gradient: NaN },
  ])("$name is NaN and no error", ({ f, x, gradient }) => {
    expect(valueAndGrad(f as (x: Value) => Value, { engine })(x)).toEqual([NaN, gradient]);
  });
});

describe("memory", () => {
  const crossing = (lanes: number) => () => compile((x: Value) => sum(reverse(cumsum(mul(x, broadcast(x, lanes))))), [1], { engine: "kernel" });

  test("beyond what a memory can be: says how much was needed and the limit", () => {
    expect(crossing(2 ** 30)).toThrow(OutOfMemoryError);
    expect(crossing(2 ** 30)).toThrow(/^compile: expected to need at most 4294967296 bytes \(4 GiB\), got \d{10,}\. Evaluate fewer lanes at a time$/);
  });

  test("of more lanes than can be counted", () => expect(() => grad((x: Value) => sum(broadcast(x, 2 ** 32 + 1)))(1)).toThrow(RangeError));

  test.each(engines)("given back: any use after dispose throws in %s", (engine) => {
    const step = compile(valueAndGrad((x: Value) => sum(x)), [three], { engine });
    step.dispose();
    step.dispose();
    const message = "step: expected a function that is in use, got one that was disposed of. Compile it again";
    expect(() => step(three)).toThrow(message);
    expect(() => step.run()).toThrow(message);
  });
});

describe("a kernel that is none", () => {
  /** Evaluates with another kernel, and puts the right one back. */
  const withKernel = (kernel: Parameters<typeof load>[0]) => () => {
    load(kernel);
    try {
      compile((x: Value) => mul(x, x), [1], { engine: "kernel" });
    } finally {
      load(() => Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0)));
    }
  };
  refuses([
    ["bytes that are no module", withKernel(Uint8Array.of(1, 2, 3)), Error, /^load: expected a WebAssembly module that this engine accepts, got one it does not\. The kernel needs SIMD/],
    ["no bytes", withKernel(() => new Uint8Array()), Error, /^load: expected a WebAssembly module/],
  ]);

  test("leaves the right one working", () => expect(grad((x: Value) => mul(x, x))(3)).toBe(6));
});

describe("a graph's text", () => {
  const malformed: [text: string, message: RegExp][] = [
    ["", /^parseGraph: expected a last line such as return %3, got none$/],
    ["%0 = input leaf=0 offset=0", /expected a last line such as return %3/],
    ["%1 = input leaf=0 offset=0\nreturn %1", /^parseGraph: expected row %0, got "%1 = .*" in line 1$/],
    ["hello\nreturn %0", /^parseGraph: expected a row such as %3 = mul %0 %2, got "hello" in line 1$/],
    ["%0 = frobnicate %1\nreturn %0", /^parseGraph: expected a known op, got/],
    ["%0 = constant one\nreturn %0", /expected a number for "one"/],
    ["%0 = constant 1 2\nreturn %0", /expected one number/],
    ["%0 = constant 1\n%1 = add %0\nreturn %1", /^parseGraph: expected 2 operands of add, got "%1 = add %0" in line 2$/],
    ["%0 = constant 1\n%1 = sin x\nreturn %1", /^parseGraph: expected a row number such as %3/],
    ["%0 = constant 1\n%1 = sin %0 : [0]\nreturn %1", /expected a shape of at least one lane/],
    ["%0 = constant 1\n%1 = sin %0 : [99999999999]\nreturn %1", /expected a shape of at least one lane/],
    ["%0 = vector 1, 2 : [2]\nreturn %0", /expected numbers in brackets/],
    ["%0 = vector [1, ] : [2]\nreturn %0", /expected a number for ""/],
    ["%0 = vector [1, two] : [2]\nreturn %0", /expected a number for "two"/],
    ["%0 = input leaf=0\nreturn %0", /expected 0 operands and 2 attributes of input/],
    ["%0 = input leaf=-1 offset=0\nreturn %0", /expected leaf= and a whole number/],
    ["%0 = input leaf=0 offset=0\nreturn %0\n%1 = sin %0", /expected nothing after the return line/],
    ["%0 = input leaf=0 offset=0\nreturn 0", /expected a row number such as %3/],
    ["%0 = input leaf=0 offset=0\nreturn %1", /^verify: expected a row below 1, got 1$/],
    ["%0 = sin %0\nreturn %0", /^verify: expected operand 0 to be an earlier row, got %0 in row 0, sin$/],
    ["%0 = sin %7\nreturn %0", /expected operand 0 to be an earlier row, got %7 in row 0/],
    ["%0 = input leaf=0 offset=0\n%1 = sin %0 : [3]\nreturn %1", /^verify: expected the shape its inputs have together in row 1, sin/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = input leaf=1 offset=0 : [3]\n%2 = add %0 %1 : [3]\nreturn %2", /^verify: expected vectors of one length in row 2, add/],
    ["%0 = indices leaf=0 : [2]\n%1 = sin %0 : [2]\nreturn %1", /^verify: expected numbers, got lane numbers in row 1, sin/],
    ["%0 = indices leaf=0 : [2]\nreturn %0", /^verify: expected numbers among the results, got lane numbers in row 0$/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = at %0 index=2\nreturn %1", /^verify: expected a lane of a vector in row 1, at/],
    ["%0 = input leaf=0 offset=0\n%1 = at %0 index=0\nreturn %1", /^verify: expected a lane of a vector/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = slice %0 start=1 : [2]\nreturn %1", /^verify: expected lanes of a vector in row 1, slice/],
    ["%0 = input leaf=0 offset=0\n%1 = sum %0\nreturn %1", /^verify: expected a vector into a scalar in row 1, sum/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = sum %0 : [2]\nreturn %1", /^verify: expected a vector into a scalar/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = broadcast %0 : [2]\nreturn %1", /^verify: expected a scalar into a vector/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = cumsum %0 : [3]\nreturn %1", /^verify: expected a vector of its shape/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = assemble %0@2 : [3]\nreturn %1", /^verify: expected piece 0 inside 3 lanes, got it at 2 in row 1, assemble/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = assemble %0@0\nreturn %1", /^verify: expected scalar pieces in a scalar/],
    ["%0 = input leaf=0 offset=0\n%1 = assemble\nreturn %1", /expected pieces/],
    ["%0 = input leaf=0 offset=0\n%1 = assemble %0\nreturn %1", /expected offset= and a whole number/],
    ["%0 = vector [1, 2] : [3]\nreturn %0", /^verify: expected a constant vector of its length/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = indexVector [0, 2] : [2]\n%2 = take %0 %1 : [2]\nreturn %2", /^verify: expected lane numbers from 0 to 1, got 2 in lane 1 in row 2, take/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = indexVector [0.5, 1] : [2]\n%2 = take %0 %1 : [2]\nreturn %2", /expected whole numbers in brackets/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = indexVector [0, 1, 1] : [3]\n%2 = take %0 %1 : [2]\nreturn %2", /^verify: expected lanes of a vector, as many as lane numbers/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = indexVector [0, 1, 1] : [3]\n%2 = segmentSum %0 %1 : [2]\nreturn %2", /^verify: expected a lane number for each lane/],
  ];
  test.each(malformed)("%j", (text, message) => {
    expect(() => parse(text)).toThrow(GraphError);
    expect(() => parse(text)).toThrow(message);
  });
});
