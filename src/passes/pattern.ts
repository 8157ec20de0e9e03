/** The sparsity pattern of a Jacobian, found from its graph: which numbers of the parameters each number of the results depends on. */
import { type Graph, type Row } from "../graph.js";
import { isElementwise, structural } from "../structural.js";
import { activity, flows } from "./activity.js";
import { type IndexSet, IndexSets } from "./indexsets.js";
import { reach } from "./reach.js";

/** Where a matrix may hold other numbers than 0: row i has the columns from rows[i] to rows[i + 1], in order. */
export interface Pattern {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly shape: readonly [m: number, n: number];
}

/** Marks a row whose lanes have sets of their own. */
const VARIED = -1;

/** Sets of one row after another: one for all its lanes where they are equal, otherwise one a lane. */
class PatternPass {
  readonly sets = new IndexSets();
  readonly #uniform: Int32Array;
  readonly #varied = new Map<Row, Int32Array>();

  constructor(
    readonly graph: Graph,
    end: number,
    readonly indices: (leaf: number) => Int32Array,
  ) {
    this.#uniform = new Int32Array(end);
  }

  set(row: Row, sets: IndexSet | Int32Array): void {
    this.#uniform[row] = typeof sets === "number" ? sets : sets.length === 1 ? sets[0]! : VARIED;
    if (typeof sets !== "number" && sets.length > 1) this.#varied.set(row, sets);
  }

  /** Lets go of a row's sets, which no later row needs. */
  drop(row: Row): void {
    this.#varied.delete(row);
  }

  of(row: Row): IndexSet | Int32Array {
    const set = this.#uniform[row]!;
    return set === VARIED ? this.#varied.get(row)! : set;
  }

  /** The sets of a row's lanes, one each. */
  lanesOf(row: Row): Int32Array {
    const sets = this.of(row);
    return typeof sets === "number" ? new Int32Array(this.graph.lanes(row)).fill(sets) : sets;
  }

  record(row: Row): void {
    const { graph } = this;
    if (isElementwise(graph.op[row]!) || graph.op[row] === structural.host) {
      let total: IndexSet | Int32Array = 0;
      for (let k = 0; k < graph.operandCount(row); k++)
        if (flows(graph, row, k)) total = this.#united(total, this.of(graph.operand(row, k)));
      this.set(row, total);
    } else this.set(row, this.#structural(row));
  }

  #united(x: IndexSet | Int32Array, y: IndexSet | Int32Array): IndexSet | Int32Array {
    if (x === y || y === 0) return x;
    if (x === 0) return y;
    const { sets } = this;
    if (typeof x === "number") return typeof y === "number" ? sets.union(x, y) : y.map((set) => sets.union(x, set));
    return typeof y === "number" ? x.map((set) => sets.union(set, y)) : x.map((set, i) => sets.union(set, y[i]!));
  }

  #all(row: Row): IndexSet {
    const sets = this.of(row);
    return typeof sets === "number" ? sets : this.sets.unionAll(sets);
  }

  #structural(row: Row): IndexSet | Int32Array {
    const { graph } = this;
    const op = graph.op[row]!;
    if (op === structural.assemble) return this.#assemble(row);
    if (op === structural.custom) {
      const [, ...inputs] = graph.operands(row);
      return this.sets.unionAll(Int32Array.from(inputs, (input) => this.#all(input)));
    }
    const [a, b] = [graph.a[row]!, graph.b[row]!];
    const sets = this.of(a);
    switch (op) {
      case structural.sum:
        return this.#all(a);
      case structural.broadcast:
        return sets;
      case structural.at:
        return typeof sets === "number" ? sets : sets[b]!;
      case structural.slice:
        return typeof sets === "number" ? sets : sets.slice(b, b + graph.lanes(row));
      case structural.reverse:
        return typeof sets === "number" ? sets : sets.slice().reverse();
      case structural.cumsum: {
        let total: IndexSet = 0;
        return typeof sets === "number" ? sets : sets.map((set) => (total = this.sets.union(total, set)));
      }
      case structural.take: {
        const lanes = this.#laneNumbers(b);
        if (typeof sets === "number") return sets;
        return lanes ? Int32Array.from(lanes, (lane) => sets[lane] ?? 0) : this.#all(a);
      }
      case structural.segmentSum: {
        const lanes = this.#laneNumbers(b);
        if (!lanes) return this.#all(a);
        const sums = new Int32Array(graph.lanes(row));
        lanes.forEach((lane, i) => {
          if (lane >= 0 && lane < sums.length) sums[lane] = this.sets.union(sums[lane]!, typeof sets === "number" ? sets : sets[i]!);
        });
        return sums;
      }
    }
    return 0;
  }

  /** The lane numbers that are known before the function runs; undefined where they are computed. */
  #laneNumbers(row: Row): Int32Array | undefined {
    const { graph } = this;
    if (graph.op[row] === structural.indices) return this.indices(graph.a[row]!);
    return graph.op[row] === structural.indexVector ? Int32Array.from(graph.vectors[graph.a[row]!]!) : undefined;
  }

  #assemble(row: Row): IndexSet | Int32Array {
    const { graph, sets } = this;
    if (graph.isScalar(row))
      return sets.unionAll(Int32Array.from({ length: graph.operandCount(row) }, (_, k) => this.of(graph.operand(row, k)) as number));
    const lanes = new Int32Array(graph.lanes(row));
    for (let k = 0; k < graph.operandCount(row); k++) {
      const piece = graph.operand(row, k);
      const given = this.of(piece);
      if (given === 0) continue;
      const offset = graph.pieceOffset(row, k);
      for (let lane = 0; lane < graph.lanes(piece); lane++)
        lanes[offset + lane] = sets.union(lanes[offset + lane]!, typeof given === "number" ? given : given[lane]!);
    }
    return lanes;
  }
}

/**
 * The pattern of ∂results/∂parameters: what may not be 0, for any numbers. Derivatives that are 0 everywhere (of comparisons, of what is stopped) leave no mark; both branches of a `where` do.
 * Lane numbers among the arguments are those that `indices` gives; where they are computed, every lane counts. Takes time and memory in proportion to the lanes of the rows, and to the pattern.
 */
export function patternOf(
  graph: Graph,
  results: readonly Row[],
  parameters: readonly Row[],
  indices: (leaf: number) => Int32Array,
): Pattern {
  const { depends } = activity(graph, results, parameters);
  const needed = reach(graph, results);
  const pass = new PatternPass(graph, depends.length, indices);
  let n = 0;
  for (const row of parameters) {
    if (row < depends.length)
      pass.set(
        row,
        Int32Array.from({ length: graph.lanes(row) }, (_, lane) => pass.sets.singleton(n + lane)),
      );
    n += graph.lanes(row);
  }
  const given = new Set(parameters);
  const lastUse = new Int32Array(depends.length).fill(-1);
  const works = (row: Row): boolean => depends[row] === 1 && needed[row] === 1 && !given.has(row);
  for (let row = 0; row < depends.length; row++)
    if (works(row)) for (let k = 0; k < graph.operandCount(row); k++) lastUse[graph.operand(row, k)] = row;
  for (const row of results) lastUse[row] = depends.length;
  for (let row = 0; row < depends.length; row++) {
    if (!works(row)) continue;
    pass.record(row);
    for (let k = 0; k < graph.operandCount(row); k++) if (lastUse[graph.operand(row, k)] === row) pass.drop(graph.operand(row, k));
  }
  return listed(
    pass.sets,
    results.map((row) => pass.lanesOf(row)),
    n,
  );
}

/** The sets of a matrix' rows as a pattern. */
function listed(sets: IndexSets, rowSets: readonly Int32Array[], n: number): Pattern {
  const m = rowSets.reduce((total, { length }) => total + length, 0);
  const rows = new Int32Array(m + 1);
  let columns = new Int32Array(4 * m);
  let row = 0;
  for (const lanes of rowSets) {
    for (const set of lanes) {
      const list = sets.list(set);
      const end = rows[row]! + list.length;
      if (end > columns.length) {
        const larger = new Int32Array(2 * end);
        larger.set(columns);
        columns = larger;
      }
      columns.set(list, rows[row]);
      rows[++row] = end;
    }
  }
  return { rows, columns: columns.slice(0, rows[m]), shape: [m, n] };
}
