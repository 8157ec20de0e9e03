/** A graph's row as its definition sees it. */
import { arity } from "../ops/generated/table.js";
import { type Lanes } from "../ops/monoid.js";
import { holdsIndices, structural } from "../ops/rows.js";
import { type Facts } from "../ops/definition.js";
import { type Graph, type Row } from "./graph.js";

/** The lane numbers that a row holds, where they are constant. */
const constantLanes = (graph: Graph, row: Row): Lanes | undefined =>
  graph.op[row] === structural.indexVector ? graph.vectors[graph.a[row]!] : undefined;

/** What a graph keeps under a row's number. */
function contentOf(graph: Graph, row: Row): unknown {
  switch (graph.op[row]!) {
    case structural.constant:
      return graph.constants[graph.a[row]!];
    case structural.vector:
    case structural.indexVector:
      return graph.vectors[graph.a[row]!];
    case structural.custom:
      return graph.rules[graph.c[row]!];
    case structural.host:
      return graph.hosts[graph.c[row]!];
    case structural.call:
    case structural.loop:
      return graph.bodies[graph.c[row]!];
    case structural.input:
    case structural.indices:
      return graph.a[row];
  }
  return undefined;
}

/** What a definition sees of a row, and the lane numbers of its operands by `lanesOf`. */
export function factsOf(graph: Graph, row: Row, lanesOf = (operand: Row): Lanes | undefined => constantLanes(graph, operand)): Facts {
  return {
    lanes: graph.lanes(row),
    scalar: graph.isScalar(row),
    shape: graph.sizes(row),
    count: graph.operandCount(row),
    attribute: (arity[graph.op[row]!]! > 1 ? graph.c : graph.b)[row]!,
    content: contentOf(graph, row),
    operand(k) {
      const operand = graph.operand(row, k);
      return {
        lanes: graph.lanes(operand),
        scalar: graph.isScalar(operand),
        shape: graph.sizes(operand),
        indices: holdsIndices(graph.op[operand]!),
      };
    },
    offset: (k) => graph.pieceOffset(row, k),
    lanesAt: (k) => lanesOf(graph.operand(row, k)),
  };
}
