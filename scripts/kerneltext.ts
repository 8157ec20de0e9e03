/**
 * The kernel as a module of JavaScript, in text that any bundler and any character set leaves as it is.
 *
 * Its digits are the printable characters from % to ~ without the backslash, 89 in all. A byte is one digit where byte + 16 modulo 256 is below
 * 87, as four fifths of them are, and otherwise two, of which the first, 87 or 88, stands for 87 or 174. Equal bytes remain equal text
 * wherever they stand, which is what compression needs: beside 12.6 kB for the bytes, gzip makes 13.2 kB of this, 14.1 of hexadecimal
 * and 15.9 of base64.
 */

const BASE = 87;
const SHIFT = 16;
const FIRST_CODE = 37;
const BACKSLASH = 92;

/** src/engines/kernel/generated/kernel.ts */
export function printKernel(kernel: Uint8Array): string {
  return `/** The compiled kernel, written by scripts/build.ts from assembly/. */
const text =
  "${Array.from(kernel, textOf).join("")}";

/** The bytes of kernel.wasm; scripts/kerneltext.ts says how the text has them. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(${kernel.length});
  for (let i = 0, next = 0; i < bytes.length; i++) {
    let code = text.charCodeAt(next++);
    let value = code - (code > ${BACKSLASH} ? ${FIRST_CODE + 1} : ${FIRST_CODE});
    if (value >= ${BASE}) {
      code = text.charCodeAt(next++);
      value = (value - ${BASE - 1}) * ${BASE} + code - (code > ${BACKSLASH} ? ${FIRST_CODE + 1} : ${FIRST_CODE});
    }
    bytes[i] = value - ${SHIFT};
  }
  return bytes;
}
`;
}

function textOf(byte: number): string {
  const number = (byte + SHIFT) & 255;
  return number < BASE ? digit(number) : digit(Math.floor(number / BASE) + BASE - 1) + digit(number % BASE);
}

function digit(value: number): string {
  const code = value + FIRST_CODE;
  return String.fromCharCode(code < BACKSLASH ? code : code + 1);
}
