/**
 * Which functions of a WebAssembly module each of its functions calls, appended to the module as the custom section "calls": for each function
 * that the module defines, in order, how many functions it calls and then their indices, ascending, imports counted, all as LEB128.
 */

const FUNCTION_SECTION = 3;
const CODE_SECTION = 10;
const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const BR_TABLE = 0x0e;
const TYPED_SELECT = 0x1c;

/** Reads the binary format in order. */
class Reader {
  constructor(
    readonly bytes: Uint8Array,
    public at: number,
  ) {}

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined)
      throw new RangeError(`callGraph: expected a whole WebAssembly module, got one that ends after ${this.bytes.length} bytes`);
    return byte;
  }

  /** An unsigned LEB128 number; to step over a signed one is the same. */
  number(): number {
    let value = 0;
    let byte: number;
    let unit = 1;
    do {
      byte = this.byte();
      value += (byte & 127) * unit;
      unit *= 128;
    } while (byte > 127);
    return value;
  }
}

/** The indices of the functions that each defined function calls. Throws where it finds an indirect call or an instruction that it does not know. */
function callGraph(module: Uint8Array): number[][] {
  const reader = new Reader(module, 8);
  let defined = 0;
  while (reader.at < module.length) {
    const section = reader.byte();
    const size = reader.number();
    const next = reader.at + size;
    if (section === FUNCTION_SECTION) defined = reader.number();
    if (section === CODE_SECTION) {
      const bodies = reader.number();
      if (bodies !== defined) throw new RangeError(`callGraph: expected code for ${defined} functions, got ${bodies}`);
      return Array.from({ length: bodies }, () => callsOfBody(reader));
    }
    reader.at = next;
  }
  return [];
}

/** The module with its call graph. */
export function withCallGraph(module: Uint8Array): Uint8Array {
  const content = [...named("calls"), ...callGraph(module).flatMap((calls) => [calls.length, ...calls].flatMap(leb128))];
  return Uint8Array.from([...module, 0, ...leb128(content.length), ...content]);
}

/** Reads one function's body. */
function callsOfBody(reader: Reader): number[] {
  const end = reader.number() + reader.at;
  for (let groups = reader.number(); groups > 0; groups--) {
    reader.number();
    reader.byte();
  }
  const calls = new Set<number>();
  while (reader.at < end) {
    const opcode = reader.byte();
    if (opcode === CALL) calls.add(reader.number());
    else stepOver(reader, opcode);
  }
  if (reader.at > end)
    throw new RangeError(`callGraph: expected the function to end at byte ${end}, got an instruction up to ${reader.at}`);
  return [...calls].sort((a, b) => a - b);
}

/** Moves over what follows an opcode. */
function stepOver(reader: Reader, opcode: number): void {
  let [numbers, bytes] = [0, 0];
  const at = reader.at - 1;
  const prefixed = opcode === 0xfc || opcode === 0xfd ? reader.number() : -1;
  if (opcode === 0xfc) numbers = prefixed < 8 ? 0 : prefixed % 2 === 0 ? 2 : 1;
  else if (opcode === 0xfd) [numbers, bytes] = operandsOfLanes(prefixed);
  else if (opcode === BR_TABLE) numbers = reader.number() + 1;
  else if (opcode === TYPED_SELECT) numbers = reader.number();
  else if (opcode >= 0x28 && opcode <= 0x3e)
    numbers = 2; // loads and stores: alignment and offset
  else if (opcode >= 0x20 && opcode <= 0x24)
    numbers = 1; // locals and globals
  else if (opcode >= 0x3f && opcode <= 0x42)
    numbers = 1; // the memory's size, and integer constants
  else if ([0x02, 0x03, 0x04, 0x0c, 0x0d].includes(opcode))
    numbers = 1; // blocks, and branches out of them
  else if (opcode === 0x43) bytes = 4;
  else if (opcode === 0x44) bytes = 8;
  else if (opcode === CALL_INDIRECT) throw new RangeError(`callGraph: expected direct calls alone, got call_indirect at byte ${at}`);
  else if (![0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b].includes(opcode) && !(opcode >= 0x45 && opcode <= 0xc4))
    throw new RangeError(`callGraph: expected an instruction of WebAssembly with SIMD, got opcode 0x${opcode.toString(16)} at byte ${at}`);
  while (numbers-- > 0) reader.number();
  reader.at += bytes;
}

/** The numbers and then the bytes that follow an instruction on two, four, eight or sixteen lanes. */
function operandsOfLanes(opcode: number): [numbers: number, bytes: number] {
  if (opcode <= 11 || opcode === 92 || opcode === 93) return [2, 0];
  if (opcode <= 13) return [0, 16]; // a constant, a shuffle
  if (opcode >= 21 && opcode <= 34) return [0, 1];
  return opcode >= 84 && opcode <= 91 ? [2, 1] : [0, 0];
}

/** A name as the format has it: its length, its characters. */
function named(name: string): number[] {
  return [name.length, ...new TextEncoder().encode(name)];
}

function leb128(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb128(value >>> 7)];
}
