/**
 * Which functions of a WebAssembly module each of its functions calls, appended to the module as the custom section "calls": for each function
 * that the module defines, in order, how many functions it calls and then their indices, ascending, imports counted, all as LEB128.
 */
import { Bytes } from "../src/wasm/bytes.js";
import { eachSection, type Reader } from "../src/wasm/reader.js";
import { Section } from "../src/wasm/sections.js";

const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const BR_TABLE = 0x0e;
const TYPED_SELECT = 0x1c;

/** The indices of the functions that each defined function calls. Throws where it finds an indirect call or an instruction that it does not know. */
function callGraph(module: Uint8Array): number[][] {
  let defined = 0;
  let calls: number[][] = [];
  eachSection(module, (section, content) => {
    if (section === Section.function) defined = content.unsigned();
    if (section === Section.code) calls = content.list(() => callsOfBody(content));
  });
  if (calls.length !== defined) throw new RangeError(`callGraph: expected code for ${defined} functions, got ${calls.length}`);
  return calls;
}

/** The module with its call graph. */
export function withCallGraph(module: Uint8Array): Uint8Array {
  const content = new Bytes();
  content.name("calls");
  for (const calls of callGraph(module)) [calls.length, ...calls].forEach((number) => content.unsigned(number));
  const whole = new Bytes();
  whole.append(module);
  whole.byte(Section.custom);
  whole.counted(content.written);
  return whole.written;
}

/** Reads one function's body. */
function callsOfBody(reader: Reader): number[] {
  const end = reader.unsigned() + reader.at;
  for (let groups = reader.unsigned(); groups > 0; groups--) {
    reader.unsigned();
    reader.byte();
  }
  const calls = new Set<number>();
  while (reader.at < end) {
    const opcode = reader.byte();
    if (opcode === CALL) calls.add(reader.unsigned());
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
  const prefixed = opcode === 0xfc || opcode === 0xfd ? reader.unsigned() : -1;
  if (opcode === 0xfc) numbers = prefixed < 8 ? 0 : prefixed % 2 === 0 ? 2 : 1;
  else if (opcode === 0xfd) [numbers, bytes] = operandsOfLanes(prefixed);
  else if (opcode === BR_TABLE) numbers = reader.unsigned() + 1;
  else if (opcode === TYPED_SELECT) numbers = reader.unsigned();
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
  while (numbers-- > 0) reader.unsigned();
  reader.at += bytes;
}

/** The numbers and then the bytes that follow an instruction on two, four, eight or sixteen lanes. */
function operandsOfLanes(opcode: number): [numbers: number, bytes: number] {
  if (opcode <= 11 || opcode === 92 || opcode === 93) return [2, 0];
  if (opcode <= 13) return [0, 16]; // a constant, a shuffle
  if (opcode >= 21 && opcode <= 34) return [0, 1];
  return opcode >= 84 && opcode <= 91 ? [2, 1] : [0, 0];
}
