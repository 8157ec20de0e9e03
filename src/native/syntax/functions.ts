/** Functions: parameters taken apart, variables that outlive a block declared, results by flags where a test decides on them. */
import { arrow, block, call, constant, type es, type FunctionNode, id, isFunction, childrenOf, literal, placed, returning } from "./ast.js";
import { type Context, type FunctionFrame, isCell } from "./context.js";
import { value } from "./expressions.js";
import { jumpsOf, leaves } from "./jumps.js";
import { declare } from "./patterns.js";
import { listOf } from "./statements.js";

/** Whether a function returns elsewhere than at its end. */
function returnsEarly({ body }: FunctionNode): boolean {
  if (body.type !== "BlockStatement") return false;
  return body.body.some((node, i) => jumpsOf(node).has("return") && !(node.type === "ReturnStatement" && i + 1 === body.body.length));
}

/** Whether a function returns a value somewhere. */
function returnsValue(node: es.Node): boolean {
  if (node.type === "ReturnStatement") return Boolean(node.argument);
  for (const child of childrenOf(node)) if (!isFunction(child) && returnsValue(child)) return true;
  return false;
}

/** A function of its parameters as they come, and the statements that take them apart. */
function parameters(node: FunctionNode, c: Context): { params: es.Pattern[]; first: es.Statement[] } {
  const first: es.Statement[] = [];
  const params = node.params.map((param): es.Pattern => {
    if (param.type === "Identifier" && !isCell(c.binding(param.name)!)) return param;
    const given = c.unit.fresh();
    if (param.type === "RestElement") {
      first.push(...declare(param.argument, c.do("list", given), c));
      return { type: "RestElement", argument: given };
    }
    first.push(...declare(param, given, c));
    return given;
  });
  return { params, first };
}

/** The name of a function, for messages. */
const nameOf = (node: FunctionNode): string => (node.type !== "ArrowFunctionExpression" && node.id ? node.id.name : "");

/** A function, rewritten: an expression. */
export function functionOf(node: FunctionNode, outer: Context): es.Expression {
  if (node.async) return outer.refuse(node, "an async function", "A traced function is synchronous: wait for the data outside it");
  if (node.generator) return outer.refuse(node, "a generator", "Collect what is yielded in an array");
  const flags = returnsEarly(node) ? outer.unit.fresh().name : undefined;
  const frame: FunctionFrame = { flags, temporaries: [] };
  const c = outer.inFunction(outer.unit.scopes.get(node)!, frame);
  const { params, first } = parameters(node, c);
  const statements: es.Statement[] = [...first];
  for (const { name, kind } of c.scope.bindings.values())
    if (kind === "var") statements.push(constant(name, c.do("cell", id("undefined"))));
  if (flags !== undefined) statements.push(constant(flags, c.do("frame")));
  let end: es.Statement | undefined;
  if (node.body.type === "BlockStatement") {
    statements.push(...listOf(node.body.body, c.inside(node.body)));
    if (flags !== undefined) {
      const isTotal = node.body.body.some(leaves) || !returnsValue(node.body);
      end = returning(c.at(node, "result", id(flags), literal(isTotal)));
    }
  } else end = placed(returning(value(node.body, c)), node.body);
  if (frame.temporaries.length > 0)
    statements.unshift({
      type: "VariableDeclaration",
      kind: "let",
      declarations: frame.temporaries.map((name) => ({ type: "VariableDeclarator", id: id(name), init: null })),
    });
  const isShort = statements.length === 0 && end?.type === "ReturnStatement" && end.argument;
  const body = isShort ? (end as es.ReturnStatement).argument! : block(end ? [...statements, end] : statements);
  const made = c.do("fn", arrow(params, body), literal(c.siteOf(node)), literal(nameOf(node)));
  if (node.type !== "FunctionExpression" || !node.id) return made;
  return call(arrow([], block([constant(node.id.name, made), returning(id(node.id.name))])));
}
