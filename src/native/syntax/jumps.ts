/** Statements that leave others: which of `return`, `break` and `continue` lead out of a statement. */
import { childrenOf, type es, isFunction } from "./ast.js";

export type Jump = "return" | "break" | "continue";

const NONE: ReadonlySet<Jump> = new Set();

const isLoop = (node: es.Node): boolean =>
  node.type === "ForStatement" ||
  node.type === "ForOfStatement" ||
  node.type === "ForInStatement" ||
  node.type === "WhileStatement" ||
  node.type === "DoWhileStatement";

/** The jumps out of a node; those that a loop or switch inside it catches do not count. */
export function jumpsOf(node: es.Node): ReadonlySet<Jump> {
  if (isFunction(node)) return NONE;
  if (node.type === "ReturnStatement") return new Set(["return"]);
  if (node.type === "BreakStatement") return new Set(["break"]);
  if (node.type === "ContinueStatement") return new Set(["continue"]);
  const jumps = new Set<Jump>();
  for (const child of childrenOf(node)) for (const jump of jumpsOf(child)) jumps.add(jump);
  if (isLoop(node) || node.type === "SwitchStatement") jumps.delete("break");
  if (isLoop(node)) jumps.delete("continue");
  return jumps;
}

/** Whether control cannot go on behind a statement. */
export function leaves(node: es.Node): boolean {
  switch (node.type) {
    case "ReturnStatement":
    case "ThrowStatement":
      return true;
    case "BlockStatement":
      return node.body.some(leaves);
    case "IfStatement":
      return Boolean(node.alternate) && leaves(node.consequent) && leaves(node.alternate!);
    case "SwitchStatement":
      return (
        node.cases.some(({ test }) => !test) &&
        node.cases.every(({ consequent }, i) => consequent.some(leaves) || (consequent.length === 0 && i + 1 < node.cases.length)) &&
        !node.cases.some(({ consequent }) => consequent.some((item) => jumpsOf(item).has("break")))
      );
    case "WhileStatement":
      return node.test.type === "Literal" && node.test.value === true && !jumpsOf(node.body).has("break");
    default:
      return false;
  }
}
