/** Prints the tape in TypeScript: forward and reverse sweeps over rows of scalars and over the lanes of one row, one case an op. */
import { type Expr, operandsOf, parseExpr } from "../../src/ops/expr.js";
import { type Op } from "../../src/ops/ops.js";
import { tapeColumns } from "../../src/ops/tapecolumns.js";
import { contributions } from "./contributions.js";
import { arityOf, localOpcodes, numberText, operandNames, table, valueText } from "./formula.js";

/** Whether a formula takes only a few instructions. What calls a function is left to one case for all, which keeps the loops' registers free. */
const isCheap = (text: string): boolean => !/%|special\.|Math\.(?!abs|sign|sqrt|min|max|floor|ceil|trunc)/.test(text);

const numbers = { a: "a$", b: "b$", c: "c$", v: "v$" };

/** Reads the named numbers, once each. */
const reads = (names: Iterable<string>): string => [...names].map((name) => `const ${name}$ = value[${name}]!; `).join("");

/** How a case begins and ends around what it does at the positions a, b, c and v. */
type Frame = (op: Op, body: string) => string;

/** A row of scalars: the third position is read only where an op has three operands. */
const scalar: Frame = (op, body) => `{ ${arityOf(op) > 2 ? "const c = third[row]!; " : ""}${body}break; }`;

/** The lanes of a row: the positions move together. */
const lanes: Frame = (op, body) =>
  `for (; v < end; v++${operandNames(arityOf(op))
    .map((name) => `, ${name}++`)
    .join("")}) { ${body}} break;`;

function forwardCases(frame: Frame): string {
  const cases = table.map((op) => {
    const operands = operandNames(arityOf(op));
    const text = valueText(
      op,
      operands.map((name) => `${name}$`),
    );
    return isCheap(text) ? `      case opcode.${op.name}: ${frame(op, `${reads(operands)}value[v] = ${text}; `)}\n` : "";
  });
  return cases.join("");
}

/** The partials of the ops that let a derivative through, apart for those that are cheap and those that call functions. */
function partialCases(cheap: boolean, print: (op: Op, partials: readonly Expr[]) => string): string {
  const cases = table.map((op) => {
    const partials = op.partials.map(parseExpr);
    const flows = partials.some((expr) => expr !== 0);
    if (!flows || partials.every((expr) => isCheap(numberText(expr, numbers))) !== cheap) return "";
    return `      case opcode.${op.name}: ${print(op, partials)}\n`;
  });
  return cases.join("");
}

/** How a share of an adjoint is added here. */
const language = {
  number: (expr: Expr): string => numberText(expr, numbers),
  give: (target: string, amount: string): string => `adjoint[${target}]! += ${amount}; live[${target}] = 1; `,
};

const reverseCases = (frame: Frame): string =>
  partialCases(true, (op, partials) => {
    const used = new Set(partials.flatMap((expr) => [...operandsOf(expr)]));
    return frame(op, reads(used) + contributions(op, partials, language));
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
    return `if (flows & ${1 << k}) { adjoint[${target}]! += g * partial(op, ${k}, value[a]!, value[b]!, value[c]!, value[v]!); live[${target}] = 1; }`;
  })
  .join("\n        ");

const arrays = { 1: "Uint8Array", 4: "Uint32Array", 8: "Float64Array" };

/** src/engines/reference/generated/sweeps.ts */
export function printSweeps(): string {
  return `/** The reference engine's sweeps over elementwise rows: the whole engine is these switches. */
import { sumTerms } from "../../../ops/lanes.js";
import { evaluate } from "../../../ops/generated/evaluate.js";
import * as special from "../../../ops/special/special.js";

${localOpcodes("sum", "held")}
/** The opcode of a sum of numbers on a tape. */
export const SUM: number = opcode.sum;

/** The opcode of a number that is given, or computed between the sweeps. */
export const HELD: number = opcode.held;

/** A tape of rows in recorded order, as columns. */
export interface Tape {
${tapeColumns.map(({ name, bytes, doc }) => `  /** ${doc[0]!.toUpperCase()}${doc.slice(1)}. */\n  readonly ${name}: ${arrays[bytes]};\n`).join("")}}

/** Room for the terms of a sum. */
let room = new Float64Array(64);

/** Evaluates \`count\` scalar rows from \`first\` on; their results lie from cell \`v\` on. */
export function forward({ op, a: as, b: bs, c: third, terms, value }: Tape, first: number, count: number, v: number): void {
  const end = first + count;
  for (let row = first; row < end; row = (row + 1) | 0, v = (v + 1) | 0) {
    const a = as[row]!;
    const b = bs[row]!;
    switch (op[row]!) {
${forwardCases(scalar)}      case opcode.sum: {
        if (room.length < b) room = new Float64Array(2 * b);
        for (let k = 0; k < b; k++) room[k] = value[terms[a + k]!]!;
        value[v] = sumTerms(room, b);
        break;
      }
      case opcode.held: break;
      default: value[v] = evaluate(op[row]!, value[a]!, value[b]!, value[third[row]!]!);
    }
  }
}

/** Adds those rows' adjoints times their partials to the operands' adjoints, from the last row to the first. */
export function reverse({ op: ops, flows: masks, a: as, b: bs, c: third, terms, value, adjoint, live }: Tape, first: number, count: number, cell: number): void {
  let v = cell + count;
  for (let row = first + count - 1; v > cell; row = (row - 1) | 0) {
    v = (v - 1) | 0;
    if (live[v] === 0) continue;
    const flows = masks[row]!;
    const g = adjoint[v]!;
    const a = as[row]!;
    const b = bs[row]!;
    switch (ops[row]!) {
${reverseCases(scalar)}      case opcode.sum:
        if (flows === 0) break;
        for (let k = 0; k < b; k++) { adjoint[terms[a + k]!]! += g; live[terms[a + k]!] = 1; }
        break;
      case opcode.held: break;
      default: {
        const op = ops[row]!;
        const c = third[row]!;
        ${byFunction}
      }
    }
  }
}

/** Evaluates the lanes of one row; its results lie from position \`v\` to \`end\`. */
export function forwardLanes({ op: ops, a: as, b: bs, c: cs, value }: Tape, row: number, v: number, end: number): void {
  const op = ops[row]!;
  let a = as[row]!;
  let b = bs[row]!;
  let c = cs[row]!;
  switch (op) {
${forwardCases(lanes)}      default: for (; v < end; v++, a++, b++, c++) value[v] = evaluate(op, value[a]!, value[b]!, value[c]!);
  }
}

/** Adds the adjoints of the lanes of one row times their partials to the operands' adjoints, from the first lane to the last. */
export function reverseLanes({ op: ops, flows: masks, a: as, b: bs, c: cs, value, adjoint, live }: Tape, row: number, v: number, end: number): void {
  const op = ops[row]!;
  const flows = masks[row]!;
  if (flows === 0) return;
  let a = as[row]!;
  let b = bs[row]!;
  let c = cs[row]!;
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
