/** The rows of a loop as instructions: two lanes at a time, or the one lane that is left over. */
import { type Row } from "../../graph/graph.js";
import { isElementwise } from "../../ops/rows.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { Kind } from "../plan/stages.js";
import { type LoopBody, type LoopState, type Position } from "./loopbody.js";
import { Elementwise } from "./elementwise.js";
import { type Emission } from "./emission.js";
import { Held } from "./held.js";
import { type PlannedLoop } from "./parts.js";
import { toBytes } from "./rounds.js";
import { emitterOf } from "./looprows.js";
import { addBase } from "./memory.js";

/** Emits the bodies of loops. One serves all loops of a program. */
export class Lanes implements LoopBody {
  readonly #pairs: Held;
  readonly #single: Held;
  pair = true;
  at: Position = { lane: 0 };
  state!: LoopState;
  #elementwise!: Elementwise;

  constructor(readonly emission: Emission) {
    const { stages, nodes } = emission;
    const storage = {
      load: (row: Row) => this.#load(row),
      keeps: (row: Row) => !stages.lowered.graph.isScalar(row),
      isStored: (row: Row) => stages.kind[row] === Kind.Loop && (stages.materialised[row] === 1 || this.#blockOf(row) !== undefined),
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

  base(width = 3): void {
    const { offset } = this.at;
    if (offset === undefined) return this.code.integer(0);
    this.code.get(offset);
    toBytes(this.code, this.state.unit);
    if (width === 3) return;
    this.code.integer(3 - width);
    this.code.op(I.i32_shr_u);
  }

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
    const resident = emission.locals.get(row);
    if (hoisted !== undefined) code.get(hoisted);
    else if (resident !== undefined) {
      code.get(resident);
      if (pair) code.op(I.f64x2_splat);
    } else if (number !== undefined) {
      if (pair) code.load(I.v128_load, emission.constant(number));
      else code.number(number);
    } else if (emission.stages.lowered.graph.isScalar(row)) emission.load(code, pair ? I.v128_load64_splat : I.f64_load, row);
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
      const home = this.emission.homeOf(row);
      this.base();
      addBase(this.code, home);
      return home.address + 8 * this.at.lane;
    }
    const { offset } = this.state.crossing!;
    if (offset === undefined) this.code.integer(0);
    else this.code.get(offset);
    return block;
  }

  #expect(row: Row): void {
    const { lowered } = this.emission.stages;
    if (isElementwise(lowered.op[row]!)) return this.#elementwise.expect(row);
    lowered.pushed(row, (operand) => this.held.expect(operand));
  }

  #emitRow(row: Row): void {
    const emitter = emitterOf(this.emission.stages.lowered.op[row]!);
    if (emitter === undefined) this.#elementwise.emit(row);
    else emitter.emit(this, row);
  }
}
