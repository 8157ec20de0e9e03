/** Prints the runtime's share of the op table: names, arities, flags, meanings and derivative rules. */
import { type Expr, parseExpr } from "../../src/ops/expr.js";
import { instructionOf } from "../../src/ops/instructions.js";
import { structuralRows } from "../../src/ops/structural.js";
import { type Op } from "../../src/ops/ops.js";
import { arityOf, isTruth, localOpcodes, opNamed, operandNames, table, valueText } from "./formula.js";
import { tableHash } from "./hash.js";

/** Whether a code formula calls none of the kernel's mathematics. */
const isInstructions = (expr: Expr): boolean =>
  typeof expr !== "object" || ((instructionOf(expr.op) || choices.has(expr.op)) && expr.args.every(isInstructions));

/** The structural rows in opcode order. */
const structuralOps = Object.entries(structuralRows).map(([name, row]) => ({ name, ...row }));

const choices = new Set(["select", "copysign"]);

/** Items one a line, so that one more is a line more. */
const lines = (items: readonly string[]): string => items.map((item) => `  ${item},\n`).join("");

/** The opcodes of the ops of which something holds. */
const opsThat = (name: string, doc: string, holds: (op: Op) => unknown): string =>
  `\n/** ${doc} */\nexport const ${name}: Flags = flags([\n${lines(table.filter(holds).map((op) => `opcode.${op.name}`))}]);\n`;

/** An enum, whose members a bundler writes as numbers wherever they are named. Only the first has a number here. */
const enumOf = (name: string, doc: string, rows: readonly { readonly name: string; readonly doc: string }[], first: string): string =>
  `\n/** ${doc} */\nexport enum ${name} {\n${rows.map((row, i) => `  /** ${row.doc} */\n  ${row.name}${i === 0 ? first : ""},\n`).join("")}}\n`;

/** src/ops/generated/table.ts */
export function printTable(): string {
  const last = table.at(-1)!.name;
  const rows = [...table.map((op) => [op.name, arityOf(op), op.code]), ...structuralOps.map(({ name, rows }) => [name, rows])];
  const pairs = table.filter((op) => op.companion);
  return `/** Names and flags of rows, by opcode: of the op table's, then of the structural rows. */
${enumOf("opcode", "Opcodes of the table's ops.", table, "")}
/** How many ops the table has. */
export const opCount: number = opcode.${last} + 1;
${enumOf("structural", "Opcodes of the structural rows.", structuralOps, ` = opcode.${last} + 1`)}
/** Of each row the name, the number of its operands and, of an op, its code. */
const rows: readonly (readonly [name: string, arity: number, code?: string])[] = [
${lines(rows.map((row) => JSON.stringify(row)))}];

/** The names of all rows. */
export const opNames: readonly string[] = rows.map(([name]) => name);

/** How many operands each row has; 0 where they stand in the graph's pool. */
export const arity: readonly number[] = rows.map(([, arity]) => arity);

/** The ops' results as formulas over wasm's instructions and the kernel's mathematics. */
export const codes: readonly string[] = rows.slice(0, opCount).map(([, , code]) => code!);

/** What the columns of structural rows hold after their operands, where text shows it. */
export const attributeNames: Readonly<Partial<Record<number, readonly string[]>>> = {
${lines(structuralOps.filter(({ attributes }) => attributes.length > 0).map(({ name, attributes }) => `[structural.${name}]: ${JSON.stringify(attributes)}`))}};

/** 1 or 0 for every op. */
type Flags = readonly number[];
const flags = (ops: readonly number[]): Flags => Array.from({ length: opCount }, (_, op) => (ops.includes(op) ? 1 : 0));
${opsThat("internal", "1 where users have no function.", (op) => op.internal)}${opsThat(
    "commutative",
    "1 where the operands may change places.",
    (op) => op.commutative,
  )}${opsThat("choice", "1 where the result is what was chosen of the operands.", (op) => op.choice)}${opsThat(
    "truth",
    "1 where the result is a truth value.",
    (op) => op.truth,
  )}${opsThat(
    "exact",
    "1 where the result is the same on every machine: arithmetic that rounds at most once a step, comparisons, choices.",
    (op) => isInstructions(parseExpr(op.code)),
  )}
/** Opcodes of ops and of their companions, whose results the kernel gets in one row; the pairs' codes follow the table's. */
export const pairs: readonly (readonly [op: number, companion: number])[] = [
${lines(pairs.map(({ name, companion }) => `[opcode.${name}, opcode.${companion!.op}]`))}];

/** The kernel's functions that give both results of those pairs. */
export const pairCodes: readonly string[] = [
${lines(pairs.map(({ companion }) => JSON.stringify(companion!.code)))}];

/** A hash of the table, which the kernel was built with too. */
export const tableHash = ${tableHash()};
`;
}

/** src/ops/generated/evaluate.ts */
export function printEvaluate(): string {
  const cases = table.map((op) => `    case opcode.${op.name}:\n      return ${valueText(op, operandNames(3))};`);
  return `/** The ops' meaning on numbers, by opcode. */
import * as special from "../special/special.js";

${localOpcodes()}
/** The value of an op at numbers; operands it does not take are not read. */
export function evaluate(op: number, a: number, b: number, c: number): number {
  switch (op) {
${cases.join("\n")}
  }
  throw new RangeError(\`evaluate: expected an opcode of the table, got \${op}\`);
}
`;
}

/** A formula as an expression that records rows. */
function rowsText(expr: Expr): string {
  if (typeof expr === "number") return `k(${expr})`;
  if (typeof expr === "string") return expr;
  return `e(o.${opNamed(expr.op).name}, ${expr.args.map(rowsText).join(", ")})`;
}

function ruleText(partial: string): string {
  const expr = parseExpr(partial);
  return typeof expr === "number" ? String(expr) : `{ truth: ${isTruth(expr)}, rows: (e, k, a, b, c, v) => ${rowsText(expr)} }`;
}

/** src/passes/generated/rules.ts */
export function printRules(): string {
  const rules = table.map((op) => `  /* ${op.name} */ [${op.partials.map(ruleText).join(", ")}],`);
  return `/** The ops' partial derivatives as rows, by opcode and operand. */
import { opcode as o } from "../../ops/generated/table.js";

/** Records an op of rows. */
type Elementwise = (op: number, a: number, b?: number, c?: number) => number;

/** ∂v/∂operand: a number, or rows recorded from the operands and the result; \`truth\` says that it is 0 or 1. */
export type Rule = number | { readonly truth: boolean; readonly rows: (e: Elementwise, k: (value: number) => number, a: number, b: number, c: number, v: number) => number };

/** The rules. */
export const rules: readonly (readonly Rule[])[] = [
${rules.join("\n")}
];
`;
}
