/** Straight rows: scalars and assembled vectors between loops, scheduled in runs of one opcode. */
import { arity, commutative, opcode } from "../../ops/generated/table.js";
import { type Row } from "../../graph/graph.js";
import { addTerms } from "../../ops/lanes.js";
import { isElementwise, structural } from "../../ops/structural.js";
import { type Span } from "../plan/arena.js";
import { Assemblies } from "./assemblies.js";
import { type Places } from "../plan/places.js";
import { COPY } from "./rows.js";
import { Column, CONSTANT, Runs } from "./runs.js";
import { Kind, type Stages } from "../plan/stages.js";
import { type Tape } from "./tape.js";

/** A sum of this many terms or fewer is additions of two. */
const SHORT_SUM = 4;

/** Stretches of products and of other terms that a long sum may have: a row costs as much as ten products side by side. */
const MOST_STRETCHES = 4;

/** An opcode and three operands. */
type Parts = readonly [op: number, a: number, b: number, c: number];

/** Rows whose first two operands may change places. */
const swaps = (op: number): boolean => commutative[op] === 1 || (op >= opcode.mulAdd && op <= opcode.subMul);

/** The schedule of all straight rows. Nodes are graph rows and, numbered after them, the partial sums that sums are spread into. */
export class StraightRows {
  readonly #op: number[] = [];
  /** Three operands for each partial sum. */
  readonly #operands: number[] = [];
  readonly #addresses: number[] = [];
  readonly #byStage: number[][] = [];
  /** Levels by node: partial sums follow the rows. */
  readonly #levels: Int32Array;
  readonly #rows: number;
  readonly #runs: Runs;
  readonly #assemblies: Assemblies;

  constructor(
    readonly stages: Stages,
    readonly places: Places,
    readonly tape: Tape,
  ) {
    this.#runs = new Runs(tape);
    this.#assemblies = new Assemblies(stages.lowered, places, tape, this.#runs);
    this.#rows = stages.lowered.graph.length;
    this.#collect();
    this.#levels = new Int32Array(this.#rows + this.#op.length);
  }

  /** Lists the nodes of each stage, operands before users. */
  #collect(): void {
    const { lowered, kind, stage } = this.stages;
    const { graph, op, uses } = lowered;
    const lengths = new Map<number, number>();
    const isSum = (row: Row): boolean => uses[row]! > 0 && op[row] === structural.assemble && graph.isScalar(row);
    for (let row = 0; row < this.#rows; row++) if (isSum(row)) lengths.set(graph.b[row]!, (lengths.get(graph.b[row]!) ?? 0) + 1);
    const isSpread = (row: Row): boolean => graph.b[row]! <= SHORT_SUM || 2 * lengths.get(graph.b[row]!)! >= graph.b[row]!;
    for (let row = 0; row < this.#rows; row++) if (isSum(row)) this.#fuseProducts(row, isSpread(row));
    for (let row = 0; row < this.#rows; row++) {
      if (uses[row] === 0 || kind[row] !== Kind.Straight) continue;
      const nodes = (this.#byStage[stage[row]!] ??= []);
      if (isSum(row) && isSpread(row)) this.#spread(row, nodes);
      else nodes.push(row);
    }
  }

  /**
   * Marks the products that only this sum uses, so that they are computed as part of it: of one that is spread all, of a long one those that
   * stand in few stretches, each of which is a row.
   */
  #fuseProducts(row: Row, isSpread: boolean): void {
    const { uses, graph } = this.stages.lowered;
    const terms = Array.from({ length: graph.b[row]! }, (_, k) => this.#term(row, k));
    const fuses = terms.map((term) => this.#isOwnProduct(term, row));
    let stretches = 1;
    for (let k = 1; k < terms.length; k++) if (fuses[k] !== fuses[k - 1]) stretches++;
    if (!isSpread && stretches > MOST_STRETCHES) return;
    terms.forEach((term, k) => fuses[k] && (uses[term] = 0));
  }

  /** Whether a term is a product that nothing but the sum uses, computed in its stage. */
  #isOwnProduct(term: Row, sum: Row): boolean {
    const { lowered, stage } = this.stages;
    return lowered.op[term] === opcode.mul && lowered.uses[term] === 1 && stage[term] === stage[sum];
  }

  /** Term k of a sum. */
  #term(sum: Row, k: number): Row {
    const { alias, graph } = this.stages.lowered;
    return alias[graph.operand(sum, k)]!;
  }

  /** Spreads a sum into additions and multiply-adds, in the order of all sums. Many sums of one length thus run side by side. */
  #spread(row: Row, nodes: number[]): void {
    const { op, a, b, c, uses, graph } = this.stages.lowered;
    const isProduct = (node: number): boolean => node < this.#rows && uses[node] === 0 && op[node] === opcode.mul;
    const partial = ([code, x, y, z]: Parts): number => {
      this.#operands.push(x, y, z);
      const node = this.#rows + this.#op.push(code) - 1;
      nodes.push(node);
      return node;
    };
    const computed = (node: number): number => (isProduct(node) ? partial([opcode.mul, a[node]!, b[node]!, -1]) : node);
    /** The sum of two nodes, either of which may be a product. */
    const added = (x: number, y: number): Parts => {
      if (isProduct(y)) return [opcode.mulAdd, a[y]!, b[y]!, computed(x)];
      return isProduct(x) ? [opcode.mulAdd, a[x]!, b[x]!, y] : [opcode.add, x, y, -1];
    };
    const terms = Array.from({ length: graph.b[row]! }, (_, k) => this.#term(row, k));
    let left = terms.length - 1;
    const [first] = terms as [number];
    let whole: Parts = isProduct(first) ? [opcode.mul, a[first]!, b[first]!, -1] : [COPY, first, -1, -1];
    addTerms(terms, (x, y) => {
      const parts = added(x, y);
      if (--left > 0) return partial(parts);
      whole = parts;
      return row;
    });
    [op[row], a[row], b[row], c[row]] = whole;
    nodes.push(row);
  }

  #opOf(node: number): number {
    return node < this.#rows ? this.stages.lowered.op[node]! : this.#op[node - this.#rows]!;
  }

  #operand(node: number, k: number): number {
    if (node >= this.#rows) return this.#operands[3 * (node - this.#rows) + k]!;
    const { a, b, c } = this.stages.lowered;
    return (k === 0 ? a : k === 1 ? b : c)[node]!;
  }

  #addressOf(node: number): number {
    return node < this.#rows ? this.places.of(node) : this.#addresses[node - this.#rows]!;
  }

  #place(node: number, address: number): void {
    if (node < this.#rows) this.places.set(node, address);
    else this.#addresses[node - this.#rows] = address;
  }

  #isConstant(node: number): boolean {
    return node < this.#rows && this.stages.lowered.isConstant(node);
  }

  /** One more than the level of an operand, where it is computed among the straight rows of the same stage; views count as what they look into. */
  #levelAbove(operand: number, stage: number): number {
    if (operand >= this.#rows) return this.#levels[operand]! + 1;
    const { lowered, kind, stage: stages } = this.stages;
    while (kind[operand] === Kind.View) operand = lowered.a[operand]!;
    return kind[operand] === Kind.Straight && stages[operand] === stage ? this.#levels[operand]! + 1 : 0;
  }

  #levelOf(node: number, stage: number): number {
    const op = this.#opOf(node);
    let level = 0;
    if (isElementwise(op)) {
      for (let k = arity[op]! - 1; k >= 0; k--) level = Math.max(level, this.#levelAbove(this.#operand(node, k), stage));
      return level;
    }
    const { lowered } = this.stages;
    lowered.operands(node, (piece) => {
      if (lowered.uses[piece]! > 0) level = Math.max(level, this.#levelAbove(piece, stage));
      else level = Math.max(level, this.#levelAbove(lowered.a[piece]!, stage), this.#levelAbove(lowered.b[piece]!, stage));
    });
    return level;
  }

  /** Appends the rows of a stage, level by level. */
  emit(stage: number): void {
    const nodes = this.#byStage[stage] ?? [];
    const ends: number[] = [];
    for (const node of nodes) {
      const level = (this.#levels[node] = this.#levelOf(node, stage));
      ends[level] = (ends[level] ?? 0) + 1;
    }
    for (let level = 1; level < ends.length; level++) ends[level]! += ends[level - 1]!;
    const sorted = new Int32Array(nodes.length);
    const next = ends.map((_, level) => (level === 0 ? 0 : ends[level - 1]!));
    for (const node of nodes) sorted[next[this.#levels[node]!]!++] = node;
    for (let level = 0, start = 0; level < ends.length; start = ends[level++]!) this.#emitLevel(sorted, start, ends[level]!);
  }

  /** Appends nodes that do not depend on each other, those of one opcode as a run. */
  #emitLevel(sorted: Int32Array, first: number, last: number): void {
    if (last - first > 1) sorted.subarray(first, last).sort((x, y) => this.#opOf(x) - this.#opOf(y) || x - y);
    for (let start = first, end; start < last; start = end) {
      const op = this.#opOf(sorted[start]!);
      end = start + 1;
      if (op === structural.host) {
        this.#emitHost(sorted[start]!);
        continue;
      }
      if (!isElementwise(op)) {
        this.#assemblies.emit(sorted[start]!);
        continue;
      }
      while (end < last && this.#opOf(sorted[end]!) === op) end++;
      if (end === start + 1) this.#emitOne(op, sorted[start]!);
      else this.#emitRun(op, sorted.subarray(start, end));
    }
  }

  /** Appends a stop, at which JavaScript fills the row's lanes. */
  #emitHost(row: Row): void {
    const { graph, alias } = this.stages.lowered;
    const spanOf = (operand: Row, address: number): Span => ({ address, lanes: graph.lanes(operand) });
    const operands = graph.operands(row).map((operand) => spanOf(operand, this.places.of(alias[operand]!)));
    this.tape.stop({ op: graph.hosts[graph.c[row]!]!, v: spanOf(row, this.places.allocate(row)), operands });
  }

  #emitOne(op: number, node: number): void {
    const count = arity[op]!;
    const address = this.tape.arena.allocate(8);
    const a = this.#addressOf(this.#operand(node, 0));
    const b = count > 1 ? this.#addressOf(this.#operand(node, 1)) : 0;
    const c = count > 2 ? this.#addressOf(this.#operand(node, 2)) : 0;
    this.#place(node, address);
    this.tape.scalar(op, address, a, b, c);
  }

  /** Appends a run, in the order of the addresses of its operands, the first first, so that neighbours stand together. */
  #emitRun(op: number, nodes: Int32Array): void {
    const count = arity[op]!;
    const swap = swaps(op);
    const operand = (node: number, k: number): number =>
      this.#operand(node, swap && k < 2 && this.#isConstant(this.#operand(node, 0)) ? 1 - k : k);
    const addressOf = (node: number, k: number): number =>
      this.#isConstant(operand(node, k)) ? CONSTANT : this.#addressOf(operand(node, k));
    const addresses = Array.from({ length: count }, (_, k) => Float64Array.from(nodes, (node) => addressOf(node, k)));
    const order = sortedBy(addresses);
    const ordered = <T extends Float64Array | Int32Array>(column: T): T =>
      order ? (column.map((_, i) => column[order[i]!]!) as T) : column;
    const lanes = ordered(nodes);
    // A piece may end on an odd lane and so write one lane past the run.
    const address = this.tape.arena.allocate(8 * (nodes.length + 1));
    lanes.forEach((node, i) => this.#place(node, address + 8 * i));
    const columns = addresses.map((column, k) => new Column(ordered(column), (i) => this.stages.lowered.constantOf(operand(lanes[i]!, k))));
    this.#runs.emit(op, nodes.length, columns, (start) => ({ address: address + 8 * start }));
  }
}

/** The order that sorts by the first column, where that has the same address by the next, and so on; undefined where that is the order already. */
function sortedBy(columns: readonly Float64Array[]): Int32Array | undefined {
  const compare = (x: number, y: number): number => {
    for (const column of columns) if (column[x] !== column[y]) return column[x]! - column[y]!;
    return x - y;
  };
  const { length } = columns[0]!;
  let i = 1;
  while (i < length && compare(i - 1, i) <= 0) i++;
  return i >= length ? undefined : Int32Array.from(columns[0]!, (_, lane) => lane).sort(compare);
}
