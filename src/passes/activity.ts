/** Activity: which rows derivatives flow through. */
import { rules } from "./generated/rules.js";
import { partAt } from "../graph/parts.js";
import { type Body, type Graph, type Loop, type Owned, type Row } from "../graph/graph.js";
import { RowSet } from "../graph/rowset.js";
import { byOpcode, isElementwise, ownsBodies, structuralOf } from "../ops/rows.js";
import { type BodyRow } from "../ops/structural.js";

/** The rows that depend on parameters through derivatives. */
class Activity extends RowSet {
  /** By part of a row that owns bodies: 1 where it depends. */
  readonly parts = new Map<Row, Uint8Array>();
}

/** The rows, from the first of `parameters` to the last of `results`, that depend on a parameter through derivatives; parameters themselves among them. */
export function activity(graph: Graph, results: readonly Row[], parameters: readonly Row[]): Activity {
  const end = results.reduce((latest, row) => Math.max(latest, row + 1), 0);
  const first = parameters.reduce((earliest, row) => Math.min(earliest, row), end);
  const depends = new Activity(first, end);
  for (const row of parameters) depends.add(row);
  for (let row = first; row < end; row++) {
    if (ownsBodies(graph.op[row]!)) addOwner(depends, graph, row);
    else
      for (let k = graph.operandCount(row) - 1; k >= 0 && !depends.has(row); k--)
        if (depends.has(graph.operand(row, k)) && flows(graph, row, k) && readsActive(depends, graph, row)) depends.add(row);
  }
  return depends;
}

/** Whether a row reads something that depends, of its first operand, where that owns bodies. */
function readsActive(depends: Activity, graph: Graph, row: Row): boolean {
  if (isElementwise(graph.op[row]!) || graph.operandCount(row) !== 1) return true;
  const of = graph.operand(row, 0);
  if (!ownsBodies(graph.op[of]!)) return true;
  return depends.parts.get(of)![partAt(graph.owned(of), graph.b[row]!)] === 1;
}

function addOwner(depends: Activity, graph: Graph, row: Row): void {
  const active = Uint8Array.from(graph.operands(row), (operand) => (depends.has(operand) ? 1 : 0));
  if (!active.includes(1)) return;
  const parts = activeParts(graph, row, active);
  depends.parts.set(row, parts);
  if (parts.includes(1)) depends.add(row);
}

/** 1 for the parts of a row's result that depend on the operands that are marked. */
function activeParts(graph: Graph, row: Row, operands: Uint8Array): Uint8Array {
  const owned = graph.owned(row);
  let lists = known.get(owned);
  if (lists === undefined) known.set(owned, (lists = new Map<string, Uint8Array>()));
  const key = operands.join("");
  let parts = lists.get(key);
  if (parts === undefined) lists.set(key, (parts = partsByOpcode[graph.op[row]!]!(graph, row, operands)));
  return parts;
}

/** By what rows own and operands: the parts that depend on those. */
const known = new WeakMap<Owned, Map<string, Uint8Array>>();

/** 1 for the results of a body that depend on the parameters that are marked. */
function activeResults(body: Body, parameters: Uint8Array): Uint8Array {
  const depends = activity(
    body.graph,
    body.results,
    body.parameters.filter((_, k) => parameters[k] === 1),
  );
  return Uint8Array.from(body.results, (result) => (depends.has(result) ? 1 : 0));
}

/** 1 for the parameters of a loop's body, and for its results, that depend in some step on the operands that are marked. */
export function activeInLoop(
  { body, consts, carries }: Loop,
  operands: ArrayLike<number>,
): { readonly parameters: Uint8Array; readonly results: Uint8Array } {
  const parameters = new Uint8Array(body.parameters.length);
  parameters.set(operands);
  for (;;) {
    const results = activeResults(body, parameters);
    let more = false;
    for (let k = 0; k < carries; k++) {
      more ||= results[k]! > parameters[consts + k]!;
      parameters[consts + k]! |= results[k]!;
    }
    if (!more) return { parameters, results };
  }
}

const partsOf: Readonly<Record<BodyRow, (graph: Graph, row: Row, operands: Uint8Array) => Uint8Array>> = {
  call: (graph, row, operands) => activeResults(graph.bodyOf(row), operands),
  loop: (graph, row, operands) => activeInLoop(graph.loopOf(row), operands).results,
};
const partsByOpcode = byOpcode(partsOf);

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
    case "body":
      return true;
    case "call":
    case "whole":
      return definition.flowsTo(k);
  }
}
