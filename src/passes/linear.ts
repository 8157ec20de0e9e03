/** Structural rows as linear maps, by their definitions: what they make of another operand, and their transposition. Tangents, adjoints and masks go through the same. */
import { factsOf } from "../graph/facts.js";
import { type Graph, type Row } from "../graph/graph.js";
import { rowName, structural, structuralOf } from "../ops/rows.js";
import { type Transposer, type Structural, type Transposed } from "../ops/definition.js";
import { opcode } from "../ops/generated/table.js";
import { partIn } from "../graph/body.js";
import { broadcastTo, expandedTo, reshapedTo, summedTo } from "../graph/shaped.js";
import { type Shape } from "../ops/shapes.js";
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

/** Records what transpositions are made of, for one row and its operands. */
class Transposing implements Transposer {
  readonly #first: Row;

  constructor(
    readonly graph: Graph,
    readonly row: Row,
  ) {
    this.#first = graph.operand(row, 0);
  }

  again(x: Row): Row {
    return again(this.graph, this.row, x);
  }

  /** Lanes that are all equal are the same the other way round. */
  reverse(x: Row): Row {
    const { graph } = this;
    return graph.op[x] === structural.broadcast ? x : graph.shared(structural.reverse, graph.shape[x]!, x);
  }

  flipped(x: Row): Row {
    const { graph } = this;
    return graph.op[x] === structural.broadcast ? x : graph.shared(structural.reverseAxis, graph.shape[x]!, x, graph.b[this.row]);
  }

  reshaped(x: Row): Row {
    return reshapedTo(this.graph, x, this.graph.sizes(this.#first));
  }

  swapped(x: Row): Row {
    return this.#likeFirst(structural.transpose, x);
  }

  expanded(x: Row): Row {
    return expandedTo(this.graph, x, this.graph.sizes(this.#first));
  }

  along(x: Row): Row {
    const { graph } = this;
    return graph.isScalar(x)
      ? times(graph, x, graph.constant(graph.lanes(this.row) / graph.lanes(this.#first)))
      : summedTo(graph, x, graph.sizes(this.#first));
  }

  reduced(x: Row, lanes: number): Row {
    return reduced(this.graph, lanes, x);
  }

  take(x: Row): Row {
    return this.#likeFirst(structural.take, x, this.graph.b[this.row]);
  }

  segmentSum(x: Row): Row {
    return this.#likeFirst(structural.segmentSum, x, this.graph.b[this.row]);
  }

  part(x: Row, start: number, shape: Shape): Row {
    return partIn(this.graph, x, start, shape);
  }

  operand(k: number): Row {
    return this.graph.operand(this.row, k);
  }

  times(x: Row, y: Row): Row {
    return this.graph.elementwise(opcode.mul, x, y);
  }

  #likeFirst(op: number, x: Row, indices?: Row): Row {
    return this.graph.shared(op, this.graph.shape[this.#first]!, x, indices);
  }
}

/** What a structural row of derivative g gives to operand k: a row of the operand's shape, or a scalar for all its lanes, or a piece of it at a lane. */
export function transposed(graph: Graph, row: Row, g: Row, k = 0): Transposed {
  const definition = flowing(graph, row);
  const uniform = graph.isScalar(g) && !graph.isScalar(row);
  if (uniform && definition.kind === "linear" && definition.uniformBack === "kept") return { piece: g };
  const stated = definition.kind === "linear" && definition.uniformBack === "stated";
  const whole = uniform && !stated ? broadcastTo(graph, g, graph.sizes(row)) : g;
  return definition.transpose(new Transposing(graph, row), whole, factsOf(graph, row), k);
}
