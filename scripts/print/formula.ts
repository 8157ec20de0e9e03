/** Turns the table's formulas and meanings into source text of a target language. */
import { type Expr } from "../../src/ops/expr.js";
import { type Op, ops } from "../../src/ops/ops.js";

/** The table under its general type. */
export const table: readonly Op[] = ops;

/** How many ops have a companion; their pairs have the codes after the table's. */
export const pairCount = table.filter((op) => op.companion).length;

const byName = new Map(table.map((op) => [op.name, op]));

/** The row of an op that a formula names. */
export function opNamed(name: string): Op {
  const op = byName.get(name);
  if (!op) throw new Error(`generate: expected an op of the table, got "${name}" in a formula`);
  return op;
}

/** The row that yields an op and its companion. */
export const pairName = ({ name, companion }: Op): string => `${name}With${companion!.op[0]!.toUpperCase()}${companion!.op.slice(1)}`;

/**
 * The opcodes by name, and codes that follow them, for the switches of one file, TypeScript or AssemblyScript: a file that is compiled alone
 * has only its own enums' members as numbers. So an op more is a line more, and no other changes.
 */
export const localOpcodes = (...more: readonly string[]): string => `/** Codes of rows: of the table's ops, then of others. */
const enum opcode {
${[...table.map((op) => op.name), ...more].map((name) => `  ${name},\n`).join("")}}
`;

/** How many operands an op takes. */
export const arityOf = (op: Op): number => op.partials.length;

/** The first `count` operand names. */
export const operandNames = (count: number): string[] => ["a", "b", "c"].slice(0, count);

/** The body of an op's meaning as TypeScript, with its operands replaced. */
export function valueText(op: Op, operands: readonly string[]): string {
  const match = /^\(?([^)=]*)\)?\s*=>\s*([^]*)$/.exec(op.value.toString());
  if (!match) throw new Error(`generate: expected ${op.name}'s value to be an arrow with one expression`);
  const names = match[1]!.split(",").map((name) => name.trim());
  return match[2]!.replace(/(?<![.\w])[abc]\b/g, (name) => operands[names.indexOf(name)] ?? name);
}

/** A formula over the table's ops as a TypeScript expression on numbers. */
export function numberText(expr: Expr, operands: Readonly<Record<string, string>>): string {
  if (typeof expr === "number") return String(expr);
  if (typeof expr === "string") return operands[expr]!;
  return `(${valueText(
    opNamed(expr.op),
    expr.args.map((arg) => numberText(arg, operands)),
  )})`;
}

/** Whether a formula is a truth value, so that multiplying by it is choosing. */
export const isTruth = (expr: Expr): boolean => typeof expr === "object" && opNamed(expr.op).truth === true;
