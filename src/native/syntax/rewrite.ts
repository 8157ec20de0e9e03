/** The traced copy of a function: the same function, its operations those of a unit of the runtime. */
import { type es, type FunctionNode, id } from "./ast.js";
import { Context } from "./context.js";
import { value } from "./expressions.js";
import { functionOf } from "./functions.js";
import type { Locate } from "./refusals.js";
import { Scope, scopesOf } from "./scopes.js";

/** What a rewriting is told. */
interface RewriteOptions {
  /** Which text it is, in messages. */
  readonly text: string;
  /** The name of the operations in the traced copy, and how the names begin that it adds. */
  readonly operations: string;
  /** Where a place was before another tool rewrote the text. */
  readonly locate?: Locate | undefined;
  /** What stands for a name that the function does not declare. */
  readonly free: (name: es.Identifier) => es.Expression;
}

/** A function as an expression: what is declared is called by its own name inside. */
const asExpression = (node: FunctionNode): FunctionNode =>
  node.type === "FunctionDeclaration" ? { ...node, type: "FunctionExpression" } : node;

/**
 * The traced copy of a function, as an expression over the operations.
 * @throws SyntaxError on what cannot be traced, with its line and column.
 */
export function rewrite(given: FunctionNode, { text, operations, free, locate }: RewriteOptions): es.Expression {
  const root = asExpression(given);
  const scopes = scopesOf(root);
  let count = 0;
  const context: Context = new Context(
    {
      text,
      locate,
      operations,
      scopes,
      free,
      fresh: () => id(`${operations}${++count}`),
      value,
      functionOf,
    },
    new Scope(undefined, root, false),
    { flags: undefined, temporaries: [] },
  );
  return functionOf(root, context);
}

/** How generated names begin, so that no name of a text does. */
export function prefixFor(text: string): string {
  let prefix = "$";
  while (text.includes(prefix)) prefix += "$";
  return prefix;
}
