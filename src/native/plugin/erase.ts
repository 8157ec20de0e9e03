/** TypeScript's syntax trees without types: what is left is JavaScript's. */
import { childrenOf, type es } from "../syntax/ast.js";

/** Fields that hold types alone. */
const typeFields = [
  "typeAnnotation",
  "returnType",
  "typeParameters",
  "typeArguments",
  "superTypeArguments",
  "superTypeParameters",
  "implements",
];

/** Expressions that say the type of another. */
const wrappers = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "ParenthesizedExpression",
]);

/** Statements that are types alone. */
const isType = (node: es.Node & { declare?: boolean; importKind?: string; exportKind?: string }): boolean => {
  const type: string = node.type;
  return (
    type === "TSInterfaceDeclaration" ||
    type === "TSTypeAliasDeclaration" ||
    type === "TSDeclareFunction" ||
    node.declare === true ||
    node.importKind === "type" ||
    node.exportKind === "type"
  );
};

const unwrapped = (node: es.Node): es.Node => {
  while (wrappers.has(node.type)) node = (node as unknown as { expression: es.Node }).expression;
  return node;
};

/** Takes the types out of a tree, in place. */
export function erase(node: es.Node): void {
  const fields = node as unknown as Record<string, unknown>;
  for (const field of typeFields) delete fields[field];
  for (const [field, value] of Object.entries(fields)) {
    if (Array.isArray(value))
      fields[field] = (value as unknown[])
        .filter((item) => !isNode(item) || !(isType(item) || (field === "params" && item.type === "Identifier" && item.name === "this")))
        .map((item) => (isNode(item) ? unwrapped(item) : item));
    else if (isNode(value)) fields[field] = unwrapped(value);
  }
  for (const child of childrenOf(node)) erase(child);
}

const isNode = (value: unknown): value is es.Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
