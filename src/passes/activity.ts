/** Activity: which rows derivatives flow through. */
import { rules } from "./generated/rules.js";
import { type Graph, type Row } from "../graph/graph.js";
import { RowSet } from "../graph/rowset.js";
import { isElementwise, structuralOf } from "../ops/rows.js";

/** The rows, from the first of `parameters` to the last of `results`, that depend on a parameter through derivatives; parameters themselves among them. */
export function activity(graph: Graph, results: readonly Row[], parameters: readonly Row[]): RowSet {
  const end = results.reduce((latest, row) => Math.max(latest, row + 1), 0);
  const first = parameters.reduce((earliest, row) => Math.min(earliest, row), end);
  const depends = new RowSet(first, end);
  for (const row of parameters) depends.add(row);
  for (let row = first; row < end; row++) {
    for (let k = graph.operandCount(row) - 1; k >= 0 && !depends.has(row); k--)
      if (depends.has(graph.operand(row, k)) && flows(graph, row, k)) depends.add(row);
  }
  return depends;
}

/** Whether a derivative flows from a row to its operand k. */
export function flows(graph: Graph, row: Row, k: number): boolean {
  const op = graph.op[row]!;
  if (isElementwise(op)) return rules[op]![k] !== 0;
  const definition = structuralOf(op);
  switch (definition.kind) {
    case "entry":
    case "stopped":
      return false;
    case "linear":
      return definition.flows === "all" || k === 0;
    case "bilinear":
      return true;
    case "call":
      return definition.flowsTo(k);
  }
}
