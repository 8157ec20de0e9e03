/** The binary format as src/wasm writes it: numbers, sections, and modules that are made of a library's functions. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kernelBytes } from "../src/engines/kernel/generated/kernel.js";
import { instructions } from "../src/ops/instructions.js";
import { Bytes } from "../src/wasm/bytes.js";
import { type Code } from "../src/wasm/code.js";
import { I, Type, type TypeCode } from "../src/wasm/instructions.js";
import { Library } from "../src/wasm/library.js";
import { type MemoryFrom, Module } from "../src/wasm/module.js";
import { PAGE } from "../src/wasm/sections.js";
import { fromUtf8, utf8 } from "../src/wasm/text.js";

/** What is written, as a list. */
function bytesOf(write: (bytes: Bytes) => void): number[] {
  const bytes = new Bytes();
  write(bytes);
  return [...bytes.written];
}

/** A function's code. */
function codeOf(module: Module, parameters: readonly TypeCode[], write: (code: Code) => void): Code {
  const code = module.code(parameters);
  write(code);
  return code;
}

/** A library without functions. */
const nothing = new Library(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));

const memoryOf = (pages: number): WebAssembly.Memory => new WebAssembly.Memory({ initial: pages, maximum: pages });

/** The exports of a module, which must be valid. */
const instantiate = (bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports = {}): WebAssembly.Exports =>
  new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;

const call = (exports: WebAssembly.Exports, name: string, ...args: number[]): number =>
  (exports[name] as (...args: number[]) => number)(...args);

/** The numbers of a module's sections in order. */
function sectionsOf(bytes: Uint8Array): number[] {
  const sections: number[] = [];
  for (let i = 8; i < bytes.length;) {
    sections.push(bytes[i++]!);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      size += (bytes[i]! & 0x7f) * 2 ** shift;
      if (bytes[i++]! < 0x80) break;
    }
    i += size;
  }
  return sections;
}

/** What functions without parameters return, each of which leaves one number on its stack. */
function returned(type: TypeCode, writers: readonly ((code: Code) => void)[]): number[] {
  const module = new Module(nothing, "append");
  writers.forEach((write, i) => module.export(`f${i}`, module.add([type], codeOf(module, [], write))));
  const exports = instantiate(module.toBytes(0, "own"));
  return writers.map((_, i) => call(exports, `f${i}`));
}

describe("text is UTF-8", () => {
  const texts = fc.string({ unit: "binary" });
  test.each(["", "a\ud800b\udc00", "\udc00\ud800"])("as TextEncoder has it: %j", (text) =>
    expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)]),
  );
  test("as TextEncoder has it, and back", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)]);
        expect(fromUtf8(utf8(text))).toBe(text);
      }),
    );
  });
  test("other bytes throw", () => expect(() => fromUtf8(Uint8Array.of(0xff))).toThrow(URIError));
});

describe("integers", () => {
  test.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 1]],
    [2 ** 14 - 1, [0xff, 0x7f]],
    [2 ** 14, [0x80, 0x80, 1]],
    [2 ** 31, [0x80, 0x80, 0x80, 0x80, 0x08]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("%i without a sign", (value, wanted) => expect(bytesOf((bytes) => bytes.unsigned(value))).toEqual(wanted));

  const signed: [number, number[]][] = [
    [0, [0]],
    [63, [0x3f]],
    [64, [0xc0, 0]],
    [127, [0xff, 0]],
    [-1, [0x7f]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [2 ** 13 - 1, [0xff, 0x3f]],
    [2 ** 13, [0x80, 0xc0, 0]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
    [2 ** 31, [0x80, 0x80, 0x80, 0x80, 0x78]], // an address
    [2 ** 32 - 1, [0x7f]],
  ];
  test.each(signed)("%i with a sign", (value, wanted) => expect(bytesOf((bytes) => bytes.signed(value))).toEqual(wanted));

  test("arrive in WebAssembly", () => {
    const values = [...signed.map(([value]) => value), ...fc.sample(fc.integer(), { numRuns: 200, seed: 7 })];
    const writers = values.map((value) => (code: Code) => code.integer(value));
    expect(returned(Type.i32, writers)).toEqual(values.map((value) => value | 0));
  });
});

describe("doubles", () => {
  test.each([
    [0, [0, 0, 0, 0, 0, 0, 0, 0]],
    [-0, [0, 0, 0, 0, 0, 0, 0, 0x80]],
    [1, [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]],
    [5e-324, [1, 0, 0, 0, 0, 0, 0, 0]],
    [-Infinity, [0, 0, 0, 0, 0, 0, 0xf0, 0xff]],
    [Number.MAX_VALUE, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xef, 0x7f]],
  ])("%d", (value, wanted) => expect(bytesOf((bytes) => bytes.double(value))).toEqual(wanted));

  test("arrive in WebAssembly", () => {
    const values = [NaN, 0, -0, 5e-324, -Infinity, ...fc.sample(fc.double(), { numRuns: 200, seed: 7 })];
    const writers = values.map((value) => (code: Code) => code.number(value));
    expect(returned(Type.f64, writers)).toEqual(values);
  });
});

describe("bytes", () => {
  test("come with their count, names in UTF-8", () => {
    expect(bytesOf((bytes) => bytes.counted([7, 8, 9]))).toEqual([3, 7, 8, 9]);
    expect(bytesOf((bytes) => bytes.counted(new Uint8Array(200)))).toEqual([0xc8, 1, ...new Uint8Array(200)]);
    expect(bytesOf((bytes) => bytes.name("dλ"))).toEqual([3, 0x64, 0xce, 0xbb]);
  });

  test.each([1, 7, 255, 256, 257, 1000])("keep what was written when they grow by %i at once", (count) => {
    const wanted = Array.from({ length: 3 * count }, (_, i) => (i * 31) & 0xff);
    const appended = bytesOf((bytes) => [0, 1, 2].forEach((k) => bytes.append(wanted.slice(k * count, (k + 1) * count))));
    expect(appended).toEqual(wanted);
    expect(bytesOf((bytes) => wanted.forEach((value) => bytes.byte(value)))).toEqual(wanted);
  });
});

/** The address of a number in the modules below. */
const NUMBER = 32;

/** A module with a number in memory, constants, functions that call each other, and one that nothing calls. */
function sample(memory: MemoryFrom): Uint8Array<ArrayBuffer> {
  const module = new Module(nothing, "append");
  const square = codeOf(module, [Type.f64], (code) => {
    code.get(0);
    code.get(0);
    code.op(instructions.mul.f64);
  });
  const squareAt = module.add([Type.f64], square);
  const fourth = codeOf(module, [Type.f64], (code) => {
    code.get(0);
    code.call(squareAt);
    code.call(squareAt);
  });
  const fourthAt = module.add([Type.f64], fourth);
  const load = codeOf(module, [], (code) => code.load(I.f64_load, NUMBER));
  module.export("square", squareAt);
  module.export("load", module.add([Type.f64], load));
  module.export("fourth", fourthAt);
  module.constant("ten", 10);
  module.constant("far", 2 ** 31 + 8);
  module.data(NUMBER, new Uint8Array(Float64Array.of(2.5).buffer));
  return module.toBytes(PAGE + 1, memory, { note: Uint8Array.of(1, 2), calls: Uint8Array.of(0, 2, squareAt, squareAt, 0) }).slice();
}

describe.each([
  { memory: "own", sections: [1, 3, 5, 6, 7, 10, 11, 0, 0] },
  { memory: "env", sections: [1, 2, 3, 6, 7, 10, 11, 0, 0] },
] as const)("a module with the memory of $memory", ({ memory: from, sections }) => {
  const bytes = sample(from);
  const outside = memoryOf(2);
  const exports = instantiate(bytes, { env: { memory: outside } });
  const memory = from === "env" ? outside : (exports["memory"] as WebAssembly.Memory);

  test("has its sections in order", () => {
    expect(sectionsOf(bytes)).toEqual(sections);
    const [note, ...more] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), "note");
    expect([[...new Uint8Array(note!)], more]).toEqual([[1, 2], []]);
  });

  test("runs", () => {
    expect([call(exports, "square", 3), call(exports, "fourth", 3), call(exports, "load")]).toEqual([9, 81, 2.5]);
  });

  test("says its constants", () => {
    const constants = ["ten", "far"].map((name) => (exports[name] as WebAssembly.Global).value as number);
    expect(constants).toEqual([10, (2 ** 31 + 8) | 0]);
  });

  test("has data in whole pages of memory, which does not grow", () => {
    expect(new Float64Array(memory.buffer)[NUMBER / 8]).toBe(2.5);
    expect(memory.buffer.byteLength).toBe(2 * PAGE);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });
});

test("a memory of its own is exported, another is not", () => {
  const namesOf = (from: MemoryFrom): string[] => WebAssembly.Module.exports(new WebAssembly.Module(sample(from))).map(({ name }) => name);
  expect(namesOf("env")).toEqual(["square", "load", "fourth", "ten", "far"]);
  expect(namesOf("own")).toEqual([...namesOf("env"), "memory"]);
});

describe("a library", () => {
  const library = new Library(sample("env"));

  test("offers the functions that are exported", () => {
    expect(library.functions).toHaveLength(3);
    expect(library.exported.map(({ name }) => name)).toEqual(["square", "load", "fourth"]);
    expect(["square", "load", "fourth"].map((name) => [library.indexOf(name), library.positionOf(name)])).toEqual([
      [0, 0],
      [2, 1],
      [1, 2],
    ]);
  });

  test("knows what each needs", () => {
    const needs = (...names: string[]): number[] => [...library.closure(names)].sort();
    expect([needs(), needs("square"), needs("fourth"), needs("load"), needs("load", "fourth")]).toEqual([[], [0], [0, 1], [2], [0, 1, 2]]);
  });

  test("refuses a name that it does not have", () => {
    const message = "library: expected a kernel with the function cube, got one without it";
    expect(() => library.indexOf("cube")).toThrow(new Error(message));
    expect(() => library.closure(["square", "cube"])).toThrow(new Error(message));
  });

  /** A module of one function that calls another of the library. */
  function calling(name: string, linkage: "append" | "import"): Uint8Array<ArrayBuffer> {
    const module = new Module(library, linkage);
    const code = codeOf(module, [Type.f64], (code) => {
      code.get(0);
      code.call(module.use(name));
    });
    module.export("run", module.add([Type.f64], code));
    module.constant("seven", 7);
    module.data(NUMBER + 8, new Uint8Array(Float64Array.of(-1).buffer));
    return module.toBytes(PAGE, "env").slice();
  }

  test.each([
    { name: "square", needed: [0], result: 9 },
    { name: "fourth", needed: [0, 1], result: 81 },
  ])("lends $name alone: the bodies of what is not needed are stubs", ({ name, needed, result }) => {
    const bytes = calling(name, "append");
    const memory = memoryOf(1);
    const exports = instantiate(bytes, { env: { memory } });
    expect(call(exports, "run", 3)).toBe(result);
    expect((exports["seven"] as WebAssembly.Global).value).toBe(7);
    expect([...new Float64Array(memory.buffer, NUMBER, 2)]).toEqual([2.5, -1]);
    const { bodies } = new Library(bytes);
    const stub = [0, I.unreachable, I.end];
    expect(bodies.slice(0, 3).map((body) => [...body])).toEqual(library.bodies.map((body, i) => (needed.includes(i) ? [...body] : stub)));
    expect(bodies).toHaveLength(4);
  });

  test("is imported from, in place of copied", () => {
    const memory = memoryOf(2);
    const bytes = calling("fourth", "import");
    const exports = instantiate(bytes, { kernel: instantiate(sample("env"), { env: { memory } }), env: { memory } });
    expect(call(exports, "run", 3)).toBe(81);
    expect(new Library(bytes).bodies).toHaveLength(1);
  });
});

describe("the kernel as a library", () => {
  const library = new Library(kernelBytes());

  test.each(["sinLanes", "lgammaLanes"])("lends %s with what it calls", (name) => {
    const module = new Module(library, "append");
    const code = codeOf(module, [Type.f64], (code) => {
      code.get(0);
      code.op(I.f64x2_splat);
      code.call(module.use(name));
      code.lane(I.f64x2_extract_lane, 0);
    });
    module.export("run", module.add([Type.f64], code));
    const bytes = module.toBytes(PAGE, "env");
    expect(bytes.length).toBeLessThan(kernelBytes().length);
    const exports = instantiate(bytes, { env: { memory: memoryOf(1) } });
    for (const x of [-1e300, -2.5, -0.3, 0, 1e-3, 1, 4, 30, 1e9, Infinity]) call(exports, "run", x);
    const needed = library.closure([name]);
    new Library(bytes).bodies.slice(0, -1).forEach((body, i) => expect(body.length > 3).toBe(needed.has(i)));
  });
});
