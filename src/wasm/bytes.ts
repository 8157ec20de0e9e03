/** A growing sequence of bytes, with the numbers of WebAssembly's binary format. */
import { grown } from "../data/growth.js";
import { utf8 } from "./text.js";

const double = new Float64Array(1);
const bytesOfDouble = new Uint8Array(double.buffer);

/** Bytes that are written one after another. */
export class Bytes {
  #bytes = new Uint8Array(256);
  /** How many were written. */
  length = 0;

  /** What was written, as a view that is valid until more is. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  #reserve(count: number): void {
    if (this.length + count > this.#bytes.length) this.#bytes = grown(this.#bytes, this.length + count);
  }

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  /** An unsigned integer of up to 32 bits, LEB128. */
  unsigned(value: number): void {
    while (value > 0x7f) {
      this.byte((value & 0x7f) | 0x80);
      value >>>= 7;
    }
    this.byte(value);
  }

  /** A signed integer of 32 bits, LEB128. */
  signed(value: number): void {
    value |= 0;
    while (value < -0x40 || value > 0x3f) {
      this.byte((value & 0x7f) | 0x80);
      value >>= 7;
    }
    this.byte(value & 0x7f);
  }

  /** A signed integer of 64 bits, LEB128. */
  signedLong(value: bigint): void {
    while (value < -0x40n || value > 0x3fn) {
      this.byte(Number(value & 0x7fn) | 0x80);
      value >>= 7n;
    }
    this.byte(Number(value & 0x7fn));
  }

  /** The 64 bits of a number. */
  double(value: number): void {
    double[0] = value;
    if (this.length + 8 > this.#bytes.length) this.#reserve(8);
    for (let i = 0; i < 8; i++) this.#bytes[this.length++] = bytesOfDouble[i]!;
  }

  append(bytes: ArrayLike<number>): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Bytes after their count. */
  counted(bytes: ArrayLike<number>): void {
    this.unsigned(bytes.length);
    this.append(bytes);
  }

  /** A name, in UTF-8 after its count. */
  name(name: string): void {
    this.counted(utf8(name));
  }
}
