/** Modules made of the kernel's: its mathematics stays where it is, and functions, exports and data are added behind. */
import { Bytes } from "./bytes.js";
import { Code } from "./code.js";
import { I, Type, type TypeCode } from "./instructions.js";
import { type Library } from "./library.js";
import { Extern, MOST_PAGES, PAGE, PREAMBLE, Section } from "./sections.js";

/** How emitted code reaches the kernel's mathematics: copied into the module, or imported from an instance of the kernel on the same memory. */
export type Linkage = "append" | "import";

/** Where a module's memory comes from: its own, or `env.memory`. */
export type MemoryFrom = "own" | "env";

/** The body of a function that is not needed: no locals, unreachable, end. */
const STUB = [0, I.unreachable, I.end];

/** A vector of the binary format under construction: its items, counted. */
class Items {
  readonly bytes = new Bytes();
  count = 0;

  add(write: (bytes: Bytes) => void): number {
    write(this.bytes);
    return this.count++;
  }
}

/** A module under construction. */
export class Module {
  readonly #types = new Items();
  readonly #typeIds = new Map<string, number>();
  readonly #functions = new Items();
  readonly #globals = new Items();
  readonly #exports = new Items();
  readonly #bodies = new Items();
  readonly #data = new Items();
  readonly #used = new Set<string>();

  constructor(
    readonly library: Library,
    readonly linkage: Linkage,
  ) {}

  /** The index of a function of the library, which the module then needs. */
  use(name: string): number {
    this.#used.add(name);
    return this.linkage === "append" ? this.library.indexOf(name) : this.library.positionOf(name);
  }

  /** The body of a function to be. Tests have one that checks the types on its stack as they are written. */
  code(parameters: readonly TypeCode[] = []): Code {
    return new Code(parameters);
  }

  /** Adds a function with results of the given types. Returns its index. */
  add(results: readonly TypeCode[], code: Code): number {
    const type = this.#typeOf(code.parameters, results);
    this.#functions.add((bytes) => bytes.unsigned(type));
    const body = code.body();
    const before = this.linkage === "append" ? this.library.functions.length : this.library.exported.length;
    return before + this.#bodies.add((bytes) => bytes.counted(body.written));
  }

  #typeOf(parameters: readonly TypeCode[], results: readonly TypeCode[]): number {
    const key = `${parameters.join()} ${results.join()}`;
    let id = this.#typeIds.get(key);
    if (id === undefined) {
      const added = this.#types.add((bytes) => {
        bytes.byte(0x60);
        bytes.counted(parameters);
        bytes.counted(results);
      });
      this.#typeIds.set(key, (id = this.library.types.count + added));
    }
    return id;
  }

  /** Exports a function. */
  export(name: string, index: number): void {
    this.#export(name, Extern.function, index);
  }

  /** Exports a number as an immutable global of type i32. */
  constant(name: string, value: number): void {
    const index = this.#globals.add((bytes) => {
      bytes.byte(Type.i32);
      bytes.byte(0);
      bytes.byte(I.i32_const);
      bytes.signed(value);
      bytes.byte(I.end);
    });
    this.#export(name, Extern.global, (this.linkage === "append" ? this.library.globals.count : 0) + index);
  }

  #export(name: string, kind: number, index: number): void {
    this.#exports.add((bytes) => {
      bytes.name(name);
      bytes.byte(kind);
      bytes.unsigned(index);
    });
  }

  /** Says what memory holds at an address from the beginning. */
  data(address: number, values: Uint8Array): void {
    this.#data.add((bytes) => {
      bytes.byte(0);
      bytes.byte(I.i32_const);
      bytes.signed(address);
      bytes.byte(I.end);
      bytes.counted(values);
    });
  }

  /** The module's bytes, with a memory of as many bytes as given, never to grow; custom sections follow. */
  toBytes(memoryBytes: number, from: MemoryFrom, custom: Readonly<Record<string, Uint8Array>> = {}): Uint8Array<ArrayBuffer> {
    const { library, linkage } = this;
    const appends = linkage === "append";
    const limits = (bytes: Bytes): void => {
      const pages = Math.ceil(memoryBytes / PAGE);
      bytes.byte(1);
      bytes.unsigned(from === "own" ? pages : 0);
      bytes.unsigned(from === "own" ? pages : MOST_PAGES);
    };
    const imports = new Items();
    if (from === "env")
      imports.add((bytes) => {
        bytes.name("env");
        bytes.name("memory");
        bytes.byte(Extern.memory);
        limits(bytes);
      });
    if (!appends)
      for (const { name, index } of library.exported) imports.add((bytes) => importFunction(bytes, name, library.functions[index]!));
    const memories = new Items();
    if (from === "own") memories.add(limits);
    if (from === "own") this.#export("memory", Extern.memory, 0);

    const module = new Bytes();
    module.append(PREAMBLE);
    writeSection(module, Section.type, library.types, this.#types);
    writeSection(module, Section.import, imports);
    writeSection(module, Section.function, appends ? functionsOf(library) : undefined, this.#functions);
    writeSection(module, Section.memory, memories);
    writeSection(module, Section.global, appends ? library.globals : undefined, this.#globals);
    writeSection(module, Section.export, this.#exports);
    writeSection(module, Section.code, appends ? this.#libraryBodies() : undefined, this.#bodies);
    writeSection(module, Section.data, appends ? library.data : undefined, this.#data);
    for (const [name, content] of Object.entries(custom)) {
      const section = new Bytes();
      section.name(name);
      section.append(content);
      module.byte(0);
      module.counted(section.written);
    }
    return module.written;
  }

  /** The library's bodies; those that are not needed are stubs, so that the others keep their numbers. */
  #libraryBodies(): Items {
    const needed = this.library.closure(this.#used);
    const items = new Items();
    this.library.bodies.forEach((body, index) => items.add((bytes) => bytes.counted(needed.has(index) ? body : STUB)));
    return items;
  }
}

/** A vector as the binary format has it. */
interface Counted {
  readonly count: number;
  readonly bytes: Bytes | Uint8Array;
}

function writeSection(module: Bytes, id: number, ...parts: (Counted | undefined)[]): void {
  const present = parts.filter((part) => part !== undefined);
  const count = present.reduce((total, part) => total + part.count, 0);
  if (count === 0) return;
  const section = new Bytes();
  section.unsigned(count);
  for (const { bytes } of present) section.append(bytes instanceof Bytes ? bytes.written : bytes);
  module.byte(id);
  module.counted(section.written);
}

function importFunction(bytes: Bytes, name: string, type: number): void {
  bytes.name("kernel");
  bytes.name(name);
  bytes.byte(Extern.function);
  bytes.unsigned(type);
}

function functionsOf(library: Library): Items {
  const items = new Items();
  for (const type of library.functions) items.add((bytes) => bytes.unsigned(type));
  return items;
}
