/** Prints the reference engine's tape: a forward and a reverse sweep, one case an op. */
import { type Expr, operandsOf, parseExpr } from "../../src/expr.js";
import { arityOf, isTruth, numberText, operandNames, table, valueText } from "./formula.js";
import { type Op } from "../../src/ops.js";

const value = { a: "value[a[row]! + da]!", b: "value[b[row]! + db]!", c: "value[c[row]! + dc]!", v: "value[v[row]! + dv]!" };
const adjoint = { a: "adjoint[a[row]! + da]!", b: "adjoint[b[row]! + db]!", c: "adjoint[c[row]! + dc]!" } as Record<string, string>;

/** The operands' values by name, read once where the formulas name them more often. */
function reads(texts: readonly Expr[]): { declare: string; names: Record<string, string> } {
  const used = new Set(texts.flatMap((expr) => [...operandsOf(expr)]));
  const names: Record<string, string> = {};
  let declare = "";
  for (const operand of used) {
    names[operand] = `${operand}$`;
    declare += `const ${operand}$ = ${value[operand]}; `;
  }
  return { declare, names };
}

function forwardCase(op: Op, code: number): string {
  const operands = operandNames(arityOf(op)).map((name) => `${name}$`);
  const declare = operandNames(arityOf(op)).map((name) => `const ${name}$ = ${value[name as "a"]}; `);
  return `      case ${code}: { ${declare.join("")}value[v[row]! + dv] = ${valueText(op, operands)}; break; } // ${op.name}`;
}

/** adjoint[operand] += g · partial, where the partial is a number, a truth value or a formula. */
function contribution(expr: Expr, k: number, names: Record<string, string>): string {
  const target = adjoint[operandNames(3)[k]!]!;
  if (expr === 0) return "";
  if (expr === 1) return `${target} += g; `;
  if (expr === -1) return `${target} -= g; `;
  if (isTruth(expr)) return `if (mask & ${1 << k} && ${numberText(expr, names)}) ${target} += g; `;
  return `if (mask & ${1 << k}) ${target} += g * ${numberText(expr, names)}; `;
}

function reverseCase(op: Op, code: number): string {
  const partials = op.partials.map(parseExpr);
  if (partials.every((expr) => expr === 0)) return "";
  const { declare, names } = reads(partials);
  return `      case ${code}: { ${declare}${partials.map((expr, k) => contribution(expr, k, names)).join("")}break; } // ${op.name}\n`;
}

/** src/generated/sweeps.ts */
export function printSweeps(): string {
  return `/** The reference engine's sweeps over elementwise rows: the whole engine is these two switches. */
import * as special from "../special.js";

/** A tape: columns over rows in recorded order, positions into \`value\` and \`adjoint\`. */
export interface Tape {
  readonly op: Uint8Array;
  readonly v: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  /** Bits 0 to 2: adjoints flow to a, b, c. Bit 3: a zero adjoint contributes zero. */
  readonly mask: Uint8Array;
  readonly value: Float64Array;
  readonly adjoint: Float64Array;
}

/** How far the positions of v, a, b and c move from one lane to the next: 1, or 0 where one number serves all lanes. */
export type Steps = readonly [v: number, a: number, b: number, c: number];

/** Evaluates \`count\` steps: rows from \`row\` on where \`next\` is 1, lanes of one row where it is 0. */
export function forward(tape: Tape, row: number, count: number, next: number, steps: Steps): void {
  const { op, v, a, b, c, value } = tape;
  const [sv, sa, sb, sc] = steps;
  for (let dv = 0, da = 0, db = 0, dc = 0; count > 0; count--, row += next, dv += sv, da += sa, db += sb, dc += sc) {
    switch (op[row]) {
${table.map(forwardCase).join("\n")}
    }
  }
}

/** Adds each step's adjoint times its partials to the operands' adjoints; rows go from \`row\` down where \`next\` is −1. */
export function reverse(tape: Tape, row: number, count: number, next: number, steps: Steps): void {
  const { op, v, a, b, c, mask: masks, value, adjoint } = tape;
  const [sv, sa, sb, sc] = steps;
  for (let dv = 0, da = 0, db = 0, dc = 0; count > 0; count--, row += next, dv += sv, da += sa, db += sb, dc += sc) {
    const mask = masks[row]!;
    const g = adjoint[v[row]! + dv]!;
    if (g === 0 && mask & 8) continue;
    switch (op[row]) {
${table.map(reverseCase).join("")}    }
  }
}
`;
}
