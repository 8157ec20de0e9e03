/** The reference engine: the pure-TypeScript tape. It defines the meaning, and is the baseline that the others are compared with. */
import { forward, reverse, type Steps, type Tape } from "../generated/sweeps.js";
import { arity } from "../generated/table.js";
import { type Graph, type Row } from "../graph.js";
import { activity } from "../passes/differentiate.js";
import { reach } from "../passes/reach.js";
import { isElementwise, structural } from "../structural.js";
import { layout, type Program } from "../trace.js";
import { type Executable, leafOf, resultRows } from "./engine.js";
import { type Step, structuralStep } from "./structural.js";

/** Consecutive scalar rows, or one row's lanes, that a sweep takes in one call. */
function elementwiseStep(tape: Tape, first: number, count: number, steps?: Steps): Step {
  const scalar: Steps = [0, 0, 0, 0];
  if (steps) return { forward: () => forward(tape, first, count, 0, steps), reverse: () => reverse(tape, first, count, 0, steps) };
  return { forward: () => forward(tape, first, count, 1, scalar), reverse: () => reverse(tape, first + count - 1, count, -1, scalar) };
}

/** Where each row's numbers lie in the tape's values: inputs first, as their leaves have them, then the rest in recorded order. */
function positionsOf(program: Program, needed: Uint8Array): { positions: Int32Array; total: number } {
  const { graph } = program;
  const positions = new Int32Array(graph.length).fill(-1);
  let total = layout(program.inputs).doubles;
  for (let row = 0; row < graph.length; row++) {
    const op = graph.op[row]!;
    if (op === structural.input) positions[row] = leafOf(program, row).position + graph.b[row]!;
    else if (op === structural.indices) positions[row] = leafOf(program, row).position;
    else if (needed[row]) {
      positions[row] = total;
      total += graph.lanes(row);
    }
  }
  return { positions, total };
}

/** Writes the constants into the values. */
function fillConstants(graph: Graph, positions: Int32Array, value: Float64Array): void {
  for (let row = 0; row < positions.length; row++) {
    if (positions[row]! < 0) continue;
    if (graph.op[row] === structural.constant) value[positions[row]!] = graph.constantOf(row);
    else if (graph.op[row] === structural.vector) value.set(graph.vectors[graph.a[row]!]!, positions[row]);
  }
}

/** The tape's columns: the elementwise rows that are needed, in recorded order. */
function recordTape(graph: Graph, rows: readonly Row[], positions: Int32Array, total: number, gradientOf: Row | undefined, parameters: Iterable<Row>): Tape {
  const column = (of: (row: Row) => number): Int32Array => Int32Array.from(rows, of);
  const operand = (k: number) => (row: Row) => (k < arity[graph.op[row]!]! ? positions[graph.operand(row, k)]! : 0);
  const mask = new Uint8Array(rows.length);
  if (gradientOf !== undefined) {
    const { depends, guarded } = activity(graph, gradientOf, parameters);
    for (const [i, row] of rows.entries()) {
      if (row > gradientOf) continue;
      for (let k = graph.operandCount(row) - 1; k >= 0; k--) mask[i] = mask[i]! | (depends[graph.operand(row, k)]! << k);
      mask[i] = mask[i]! | (guarded[row]! << 3);
    }
  }
  return {
    op: Uint8Array.from(rows, (row) => graph.op[row]!),
    v: column((row) => positions[row]!),
    a: column(operand(0)),
    b: column(operand(1)),
    c: column(operand(2)),
    mask,
    value: new Float64Array(total),
    adjoint: new Float64Array(gradientOf === undefined ? 0 : total),
  };
}

/** The steps of a run, in order: scalar rows that follow each other are one step. */
function stepsOf(program: Program, needed: Uint8Array, positions: Int32Array, tape: Tape, indices: Int32Array): Step[] {
  const { graph } = program;
  const steps: Step[] = [];
  let entry = 0;
  let run = 0;
  const close = (): void => {
    if (entry > run) steps.push(elementwiseStep(tape, run, entry - run));
    run = entry;
  };
  for (let row = 0; row < graph.length; row++) {
    if (!needed[row]) continue;
    if (!isElementwise(graph.op[row]!)) {
      const step = structuralStep(graph, row, positions, tape, indices);
      if (step) {
        close();
        steps.push(step);
      }
    } else if (graph.isScalar(row)) entry++;
    else {
      close();
      const move = [0, 1, 2].map((k) => (k < graph.operandCount(row) && !graph.isScalar(graph.operand(row, k)) ? 1 : 0));
      steps.push(elementwiseStep(tape, entry++, graph.lanes(row), [1, move[0]!, move[1]!, move[2]!]));
      run = entry;
    }
  }
  close();
  return steps;
}

/** Makes a program executable on the TypeScript tape: 8 bytes a number and as many for adjoints, 18 a row. */
export function reference(program: Program): Executable {
  const { graph, gradientOf } = program;
  const needed = reach(graph, resultRows(program));
  const { positions, total } = positionsOf(program, needed);
  const rows: Row[] = [];
  for (let row = 0; row < graph.length; row++) if (needed[row] && isElementwise(graph.op[row]!)) rows.push(row);
  const parameters = program.outputs.flatMap((leaf) => (leaf.adjoint ? (leaf.rows as Row[]) : []));
  const tape = recordTape(graph, rows, positions, total, gradientOf, parameters);
  fillConstants(graph, positions, tape.value);
  const { doubles, integers } = layout(program.inputs);
  const indices = new Int32Array(integers);
  const steps = stepsOf(program, needed, positions, tape, indices);
  const outputs = new Float64Array(layout(program.outputs).doubles);
  const copies = program.outputs.flatMap((leaf) =>
    leaf.rows.map((row, k) => ({ from: leaf.adjoint ? tape.adjoint : tape.value, position: positions[row]!, lanes: graph.lanes(row), to: leaf.position + k })),
  );
  return {
    inputs: tape.value.subarray(0, doubles),
    indices,
    outputs,
    bytes: tape.value.byteLength + tape.adjoint.byteLength + outputs.byteLength + indices.byteLength + 18 * rows.length,
    run() {
      for (const step of steps) step.forward();
      if (gradientOf !== undefined) {
        tape.adjoint.fill(0);
        tape.adjoint[positions[gradientOf]!] = 1;
        for (let i = steps.length - 1; i >= 0; i--) steps[i]!.reverse();
      }
      for (const { from, position, lanes, to } of copies) for (let i = 0; i < lanes; i++) outputs[to + i] = from[position + i]!;
    },
    dispose() {
      steps.length = 0;
    },
  };
}
