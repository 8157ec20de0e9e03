/** The reductions of a loop: what they gather lanes in, and what follows the loop. */
import { type Row } from "../../graph/graph.js";
import { CLOSE, SUM } from "../../ops/layout.js";
import { instructions } from "../../ops/instructions.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { emitterOf, type Reduces } from "./looprows.js";
import { type Emission } from "./emission.js";
import { type LoopBody } from "./loopbody.js";
import { type Straight } from "./straight.js";

/** A sum's eight accumulators, as pairs. */
const ACCUMULATORS = 4;

/** The reductions of one loop. */
export class Reductions {
  readonly #sums: Row[];
  readonly #extremes: Row[];
  readonly #args: Row[];
  /** The states of sums in memory, one after another, as assembly/reduce.ts lays them out. */
  readonly #state: number = 0;
  /** The accumulators of sums in locals, four after another for each. */
  #accumulators: Local[] = [];
  readonly #numbers = new Map<Row, number>();
  readonly #argStates = new Map<Row, number>();
  readonly #closes: boolean;

  /** `inLocals` says that bodies come four by four, so that each adds into accumulators of its own. */
  constructor(
    readonly emission: Emission,
    readonly code: Code,
    readonly lanes: number,
    roots: readonly Row[],
    readonly inLocals: boolean,
  ) {
    const { op } = emission.stages.lowered;
    const reducing = (kind: "sum" | "extreme" | "arg"): Row[] => roots.filter((row) => emitterOf(op[row]!)?.reduces?.kind === kind);
    this.#sums = reducing("sum");
    this.#extremes = reducing("extreme");
    this.#args = reducing("arg");
    this.#closes = lanes > CLOSE;
    this.#sums.forEach((row, i) => this.#numbers.set(row, i));
    if (this.#sums.length > 0 && (this.#closes || !inLocals)) this.#state = emission.arena.allocate(SUM.bytes * this.#sums.length);
  }

  /** Whether sums must be closed on the way. */
  get closes(): boolean {
    return this.#closes && this.#sums.length > 0;
  }

  /** Empties everything, before the loop. */
  begin(): void {
    const { code, emission } = this;
    if (this.inLocals) {
      this.#accumulators = Array.from({ length: ACCUMULATORS * this.#sums.length }, () => code.take(Type.v128));
      this.#emptyAccumulators();
    }
    if (this.#state > 0) {
      code.integer(this.#state);
      code.integer(this.#sums.length);
      code.call(emission.use("sumBegin"));
    }
    for (const row of this.#args) {
      const state = emission.arena.allocate(16);
      this.#argStates.set(row, state);
      code.integer(0);
      code.load(I.v128_load, emission.constant(-1));
      code.memory(I.v128_store, state);
    }
  }

  #emptyAccumulators(): void {
    for (const local of this.#accumulators) {
      this.code.load(I.v128_load, this.emission.constant(-0));
      this.code.set(local);
    }
  }

  #reduces(row: Row): Reduces {
    return emitterOf(this.emission.stages.lowered.op[row]!)!.reduces!;
  }

  /** Adds the lanes on the stack to a reduction. */
  add(row: Row, lanes: LoopBody): void {
    const reduces = this.#reduces(row);
    switch (reduces.kind) {
      case "sum":
        return this.#addToSum(this.#numbers.get(row)!, lanes);
      case "arg":
        return this.#addToArg(row, lanes, reduces.greatest);
      case "extreme": {
        const { code, carried } = lanes.state;
        const best = carried.get(row)!;
        if (!lanes.pair) code.op(I.f64x2_splat);
        code.get(best);
        code.op(reduces.pairs);
        code.set(best);
      }
    }
  }

  #addToSum(sum: number, lanes: LoopBody): void {
    const { at, pair, code } = lanes;
    const phase = (at.lane >> 1) % ACCUMULATORS;
    if (this.inLocals) {
      const accumulator = this.#accumulators[ACCUMULATORS * sum + phase]!;
      if (!pair) this.#besideNothing(code);
      code.get(accumulator);
      code.op(instructions.add.f64x2);
      code.set(accumulator);
      return;
    }
    const state = this.#state + SUM.bytes * sum;
    const x = code.take(pair ? Type.v128 : Type.f64);
    code.set(x);
    if (pair) {
      const at = code.take(Type.i32);
      lanes.base();
      code.integer(16 * (ACCUMULATORS - 1));
      code.op(I.i32_and);
      code.tee(at);
      code.get(at);
      code.memory(I.v128_load, state);
      code.get(x);
      code.op(instructions.add.f64x2);
      code.memory(I.v128_store, state);
      code.give(at);
    } else {
      const address = state + 8 * (at.lane % 8);
      code.integer(0);
      code.load(I.f64_load, address);
      code.get(x);
      code.op(instructions.add.f64);
      code.memory(I.f64_store, address);
    }
    code.give(x);
  }

  /** Makes the number on the stack the first lane of a pair whose second is −0, which changes no sum. */
  #besideNothing(code: Code): void {
    const x = code.take(Type.f64);
    code.set(x);
    code.load(I.v128_load, this.emission.constant(-0));
    code.get(x);
    code.lane(I.f64x2_replace_lane, 0);
    code.give(x);
  }

  #addToArg(row: Row, lanes: LoopBody, greatest: boolean): void {
    const { emission } = this;
    const { code } = lanes;
    const x = code.take(lanes.held.type);
    code.set(x);
    code.integer(0);
    code.get(x);
    code.memory(lanes.pair ? I.v128_store : I.f64_store, emission.scratch);
    code.give(x);
    code.integer(this.#argStates.get(row)!);
    code.integer(emission.scratch);
    code.integer(lanes.pair ? 2 : 1);
    lanes.laneNumber(0);
    code.integer(Number(greatest));
    code.call(emission.use("argExtreme"));
  }

  /** Closes the sums, after each 8,192 lanes and after the last. */
  close(): void {
    const { code, emission } = this;
    this.#accumulators.forEach((local, i) => {
      code.integer(0);
      code.get(local);
      code.memory(I.v128_store, this.#state + SUM.bytes * Math.floor(i / ACCUMULATORS) + 16 * (i % ACCUMULATORS));
    });
    code.integer(this.#state);
    code.integer(this.#sums.length);
    code.call(emission.use("sumClose"));
    this.#emptyAccumulators();
  }

  /** Hands over the results, after the loop; `carried` are the locals of greatest and least lanes. */
  end(straight: Straight, carried: ReadonlyMap<Row, Local>): void {
    const { code } = this;
    if (this.closes) this.#totalStates(straight);
    else this.#sums.forEach((row, sum) => this.#total(row, sum, straight));
    for (const local of this.#accumulators) code.give(local);
    for (const row of this.#extremes) {
      const best = carried.get(row)!;
      code.get(best);
      code.lane(I.f64x2_extract_lane, 0);
      code.get(best);
      code.lane(I.f64x2_extract_lane, 1);
      const reduces = this.#reduces(row);
      if (reduces.kind === "extreme") code.op(reduces.numbers);
      straight.held.put(row);
    }
    for (const [row, state] of this.#argStates) {
      code.load(I.f64_load, state);
      straight.held.put(row);
    }
  }

  #totalStates(straight: Straight): void {
    const { code, emission } = this;
    if (this.lanes % CLOSE !== 0) this.close();
    const totals = emission.arena.allocate(8 * this.#sums.length);
    code.integer(totals);
    code.integer(this.#state);
    code.integer(this.#sums.length);
    code.call(emission.use("sumEnd"));
    this.#sums.forEach((row, sum) => {
      code.load(I.f64_load, totals + 8 * sum);
      straight.held.put(row);
    });
  }

  /** The total of a sum that was never closed: its accumulators in the order in which the kernel adds them. */
  #total(row: Row, sum: number, straight: Straight): void {
    const { code } = this;
    const push = (i: number): void => {
      if (this.inLocals) code.get(this.#accumulators[ACCUMULATORS * sum + i]!);
      else code.load(I.v128_load, this.#state + SUM.bytes * sum + 16 * i);
    };
    const x = code.take(Type.v128);
    push(0);
    push(2);
    code.op(instructions.add.f64x2);
    push(1);
    push(3);
    code.op(instructions.add.f64x2);
    code.op(instructions.add.f64x2);
    code.tee(x);
    code.lane(I.f64x2_extract_lane, 0);
    code.get(x);
    code.lane(I.f64x2_extract_lane, 1);
    code.op(instructions.add.f64);
    code.give(x);
    straight.held.put(row);
  }
}
