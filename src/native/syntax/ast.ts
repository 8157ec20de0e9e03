/** Syntax trees as ESTree has them: walked, and made. */
import type * as es from "estree";

export type { es };

/** A function that is written as an expression or declared. */
export type FunctionNode = es.ArrowFunctionExpression | es.FunctionExpression | es.FunctionDeclaration;

export const isFunction = (node: es.Node): node is FunctionNode =>
  node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression" || node.type === "FunctionDeclaration";

const isNode = (value: unknown): value is es.Node =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

/** The nodes directly below one, in the order of the text. */
export function* childrenOf(node: es.Node): Generator<es.Node> {
  for (const value of Object.values(node) as unknown[])
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(item)) yield item;
}

/** A node with the place in the text of another, for source maps. */
export const placed = <T extends es.Node>(node: T, { loc }: es.Node): T => (loc ? { ...node, loc } : node);

export const id = (name: string): es.Identifier => ({ type: "Identifier", name });

export const literal = (value: number | string | boolean): es.Literal => ({ type: "Literal", value });

export const member = (object: es.Expression, name: string): es.MemberExpression => ({
  type: "MemberExpression",
  object,
  property: id(name),
  computed: false,
  optional: false,
});

export const element = (object: es.Expression, index: number): es.MemberExpression => ({
  type: "MemberExpression",
  object,
  property: literal(index),
  computed: true,
  optional: false,
});

export const call = (callee: es.Expression, ...args: (es.Expression | es.SpreadElement)[]): es.SimpleCallExpression => ({
  type: "CallExpression",
  callee,
  arguments: args,
  optional: false,
});

export const array = (elements: (es.Expression | es.SpreadElement | null)[]): es.ArrayExpression => ({ type: "ArrayExpression", elements });

export const sequence = (expressions: es.Expression[]): es.Expression =>
  expressions.length === 1 ? expressions[0]! : { type: "SequenceExpression", expressions };

export const assign = (left: es.Identifier, right: es.Expression): es.AssignmentExpression => ({
  type: "AssignmentExpression",
  operator: "=",
  left,
  right,
});

export const conditional = (test: es.Expression, consequent: es.Expression, alternate: es.Expression): es.ConditionalExpression => ({
  type: "ConditionalExpression",
  test,
  consequent,
  alternate,
});

export const isUndefined = (value: es.Expression): es.BinaryExpression => ({
  type: "BinaryExpression",
  operator: "===",
  left: value,
  right: id("undefined"),
});

export const statement = (expression: es.Expression): es.ExpressionStatement => ({ type: "ExpressionStatement", expression });

export const block = (body: es.Statement[]): es.BlockStatement => ({ type: "BlockStatement", body });

export const constant = (name: string, init: es.Expression): es.VariableDeclaration => ({
  type: "VariableDeclaration",
  kind: "const",
  declarations: [{ type: "VariableDeclarator", id: id(name), init }],
});

export const returning = (argument: es.Expression): es.ReturnStatement => ({ type: "ReturnStatement", argument });

export const arrow = (params: es.Pattern[], body: es.BlockStatement | es.Expression): es.ArrowFunctionExpression => ({
  type: "ArrowFunctionExpression",
  params,
  body,
  expression: body.type !== "BlockStatement",
});
