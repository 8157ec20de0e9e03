/** Linear memory under construction: addresses above a base, and what memory holds from the beginning. */

/** Numbers in memory. */
export interface Span {
  readonly address: number;
  readonly lanes: number;
}

/** Numbers that memory holds from the beginning. */
interface Data {
  readonly address: number;
  readonly values: Float64Array | Int32Array | Uint32Array;
}

/** A number of bytes, rounded up to 16. */
export const padded = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Bytes that nothing uses at the end, for what a pair of lanes may read past it. */
const BEYOND = 64;

/** An allocator of addresses, none of which is given back. */
export class Arena {
  /** What memory holds from the beginning. */
  readonly data: Data[] = [];
  readonly #constants = new Map<number | string, number>();
  #end: number;

  constructor(base: number) {
    this.#end = padded(base);
  }

  /** The address of `bytes` that nothing else uses, on a 16-byte boundary and padded to one. */
  allocate(bytes: number): number {
    const address = this.#end;
    this.#end += padded(bytes);
    return address;
  }

  /** The address of numbers that memory holds from the beginning. */
  hold(values: Float64Array | Int32Array | Uint32Array): number {
    const address = this.allocate(values.byteLength);
    this.data.push({ address, values });
    return address;
  }

  /** The address of a number that memory holds from the beginning, twice, so that a pair of lanes may be loaded. */
  constant(value: number): number {
    const key = Object.is(value, -0) ? "-0" : value;
    let address = this.#constants.get(key);
    if (address === undefined) this.#constants.set(key, (address = this.hold(Float64Array.of(value, value))));
    return address;
  }

  /** The bytes of memory that everything takes. */
  get bytes(): number {
    return this.#end + BEYOND;
  }

  /** Writes what memory holds from the beginning. */
  writeTo(buffer: ArrayBuffer): void {
    for (const { address, values } of this.data)
      new Uint8Array(buffer, address, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
}
