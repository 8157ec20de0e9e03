/** Statements: tests become choices of two functions, jumps become flags, and what follows a jump is done where none was made. */
import { arrow, assign, block, constant, type es, id, literal, member, placed, returning, statement } from "./ast.js";
import { type Context, isCell, type Target } from "./context.js";
import { truth, value } from "./expressions.js";
import { type Jump, jumpsOf } from "./jumps.js";
import { declare } from "./patterns.js";

/** Statements outside the subset: what they are called, and what to write. */
const refused: Readonly<Record<string, readonly [came: string, remedy: string]>> = {
  ClassDeclaration: ["a class", "Write functions of arrays and plain objects, or mark a function that uses the class with viaLibrary"],
  LabeledStatement: ["a label", "Put the inner loop in a function that returns"],
  TryStatement: ["try", "Test what may go wrong before it does"],
  WithStatement: ["with", "Name the object"],
};

/** The flags that say, behind a statement with these jumps, whether one was made. */
function flagsOf(jumps: ReadonlySet<Jump>, c: Context): es.Identifier[] {
  const names = new Set<string>();
  if (jumps.has("return")) names.add(c.frame.flags!);
  if (jumps.has("break") && c.target) names.add(c.target.flags);
  if (jumps.has("continue"))
    for (let target = c.target; target; target = target.kind === "loop" ? undefined : target.outer) names.add(target.flags);
  return [...names].map(id);
}

/** A list of statements; what stands behind one that may jump is done where it did not. */
export function listOf(nodes: readonly es.Node[], c: Context): es.Statement[] {
  const functions = nodes.filter((node): node is es.FunctionDeclaration => node.type === "FunctionDeclaration");
  const hoisted = functions.map((node) => {
    const binding = c.binding(node.id.name)!;
    if (binding.again || binding.assigned)
      c.refuse(node, `${node.id.name}, which is declared or assigned again`, "Give each function a name of its own");
    return constant(node.id.name, c.unit.functionOf(node, c));
  });
  return [...hoisted, ...inOrder(nodes.filter((node) => node.type !== "FunctionDeclaration") as es.Statement[], c)];
}

function inOrder(nodes: readonly es.Statement[], c: Context): es.Statement[] {
  const made: es.Statement[] = [];
  for (const [i, node] of nodes.entries()) {
    made.push(...rewritten(node, c));
    const jumps = jumpsOf(node);
    const flags = jumps.size === 0 || i + 1 === nodes.length ? [] : flagsOf(jumps, c);
    if (flags.length === 0) continue;
    const rest = inOrder(nodes.slice(i + 1), c);
    made.push(statement(c.at(node, "choose", c.do("goesOn", ...flags), arrow([], block(rest)), id("undefined"))));
    return made;
  }
  return made;
}

/** A statement as the body of a function that is called where a choice takes it. */
const branch = (node: es.Statement, c: Context): es.Expression => {
  const body = node.type === "BlockStatement" ? listOf(node.body, c.inside(node)) : rewritten(node, c);
  return arrow([], block(body));
};

/** The body of a loop, with its flags. */
function bodyOf(node: es.Statement, c: Context): es.Statement[] {
  return node.type === "BlockStatement" ? listOf(node.body, c.inside(node)) : rewritten(node, c);
}

/** A loop's flags, its body, and what ends it. `isBounded` where its test does not wait for what its body computes. */
function loop(
  node: es.Node,
  body: es.Statement,
  c: Context,
  isBounded: boolean,
  first: es.Statement[],
  make: (body: es.BlockStatement) => es.Statement,
): es.Statement[] {
  const rounds = c.unit.fresh();
  const before = constant(rounds.name, c.do("rounds"));
  const round = statement(c.at(node, "round", rounds));
  const jumps = jumpsOf(body);
  const returns = jumps.has("return") ? [id(c.frame.flags!)] : [];
  if (jumps.size === 0) return [before, make(block([round, ...first, block(bodyOf(body, c.within(undefined)))]))];
  const flags = c.unit.fresh();
  const target: Target = { kind: "loop", flags: flags.name, outer: c.target };
  const inner = bodyOf(body, c.within(target));
  const stops: es.Statement = {
    type: "IfStatement",
    test: c.at(node, "stops", literal(isBounded), flags, returns[0] ?? id("undefined")),
    consequent: { type: "BreakStatement" },
  };
  return [
    before,
    constant(flags.name, c.do("loop")),
    make(
      block([
        round,
        ...first,
        statement(c.do("next", flags)),
        statement(c.at(node, "choose", c.do("goesOn", flags, ...returns), arrow([], block(inner)), id("undefined"))),
        stops,
      ]),
    ),
  ];
}

function forStatement(node: es.ForStatement, outer: Context): es.Statement[] {
  const c = outer.inside(node);
  let init: es.VariableDeclaration | es.Expression | null = null;
  const before: es.Statement[] = [];
  const cells: string[] = [];
  if (node.init?.type === "VariableDeclaration" && node.init.kind !== "var") {
    const declarations = node.init.declarations.map((declarator): es.VariableDeclarator => {
      if (declarator.id.type !== "Identifier")
        return c.refuse(declarator, "a pattern in the head of a for loop", "Take the value apart before the loop");
      const { name } = declarator.id;
      const given = declarator.init ? value(declarator.init, c) : id("undefined");
      if (!isCell(c.binding(name)!)) return { type: "VariableDeclarator", id: id(name), init: given };
      cells.push(name);
      return { type: "VariableDeclarator", id: id(name), init: c.do("cell", given) };
    });
    init = { type: "VariableDeclaration", kind: "let", declarations };
  } else if (node.init?.type === "VariableDeclaration") before.push(...rewritten(node.init, c));
  else if (node.init) init = value(node.init, c);
  const copies = cells.map((name) => assign(id(name), c.do("cell", member(id(name), "v"))));
  const steps = [...copies, ...(node.update ? [value(node.update, c)] : [])];
  const test = node.test ? c.at(node.test, "decide", truth(node.test, c), literal("for")) : null;
  const update: es.Expression | null = steps.length > 1 ? { type: "SequenceExpression", expressions: steps } : (steps[0] ?? null);
  const made = loop(node, node.body, c, test !== null && Boolean(node.update), [], (body) => ({
    type: "ForStatement",
    init,
    test,
    update,
    body,
  }));
  return [...before, ...made];
}

function forEach(node: es.ForOfStatement | es.ForInStatement, outer: Context): es.Statement[] {
  const c = outer.inside(node);
  if (node.type === "ForOfStatement" && node.await) return c.refuse(node, "for await", "Collect the items before the function is called");
  const item = c.unit.fresh();
  const first =
    node.left.type === "VariableDeclaration"
      ? declare(node.left.declarations[0]!.id, item, c, node.left.kind === "var" ? "before" : "here")
      : declare(node.left, item, c, "elsewhere");
  const right = node.type === "ForOfStatement" ? c.at(node, "iterate", value(node.right, c)) : c.at(node, "keys", value(node.right, c));
  return loop(node, node.body, c, true, first, (body) => ({
    ...(node.type === "ForOfStatement" ? { type: "ForOfStatement", await: false } : { type: "ForInStatement" }),
    left: { type: "VariableDeclaration", kind: "const", declarations: [{ type: "VariableDeclarator", id: item, init: null }] },
    right,
    body,
  }));
}

/** Cases in turn: one is entered where it is equal, or where the one before was entered and not left. */
function switchStatement(node: es.SwitchStatement, outer: Context): es.Statement[] {
  const c = outer.inside(node);
  const [flags, given, entered] = [c.unit.fresh(), c.unit.fresh(), c.unit.fresh()];
  const target: Target = { kind: "switch", flags: flags.name, outer: outer.target };
  const inner = c.within(target);
  const jumps = new Set(node.cases.flatMap(({ consequent }) => consequent.flatMap((item) => [...jumpsOf(item)])));
  const names = [...(c.unit.scopes.get(node)?.bindings.values() ?? [])];
  for (const binding of names) binding.assigned = true; // one scope for all cases: what they declare lies before them
  const made: es.Statement[] = [
    constant(given.name, value(node.discriminant, outer)),
    constant(flags.name, c.do("loop")),
    constant(entered.name, c.do("cell", literal(false))),
    ...names.map(({ name }) => constant(name, c.do("cell", id("undefined")))),
  ];
  node.cases.forEach(({ test, consequent }, i) => {
    if (!test && i + 1 < node.cases.length) return c.refuse(node.cases[i]!, "default before other cases", "Put it last");
    const isOurs = test ? c.at(test, "or", member(entered, "v"), arrow([], c.at(test, "eq", given, value(test, c)))) : literal(true);
    const enters = c.at(node, "and", c.do("goesOn", ...flagsOf(jumps, inner), ...(jumps.has("break") ? [] : [flags])), arrow([], isOurs));
    const body = [statement(c.do("put", entered, literal(true))), ...inOrder(consequent, inner)];
    made.push(statement(c.at(node.cases[i]!, "choose", enters, arrow([], block(body)), id("undefined"))));
  });
  return [block(made)];
}

function variables(node: es.VariableDeclaration, c: Context): es.Statement[] {
  const declared = node.kind === "var" || c.scope.node.type === "SwitchStatement" ? "before" : "here";
  return node.declarations.flatMap(({ id: pattern, init }) => {
    if (init) return declare(pattern, value(init, c), c, declared);
    return node.kind === "var" ? [] : declare(pattern, id("undefined"), c, declared);
  });
}

const target = (kinds: readonly Target["kind"][], c: Context): es.Identifier => {
  let found = c.target;
  while (found && !kinds.includes(found.kind)) found = found.outer;
  return id(found!.flags);
};

/** The constructs, one row each. */
const constructs: { readonly [T in es.Statement["type"]]?: (node: Extract<es.Statement, { type: T }>, c: Context) => es.Statement[] } = {
  BlockStatement: (node, c) => [block(listOf(node.body, c.inside(node)))],
  BreakStatement: (node, c) =>
    node.label
      ? c.refuse(node, "a label", "Put the inner loop in a function that returns")
      : [statement(c.do("breaks", target(["loop", "switch"], c)))],
  ContinueStatement: (node, c) =>
    node.label
      ? c.refuse(node, "a label", "Put the inner loop in a function that returns")
      : [statement(c.do("continues", target(["loop"], c)))],
  DebuggerStatement: (node) => [node],
  DoWhileStatement: (node, c) => {
    const test = c.at(node.test, "decide", truth(node.test, c), literal("do"));
    return loop(node, node.body, c, false, [], (body) => ({ type: "DoWhileStatement", test, body }));
  },
  EmptyStatement: () => [],
  ExpressionStatement: (node, c) => [statement(value(node.expression, c))],
  ForInStatement: forEach,
  ForOfStatement: forEach,
  ForStatement: forStatement,
  IfStatement: (node, c) => [
    statement(
      c.at(node, "choose", truth(node.test, c), branch(node.consequent, c), node.alternate ? branch(node.alternate, c) : id("undefined")),
    ),
  ],
  ReturnStatement: (node, c) => {
    const given = node.argument ? value(node.argument, c) : id("undefined");
    return [c.frame.flags === undefined ? returning(given) : statement(c.do("returns", id(c.frame.flags), given))];
  },
  SwitchStatement: switchStatement,
  ThrowStatement: (node, c) => [statement(c.at(node, "throws", value(node.argument, c)))],
  VariableDeclaration: variables,
  WhileStatement: (node, c) => {
    const test = c.at(node.test, "decide", truth(node.test, c), literal("while"));
    return loop(node, node.body, c, false, [], (body) => ({ type: "WhileStatement", test, body }));
  },
};

/** A statement, rewritten. */
function rewritten(node: es.Statement, c: Context): es.Statement[] {
  const rewrite = constructs[node.type] as ((node: es.Statement, c: Context) => es.Statement[]) | undefined;
  if (rewrite) return rewrite(node, c).map((made) => placed(made, node));
  const [came, remedy] = refused[node.type] ?? [node.type, "Write it with the constructs that docs/native.md lists"];
  return c.refuse(node, came, remedy);
}
