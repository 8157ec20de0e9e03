/** The structural rows of a loop over lanes on the tape: what each begins with, is in the loop, and ends with. */
import { type Row } from "../../graph/graph.js";
import { byOpcode } from "../../ops/rows.js";
import { expandGrid } from "../../ops/shapes.js";
import { type LoopRow } from "../../ops/structural.js";
import { DOT } from "../plan/lower.js";
import { type Places } from "../plan/places.js";
import { type Stages } from "../plan/stages.js";
import { COPY, kernelRow } from "./rows.js";
import { type Place, type Tape } from "./tape.js";

/** A loop under construction, as its rows see it. */
export interface LoopContext {
  readonly stages: Stages;
  readonly places: Places;
  readonly tape: Tape;
  /** Where a row's lanes are found in the loop. */
  readonly place: (row: Row) => Place;
  /** The states of rows that carry something from block to block. */
  readonly states: Map<Row, number>;
  /** What is to follow the loops of the stage. */
  readonly after: (end: () => void) => void;
}

/** A structural row of a loop. */
interface LoopEmitter {
  /** Whether the row adds up lanes, so that it shares the states of sums. */
  readonly sums?: true;
  /** Prepares what the row accumulates into, before the loop. */
  begin?(context: LoopContext, row: Row): void;
  /** Appends the row itself. */
  emit(context: LoopContext, row: Row): void;
}

/** Lane numbers as an operand; those of 32 bits move half as far a lane, which the kernel knows. */
function indicesOf({ stages: { lowered }, places, place }: LoopContext, row: Row): Place {
  return lowered.graph.isIndices(row) ? { address: places.of(row), advance: true } : place(row);
}

/** 0 where lane numbers are of 32 bits, 1 where they are numbers. */
const ofValues = ({ stages: { lowered } }: LoopContext, row: Row): number => (lowered.graph.isIndices(lowered.b[row]!) ? 0 : 1);

const stateOf = ({ states }: LoopContext, row: Row): Place => ({ address: states.get(row)! });
const count = (lanes: number): Place => ({ address: lanes });

/** A row that keeps two numbers, which begin as `start`, and is `code` in the loop. */
const extreme = (code: kernelRow, start: number): LoopEmitter => ({
  begin({ places, tape, states }, row) {
    const address = places.arena.allocate(16);
    states.set(row, address);
    places.set(row, address);
    tape.row(COPY, 2, { address }, { address: places.arena.constant(start), broadcast: true });
  },
  emit(context, row) {
    context.tape.row(code, 0, stateOf(context, row), context.place(context.stages.lowered.a[row]!));
  },
});

const emitters: Readonly<Record<LoopRow, LoopEmitter>> = {
  sum: {
    sums: true,
    emit: (context, row) => context.tape.row(kernelRow.sum, 0, stateOf(context, row), context.place(context.stages.lowered.a[row]!)),
  },
  broadcast: {
    emit: ({ tape, place, stages: { lowered } }, row) => tape.row(COPY, 0, place(row), place(lowered.a[row]!)),
  },
  take: {
    emit(context, row) {
      const { tape, place, places, stages } = context;
      const { a, b, graph } = stages.lowered;
      const from = { address: places.of(a[row]!) };
      const code = kernelRow.take + ofValues(context, row);
      tape.row(code, 0, place(row), from, indicesOf(context, b[row]!), count(graph.lanes(a[row]!)));
    },
  },
  segmentSum: {
    begin({ tape, places, stages, after }, row) {
      const lanes = stages.lowered.graph.lanes(row);
      const place = { address: places.allocate(row) };
      tape.row(kernelRow.segmentBegin, lanes, place, place);
      after(() => tape.row(kernelRow.segmentEnd, lanes, place, place));
    },
    emit(context, row) {
      const { tape, place, places, stages } = context;
      const { a, b, graph } = stages.lowered;
      const to = { address: places.of(row) };
      const code = kernelRow.segmentSum + ofValues(context, row);
      tape.row(code, 0, to, place(a[row]!), indicesOf(context, b[row]!), count(graph.lanes(row)));
    },
  },
  cumsum: {
    begin({ places, tape, states }, row) {
      const address = places.arena.allocate(16);
      states.set(row, address);
      tape.row(COPY, 1, { address }, { address: places.arena.constant(-0), broadcast: true });
    },
    emit(context, row) {
      const { tape, place, stages } = context;
      tape.row(kernelRow.cumsum, 0, place(row), place(stages.lowered.a[row]!), undefined, stateOf(context, row));
    },
  },
  reverse: {
    emit({ tape, place, places, stages: { lowered } }, row) {
      const last = places.of(lowered.a[row]!) + 8 * (lowered.graph.lanes(row) - 1);
      tape.row(kernelRow.reverse, 0, place(row), { address: last });
    },
  },
  expand: {
    emit({ tape, place, places, stages: { lowered } }, row) {
      const { sizes, steps } = expandGrid(lowered.graph.sizes(lowered.a[row]!), lowered.graph.sizes(row));
      const grid = places.arena.hold(Uint32Array.of(sizes[1], sizes[2], ...steps));
      tape.row(kernelRow.grid, 0, place(row), { address: places.of(lowered.a[row]!) }, { address: grid });
    },
  },
  max: extreme(kernelRow.max, -Infinity),
  min: extreme(kernelRow.min, Infinity),
  argmax: extreme(kernelRow.argmax, -1),
  argmin: extreme(kernelRow.argmin, -1),
};

/** A fused sum of products. */
const dot: LoopEmitter = {
  sums: true,
  emit(context, row) {
    const { a, b } = context.stages.lowered;
    context.tape.row(kernelRow.dot, 0, stateOf(context, row), context.place(a[row]!), context.place(b[row]!));
  },
};

const emittersByOpcode = byOpcode(emitters);

/** The emitter of a loop's row that is not elementwise. */
export const emitterOf = (op: number): LoopEmitter => (op === DOT ? dot : emittersByOpcode[op]!);
