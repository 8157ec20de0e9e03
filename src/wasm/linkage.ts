/** A module that links only with exports of given types, which JavaScript has no other way to ask for. */
import { Bytes } from "./bytes.js";
import { Type } from "./instructions.js";
import { Extern, PREAMBLE, Section } from "./sections.js";

/** The name that the imports' module has. */
export const LINKED = "module";

/** What is linked: a memory with its pages, functions () → i32, and immutable globals of type i32. */
interface Linked {
  readonly memory: string;
  readonly pages: number;
  readonly functions: readonly string[];
  readonly globals: readonly string[];
}

/** The bytes of a module that imports all that, and nothing else; the memory must be one that cannot grow. */
export function linkageModule({ memory, pages, functions, globals }: Linked): Uint8Array<ArrayBuffer> {
  const imports = new Bytes();
  const add = (name: string, kind: number, ...type: number[]): void => {
    imports.name(LINKED);
    imports.name(name);
    imports.byte(kind);
    imports.append(type);
  };
  imports.unsigned(1 + functions.length + globals.length);
  add(memory, Extern.memory, 1); // with a greatest number of pages
  imports.unsigned(pages);
  imports.unsigned(pages);
  for (const name of functions) add(name, Extern.function, 0);
  for (const name of globals) add(name, Extern.global, Type.i32, 0);
  const module = new Bytes();
  module.append(PREAMBLE);
  module.byte(Section.type);
  module.counted([1, 0x60, 0, 1, Type.i32]);
  module.byte(Section.import);
  module.counted(imports.written);
  return module.written;
}
