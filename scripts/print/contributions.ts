/** What an op gives to the adjoints of its operands, in whatever language. */
import { type Expr } from "../../src/ops/expr.js";
import { type Op } from "../../src/ops/ops.js";
import { isTruth, operandNames } from "./formula.js";

/** How a language writes a formula on numbers, and that an amount is added to an operand's adjoint, which is live then. */
interface Language {
  readonly number: (expr: Expr) => string;
  readonly give: (target: string, amount: string) => string;
}

/** adjoint[operand] += g · partial for every operand that adjoints flow to and, of a choice, that was chosen. */
export function contributions(op: Op, partials: readonly Expr[], language: Language): string {
  const alone = partials.filter((expr) => expr !== 0).length === 1;
  return partials.map((expr, k) => contribution(op, expr, k, alone, language)).join("");
}

function contribution({ choice }: Op, expr: Expr, k: number, alone: boolean, { number, give }: Language): string {
  if (expr === 0) return "";
  const target = operandNames(3)[k]!;
  const asked = alone ? [] : [`(flows & ${1 << k}) !== 0`];
  const chosen = choice && typeof expr !== "number" ? [`${number(expr)} !== 0`] : [];
  const conditions = [...asked, ...chosen];
  const when = conditions.length === 0 ? "" : `if (${conditions.join(" && ")}) `;
  return `${when}{ ${give(target, amountOf(expr, choice === true, number))}} `;
}

/** g times a partial; of a choice, a partial that is true is 1. */
function amountOf(expr: Expr, choice: boolean, number: Language["number"]): string {
  if (expr === 1 || (choice && isTruth(expr))) return "g";
  if (expr === -1) return "-g";
  return `g * ${number(expr)}`;
}
