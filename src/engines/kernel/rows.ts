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
