/** Straight rows: scalars and assembled vectors between loops, scheduled in runs of one opcode. */
import { arity, commutative, opcode } from "../../ops/generated/table.js";
import { type Body, type Row } from "../../graph/graph.js";
import { type WholeProgram } from "../../trace/trace.js";
import { byOpcode, isElementwise } from "../../ops/rows.js";
import { type StraightRow } from "../plan/lower.js";
import { type Span } from "../plan/arena.js";
import { Assemblies } from "./assemblies.js";
import { Gathered } from "./gathered.js";
import { COPY } from "./rows.js";
import { type Places } from "../plan/places.js";
import { type Node, Nodes } from "./nodes.js";
import { Column, CONSTANT, Runs } from "./runs.js";
import { calledBy, callOf } from "../plan/calls.js";
import { Kind, type Stages } from "../plan/stages.js";
import { kernelRow } from "./rows.js";
import { type Place, type Tape } from "./tape.js";

/** What a call runs: the number of the sections, and where its program lies. */
export interface EncodedBody {
  readonly fragment: number;
  readonly program: WholeProgram;
  readonly places: Places;
}

/** What rows that own bodies run. */
export interface Owners {
  /** A body as sections of their own, appended once. */
  bodyOf(body: Body): EncodedBody;
  /** Appends the steps of a loop, whose operands and result lie where the places say. */
  repeat(row: Row, places: Places): void;
}

/** Rows whose first two operands may change places. */
const swaps = (op: number): boolean => commutative[op] === 1 || (op >= opcode.mulAdd && op <= opcode.subMul);

/** The schedule of all straight rows. */
export class StraightRows {
  readonly #nodes: Nodes;
  /** The addresses of partial sums. */
  readonly #addresses: number[] = [];
  /** Levels by node: partial sums follow the rows. */
  readonly #levels: Int32Array;
  readonly #runs: Runs;
  readonly #assemblies: Assemblies;

  readonly #emitters = byOpcode({
    assemble: (row) => this.#assemblies.emit(row),
    host: (row) => this.#emitHost(row),
    ...calledBy((row: Row) => this.#emitCall(row)),
    call: (row) => this.#emitBody(row),
    loop: (row) => this.owners.repeat(row, this.places),
  } satisfies Record<StraightRow, (row: Row) => void>);

  constructor(
    readonly stages: Stages,
    readonly places: Places,
    readonly tape: Tape,
    readonly owners: Owners,
  ) {
    this.#runs = new Runs(tape);
    this.#nodes = new Nodes(stages);
    this.#assemblies = new Assemblies(this.#nodes, places, tape, this.#runs);
    this.#levels = new Int32Array(this.#nodes.length);
  }

  #addressOf(node: Node): number {
    return node < this.#nodes.rows ? this.places.of(node) : this.#addresses[node - this.#nodes.rows]!;
  }

  #place(node: Node, address: number): void {
    if (node < this.#nodes.rows) this.places.set(node, address);
    else this.#addresses[node - this.#nodes.rows] = address;
  }

  #isConstant(node: Node): boolean {
    return node < this.#nodes.rows && this.stages.lowered.isConstant(node);
  }

  /** One more than the level of an operand, where it is computed among the straight rows of the same stage; views count as what they look into. */
  #levelAbove(operand: number, stage: number): number {
    if (operand >= this.#nodes.rows) return this.#levels[operand]! + 1;
    const { lowered, kind, stage: stages } = this.stages;
    while (kind[operand] === Kind.View) operand = lowered.a[operand]!;
    return kind[operand] === Kind.Straight && stages[operand] === stage ? this.#levels[operand]! + 1 : 0;
  }

  #levelOf(node: Node, stage: number): number {
    const op = this.#nodes.op(node);
    let level = 0;
    if (isElementwise(op)) {
      for (let k = arity[op]! - 1; k >= 0; k--) level = Math.max(level, this.#levelAbove(this.#nodes.operand(node, k), stage));
      return level;
    }
    const { lowered } = this.stages;
    lowered.operands(node, (piece) => {
      if (!this.#nodes.isFused(piece)) level = Math.max(level, this.#levelAbove(piece, stage));
      else level = Math.max(level, this.#levelAbove(lowered.a[piece]!, stage), this.#levelAbove(lowered.b[piece]!, stage));
    });
    return level;
  }

  /** Appends the rows of a stage, level by level. */
  emit(stage: number): void {
    const nodes = this.#nodes.of(stage);
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
    if (last - first > 1) sorted.subarray(first, last).sort((x, y) => this.#nodes.op(x) - this.#nodes.op(y) || x - y);
    for (let start = first, end; start < last; start = end) {
      const op = this.#nodes.op(sorted[start]!);
      end = start + 1;
      if (!isElementwise(op)) {
        this.#emitters[op]!(sorted[start]!);
        continue;
      }
      while (end < last && this.#nodes.op(sorted[end]!) === op) end++;
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

  /** Appends what a function of the kernel computes of rows in memory. */
  #emitCall(row: Row): void {
    const { lowered } = this.stages;
    const { name, operands, numbers, scratch } = callOf(lowered.graph, row);
    const at = (operand: Row): Place => ({ address: this.places.of(operand) });
    const [a, b] = operands.map((operand) => at(lowered.alias[operand]!));
    const table = { address: this.tape.arena.hold(Uint32Array.from(scratch > 0 ? [...numbers, this.places.scratch] : numbers)) };
    this.tape.row(kernelRow[name], lowered.graph.lanes(row), { address: this.places.allocate(row) }, a!, b, table);
  }

  /** Appends a call: operands move to the places that the body has for them, and its results out of theirs. */
  #emitBody(row: Row): void {
    const { tape, places } = this;
    const { graph, alias } = this.stages.lowered;
    const { fragment, program, places: inner } = this.owners.bodyOf(graph.bodyOf(row));
    const gathered = new Gathered(tape);
    for (const [k, { kind, position, lanes }] of program.inputs.entries()) {
      const [address, from] = [inner.inputsAt + 8 * position, places.of(alias[graph.operand(row, k)]!)];
      if (kind === "number") gathered.add(address, from);
      else tape.row(COPY, lanes, { address }, { address: from });
    }
    gathered.flush();
    tape.call(fragment);
    tape.row(COPY, graph.lanes(row), { address: places.allocate(row) }, { address: inner.outputsAt });
  }

  #emitOne(op: number, node: Node): void {
    const count = arity[op]!;
    const address = this.tape.arena.allocate(8);
    const a = this.#addressOf(this.#nodes.operand(node, 0));
    const b = count > 1 ? this.#addressOf(this.#nodes.operand(node, 1)) : 0;
    const c = count > 2 ? this.#addressOf(this.#nodes.operand(node, 2)) : 0;
    this.#place(node, address);
    this.tape.scalar(op, address, a, b, c);
  }

  /** Appends a run, in the order of the addresses of its operands, the first first, so that neighbours stand together. */
  #emitRun(op: number, nodes: Int32Array): void {
    const count = arity[op]!;
    const swap = swaps(op);
    const operand = (node: Node, k: number): number =>
      this.#nodes.operand(node, swap && k < 2 && this.#isConstant(this.#nodes.operand(node, 0)) ? 1 - k : k);
    const addressOf = (node: Node, k: number): number =>
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
