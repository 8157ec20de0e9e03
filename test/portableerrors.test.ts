/** loadModule verifies before it computes: whatever is not a module of toWasm gets an error that says why, and nothing else happens. */
import { describe, expect, test } from "vitest";
import { compile, GraphError, type Indices, loadModule, loadModuleAsync, mul, sum, take, type Value, valueAndGrad } from "wengert";
import { I, Type } from "../src/wasm/instructions.js";
import { handmade, identity, type Parts } from "./handmade.js";
import { lanes, type Mistake, refuses, untyped, vector } from "./mistakes.js";
import { boundaries } from "./wasmhost.js";

const none: Parts["body"] = () => undefined;
const loops: Parts["body"] = (code) => {
  code.begin(I.loop);
  code.integer(1);
  code.repeat();
  code.end();
};

/** Loads the identity function's module with some parts changed. */
const parts = (changes: Partial<Parts>) => () => loadModule(handmade(changes));

/** The same with a manifest that says something else. */
const says = (changes: object) => parts({ sections: [JSON.stringify({ ...identity, ...changes })] });
const input = (changes: object) => says({ inputs: [{ ...identity.inputs[0], ...changes }] });
const output = (changes: object) => says({ outputs: [{ ...identity.outputs[0], ...changes }] });
const argument = (tree: unknown) => says({ arguments: { kind: "array", items: [tree, { kind: "leaf", leaf: 0 }] } });
const result = (tree: unknown) => says({ results: tree });
const global = (name: string, type: number, mutable: 0 | 1, value: number) =>
  parts({ globals: { "args[0]": [Type.i32, 0, 16], result: [Type.i32, 0, 32], fault: [Type.i32, 0, 48], [name]: [type, mutable, value] } });

const leaf = { kind: "leaf", leaf: 0 };
const nested = (levels: number): unknown => (levels === 0 ? leaf : { kind: "array", items: [nested(levels - 1)] });

const bytes = compile(
  valueAndGrad((p: { x: Value; y: Value[] }, i: Indices) => mul(sum(take(p.x, i)), sum(p.y))),
  [{ x: vector(1, 2, 3), y: [2, 3] }, lanes(0, 2)],
).toWasm();

test("the module that the tests below change is right", () => {
  const loaded = loadModule<[number], number>(handmade());
  expect([loaded(3), loaded.inputs[0], loaded.outputs]).toEqual([3, 3, 3]);
});

describe("what is no module", () => {
  refuses([
    [
      "nothing",
      () => loadModule(untyped(undefined)),
      TypeError,
      /^loadModule: expected the bytes of a module or a WebAssembly\.Module, got undefined$/,
    ],
    ["a list", () => loadModule(untyped([0, 97, 115, 109])), TypeError, /got an array of 4$/],
    ["a promise of bytes", () => loadModule(untyped(Promise.resolve(bytes))), TypeError, /got a Promise$/],
    [
      "other bytes",
      () => loadModule(Uint8Array.of(1, 2, 3)),
      GraphError,
      /^loadModule: expected a module that this host can compile and instantiate, got /,
    ],
    ["no bytes", () => loadModule(new ArrayBuffer(0)), GraphError, /^loadModule: expected a module that this host can compile/],
    [
      "an empty module",
      () => loadModule(bytes.subarray(0, 8)),
      GraphError,
      /^loadModule: expected one custom section wengert, got 0\. Make the module with toWasm$/,
    ],
  ]);

  test.each(boundaries(bytes).slice(0, -1))("a module cut at %i bytes", async (length) => {
    expect(() => loadModule(bytes.subarray(0, length))).toThrow(GraphError);
    expect(() => loadModule(bytes.subarray(0, length + 1))).toThrow(GraphError);
    await expect(loadModuleAsync(bytes.subarray(0, length))).rejects.toThrow(GraphError);
  });
});

describe("a module of other parts", () => {
  const exportsOf =
    /^loadModule: expected a memory of fixed size, a function \(\) → i32 and immutable globals of type i32, got other exports: ./;
  const starts = /^loadModule: expected a module that runs nothing by itself, got one with a start function$/;
  const missing = (name: string): RegExp => new RegExp(`^loadModule: expected an export "${name.replace(/[[\]]/g, "\\$&")}", got none$`);
  refuses([
    [
      "with an import",
      parts({ imports: true }),
      GraphError,
      /^loadModule: expected a module without imports, got one that imports env\.log$/,
    ],
    ["with two sections", parts({ sections: ["{}", "{}"] }), GraphError, /^loadModule: expected one custom section wengert, got 2\./],
    ["that traps when it starts", parts({ starts: true, results: [], body: (code) => code.op(I.unreachable) }), GraphError, starts],
    ["that never ends when it starts", parts({ starts: true, results: [], body: loops }), GraphError, starts],
    [
      "that writes when it starts",
      parts({
        starts: true,
        results: [],
        body: (code) => {
          code.integer(0);
          code.number(7);
          code.memory(I.f64_store, 32);
        },
      }),
      GraphError,
      starts,
    ],
    ...["memory", "run", "args[0]", "result", "fault"].map((name): Mistake => [
      `without ${name}`,
      parts({ without: name }),
      GraphError,
      missing(name),
    ]),
    [
      "whose memory is a function",
      parts({ kinds: { memory: [0, 0] } }),
      GraphError,
      /^loadModule: expected a memory, got a function as export "memory"$/,
    ],
    ["whose memory grows", parts({ pages: [1, 2] }), GraphError, exportsOf],
    ["whose memory grows without end", parts({ pages: [1] }), GraphError, exportsOf],
    ["whose run is a global", parts({ kinds: { run: [3, 0] } }), GraphError, exportsOf],
    ["whose run takes a number", parts({ parameters: [Type.i32] }), GraphError, exportsOf],
    ["whose run gives nothing", parts({ results: [], body: none }), GraphError, exportsOf],
    ["whose run gives another number", parts({ results: [Type.f64], body: (code) => code.number(0) }), GraphError, exportsOf],
    ["whose leaf is a function", parts({ kinds: { result: [0, 0] } }), GraphError, exportsOf],
    ["whose address may change", global("result", Type.i32, 1, 32), GraphError, exportsOf],
    ["whose address is of another type", global("fault", Type.f64, 0, 48), GraphError, exportsOf],
    [
      "whose address is another",
      global("args[0]", Type.i32, 0, 24),
      GraphError,
      /^loadModule: expected the address 16 in the global "args\[0\]", got 24$/,
    ],
    [
      "whose fault is not aligned",
      global("fault", Type.i32, 0, 52),
      GraphError,
      /^loadModule: expected a multiple of 8 in the global "fault", got 52$/,
    ],
    [
      "whose fault is outside",
      global("fault", Type.i32, 0, 65528),
      GraphError,
      /^loadModule: expected addresses below 65536, got 65544 at the end of fault$/,
    ],
    [
      "whose fault is far outside",
      global("fault", Type.i32, 0, -8),
      GraphError,
      /^loadModule: expected addresses below 65536, got 4294967304 at the end of fault$/,
    ],
    [
      "whose fault overlaps a result",
      global("fault", Type.i32, 0, 24),
      GraphError,
      /^loadModule: expected fault and result apart, got 24 with 16 bytes and 32$/,
    ],
    [
      "without memory",
      parts({ pages: [0, 0], body: (code) => code.integer(0) }),
      GraphError,
      /^loadModule: expected addresses below 0, got 24 at the end of args\[0\]$/,
    ],
  ]);
});

test("a module that never ends when it starts is refused in the background, too", async () => {
  await expect(loadModuleAsync(handmade({ starts: true, results: [], body: loops }))).rejects.toThrow(
    /^loadModule: expected a module that runs nothing by itself/,
  );
});

describe("a run that gives", () => {
  /** A module whose fault says lane 0 of 0, or of 1073217536 where \`lanes\` is 1.5, whose upper half that is. */
  const gives = (status: number, index = 0, lanes = 0) =>
    loadModule(
      handmade({
        body: (code) => {
          for (const [at, number] of [
            [48, lanes],
            [56, index],
          ] as const) {
            code.integer(0);
            code.number(number);
            code.memory(I.f64_store, at);
          }
          code.integer(status);
        },
      }),
    );

  test.each([2, -1, 7, 0x7fffffff, -0x80000000])("%i is refused", (status) => {
    const step = gives(status);
    for (const run of [() => step(3), () => step.run()]) {
      expect(run).toThrow(GraphError);
      expect(run).toThrow(new RegExp(`^run: expected 0 or 1 from the module's function "run", got ${status}$`));
    }
  });

  test("1 throws what is described, and says where nothing is", () => {
    expect(() => gives(1, 5).run()).toThrow(/^take or segmentSum: expected an index from 0 to -1, got 5 in lane 0$/);
    expect(() => gives(1, 5, 1.5).run()).toThrow(GraphError);
    expect(() => gives(1, 5, 1.5).run()).toThrow(
      /^run: expected a lane number out of bounds where one is reported, got 5 of 1073217536 lanes$/,
    );
    expect(() => gives(0, 5).run()).not.toThrow();
  });
});

describe("a manifest that", () => {
  const at = (expected: string, got: string, where: string): RegExp => {
    const literal = `loadModule: expected ${expected}, got ${got} at wengert${where}`;
    return new RegExp(`^${literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
  };
  const noJson = /^loadModule: expected JSON in the section wengert, got other bytes$/;
  const address = "a whole number from 0 to 4294967295";
  const kinds = 'one of "leaf", "array", "object", "static"';
  const fixed = (value: object) => argument({ kind: "static", ...value });
  const mistakes: Mistake[] = [
    ["is no JSON", parts({ sections: ["{"] }), GraphError, noJson],
    ["is no UTF-8", parts({ sections: [Uint8Array.of(0x22, 0xff, 0x22)] }), GraphError, noJson],
    ["is empty", parts({ sections: [""] }), GraphError, noJson],
    ["is far too deep", parts({ sections: ["[".repeat(1e6)] }), GraphError, noJson],
    ["is no object", parts({ sections: ["[1]"] }), GraphError, at("an object", "an array of 1", "")],
    ["is null", parts({ sections: ["null"] }), GraphError, at("an object", "null", "")],
    ["has no version", says({ version: undefined }), GraphError, at("version 1 or 2", "undefined", ".version")],
    ["has another version", says({ version: 3 }), GraphError, at("version 1 or 2", "3", ".version")],
    ["has no inputs", says({ inputs: undefined }), GraphError, at("an array", "undefined", ".inputs")],
    ["has outputs that are no list", says({ outputs: {} }), GraphError, at("an array", "an object", ".outputs")],
    ["has a leaf that is none", says({ inputs: [7] }), GraphError, at("an object", "7", ".inputs[0]")],
    [
      "has another kind of leaf",
      input({ kind: "matrix" }),
      GraphError,
      at('one of "number", "numbers", "vector", "indices"', '"matrix"', ".inputs[0].kind"),
    ],
    [
      "has lane numbers as a result",
      output({ kind: "indices" }),
      GraphError,
      at('one of "number", "numbers", "vector"', '"indices"', ".outputs[0].kind"),
    ],
    ["has a path that is none", input({ path: 0 }), GraphError, at("a string", "0", ".inputs[0].path")],
    ["has another path", input({ path: "args[1]" }), GraphError, at('"args[0]"', '"args[1]"', ".inputs[0].path")],
    ["has another result's path", output({ path: "fault" }), GraphError, at('"result"', '"fault"', ".outputs[0].path")],
    ["has a number of two lanes", input({ lanes: 2 }), GraphError, at("a whole number from 1 to 1", "2", ".inputs[0].lanes")],
    ["has no lanes", input({ kind: "vector", lanes: 0 }), GraphError, at("a whole number from 1 to 2147483647", "0", ".inputs[0].lanes")],
    [
      "has half a lane",
      input({ kind: "vector", lanes: 1.5 }),
      GraphError,
      at("a whole number from 1 to 2147483647", "1.5", ".inputs[0].lanes"),
    ],
    ["has lanes in words", input({ lanes: "1" }), GraphError, at("a whole number from 1 to 1", '"1"', ".inputs[0].lanes")],
    ["has a negative address", input({ address: -8 }), GraphError, at(address, "-8", ".inputs[0].address")],
    ["has an address of more than 32 bits", input({ address: 2 ** 32 }), GraphError, at(address, "4294967296", ".inputs[0].address")],
    ["has an odd address", input({ address: 20 }), GraphError, at("a multiple of 8", "20", ".inputs[0].address")],
    [
      "has an odd address of lane numbers",
      input({ kind: "indices", address: 18 }),
      GraphError,
      at("a multiple of 4", "18", ".inputs[0].address"),
    ],
    [
      "reaches the next leaf",
      input({ kind: "vector", lanes: 3 }),
      GraphError,
      /^loadModule: expected args\[0\] and result apart, got 16 with 24 bytes and 32$/,
    ],
    [
      "reaches beyond memory",
      output({ kind: "vector", lanes: 9000 }),
      GraphError,
      /^loadModule: expected addresses below 65536, got 72032 at the end of result$/,
    ],
    ["reaches far beyond memory", output({ kind: "numbers", lanes: 2147483647 }), GraphError, /got 17179869208 at the end of result$/],
    ["has no arguments", says({ arguments: undefined }), GraphError, at("an object", "undefined", ".arguments")],
    ["has arguments that are no list", says({ arguments: leaf }), GraphError, at("an array of arguments", "an object", ".arguments")],
    ["has another kind of tree", result({ kind: "map" }), GraphError, at(kinds, '"map"', ".results.kind")],
    ["has a tree whose kind is its prototype's", result({ ["__proto__"]: leaf }), GraphError, at(kinds, "undefined", ".results.kind")],
    [
      "has a leaf's number in words",
      result({ kind: "leaf", leaf: "0" }),
      GraphError,
      at("a whole number from 0 to 0", '"0"', ".results.leaf"),
    ],
    ["has a leaf that is not there", result({ kind: "leaf", leaf: 1 }), GraphError, at("a whole number from 0 to 0", "1", ".results.leaf")],
    ["has a leaf twice", argument(leaf), GraphError, at("each leaf once", "leaf 0 twice", ".arguments.items[1]")],
    ["leaves a leaf out", result({ kind: "static" }), GraphError, at("a tree of 1 leaves", "one of 0", ".results")],
    ["has an array without items", result({ kind: "array" }), GraphError, at("an array", "undefined", ".results.items")],
    ["has an object without keys", result({ kind: "object", items: [leaf] }), GraphError, at("an array", "undefined", ".results.keys")],
    ["has too few keys", result({ kind: "object", items: [leaf], keys: [] }), GraphError, at("1 keys", "0", ".results")],
    ["has a key that is none", result({ kind: "object", items: [leaf], keys: [1] }), GraphError, at("a string", "1", ".results.keys[0]")],
    [
      "has a key twice",
      result({ kind: "object", items: [leaf, { kind: "static" }], keys: ["a", "a"] }),
      GraphError,
      at("keys that differ", "one twice", ".results"),
    ],
    ["has trees too deep", result(nested(257)), GraphError, at("a tree", "one of more than 256 levels", ".results")],
    [
      "has an object as a fixed value",
      fixed({ value: {} }),
      GraphError,
      at("a string, a boolean or null", "an object", ".arguments.items[0].value"),
    ],
    [
      "has a fixed number as a number",
      fixed({ value: 1 }),
      GraphError,
      at("a string, a boolean or null", "1", ".arguments.items[0].value"),
    ],
    [
      "has a fixed number that is none",
      fixed({ number: "one" }),
      GraphError,
      at("a number as JavaScript prints it", '"one"', ".arguments.items[0].number"),
    ],
    [
      "has a fixed number in other digits",
      fixed({ number: "1.0" }),
      GraphError,
      at("a number as JavaScript prints it", '"1.0"', ".arguments.items[0].number"),
    ],
    ["has a fixed number as null", fixed({ number: null }), GraphError, at("a string", "null", ".arguments.items[0].number")],
    [
      "has a fixed bigint that is none",
      fixed({ bigint: "1.5" }),
      GraphError,
      at("up to 1000 digits of a whole number", '"1.5"', ".arguments.items[0].bigint"),
    ],
  ];
  refuses(mistakes);
});
