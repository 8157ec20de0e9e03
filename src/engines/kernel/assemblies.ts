/** Assemblies: long sums of scalars, and vectors put together from pieces. */
import { opcode } from "../../generated/table.js";
import { type Row } from "../../graph.js";
import { type Lowered } from "../plan/lower.js";
import { type Places } from "../plan/places.js";
import { COPY, kernelRow, SUM_BYTES } from "./rows.js";
import { Column, CONSTANT, type Runs } from "./runs.js";
import { type Place, type Tape } from "./tape.js";

/** A term of a sum: one row, or the two factors of a product. */
type Term = readonly Row[];

/** Appends `assemble` rows to a tape. */
export class Assemblies {
  readonly #sum: Place;

  constructor(
    readonly lowered: Lowered,
    readonly places: Places,
    readonly tape: Tape,
    readonly runs: Runs,
  ) {
    this.#sum = { address: tape.arena.allocate(SUM_BYTES) };
  }

  emit(row: Row): void {
    if (this.lowered.graph.isScalar(row)) this.#emitSum(row);
    else this.#emitVector(row);
  }

  #addressOf(row: Row): number {
    return this.lowered.graph.isConstant(row) ? CONSTANT : this.places.of(row);
  }

  /** A long sum of scalars: its plain terms one after another, then its products. */
  #emitSum(row: Row): void {
    const { op, a, b, uses, alias, graph } = this.lowered;
    const products: Term[] = [];
    const plain: Term[] = [];
    for (let k = 0; k < graph.b[row]!; k++) {
      const piece = alias[graph.operand(row, k)]!;
      if (uses[piece]! > 0 || op[piece] !== opcode.mul) plain.push([piece]);
      else products.push(graph.isConstant(a[piece]!) ? [b[piece]!, a[piece]!] : [a[piece]!, b[piece]!]);
    }
    this.tape.row(kernelRow.sumBegin, 1, this.#sum, this.#sum);
    this.#emitTerms(kernelRow.sum, plain);
    this.#emitTerms(kernelRow.dot, products);
    const address = this.tape.arena.allocate(8);
    this.places.set(row, address);
    this.tape.row(kernelRow.sumEnd, 1, { address }, this.#sum);
  }

  /** Adds terms in the order of their addresses, so that neighbours stand together. */
  #emitTerms(op: number, terms: readonly Term[]): void {
    if (terms.length === 0) return;
    const keyed = terms.map((term) => ({ term, addresses: term.map((row) => this.#addressOf(row)) }));
    keyed.sort((x, y) => x.addresses[0]! - y.addresses[0]! || (x.addresses[1] ?? 0) - (y.addresses[1] ?? 0));
    const columns = terms[0]!.map((_, k) => {
      const addresses = Float64Array.from(keyed, (entry) => entry.addresses[k]!);
      return new Column(addresses, (i) => this.lowered.graph.constantOf(keyed[i]!.term[k]!), op === kernelRow.sum);
    });
    this.runs.emit(op, terms.length, columns, () => this.#sum);
  }

  /** A vector of placed pieces: zeros, then each piece added where it belongs; scalars that do not overlap are gathered at once. */
  #emitVector(row: Row): void {
    const { graph, alias } = this.lowered;
    const lanes = graph.lanes(row);
    const place: Place = { address: this.places.allocate(row) };
    const zero = this.tape.arena.constant(0);
    const sources = new Uint32Array(lanes).fill(zero);
    const rest: [Row, number][] = [];
    for (let k = 0; k < graph.operandCount(row); k++) {
      const piece = alias[graph.operand(row, k)]!;
      const offset = graph.pieceOffset(row, k);
      if (graph.isScalar(piece) && sources[offset] === zero) sources[offset] = this.places.of(piece);
      else rest.push([piece, offset]);
    }
    const gathered = rest.length < graph.operandCount(row);
    const whole = !gathered && graph.lanes(rest[0]![0]) === lanes ? rest.shift() : undefined;
    if (gathered) this.tape.row(kernelRow.gather, lanes, place, { address: this.tape.arena.hold(sources) });
    else this.tape.row(COPY, lanes, place, whole ? { address: this.places.of(whole[0]) } : { address: zero, broadcast: true });
    for (const [piece, offset] of rest) this.#addPiece(place.address + 8 * offset, piece);
  }

  /** Adds a piece to lanes of memory; the last by way of a temporary where a pair of lanes would reach past an odd end. */
  #addPiece(address: number, piece: Row): void {
    const lanes = this.lowered.graph.lanes(piece);
    const from = this.places.of(piece);
    const even = lanes - (lanes & 1);
    if (even > 0) this.tape.row(opcode.add, even, { address }, { address }, { address: from });
    if (even === lanes) return;
    const temporary = this.tape.arena.allocate(8);
    const last = address + 8 * even;
    this.tape.scalar(opcode.add, temporary, last, from + 8 * even);
    this.tape.row(kernelRow.gather, 1, { address: last }, { address: this.tape.arena.hold(Uint32Array.of(temporary)) });
  }
}
