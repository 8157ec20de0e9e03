/** Straight rows: scalars and assembled vectors between loops, scheduled in runs of one opcode over neighbouring numbers. */
import { arity, commutative, opcode } from "../../generated/table.js";
import { type Row } from "../../graph.js";
import { isElementwise, structural } from "../../structural.js";
import { Kind, type Stages } from "./stages.js";
import { type Places } from "./places.js";
import { COPY, kernelRow, SUM_BYTES } from "./rows.js";
import { type Place, type Tape } from "./tape.js";

/** A sum of this many terms or fewer is a chain of additions. */
const SHORT_SUM = 4;

/** What a row costs beyond its lanes, and what a lane costs in a row and in a gather, in ns: the scheduler's whole cost model. */
const COST = { row: 6, lane: 0.4, gather: 0.7 };

/** Rows whose first two operands may change places. */
const swaps = (op: number): boolean => commutative[op] === 1 || (op >= opcode.mulAdd && op <= opcode.subMul);

/** The schedule of all straight rows. Nodes are graph rows, and after them the partial sums that long sums are spread into. */
export class StraightRows {
  readonly #op: number[] = [];
  readonly #operands: [number, number, number][] = [];
  readonly #byStage: number[][] = [];
  readonly #level: Int32Array;
  readonly #partialLevels: number[] = [];
  readonly #partialAddresses: number[] = [];
  readonly #temporaries: { address: number; lanes: number }[] = [];
  readonly #sumState: number;

  constructor(
    readonly stages: Stages,
    readonly places: Places,
    readonly tape: Tape,
  ) {
    const { lowered, kind, stage } = stages;
    const { graph, op, uses } = lowered;
    this.#level = new Int32Array(graph.length);
    this.#sumState = tape.allocate(SUM_BYTES);
    const lengths = new Map<number, number>();
    const isSum = (row: Row): boolean => op[row] === structural.assemble && graph.isScalar(row);
    for (let row = 0; row < graph.length; row++) if (uses[row]! > 0 && isSum(row)) lengths.set(graph.b[row]!, (lengths.get(graph.b[row]!) ?? 0) + 1);
    for (let row = 0; row < graph.length; row++) if (uses[row]! > 0 && isSum(row)) this.#fuseProducts(row);
    for (let row = 0; row < graph.length; row++) {
      if (uses[row] === 0 || kind[row] !== Kind.Straight) continue;
      const nodes = (this.#byStage[stage[row]!] ??= []);
      const length = graph.b[row]!;
      if (isSum(row) && (length <= SHORT_SUM || 2 * lengths.get(length)! >= length)) this.#spread(row, nodes);
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
      const operands: [number, number, number] = product ? [a[piece]!, b[piece]!, total] : [total, piece, -1];
      const code = total < 0 ? (product ? opcode.mul : COPY) : product ? opcode.mulAdd : opcode.add;
      if (total < 0 && !product) operands[0] = piece;
      if (k === count - 1) {
        op[row] = code;
        [a[row], b[row], c[row]] = operands;
        nodes.push(row);
      } else if (code === COPY) total = piece;
      else {
        total = graph.length + this.#op.push(code) - 1;
        this.#operands.push(operands);
        nodes.push(total);
      }
    }
  }

  #opOf(node: number): number {
    const { op, graph } = this.stages.lowered;
    return node < graph.length ? op[node]! : this.#op[node - graph.length]!;
  }

  #operand(node: number, k: number): number {
    const { a, b, c, graph } = this.stages.lowered;
    if (node >= graph.length) return this.#operands[node - graph.length]![k]!;
    return (k === 0 ? a : k === 1 ? b : c)[node]!;
  }

  #addressOf(node: number): number {
    const { length } = this.stages.lowered.graph;
    return node < length ? this.places.of(node) : this.#partialAddresses[node - length]!;
  }

  #place(node: number, address: number): void {
    const { length } = this.stages.lowered.graph;
    if (node < length) this.places.set(node, address);
    else this.#partialAddresses[node - length] = address;
  }

  /** Calls `visit` with the nodes that must be computed before a node. */
  #visitOperands(node: number, visit: (operand: number) => void): void {
    const { lowered } = this.stages;
    const op = this.#opOf(node);
    if (isElementwise(op)) for (let k = arity[op]! - 1; k >= 0; k--) visit(this.#operand(node, k));
    else {
      lowered.operands(node, (piece) => {
        if (lowered.uses[piece] === 0) lowered.operands(piece, visit);
        else visit(piece);
      });
    }
  }

  /** Depth of a node among the straight rows of its stage; views count as what they look into. */
  #levelOf(node: number, stage: number): number {
    const { lowered, kind, stage: stages } = this.stages;
    let level = 0;
    this.#visitOperands(node, (operand) => {
      for (; operand < lowered.graph.length && kind[operand] === Kind.View; operand = lowered.a[operand]!);
      const partial = operand - lowered.graph.length;
      if (partial >= 0) level = Math.max(level, this.#partialLevels[partial]! + 1);
      else if (kind[operand] === Kind.Straight && stages[operand] === stage) level = Math.max(level, this.#level[operand]! + 1);
    });
    return level;
  }

  /** Appends the rows of a stage. */
  emit(stage: number): void {
    const nodes = this.#byStage[stage] ?? [];
    const { length } = this.stages.lowered.graph;
    const levels: number[][] = [];
    for (const node of nodes) {
      const level = this.#levelOf(node, stage);
      if (node < length) this.#level[node] = level;
      else this.#partialLevels[node - length] = level;
      (levels[level] ??= []).push(node);
    }
    for (const level of levels) this.#emitLevel(level);
  }

  #emitLevel(nodes: number[]): void {
    if (nodes.length > 1) nodes.sort((x, y) => this.#opOf(x) - this.#opOf(y) || x - y);
    for (let start = 0, end = 1; start < nodes.length; start = end++) {
      const op = this.#opOf(nodes[start]!);
      if (!isElementwise(op)) {
        this.#emitAssembly(nodes[start]!);
        continue;
      }
      while (end < nodes.length && this.#opOf(nodes[end]!) === op) end++;
      if (end === start + 1) this.#emitOne(op, nodes[start]!);
      else this.#emitRun(op, nodes.slice(start, end));
    }
  }

  #emitOne(op: number, node: number): void {
    const address = this.tape.allocate(8);
    this.#place(node, address);
    const places = Array.from({ length: arity[op]! }, (_, k): Place => ({ address: this.#addressOf(this.#operand(node, k)) }));
    this.tape.row(op, 1, { address }, places[0]!, places[1], places[2]);
  }

  /** A run: one opcode over many scalars, in the order of their first operands' addresses, so that neighbours stand together. */
  #emitRun(op: number, nodes: number[]): void {
    const count = arity[op]!;
    const operands = (node: number): number[] => {
      const found = Array.from({ length: count }, (_, k) => this.#operand(node, k));
      if (swaps(op) && this.#isConstant(found[0]!)) [found[0], found[1]] = [found[1]!, found[0]!];
      return found;
    };
    const lanes = nodes.map((node) => {
      const found = operands(node);
      return { node, found, addresses: found.map((operand) => (this.#isConstant(operand) ? -1 : this.#addressOf(operand))) };
    });
    const key = lanes.every(({ addresses }) => addresses[0] === lanes[0]!.addresses[0]) && count > 1 ? 1 : 0;
    lanes.sort((x, y) => x.addresses[key]! - y.addresses[key]! || (x.addresses[count - 1]! - y.addresses[count - 1]!) || x.node - y.node);
    // A piece may end on an odd lane and so write one lane past the run.
    const address = this.tape.allocate(8 * (lanes.length + 1));
    lanes.forEach(({ node }, i) => this.#place(node, address + 8 * i));
    const columns = Array.from({ length: count }, (_, k) => ({ addresses: lanes.map((lane) => lane.addresses[k]!), constants: (i: number) => this.stages.lowered.graph.constantOf(lanes[i]!.found[k]!) }));
    this.#emitColumns(op, address, lanes.length, columns);
  }

  #isConstant(node: number): boolean {
    return node < this.stages.lowered.graph.length && this.stages.lowered.graph.isConstant(node);
  }

  /** Emits a run either as pieces whose operands follow each other in memory, or with the operands that do not gathered first: whichever costs less. */
  #emitColumns(op: number, address: number, lanes: number, columns: readonly OperandColumn[], v: (start: number) => Place = (start) => ({ address: address + 8 * start })): void {
    const cuts = cutsOf(lanes, columns);
    const irregular = columns.filter((column) => cutsOf(lanes, [column]).length > 1).length;
    const piecewise = cuts.length * COST.row + lanes * COST.lane;
    const gathered = (irregular + 1) * COST.row + lanes * (COST.lane + irregular * COST.gather);
    if (piecewise <= gathered) {
      cuts.forEach((start, i) => {
        const end = cuts[i + 1] ?? lanes;
        const places = columns.map((column) => this.#piece(column, start, end));
        this.tape.row(op, end - start, v(start), places[0]!, places[1], places[2]);
      });
    } else {
      const places = columns.map((column, k) => (cutsOf(lanes, [column]).length > 1 ? this.#gather(column, lanes, k) : this.#piece(column, 0, lanes)));
      this.tape.row(op, lanes, v(0), places[0]!, places[1], places[2]);
    }
  }

  /** The operand of a piece of a run: constants are written side by side, a number that all share is broadcast. */
  #piece({ addresses, constants }: OperandColumn, start: number, end: number): Place {
    if (addresses[start]! < 0) return { address: this.tape.data(Float64Array.from({ length: end - start }, (_, i) => constants(start + i))) };
    return end - start > 1 && addresses[start] === addresses[start + 1] ? { address: addresses[start]!, broadcast: true } : { address: addresses[start]! };
  }

  /** Copies scattered numbers side by side. */
  #gather({ addresses, constants }: OperandColumn, lanes: number, k: number): Place {
    let temporary = this.#temporaries[k];
    if (!temporary || temporary.lanes < lanes) this.#temporaries[k] = temporary = { address: this.tape.allocate(8 * lanes), lanes };
    const list = Uint32Array.from(addresses, (from, i) => (from >= 0 ? from : this.tape.data(Float64Array.of(constants(i)))));
    this.tape.row(kernelRow.gather, lanes, { address: temporary.address }, { address: this.tape.data(list) });
    return { address: temporary.address };
  }

  #emitAssembly(row: Row): void {
    if (this.stages.lowered.graph.isScalar(row)) this.#emitSum(row);
    else this.#emitVector(row);
  }

  /** A long sum of scalars: its plain terms side by side, then its products. */
  #emitSum(row: Row): void {
    const { op, a, b, uses, alias, graph } = this.stages.lowered;
    const state: Place = { address: this.#sumState };
    const products: Term[] = [];
    const plain: Term[] = [];
    const place = (node: number): number => (this.#isConstant(node) ? -1 : this.#addressOf(node));
    for (let k = 0; k < graph.b[row]!; k++) {
      const piece = alias[graph.operand(row, k)]!;
      if (uses[piece] === 0 && op[piece] === opcode.mul) {
        const [x, y] = this.#isConstant(a[piece]!) ? [b[piece]!, a[piece]!] : [a[piece]!, b[piece]!];
        products.push({ nodes: [x, y], addresses: [place(x), place(y)] });
      } else plain.push({ nodes: [piece], addresses: [place(piece)] });
    }
    this.tape.row(kernelRow.sumBegin, 1, state, state);
    for (const [code, terms] of [[kernelRow.sum, plain], [kernelRow.dot, products]] as const) {
      if (terms.length === 0) continue;
      terms.sort((x, y) => x.addresses[0]! - y.addresses[0]! || (x.addresses[1] ?? 0) - (y.addresses[1] ?? 0));
      const columns = terms[0]!.nodes.map((_, k) => ({ addresses: terms.map((term) => term.addresses[k]!), constants: (i: number) => graph.constantOf(terms[i]!.nodes[k]!), apart: code === kernelRow.sum }));
      this.#emitColumns(code, 0, terms.length, columns, () => state);
    }
    const address = this.tape.allocate(8);
    this.places.set(row, address);
    this.tape.row(kernelRow.sumEnd, 1, { address }, state);
  }

  /** A vector of placed pieces: zeros, then each piece added where it belongs; scalars that do not overlap are gathered at once. */
  #emitVector(row: Row): void {
    const { graph, alias } = this.stages.lowered;
    const lanes = graph.lanes(row);
    const address = this.places.allocate(row);
    const zero = this.tape.data(Float64Array.of(0));
    const scalars = new Uint32Array(lanes).fill(zero);
    const rest: [Row, number][] = [];
    let gathered = false;
    for (let k = 0; k < graph.operandCount(row); k++) {
      const piece = alias[graph.operand(row, k)]!;
      const offset = graph.pieceOffset(row, k);
      if (graph.isScalar(piece) && scalars[offset] === zero) {
        scalars[offset] = this.places.of(piece);
        gathered = true;
      } else rest.push([piece, offset]);
    }
    const whole = rest.length > 0 && !gathered && graph.lanes(rest[0]![0]) === lanes ? rest.shift() : undefined;
    if (gathered) this.tape.row(kernelRow.gather, lanes, { address }, { address: this.tape.data(scalars) });
    else if (whole) this.tape.row(COPY, lanes, { address }, { address: this.places.of(whole[0]) });
    else this.tape.row(COPY, lanes, { address }, { address: zero, broadcast: true });
    for (const [piece, offset] of rest) this.#addPiece(address + 8 * offset, piece);
  }

  /** Adds a piece to lanes of memory; by way of a temporary where a pair of lanes would reach past an odd end. */
  #addPiece(address: number, piece: Row): void {
    const lanes = this.stages.lowered.graph.lanes(piece);
    const target: Place = { address };
    const x: Place = { address: this.places.of(piece) };
    const even = lanes - (lanes & 1);
    if (even > 0) this.tape.row(opcode.add, even, target, target, x);
    if (even === lanes) return;
    const temporary: Place = { address: this.tape.allocate(8) };
    const last = address + 8 * even;
    this.tape.row(opcode.add, 1, temporary, { address: last }, { address: x.address + 8 * even });
    this.tape.row(kernelRow.gather, 1, { address: last }, { address: this.tape.data(Uint32Array.of(temporary.address)) });
  }
}

/** A term of a sum: the factors, and their addresses, −1 for constants. */
interface Term {
  readonly nodes: readonly number[];
  readonly addresses: readonly number[];
}

/** An operand of each lane of a run: its address, or −1 for a constant. */
interface OperandColumn {
  readonly addresses: readonly number[];
  readonly constants: (lane: number) => number;
  /** The row reads numbers one after another only: one number cannot serve several lanes. */
  readonly apart?: boolean;
}

/** Where a run must be cut so that in every piece each operand is constant, one number, or numbers that follow each other. */
function cutsOf(lanes: number, columns: readonly OperandColumn[]): number[] {
  const cuts = [0];
  let start = 0;
  for (let i = 1; i < lanes; i++) {
    const fits = columns.every(({ addresses, apart }) => {
      const [first, second, before, here] = [addresses[start]!, addresses[start + 1]!, addresses[i - 1]!, addresses[i]!];
      if (first < 0 || here < 0) return first < 0 && here < 0;
      return ((here === before && !apart) || here - before === 8) && here - before === second - first;
    });
    if (fits) continue;
    cuts.push(i);
    start = i;
  }
  return cuts;
}
