/** Prints the reference engine's tape: forward and reverse sweeps over rows of scalars and over the lanes of one row, one case an op. */
import { type Expr, operandsOf, parseExpr } from "../../src/expr.js";
import { type Op } from "../../src/ops.js";
import { arityOf, isTruth, numberText, operandNames, table, valueText } from "./formula.js";

/** Whether a formula takes only a few instructions; what calls a function is left to one case for all, which keeps the sweeps' registers free. */
const isCheap = (text: string): boolean => !/%|special\.|Math\.(?!abs|sign|sqrt|min|max|floor|ceil|trunc)/.test(text);

const values: Record<string, string> = { a: "value[a]!", b: "value[b]!", c: "value[c]!", v: "value[v]!" };

/** value[v] from the operands' values. */
const valueOf = (op: Op): string =>
  valueText(
    op,
    operandNames(arityOf(op)).map((name) => `${name}$`),
  );

/** The operands' values by name, read once. */
function reads(names: Iterable<string>): string {
  return [...names].map((name) => `const ${name}$ = ${values[name]}; `).join("");
}

function forwardCases(statement: (op: Op) => string): string {
  const cases = table.map((op, code) => (isCheap(valueOf(op)) ? `      case ${code}: ${statement(op)} break; // ${op.name}\n` : ""));
  return cases.join("");
}

const scalarForward = (op: Op): string => `{ ${reads(operandNames(arityOf(op)))}value[v] = ${valueOf(op)}; }`;

const lanesLoop = (op: Op): string =>
  `for (; v < end; v++${operandNames(arityOf(op))
    .map((name) => `, ${name} += ${name}Step`)
    .join("")})`;

const dollars = { a: "a$", b: "b$", c: "c$", v: "v$" };

/** adjoint[operand] += g · partial, where the partial is a number, a truth value or a formula. */
function contribution(expr: Expr, k: number): string {
  const target = `adjoint[${operandNames(3)[k]}]!`;
  if (expr === 0) return "";
  if (expr === 1) return `${target} += g; `;
  if (expr === -1) return `${target} -= g; `;
  if (isTruth(expr)) return `if (mask & ${1 << k} && ${numberText(expr, dollars)}) ${target} += g; `;
  return `if (mask & ${1 << k}) ${target} += g * ${numberText(expr, dollars)}; `;
}

/** The partials of an op; undefined where no derivative flows. */
function partialsOf(op: Op): { exprs: Expr[]; texts: string[]; cheap: boolean } | undefined {
  const exprs = op.partials.map(parseExpr);
  if (exprs.every((expr) => expr === 0)) return undefined;
  const texts = exprs.map((expr) => numberText(expr, dollars));
  return { exprs, texts, cheap: texts.every(isCheap) };
}

/** The cases that add g times the cheap partials to the operands' adjoints. */
function reverseCases(prefix: (op: Op) => string): string {
  const cases = table.map((op, code) => {
    const partials = partialsOf(op);
    if (!partials?.cheap) return "";
    const used = new Set(partials.exprs.flatMap((expr) => [...operandsOf(expr)]));
    return `      case ${code}: ${prefix(op)}{ ${reads(used)}${partials.exprs.map(contribution).join("")}} break; // ${op.name}\n`;
  });
  return cases.join("");
}

/** The cases of the partials that call functions. */
function partialCases(): string {
  const cases = table.map((op, code) => {
    const partials = partialsOf(op);
    if (!partials || partials.cheap) return "";
    const names = { a: "a", b: "b", c: "c", v: "v" };
    const [first, ...others] = partials.exprs.map((expr) => numberText(expr, names));
    return `    case ${code}: return ${others.length > 0 ? `k === 0 ? ${first} : ${others[0]}` : first}; // ${op.name}\n`;
  });
  return cases.join("");
}

/** src/generated/sweeps.ts */
export function printSweeps(): string {
  return `/** The reference engine's sweeps over elementwise rows: the whole engine is these switches. */
import { evaluate } from "./evaluate.js";
import * as special from "../special.js";

/** The opcode of a sum of scalars on a tape. */
export const SUM = ${table.length};

/** A tape of rows in recorded order. Positions are into \`value\` and \`adjoint\`. */
export interface Tape {
  /**
   * Four integers a row: the opcode in the low byte, the positions of a, b and c. Bits 8 to 10 of the first say that adjoints flow to a, b, c;
   * bit 11 that a zero adjoint contributes zero. Of a sum, c names a count in \`pool\`, which the terms' positions follow.
   */
  readonly code: Int32Array;
  readonly pool: Int32Array;
  readonly value: Float64Array;
  readonly adjoint: Float64Array;
}

/** How far the positions of a, b and c move from one lane to the next: 1, or 0 where one number serves all lanes. */
export type Steps = readonly [a: number, b: number, c: number];

/** Evaluates \`count\` scalar rows from \`row\` on; their results lie from position \`v\` on. */
export function forward({ code, pool, value }: Tape, row: number, count: number, v: number): void {
  const end = 4 * (row + count);
  for (let i = 4 * row; i < end; i = (i + 4) | 0, v = (v + 1) | 0) {
    const a = code[(i + 1) | 0]!;
    const b = code[(i + 2) | 0]!;
    const c = code[(i + 3) | 0]!;
    switch (code[i]! & 255) {
${forwardCases(scalarForward)}      case SUM: { let total = 0; const last = c + pool[c]!; for (let k = c + 1; k <= last; k++) total += value[pool[k]!]!; value[v] = total; break; }
      default: value[v] = evaluate(code[i]! & 255, value[a]!, value[b]!, value[c]!);
    }
  }
}

/** Adds each of those rows' adjoints times its partials to the operands' adjoints, from the last row to the first. */
export function reverse({ code, pool, value, adjoint }: Tape, row: number, count: number, first: number): void {
  const end = 4 * row;
  let v = first + count;
  for (let i = 4 * (row + count - 1); i >= end; i = (i - 4) | 0) {
    v = (v - 1) | 0;
    const mask = code[i]! >> 8;
    const g = adjoint[v]!;
    if (mask === 0 || (g === 0 && mask & 8)) continue;
    const a = code[(i + 1) | 0]!;
    const b = code[(i + 2) | 0]!;
    const c = code[(i + 3) | 0]!;
    switch (code[i]! & 255) {
${reverseCases(() => "")}      case SUM: { const last = c + pool[c]!; for (let k = c + 1; k <= last; k++) adjoint[pool[k]!]! += g; break; }
      default: {
        const [op, a$, b$, c$, v$] = [code[i]! & 255, value[a]!, value[b]!, value[c]!, value[v]!];
        if (mask & 1) adjoint[a]! += g * partial(op, 0, a$, b$, c$, v$);
        if (mask & 2) adjoint[b]! += g * partial(op, 1, a$, b$, c$, v$);
      }
    }
  }
}

/** Evaluates the lanes of one row; its results lie from position \`v\` to \`end\`. */
export function forwardLanes({ code, value }: Tape, row: number, v: number, end: number, [aStep, bStep, cStep]: Steps): void {
  let a = code[4 * row + 1]!;
  let b = code[4 * row + 2]!;
  let c = code[4 * row + 3]!;
  const op = code[4 * row]! & 255;
  switch (op) {
${forwardCases((op) => `${lanesLoop(op)} ${scalarForward(op)}`)}      default: for (; v < end; v++, a += aStep, b += bStep, c += cStep) value[v] = evaluate(op, value[a]!, value[b]!, value[c]!);
  }
}

/** Adds the adjoints of the lanes of one row times their partials to the operands' adjoints, from the first lane to the last. */
export function reverseLanes({ code, value, adjoint }: Tape, row: number, v: number, end: number, [aStep, bStep, cStep]: Steps): void {
  const mask = code[4 * row]! >> 8;
  if (mask === 0) return;
  let a = code[4 * row + 1]!;
  let b = code[4 * row + 2]!;
  let c = code[4 * row + 3]!;
  const op = code[4 * row]! & 255;
  switch (op) {
${reverseCases((op) => `${lanesLoop(op)} { const g = adjoint[v]!; if (g === 0 && mask & 8) continue; `).replace(/\} break;/g, "} } break;")}      default:
      for (; v < end; v++, a += aStep, b += bStep, c += cStep) {
        const [g, a$, b$, c$, v$] = [adjoint[v]!, value[a]!, value[b]!, value[c]!, value[v]!];
        if (g === 0 && mask & 8) continue;
        if (mask & 1) adjoint[a]! += g * partial(op, 0, a$, b$, c$, v$);
        if (mask & 2) adjoint[b]! += g * partial(op, 1, a$, b$, c$, v$);
      }
  }
}

/** ∂v/∂a where k = 0, ∂v/∂b where k = 1, of the ops whose partials call functions. */
function partial(op: number, k: number, a: number, b: number, c: number, v: number): number {
  switch (op) {
${partialCases()}  }
  return NaN;
}
`;
}
