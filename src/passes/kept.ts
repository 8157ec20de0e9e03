/** Rows of a loop's body that its derivatives read: kept as stacks behind its own results, or made again in the derivative's steps. */
import { type Graph, type Loop, type Row } from "../graph/graph.js";
import { partAt } from "../graph/parts.js";
import { exact } from "../ops/generated/table.js";
import { isElementwise, ownsBodies, structural, structuralOf } from "../ops/rows.js";

/** A row that a derivative reads, and the part that it is. */
interface Residual {
  readonly row: Row;
  readonly part: number;
}

/** Whether a row takes more time to make again than to read: functions, rows that combine lanes, whole operands. */
function isDear(graph: Graph, row: Row): boolean {
  const op = graph.op[row]!;
  if (isElementwise(op)) return exact[op] !== 1;
  const definition = structuralOf(op);
  if (op === structural.assemble) return graph.isScalar(row);
  return definition.place === "reduction" || definition.place === "called" || (definition.kind === "linear" && definition.mixes);
}

/** The row that owns bodies of which a row before `end` reads a part. */
export function ownerRead(work: Graph, row: Row, end: Row): Row | undefined {
  const op = work.op[row]!;
  if (op !== structural.at && op !== structural.slice) return undefined;
  const owner = work.a[row]!;
  return owner < end && ownsBodies(work.op[owner]!) ? owner : undefined;
}

/** Such a row in the graph of which `work` is a copy, where the owner gets as many parts as it has in the copy. */
export function readAgain(graph: Graph, work: Graph, row: Row, owner: Row): Row {
  graph.extend(owner, work.owned(owner));
  return graph.shared(work.op[row]!, graph.shapeOf(work.sizes(row)), owner, work.b[row]);
}

/** The results of a loop's body, to which rows are added that derivatives of the loop read. */
export class Kept {
  /** The body's graph, to which rows that read what inner rows keep are appended. */
  readonly graph: Graph;
  /** Results, in the order in which they were asked for. */
  readonly rows: Row[];
  readonly #carries: ReadonlySet<Row>;

  constructor(readonly base: Loop) {
    const { body, consts, carries } = base;
    this.graph = body.graph.copy();
    this.rows = [...body.results];
    this.#carries = new Set(body.parameters.slice(consts, consts + carries));
  }

  /** The number of the stack that a row is, kept from now on. */
  #partOf(row: Row): number {
    const { carries, writes } = this.base;
    const known = this.rows.findIndex((kept, part) => kept === row && part >= carries && writes[part - carries] !== "sum");
    return known < 0 ? this.rows.push(row) - 1 : known;
  }

  /** The part that a row of a copy of the graph is kept as; undefined where it is made again. */
  #kept(work: Graph, row: Row, end: Row): number | undefined {
    const owner = ownerRead(work, row, end);
    if (owner !== undefined) {
      const owned = work.owned(owner);
      // the history of a loop is as long as the loop: it is made again from the carries that the loop began with
      if (owned.kind === "loop" && owned.writes[partAt(owned, work.b[row]!) - owned.carries] === "stack") return undefined;
      return this.#partOf(readAgain(this.graph, work, row, owner));
    }
    if (this.#carries.has(row)) return this.#partOf(row);
    return row < end && work.operandCount(row) > 0 && isDear(work, row) ? this.#partOf(row) : undefined;
  }

  /** The rows of a copy of the graph, of `end` rows when it was made, that results read and that are kept; what is `given` is read as it is. */
  read(work: Graph, end: Row, given: ReadonlySet<Row>, results: readonly Row[]): Residual[] {
    const residuals: Residual[] = [];
    const seen = new Set<Row>();
    const visit = [...results];
    for (let row = visit.pop(); row !== undefined; row = visit.pop()) {
      if (seen.has(row) || given.has(row)) continue;
      seen.add(row);
      const part = this.#kept(work, row, end);
      if (part === undefined) visit.push(...work.operands(row));
      else residuals.push({ row, part });
    }
    return residuals;
  }
}
