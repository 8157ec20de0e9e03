/** Loops as engines run them: a body as a program, what each parameter of it is, and what becomes of each result. */
import { type Row } from "../../graph/graph.js";
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
  readonly sums: readonly Given[];
  readonly stages: Stages;
  readonly places: Places;
}

/** The loop that a row is, its body lowered, its memory taken from the arena. */
export function stepsOf(outer: Lowered, row: Row, lower: (program: WholeProgram) => Lowered, arena: Arena): PlannedSteps {
  const { graph, alias } = outer;
  const loop = graph.loopOf(row);
  const { length, reverse, consts, carries, writes, parts } = loop;
  const program = programOfBody(loop.body);
  const stages = new Stages(lower(program));
  const taken = program.inputs.slice(0, loop.takes.length).map(({ lanes, row: parameter }, k): Taken => {
    const { shape, indices } = loop.body.takes[k]!;
    return { parameter, operand: alias[graph.operand(row, k)]!, lanes, scalar: shape.length === 0, indices };
  });
  const given = stages.lowered.results.map((result, k): Given => {
    const { lanes, scalar } = loop.body.parts[k]!;
    return { result, lane: parts[k]!.start, lanes, scalar };
  });
  const written = given.slice(carries);
  return {
    length,
    reverse,
    consts: taken.slice(0, consts),
    carries: taken.slice(consts, consts + carries).map((each, k) => ({ ...each, ...given[k]! })),
    slices: taken.slice(consts + carries),
    number: program.inputs[loop.takes.length]?.row,
    stacks: written.filter((_, k) => writes[k] === "stack"),
    sums: written.filter((_, k) => writes[k] === "sum"),
    stages,
    places: new Places(undefined, stages, arena),
  };
}
