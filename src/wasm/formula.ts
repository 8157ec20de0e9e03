/** The op table's `code` formulas as instructions, on one number or on two lanes. */
import { type Expr, parseExpr } from "../expr.js";
import { codes } from "../generated/table.js";
import { type Code } from "./code.js";
import { arithmetic, I } from "./instructions.js";

/** What formulas need around them: where constants for two lanes lie, and what the functions they call are numbered. */
export interface Surroundings {
  /** The address of a number that memory holds twice. */
  constant(value: number): number;
  /** The index of a function of the library. */
  use(name: string): number;
}

const parsed: Expr[] = [];

/** The code formula of an op. */
export const formulaOf = (op: number): Expr => (parsed[op] ??= parseExpr(codes[op]!));

/** The operand that a formula's instructions read before anything else; "" where that is a number. */
export function firstOperand(expr: Expr): string {
  if (typeof expr === "number") return "";
  return typeof expr === "string" ? expr : firstOperand(expr.args[0]!);
}

/** Emits formulas into one function. */
export class Formulas {
  constructor(
    readonly code: Code,
    readonly around: Surroundings,
  ) {}

  /** Leaves an op's result on the stack: a number, or, where `pair` is set, two lanes. `push` leaves an operand there. */
  emit(op: number, pair: boolean, push: (operand: string) => void): void {
    this.#emit(formulaOf(op), pair, push);
  }

  #emit(expr: Expr, pair: boolean, push: (operand: string) => void): void {
    const { code } = this;
    if (typeof expr === "number") return this.#constant(expr, pair);
    if (typeof expr === "string") return push(expr);
    const { op, args } = expr;
    const each = (...list: readonly Expr[]): void => list.forEach((arg) => this.#emit(arg, pair, push));
    const known = arithmetic[op];
    if (known) {
      each(...args);
      code.op(known[pair ? 1 : 0]);
    } else if (op === "select") this.#select(args, pair, each);
    else if (op === "copysign") {
      each(...(pair ? [...args].reverse() : args));
      if (pair) this.#constant(-0, true); // whose only bit is the sign
      code.op(pair ? I.v128_bitselect : I.f64_copysign);
    } else this.#call(op, args, pair, each);
  }

  #constant(value: number, pair: boolean): void {
    if (pair) this.code.load(I.v128_load, this.around.constant(value));
    else this.code.number(value);
  }

  /** select(yes, no, mask); of two lanes a branch of 0 needs no choosing. */
  #select([yes, no, mask]: readonly Expr[], pair: boolean, each: (...list: Expr[]) => void): void {
    if (!pair) {
      each(yes!, no!, mask!);
      this.code.op(I.select);
    } else if (no === 0) {
      each(yes!, mask!);
      this.code.op(I.v128_and);
    } else if (yes === 0) {
      each(no!, mask!);
      this.code.op(I.v128_andnot);
    } else {
      each(yes!, no!, mask!);
      this.code.op(I.v128_bitselect);
    }
  }

  /** A function of the library on two lanes; one number takes both. */
  #call(name: string, args: readonly Expr[], pair: boolean, each: (arg: Expr) => void): void {
    for (const arg of args) {
      each(arg);
      if (!pair) this.code.op(I.f64x2_splat);
    }
    this.code.call(this.around.use(`${name}Lanes`));
    if (!pair) this.code.lane(I.f64x2_extract_lane, 0);
  }
}
