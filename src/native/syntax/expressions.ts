/** Expressions: every operator, member and call becomes an operation that takes plain numbers and Values. */
import { array, arrow, type es, isFunction, literal, member, placed, sequence } from "./ast.js";
import { type Context, isCell } from "./context.js";
import { assignTo, placeOf } from "./patterns.js";

const binaries: Readonly<Partial<Record<es.BinaryOperator, string>>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "%": "rem",
  "**": "pow",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
  "===": "eq",
  "!==": "ne",
};

/** Expressions outside the subset: what they are called, and what to write. */
const refused: Readonly<Record<string, readonly [came: string, remedy: string]>> = {
  AwaitExpression: ["await", "A traced function is synchronous: wait for the data outside it"],
  ChainExpression: ["an optional chain (?.)", "Write a test on what may be missing"],
  ClassExpression: ["a class", "Write functions of arrays and plain objects, or mark a function that uses the class with viaLibrary"],
  ImportExpression: ["import()", "Import at the head of the module"],
  Super: ["super", "Write functions of arrays and plain objects"],
  TaggedTemplateExpression: ["a tagged template", "Call a function"],
  ThisExpression: ["this", "Pass the object as an argument"],
  YieldExpression: ["yield", "Collect what is yielded in an array"],
};

/** An expression that is evaluated when, and if, it is needed. */
const later = (expression: es.Expression): es.Expression => arrow([], expression);

/** The value of a name. */
function valueOf(node: es.Identifier, c: Context): es.Expression {
  if (node.name === "undefined") return node;
  const binding = c.binding(node.name);
  if (!binding) return node.name === "arguments" ? c.refuse(node, "arguments", "Write (...args)") : c.unit.free(node);
  return isCell(binding) ? member(node, "v") : node;
}

/** The items of an array literal or of a call's arguments. */
function items(list: readonly (es.Expression | es.SpreadElement | null)[], c: Context): (es.Expression | es.SpreadElement | null)[] {
  return list.map((item) => {
    if (item?.type === "SpreadElement") return { ...item, argument: c.at(item, "iterate", value(item.argument, c)) };
    return item && value(item, c);
  });
}

function objectOf(node: es.ObjectExpression, c: Context): es.Expression {
  const properties = node.properties.map((property): es.Property | es.SpreadElement => {
    if (property.type === "SpreadElement") return { ...property, argument: c.at(property, "spread", value(property.argument, c)) };
    if (property.kind !== "init") return c.refuse(property, "an accessor", "Write a property or a function");
    const key = property.computed ? value(property.key, c) : property.key;
    if (!property.computed && (key as es.Identifier).name === "__proto__") return c.refuse(property, "__proto__", "Write plain objects");
    return {
      ...property,
      key,
      shorthand: false,
      method: false,
      value: value(property.value as es.Expression, c),
    };
  });
  return c.do("object", { ...node, properties });
}

function callOf(node: es.SimpleCallExpression, c: Context): es.Expression {
  const { callee } = node;
  if (callee.type === "Super") return c.refuse(node, "super", "Write functions of arrays and plain objects");
  // esbuild keeps the names of functions so
  if (callee.type === "Identifier" && callee.name === "__name" && !c.binding("__name")) return value(node.arguments[0] as es.Expression, c);
  const args = array(items(node.arguments, c));
  if (callee.type === "MemberExpression") return c.at(node, "method", ...placeOf(callee, c), args);
  return c.at(node, "call", value(callee, c), args);
}

/** `x += e` as the operation that gives its value, on the present one. */
function combined(operator: es.AssignmentOperator, node: es.AssignmentExpression, now: es.Expression, c: Context): es.Expression {
  const right = node.right;
  if (operator === "&&=") return c.at(node, "both", now, later(value(right, c)));
  if (operator === "||=") return c.at(node, "either", now, later(value(right, c)));
  if (operator === "??=") return { type: "LogicalExpression", operator: "??", left: now, right: value(right, c) };
  return binary(operator.slice(0, -1) as es.BinaryOperator, node, now, value(right, c), c);
}

function binary(operator: es.BinaryOperator, node: es.Node, left: es.Expression, right: es.Expression, c: Context): es.Expression {
  const name = binaries[operator];
  if (name !== undefined) return c.at(node, name, left, right);
  return c.at(node, "plain", literal(operator), left, right);
}

function assignment(node: es.AssignmentExpression, c: Context): es.Expression {
  const { left, operator } = node;
  if (operator === "=") return assignTo(left, node, value(node.right, c), c);
  if (left.type === "Identifier") return assignTo(left, node, combined(operator, node, valueOf(left, c), c), c);
  if (left.type !== "MemberExpression") return c.refuse(node, operator, "Assign to a variable or an element");
  const now = c.unit.fresh();
  const change = arrow([now], combined(operator, node, now, c));
  return c.at(node, "update", ...placeOf(left, c), change);
}

function update(node: es.UpdateExpression, c: Context): es.Expression {
  const step = literal(node.operator === "++" ? 1 : -1);
  const target = node.argument as es.Pattern;
  if (target.type === "MemberExpression") return c.at(node, "step", ...placeOf(target, c), step, literal(node.prefix));
  if (target.type !== "Identifier") return c.refuse(node, node.operator, "Count in a variable or an element");
  const binding = c.binding(target.name);
  if (binding && isCell(binding) && binding.kind !== "const") return c.at(node, "step", target, literal("v"), step, literal(node.prefix));
  return assignTo(target, node, c.at(node, "add", valueOf(target, c), step), c);
}

function unary(node: es.UnaryExpression, c: Context): es.Expression {
  const { operator, argument } = node;
  if (operator === "delete") return c.refuse(node, "delete", "Make an object without the property");
  if (operator === "-" && argument.type === "Literal" && typeof argument.value === "number") return node;
  if (operator === "!") return c.at(node, "not", truth(argument, c));
  if (operator === "-") return c.at(node, "neg", value(argument, c));
  if (operator === "void") return { ...node, argument: value(argument, c) };
  return c.at(node, "unary", literal(operator), value(argument, c));
}

function logical(node: es.LogicalExpression, c: Context): es.Expression {
  if (node.operator === "??") return { ...node, left: value(node.left, c), right: value(node.right, c) };
  return c.at(node, node.operator === "&&" ? "both" : "either", value(node.left, c), later(value(node.right, c)));
}

/** An expression whose truth alone matters: the sides of && and || need not have one kind. */
export function truth(node: es.Expression, c: Context): es.Expression {
  if (node.type !== "LogicalExpression" || node.operator === "??") return value(node, c);
  return c.at(node, node.operator === "&&" ? "and" : "or", truth(node.left, c), later(truth(node.right, c)));
}

/** The constructs, one row each. */
const constructs: { readonly [T in es.Expression["type"]]?: (node: Extract<es.Expression, { type: T }>, c: Context) => es.Expression } = {
  ArrayExpression: (node, c) => c.do("list", { ...node, elements: items(node.elements, c) }),
  ArrowFunctionExpression: (node, c) => c.unit.functionOf(node, c),
  AssignmentExpression: assignment,
  BinaryExpression: (node, c) =>
    node.left.type === "PrivateIdentifier"
      ? c.refuse(node, "a private name", "Write functions of arrays and plain objects")
      : binary(node.operator, node, value(node.left, c), value(node.right, c), c),
  CallExpression: callOf,
  ConditionalExpression: (node, c) =>
    c.at(node, "choose", truth(node.test, c), later(value(node.consequent, c)), later(value(node.alternate, c))),
  FunctionExpression: (node, c) => c.unit.functionOf(node, c),
  Identifier: valueOf,
  Literal: (node) => node,
  LogicalExpression: logical,
  MemberExpression: (node, c) => c.at(node, "get", ...placeOf(node, c)),
  MetaProperty: (node, c) =>
    node.meta.name === "import" ? node : c.refuse(node, "new.target", "Write functions of arrays and plain objects"),
  NewExpression: (node, c) => c.at(node, "construct", value(node.callee as es.Expression, c), array(items(node.arguments, c))),
  ObjectExpression: objectOf,
  SequenceExpression: (node, c) => sequence(node.expressions.map((item) => value(item, c))),
  TemplateLiteral: (node, c) => ({ ...node, expressions: node.expressions.map((item) => c.at(item, "words", value(item, c))) }),
  UnaryExpression: unary,
  UpdateExpression: update,
};

/** An expression, rewritten. */
export function value(node: es.Expression, c: Context): es.Expression {
  const rewrite = constructs[node.type] as ((node: es.Expression, c: Context) => es.Expression) | undefined;
  if (rewrite) {
    const made = rewrite(node, c);
    return made === node || isFunction(node) ? made : placed(made, node);
  }
  const [came, remedy] = refused[node.type] ?? [node.type, "Write it with the constructs that docs/native.md lists"];
  return c.refuse(node, came, remedy);
}
