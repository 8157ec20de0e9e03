/** Loops over lanes as instructions. */
import { type Row } from "../../graph.js";
import { structural } from "../../structural.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { type Emission } from "./emission.js";
import { type Lanes, type LoopState } from "./lanes.js";
import { type PlannedLoop } from "./parts.js";
import { CLOSE, Reductions } from "./reductions.js";
import { type Straight } from "./straight.js";

/** A body of up to this many rows stands in the loop four times, so that sums stay in locals and rounds overlap. */
const UNROLLED_ROWS = 40;

/** Up to this many scalars are kept in locals for a loop; beyond that each is loaded where it is needed. */
const HOISTED = 8;

/** Emits one loop into a function. */
export class LoopCode {
  readonly #code: Code;
  readonly #copies: number;
  readonly #body: readonly Row[];
  readonly #lanes: number;

  constructor(
    readonly emission: Emission,
    readonly straight: Straight,
    readonly bodies: Lanes,
    readonly planned: PlannedLoop,
  ) {
    this.#code = straight.held.code;
    this.#body = planned.body;
    this.#lanes = planned.loop.lanes;
    this.#copies = this.#body.length <= UNROLLED_ROWS ? 4 : 1;
  }

  emit(): void {
    this.straight.held.settle();
    const code = this.#code;
    const lanes = this.#lanes;
    const reductions = new Reductions(this.emission, code, lanes, this.planned.loop.roots, this.#copies > 1);
    reductions.begin();
    const state: LoopState = { code, reductions, totals: this.#beginVectors(), hoisted: this.#hoist() };
    const pairs = lanes >> 1;
    const offset = code.take(Type.i32);
    const rounds = Math.floor(pairs / this.#copies);
    code.integer(0);
    code.set(offset);
    if (rounds > 0) this.#emitRounds(state, offset, 16 * this.#copies * rounds);
    for (let copy = 0; copy < pairs - rounds * this.#copies; copy++) this.#emitPair(state, offset, copy);
    if (lanes & 1) this.bodies.emit(state, this.#body, false, { lane: lanes - 1 });
    reductions.end(this.straight);
    code.give(offset);
    for (const local of [...state.totals.values(), ...state.hoisted.values()]) code.give(local);
  }

  #emitPair(state: LoopState, offset: Local, copy: number): void {
    this.bodies.emit(state, this.#body, true, { offset, lane: 2 * copy });
  }

  /** The loop proper: from offset 0 to `end`, closing sums on the way. */
  #emitRounds(state: LoopState, offset: Local, end: number): void {
    const code = this.#code;
    const step = 16 * this.#copies;
    const round = (limit: () => void): void => {
      code.begin(I.loop);
      for (let copy = 0; copy < this.#copies; copy++) this.#emitPair(state, offset, copy);
      code.get(offset);
      code.integer(step);
      code.op(I.i32_add);
      code.tee(offset);
      limit();
      code.op(I.i32_lt_u);
      code.repeat();
      code.end();
    };
    if (!state.reductions.closes) return round(() => code.integer(end));
    const limit = code.take(Type.i32);
    code.begin(I.loop);
    // The limit: as far as sums go before they close, or the end.
    code.get(offset);
    code.integer(8 * CLOSE);
    code.op(I.i32_add);
    code.tee(limit);
    code.integer(end);
    code.get(limit);
    code.integer(end);
    code.op(I.i32_lt_u);
    code.op(I.select);
    code.set(limit);
    round(() => code.get(limit));
    code.get(offset);
    code.integer(8 * CLOSE - 1);
    code.op(I.i32_and);
    code.op(I.i32_eqz);
    code.begin(I.if);
    state.reductions.close();
    code.end();
    code.get(offset);
    code.integer(end);
    code.op(I.i32_lt_u);
    code.repeat();
    code.end();
    code.give(limit);
  }

  /** Empties the vectors that are added into, and the running sums, which it returns. */
  #beginVectors(): Map<Row, Local> {
    const code = this.#code;
    const { op, graph } = this.emission.stages.lowered;
    const totals = new Map<Row, Local>();
    for (const row of this.#body) {
      if (op[row] === structural.segmentSum) {
        code.integer(this.emission.addressOf(row));
        code.integer(0);
        code.integer(8 * graph.lanes(row));
        code.bulk(I.memory_fill);
      } else if (op[row] === structural.cumsum) {
        const total = code.take(Type.f64);
        totals.set(row, total);
        code.number(0);
        code.set(total);
      }
    }
    return totals;
  }

  /** Loads scalars into locals where they are few, as pairs. */
  #hoist(): Map<Row, Local> {
    const code = this.#code;
    const { lowered } = this.emission.stages;
    const scalars = new Set<Row>();
    for (const row of this.#body) lowered.operands(row, (operand) => void (lowered.graph.isScalar(operand) && scalars.add(operand)));
    const hoisted = new Map<Row, Local>();
    if (scalars.size > HOISTED) return hoisted;
    for (const scalar of scalars) {
      const number = this.emission.numberOf(scalar);
      if (number === undefined) code.load(I.v128_load64_splat, this.emission.addressOf(scalar));
      else code.load(I.v128_load, this.emission.constant(number));
      const local = code.take(Type.v128);
      code.set(local);
      hoisted.set(scalar, local);
    }
    return hoisted;
  }
}
