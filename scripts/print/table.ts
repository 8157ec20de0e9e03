/** Prints the runtime's share of the op table: names, arities, flags, meanings and derivative rules. */
import { type Expr, parseExpr } from "../../src/ops/expr.js";
import { structuralOps } from "../../src/ops/structuralops.js";
import { arithmetic } from "../../src/wasm/instructions.js";
import { arityOf, isTruth, opNamed, operandNames, table, valueText } from "./formula.js";
import { tableHash } from "./hash.js";

/** Whether a code formula calls none of the kernel's mathematics. */
const isInstructions = (expr: Expr): boolean =>
  typeof expr !== "object" || ((expr.op in arithmetic || choices.has(expr.op)) && expr.args.every(isInstructions));

const choices = new Set(["select", "copysign"]);

const list = (name: string, doc: string, values: readonly unknown[]): string =>
  `\n/** ${doc} */\nexport const ${name}: readonly number[] = ${JSON.stringify(values)};\n`;

/** An enum, whose members a bundler writes as numbers wherever they are named. */
const enumOf = (name: string, doc: string, rows: readonly { readonly name: string; readonly doc: string }[], first: number): string =>
  `\n/** ${doc} */\nexport enum ${name} {\n${rows.map((row, i) => `  /** ${row.doc} */\n  ${row.name} = ${first + i},\n`).join("")}}\n`;

/** src/ops/generated/table.ts */
export function printTable(): string {
  return `/** Names and flags of rows, by opcode: of the op table's, then of the structural rows. */

/** How many ops the table has. */
export const opCount = ${table.length};

/** The names of all rows. */
export const opNames: readonly string[] = ${JSON.stringify([...table, ...structuralOps].map((op) => op.name))};
${enumOf("opcode", "Opcodes of the table's ops.", table, 0)}${enumOf("structural", "Opcodes of the structural rows.", structuralOps, table.length)}
/** What the columns of structural rows hold after their operands, where text shows it. */
export const attributeNames: Readonly<Partial<Record<number, readonly string[]>>> = { ${structuralOps
    .flatMap(({ attributes }, i) => (attributes.length === 0 ? [] : [`${table.length + i}: ${JSON.stringify(attributes)}`]))
    .join(", ")} };
${list("arity", "How many operands each row has; 0 where they stand in the graph's pool.", [...table.map(arityOf), ...structuralOps.map(({ rows }) => rows)])}${list(
    "internal",
    "The ops that users have no function for.",
    table.flatMap((op, i) => (op.internal ? [i] : [])),
  )}${list(
    "commutative",
    "1 where the operands may change places.",
    table.map((op) => Number(op.commutative ?? false)),
  )}${list(
    "choice",
    "1 where the result is what was chosen of the operands.",
    table.map((op) => Number(op.choice ?? false)),
  )}${list(
    "truth",
    "1 where the result is a truth value.",
    table.map((op) => Number(op.truth ?? false)),
  )}${list(
    "exact",
    "1 where the result is the same on every machine: arithmetic that rounds at most once a step, comparisons, choices.",
    table.map((op) => Number(isInstructions(parseExpr(op.code)))),
  )}
/** Opcodes of ops and of their companions, whose results the kernel gets in one row; the pairs' codes follow the table's. */
export const pairs: readonly (readonly [op: number, companion: number])[] = ${JSON.stringify(table.flatMap((op, i) => (op.companion ? [[i, table.findIndex(({ name }) => name === op.companion!.op)]] : [])))};

/** The kernel's functions that give both results of those pairs. */
export const pairCodes: readonly string[] = ${JSON.stringify(table.flatMap((op) => (op.companion ? [op.companion.code] : [])))};

/** The ops' results as formulas over wasm's instructions and the kernel's mathematics. */
export const codes: readonly string[] = ${JSON.stringify(table.map((op) => op.code))};

/** A hash of the table, which the kernel was built with too. */
export const tableHash = ${tableHash()};
`;
}

/** src/ops/generated/evaluate.ts */
export function printEvaluate(): string {
  const cases = table.map((op, code) => `    case ${code}:\n      return ${valueText(op, operandNames(3))}; // ${op.name}`);
  return `/** The ops' meaning on numbers, by opcode. */
import * as special from "../special/special.js";

/** The value of an op at numbers; operands it does not take are not read. */
export function evaluate(op: number, a: number, b: number, c: number): number {
  switch (op) {
${cases.join("\n")}
  }
  throw new RangeError(\`evaluate: expected an opcode below ${table.length}, got \${op}\`);
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
