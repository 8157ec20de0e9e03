/** The kernel's module read as a library: its functions, and which of them each one calls. */
import { I } from "./instructions.js";
import { eachSection, type Part, Reader } from "./reader.js";

const nothing: Part = { count: 0, bytes: new Uint8Array(0) };

/** A function that the library offers. */
interface Exported {
  readonly name: string;
  readonly index: number;
}

/** The parts of a library's module that other modules are made of. */
export class Library {
  types = nothing;
  globals = nothing;
  data = nothing;
  /** The type of every function. */
  functions: readonly number[] = [];
  /** The body of every function. */
  bodies: readonly Uint8Array[] = [];
  /** The functions that it offers, in order. */
  exported: readonly Exported[] = [];
  /** The functions that each function calls. */
  #calls: readonly (readonly number[])[] = [];
  readonly #positions: ReadonlyMap<string, number>;

  /** Reads a module that imports a memory and no functions, with a custom section "calls": for each function, the functions that it calls. */
  constructor(module: Uint8Array) {
    eachSection(module, (id, section) => this.#readSection(id, section));
    this.#positions = new Map(this.exported.map(({ name }, position) => [name, position]));
  }

  #readSection(id: number, section: Reader): void {
    switch (id) {
      case 0:
        if (section.name() === "calls") this.#calls = this.functions.map(() => section.list(() => section.unsigned()));
        break;
      case 1:
        this.types = section.part();
        break;
      case 3:
        this.functions = section.list(() => section.unsigned());
        break;
      case 6:
        this.globals = section.part();
        break;
      case 7:
        this.exported = section
          .list(() => ({ name: section.name(), kind: section.unsigned(), index: section.unsigned() }))
          .filter(({ kind }) => kind === 0);
        break;
      case 10:
        this.bodies = section.list(() => section.counted());
        break;
      case 11:
        this.data = section.part();
    }
  }

  /** The place of a function among those that are offered. */
  positionOf(name: string): number {
    const position = this.#positions.get(name);
    if (position === undefined) throw new Error(`library: expected a kernel with the function ${name}, got one without it`);
    return position;
  }

  /** The index of a function that is offered. */
  indexOf(name: string): number {
    return this.exported[this.positionOf(name)]!.index;
  }

  /** The functions that some need, directly or through others. */
  closure(names: Iterable<string>): Set<number> {
    const open = Array.from(names, (name) => this.indexOf(name));
    const needed = new Set(open);
    for (let index; (index = open.pop()) !== undefined;)
      for (const callee of this.#calls[index] ?? []) {
        if (needed.has(callee)) continue;
        needed.add(callee);
        open.push(callee);
      }
    return needed;
  }

  /** The number that a function without parameters returns, where that is all it does. */
  constantOf(name: string): number {
    const body = new Reader(this.bodies[this.indexOf(name)]!);
    const [locals, instruction] = [body.unsigned(), body.unsigned()];
    if (locals !== 0 || instruction !== I.i32_const)
      throw new Error(`library: expected ${name} to return a constant, got other instructions`);
    return body.signed();
  }
}
