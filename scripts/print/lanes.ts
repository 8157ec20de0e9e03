/** Prints the kernel's elementwise loops: one case an op, two lanes an instruction. */
import { type Expr, parseExpr } from "../../src/ops/expr.js";
import { instructionOf } from "../../src/ops/instructions.js";
import { type Op } from "../../src/ops/ops.js";
import { arityOf, localOpcodes, operandNames, pairName, table } from "./formula.js";
import { tableHash } from "./hash.js";

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
    if (instructionOf(op)) return `${op === "and" || op === "or" ? "v128" : "f64x2"}.${op}(${list})`;
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

/** One case: a loop over pairs of lanes; cheap formulas take two pairs a round. */
function laneCase(op: Op, calls: Set<string>): string {
  const text = new LaneText();
  const expr = parseExpr(op.code);
  const operands = operandNames(arityOf(op));
  const result = text.print(expr);
  for (const call of text.calls) calls.add(call);
  const constants = [...text.constants].map(([value, name]) => `      const ${name} = f64x2.splat(${value});\n`).join("");
  const loads = (indent: string, second: boolean): string =>
    operands.map((name) => `${indent}const ${name.toUpperCase()} = v128.load(${name}${second ? ` + ${name}Step` : ""});\n`).join("");
  const moves = (indent: string, by: string): string => operands.map((name) => `${indent}${name} += ${name}Step${by};\n`).join("");
  const pair = `        {
${loads("          ", false)}          v128.store(v, ${result});
        }
`;
  const twice = `      for (; v + 16 < end; v += 32) {
${pair}        {
${loads("          ", true)}          v128.store(v, ${result}, 16);
        }
${moves("        ", " << 1")}      }
      if (v >= end) return;
${pair.replaceAll(/^ {2}/gm, "")}      return;
`;
  const once = `      do {
${pair}${moves("        ", "")}        v += 16;
      } while (v < end);
      return;
`;
  return `    case opcode.${op.name}: {\n${constants}${text.calls.size === 0 ? twice : once}    }\n`;
}

/** The case of a pair: v as the op has it, and its companion at c. */
function pairCase(op: Op, calls: Set<string>): string {
  calls.add(op.companion!.code);
  return `    case opcode.${pairName(op)}: {
      do {
        v128.store(v, ${op.companion!.code}Lanes(v128.load(a), c));
        a += aStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
`;
}

/** assembly/generated/lanes.ts */
export function printLanes(): string {
  const calls = new Set<string>();
  const pairs = table.filter((op) => op.companion);
  const cases = [...table.map((op) => laneCase(op, calls)), ...pairs.map((op) => pairCase(op, calls))].join("");
  return `/** The elementwise rows, two lanes at a time. */
import {
${[...calls]
  .sort()
  .map((call) => `  ${call}Lanes,`)
  .join("\n")}
} from "../math/index";

${localOpcodes(...pairs.map(pairName), "structural")}
/** What the table this was printed from hashes to. */
export const TABLE_HASH: u32 = ${tableHash()};

/** The codes of the rows that move or combine lanes start here. */
export const STRUCTURAL: u32 = opcode.structural;

const MAGNITUDE = i64x2.splat(0x7fffffffffffffff);

/**
 * v := op(a, b, c) for the lanes from v to end, two at a time, so the last store may fill one lane past an odd end. A pair writes its companion to c.
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
