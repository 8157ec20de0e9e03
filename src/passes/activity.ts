/** Activity: which rows derivatives flow through, and where a zero derivative needs a guard. */
import { rules } from "../generated/rules.js";
import { opcode, singular } from "../generated/table.js";
import { type Graph, type Row } from "../graph.js";
import { isElementwise, structural } from "../structural.js";

/** What an elementwise op's adjoint flows through: which operands depend on a parameter, and which products need a guard. */
export interface Activity {
  /** 1 where a row depends on one of the parameters through derivatives. */
  readonly depends: Uint8Array;
  /** 1 where a zero adjoint must contribute zero, because a `where` may not have taken this row. */
  readonly guarded: Uint8Array;
  /** The first row that may depend. */
  readonly first: Row;
}

/** Finds which rows depend on `parameters` through derivatives, and which products on the way to `results` need a guard. */
export function activity(graph: Graph, results: readonly Row[], parameters: Iterable<Row>): Activity {
  const end = results.reduce((latest, row) => Math.max(latest, row + 1), 0);
  const depends = new Uint8Array(end);
  let first = end;
  for (const row of parameters) {
    if (row < end) depends[row] = 1;
    first = Math.min(first, row);
  }
  let choices = false;
  for (let row = first; row < end; row++) {
    choices ||= graph.op[row] === opcode.where || graph.op[row] === opcode.guardedMul;
    if (!depends[row]) depends[row] = Number(someOperand(graph, row, (operand, k) => depends[operand]! && flows(graph, row, k)));
  }
  return { depends, guarded: choices ? guards(graph, results, first, end) : new Uint8Array(end), first };
}

function someOperand(graph: Graph, row: Row, test: (operand: Row, k: number) => unknown): boolean {
  for (let k = graph.operandCount(row) - 1; k >= 0; k--) if (test(graph.operand(row, k), k)) return true;
  return false;
}

/** Whether a derivative flows from a row to its operand k. */
export function flows(graph: Graph, row: Row, k: number): boolean {
  const op = graph.op[row]!;
  if (isElementwise(op)) return rules[op]![k] !== 0;
  if (op === structural.custom) return k > 0;
  return op < structural.max && k === 0 ? true : op === structural.assemble || op === structural.host;
}

/**
 * A row is guarded where it reaches a branch of a `where` and either is singular or multiplies by something that is:
 * when that branch is not taken, its adjoint is 0 and its partial may be infinite.
 */
function guards(graph: Graph, results: readonly Row[], first: Row, end: number): Uint8Array {
  const guarded = new Uint8Array(end);
  const matters = new Uint8Array(end); // the result's derivative flows here
  const reaches = new Uint8Array(end); // and passes a branch on the way
  for (const row of results) matters[row] = 1;
  for (let row = end - 1; row >= first; row--) {
    if (!matters[row]) continue;
    const branches = graph.op[row] === opcode.where || graph.op[row] === opcode.guardedMul;
    someOperand(graph, row, (operand, k) => {
      if (!flows(graph, row, k)) return;
      matters[operand] = 1;
      if (reaches[row] || (branches && k > 0)) reaches[operand] = 1;
    });
  }
  for (let row = first; row < end; row++) {
    const infinite = (operand: Row): number => guarded[operand]!;
    if (!reaches[row]) continue;
    if (graph.op[row]! >= structural.custom) guarded[row] = 1;
    else if (isElementwise(graph.op[row]!)) guarded[row] = Number(singular[graph.op[row]!] === 1 || someOperand(graph, row, infinite));
  }
  return guarded;
}
