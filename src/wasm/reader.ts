/** Reads modules that were found to be valid: their sections, and the numbers of WebAssembly's binary format. */
import { PREAMBLE } from "./sections.js";
import { fromUtf8 } from "./text.js";

/** A vector of a section: how many items, and their bytes. */
export interface Part {
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** Reads bytes of the binary format one after another. */
export class Reader {
  at = 0;

  constructor(readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new RangeError(`Reader: expected a whole module, got one that ends after ${this.bytes.length} bytes`);
    return byte;
  }

  /** An unsigned number of 32 bits, LEB128; to step over any other is the same. */
  unsigned(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  /** A signed number of 32 bits. */
  signed(): number {
    const start = this.at;
    const value = this.unsigned();
    const width = 7 * (this.at - start);
    return width < 32 ? (value << (32 - width)) >> (32 - width) : value | 0;
  }

  take(count: number): Uint8Array {
    return this.bytes.subarray(this.at, (this.at += count));
  }

  counted(): Uint8Array {
    return this.take(this.unsigned());
  }

  name(): string {
    return fromUtf8(this.counted());
  }

  /** A vector whose items are copied as they are. */
  part(): Part {
    const count = this.unsigned();
    return { count, bytes: this.bytes.subarray(this.at) };
  }

  /** The items of a vector. */
  list<T>(item: () => T): T[] {
    return Array.from({ length: this.unsigned() }, item);
  }
}

/** Calls `visit` with the number and the content of every section. */
export function eachSection(module: Uint8Array, visit: (id: number, content: Reader) => void): void {
  const reader = new Reader(module.subarray(PREAMBLE.length));
  while (!reader.done) visit(reader.unsigned(), new Reader(reader.counted()));
}
