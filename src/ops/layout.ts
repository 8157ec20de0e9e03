/** The layout of the kernel's tape in linear memory, for both of its sides: the generator prints it for assembly/. Imports nothing. */

/** The places of fields that lie one behind the other, by the bytes that each takes, and the bytes of all, rounded up. */
function record<Field extends string>(fields: Readonly<Record<Field, number>>, align: number): Readonly<Record<Field | "bytes", number>> {
  let end = 0;
  const places = Object.entries<number>(fields).map(([name, bytes]) => [name, (end += bytes) - bytes]);
  return Object.fromEntries([...places, ["bytes", Math.ceil(end / align) * align]]) as Record<Field | "bytes", number>;
}

/** The columns of a row and the bytes of a number in each: the opcode, the mode, the lanes, and the addresses of v, a, b and c. */
export const COLUMN = { op: 1, mode: 1, lanes: 4, v: 4, a: 4, b: 4, c: 4 } as const;

/** The header: where the columns begin, where the sections begin, how many there are, the one to go on from after a stop, the call to make there. */
export const HEADER = record({ op: 4, mode: 4, lanes: 4, v: 4, a: 4, b: 4, c: 4, sections: 4, count: 4, resume: 4, call: 4 }, 16);

/**
 * A section: its first row, the row after its last, and the lanes of its loop in blocks of so many; without lanes, rows that are run once.
 * One without rows and lanes is a stop, whose block is the number of the call.
 */
export const SECTION = record({ first: 4, last: 4, lanes: 4, block: 4 }, 4);

/**
 * In place of its lanes, what a section does that has no rows: it runs others, from the one whose number is its first to that before its last; or it begins the counter at its block with the
 * index that is its first and as many steps as its last says; or it moves the index by its last and goes back by as many sections as its first says until no step is left.
 */
export const KIND = { called: 0xffffffff, begin: 0xfffffffe, next: 0xfffffffd } as const;

/** The counter of a loop: the index of the step, and how many steps are left. */
export const COUNTER = record({ index: 4, left: 4 }, 16);

/** Bits of a row's mode: operand k is one number for all lanes; operand k, or v, moves with the block. */
export const BROADCAST = { a: 1, b: 2, c: 4, any: 7 } as const;
export const ADVANCE = { a: 8, b: 16, c: 32, v: 64 } as const;

/** The least and the most lanes of a block: powers of two, which divide the lanes after which sums close. */
export const BLOCK = { least: 16, most: 256 } as const;

/** What a sweep returns. */
export const STATUS = { done: 0, fault: 1, stop: 2 } as const;

/** The last fault: the lane, how many the operand has, and the lane number, which is out of bounds. */
export const FAULT = record({ lane: 4, lanes: 4, index: 8 }, 8);

/**
 * A sum under way: accumulators, the lanes added since they were last closed, how often they were closed, and a stack of partial sums, as
 * many as the carries of a count of 2³² lanes can leave.
 */
export const SUM = record({ accumulators: 8 * 8, count: 4, closed: 4, stack: 24 * 8 }, 16);

/** After so many lanes the accumulators of a sum close. */
export const CLOSE = 8192;

/** A sum of this many scalars or fewer adds them from the left. */
export const FROM_THE_LEFT = 3;

/**
 * Sizes of blocks in linear algebra: the bytes of a tile at an edge; rows, columns and inner terms of the blocks of a product, whose strips of 128 and 512 kB stay in
 * the second-level cache; columns of a panel in triangular solves and factors.
 */
export const LINEAR = { edge: 128, rows: 64, columns: 256, inner: 256, panel: 64 } as const;
