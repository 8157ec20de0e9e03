/** The reference engine: the pure-TypeScript tape. It defines the meaning, and is the baseline that the others are compared with. */
import { rules } from "../../passes/generated/rules.js";
import { forward, forwardLanes, reverse, reverseLanes, SUM, type Tape } from "./generated/sweeps.js";
import { type Graph, type Row } from "../../graph/graph.js";
import { sumLanes } from "../../ops/lanes.js";
import { activity } from "../../passes/activity.js";
import { type RowSet } from "../../graph/rowset.js";
import { withDerivatives } from "../../passes/derivatives.js";
import { expandedProgram } from "../../passes/expand.js";
import { reach } from "../../graph/reach.js";
import { isElementwise, isWhole, structural } from "../../ops/rows.js";
import { layout, type Program } from "../../trace/trace.js";
import { type EngineName, type Executable, leafOf, resultRows } from "../engine.js";
import { type Stretch, structuralStretch } from "./structural.js";

/** Whether a row is on the tape: elementwise, or a scalar that sums numbers wherever they lie. */
function isOnTape(graph: Graph, row: Row): boolean {
  const op = graph.op[row]!;
  return isElementwise(op) || op === structural.at || (op === structural.assemble && graph.isScalar(row));
}

/**
 * Where each row's numbers lie: inputs first, as their leaves have them, then constants, then the rest in recorded order, so that
 * consecutive rows of the tape lie one after the other.
 */
function positionsOf(program: Program, needed: RowSet): { positions: Int32Array; total: number } {
  const { graph } = program;
  const positions = new Int32Array(graph.length).fill(-1);
  let total = layout(program.inputs).doubles;
  const isConstant = (row: Row): boolean => graph.isConstant(row) || graph.op[row] === structural.vector;
  for (const constants of [true, false]) {
    for (let row = 0; row < graph.length; row++) {
      const op = graph.op[row]!;
      if (op === structural.input) positions[row] = leafOf(program, row).position + graph.b[row]!;
      else if (op === structural.indices) positions[row] = leafOf(program, row).position;
      else if (needed.has(row) && op !== structural.indexVector && isConstant(row) === constants) {
        positions[row] = total;
        total += graph.lanes(row);
      }
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

/** The operands that a row's adjoint flows to, as the tape has them. */
function maskOf(graph: Graph, row: Row, depends: RowSet): number {
  if (row >= depends.end) return 0;
  const partials = rules[graph.op[row]!];
  let mask = 0;
  for (let k = graph.operandCount(row) - 1; k >= 0; k--) {
    if (depends.has(graph.operand(row, k)) && partials?.[k] !== 0) mask |= partials ? 1 << k : 1;
  }
  return mask;
}

/** The tape of the rows that are needed, in recorded order. After the rows' numbers there is room to spread a row's scalar operands over its lanes. */
function recordTape(graph: Graph, rows: readonly Row[], positions: Int32Array, total: number, active: RowSet | undefined): Tape {
  const count = (row: Row): number => (isElementwise(graph.op[row]!) ? 0 : graph.operandCount(row));
  const columns = {
    op: new Uint8Array(rows.length),
    flows: new Uint8Array(rows.length),
    a: new Uint32Array(rows.length),
    b: new Uint32Array(rows.length),
    c: new Uint32Array(rows.length),
    terms: new Uint32Array(rows.reduce((length, row) => length + count(row), 0)),
  };
  const operands = [columns.a, columns.b, columns.c];
  let size = total;
  let term = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const op = graph.op[row]!;
    columns.flows[i] = active ? maskOf(graph, row, active) : 0;
    if (!isElementwise(op)) {
      columns.op[i] = SUM;
      columns.a[i] = term;
      columns.b[i] = count(row);
      const lane = op === structural.at ? graph.b[row]! : 0;
      for (const operand of graph.operands(row)) columns.terms[term++] = positions[operand]! + lane;
      continue;
    }
    columns.op[i] = op;
    let spread = total;
    for (let k = graph.operandCount(row) - 1; k >= 0; k--) {
      const operand = graph.operand(row, k);
      const isSpread = graph.isScalar(operand) && !graph.isScalar(row);
      operands[k]![i] = isSpread ? spread : positions[operand]!;
      if (isSpread) spread += graph.lanes(row);
    }
    size = Math.max(size, spread);
  }
  const swept = active ? size : 0;
  return { ...columns, value: new Float64Array(size), adjoint: new Float64Array(swept), live: new Uint8Array(swept) };
}

/** The stretch of `count` consecutive scalar rows of the tape. */
function scalarStretch(tape: Tape, first: number, count: number, v: number): Stretch {
  return { forward: () => forward(tape, first, count, v), reverse: () => reverse(tape, first, count, v) };
}

/**
 * The stretch of one row of the tape over its lanes. Scalar operands are spread over lanes first, and the adjoints of those lanes summed, in the
 * order that all reductions have.
 */
function lanesStretch(graph: Graph, row: Row, tape: Tape, entry: number, positions: Int32Array): Stretch {
  const v = positions[row]!;
  const end = v + graph.lanes(row);
  const spread = Array.from({ length: graph.operandCount(row) }, (_, k) => k).flatMap((k) => {
    if (!graph.isScalar(graph.operand(row, k))) return [];
    const at = [tape.a, tape.b, tape.c][k]![entry]!;
    const flows = (tape.flows[entry]! >> k) & 1;
    return [
      {
        from: positions[graph.operand(row, k)]!,
        flows,
        x: tape.value.subarray(at, at + end - v),
        gx: tape.adjoint.subarray(at, at + end - v),
        live: tape.live.subarray(at, at + end - v),
      },
    ];
  });
  return {
    forward() {
      for (const { x, from } of spread) x.fill(tape.value[from]!);
      forwardLanes(tape, entry, v, end);
    },
    reverse() {
      for (const { x, gx, live, from } of spread) {
        x.fill(tape.value[from]!);
        gx.fill(-0);
        live.fill(0);
      }
      reverseLanes(tape, entry, v, end);
      for (const { gx, live, from, flows } of spread) {
        if (!flows || !live.includes(1)) continue;
        tape.adjoint[from]! += sumLanes(gx);
        tape.live[from] = 1;
      }
    },
  };
}

/** The stretches of a run, in order: scalar rows that follow each other are one stretch. */
function stretchesOf(graph: Graph, needed: RowSet, positions: Int32Array, tape: Tape, indices: Int32Array): Stretch[] {
  const stretches: Stretch[] = [];
  let entry = 0;
  let run = 0;
  let v = 0;
  const close = (stretch?: Stretch): void => {
    if (entry > run) stretches.push(scalarStretch(tape, run, entry - run, v));
    if (stretch) stretches.push(stretch);
    run = entry;
  };
  for (let row = 0; row < graph.length; row++) {
    if (!needed.has(row)) continue;
    if (!isOnTape(graph, row)) {
      const stretch = structuralStretch(graph, row, positions, tape, indices);
      if (stretch) close(stretch);
    } else if (graph.isScalar(row)) {
      if (entry++ === run) v = positions[row]!;
    } else {
      close(lanesStretch(graph, row, tape, entry, positions));
      run = ++entry;
    }
  }
  close();
  return stretches;
}

/** A tape with where its rows' numbers lie, and the stretches that run it and sweep it back. */
export interface Sweep {
  readonly tape: Tape;
  readonly positions: Int32Array;
  readonly indices: Int32Array;
  readonly stretches: readonly Stretch[];
}

/** The tape of the rows that `results` need; its stretches can sweep back where there is an activity. Constants are filled in. */
function sweepOf(program: Program, results: readonly Row[], active: RowSet | undefined): Sweep {
  const { graph } = program;
  const needed = reach(graph, results);
  const { positions, total } = positionsOf(program, needed);
  const rows: Row[] = [];
  for (let row = 0; row < graph.length; row++) if (needed.has(row) && isOnTape(graph, row)) rows.push(row);
  const tape = recordTape(graph, rows, positions, total, active);
  fillConstants(graph, positions, tape.value);
  const indices = new Int32Array(layout(program.inputs).integers);
  return { tape, positions, indices, stretches: stretchesOf(graph, needed, positions, tape, indices) };
}

/** What the outputs marked `adjoint` are differentiated by. */
function activityOf({ graph, gradientOf, outputs }: Program): RowSet | undefined {
  if (gradientOf === undefined) return undefined;
  const parameters = outputs.flatMap((leaf) => (leaf.adjoint ? (leaf.rows as Row[]) : []));
  return activity(graph, [gradientOf], parameters);
}

/** Makes a tape, or so many cells of it, ready to be swept back: sums begin with their first term, which −0 leaves as it is. */
export function clearAdjoints({ adjoint, live }: Tape, cells = adjoint.length): void {
  adjoint.fill(-0, 0, cells);
  live.fill(0, 0, cells);
}

/** The adjoint at a position after a sweep back: 0 where nothing flowed. */
export const adjointAt = ({ adjoint, live }: Tape, at: number): number => (live[at] ? adjoint[at]! : 0);

/** Whether some row has a derivative of a user's. */
const callsCode = ({ rules, hosts }: Graph): boolean => rules.length + hosts.length > 0;

/** Whether some row has a derivative that is rows: of a user's, or of whole operands. */
export function hasRules(graph: Graph): boolean {
  if (callsCode(graph)) return true;
  for (let row = 0; row < graph.length; row++) if (isWhole(graph.op[row]!)) return true;
  return false;
}

/** A program that is swept: forward, and back where derivatives are asked for. Its inputs are the first numbers of the tape. */
export function sweptExecutable(
  engine: EngineName,
  program: Program,
  { tape, positions, indices, stretches }: Sweep,
  bytes: number,
): Executable {
  const { graph, gradientOf } = program;
  const outputs = new Float64Array(layout(program.outputs).doubles);
  const copies = program.outputs.flatMap((leaf) =>
    leaf.rows.map((row, k) => ({
      adjoint: leaf.adjoint,
      position: positions[row]!,
      lanes: graph.lanes(row),
      to: leaf.position + k,
    })),
  );
  return {
    inputs: tape.value.subarray(0, layout(program.inputs).doubles),
    indices,
    outputs,
    engine,
    bytes: bytes + outputs.byteLength + indices.byteLength,
    run() {
      for (const stretch of stretches) stretch.forward();
      if (gradientOf !== undefined) {
        clearAdjoints(tape);
        tape.adjoint[positions[gradientOf]!] = 1;
        tape.live[positions[gradientOf]!] = 1;
        for (let i = stretches.length - 1; i >= 0; i--) stretches[i]!.reverse();
      }
      for (const { adjoint, position, lanes, to } of copies)
        for (let i = 0; i < lanes; i++) outputs[to + i] = adjoint ? adjointAt(tape, position + i) : tape.value[position + i]!;
    },
  };
}

/** What is swept of a program: calls are what they call, and a rule that is rows cannot be swept. */
export function sweepable(program: Program): Program {
  const whole = expandedProgram(callsCode(program.graph) ? withDerivatives(program) : program);
  return hasRules(whole.graph) ? expandedProgram(withDerivatives(whole)) : whole;
}

/** Makes a program executable on the TypeScript tape: 8 bytes a number, 9 more for its adjoint, 14 a row. */
export function reference(given: Program): Executable {
  const program = sweepable(given);
  const sweep = sweepOf(program, resultRows(program), activityOf(program));
  const bytes = Object.values<ArrayBufferView>({ ...sweep.tape }).reduce((total, column) => total + column.byteLength, 0);
  return sweptExecutable("reference", program, sweep, bytes);
}
