/** The op table's `code` formulas as instructions, on one number or on two lanes. */
import { type Expr, parseExpr } from "../ops/expr.js";
import { arity, codes } from "../ops/generated/table.js";
import { instructionOf, instructions } from "../ops/instructions.js";
import { I } from "./instructions.js";

/** One step of a formula: an instruction, an operand by its place, a number, or a function of the library on two lanes. */
export type Item =
  | { readonly kind: "instruction"; readonly code: number }
  | { readonly kind: "operand"; readonly place: number }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "call"; readonly name: string };

/** A formula in the order of its instructions. */
interface Formula {
  readonly steps: readonly Item[];
  /** How often each operand is read. */
  readonly reads: readonly number[];
  /** The place of the operand that is read before anything else; −1 where that is a number. */
  readonly first: number;
}

const places = "abc";

const known: Formula[] = [];

/** The code formula of an op, on one number or, where `pair` is set, on two lanes. */
export function formulaOf(op: number, pair: boolean): Formula {
  return (known[2 * op + Number(pair)] ??= flattened(op, pair));
}

function flattened(op: number, pair: boolean): Formula {
  const steps: Item[] = [];
  flatten(parseExpr(codes[op]!), pair, steps);
  const reads = Array.from({ length: arity[op]! }, () => 0);
  for (const step of steps) if (step.kind === "operand") reads[step.place]!++;
  const [start] = steps;
  return { steps, reads, first: start?.kind === "operand" ? start.place : -1 };
}

function flatten(expr: Expr, pair: boolean, steps: Item[]): void {
  const instruction = (code: number): void => void steps.push({ kind: "instruction", code });
  const each = (...list: readonly Expr[]): void => list.forEach((arg) => flatten(arg, pair, steps));
  if (typeof expr === "number") return void steps.push({ kind: "number", value: expr });
  if (typeof expr === "string") return void steps.push({ kind: "operand", place: places.indexOf(expr) });
  const { op, args } = expr;
  const found = instructionOf(op);
  if (found) {
    each(...args);
    instruction(pair ? found.f64x2 : found.f64);
  } else if (op === "select") {
    const [yes, no, mask] = args as [Expr, Expr, Expr];
    // Of two lanes a branch of 0 needs no choosing.
    if (pair && no === 0) each(yes, mask);
    else if (pair && yes === 0) each(no, mask);
    else each(yes, no, mask);
    instruction(!pair ? I.select : no === 0 ? instructions.and.f64x2 : yes === 0 ? I.v128_andnot : I.v128_bitselect);
  } else if (op === "copysign") {
    if (pair)
      each(args[1]!, args[0]!, -0); // whose only bit is the sign
    else each(...args);
    instruction(pair ? I.v128_bitselect : I.f64_copysign);
  } else {
    // The library's functions are on two lanes; one number takes both.
    for (const arg of args) {
      each(arg);
      if (!pair) instruction(I.f64x2_splat);
    }
    steps.push({ kind: "call", name: `${op}Lanes` });
    if (!pair) instruction(I.f64x2_extract_lane);
  }
}
