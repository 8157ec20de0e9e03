/** A module by hand that `loadModule` accepts, and any departure from it. */
import { Bytes } from "../src/wasm/bytes.js";
import { Code } from "../src/wasm/code.js";
import { I, Type } from "../src/wasm/instructions.js";
import { Extern, PREAMBLE, Section } from "../src/wasm/sections.js";

/** A global: its type, whether it is mutable, and its number. */
type Global = readonly [type: number, mutable: 0 | 1, value: number];

/** What a module by hand is made of. */
export interface Parts {
  /** The least and, if there is one, the greatest number of pages. */
  readonly pages: readonly number[];
  /** The type of `run`, and its body. */
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  readonly body: (code: Code) => void;
  readonly globals: Readonly<Record<string, Global>>;
  /** Names of what is exported as another kind than it should be: a memory as a function, a function as a global … */
  readonly kinds: Readonly<Record<string, readonly [kind: number, index: number]>>;
  /** What is not exported. */
  readonly without: string;
  /** The contents of the custom sections "wengert". */
  readonly sections: readonly (string | Uint8Array)[];
  /** A function that is imported. */
  readonly imports: boolean;
  /** Whether `run` is the start function, which runs when the module is instantiated. */
  readonly starts: boolean;
}

const number = (value: number): Global => [Type.i32, 0, value];

/** The manifest of the identity function: one number at 16, its result at 32. */
export const identity = {
  version: 1,
  inputs: [{ path: "args[0]", kind: "number", lanes: 1, address: 16 }],
  outputs: [{ path: "result", kind: "number", lanes: 1, address: 32 }],
  arguments: { kind: "array", items: [{ kind: "leaf", leaf: 0 }] },
  results: { kind: "leaf", leaf: 0 },
};

const identityParts: Parts = {
  pages: [1, 1],
  parameters: [],
  results: [Type.i32],
  body: (code) => {
    code.integer(0);
    code.load(I.f64_load, 16);
    code.memory(I.f64_store, 32);
    code.integer(0);
  },
  globals: { "args[0]": number(16), result: number(32), fault: number(48) },
  kinds: {},
  without: "",
  sections: [JSON.stringify(identity)],
  imports: false,
  starts: false,
};

/** The bytes of the identity function's module with some parts changed. */
export function handmade(changes: Partial<Parts> = {}): Uint8Array<ArrayBuffer> {
  const parts = { ...identityParts, ...changes };
  const module = new Bytes();
  module.append(PREAMBLE);
  const section = (id: number, write: (bytes: Bytes) => void): void => {
    const bytes = new Bytes();
    write(bytes);
    module.byte(id);
    module.counted(bytes.written);
  };
  section(Section.type, (bytes) => {
    bytes.append([1, 0x60]);
    bytes.counted(parts.parameters);
    bytes.counted(parts.results);
  });
  if (parts.imports)
    section(Section.import, (bytes) => {
      bytes.byte(1);
      bytes.name("env");
      bytes.name("log");
      bytes.append([Extern.function, 0]);
    });
  section(Section.function, (bytes) => bytes.append([1, 0]));
  section(Section.memory, (bytes) => bytes.append([1, parts.pages.length - 1, ...parts.pages]));
  const globals = Object.entries(parts.globals);
  section(Section.global, (bytes) => {
    bytes.unsigned(globals.length);
    for (const [, [type, mutable, value]] of globals) {
      bytes.append([type, mutable, type === Type.f64 ? I.f64_const : I.i32_const]);
      if (type === Type.f64) bytes.double(value);
      else bytes.signed(value);
      bytes.byte(I.end);
    }
  });
  const run = parts.imports ? 1 : 0;
  const exported = new Map<string, readonly [kind: number, index: number]>([
    ["memory", [Extern.memory, 0]],
    ["run", [Extern.function, run]],
    ...globals.map(([name], i) => [name, [Extern.global, i]] as const),
    ...Object.entries(parts.kinds),
  ]);
  exported.delete(parts.without);
  section(Section.export, (bytes) => {
    bytes.unsigned(exported.size);
    for (const [name, item] of exported) {
      bytes.name(name);
      bytes.append(item);
    }
  });
  if (parts.starts) section(Section.start, (bytes) => bytes.byte(run));
  section(Section.code, (bytes) => {
    const code = new Code(parts.parameters);
    parts.body(code);
    bytes.byte(1);
    bytes.counted(code.body().written);
  });
  for (const content of parts.sections)
    section(0, (bytes) => {
      bytes.name("wengert");
      bytes.append(typeof content === "string" ? new TextEncoder().encode(content) : content);
    });
  return module.written.slice();
}
