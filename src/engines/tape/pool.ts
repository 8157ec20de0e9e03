/** Tapes that recordings take and give back: memories are few, since engines set some 10 GB of addresses aside for each. */
import { refusal } from "../../wasm/permission.js";
import { warnRefused } from "../refused.js";
import { ArrayTape, KernelTape, type TapeMemory } from "./memory.js";

/** How many are kept: as many recordings as are under way inside each other without a new one. */
const MOST_KEPT = 8;

/** A larger one is the garbage collector's. */
const MOST_BYTES = 64e6;

const free: TapeMemory[] = [];

/** A new one: arrays where a page forbids WebAssembly. */
function fresh(): TapeMemory {
  const refused = refusal();
  if (refused === undefined) return new KernelTape("record");
  warnRefused(refused);
  return new ArrayTape();
}

/** What `body` makes of a tape that nothing else uses meanwhile. */
export function withTape<T>(body: (memory: TapeMemory) => T): T {
  const memory = free.pop() ?? fresh();
  try {
    return body(memory);
  } finally {
    if (free.length < MOST_KEPT && memory.bytes <= MOST_BYTES) free.push(memory);
  }
}
