/** The tape under construction: its columns, the sections that are swept, and the memory that both and the data take. */
import { ADVANCE, ADVANCE_V, BROADCAST } from "./rows.js";

/** Where an operand is found: its address, and whether one number serves all lanes or the address moves with the block. */
export interface Place {
  readonly address: number;
  readonly broadcast?: boolean;
  readonly advance?: boolean;
}

/** Bytes of the header: the addresses of seven columns, of the sections, and their count. assembly/tape.ts reads it. */
const HEADER_BYTES = 48;
/** Bytes of a row's columns: opcode 1, mode 1, lanes 4, v, a, b, c 4 each. */
export const ROW_BYTES = 22;
/** Bytes of a section: first and last row, lanes, block. */
const SECTION_BYTES = 16;

type Column = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

function grown<C extends Column>(column: C): C {
  const larger = new (column.constructor as new (length: number) => C)(2 * column.length);
  larger.set(column);
  return larger;
}

const even = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Rows and sections in the order of execution, and an allocator of addresses above `base`. */
export class Tape {
  #columns: { op: Uint8Array<ArrayBuffer>; mode: Uint8Array<ArrayBuffer>; lanes: Uint32Array<ArrayBuffer>; v: Uint32Array<ArrayBuffer>; a: Uint32Array<ArrayBuffer>; b: Uint32Array<ArrayBuffer>; c: Uint32Array<ArrayBuffer> } = {
    op: new Uint8Array(64),
    mode: new Uint8Array(64),
    lanes: new Uint32Array(64),
    v: new Uint32Array(64),
    a: new Uint32Array(64),
    b: new Uint32Array(64),
    c: new Uint32Array(64),
  };
  readonly #sections: number[] = [];
  readonly #data: { address: number; values: Float64Array | Int32Array | Uint32Array }[] = [];
  readonly header: number;
  #end: number;
  /** How many rows there are. */
  length = 0;
  #opened = 0;

  constructor(base: number) {
    this.header = even(base);
    this.#end = this.header + HEADER_BYTES;
  }

  /** The address of `bytes` that nothing else uses, on a 16-byte boundary and padded to one. */
  allocate(bytes: number): number {
    const address = this.#end;
    this.#end += even(bytes);
    return address;
  }

  /** The address of numbers that memory holds from the beginning. */
  data(values: Float64Array | Int32Array | Uint32Array): number {
    const address = this.allocate(values.byteLength);
    this.#data.push({ address, values });
    return address;
  }

  /** Appends a row. */
  row(op: number, lanes: number, v: Place, a: Place, b?: Place, c?: Place): void {
    const columns = this.#columns;
    const row = this.length++;
    if (row === columns.op.length) this.#grow();
    const { op: ops, mode: modes, lanes: counts, v: vs, a: as, b: bs, c: cs } = this.#columns;
    ops[row] = op;
    counts[row] = lanes;
    vs[row] = v.address;
    as[row] = a.address;
    let mode = (v.advance ? ADVANCE_V : 0) | (a.broadcast ? BROADCAST[0] : 0) | (a.advance ? ADVANCE[0] : 0);
    if (b) {
      bs[row] = b.address;
      mode |= (b.broadcast ? BROADCAST[1] : 0) | (b.advance ? ADVANCE[1] : 0);
    }
    if (c) {
      cs[row] = c.address;
      mode |= (c.broadcast ? BROADCAST[2] : 0) | (c.advance ? ADVANCE[2] : 0);
    }
    modes[row] = mode;
  }

  /** Ends the section of the rows since the last: a loop over `lanes` in blocks, or, without lanes, straight rows. */
  close(lanes = 0, block = 0): void {
    if (this.length > this.#opened) this.#sections.push(this.#opened, this.length, lanes, block);
    this.#opened = this.length;
  }

  #grow(): void {
    const { op, mode, lanes, v, a, b, c } = this.#columns;
    this.#columns = { op: grown(op), mode: grown(mode), lanes: grown(lanes), v: grown(v), a: grown(a), b: grown(b), c: grown(c) };
  }

  /** The bytes of memory that everything takes, with what a pair of lanes may read past the end. */
  get bytes(): number {
    return this.#end + even(this.length * ROW_BYTES + 7 * 16) + this.#sections.length * 4 + 64;
  }

  /** Writes header, columns, sections and data. */
  writeTo(buffer: ArrayBuffer): void {
    const header = new Uint32Array(buffer, this.header, HEADER_BYTES / 4);
    const { op, mode, lanes, v, a, b, c } = this.#columns;
    let end = this.#end;
    [op, mode, lanes, v, a, b, c].forEach((column, i) => {
      const used = column.subarray(0, this.length);
      new Uint8Array(buffer, end, used.byteLength).set(new Uint8Array(used.buffer, 0, used.byteLength));
      header[i] = end;
      end += even(used.byteLength);
    });
    new Uint32Array(buffer, end, this.#sections.length).set(this.#sections);
    header[7] = end;
    header[8] = this.#sections.length / (SECTION_BYTES / 4);
    for (const { address, values } of this.#data) new Uint8Array(buffer, address, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
}
