/** The tape engine: a program's rows on a tape as they were recorded, swept by the kernel; the reference engine is its twin in TypeScript. */
import { type RowSet } from "../../graph/rowset.js";
import { type Graph } from "../../graph/graph.js";
import { reach } from "../../graph/reach.js";
import { isElementwise, structural } from "../../ops/rows.js";
import { layout, type Program } from "../../trace/trace.js";
import { type Executable, resultRows } from "../engine.js";
import { sweepable, sweptExecutable } from "../reference/reference.js";
import { type Counts, KernelTape } from "./memory.js";
import { sweepIn } from "./sweeps.js";
import { TapeWriter } from "./writer.js";

/** At least as much as the rows that are needed take, numbers that are spread over lanes included. */
function roomFor(graph: Graph, needed: RowSet, inputs: number): Counts {
  let lanes = 0;
  let spread = 0;
  let terms = 0;
  for (let row = 0; row < graph.length; row++) {
    if (!needed.has(row)) continue;
    lanes += graph.lanes(row);
    if (!graph.isScalar(row) && isElementwise(graph.op[row]!))
      for (const operand of graph.operands(row)) if (graph.isScalar(operand)) spread += graph.lanes(row);
    if (graph.op[row] === structural.assemble && graph.isScalar(row)) terms += graph.operandCount(row);
  }
  return { row: lanes, cell: inputs + lanes + spread, term: terms };
}

/** 1 for the rows whose adjoints are among the outputs. */
function parametersOf({ graph, outputs }: Program): Uint8Array {
  const parameters = new Uint8Array(graph.length);
  for (const { adjoint, rows } of outputs) if (adjoint) for (const row of rows) parameters[row] = 1;
  return parameters;
}

/**
 * Makes a program executable on a tape in a WebAssembly memory of its own: 8 bytes a number, 9 more for its adjoint, 14 a row and lane.
 * @throws OutOfMemoryError where that memory cannot be had.
 */
export function tape(given: Program): Executable {
  const program = sweepable(given);
  const { graph } = program;
  const { positions, doubles, integers } = layout(program.inputs);
  const memory = new KernelTape("compile");
  const needed = reach(graph, resultRows(program));
  memory.fix(roomFor(graph, needed, doubles), program.gradientOf !== undefined);
  const writer = new TapeWriter({ graph, memory, inputs: doubles, leaves: positions, parameters: parametersOf(program), needed });
  writer.write(graph.length);
  return sweptExecutable("tape", program, sweepIn(memory, writer, new Int32Array(integers)), memory.bytes);
}
