/** What an opcode says of its row: the op table's rows are elementwise, the others are where values enter, or move or combine lanes. */
import { opCount, opNames, structural } from "./generated/table.js";

export { structural };

/** The name of any opcode. */
export const rowName = (op: number): string => opNames[op] ?? `op ${op}`;

/** Whether a row's operands stand in the graph's pool: a is their start, b their count. */
export const isPooled = (op: number): boolean => op === structural.assemble || op === structural.custom || op === structural.host;

/** Whether the opcode is a row of the op table. */
export const isElementwise = (op: number): boolean => op < opCount;
