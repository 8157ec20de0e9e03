/** What a structural row computes from its operands' numbers: one meaning for the reference engine and for recordings. */
import { fillLanes } from "../ops/lanes.js";
import { lying, NumberMonoid } from "../ops/numbers.js";
import { byOpcode, structuralOf } from "../ops/rows.js";
import { type CallRow } from "../ops/structural.js";
import { factsOf } from "./facts.js";
import { type Graph, type Row } from "./graph.js";

/** How a row's numbers are found. */
interface Memory {
  /** The numbers of a row: one of a scalar. */
  readonly view: (row: Row) => Float64Array;
  /** The lane numbers that a row holds. */
  readonly indices: (row: Row) => ArrayLike<number>;
  /** The name that errors of lane numbers carry. */
  readonly name?: string;
}

/** What fills v with a call's numbers. */
const calls: Readonly<Record<CallRow, (graph: Graph, row: Row, v: Float64Array, views: readonly Float64Array[]) => () => void>> = {
  custom:
    (_graph, _row, v, [value]) =>
    () =>
      v.set(value!),
  host(graph, row, v, views) {
    const host = graph.hosts[graph.c[row]!]!;
    return () => fillLanes(host, v, views);
  },
};
const callsByOpcode = byOpcode(calls);

/** Fills `v` with what a row that is neither elementwise nor given computes, every time it is called. */
export function structuralValue(graph: Graph, row: Row, v: Float64Array, { view, indices, name }: Memory): () => void {
  const definition = structuralOf(graph.op[row]!);
  const views = (): Float64Array[] => graph.operands(row).map(view);
  switch (definition.kind) {
    case "entry":
    case "body": // expanded before anything is computed
      throw new TypeError(`values: expected a row that is computed, got row ${row}`);
    case "call":
      return callsByOpcode[graph.op[row]!]!(graph, row, v, views());
    case "whole": {
      const [x, facts] = [views(), factsOf(graph, row)];
      return () => definition.fill(v, x, facts);
    }
    default: {
      const numbers = new NumberMonoid(name);
      const operands = graph.operands(row).map((operand) => (graph.isIndices(operand) ? lying(new Float64Array(0)) : lying(view(operand))));
      return numbers.into(definition.map(numbers, operands, factsOf(graph, row, indices)), v);
    }
  }
}
