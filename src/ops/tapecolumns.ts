/** The columns of a tape, in the order in which its header has their addresses. Imports nothing, so that the generator can read it before anything is generated. */

/** What a column has a number for: a row; a cell, where one number lies; a term of a sum. */
export type Per = "row" | "cell" | "term";

interface Column {
  readonly name: string;
  /** The bytes of a number. */
  readonly bytes: 1 | 4 | 8;
  readonly per: Per;
  readonly doc: string;
}

/** The columns; `adjoint` and `live` are there where a tape is swept back. */
export const tapeColumns = [
  { name: "value", bytes: 8, per: "cell", doc: "the numbers" },
  { name: "a", bytes: 4, per: "row", doc: "the cell of the first operand; of a sum, its first term" },
  { name: "b", bytes: 4, per: "row", doc: "the cell of the second operand; of a sum, how many terms it has" },
  { name: "c", bytes: 4, per: "row", doc: "the cell of the third operand" },
  { name: "terms", bytes: 4, per: "term", doc: "the cells that sums add" },
  { name: "op", bytes: 1, per: "row", doc: "an opcode of the table, or SUM, or HELD for a cell that is given" },
  { name: "flows", bytes: 1, per: "row", doc: "bit k says that adjoints flow to operand k; of a sum, bit 0 to its terms" },
  { name: "adjoint", bytes: 8, per: "cell", doc: "the derivatives of a result by the numbers" },
  {
    name: "live",
    bytes: 1,
    per: "cell",
    doc: "1 where a result depends on a number at this point: on the paths that were chosen. What is not live gives nothing on",
  },
] as const satisfies readonly Column[];
