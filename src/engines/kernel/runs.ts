/** Runs: one opcode over many scalars, cut or gathered so that operands follow each other in memory. */
import { kernelRow } from "./rows.js";
import { type Place, type Tape } from "./tape.js";

/** The address that marks a constant. */
export const CONSTANT = -1;

/** What a row costs beyond its lanes, and what a lane costs in a row and in a gather, in ns: the scheduler's whole cost model. */
const COST = { row: 6, lane: 0.4, gather: 0.7 };

/** How a lane's operand follows the one before: both constants, the same number, the next number, or neither. */
const [BOTH_CONSTANT, SAME, NEXT, APART] = [0, 1, 2, 3] as const;

/** One operand of every lane of a run. */
export class Column {
  readonly #follows: Uint8Array;
  /** Whether the whole column is one piece. */
  readonly regular: boolean;

  /**
   * Takes each lane's address, or CONSTANT, and the constants' values. Where `ordered` is set, the row reads numbers one after
   * another only: one number cannot serve several lanes.
   */
  constructor(
    readonly addresses: Float64Array,
    readonly constantOf: (lane: number) => number,
    ordered = false,
  ) {
    this.#follows = new Uint8Array(addresses.length);
    for (let i = 1; i < addresses.length; i++) {
      const step = addresses[i]! - addresses[i - 1]!;
      const constant = addresses[i] === CONSTANT || addresses[i - 1] === CONSTANT;
      this.#follows[i] = constant ? (step === 0 ? BOTH_CONSTANT : APART) : step === 8 ? NEXT : step === 0 && !ordered ? SAME : APART;
    }
    this.regular = !this.#follows.some((_, i) => i > 0 && this.cutAt(i, 0));
  }

  /** Whether a piece that begins at lane `start` must end before lane i. */
  cutAt(i: number, start: number): boolean {
    const follows = this.#follows[i]!;
    return follows === APART || (i > start + 1 && follows !== this.#follows[i - 1]);
  }

  /** Whether the piece from `start` to `end` is one number for all lanes. */
  shared(start: number, end: number): boolean {
    return end - start > 1 && this.#follows[start + 1] === SAME;
  }
}

/** Where a run must be cut so that in every piece each operand is constant, one number, or numbers that follow each other. */
function cutsOf(lanes: number, columns: readonly Column[]): number[] {
  const cuts = [0];
  let start = 0;
  for (let i = 1; i < lanes; i++) {
    let cut = false;
    for (const column of columns) cut ||= column.cutAt(i, start);
    if (cut) cuts.push((start = i));
  }
  return cuts;
}

/** Appends runs to a tape. */
export class Runs {
  readonly #temporaries: { readonly address: number; readonly lanes: number; list?: Uint32Array }[] = [];

  constructor(readonly tape: Tape) {}

  /** Appends a run either as pieces, or with the operands that do not follow each other gathered first: whichever costs less. */
  emit(op: number, lanes: number, columns: readonly Column[], v: (start: number) => Place): void {
    const cuts = cutsOf(lanes, columns);
    const irregular = columns.reduce((total, column) => total + Number(!column.regular), 0);
    const piecewise = cuts.length * COST.row + lanes * COST.lane;
    const gathered = (irregular + 1) * COST.row + lanes * (COST.lane + irregular * COST.gather);
    if (piecewise <= gathered) {
      cuts.forEach((start, i) => {
        const end = cuts[i + 1] ?? lanes;
        this.#row(
          op,
          end - start,
          v(start),
          columns.map((column) => this.#piece(column, start, end)),
        );
      });
    } else
      this.#row(
        op,
        lanes,
        v(0),
        columns.map((column, k) => (column.regular ? this.#piece(column, 0, lanes) : this.#gather(column, k))),
      );
  }

  #row(op: number, lanes: number, v: Place, [a, b, c]: readonly Place[]): void {
    this.tape.row(op, lanes, v, a!, b, c);
  }

  /** The operand of a piece: constants are written side by side, a number that all lanes share is broadcast. */
  #piece(column: Column, start: number, end: number): Place {
    const address = column.addresses[start]!;
    if (address !== CONSTANT) return { address, broadcast: column.shared(start, end) };
    return { address: this.tape.arena.hold(Float64Array.from({ length: end - start }, (_, i) => column.constantOf(start + i))) };
  }

  /** Copies scattered numbers side by side; what lies there from the last time, as for sums of products with the same factors, is not copied again. */
  #gather({ addresses, constantOf }: Column, k: number): Place {
    const lanes = addresses.length;
    let temporary = this.#temporaries[k];
    if (!temporary || temporary.lanes < lanes) this.#temporaries[k] = temporary = { address: this.tape.arena.allocate(8 * lanes), lanes };
    const list = Uint32Array.from(addresses, (address, i) => (address === CONSTANT ? this.tape.arena.constant(constantOf(i)) : address));
    const place = { address: temporary.address };
    const before = temporary.list;
    if (before?.length === lanes && list.every((address, i) => address === before[i])) return place;
    temporary.list = list;
    this.tape.row(kernelRow.gather, lanes, place, { address: this.tape.arena.hold(list) });
    return place;
  }
}
