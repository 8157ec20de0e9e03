/** Loops as engines run them: a body as a program, what each parameter of it is, and what becomes of each result. */
import { type Body, type Row } from "../../graph/graph.js";
import { type Part } from "../../graph/parts.js";
import { structural } from "../../ops/rows.js";
import { type WholeProgram } from "../../trace/trace.js";
import { type Arena } from "./arena.js";
import { programOfBody } from "./bodies.js";
import { type Lowered } from "./lower.js";
import { Places } from "./places.js";
import { Stages } from "./stages.js";

/** A parameter of the body, and the operand of the loop that it is, or is a slice of. */
export interface Taken {
  readonly parameter: Row;
  readonly operand: Row;
  readonly lanes: number;
  readonly scalar: boolean;
  readonly indices: boolean;
}

/** A result of the body, and the lane of the loop's row where the part begins that is made of it. */
interface Given {
  readonly result: Row;
  readonly lane: number;
  readonly lanes: number;
  readonly scalar: boolean;
}

/** What is added to a sum: to lanes from one on, or, where it says so, to the one of so many lanes from there on that an index names. */
export interface Share extends Given {
  readonly at: { readonly index: Row; readonly lanes: number } | undefined;
}

/** A row of the body that is added from a lane on, or to the one of `count` lanes that `index` names. */
interface Added {
  readonly row: Row;
  readonly lane: number;
  readonly index?: Row;
  readonly count?: number;
}

/** Of a vector that is put together of more pieces the whole is added. */
const MOST_PIECES = 8;

/** What the step before gave: the parameter, which is the operand at first, and the result. */
export interface Carry extends Taken, Given {}

/** A loop. Operands are rows of the graph that it is in, parameters and results rows of the body. */
export interface PlannedSteps {
  readonly length: number;
  readonly reverse: boolean;
  readonly consts: readonly Taken[];
  readonly carries: readonly Carry[];
  readonly slices: readonly Taken[];
  /** The parameter that is the number of the slice, if there is one. */
  readonly number: Row | undefined;
  readonly stacks: readonly Given[];
  /** What a step adds, and to which lanes. */
  readonly sums: readonly Share[];
  /** The lanes that are summed up, 0 at first. */
  readonly totals: readonly { readonly lane: number; readonly lanes: number }[];
  readonly stages: Stages;
  readonly places: Places;
}

/** What a step adds to a part that sums: a result of the body, to all of the part or, of a vector that is 0 elsewhere, to the lanes where it is not. */
function sharesOf({ graph, results }: Body, k: number, { start, lanes }: Part): readonly Added[] {
  const row = results[k]!;
  const whole = { row, lane: start };
  if (graph.isScalar(row)) return [whole];
  if (graph.op[row] === structural.segmentSum) {
    const [value, index] = graph.operands(row) as [Row, Row];
    return graph.lanes(value) === 1 ? [{ row: value, lane: start, index, count: lanes }] : [whole];
  }
  if (graph.op[row] !== structural.assemble) return [whole];
  const pieces = graph
    .operands(row)
    .map((piece, i) => ({ row: piece, lane: start + graph.pieceOffset(row, i), lanes: graph.lanes(piece) }));
  const ordered = [...pieces].sort((x, y) => x.lane - y.lane);
  const areApart = ordered.every(({ lane }, i) => i === 0 || ordered[i - 1]!.lane + ordered[i - 1]!.lanes <= lane);
  const filled = pieces.reduce((total, { lanes }) => total + lanes, 0);
  return areApart && pieces.length <= MOST_PIECES && 2 * filled <= lanes ? pieces : [whole];
}

/** The loop that a row is, its body lowered, its memory taken from the arena. */
export function stepsOf(outer: Lowered, row: Row, lower: (program: WholeProgram) => Lowered, arena: Arena): PlannedSteps {
  const { graph, alias } = outer;
  const loop = graph.loopOf(row);
  const { length, reverse, consts, carries, writes, parts, body } = loop;
  const program = programOfBody(body);
  const results = body.results.flatMap((row, k): Added[] =>
    writes[k - carries] === "sum" ? [...sharesOf(body, k, parts[k]!)] : [{ row, lane: parts[k]!.start }],
  );
  const sources = [...results.map(({ row }) => row), ...results.flatMap(({ index }) => index ?? [])];
  const stages = new Stages(lower({ ...program, outputs: [{ ...program.outputs[0]!, rows: sources }] }));
  const taken = program.inputs.slice(0, loop.takes.length).map(({ lanes, row: parameter }, k): Taken => {
    const { shape, indices } = body.takes[k]!;
    return { parameter, operand: alias[graph.operand(row, k)]!, lanes, scalar: shape.length === 0, indices };
  });
  let indices = results.length;
  const given = results.map(({ row, lane, index, count }, k): Share => {
    const result = stages.lowered.results[k]!;
    const to = index === undefined ? undefined : { index: stages.lowered.results[indices++]!, lanes: count! };
    return { result, lane, lanes: body.graph.lanes(row), scalar: body.graph.isScalar(row), at: to };
  });
  const isSum = new Set(parts.flatMap(({ start }, k) => (writes[k - carries] === "sum" ? [start] : [])));
  const partOf = (lane: number): number => parts[parts.filter(({ start }) => start <= lane).length - 1]!.start;
  const written = given.slice(carries);
  return {
    length,
    reverse,
    consts: taken.slice(0, consts),
    carries: taken.slice(consts, consts + carries).map((each, k) => ({ ...each, ...given[k]! })),
    slices: taken.slice(consts + carries),
    number: program.inputs[loop.takes.length]?.row,
    stacks: written.filter(({ lane }) => !isSum.has(partOf(lane))),
    sums: written.filter(({ lane }) => isSum.has(partOf(lane))),
    totals: parts.filter((_, k) => writes[k - carries] === "sum").map(({ start, lanes }) => ({ lane: start, lanes })),
    stages,
    places: new Places(undefined, stages, arena),
  };
}
