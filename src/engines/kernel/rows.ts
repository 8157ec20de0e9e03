/** Codes of the rows of the kernel's tape: the op table's, then pairs of companions, then the rows that move or combine lanes. */
import { kernelRow } from "./generated/rows.js";
import { opcode, opCount, pairs } from "../../ops/generated/table.js";

export { kernelRow };

/** A companion: its partner's opcode, the code of the row that computes both, and whether v is this one of the two. */
interface Pair {
  readonly partner: number;
  readonly code: number;
  readonly first: boolean;
}

/** The pair an opcode belongs to. */
export const pairOf = new Map<number, Pair>();
pairs.forEach(([op, companion], i) => {
  const code = opCount + i;
  pairOf.set(op, { partner: companion, code, first: true });
  pairOf.set(companion, { partner: op, code, first: false });
});

/** The row that copies, or fills from a broadcast operand. */
export const COPY = opcode.stopGradient;

/** Bytes of a sum under way; assembly/reduce.ts lays them out. */
export const SUM_BYTES = 272;

/** Bits of the mode column: operand k is one number for all lanes; operand k, or v, moves with the block. */
export const BROADCAST = [1, 2, 4] as const;
export const ADVANCE = [8, 16, 32] as const;
export const ADVANCE_V = 64;
