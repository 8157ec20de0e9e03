/** Simplification: a graph recorded anew by algebraic rules, and pruning: recorded anew by none. */
import { opcode as o, truth } from "../ops/generated/table.js";
import { Graph, type Row, SCALAR } from "../graph/graph.js";
import { structural } from "../ops/rows.js";
import { noImages, recordInto } from "../graph/anew.js";

/** A rule: the row that stands for op(a, b, c), b and c being −1 or attributes where the op has fewer operands; undefined where it does not apply. */
type Rule = (graph: Graph, a: Row, b: Row, c: Row) => Row | undefined;

const is = (graph: Graph, row: Row, op: number): boolean => graph.op[row] === op;
const isNumber = (graph: Graph, row: Row, value: number): boolean => graph.isConstant(row) && Object.is(graph.constantOf(row), value);
const isTruth = (graph: Graph, row: Row): boolean => truth[graph.op[row]!] === 1;
const isTrue = (graph: Graph, row: Row): boolean => graph.isConstant(row) && graph.constantOf(row) !== 0;
const minus = (graph: Graph, row: Row): Row => graph.elementwise(o.neg, row);

/** Rules by op, each with its law. None hides a NaN (x − x, x · 0 and x / x stay), and none gains or loses a rounding. */
const rules: Readonly<Partial<Record<number, readonly Rule[]>>> = {
  [o.add]: [
    (g, a, b) => (isNumber(g, b, -0) ? a : isNumber(g, a, -0) ? b : undefined), // x + −0 = x
    (g, a, b) => (is(g, b, o.neg) ? g.elementwise(o.sub, a, g.a[b]) : is(g, a, o.neg) ? g.elementwise(o.sub, b, g.a[a]) : undefined), // x + −y = x − y
    (g, a, b) => (a === b ? g.elementwise(o.mul, a, g.constant(2)) : undefined), // x + x = 2x
  ],
  [o.sub]: [
    (g, a, b) => (isNumber(g, b, 0) ? a : undefined), // x − 0 = x
    (g, a, b) => (is(g, b, o.neg) ? g.elementwise(o.add, a, g.a[b]) : undefined), // x − −y = x + y
  ],
  [o.mul]: [
    (g, a, b) => (isNumber(g, b, 1) ? a : isNumber(g, a, 1) ? b : undefined), // x · 1 = x
    (g, a, b) => (isNumber(g, b, -1) ? minus(g, a) : isNumber(g, a, -1) ? minus(g, b) : undefined), // x · −1 = −x
    (g, a, b) => (is(g, a, o.neg) && is(g, b, o.neg) ? g.elementwise(o.mul, g.a[a]!, g.a[b]) : undefined), // −x · −y = x · y
    (g, a, b) => (a === b ? g.elementwise(o.square, a) : undefined), // x · x = x²
  ],
  [o.div]: [
    (g, a, b) => (isNumber(g, b, 1) ? a : isNumber(g, b, -1) ? minus(g, a) : undefined), // x / ±1 = ±x
    (g, a, b) => (isNumber(g, a, 1) ? g.elementwise(o.reciprocal, b) : undefined), // 1 / x
    (g, a, b) => (is(g, a, o.neg) && is(g, b, o.neg) ? g.elementwise(o.div, g.a[a]!, g.a[b]) : undefined), // −x / −y = x / y
  ],
  [o.neg]: [(g, a) => (is(g, a, o.neg) ? g.a[a] : undefined)], // −−x = x
  [o.abs]: [(g, a) => (is(g, a, o.neg) ? g.elementwise(o.abs, g.a[a]!) : is(g, a, o.abs) ? a : undefined)], // |−x| = |x|, ||x|| = |x|
  [o.square]: [(g, a) => (is(g, a, o.neg) || is(g, a, o.abs) ? g.elementwise(o.square, g.a[a]!) : undefined)], // (−x)² = |x|² = x²
  [o.cos]: [(g, a) => (is(g, a, o.neg) ? g.elementwise(o.cos, g.a[a]!) : undefined)], // cos −x = cos x
  [o.sin]: [(g, a) => (is(g, a, o.neg) ? minus(g, g.elementwise(o.sin, g.a[a]!)) : undefined)], // sin −x = −sin x
  [o.tanh]: [(g, a) => (is(g, a, o.neg) ? minus(g, g.elementwise(o.tanh, g.a[a]!)) : undefined)], // tanh −x = −tanh x
  [o.ne]: [(g, a, b) => (isNumber(g, a, 0) && isTruth(g, b) ? b : isNumber(g, b, 0) && isTruth(g, a) ? a : undefined)], // p ≠ 0 is p for a truth value p
  [o.eq]: [
    (g, a, b) =>
      isNumber(g, a, 0) && isTruth(g, b)
        ? g.elementwise(o.not, b)
        : isNumber(g, b, 0) && isTruth(g, a)
          ? g.elementwise(o.not, a)
          : undefined,
  ], // p = 0 is ¬p for a truth value p
  [o.minimum]: [(_, a, b) => (a === b ? a : undefined)], // min(x, x) = x
  [o.maximum]: [(_, a, b) => (a === b ? a : undefined)], // max(x, x) = x
  [o.where]: [
    (_, a, b, c) => (b === c ? b : undefined), // where(p, x, x) = x
    (g, a, b, c) => (g.isConstant(a) ? (g.constantOf(a) !== 0 ? b : c) : undefined), // where(1, x, y) = x, where(0, x, y) = y
    (g, a, b, c) => (is(g, a, o.not) ? g.elementwise(o.where, g.a[a]!, c, b) : undefined), // where(¬p, x, y) = where(p, y, x)
  ],
  [o.or]: [(g, a, b) => (isTrue(g, a) || isTrue(g, b) ? g.constant(1) : undefined)], // p ∨ 1 = 1
  [o.not]: [(g, a) => (is(g, a, o.not) && isTruth(g, g.a[a]!) ? g.a[a] : undefined)], // ¬¬p = p for a truth value p
};

/** Lane i of an assembly where at most one piece covers it: a part of that piece, or 0. */
function pieceAt(graph: Graph, assembly: Row, i: number): Row | undefined {
  let found: Row | undefined;
  for (let k = graph.operandCount(assembly) - 1; k >= 0; k--) {
    const piece = graph.operand(assembly, k);
    const lane = i - graph.pieceOffset(assembly, k);
    if (lane < 0 || lane >= graph.lanes(piece)) continue;
    if (found !== undefined) return undefined;
    found = graph.isScalar(piece) ? piece : graph.shared(structural.at, SCALAR, piece, lane);
  }
  return found ?? graph.constant(0);
}

/** Rules of rows that move lanes. */
const moves: Readonly<Partial<Record<number, readonly Rule[]>>> = {
  [structural.reverse]: [(g, a) => (is(g, a, structural.reverse) ? g.a[a] : undefined)], // reverse reverse x = x
  [structural.at]: [
    (g, a) => (is(g, a, structural.broadcast) ? g.a[a] : undefined), // at(broadcast x, i) = x
    (g, a, i) => (is(g, a, structural.slice) ? g.shared(structural.at, SCALAR, g.a[a], g.b[a]! + i) : undefined), // at(slice(x, s), i) = at(x, s + i)
    (g, a, i) => (is(g, a, structural.assemble) ? pieceAt(g, a, i) : undefined), // at(assemble(…, x at s, …), i) = x, or at(x, i − s)
    (g, a, i) => (is(g, a, structural.reverse) ? g.shared(structural.at, SCALAR, g.a[a], g.lanes(a) - 1 - i) : undefined), // at(reverse x, i) = at(x, n − 1 − i)
  ],
};

/** What a row is by the rules: applied again until none does. */
function simplified(graph: Graph, row: Row): Row {
  for (;;) {
    const shape = graph.shape[row]!;
    let next: Row | undefined;
    for (const rule of rules[graph.op[row]!] ?? moves[graph.op[row]!] ?? []) {
      next = rule(graph, graph.a[row]!, graph.b[row]!, graph.c[row]!);
      // A scalar may equal every lane of a row, but is not the row.
      if (next !== undefined && graph.shape[next] === shape) break;
      next = undefined;
    }
    if (next === undefined || next === row) return row;
    row = next;
  }
}

/** Records what `results` need in a graph of its own. */
function recordAnew(graph: Graph, results: readonly Row[], rewrite?: (to: Graph, row: Row) => Row): { graph: Graph; results: Row[] } {
  const to = new Graph();
  to.leaves = graph.leaves;
  to.hosts.push(...graph.hosts);
  to.rules.push(...graph.rules);
  return { graph: to, results: recordInto(graph, to, results, noImages(graph), rewrite === undefined ? {} : { rewrite }) };
}

/** The rows that `results` need, in a graph without others. */
export const prune = (graph: Graph, results: readonly Row[]): { graph: Graph; results: Row[] } => recordAnew(graph, results);

/** The results with the rules applied, in a graph without rows that they do not need. Values stay the same but for the sign of a zero. */
export function simplify(graph: Graph, results: readonly Row[]): { graph: Graph; results: Row[] } {
  const { graph: to, results: images } = recordAnew(graph, results, simplified);
  return prune(to, images); // what rules looked through may not be needed any more
}
