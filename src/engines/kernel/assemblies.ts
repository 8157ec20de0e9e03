/** Assemblies: long sums of scalars, and vectors put together from pieces. */
import { type Row } from "../../graph/graph.js";
import { SUM } from "../../ops/layout.js";
import { type Lowered } from "../plan/lower.js";
import { firstPieces, piecesOf, stretches } from "../plan/pieces.js";
import { type Places } from "../plan/places.js";
import { addLanes } from "./adds.js";
import { type Nodes } from "./nodes.js";
import { COPY, kernelRow } from "./rows.js";
import { Column, CONSTANT, type Runs } from "./runs.js";
import { type Place, type Tape } from "./tape.js";

/** As many lanes without a piece are filled by a row of their own; fewer are gathered with the scalars beside them. */
const LONG_GAP = 32;

/** A term of a sum: one row, or the two factors of a product. */
type Term = readonly Row[];

/** Appends `assemble` rows to a tape. */
export class Assemblies {
  readonly lowered: Lowered;
  readonly #sum: Place;

  constructor(
    readonly nodes: Nodes,
    readonly places: Places,
    readonly tape: Tape,
    readonly runs: Runs,
  ) {
    this.lowered = nodes.stages.lowered;
    this.#sum = { address: tape.arena.allocate(SUM.bytes) };
  }

  emit(row: Row): void {
    if (this.lowered.graph.isScalar(row)) this.#emitSum(row);
    else this.#emitVector(row);
  }

  #addressOf(row: Row): number {
    return this.lowered.isConstant(row) ? CONSTANT : this.places.of(row);
  }

  /** A long sum of scalars, in the order of its terms: products and other terms in turns. */
  #emitSum(row: Row): void {
    const { a, b } = this.lowered;
    this.tape.row(kernelRow.sumBegin, 1, this.#sum, this.#sum);
    let terms: Term[] = [];
    const flush = (): void => {
      if (terms.length > 0) this.#emitTerms(terms);
      terms = [];
    };
    for (const piece of this.nodes.termsOf(row)) {
      const isProduct = this.nodes.isFused(piece);
      const swaps = isProduct && this.lowered.isConstant(a[piece]!);
      const term = !isProduct ? [piece] : swaps ? [b[piece]!, a[piece]!] : [a[piece]!, b[piece]!];
      if (terms[0]?.length !== term.length) flush();
      terms.push(term);
    }
    flush();
    const address = this.tape.arena.allocate(8);
    this.places.set(row, address);
    this.tape.row(kernelRow.sumEnd, 1, { address }, this.#sum);
  }

  /** Adds terms of one kind in their order. */
  #emitTerms(terms: readonly Term[]): void {
    const op = terms[0]!.length > 1 ? kernelRow.dot : kernelRow.sum;
    const columns = terms[0]!.map((_, k) => {
      const addresses = Float64Array.from(terms, (term) => this.#addressOf(term[k]!));
      return new Column(addresses, (i) => this.lowered.constantOf(terms[i]![k]!), op === kernelRow.sum);
    });
    this.runs.emit(op, terms.length, columns, () => this.#sum);
  }

  /**
   * A vector of placed pieces: each lane is copied from the first piece that has it, or is 0, and the others are added in their order.
   * A row of an odd number of lanes writes one lane more, so copies go from the first lane to the last, and there is room for one more.
   */
  #emitVector(row: Row): void {
    const { graph } = this.lowered;
    const address = this.places.of(row);
    const pieces = piecesOf(this.lowered, row);
    const first = firstPieces(graph, graph.lanes(row), pieces);
    const zero = this.tape.arena.constant(0);
    let sources: number[] = [];
    const gather = (end: number): void => {
      const v = { address: address + 8 * (end - sources.length) };
      if (sources.length > 0)
        this.tape.row(kernelRow.gather, sources.length, v, { address: this.tape.arena.hold(Uint32Array.from(sources)) });
      sources = [];
    };
    for (const [from, end, k] of stretches(first, 0, first.length)) {
      const [piece, offset] = pieces[k] ?? [];
      const isGap = piece === undefined;
      if (isGap ? end - from < LONG_GAP : graph.isScalar(piece)) {
        const source = isGap ? zero : this.places.of(piece);
        for (let lane = from; lane < end; lane++) sources.push(source);
        continue;
      }
      gather(from);
      const source = isGap ? { address: zero, broadcast: true } : { address: this.places.of(piece) + 8 * (from - offset!) };
      this.tape.row(COPY, end - from, { address: address + 8 * from }, source);
    }
    gather(first.length);
    pieces.forEach(([piece, offset], k) => {
      for (const [from, end, of] of stretches(first, offset, offset + graph.lanes(piece)))
        if (of !== k) addLanes(this.tape, address + 8 * from, this.places.of(piece) + 8 * (from - offset), end - from);
    });
  }
}
