/** The rows of a loop as instructions: two lanes at a time, or the one lane that is left over. */
import { type Row } from "../../graph/graph.js";
import { isElementwise, structural } from "../../ops/structural.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { DOT_IN_GRAPH } from "../plan/lower.js";
import { Kind } from "../plan/stages.js";
import { Elementwise } from "./elementwise.js";
import { type Emission } from "./emission.js";
import { Held } from "./held.js";
import { type PlannedLoop } from "./parts.js";
import { toBytes, type Unit } from "./rounds.js";
import { type Reductions } from "./reductions.js";
import { emitCumsum, emitReverse, emitSegmentSum, emitTake } from "./crossing.js";

/** Where in its vectors a body stands: `lane` lanes after the offset in a local, if there is one. */
interface Position {
  readonly offset?: Local;
  readonly lane: number;
}

/** What one loop's bodies share. */
export interface LoopState {
  readonly code: Code;
  readonly reductions: Reductions;
  /** What the offset counts in. */
  readonly unit: Unit;
  /** What goes from lane to lane: running sums, greatest and least lanes. */
  readonly carried: ReadonlyMap<Row, Local>;
  /** Scalars that are in locals as pairs for the whole loop. */
  readonly hoisted: ReadonlyMap<Row, Local>;
  /** Rows that go from one segment of a body to another by way of a block in memory, and the local of the offset in it. */
  readonly crossing?: { readonly addresses: ReadonlyMap<Row, number>; readonly offset?: Local };
}

/** Emits the bodies of loops. One serves all loops of a program. */
export class Lanes {
  readonly #pairs: Held;
  readonly #single: Held;
  /** Whether the body is over pairs of lanes. */
  pair = true;
  at: Position = { lane: 0 };
  state!: LoopState;
  #elementwise!: Elementwise;

  constructor(readonly emission: Emission) {
    const { stages, nodes } = emission;
    const storage = {
      load: (row: Row) => this.#load(row),
      keeps: (row: Row) => !stages.lowered.graph.isScalar(row),
      isStored: (row: Row) => stages.kind[row] === Kind.Loop && (stages.resident[row] === 1 || this.#blockOf(row) !== undefined),
      store: (row: Row, local: Local) => this.#store(row, local),
    };
    this.#pairs = new Held(nodes.length, Type.v128, storage);
    this.#single = new Held(nodes.length, Type.f64, storage);
  }

  get held(): Held {
    return this.pair ? this.#pairs : this.#single;
  }

  get code(): Code {
    return this.state.code;
  }

  /** Emits rows at a position, and stores of vectors that they read. */
  emit(state: LoopState, body: readonly Row[], pair: boolean, at: Position, copies: PlannedLoop["copies"] = []): void {
    this.state = state;
    this.pair = pair;
    this.at = at;
    this.held.code = state.code;
    this.#elementwise = new Elementwise(state.code, this.emission, this.held, pair);
    for (const row of body) this.#expect(row);
    for (const [row] of copies) this.held.expect(row);
    for (const row of body) this.#emitRow(row);
    this.held.settle();
    for (const [row, address] of copies) {
      this.base();
      this.held.push(row);
      this.code.memory(pair ? I.v128_store : I.f64_store, address + 8 * at.lane);
    }
  }

  /** Leaves the address of the position on the stack, for a load or store at an offset; a lane takes 2 ** width bytes. */
  base(width = 3): void {
    const { offset } = this.at;
    if (offset === undefined) return this.code.integer(0);
    this.code.get(offset);
    toBytes(this.code, this.state.unit);
    if (width === 3) return;
    this.code.integer(3 - width);
    this.code.op(I.i32_shr_u);
  }

  /** Leaves the number of a lane on the stack. */
  laneNumber(lane: number): void {
    const { offset } = this.at;
    if (offset === undefined) return this.code.integer(this.at.lane + lane);
    this.code.get(offset);
    if (this.state.unit === 8) {
      this.code.integer(3);
      this.code.op(I.i32_shr_u);
    }
    this.code.integer(this.at.lane + lane);
    this.code.op(I.i32_add);
  }

  #load(row: Row): void {
    const { code, emission, pair } = this;
    const number = emission.numberOf(row);
    const hoisted = pair ? this.state.hoisted.get(row) : undefined;
    if (hoisted !== undefined) code.get(hoisted);
    else if (number !== undefined) {
      if (pair) code.load(I.v128_load, emission.constant(number));
      else code.number(number);
    } else if (emission.stages.lowered.graph.isScalar(row)) code.load(pair ? I.v128_load64_splat : I.f64_load, emission.addressOf(row));
    else {
      const offset = this.#address(row);
      code.memory(pair ? I.v128_load : I.f64_load, offset);
    }
  }

  #store(row: Row, local: Local): void {
    const offset = this.#address(row);
    this.code.get(local);
    this.code.memory(this.pair ? I.v128_store : I.f64_store, offset);
  }

  /** Where a row that crosses segments lies in the block. */
  #blockOf(row: Row): number | undefined {
    return this.state.crossing?.addresses.get(row);
  }

  /** Leaves the address of a vector's lanes on the stack, for a load or store at the offset that it returns. */
  #address(row: Row): number {
    const block = this.#blockOf(row);
    if (block === undefined) {
      this.base();
      return this.emission.addressOf(row) + 8 * this.at.lane;
    }
    const { offset } = this.state.crossing!;
    if (offset === undefined) this.code.integer(0);
    else this.code.get(offset);
    return block;
  }

  #expect(row: Row): void {
    const { op, a, b } = this.emission.stages.lowered;
    const code = op[row]!;
    if (isElementwise(code)) return this.#elementwise.expect(row);
    if (code === structural.reverse) return;
    if (code !== structural.take) this.held.expect(a[row]!);
    const readsSecond =
      code === DOT_IN_GRAPH || ((code === structural.take || code === structural.segmentSum) && !this.emission.isIndices(b[row]!));
    if (readsSecond) this.held.expect(b[row]!);
  }

  #emitRow(row: Row): void {
    const { op, a, b } = this.emission.stages.lowered;
    const { held } = this;
    switch (op[row]!) {
      case structural.broadcast:
        held.settle();
        held.push(a[row]!);
        return held.define(row);
      case structural.take:
        return emitTake(this, row);
      case structural.segmentSum:
        return emitSegmentSum(this, row);
      case structural.cumsum:
        return emitCumsum(this, row);
      case structural.reverse:
        return emitReverse(this, row);
      case structural.sum:
        held.settle(a[row]);
        held.push(a[row]!);
        return this.state.reductions.add(row, this);
      case DOT_IN_GRAPH:
        held.settle(a[row]);
        held.push(a[row]!);
        held.push(b[row]!);
        this.code.op(this.pair ? I.f64x2_mul : I.f64_mul);
        return this.state.reductions.add(row, this);
      case structural.max:
      case structural.min:
      case structural.argmax:
      case structural.argmin:
        held.settle(a[row]);
        held.push(a[row]!);
        return this.state.reductions.add(row, this);
      default:
        return this.#elementwise.emit(row);
    }
  }
}
