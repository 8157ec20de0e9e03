/** Prints the reference engine's tape: forward and reverse sweeps over rows of scalars and over the lanes of one row, one case an op. */
import { type Expr, operandsOf, parseExpr } from "../../src/ops/expr.js";
import { type Op } from "../../src/ops/ops.js";
import { arityOf, isTruth, numberText, operandNames, table, valueText } from "./formula.js";

/** Whether a formula takes only a few instructions. What calls a function is left to one case for all, which keeps the loops' registers free. */
const isCheap = (text: string): boolean => !/%|special\.|Math\.(?!abs|sign|sqrt|min|max|floor|ceil|trunc)/.test(text);

const numbers = { a: "a$", b: "b$", c: "c$", v: "v$" };

/** Reads the named numbers, once each. */
const reads = (names: Iterable<string>): string => [...names].map((name) => `const ${name}$ = value[${name}]!; `).join("");

/** How a case begins and ends around what it does at the positions a, b, c and v. */
type Frame = (op: Op, body: string) => string;

/** A row of scalars: the third position is read only where an op has three operands. */
const scalar: Frame = (op, body) => `{ ${arityOf(op) > 2 ? "const c = code[(i + 3) | 0]!; " : ""}${body}break; }`;

/** The lanes of a row: the positions move together. */
const lanes: Frame = (op, body) =>
  `for (; v < end; v++${operandNames(arityOf(op))
    .map((name) => `, ${name}++`)
    .join("")}) { ${body}} break;`;

function forwardCases(frame: Frame): string {
  const cases = table.map((op, code) => {
    const operands = operandNames(arityOf(op));
    const text = valueText(
      op,
      operands.map((name) => `${name}$`),
    );
    return isCheap(text) ? `      case ${code}: ${frame(op, `${reads(operands)}value[v] = ${text}; `)} // ${op.name}\n` : "";
  });
  return cases.join("");
}

/** The partials of the ops that let a derivative through, apart for those that are cheap and those that call functions. */
function partialCases(cheap: boolean, print: (op: Op, partials: readonly Expr[]) => string): string {
  const cases = table.map((op, code) => {
    const partials = op.partials.map(parseExpr);
    const flows = partials.some((expr) => expr !== 0);
    if (!flows || partials.every((expr) => isCheap(numberText(expr, numbers))) !== cheap) return "";
    return `      case ${code}: ${print(op, partials)} // ${op.name}\n`;
  });
  return cases.join("");
}

/** g · p by the rules of rows, as src/passes/algebra.ts has them: signs move outward, and quotients of a number become divisions. */
function times(g: string, p: Expr): string {
  if (typeof p === "object") {
    const [first, second] = p.args as [Expr, Expr];
    if (p.op === "neg") return `-(${times(g, first)})`;
    if (p.op === "div" && typeof first === "number") return `${first === 1 ? g : `(${g} * ${first})`} / ${numberText(second, numbers)}`;
  }
  return p === 1 ? g : `${g} * ${numberText(p, numbers)}`;
}

/** g · partial likewise: its factors multiply g one by one, rows that there are before those that the rule makes. */
function product(g: string, partial: Expr): string {
  if (typeof partial !== "object") return times(g, partial);
  const [first, second] = partial.args as [Expr, Expr];
  if (partial.op === "neg" && typeof first === "object" && first.op === "mul") return `-(${product(g, first)})`;
  if (partial.op !== "mul") return times(g, partial);
  const [before, after] = typeof first !== "string" && typeof second === "string" ? [second, first] : [first, second];
  return times(`(${product(g, before)})`, after);
}

/** adjoint[operand] += g · partial, where adjoints flow to the operand and, of a choice, where it was chosen: there it is live. */
function contribution({ choice }: Op, expr: Expr, k: number, alone: boolean): string {
  const target = operandNames(3)[k];
  const add = (amount: string): string => `adjoint[${target}]! += ${amount}; live[${target}] = 1; `;
  if (expr === 0) return "";
  const asked = alone ? "" : `mask & ${1 << k}`;
  if (typeof expr === "number") return `${asked && `if (${asked}) `}{ ${add(expr === 1 ? "g" : expr === -1 ? "-g" : `g * ${expr}`)}} `;
  const text = numberText(expr, numbers);
  if (!choice) return `${asked && `if (${asked}) `}{ ${add(product("g", expr))}} `;
  const chosen = isTruth(expr) ? text : `${text} !== 0`;
  return `if (${asked && `${asked} && `}${chosen}) { ${add(isTruth(expr) ? "g" : product("g", expr))}} `;
}

const reverseCases = (frame: Frame): string =>
  partialCases(true, (op, partials) => {
    const alone = partials.filter((expr) => expr !== 0).length === 1;
    const used = new Set(partials.flatMap((expr) => [...operandsOf(expr)]));
    return frame(op, reads(used) + partials.map((expr, k) => contribution(op, expr, k, alone)).join(""));
  });

const functionCases = (): string =>
  partialCases(false, (_, partials) => {
    const [first, second] = partials.map((expr) => numberText(expr, { a: "a", b: "b", c: "c", v: "v" }));
    return `return ${second === undefined ? first : `k === 0 ? ${first} : ${second}`};`;
  });

/** What is left to functions: the adjoints of the first two operands; none of a third. */
const byFunction = [0, 1]
  .map((k) => {
    const target = operandNames(2)[k];
    return `if (mask & ${1 << k}) { adjoint[${target}]! += g * partial(op, ${k}, value[a]!, value[b]!, value[c]!, value[v]!); live[${target}] = 1; }`;
  })
  .join("\n        ");

/** src/engines/reference/generated/sweeps.ts */
export function printSweeps(): string {
  return `/** The reference engine's sweeps over elementwise rows: the whole engine is these switches. */
import { sumTerms } from "../../../ops/lanes.js";
import { evaluate } from "../../../ops/generated/evaluate.js";
import * as special from "../../../ops/special/special.js";

/** The opcode of a sum of numbers on a tape. */
export const SUM = ${table.length};

/** A tape of rows in recorded order. Positions are into \`value\` and \`adjoint\`. */
export interface Tape {
  /**
   * Four integers a row: the opcode in the low byte, the positions of a, b and c. Bits 8 to 10 of the first say that adjoints flow to a, b, c.
   * Of a sum, c is the place in \`code\` of a count, which the terms' positions follow.
   */
  readonly code: Int32Array;
  readonly value: Float64Array;
  readonly adjoint: Float64Array;
  /** 1 where a result depends on a number at this point: on the paths that were chosen. What is not live gives nothing on. */
  readonly live: Uint8Array;
  /** Room for the terms of a sum. */
  readonly terms: Float64Array;
}

/** Evaluates \`count\` scalar rows from \`row\` on; their results lie from position \`v\` on. */
export function forward({ code, value, terms }: Tape, row: number, count: number, v: number): void {
  const end = 4 * (row + count);
  for (let i = 4 * row; i < end; i = (i + 4) | 0, v = (v + 1) | 0) {
    const a = code[(i + 1) | 0]!;
    const b = code[(i + 2) | 0]!;
    switch (code[i]! & 255) {
${forwardCases(scalar)}      case SUM: {
        const list = code[(i + 3) | 0]!;
        const count = code[list]!;
        for (let k = 0; k < count; k++) terms[k] = value[code[list + 1 + k]!]!;
        value[v] = sumTerms(terms, count);
        break;
      }
      default: value[v] = evaluate(code[i]! & 255, value[a]!, value[b]!, value[code[(i + 3) | 0]!]!);
    }
  }
}

/** Adds those rows' adjoints times their partials to the operands' adjoints, from the last row to the first. */
export function reverse({ code, value, adjoint, live }: Tape, row: number, count: number, first: number): void {
  let v = first + count;
  for (let i = 4 * (row + count - 1); v > first; i = (i - 4) | 0) {
    v = (v - 1) | 0;
    if (live[v] === 0) continue;
    const mask = code[i]! >> 8;
    const g = adjoint[v]!;
    const a = code[(i + 1) | 0]!;
    const b = code[(i + 2) | 0]!;
    switch (code[i]! & 255) {
${reverseCases(scalar)}      case SUM: {
        const list = code[(i + 3) | 0]!;
        const last = list + code[list]!;
        for (let k = list + 1; k <= last; k++) { adjoint[code[k]!]! += g; live[code[k]!] = 1; }
        break;
      }
      default: {
        const op = code[i]! & 255;
        const c = code[(i + 3) | 0]!;
        ${byFunction}
      }
    }
  }
}

/** Evaluates the lanes of one row; its results lie from position \`v\` to \`end\`. */
export function forwardLanes({ code, value }: Tape, row: number, v: number, end: number): void {
  const op = code[4 * row]! & 255;
  let a = code[4 * row + 1]!;
  let b = code[4 * row + 2]!;
  let c = code[4 * row + 3]!;
  switch (op) {
${forwardCases(lanes)}      default: for (; v < end; v++, a++, b++, c++) value[v] = evaluate(op, value[a]!, value[b]!, value[c]!);
  }
}

/** Adds the adjoints of the lanes of one row times their partials to the operands' adjoints, from the first lane to the last. */
export function reverseLanes({ code, value, adjoint, live }: Tape, row: number, v: number, end: number): void {
  const op = code[4 * row]! & 255;
  const mask = code[4 * row]! >> 8;
  if (mask === 0) return;
  let a = code[4 * row + 1]!;
  let b = code[4 * row + 2]!;
  let c = code[4 * row + 3]!;
  switch (op) {
${reverseCases((op, body) => lanes(op, `if (live[v] === 0) continue; const g = adjoint[v]!; ${body}`))}      default:
      for (; v < end; v++, a++, b++, c++) {
        if (live[v] === 0) continue;
        const g = adjoint[v]!;
        ${byFunction}
      }
  }
}

/** ∂v/∂a where k = 0, ∂v/∂b where k = 1, of the ops whose partials call functions. */
function partial(op: number, k: number, a: number, b: number, c: number, v: number): number {
  switch (op) {
${functionCases()}  }
  return 0;
}
`;
}
