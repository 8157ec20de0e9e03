/** Which rows a result needs, and which parts of rows that own bodies. */
import { ownsBodies } from "../ops/rows.js";
import { partAt } from "./body.js";
import { type Body, type Graph, type Row } from "./graph.js";
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

const takesOf = (body: Body, parts: Uint8Array | undefined, atLeast: Within["atLeast"]): Uint8Array =>
  atLeast?.(body).takes ?? operandsFor(body, parts);

/** The rows from `first` on that one of `results` depends on, themselves included; what is given depends on nothing. Takes time in proportion to the rows from there to the last result. */
export function reach(graph: Graph, results: readonly Row[], first: Row = 0, { isGiven, atLeast, whole }: Within = {}): Reach {
  const needed = new Reach(
    first,
    results.reduce((end, row) => Math.max(end, row + 1), first),
  );
  for (const row of results) needed.add(row);
  for (let row = needed.end - 1; row >= first; row--) {
    if (!needed.has(row) || isGiven?.(row)) continue;
    const takes = whole !== true && ownsBodies(graph.op[row]!) ? takesOf(graph.bodyOf(row), needed.parts.get(row), atLeast) : undefined;
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
  const body = graph.bodyOf(row);
  let flags = parts.get(row);
  if (flags === undefined) parts.set(row, (flags = new Uint8Array(body.parts.length)));
  flags[partAt(body, lane)] = 1;
}

/** By body and parts that are needed: 1 for the parameters that these need. */
const known = new WeakMap<Body, Map<string, Uint8Array>>();

/** 1 for the operands of a call that some parts of its result need. */
function operandsFor(body: Body, parts: Uint8Array | undefined): Uint8Array {
  const key = parts?.join("") ?? "";
  let lists = known.get(body);
  if (lists === undefined) known.set(body, (lists = new Map<string, Uint8Array>()));
  let list = lists.get(key);
  if (list === undefined) {
    const needed = reach(
      body.graph,
      body.results.filter((_, part) => parts?.[part] === 1),
    );
    lists.set(key, (list = Uint8Array.from(body.parameters, (row) => (needed.has(row) ? 1 : 0))));
  }
  return list;
}
