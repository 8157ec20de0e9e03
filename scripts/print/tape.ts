/** Prints the tape of the kernel: the ops on one number, and the forward and reverse sweeps over columns, one case an op. */
import { type Expr, operandsOf, parseExpr } from "../../src/ops/expr.js";
import { instructionOf } from "../../src/ops/instructions.js";
import { type Op } from "../../src/ops/ops.js";
import { tapeColumns } from "../../src/ops/tapecolumns.js";
import { contributions } from "./contributions.js";
import { arityOf, localOpcodes, opNamed, operandNames, table } from "./formula.js";

const literal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

/** A code formula as an expression on numbers, with the functions of the kernel's mathematics that it calls. */
function codeText(expr: Expr, calls: Set<string>): string {
  if (typeof expr === "number") return literal(expr);
  if (typeof expr === "string") return expr;
  const args = expr.args.map((arg) => codeText(arg, calls));
  const [x, y, z] = args as [string, string?, string?];
  const instruction = instructionOf(expr.op);
  if (instruction?.text !== undefined) return y === undefined ? `(${instruction.text}${x})` : `(${x} ${instruction.text} ${y})`;
  if (expr.op === "select") return `(${z} ? ${x} : ${y})`;
  if (instruction || expr.op === "copysign") return `${expr.op}<f64>(${args.join(", ")})`;
  calls.add(expr.op);
  return `${expr.op}(${args.join(", ")})`;
}

/** Whether an op is one function of the kernel's mathematics, of the same operands, under the same name. */
function isFunction(op: Op): boolean {
  const expr = parseExpr(op.code);
  return typeof expr === "object" && expr.op === op.name && !instructionOf(op.name);
}

/** The name of an op as a function on numbers. */
const functionName = ({ name }: Op): string => `${name}Of`;

/** An op applied to numbers. */
const applied = (op: Op, args: readonly string[]): string => `${isFunction(op) ? op.name : functionName(op)}(${args.join(", ")})`;

/** A formula over the table's ops on numbers; a `where` evaluates the branch that it takes. */
function numberText(expr: Expr, operands: Readonly<Record<string, string>>): string {
  if (typeof expr === "number") return literal(expr);
  if (typeof expr === "string") return operands[expr]!;
  const args = expr.args.map((arg) => numberText(arg, operands));
  if (expr.op === "where") return `(${args[0]} !== 0 ? ${args[1]} : ${args[2]})`;
  return applied(opNamed(expr.op), args);
}

const numbers = { a: "a$", b: "b$", c: "c$", v: "v$" };

/** Reads the named numbers, once each. */
const reads = (names: Iterable<string>): string =>
  [...names].map((name) => `const ${name}$ = load<f64>(values + (${name} << 3)); `).join("");

const third = (op: Op): string => (arityOf(op) > 2 ? "const c: usize = load<u32>(cs + (row << 2)); " : "");

const language = {
  number: (expr: Expr): string => numberText(expr, numbers),
  give: (target: string, amount: string): string => `give(adjoints, lives, ${target}, ${amount}); `,
};

const forwardCase = (op: Op): string =>
  `      case opcode.${op.name}: { ${third(op)}${reads(operandNames(arityOf(op)))}store<f64>(v, ${applied(
    op,
    operandNames(arityOf(op)).map((name) => `${name}$`),
  )}); break; }\n`;

function reverseCase(op: Op): string {
  const partials = op.partials.map(parseExpr);
  if (partials.every((expr) => expr === 0)) return "";
  const used = new Set(partials.flatMap((expr) => [...operandsOf(expr)]));
  return `      case opcode.${op.name}: { ${third(op)}${reads(used)}${contributions(op, partials, language)}break; }\n`;
}

/** assembly/generated/sweeps.ts */
export function printTape(): string {
  const calls = new Set<string>();
  const functions = table.map((op) => {
    const text = codeText(parseExpr(op.code), calls);
    const parameters = operandNames(arityOf(op)).map((name) => `${name}: f64`);
    return isFunction(op)
      ? ""
      : `/** ${op.doc}. */\nfunction ${functionName(op)}(${parameters.join(", ")}): f64 {\n  return ${text};\n}\n\n`;
  });
  const column = (name: string): string => `load<u32>(tape, ${4 * tapeColumns.findIndex((column) => column.name === name)})`;
  const columns = (...names: readonly (readonly [string, string])[]): string =>
    names.map(([variable, name]) => `  const ${variable}: usize = ${column(name)};\n`).join("");
  const operands = [
    ["ops", "op"],
    ["as", "a"],
    ["bs", "b"],
    ["cs", "c"],
    ["terms", "terms"],
    ["values", "value"],
  ] as const;
  return `/** The tape: the ops on one number, and the sweeps forward and back over its columns. */
import { sumTerms } from "../terms";
import {
${[...calls]
  .sort()
  .map((call) => `  ${call},`)
  .join("\n")}
} from "../math/numbers";

${localOpcodes("sum")}
${functions.join("")}/** Adds an amount to the adjoint of a cell, which is live then. */
function give(adjoints: usize, lives: usize, cell: usize, amount: f64): void {
  const at = adjoints + (cell << 3);
  store<f64>(at, load<f64>(at) + amount);
  store<u8>(lives + cell, 1);
}

/**
 * Evaluates \`count\` rows from \`first\` on; their results lie from a cell on.
 * Reads: the header at \`tape\`, its columns. Writes: value. Needs: operands among the cells.
 */
export function forwardRows(tape: usize, first: u32, count: u32, cell: u32): void {
${columns(...operands)}  let v = values + ((<usize>cell) << 3);
  const end: usize = first + count;
  for (let row: usize = first; row < end; row++, v += 8) {
    const a: usize = load<u32>(as + (row << 2));
    const b: usize = load<u32>(bs + (row << 2));
    switch (<u32>load<u8>(ops + row)) {
${table.map(forwardCase).join("")}      case opcode.sum: { store<f64>(v, sumTerms(terms + (a << 2), <u32>b, values)); break; }
      default: break; // what is held
    }
  }
}

/**
 * Adds those rows' adjoints times their partials to the operands' adjoints, from the last row to the first.
 * Reads: the header at \`tape\`, its columns. Writes: adjoint, live.
 */
export function reverseRows(tape: usize, first: u32, count: u32, cell: u32): void {
${columns(...operands, ["masks", "flows"], ["adjoints", "adjoint"], ["lives", "live"])}  let v: usize = cell + count;
  for (let row: usize = first + count; row > first;) {
    row--;
    v--;
    if (load<u8>(lives + v) === 0) continue;
    const flows: u32 = load<u8>(masks + row);
    const g = load<f64>(adjoints + (v << 3));
    const a: usize = load<u32>(as + (row << 2));
    const b: usize = load<u32>(bs + (row << 2));
    switch (<u32>load<u8>(ops + row)) {
${table.map(reverseCase).join("")}      case opcode.sum: {
        if (flows === 0) break;
        for (let k: usize = 0; k < b; k++) give(adjoints, lives, load<u32>(terms + ((a + k) << 2)), g);
        break;
      }
      default: break; // what is held, and what lets no derivative through
    }
  }
}
`;
}
