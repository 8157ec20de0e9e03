/** What a construct is rewritten in: its scope, the function and the loop around it. */
import { call, type es, type FunctionNode, id, literal, member, placed } from "./ast.js";
import { type Locate, refuse, siteOf } from "./refusals.js";
import { type Binding, type Scope, type Scopes } from "./scopes.js";

/** What is the same for a whole text. */
interface Unit {
  /** Which text it is, in messages. */
  readonly text: string;
  /** Where a place was before another tool rewrote the text. */
  readonly locate: Locate | undefined;
  /** The name of the operations in generated code. */
  readonly operations: string;
  readonly scopes: Scopes;
  /** Makes names that the text does not have. */
  readonly fresh: () => es.Identifier;
  /** What stands for a name that the function does not declare. */
  readonly free: (name: es.Identifier) => es.Expression;
  /** An expression, rewritten. */
  readonly value: (node: es.Expression, context: Context) => es.Expression;
  /** A function, rewritten. */
  readonly functionOf: (node: FunctionNode, context: Context) => es.Expression;
}

/** The function around a construct. */
export interface FunctionFrame {
  /** The name of its flags, where it returns elsewhere than at its end. */
  readonly flags: string | undefined;
  /** Names for what is computed on the way. */
  readonly temporaries: string[];
}

/** The loop or switch around a construct, and the name of its flags. */
export interface Target {
  readonly kind: "loop" | "switch";
  readonly flags: string;
  readonly outer: Target | undefined;
}

/** What a construct is rewritten in. */
export class Context {
  constructor(
    readonly unit: Unit,
    readonly scope: Scope,
    readonly frame: FunctionFrame,
    readonly target: Target | undefined = undefined,
  ) {}

  /** The same inside a node that opens a scope. */
  inside(node: es.Node): Context {
    const scope = this.unit.scopes.get(node);
    return scope ? new Context(this.unit, scope, this.frame, this.target) : this;
  }

  within(target: Target | undefined): Context {
    return new Context(this.unit, this.scope, this.frame, target);
  }

  inFunction(scope: Scope, frame: FunctionFrame): Context {
    return new Context(this.unit, scope, frame);
  }

  /** An expression of this context, rewritten. */
  value(node: es.Expression): es.Expression {
    return this.unit.value(node, this);
  }

  refuse(node: es.Node, came: string, remedy: string): never {
    return refuse(node, this.unit.text, came, remedy, this.unit.locate);
  }

  /** A call of an operation. */
  do(name: string, ...args: (es.Expression | es.SpreadElement)[]): es.Expression {
    return call(member(id(this.unit.operations), name), ...args);
  }

  /** A call of an operation that may refuse its operands at the place of a node. */
  at(node: es.Node, name: string, ...args: es.Expression[]): es.Expression {
    const operations = placed(id(this.unit.operations), node);
    return call(member(operations, name), ...args, literal(this.siteOf(node)));
  }

  siteOf(node: es.Node): number {
    return siteOf(node, this.unit.locate);
  }

  /** A variable of the function for what is needed more than once in an expression. */
  temporary(): es.Identifier {
    const made = this.unit.fresh();
    this.frame.temporaries.push(made.name);
    return made;
  }

  /** The declaration that a name refers to, unless it is outside the function. */
  binding(name: string): Binding | undefined {
    return this.scope.find(name);
  }
}

/** Whether a variable is a cell: one that is assigned again. */
export const isCell = ({ assigned }: Binding): boolean => assigned;
