/** What can go wrong when a function is compiled or run: lane numbers, structure, memory, the kernel. NaN is not an error. */
import { describe, expect, test } from "vitest";
import {
  acosh,
  add,
  broadcast,
  compile,
  cumsum,
  grad,
  type Indices,
  log,
  mul,
  OutOfMemoryError,
  pow,
  reverse,
  segmentSum,
  sqrt,
  sum,
  take,
  type Value,
  valueAndGrad,
} from "wengert";
import { load } from "wengert/slim";
import { kernelBytes } from "../src/engines/kernel/generated/kernel.js";
import { engines } from "./engines.js";
import { type Mistake, lanes, refuses, vector } from "./mistakes.js";

const three = vector(1, 2, 3);

describe.each(engines)("lane numbers, when run in %s", (engine) => {
  const options = { engine };
  const mistakes: Mistake[] = [
    [
      "take",
      () => grad((x: Value, i: Indices) => sum(take(x, i)), options)(three, lanes(0, -1)),
      RangeError,
      /^take or segmentSum: expected an index from 0 to 2, got -1 in lane 1$/,
    ],
    [
      "take by a Value that is not whole",
      () => grad((x: Value, i: Value) => sum(take(x, i)), options)(three, vector(0, 1, 0.5)),
      RangeError,
      /^take or segmentSum: expected an index from 0 to 2, got 0.5 in lane 2$/,
    ],
    [
      "take by a NaN",
      () => grad((x: Value, i: Value) => sum(take(x, i)), options)(three, vector(NaN)),
      RangeError,
      /^take or segmentSum: expected an index from 0 to 2, got NaN in lane 0$/,
    ],
    [
      "take by a scalar",
      () => grad((x: Value, i: Value) => take(x, i).mul(2), options)(three, 3),
      RangeError,
      /^take or segmentSum: expected an index from 0 to 2, got 3 in lane 0$/,
    ],
    [
      "segmentSum",
      () => grad((x: Value, i: Indices) => sum(segmentSum(x, i, 2).square()), options)(three, lanes(0, 1, 2)),
      RangeError,
      /^take or segmentSum: expected an index from 0 to 1, got 2 in lane 2$/,
    ],
  ];
  refuses(mistakes);

  test("leave the function usable", () => {
    const step = compile(
      valueAndGrad((x: Value, i: Indices) => sum(take(x, i).square())),
      [three, lanes(0, 2)],
      options,
    );
    for (const wrong of [3, -1, 2 ** 31 - 1]) {
      step.inputs[1][0] = wrong;
      expect(() => step.run()).toThrow(`take or segmentSum: expected an index from 0 to 2, got ${wrong} in lane 0`);
    }
    expect(step(three, lanes(1, 1))).toEqual([8, vector(0, 8, 0)]);
  });

  test("of the last lane of many are checked", () => {
    const many = new Int32Array(1001);
    many[1000] = 3;
    expect(() => grad((x: Value, i: Indices) => sum(take(x, i)), options)(three, many)).toThrow("got 3 in lane 1000");
  });
});

describe.each(engines)("a structure that changed, in %s", (engine) => {
  const f = (p: { a: Value; b: Value[] }, mode: string): Value => (mode === "sum" ? add(p.a, sum(p.b)) : p.a);
  const step = compile(f, [{ a: 1, b: [1, 2] }, "sum"], { engine });
  const call =
    (...args: unknown[]) =>
    () =>
      (step as (...args: unknown[]) => unknown)(...args);
  const message = (text: string): RegExp => new RegExp(`^step: expected ${text}\\. Compile the function for arguments of this structure$`);
  refuses([
    ["a shorter array", call({ a: 1, b: [1] }, "sum"), TypeError, message("an array of 2 numbers, got an array of 1 at args\\[0\\]\\.b")],
    [
      "an array of arrays",
      call({ a: 1, b: [[1], [2]] }, "sum"),
      TypeError,
      message("a number, got an array of 1 at args\\[0\\]\\.b\\[0\\]"),
    ],
    ["an array with a string", call({ a: 1, b: [1, "2"] }, "sum"), TypeError, message('a number, got "2" at args\\[0\\]\\.b\\[1\\]')],
    ["another key", call({ a: 1, c: [1, 2] }, "sum"), TypeError, message("an object with a, b, got one with a, c at args\\[0\\]")],
    [
      "one key more",
      call({ a: 1, b: [1, 2], c: 0 }, "sum"),
      TypeError,
      message("an object with a, b, got one with a, b, c at args\\[0\\]"),
    ],
    [
      "a vector for a number",
      call({ a: three, b: [1, 2] }, "sum"),
      TypeError,
      message("a number, got a Float64Array of 3 at args\\[0\\]\\.a"),
    ],
    ["another string", call({ a: 1, b: [1, 2] }, "first"), TypeError, message('"sum", got "first" at args\\[1\\]')],
    ["too few arguments", call({ a: 1, b: [1, 2] }), TypeError, message("2 arguments, got 1")],
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
    expect(valueAndGrad(f, { engine })(x)).toEqual([NaN, gradient]);
  });
});

describe("memory", () => {
  const crossing = (lanes: number) => () =>
    compile((x: Value) => sum(reverse(cumsum(mul(x, broadcast(x, lanes))))), [1], { engine: "kernel" });

  test("beyond what a memory can be: says how much was needed and the limit", () => {
    expect(crossing(2 ** 30)).toThrow(OutOfMemoryError);
    expect(crossing(2 ** 30)).toThrow(
      /^compile: expected to need at most 4294967296 bytes \(4 GiB\), got \d{10,}\. Evaluate fewer lanes at a time$/,
    );
  });

  test("of more lanes than can be counted", () => expect(() => grad((x: Value) => sum(broadcast(x, 2 ** 32 + 1)))(1)).toThrow(RangeError));

  test.each(engines)("given back: any use after dispose throws in %s", (engine) => {
    const step = compile(
      valueAndGrad((x: Value) => sum(x)),
      [three],
      { engine },
    );
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
      load(kernelBytes);
    }
  };
  refuses([
    [
      "bytes that are no module",
      withKernel(Uint8Array.of(1, 2, 3)),
      Error,
      /^load: expected the bytes of wengert\/kernel\.wasm, got bytes that are no WebAssembly module$/,
    ],
    ["no bytes", withKernel(() => new Uint8Array()), Error, /^load: expected the bytes of wengert\/kernel\.wasm/],
    [
      "a module that is cut short",
      withKernel(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 9)),
      Error,
      /^load: expected a WebAssembly module that this engine accepts, got one it does not\. The kernel needs SIMD/,
    ],
    [
      "a promise of bytes",
      () => load(Promise.resolve(new Uint8Array())),
      TypeError,
      /^load: expected the bytes of wengert\/kernel\.wasm or a WebAssembly\.Module, got a Promise$/,
    ],
  ]);

  test("leaves the right one working", () => expect(grad((x: Value) => mul(x, x))(3)).toBe(6));
});
