/** Formulas as data: what the op table's rules are written in, with the small parser that reads them. */

/** A formula over an op's operands `a`, `b`, `c` and its result `v`. */
export type Expr = Operand | number | Call;

/** A name a formula may use for a value: the three operands and the result. */
export type Operand = "a" | "b" | "c" | "v";

/** An op (or, in a `code` formula, an instruction) applied to formulas. */
export interface Call {
  readonly op: string;
  readonly args: readonly Expr[];
}

const infix: Record<string, [op: string, binding: number]> = {
  "+": ["add", 1],
  "-": ["sub", 1],
  "*": ["mul", 2],
  "/": ["div", 2],
};

/**
 * Reads a formula in ordinary notation: `parseExpr("b / square(v)")` is
 * `{ op: "div", args: ["b", { op: "square", args: ["v"] }] }`.
 * @throws SyntaxError where the text is not a formula, with the offending token.
 */
export function parseExpr(text: string): Expr {
  const tokens = text.match(/\d[\d.]*(?:e[+-]?\d+)?|\w+|\S/g) ?? [];
  let at = 0;
  const fail = (wanted: string): never => {
    throw new SyntaxError(`parseExpr: expected ${wanted}, got ${tokens[at] ?? "the end"} in "${text}"`);
  };
  const take = (token: string): boolean => tokens[at] === token && ++at > 0;

  function list(): Expr[] {
    const args = [sum(0)];
    while (take(",")) args.push(sum(0));
    if (!take(")")) fail('"," or ")"');
    return args;
  }
  function atom(): Expr {
    if (take("-")) {
      const operand = atom();
      return typeof operand === "number" ? -operand : { op: "neg", args: [operand] };
    }
    if (take("(")) {
      const inner = sum(0);
      return take(")") ? inner : fail('")"');
    }
    const token = tokens[at++] ?? "";
    if (/^\d/.test(token)) return Number(token);
    if (/^[abcv]$/.test(token)) return token as Operand;
    if (/^\w+$/.test(token) && take("(")) return { op: token, args: list() };
    at--;
    return fail("an operand, a number or a call");
  }
  function sum(binding: number): Expr {
    let left = atom();
    for (;;) {
      const entry = infix[tokens[at] ?? ""];
      if (!entry || entry[1] <= binding) return left;
      at++;
      left = { op: entry[0], args: [left, sum(entry[1])] };
    }
  }

  const expr = sum(0);
  return at === tokens.length ? expr : fail("the end");
}

/** The operands of `a`, `b`, `c`, `v` that a formula reads. */
export function operandsOf(expr: Expr): Set<Operand> {
  if (typeof expr === "number") return new Set();
  if (typeof expr === "string") return new Set([expr]);
  return new Set(expr.args.flatMap((arg) => [...operandsOf(arg)]));
}
