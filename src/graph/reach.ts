/** Which rows a result needs, and which parts of rows that own bodies. */
import { ownsBodies } from "../ops/rows.js";
import { type Body, type Graph, type Loop, type Owned, type Row } from "./graph.js";
import { partAt } from "./parts.js";
import { RowSet } from "./rowset.js";

/** The rows that are needed. */
class Reach extends RowSet {
  /** By part of a row that owns bodies: 1 where it is needed. */
  readonly parts = new Map<Row, Uint8Array>();
}

/** What all calls of a body compute: the body with most results, 1 for the parts of these that are needed, and 1 for the parameters that those need. */
export interface Needed {
  readonly body: Body;
  readonly parts: Uint8Array;
  readonly takes: Uint8Array;
}

/** What is known of a graph's rows. */
export interface Within {
  /** Rows that are there already, so that what they depend on is not needed for them. */
  readonly isGiven?: ((row: Row) => boolean) | undefined;
  /** Of a body, what all its calls compute, needed or not. */
  readonly atLeast?: ((body: Body) => Needed) | undefined;
  /** Of rows that own bodies all operands are needed, whichever parts are: the rows are to be recorded as they are. */
  readonly whole?: boolean;
}

function takesOf(owned: Owned, parts: Uint8Array | undefined, atLeast: Within["atLeast"]): Uint8Array {
  if (atLeast === undefined) return operandsFor(owned, parts);
  return owned.kind === "body" ? atLeast(owned).takes : neededOf(owned, parts, atLeast).takes;
}

/** The rows from `first` on that one of `results` depends on, themselves included; what is given depends on nothing. Takes time in proportion to the rows from there to the last result. */
export function reach(graph: Graph, results: readonly Row[], first: Row = 0, { isGiven, atLeast, whole }: Within = {}): Reach {
  const needed = new Reach(
    first,
    results.reduce((end, row) => Math.max(end, row + 1), first),
  );
  for (const row of results) needed.add(row);
  for (let row = needed.end - 1; row >= first; row--) {
    if (!needed.has(row) || isGiven?.(row)) continue;
    const takes = whole !== true && ownsBodies(graph.op[row]!) ? takesOf(graph.owned(row), needed.parts.get(row), atLeast) : undefined;
    for (let k = graph.operandCount(row) - 1; k >= 0; k--) {
      if (takes?.[k] === 0) continue;
      const operand = graph.operand(row, k);
      needed.add(operand);
      if (ownsBodies(graph.op[operand]!)) addPart(needed.parts, graph, operand, graph.b[row]!);
    }
  }
  return needed;
}

function addPart(parts: Map<Row, Uint8Array>, graph: Graph, row: Row, lane: number): void {
  const owned = graph.owned(row);
  let flags = parts.get(row);
  if (flags === undefined) parts.set(row, (flags = new Uint8Array(owned.parts.length)));
  flags[partAt(owned, lane)] = 1;
}

/** By what rows own and the parts that are needed: 1 for the operands that these need. */
const known = new WeakMap<Owned, Map<string, Uint8Array>>();

/** 1 for the operands of a row that some parts of its result need. */
function operandsFor(owned: Owned, parts: Uint8Array | undefined): Uint8Array {
  const key = parts?.join("") ?? "";
  let lists = known.get(owned);
  if (lists === undefined) known.set(owned, (lists = new Map<string, Uint8Array>()));
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = neededOf(owned, parts).takes));
  return list;
}

/** What some parts of a row's result need: 1 for the results of the body and for its parameters. Of a loop, a carry that some step reads is needed from every step. */
export function neededOf(
  owned: Owned,
  parts: Uint8Array | undefined,
  atLeast?: Within["atLeast"],
): { readonly results: Uint8Array; readonly takes: Uint8Array } {
  const { graph, parameters, results } = owned.kind === "loop" ? owned.body : owned;
  const flags = Uint8Array.from(results, (_, part) => parts?.[part] ?? 0);
  for (;;) {
    const needed = reach(
      graph,
      results.filter((_, k) => flags[k] === 1),
      0,
      { atLeast },
    );
    const takes = Uint8Array.from(parameters, (row) => (needed.has(row) ? 1 : 0));
    if (owned.kind === "body" || !markCarries(owned, flags, takes)) return { results: flags, takes: takes.subarray(0, owned.takes.length) };
  }
}

/** Marks the carries that are needed: those that a step reads, and whose result is; whether a result is more than before. */
function markCarries({ consts, carries }: Loop, results: Uint8Array, takes: Uint8Array): boolean {
  let more = false;
  for (let k = 0; k < carries; k++) {
    if (results[k] === 0 && takes[consts + k] === 1) {
      results[k] = 1;
      more = true;
    }
    takes[consts + k] = results[k]!;
  }
  return more;
}
