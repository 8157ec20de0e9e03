/** Loops over lanes: the rows of one stage and one length, evaluated a block of lanes at a time. */
import { type Row } from "../../graph/graph.js";
import { isElementwise } from "../../ops/rows.js";
import { SUM } from "../../ops/layout.js";
import { blockLanes, type Loop, type LoopPlan } from "../plan/loops.js";
import { Scheduler } from "../plan/schedule.js";
import { type Places } from "../plan/places.js";
import { type Stages } from "../plan/stages.js";
import { emitterOf, type LoopContext } from "./looprows.js";
import { kernelRow, pairOf } from "./rows.js";
import { type Place, type Tape } from "./tape.js";

/** The loops of all stages on a tape. */
export class Loops {
  readonly #plan: LoopPlan;
  #scratch = { address: 0, bytes: 0 };
  readonly #scheduler: Scheduler;
  /** Sums to be totalled, and segments to be completed, when the loops of the stage have run. */
  #ends: (() => void)[] = [];

  constructor(
    readonly stages: Stages,
    readonly places: Places,
    readonly tape: Tape,
  ) {
    this.#plan = places.loops;
    this.#scheduler = new Scheduler(stages.kind.length, (row, visit) => stages.lowered.operands(row, visit));
  }

  /** Appends the loops of a stage, with what comes before and after each. */
  emit(stage: number): void {
    for (const loop of this.#plan.of(stage)) this.#emitLoop(loop);
    for (const end of this.#ends) end();
    this.#ends = [];
  }

  #emitLoop(loop: Loop): void {
    const { stage, lanes, roots } = loop;
    const body = this.#paired(this.#scheduler.order(this.#plan.bodyOf(loop)));
    const { slots, count } = this.#slotsOf(stage, body);
    const block = blockLanes(count, lanes);
    const scratch = this.#scratchOf(8 * block * count);
    const blockOf = (slot: number): Place => ({ address: scratch + 8 * block * slot });
    const place = (row: Row): Place => (this.#plan.isWithin(stage, row) ? blockOf(slots.get(row)!) : this.#operand(row));
    const context: LoopContext = {
      stages: this.stages,
      places: this.places,
      tape: this.tape,
      place,
      states: new Map(),
      after: (end) => void this.#ends.push(end),
    };
    this.#begin(roots, body, context);
    this.tape.close();
    for (let i = 0; i < body.length; i++) {
      if (this.#emitPair(body[i]!, body[i + 1], place)) i++;
      else this.#emitRow(body[i]!, context);
    }
    this.tape.close(lanes, block);
  }

  /** Where the blocks of a loop lie: where those of others do, which ran before it or run after it. */
  #scratchOf(bytes: number): number {
    if (bytes > this.#scratch.bytes) this.#scratch = { address: this.places.arena.allocate(bytes), bytes };
    return this.#scratch.address;
  }

  /** The rows with each companion, where both are there, next to its partner. */
  #paired(body: readonly Row[]): Row[] {
    const { op, a } = this.stages.lowered;
    const key = (code: number, row: Row): string => `${code} ${a[row]}`;
    const paired = body.filter((row) => pairOf.has(op[row]!));
    const rows = new Map(paired.map((row) => [key(op[row]!, row), row]));
    const ordered = new Set<Row>();
    for (const row of body) {
      ordered.add(row);
      const pair = pairOf.get(op[row]!);
      const partner = pair && rows.get(key(pair.partner, row));
      if (partner !== undefined) ordered.add(partner);
    }
    return [...ordered];
  }

  /** Gives each row that lives in the block a slot, which is free again after its last use. */
  #slotsOf(stage: number, body: readonly Row[]): { slots: Map<Row, number>; count: number } {
    const { lowered } = this.stages;
    const last = new Map<Row, Row>();
    for (const row of body) lowered.operands(row, (operand) => last.set(operand, row));
    const slots = new Map<Row, number>();
    const free: number[] = [];
    let count = 0;
    for (const row of body) {
      if (this.#plan.isWithin(stage, row)) slots.set(row, free.pop() ?? count++);
      const ended = new Set<Row>();
      lowered.operands(row, (operand) => last.get(operand) === row && slots.has(operand) && ended.add(operand));
      for (const operand of ended) free.push(slots.get(operand)!);
    }
    return { slots, count };
  }

  /** Empties what the loop's rows accumulate into, and plans what follows the loop: sums together, others one by one, the roots first. */
  #begin(roots: readonly Row[], body: readonly Row[], context: LoopContext): void {
    const { op } = this.stages.lowered;
    const structural = (rows: readonly Row[]): Row[] => rows.filter((row) => !isElementwise(op[row]!));
    this.#beginSums(structural(roots).filter((row) => emitterOf(op[row]!).sums), context); // prettier-ignore
    const others = new Set(roots);
    for (const row of structural([...roots, ...body.filter((row) => !others.has(row))])) emitterOf(op[row]!).begin?.(context, row);
  }

  #beginSums(sums: readonly Row[], { states, after }: LoopContext): void {
    if (sums.length === 0) return;
    const state = this.places.arena.allocate(SUM.bytes * sums.length);
    const totals = this.places.arena.allocate(8 * sums.length);
    sums.forEach((row, i) => {
      states.set(row, state + SUM.bytes * i);
      this.places.set(row, totals + 8 * i);
    });
    this.tape.row(kernelRow.sumBegin, sums.length, { address: state }, { address: state });
    after(() => this.tape.row(kernelRow.sumEnd, sums.length, { address: totals }, { address: state }));
  }

  /** Appends two rows as one where they are an op and its companion over one operand. */
  #emitPair(row: Row, next: Row | undefined, place: (row: Row) => Place): boolean {
    const { op, a } = this.stages.lowered;
    const pair = pairOf.get(op[row]!);
    if (!pair || next === undefined || op[next] !== pair.partner || a[next] !== a[row]) return false;
    const [v, companion] = pair.first ? [row, next] : [next, row];
    this.tape.row(pair.code, 0, place(v), place(a[row]!), undefined, place(companion));
    return true;
  }

  #emitRow(row: Row, context: LoopContext): void {
    const { op, a, b, c } = this.stages.lowered;
    const code = op[row]!;
    if (!isElementwise(code)) return emitterOf(code).emit(context, row);
    const operand = (column: Int32Array): Place | undefined => (column[row]! >= 0 ? context.place(column[row]!) : undefined);
    this.tape.row(code, 0, context.place(row), context.place(a[row]!), operand(b), operand(c));
  }

  /** A row in memory as an operand: scalars broadcast, vectors move with the block. */
  #operand(row: Row): Place {
    return this.stages.lowered.graph.isScalar(row)
      ? { address: this.places.of(row), broadcast: true }
      : { address: this.places.of(row), advance: true };
  }
}
