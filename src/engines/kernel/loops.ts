/** Loops over lanes: the rows of one stage and one length, evaluated a block of lanes at a time. */
import { type Row } from "../../graph/graph.js";
import { isElementwise, structural } from "../../ops/structural.js";
import { blockLanes, type Loop, LoopPlan } from "../plan/loops.js";
import { DOT_IN_GRAPH } from "../plan/lower.js";
import { Scheduler } from "../plan/schedule.js";
import { type Places } from "../plan/places.js";
import { type Stages } from "../plan/stages.js";
import { COPY, kernelRow, pairOf, SUM_BYTES } from "./rows.js";
import { type Place, type Tape } from "./tape.js";

/** Where a maximum, a minimum or their lane starts from. */
const START: Readonly<Record<number, number>> = {
  [structural.max]: -Infinity,
  [structural.min]: Infinity,
  [structural.argmax]: -1,
  [structural.argmin]: -1,
};

/** The loops of all stages on a tape. */
export class Loops {
  readonly #plan: LoopPlan;
  readonly #scheduler: Scheduler;
  /** Sums to be totalled, and segments to be completed, when the loops of the stage have run. */
  #ends: (() => void)[] = [];

  constructor(
    readonly stages: Stages,
    readonly places: Places,
    readonly tape: Tape,
  ) {
    this.#plan = new LoopPlan(stages, places);
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
    const scratch = this.places.arena.allocate(8 * block * count);
    const states = this.#begin(roots);
    for (const row of body) if (this.stages.lowered.op[row] === structural.cumsum) this.#beginCumsum(row, states);
    this.tape.close();
    const blockOf = (slot: number): Place => ({ address: scratch + 8 * block * slot });
    const place = (row: Row): Place => (this.#plan.isWithin(stage, row) ? blockOf(slots.get(row)!) : this.#operand(row));
    for (let i = 0; i < body.length; i++) {
      if (this.#emitPair(body[i]!, body[i + 1], place)) i++;
      else this.#emitRow(body[i]!, place, states);
    }
    this.tape.close(lanes, block);
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

  /** Empties what the loop's reductions accumulate into, and plans what follows the loop. Returns each one's state. */
  #begin(roots: readonly Row[]): Map<Row, number> {
    const { lowered } = this.stages;
    const { op, graph } = lowered;
    const states = new Map<Row, number>();
    const sums = roots.filter((row) => op[row] === structural.sum || op[row] === DOT_IN_GRAPH);
    if (sums.length > 0) {
      const state = this.places.arena.allocate(SUM_BYTES * sums.length);
      const totals = this.places.arena.allocate(8 * sums.length);
      sums.forEach((row, i) => {
        states.set(row, state + SUM_BYTES * i);
        this.places.set(row, totals + 8 * i);
      });
      this.tape.row(kernelRow.sumBegin, sums.length, { address: state }, { address: state });
      this.#ends.push(() => this.tape.row(kernelRow.sumEnd, sums.length, { address: totals }, { address: state }));
    }
    for (const row of roots) {
      const start = START[op[row]!];
      if (start !== undefined) {
        const address = this.places.arena.allocate(16);
        states.set(row, address);
        this.places.set(row, address);
        this.tape.row(COPY, 2, { address }, { address: this.places.arena.constant(start), broadcast: true });
      } else if (op[row] === structural.segmentSum) {
        const place = { address: this.places.allocate(row) };
        this.tape.row(kernelRow.segmentBegin, graph.lanes(row), place, place);
        this.#ends.push(() => this.tape.row(kernelRow.segmentEnd, graph.lanes(row), place, place));
      }
    }
    return states;
  }

  #beginCumsum(row: Row, states: Map<Row, number>): void {
    const address = this.places.arena.allocate(16);
    states.set(row, address);
    this.tape.row(COPY, 1, { address }, { address: this.places.arena.constant(-0), broadcast: true });
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

  #emitRow(row: Row, place: (row: Row) => Place, states: Map<Row, number>): void {
    const { op, a, b, c, graph } = this.stages.lowered;
    const code = op[row]!;
    const state = (): Place => ({ address: states.get(row)! });
    const count = (lanes: number): Place => ({ address: lanes });
    if (isElementwise(code)) {
      const operand = (column: Int32Array): Place | undefined => (column[row]! >= 0 ? place(column[row]!) : undefined);
      this.tape.row(code, 0, place(row), place(a[row]!), operand(b), operand(c));
      return;
    }
    const ofValues = graph.isIndices(b[row]!) ? 0 : 1;
    switch (code) {
      case structural.sum:
        return this.tape.row(kernelRow.sum, 0, state(), place(a[row]!));
      case DOT_IN_GRAPH:
        return this.tape.row(kernelRow.dot, 0, state(), place(a[row]!), place(b[row]!));
      case structural.broadcast:
        return this.tape.row(COPY, 0, place(row), place(a[row]!));
      case structural.take:
        return this.tape.row(
          kernelRow.take + ofValues,
          0,
          place(row),
          { address: this.places.of(a[row]!) },
          this.#indices(b[row]!, place),
          count(graph.lanes(a[row]!)),
        );
      case structural.segmentSum:
        return this.tape.row(
          kernelRow.segmentSum + ofValues,
          0,
          { address: this.places.of(row) },
          place(a[row]!),
          this.#indices(b[row]!, place),
          count(graph.lanes(row)),
        );
      case structural.cumsum:
        return this.tape.row(kernelRow.cumsum, 0, place(row), place(a[row]!), undefined, state());
      case structural.reverse:
        return this.tape.row(kernelRow.reverse, 0, place(row), { address: this.places.of(a[row]!) + 8 * (graph.lanes(row) - 1) });
      default:
        return this.tape.row(kernelRow.max + (code - structural.max), 0, state(), place(a[row]!));
    }
  }

  /** A row in memory as an operand: scalars broadcast, vectors move with the block. */
  #operand(row: Row): Place {
    return this.stages.lowered.graph.isScalar(row)
      ? { address: this.places.of(row), broadcast: true }
      : { address: this.places.of(row), advance: true };
  }

  /** Lane numbers as an operand; those of 32 bits move half as far a lane, which the kernel knows. */
  #indices(row: Row, place: (row: Row) => Place): Place {
    return this.stages.lowered.graph.isIndices(row) ? { address: this.places.of(row), advance: true } : place(row);
  }
}
