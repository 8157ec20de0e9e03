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
const amountOf = (expr: Expr, choice: boolean, number: Language["number"]): string =>
  choice && isTruth(expr) ? "g" : product("g", expr, number);

/** g · p by the rules of rows, as src/passes/algebra.ts has them: signs move outward, and quotients of a number become divisions. */
function times(g: string, p: Expr, number: Language["number"]): string {
  if (typeof p === "object") {
    const [first, second] = p.args as [Expr, Expr];
    if (p.op === "neg") return `-(${times(g, first, number)})`;
    if (p.op === "div" && typeof first === "number") return `${first === 1 ? g : `(${g} * ${number(first)})`} / ${number(second)}`;
  }
  return p === 1 ? g : p === -1 ? `-${g}` : `${g} * ${number(p)}`;
}

/** g · partial likewise: its factors multiply g one by one, rows that there are before those that the rule makes. */
function product(g: string, partial: Expr, number: Language["number"]): string {
  if (typeof partial !== "object") return times(g, partial, number);
  const [first, second] = partial.args as [Expr, Expr];
  if (partial.op === "neg" && typeof first === "object" && first.op === "mul") return `-(${product(g, first, number)})`;
  if (partial.op !== "mul") return times(g, partial, number);
  const [before, after] = typeof first !== "string" && typeof second === "string" ? [second, first] : [first, second];
  return times(`(${product(g, before, number)})`, after, number);
}
