/** Portable modules: run without the library and loaded again, they give what the jit engine gives; what cannot be one is refused. */
import { describe, expect, test } from "vitest";
import {
  type CompileOptions,
  compile,
  hostOp,
  type Indices,
  loadModule,
  loadModuleAsync,
  mul,
  sin,
  type Step,
  sum,
  take,
  type Value,
  valueAndGrad,
} from "wengert";
import { load } from "wengert/slim";
import { kernelBytes } from "../src/engines/kernel/generated/kernel.js";
import { compiled, engines } from "./engines.js";
import { type Mistake, lanes, refuses, untyped, vector } from "./mistakes.js";
import { erased, numbersOf } from "./modes.js";
import { programs } from "./programs.js";
import { bitsOf, Host } from "./wasmhost.js";

/** The bits of every number of a result, in order. */
const resultBits = (result: unknown): string[] => bitsOf(numbersOf(result));

/** A function compiled, whatever its types. */
const stepFor = (f: (...args: never[]) => unknown, args: readonly unknown[], options: CompileOptions = {}): Step<unknown[], unknown> =>
  compile(f as (...args: unknown[]) => unknown, [...args], options);

describe.each(programs)("$name", ({ f, args }) => {
  const step = compiled(valueAndGrad(erased(f)), args, "jit");
  const wanted = resultBits(step(...args));
  const bytes = step.toWasm();

  test("in plain JavaScript", () => {
    const host = new Host(bytes);
    host.write(args);
    expect(host.run()).toBe(0);
    expect(bitsOf(host.read())).toEqual(wanted);
  });

  test("loaded, called twice, and run on its inputs", () => {
    const loaded = loadModule(bytes);
    expect(resultBits(loaded(...args))).toEqual(wanted);
    expect(resultBits(loaded(...args))).toEqual(wanted);
    loaded.run();
    expect(resultBits(loaded.outputs)).toEqual(wanted);
  });

  test.each(engines)("is the same module from %s, each time", (engine) => {
    const other = compiled(valueAndGrad(erased(f)), args, engine);
    for (let time = 0; time < 2; time++) expect(other.toWasm().every((byte, i) => byte === bytes[i])).toBe(true);
  });
});

describe("a module", () => {
  const step = compile(
    valueAndGrad((p: { x: Value; y: Value[] }) => mul(sin(p.x), sum(p.y))),
    [{ x: 1, y: [2, 3] }],
  );
  const bytes = step.toWasm();

  test("exports memory, run, fault and an address for each leaf, and imports nothing", () => {
    const module = new WebAssembly.Module(bytes);
    expect(WebAssembly.Module.imports(module)).toEqual([]);
    expect(new Set(WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`))).toEqual(
      new Set([
        "memory memory",
        "function run",
        "global fault",
        ...["args[0].x", "args[0].y", "result[0]", "result[1].x", "result[1].y"].map((name) => `global ${name}`),
      ]),
    );
  });

  test("has memory that does not grow and inputs of 0", () => {
    const { exports, ...host } = new Host(bytes);
    expect(() => (exports["memory"] as WebAssembly.Memory).grow(1)).toThrow(RangeError);
    expect(host.memory.getFloat64((exports["args[0].x"] as WebAssembly.Global<"i32">).value, true)).toBe(0);
    expect(loadModule(bytes).inputs).toEqual([{ x: 0, y: vector(0, 0) }]);
  });

  test("is a Step when it is loaded, of the types that the caller says", () => {
    const loaded = loadModule<[{ x: number; y: number[] }], [number, { x: number; y: number[] }]>(bytes);
    expect(loaded.engine).toBe("jit");
    expect(loaded.bytes % 65536).toBe(0);
    loaded.inputs[0].x = Math.PI / 2;
    loaded.inputs[0].y.set([4, 5]);
    loaded.run();
    expect(loaded.outputs[0]).toBe(9);
    expect(loaded.outputs[1].y).toEqual(vector(1, 1));
    expect(() => loaded(untyped({ x: 1, y: [2] }))).toThrow(/^step: expected an array of 2 numbers, got an array of 1 at args\[0\]\.y\./);
    expect(loaded({ x: 0, y: [1, 2] })).toEqual([0, { x: 3, y: [0, 0] }]);
    // A view of its own memory stands for another leaf.
    loaded.inputs[0].y.set([7, 8]);
    expect(loaded({ x: Math.PI / 2, y: loaded.outputs[1].y as never })[0]).toBe(0);
    expect(loaded.toWasm()).toEqual(bytes);
    loaded.dispose();
    expect(loaded.bytes).toBe(0);
    for (const use of [() => loaded.run(), () => loaded.toWasm(), () => loaded.inputs]) expect(use).toThrow("disposed of");
  });

  test("is taken as bytes in any form, which may change afterwards, and as a WebAssembly.Module", async () => {
    const module = new WebAssembly.Module(bytes);
    const within = new Uint8Array(bytes.length + 7);
    within.set(bytes, 3);
    const changing = bytes.slice();
    const loaded = [changing, bytes.buffer, within.subarray(3, 3 + bytes.length), module].map((source) => loadModule(source));
    changing.fill(0);
    for (const source of [bytes, bytes.buffer, module]) loaded.push(await loadModuleAsync(source));
    const wanted = step({ x: 1, y: [2, 3] });
    for (const each of loaded) expect(each({ x: 1, y: [2, 3] })).toEqual(wanted);
    expect(loaded[0]!.toWasm()).toEqual(bytes);
    expect(() => loadModule(module).toWasm()).toThrow(
      /^toWasm: expected a function loaded from bytes, got one from a WebAssembly\.Module\. Keep the bytes/,
    );
  });

  test("of more than 8 MB is loaded in the background where the main thread refuses it", async () => {
    const padding = 9 << 20;
    const large = new Uint8Array(bytes.length + 7 + padding);
    large.set(bytes);
    const size = padding + 2;
    const size7 = [0, 7, 14, 21].map((shift) => ((size >> shift) & 0x7f) | (shift < 21 ? 0x80 : 0));
    large.set([0, ...size7, 1, 0x70], bytes.length); // a custom section "p"
    expect((await loadModuleAsync(large))({ x: 1, y: [2, 3] })).toEqual(step({ x: 1, y: [2, 3] }));
    try {
      expect(loadModule(large).bytes).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      expect(String(error)).toMatch(/loadModule: expected a module that this host can take at once, got .*\. Use loadModuleAsync$/);
    }
  });
});

describe("structure", () => {
  const odd = { "a b": 1, 0: 2, '"': { __proto__: null, $: [3, 4] }, "ä\ud800": vector(5, 6), list: [[7], [], 8] };
  Object.defineProperty(odd, "__proto__", { value: 9, enumerable: true });
  type Odd = { "a b": Value; list: [Value[], [], Value] };

  test("of odd keys, empty and nested, comes back", () => {
    const f = (p: Odd, flag: string | null, ...rest: unknown[]): unknown => ({
      ...{ p, flag, rest, nothing: undefined },
      sum: mul(p["a b"], p.list[2]),
    });
    const args = [odd, "é", null, undefined, true];
    const step = stepFor(f, args);
    const loaded = loadModule(step.toWasm());
    const got = loaded(...args) as { p: object; nothing: unknown };
    expect(got).toEqual(step(...args));
    expect("nothing" in got).toBe(true);
    expect(Object.hasOwn(got.p, "__proto__")).toBe(true);
    expect(loaded.inputs).toEqual(step.inputs);
    expect(() => loaded(odd, "e", null, undefined, true)).toThrow('step: expected "é", got "e" at args[1]');
  });

  test("of fixed arguments of every kind that can be given again comes back", () => {
    const fixed = [NaN, -0, Infinity, 0.1, 12n, "a", false, null, undefined];
    const step = stepFor((x: Value) => x, [1, ...fixed], { staticArgnums: fixed.map((_, i) => i + 1) });
    const loaded = loadModule(step.toWasm());
    expect(loaded(2, ...fixed)).toBe(2);
    expect(() => loaded(2, ...fixed.map((x) => (Object.is(x, -0) ? 0 : x)))).toThrow("step: expected");
  });

  test("without arguments or results comes back", () => {
    expect(loadModule(stepFor(() => 3, []).toWasm())()).toBe(3);
    expect(loadModule(stepFor((_: Value) => "text", [1]).toWasm())(2)).toBe("text");
  });
});

describe("lane numbers out of bounds", () => {
  const bytes = compile((x: Value, i: Indices) => sum(take(x, i)), [vector(1, 2, 3), lanes(0, 2)]).toWasm();

  test("are described in plain JavaScript, and leave the module usable", () => {
    const host = new Host(bytes);
    host.write([vector(1, 2, 4), lanes(1, 3)]);
    expect(host.run()).toBe(1);
    const at = host.at("fault");
    expect([host.memory.getUint32(at, true), host.memory.getUint32(at + 4, true), host.memory.getFloat64(at + 8, true)]).toEqual([1, 3, 3]);
    host.write([vector(1, 2, 4), lanes(1, 2)]);
    expect([host.run(), host.read()]).toEqual([0, [6]]);
  });

  test("are a RangeError of a loaded function", () => {
    const loaded = loadModule(bytes);
    expect(() => loaded(vector(1, 2, 3), lanes(-1, 0))).toThrow(RangeError);
    expect(() => loaded.run()).toThrow("take or segmentSum: expected an index from 0 to 2, got -1 in lane 0");
    expect(loaded(vector(1, 2, 3), lanes(1, 0))).toBe(3);
  });
});

describe("no module is made", () => {
  const sine = hostOp({ name: "sine", value: Math.sin, partials: [Math.cos] });
  const withFixed = (value: unknown) => () => stepFor((x: Value) => x, [1, value], { staticArgnums: 1 }).toWasm();
  const fixed = (got: string): RegExp =>
    new RegExp(
      `^toWasm: expected fixed values that are numbers, strings, booleans, null or undefined, got ${got} at args\\[1\\]\\. Use it`,
    );
  const mistakes: Mistake[] = [
    [
      "of a host's function",
      () => compile((x: Value) => mul(x, sine(mul(x, 2))), [1]).toWasm(),
      TypeError,
      /^toWasm: expected rows that WebAssembly can compute, got sine\(mul\(args\[0\], 2\)\)\. Write sine with the ops of the library$/,
    ],
    [
      "of a host's function in a gradient, over lanes",
      () =>
        compile(
          valueAndGrad((x: Value) => sum(sine(x))),
          [vector(1, 2)],
          { engine: "reference" },
        ).toWasm(),
      TypeError,
      /got sine\(args\[0\]\)\. Write sine/,
    ],
    ["of a fixed function", withFixed(Math.sin), TypeError, fixed("a function")],
    ["of a fixed object", withFixed({}), TypeError, fixed("an object")],
    ["of a fixed symbol", withFixed(Symbol("a")), TypeError, fixed("a symbol")],
    [
      "where the kernel's bytes are not there",
      () => {
        const step = compile((x: Value) => sin(x), [1]);
        load(new WebAssembly.Module(kernelBytes()));
        try {
          step.toWasm();
        } finally {
          load(kernelBytes);
        }
      },
      Error,
      /expected the kernel to be loaded from bytes, got a WebAssembly\.Module\. Call load\(bytes\)/,
    ],
  ];
  refuses(mistakes);
});
