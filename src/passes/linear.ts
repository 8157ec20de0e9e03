/** Structural rows as linear maps, by their definitions: what they make of another operand, and their transposition. Tangents, adjoints and masks go through the same. */
import { factsOf } from "../graph/facts.js";
import { type Graph, type Row } from "../graph/graph.js";
import { rowName, structural, structuralOf } from "../ops/rows.js";
import { type Transposer, type Structural, type Transposed } from "../ops/definition.js";
import { opcode } from "../ops/generated/table.js";
import { partIn } from "../graph/body.js";
import { broadcastTo, expandedTo, reshapedTo, summedTo } from "../graph/shaped.js";
import { reduced, times } from "./algebra.js";

/** The definition of a row that derivatives flow through by a map. */
type Flowing = Extract<Structural, { readonly kind: "linear" | "bilinear" }>;

/** The definition of a row that is linear in its operands. */
export function flowing(graph: Graph, row: Row): Flowing {
  const definition = structuralOf(graph.op[row]!);
  if (definition.kind === "linear" || definition.kind === "bilinear") return definition;
  throw new TypeError(`expected a row that is linear in its operands, got ${rowName(graph.op[row]!)}`);
}

/** Whether the map sums lanes, so that one lane of the operand is in several of the result, or several in one. */
export const mixes = (definition: Flowing): boolean => definition.kind === "bilinear" || definition.mixes;

/** Whether the transposed map sums lanes. */
export const mixesBack = (definition: Flowing): boolean => definition.kind === "bilinear" || definition.mixesBack;

/** A row of one vector operand, or of two, with `x` in the place of operand k. */
function again(graph: Graph, row: Row, x: Row, k = 0): Row {
  const [a, b] = k === 0 ? [x, graph.b[row]!] : [graph.a[row]!, x];
  return graph.shared(graph.op[row]!, graph.shape[row]!, a, b);
}

/** A structural row with `x` in the place of operand k. A scalar may stand for a vector that is the same in every lane, as operand and as result. */
export function mapped(graph: Graph, row: Row, x: Row, k = 0): Row {
  const definition = flowing(graph, row);
  const operand = graph.operand(row, k);
  if (graph.isScalar(x) && definition.kind === "linear") {
    if (definition.uniform === "kept") return x;
    if (definition.uniform === "counted") return times(graph, x, graph.constant(graph.lanes(operand) / graph.lanes(row)));
  }
  return again(graph, row, graph.isScalar(operand) ? x : broadcastTo(graph, x, graph.sizes(operand)), k);
}

/** Records what transpositions are made of, for one row and operand. */
function transposerFor(graph: Graph, row: Row): Transposer {
  const indices = graph.b[row]!;
  const operand = graph.operand(row, 0);
  return {
    again: (x) => again(graph, row, x),
    // lanes that are all equal are the same the other way round
    reverse: (x) => (graph.op[x] === structural.broadcast ? x : graph.shared(structural.reverse, graph.shape[x]!, x)),
    flipped: (x) => (graph.op[x] === structural.broadcast ? x : graph.shared(structural.reverseAxis, graph.shape[x]!, x, graph.b[row])),
    reshaped: (x) => reshapedTo(graph, x, graph.sizes(operand)),
    swapped: (x) => graph.shared(structural.transpose, graph.shape[operand]!, x),
    expanded: (x) => expandedTo(graph, x, graph.sizes(operand)),
    along: (x) =>
      graph.isScalar(x)
        ? times(graph, x, graph.constant(graph.lanes(row) / graph.lanes(operand)))
        : summedTo(graph, x, graph.sizes(operand)),
    reduced: (x, lanes) => reduced(graph, lanes, x),
    take: (x) => graph.shared(structural.take, graph.shape[operand]!, x, indices),
    segmentSum: (x) => graph.shared(structural.segmentSum, graph.shape[operand]!, x, indices),
    part: (x, start, shape) => partIn(graph, x, start, shape),
    operand: (k) => graph.operand(row, k),
    times: (x, y) => graph.elementwise(opcode.mul, x, y),
  };
}

/** What a structural row of derivative g gives to operand k: a row of the operand's shape, or a scalar for all its lanes, or a piece of it at a lane. */
export function transposed(graph: Graph, row: Row, g: Row, k = 0): Transposed {
  const definition = flowing(graph, row);
  const uniform = graph.isScalar(g) && !graph.isScalar(row);
  if (uniform && definition.kind === "linear" && definition.uniformBack === "kept") return { piece: g };
  const stated = definition.kind === "linear" && definition.uniformBack === "stated";
  const whole = uniform && !stated ? broadcastTo(graph, g, graph.sizes(row)) : g;
  return definition.transpose(transposerFor(graph, row), whole, factsOf(graph, row), k);
}
