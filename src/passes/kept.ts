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
    const op = work.op[row]!;
    const inner = op === structural.at || op === structural.slice ? work.a[row]! : -1;
    if (inner >= 0 && inner < end && ownsBodies(work.op[inner]!)) {
      const owned = work.owned(inner);
      // the history of a loop is as long as the loop: it is made again from the carries that the loop began with
      if (owned.kind === "loop" && owned.writes[partAt(owned, work.b[row]!) - owned.carries] === "stack") return undefined;
      this.graph.extend(inner, owned);
      return this.#partOf(this.graph.shared(op, this.graph.shapeOf(work.sizes(row)), inner, work.b[row]));
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
