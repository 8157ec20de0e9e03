/** The rows of the kernel's tape: the op table's, by their own codes, and after them those that move or combine lanes. */
import { opcode, opNames } from "../../generated/table.js";

/** The kernel's own rows, in the order of their codes; the generator prints them for the kernel. */
export const kernelRows = [
  { name: "gather", doc: "v[i] := the number at address a[i]" },
  { name: "take", doc: "v[i] := a[b[i]], b lane numbers below c" },
  { name: "takeValue", doc: "as take, b whole numbers as doubles" },
  { name: "segmentSum", doc: "v[b[i]] += a[i], b lane numbers below c" },
  { name: "segmentSumValue", doc: "as segmentSum, b whole numbers as doubles" },
  { name: "cumsum", doc: "v[i] := a[0] + … + a[i], the running sum at c" },
  { name: "reverse", doc: "v[i] := a[−i]" },
  { name: "sumBegin", doc: "empties as many sums, at v, as there are lanes" },
  { name: "sum", doc: "adds the lanes of a to the sum at v" },
  { name: "dot", doc: "adds the products of the lanes of a and b to the sum at v" },
  { name: "sumEnd", doc: "v[i] := the total of the i-th sum at a" },
  { name: "max", doc: "the number at v := the greatest of it and the lanes of a" },
  { name: "min", doc: "the number at v := the least of it and the lanes of a" },
  { name: "argmax", doc: "the pair (lane, value) at v := the first greatest of it and the lanes of a" },
  { name: "argmin", doc: "the pair (lane, value) at v := the first least of it and the lanes of a" },
] as const;

type KernelRowName = (typeof kernelRows)[number]["name"];

/** Codes of the kernel's own rows. */
export const kernelRow = Object.fromEntries(kernelRows.map(({ name }, i) => [name, opNames.length + i])) as Record<KernelRowName, number>;

/** The row that copies, or fills from a broadcast operand. */
export const COPY = opcode.stopGradient;

/** Bytes of a sum under way; assembly/reduce.ts lays them out. */
export const SUM_BYTES = 272;

/** Bits of the mode column: operand k is one number for all lanes; operand k, or v, moves with the block. */
export const BROADCAST = [1, 2, 4] as const;
export const ADVANCE = [8, 16, 32] as const;
export const ADVANCE_V = 64;
