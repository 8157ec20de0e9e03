/** What an opcode says of its row: the op table's rows are elementwise, the others have definitions of their own. */
import { opCount, opNames, structural } from "./generated/table.js";
import { type Structural } from "./definition.js";
import { structuralRows, type StructuralName } from "./structural.js";

export { structural };

/** Definitions by opcode, from the first structural one. */
const definitions: readonly Structural[] = Object.values(structuralRows);

/** How many opcodes there are. */
export const rowCount: number = opCount + definitions.length;

/** The name of any opcode. */
export const rowName = (op: number): string => opNames[op] ?? `op ${op}`;

/** Whether the opcode is a row of the op table. */
export const isElementwise = (op: number): boolean => op < opCount;

/** The definition of a structural row; undefined of the op table's. */
export const definitionOf = (op: number): Structural | undefined => definitions[op - opCount];

/** The definition of a row that is not elementwise. */
export function structuralOf(op: number): Structural {
  const found = definitions[op - opCount];
  if (found === undefined) throw new TypeError(`expected a structural row, got ${rowName(op)}`);
  return found;
}

/** A column by opcode: 1 where a condition holds of the definition. */
const flags = (holds: (definition: Structural) => boolean): Uint8Array =>
  Uint8Array.from({ length: rowCount }, (_, op) => (op >= opCount && holds(definitions[op - opCount]!) ? 1 : 0));

const pooled = flags((row) => row.pooled === true);
const indices = flags((row) => row.kind === "entry" && row.indices);

const whole = flags((row) => row.kind === "whole");

/** Whether a row is a function of whole operands. */
export const isWhole = (op: number): boolean => whole[op] === 1;

const called = flags((row) => row.place === "called");

/** Whether a row is computed by one function of the kernel. */
export const isCalled = (op: number): boolean => called[op] === 1;

/** Whether a row's operands stand in the graph's pool: a is their start, b their count. */
export const isPooled = (op: number): boolean => pooled[op] === 1;

/** Whether a row holds lane numbers. */
export const holdsIndices = (op: number): boolean => indices[op] === 1;

const owners = flags((row) => row.kind === "body");

/** Whether a row owns bodies, so that its result is parts side by side. */
export const ownsBodies = (op: number): boolean => owners[op] === 1;

/** A table by name as a list by opcode; total where the names are. */
export function byOpcode<T>(table: Readonly<Partial<Record<StructuralName, T>>>): readonly (T | undefined)[] {
  const list = new Array<T | undefined>(rowCount).fill(undefined);
  for (const name of Object.keys(table) as StructuralName[]) list[structural[name]] = table[name];
  return list;
}
