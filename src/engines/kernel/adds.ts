/** Lanes that are added to others, of which not one more may be written. */
import { opcode } from "../../ops/generated/table.js";
import { kernelRow } from "./rows.js";
import { type Tape } from "./tape.js";

/** Appends the rows that add lanes to others; the last by way of a temporary where a pair of lanes would reach past an odd end. */
export function addLanes(tape: Tape, address: number, from: number, lanes: number): void {
  const even = lanes - (lanes & 1);
  if (even > 0) tape.row(opcode.add, even, { address }, { address }, { address: from });
  if (even === lanes) return;
  const temporary = tape.arena.allocate(8);
  const last = address + 8 * even;
  tape.scalar(opcode.add, temporary, last, from + 8 * even);
  tape.row(kernelRow.gather, 1, { address: last }, { address: tape.arena.hold(Uint32Array.of(temporary)) });
}
