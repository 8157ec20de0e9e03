/** Formulas: what the parser makes of them, and what it refuses. */
import { expect, test } from "vitest";
import { type Expr, operandsOf, parseExpr } from "../src/ops/expr.js";

const call = (op: string, ...args: Expr[]): Expr => ({ op, args });

test.each<[text: string, expr: Expr]>([
  ["a", "a"],
  ["2.5e-3", 0.0025],
  ["-3", -3],
  ["-a", call("neg", "a")],
  ["a + b * c", call("add", "a", call("mul", "b", "c"))],
  ["a - b - c", call("sub", call("sub", "a", "b"), "c")],
  ["a / b / c", call("div", call("div", "a", "b"), "c")],
  ["a * (b + v)", call("mul", "a", call("add", "b", "v"))],
  ["-a * b", call("mul", call("neg", "a"), "b")],
  ["-(1 / b) * v", call("mul", call("neg", call("div", 1, "b")), "v")],
  ["where(eq(b, 0), 0, b * pow(a, b - 1))", call("where", call("eq", "b", 0), 0, call("mul", "b", call("pow", "a", call("sub", "b", 1))))],
])("%s", (text, expr) => expect(parseExpr(text)).toEqual(expr));

test.each([
  ["", 'parseExpr: expected an operand, a number or a call, got the end in ""'],
  ["a +", 'parseExpr: expected an operand, a number or a call, got the end in "a +"'],
  ["a b", 'parseExpr: expected the end, got b in "a b"'],
  ["(a", 'parseExpr: expected ")", got the end in "(a"'],
  ["sin(a", 'parseExpr: expected "," or ")", got the end in "sin(a"'],
  ["x", 'parseExpr: expected an operand, a number or a call, got x in "x"'],
  ["a $ b", 'parseExpr: expected the end, got $ in "a $ b"'],
])("refuses %j", (text, message) => {
  expect(() => parseExpr(text)).toThrow(SyntaxError);
  expect(() => parseExpr(text)).toThrow(message);
});

test("operands of a formula", () => {
  expect(operandsOf(parseExpr("a * sin(v) + 2"))).toEqual(new Set(["a", "v"]));
  expect(operandsOf(parseExpr("1"))).toEqual(new Set());
});
