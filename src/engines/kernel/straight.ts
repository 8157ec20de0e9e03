/** Straight rows: scalars and assembled vectors between loops, scheduled in runs of one opcode. */
import { arity, commutative, opcode } from "../../generated/table.js";
import { type Row } from "../../graph.js";
import { isElementwise, structural } from "../../structural.js";
import { type Span } from "../plan/arena.js";
import { Assemblies } from "./assemblies.js";
import { type Places } from "../plan/places.js";
import { COPY } from "./rows.js";
import { Column, CONSTANT, Runs } from "./runs.js";
import { Kind, type Stages } from "../plan/stages.js";
import { type Tape } from "./tape.js";

/** A sum of this many terms or fewer is a chain of additions. */
const SHORT_SUM = 4;

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
    for (let row = 0; row < this.#rows; row++) {
      if (uses[row] === 0 || op[row] !== structural.assemble || !graph.isScalar(row)) continue;
      lengths.set(graph.b[row]!, (lengths.get(graph.b[row]!) ?? 0) + 1);
      this.#fuseProducts(row);
    }
    for (let row = 0; row < this.#rows; row++) {
      if (uses[row] === 0 || kind[row] !== Kind.Straight) continue;
      const nodes = (this.#byStage[stage[row]!] ??= []);
      const length = graph.b[row]!;
      const isSum = op[row] === structural.assemble && graph.isScalar(row);
      if (isSum && (length <= SHORT_SUM || 2 * lengths.get(length)! >= length)) this.#spread(row, nodes);
      else nodes.push(row);
    }
  }

  /** Marks the products that only this sum uses, so that they are computed as part of it. */
  #fuseProducts(row: Row): void {
    const { op, uses, alias, graph } = this.stages.lowered;
    for (let k = graph.b[row]! - 1; k >= 0; k--) {
      const piece = alias[graph.operand(row, k)]!;
      if (op[piece] === opcode.mul && uses[piece] === 1 && this.stages.stage[piece] === this.stages.stage[row]) uses[piece] = 0;
    }
  }

  /** Spreads a sum into a chain of additions and multiply-adds. Many sums of one length thus run side by side. */
  #spread(row: Row, nodes: number[]): void {
    const { op, a, b, c, uses, alias, graph } = this.stages.lowered;
    const count = graph.b[row]!;
    let total = -1;
    for (let k = 0; k < count; k++) {
      const piece = alias[graph.operand(row, k)]!;
      const product = uses[piece] === 0 && op[piece] === opcode.mul;
      const last = k === count - 1;
      if (total < 0 && !product && !last) {
        total = piece;
        continue;
      }
      const code = total < 0 ? (product ? opcode.mul : COPY) : product ? opcode.mulAdd : opcode.add;
      const x = product ? a[piece]! : total < 0 ? piece : total;
      const y = product ? b[piece]! : piece;
      const z = product ? total : -1;
      if (last) {
        op[row] = code;
        a[row] = x;
        b[row] = y;
        c[row] = z;
        nodes.push(row);
      } else {
        this.#operands.push(x, y, z);
        total = this.#rows + this.#op.push(code) - 1;
        nodes.push(total);
      }
    }
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
    return node < this.#rows && this.stages.lowered.graph.isConstant(node);
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

  /** Appends a run, in the order of the addresses of the first operand that is not the same everywhere, so that neighbours stand together. */
  #emitRun(op: number, nodes: Int32Array): void {
    const count = arity[op]!;
    const swap = swaps(op);
    const operand = (node: number, k: number): number =>
      this.#operand(node, swap && k < 2 && this.#isConstant(this.#operand(node, 0)) ? 1 - k : k);
    const addressOf = (node: number, k: number): number =>
      this.#isConstant(operand(node, k)) ? CONSTANT : this.#addressOf(operand(node, k));
    const addresses = Array.from({ length: count }, (_, k) => Float64Array.from(nodes, (node) => addressOf(node, k)));
    const key = addresses.findIndex((column) => column.some((address) => address !== column[0]));
    const order = key < 0 ? undefined : sortedBy(addresses[key]!);
    const ordered = <T extends Float64Array | Int32Array>(column: T): T =>
      order ? (column.map((_, i) => column[order[i]!]!) as T) : column;
    const lanes = ordered(nodes);
    // A piece may end on an odd lane and so write one lane past the run.
    const address = this.tape.arena.allocate(8 * (nodes.length + 1));
    lanes.forEach((node, i) => this.#place(node, address + 8 * i));
    const columns = addresses.map(
      (column, k) => new Column(ordered(column), (i) => this.stages.lowered.graph.constantOf(operand(lanes[i]!, k))),
    );
    this.#runs.emit(op, nodes.length, columns, (start) => ({ address: address + 8 * start }));
  }
}

/** The order that sorts the keys; undefined where they are sorted already. */
function sortedBy(keys: Float64Array): Int32Array | undefined {
  let i = 1;
  while (i < keys.length && keys[i - 1]! <= keys[i]!) i++;
  return i === keys.length ? undefined : Int32Array.from(keys, (_, lane) => lane).sort((x, y) => keys[x]! - keys[y]! || x - y);
}
