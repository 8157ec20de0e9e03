/** The traced copy of a function that no tool has rewritten, from its own text. */
import { type Node, parseExpressionAt } from "acorn";
import { generate } from "astring";
import { describe } from "../errors.js";
import { childrenOf, type es, type FunctionNode, id, isFunction, literal, member, call } from "./syntax/ast.js";
import { Operations } from "./runtime/operations.js";
import { globalNames } from "./syntax/globalnames.js";
import { prefixFor, rewrite } from "./syntax/rewrite.js";

type Callable = (...args: never[]) => unknown;

/** Names that bundlers and development servers put in the place of imports. */
const REWRITTEN = /^__(vite_|vi_import_|webpack_|turbopack_|name$)|__WEBPACK_/;

const PLUGIN =
  "Put wengert/plugin into the build, or start Node with --import wengert/register: they read the function where it was written";

/** Where a method stands in the text that is parsed of it. */
const BEFORE_METHOD = "({";

/** Moves the beginnings of what stands in the first line back by so many columns. */
function shift(node: es.Node, columns: number): void {
  if (node.loc?.start.line === 1) node.loc = { ...node.loc, start: { line: 1, column: node.loc.start.column - columns } };
  for (const child of childrenOf(node)) shift(child, columns);
}

/** The syntax tree of a function's text. */
function parsed(text: string, name: string): FunctionNode {
  const parse = (source: string): es.Expression =>
    parseExpressionAt(source, 0, { ecmaVersion: "latest", locations: true }) as Node as unknown as es.Expression;
  let node: es.Node;
  try {
    node = parse(text);
    if (node.type === "Identifier" || node.type === "CallExpression") throw new SyntaxError("a method");
  } catch {
    try {
      const object = parse(`${BEFORE_METHOD}${text}})`) as es.ObjectExpression;
      node = (object.properties[0] as es.Property).value;
      shift(node, BEFORE_METHOD.length);
    } catch {
      throw new TypeError(
        `native: expected a function with a text of its own, got ${name}, whose text is ${describe(text)}. A function that is bound or built in has none: write (x) => f(x)`,
      );
    }
  }
  if (!isFunction(node))
    throw new TypeError(`native: expected a function, got a class, ${name}. Write functions of arrays and plain objects`);
  return node;
}

/** Globals that are used as they are. */
const plainGlobals = new Set([
  ...["console", "String", "Symbol", "parseFloat", "parseInt", "JSON", "Infinity", "NaN"],
  ...["Error", "RangeError", "TypeError", "SyntaxError", "EvalError"],
  ...["Float32Array", "Int8Array", "Int16Array", "Int32Array", "Uint8Array", "Uint8ClampedArray", "Uint16Array", "Uint32Array"],
]);

/** The traced copy of a function. `free` has what the function reads from outside it. */
export function copyFromText(f: Callable, free: Readonly<Record<string, unknown>>): Callable {
  const text = Function.prototype.toString.call(f);
  const name = f.name || "a function";
  const node = parsed(text, name);
  const operations = prefixFor(text);
  const outside = `${operations}free`;
  const missing: string[] = [];
  const copy = rewrite(node, {
    text: name,
    operations,
    free: ({ name: key }) => {
      if (key in free) return member(id(outside), key);
      if (globalNames.has(key)) return call(member(id(operations), "global"), literal(key));
      if (!plainGlobals.has(key) && !missing.includes(key)) missing.push(key);
      return id(key);
    },
  });
  if (missing.some((key) => REWRITTEN.test(key)))
    throw new TypeError(`native: expected ${name} as it was written, got the text that a build made of it. ${PLUGIN}`);
  if (missing.length > 0)
    throw new TypeError(
      `native: expected what ${name} reads from outside it, got no ${missing.join(", ")}. Write native(f, { ${missing.join(", ")} }). ${PLUGIN}`,
    );
  const made = compile(`"use strict"; return ${generate(copy)};`, [operations, outside], name);
  return made(new Operations(name), free) as Callable;
}

/** A function of generated text. */
function compile(code: string, names: readonly string[], name: string): (...args: unknown[]) => unknown {
  try {
    return new Function(...names, code) as (...args: unknown[]) => unknown; // eslint-disable-line @typescript-eslint/no-implied-eval -- a copy of the caller's own function
  } catch (cause) {
    if (cause instanceof SyntaxError) throw cause;
    throw new TypeError(
      `native: expected a page that lets text become code, got a Content-Security-Policy without 'unsafe-eval' for ${name}. Put wengert/plugin into the build, which needs none`,
      { cause },
    );
  }
}
