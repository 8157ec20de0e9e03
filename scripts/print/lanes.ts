/** Prints the kernel's elementwise loops: one case an op, two lanes an instruction. */
import { type Expr, parseExpr } from "../../src/expr.js";
import { type Op } from "../../src/ops.js";
import { arityOf, operandNames, table } from "./formula.js";
import { tableHash } from "./hash.js";

const arithmetic = new Set(["add", "sub", "mul", "div", "sqrt", "abs", "neg", "min", "max", "floor", "ceil", "trunc", "nearest", "lt", "le", "gt", "ge", "eq", "ne"]);

/** Prints a code formula, gathering the constants it splats and the mathematics it calls. */
class LaneText {
  readonly constants = new Map<number, string>();
  readonly calls = new Set<string>();

  print(expr: Expr): string {
    if (typeof expr === "number") return this.#splat(expr);
    if (typeof expr === "string") return expr.toUpperCase();
    const { op, args } = expr;
    if (op === "select") return this.#select(args);
    if (op === "copysign") return `v128.bitselect(${this.print(args[0]!)}, ${this.print(args[1]!)}, MAGNITUDE)`;
    const list = args.map((arg) => this.print(arg)).join(", ");
    if (op === "and" || op === "or" || op === "not") return `v128.${op}(${list})`;
    if (arithmetic.has(op)) return `f64x2.${op}(${list})`;
    this.calls.add(op);
    return `${op}Lanes(${list})`;
  }

  /** select(yes, no, mask), where a branch of 0 needs no choosing. */
  #select([yes, no, mask]: readonly Expr[]): string {
    if (no === 0) return `v128.and(${this.print(yes!)}, ${this.print(mask!)})`;
    if (yes === 0) return `v128.andnot(${this.print(no!)}, ${this.print(mask!)})`;
    return `v128.bitselect(${this.print(yes!)}, ${this.print(no!)}, ${this.print(mask!)})`;
  }

  #splat(value: number): string {
    let name = this.constants.get(value);
    if (name === undefined) this.constants.set(value, (name = `K${this.constants.size}`));
    return name;
  }
}

function laneCase(op: Op, code: number, calls: Set<string>): string {
  const text = new LaneText();
  const result = text.print(parseExpr(op.code));
  for (const call of text.calls) calls.add(call);
  const operands = operandNames(arityOf(op));
  const constants = [...text.constants].map(([value, name]) => `      const ${name} = f64x2.splat(${value});\n`).join("");
  const loads = operands.map((name) => `        const ${name.toUpperCase()} = v128.load(${name});\n`).join("");
  const steps = operands.map((name) => `        ${name} += ${name}Step;\n`).join("");
  return `    case ${code}: {
      // ${op.name}
${constants}      do {
${loads}        v128.store(v, ${result});
${steps}        v += 16;
      } while (v < end);
      return;
    }
`;
}

/** assembly/generated/lanes.ts */
export function printLanes(): string {
  const calls = new Set<string>();
  const cases = table.map((op, code) => laneCase(op, code, calls)).join("");
  return `/** The elementwise rows, two lanes at a time. */
import {
${[...calls].sort().map((call) => `  ${call}Lanes,`).join("\n")}
} from "../math/index";

/** What the table this was printed from hashes to. */
export const TABLE_HASH: u32 = ${tableHash()};

/** The structural opcodes start here. */
export const STRUCTURAL: u32 = ${table.length};

const MAGNITUDE = i64x2.splat(0x7fffffffffffffff);

/**
 * v := op(a, b, c) for the lanes from v to end, two at a time, so the last store may fill one lane past an odd end.
 * Reads: operands at a, b, c, moving by their steps (16, or 0 for a splatted pair). Writes: v. Needs: v < end.
 */
export function elementwise(op: u32, v: usize, end: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize): void {
  switch (op) {
${cases}    default:
      unreachable();
  }
}
`;
}
