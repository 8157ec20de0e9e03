/** The algebra that the derivative passes share: sums and products of rows, recorded so that equal work is one row. */
import { rules } from "./generated/rules.js";
import { choice, opcode } from "../ops/generated/table.js";
import { type Graph, type Row, SCALAR } from "../graph/graph.js";
import { structural } from "../ops/rows.js";

export { broadcastTo } from "../graph/shaped.js";

/** x + y, with signs moved outward: a sum of negations is the negation of a sum. What one condition takes in turn is one choice. */
export function plus(graph: Graph, x: Row, y: Row): Row {
  const { op, a, b, c } = graph;
  if (op[x] === opcode.where && op[y] === opcode.where && a[x] === a[y]) {
    const isZero = (row: Row): boolean => graph.isConstant(row) && graph.constantOf(row) === 0;
    if (isZero(c[x]!) && isZero(b[y]!)) return graph.elementwise(opcode.where, a[x]!, b[x], c[y]);
    if (isZero(b[x]!) && isZero(c[y]!)) return graph.elementwise(opcode.where, a[x]!, b[y], c[x]);
  }
  const [minusX, minusY] = [op[x] === opcode.neg, op[y] === opcode.neg];
  if (minusX && minusY) return graph.elementwise(opcode.neg, graph.elementwise(opcode.add, graph.a[x]!, graph.a[y]));
  if (minusY) return graph.elementwise(opcode.sub, x, graph.a[y]);
  if (minusX) return graph.elementwise(opcode.sub, y, graph.a[x]);
  return graph.elementwise(opcode.add, x, y);
}

/** −x, undoing a negation. */
function negated(graph: Graph, x: Row): Row {
  return graph.op[x] === opcode.neg ? graph.a[x]! : graph.elementwise(opcode.neg, x);
}

/** g · p. Factors of a partial multiply one by one, signs move outward and quotients become divisions, so that equal work is one row. */
export function times(graph: Graph, g: Row, p: Row): Row {
  if (graph.isConstant(g) && graph.constantOf(g) === 1) return p;
  if (graph.isConstant(p) && graph.constantOf(p) === 1) return g;
  if (graph.op[g] === opcode.neg) return negated(graph, times(graph, graph.a[g]!, p));
  if (graph.op[p] === opcode.neg) return negated(graph, times(graph, g, graph.a[p]!));
  if (graph.op[p] === opcode.div && graph.isConstant(graph.a[p]!))
    return graph.elementwise(opcode.div, times(graph, g, graph.a[p]!), graph.b[p]);
  return graph.elementwise(opcode.mul, g, p);
}

/** How rules record: an op of rows, and a number. */
export interface RuleRows {
  readonly elementwise: (op: number, a: Row, b?: Row, c?: Row) => Row;
  readonly constant: (value: number) => Row;
}

/** A graph as rules see it. */
export const ruleRowsOf = (graph: Graph): RuleRows => ({
  elementwise: (op, a, b, c) => graph.elementwise(op, a, b, c),
  constant: (value) => graph.constant(value),
});

/**
 * The derivative g of one side of a row times its partial by operand k: an adjoint for the operand, or a tangent's share of the row's. Of a choice, the share where it took the operand.
 * Rows from `fresh` on were recorded by the rule itself, so their factors may multiply g one by one.
 */
export function contributionOf(graph: Graph, record: RuleRows, row: Row, k: number, g: Row, fresh: number): Row {
  const op = graph.op[row]!;
  const rule = rules[op]![k]!;
  if (rule === 1) return g;
  if (rule === -1) return negated(graph, g);
  if (typeof rule === "number") return times(graph, g, graph.constant(rule));
  if (rule.truth && choice[op] === 1) return g;
  const partial = rule.rows(record.elementwise, record.constant, graph.a[row]!, graph.b[row]!, graph.c[row]!, row);
  return product(graph, g, partial, fresh);
}

/** g · p for a partial that may be a product itself: its factors multiply g in turn. */
function product(graph: Graph, g: Row, partial: Row, fresh: number): Row {
  const { op, a, b } = graph;
  if (op[partial] === opcode.neg && op[a[partial]!] === opcode.mul) return negated(graph, product(graph, g, a[partial]!, fresh));
  if (op[partial] === opcode.mul && partial >= fresh) return times(graph, product(graph, g, a[partial]!, fresh), b[partial]!);
  return times(graph, g, partial);
}

/** A derivative over the lanes of a row as its scalar operand's: the lanes add up. */
export function reduced(graph: Graph, lanes: number, contribution: Row): Row {
  if (graph.isScalar(contribution)) return times(graph, contribution, graph.constant(lanes));
  if (graph.op[contribution] !== opcode.neg) return graph.shared(structural.sum, SCALAR, contribution);
  return graph.elementwise(opcode.neg, graph.shared(structural.sum, SCALAR, graph.a[contribution]));
}
