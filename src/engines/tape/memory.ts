/** What tapes lie in: a WebAssembly memory beside the kernel, or, where a page forbids WebAssembly, arrays that TypeScript sweeps. */
import { noMemory, OutOfMemoryError } from "../../errors.js";
import { MOST_BYTES, PAGE } from "../../wasm/sections.js";
import { instantiate } from "../kernel/load.js";
import { forward, reverse, type Tape } from "../reference/generated/sweeps.js";
import { type Per, tapeColumns } from "../../ops/tapecolumns.js";

/** How many rows, cells and terms there are, or is room for. */
export type Counts = Readonly<Record<Per, number>>;

/** What a recording has, copied out of its memory. */
export type SavedTape = Omit<Tape, "adjoint" | "live">;

type ColumnName = (typeof tapeColumns)[number]["name"];

/** Room for a short recording. */
const LEAST: Counts = { row: 2048, cell: 2048, term: 64 };

/** The columns that are there only where a tape is swept back. */
const isSwept = (name: ColumnName): boolean => name === "adjoint" || name === "live";

/** Room for one tape, which grows. */
export abstract class TapeMemory {
  #room: Counts = { row: 0, cell: 0, term: 0 };
  #sweeps = false;
  #columns: Tape | undefined;

  /** The columns as they are now; others once there is more room. */
  get columns(): Tape {
    return this.#columns!;
  }

  /** The bytes that it takes. */
  abstract readonly bytes: number;

  /** Columns with room for so much; `kept` are to be their first numbers. */
  protected abstract place(room: Counts, sweeps: boolean, kept: Tape | undefined): Tape;

  /** Evaluates rows, into the cells from one on. */
  abstract forward(first: number, count: number, cell: number): void;

  /** Sweeps the adjoints of those rows back. */
  abstract reverse(first: number, count: number, cell: number): void;

  /** Makes room for so much; what there is doubles. */
  reserve(row: number, cell: number, term: number): void {
    const room = this.#room;
    if (row <= room.row && cell <= room.cell && term <= room.term) return;
    const most = (per: Per, wanted: number): number => (wanted <= room[per] ? room[per] : Math.max(LEAST[per], 2 * room[per], wanted));
    this.#place({ row: most("row", row), cell: most("cell", cell), term: most("term", term) }, this.#sweeps, this.#columns);
  }

  /** Makes room for exactly so much, with adjoints where it is to be swept back; what there was is lost. */
  fix(room: Counts, sweeps: boolean): void {
    this.#place(room, sweeps, undefined);
  }

  /** The rows and numbers of a tape, copied. */
  copy({ row, cell, term }: Counts): SavedTape {
    const { op, flows, a, b, c, terms, value } = this.columns;
    return {
      op: op.slice(0, row),
      flows: flows.slice(0, row),
      a: a.slice(0, row),
      b: b.slice(0, row),
      c: c.slice(0, row),
      terms: terms.slice(0, term),
      value: value.slice(0, cell),
    };
  }

  /** Puts a tape that was copied in its place again, with room for adjoints where it is to be swept back. */
  load(saved: SavedTape, sweeps: boolean): void {
    const { row, cell, term } = this.#room;
    const wanted = { row: saved.op.length, cell: saved.value.length, term: saved.terms.length };
    if (wanted.row > row || wanted.cell > cell || wanted.term > term || (sweeps && !this.#sweeps))
      this.fix({ row: Math.max(row, wanted.row), cell: Math.max(cell, wanted.cell), term: Math.max(term, wanted.term) }, sweeps);
    const { columns } = this;
    for (const { name } of tapeColumns) if (!isSwept(name)) columns[name].set(saved[name as keyof SavedTape]);
  }

  #place(room: Counts, sweeps: boolean, kept: Tape | undefined): void {
    this.#columns = this.place(room, sweeps, kept);
    this.#room = room;
    this.#sweeps = sweeps;
  }
}

const arrays = { 1: Uint8Array, 4: Uint32Array, 8: Float64Array };

/** How many numbers a column has room for. */
const lengthOf = ({ name, per }: (typeof tapeColumns)[number], room: Counts, sweeps: boolean): number =>
  isSwept(name) && !sweeps ? 0 : room[per];

/** A tape in the memory of a kernel of its own. */
export class KernelTape extends TapeMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #exports: ReturnType<typeof instantiate>["exports"];
  /** Where the header lies, and behind it the columns. */
  readonly #header: number;

  /** Errors name who needs it. */
  constructor(readonly name: string) {
    super();
    const { exports, memory } = instantiate(PAGE, MOST_BYTES, name);
    this.#memory = memory;
    this.#exports = exports;
    this.#header = exports.heapBase() >>> 0;
  }

  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  forward(first: number, count: number, cell: number): void {
    this.#exports.forward(this.#header, first, count, cell);
  }

  reverse(first: number, count: number, cell: number): void {
    this.#exports.reverse(this.#header, first, count, cell);
  }

  protected place(room: Counts, sweeps: boolean, kept: Tape | undefined): Tape {
    let end = this.#header + 16 * Math.ceil((4 * tapeColumns.length) / 16);
    const addresses = tapeColumns.map((column) => {
      const address = end;
      end += 16 * Math.ceil((column.bytes * lengthOf(column, room, sweeps)) / 16);
      return address;
    });
    const moves = (name: ColumnName, i: number): boolean => !isSwept(name) && kept?.[name].byteOffset !== addresses[i];
    const saved = tapeColumns.map(({ name }, i) => (moves(name, i) ? kept?.[name].slice() : undefined));
    this.#grow(end);
    const { buffer } = this.#memory;
    new Uint32Array(buffer, this.#header, addresses.length).set(addresses);
    const columns = tapeColumns.map((column, i) => {
      const numbers = new arrays[column.bytes](buffer, addresses[i], lengthOf(column, room, sweeps));
      const before = saved[i];
      if (before !== undefined) numbers.set(before);
      return [column.name, numbers] as const;
    });
    return Object.fromEntries(columns) as unknown as Tape;
  }

  #grow(bytes: number): void {
    const pages = Math.ceil((bytes - this.#memory.buffer.byteLength) / PAGE);
    if (bytes > MOST_BYTES)
      throw new OutOfMemoryError(
        `${this.name}: expected to need at most ${MOST_BYTES} bytes (4 GiB), got ${bytes}. Record fewer operations at a time`,
      );
    if (pages <= 0) return;
    try {
      this.#memory.grow(pages);
    } catch (cause) {
      throw noMemory(this.name, `${bytes} bytes of memory`, cause);
    }
  }
}

/** A tape in arrays, swept by TypeScript. */
export class ArrayTape extends TapeMemory {
  get bytes(): number {
    return Object.values<ArrayBufferView>({ ...this.columns }).reduce((total, column) => total + column.byteLength, 0);
  }

  forward(first: number, count: number, cell: number): void {
    forward(this.columns, first, count, cell);
  }

  reverse(first: number, count: number, cell: number): void {
    reverse(this.columns, first, count, cell);
  }

  protected place(room: Counts, sweeps: boolean, kept: Tape | undefined): Tape {
    const columns = tapeColumns.map((column) => {
      const length = lengthOf(column, room, sweeps);
      const before = kept?.[column.name];
      if (before?.length === length) return [column.name, before] as const;
      const numbers = new arrays[column.bytes](length);
      if (before !== undefined && !isSwept(column.name)) numbers.set(before);
      return [column.name, numbers] as const;
    });
    return Object.fromEntries(columns) as unknown as Tape;
  }
}
