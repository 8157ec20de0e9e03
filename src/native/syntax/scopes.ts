/** Which declaration a name refers to, and whether what it names is ever assigned again. */
import { childrenOf, type es, type FunctionNode, isFunction } from "./ast.js";

/** A declared name. */
export interface Binding {
  readonly name: string;
  readonly kind: "parameter" | "const" | "let" | "var" | "function" | "class" | "import";
  readonly scope: Scope;
  readonly node: es.Node;
  /** Assigned elsewhere than where it is declared, or in the update of the loop that declares it. */
  assigned: boolean;
  /** Declared more than once. */
  again: boolean;
}

/** The names of a block or function. */
export class Scope {
  readonly bindings = new Map<string, Binding>();

  constructor(
    readonly parent: Scope | undefined,
    /** The function, block or loop. */
    readonly node: es.Node,
    readonly isFunction: boolean,
  ) {}

  find(name: string): Binding | undefined {
    return this.bindings.get(name) ?? this.parent?.find(name);
  }

  declare(name: string, kind: Binding["kind"], node: es.Node): void {
    const known = this.bindings.get(name);
    if (known) {
      if (kind !== "var" || known.kind === "function") known.again = true;
      else known.assigned = true;
    } else this.bindings.set(name, { name, kind, scope: this, node, assigned: kind === "var", again: false });
  }
}

/** The scopes of a function, by the nodes that open them. */
export type Scopes = ReadonlyMap<es.Node, Scope>;

/** The identifiers that a pattern declares. */
function namesIn(pattern: es.Pattern): es.Identifier[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "ArrayPattern":
      return pattern.elements.flatMap((item) => (item ? namesIn(item) : []));
    case "ObjectPattern":
      return pattern.properties.flatMap((property) => namesIn(property.type === "Property" ? property.value : property.argument));
    case "RestElement":
      return namesIn(pattern.argument);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "MemberExpression":
      return [];
  }
}

const opensScope = (node: es.Node): boolean =>
  node.type === "BlockStatement" ||
  node.type === "ForStatement" ||
  node.type === "ForOfStatement" ||
  node.type === "ForInStatement" ||
  node.type === "SwitchStatement";

const isFor = (node: es.Node): boolean => node.type === "ForStatement" || node.type === "ForOfStatement" || node.type === "ForInStatement";

/** The assignments of an update that nobody reads the value of: `i++`, `i += 2, j--`. */
function updatesOf(update: es.Expression): es.Node[] {
  if (update.type === "SequenceExpression") return update.expressions.flatMap(updatesOf);
  if (update.type === "UpdateExpression" && update.argument.type === "Identifier") return [update];
  return update.type === "AssignmentExpression" && update.left.type === "Identifier" ? [update] : [];
}

/** Finds the scopes of a function, and which of their names are assigned. */
export function scopesOf(root: FunctionNode): Scopes {
  const of = new Map<es.Node, Scope>();

  const declare = (node: es.Node, scope: Scope): void => {
    let inner = scope;
    if (isFunction(node)) {
      inner = new Scope(scope, node, true);
      of.set(node, inner);
      if (node.type === "FunctionExpression" && node.id) inner.declare(node.id.name, "function", node.id);
      for (const param of node.params) for (const name of namesIn(param)) inner.declare(name.name, "parameter", name);
      // the body's block is a scope of its own, so that what it declares may have a parameter's name
    } else if (opensScope(node)) of.set(node, (inner = new Scope(scope, node, false)));
    if (node.type === "FunctionDeclaration") scope.declare(node.id.name, "function", node.id);
    if (node.type === "ClassDeclaration") scope.declare(node.id.name, "class", node.id);
    if (node.type === "ImportDeclaration") for (const { local } of node.specifiers) scope.declare(local.name, "import", local);
    if (node.type === "VariableDeclaration") {
      let owner = inner;
      if (node.kind === "var") while (!owner.isFunction && owner.parent) owner = owner.parent;
      for (const declarator of node.declarations)
        for (const name of namesIn(declarator.id)) owner.declare(name.name, node.kind as Binding["kind"], name);
    }
    for (const child of childrenOf(node)) declare(child, inner);
  };

  const resolve = (node: es.Node, scope: Scope, harmless: ReadonlySet<es.Node>): void => {
    const inner = of.get(node) ?? scope;
    const assign = (target: es.Pattern): void => {
      for (const { name } of namesIn(target)) {
        const binding = inner.find(name);
        if (binding && !(harmless.has(node) && binding.scope.node === inner.node && isFor(inner.node))) binding.assigned = true;
      }
    };
    if (node.type === "AssignmentExpression") assign(node.left);
    if (node.type === "UpdateExpression") assign(node.argument as es.Pattern);
    if ((node.type === "ForOfStatement" || node.type === "ForInStatement") && node.left.type !== "VariableDeclaration") assign(node.left);
    const updates = node.type === "ForStatement" && node.update ? new Set(updatesOf(node.update)) : harmless;
    for (const child of childrenOf(node)) resolve(child, inner, updates);
  };

  const outside = new Scope(undefined, root, false);
  declare(root, outside);
  outside.bindings.clear(); // a declared function's own name is looked up where it is declared
  resolve(root, outside, new Set());
  return of;
}
