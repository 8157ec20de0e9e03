/** Activity: which rows derivatives flow through. */
import { rules } from "./generated/rules.js";
import { type Graph, type Row } from "../graph/graph.js";
import { isElementwise, structural } from "../ops/structural.js";

/** Which rows depend on parameters. */
export interface Activity {
  /** 1 where a row depends on one of the parameters through derivatives, up to the last of the results. */
  readonly depends: Uint8Array;
  /** The first row that may depend. */
  readonly first: Row;
}

/** Finds which rows up to the last of `results` depend on `parameters` through derivatives. */
export function activity(graph: Graph, results: readonly Row[], parameters: Iterable<Row>): Activity {
  const end = results.reduce((latest, row) => Math.max(latest, row + 1), 0);
  const depends = new Uint8Array(end);
  let first = end;
  for (const row of parameters) {
    if (row < end) depends[row] = 1;
    first = Math.min(first, row);
  }
  for (let row = first; row < end; row++) {
    for (let k = graph.operandCount(row) - 1; k >= 0 && depends[row] === 0; k--)
      if (depends[graph.operand(row, k)] && flows(graph, row, k)) depends[row] = 1;
  }
  return { depends, first };
}

/** Whether a derivative flows from a row to its operand k. */
export function flows(graph: Graph, row: Row, k: number): boolean {
  const op = graph.op[row]!;
  if (isElementwise(op)) return rules[op]![k] !== 0;
  if (op === structural.custom) return k > 0;
  return op < structural.max && k === 0 ? true : op === structural.assemble || op === structural.host;
}
