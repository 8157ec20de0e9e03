/** The frame of WebAssembly's binary format: how modules begin, and the numbers of sections and of what is imported and exported. */

/** "\0asm" and the version. */
export const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** The numbers of the binary format's sections. */
export const Section = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  code: 10,
  data: 11,
} as const;

/** The kinds of imports and exports. */
export const Extern = { function: 0, memory: 2, global: 3 } as const;

/** The bytes of a page of memory. */
export const PAGE = 65536;

/** The most pages that a memory can have, and their bytes: 4 GiB. */
export const MOST_PAGES = 65536;
export const MOST_BYTES = MOST_PAGES * PAGE;
