/** What must hold of a whole graph in an engine: every row follows from that engine's own operands. Checks return complaints that name the row. */
import { type Engine } from "../src/engines/engine.js";
import { type Graph, type Row } from "../src/graph/graph.js";
import { printGraph, printRow } from "../src/graph/print.js";
import { rowName } from "../src/ops/rows.js";
import { agrees } from "./checks.js";
import { programFor, runOnce } from "./engines.js";
import { evaluateRow, flowsOf, type Lanes, operandsAt, sweep, table } from "./oracle.js";

/** A graph, the scalar row to differentiate, and numbers for its leaves. */
export interface Case {
  readonly graph: Graph;
  readonly of: Row;
  readonly leaves: readonly ArrayLike<number>[];
}

const EPSILON = 2 ** -52;

/** Rows of numbers that an engine computes: all but lane numbers and placeholders. */
const rowsIn = ({ graph, of }: Case): Row[] =>
  Array.from({ length: of + 1 }, (_, row) => row).filter((row) => !graph.isIndices(row) && rowName(graph.op[row]!) !== "placeholder");

/** The numbers of every row in an engine, and with `adjoints` their adjoints. */
export function lanesIn(engine: Engine, given: Case, adjoints = false): Float64Array[] {
  const { graph, of, leaves } = given;
  const rows = rowsIn(given);
  const results = runOnce(engine, adjoints ? programFor(graph, [], of, rows) : programFor(graph, rows), leaves);
  const lanes: Float64Array[] = [];
  for (let row = 0; row <= of; row++) if (graph.isIndices(row)) lanes[row] = evaluateRow(table, graph, row, [], leaves);
  rows.forEach((row, i) => (lanes[row] = results[i]!));
  return lanes;
}

/** Whether two numbers are within a distance; NaN is within any of NaN, and −0 of 0. */
const within = (x: number, y: number, distance: number): boolean => Object.is(x, y) || x === y || Math.abs(x - y) <= distance;

/** How far the lane of a row that adds lanes may be from the right sum: ε a term, of the terms' sizes. */
function summingBound(graph: Graph, row: Row, values: Lanes): number | undefined {
  if (!["sum", "assemble", "cumsum", "segmentSum", "sumAxis", "cumsumAxis"].includes(rowName(graph.op[row]!))) return undefined;
  let [terms, size] = [0, 0];
  const operands = rowName(graph.op[row]!) === "segmentSum" ? 1 : graph.operandCount(row);
  for (let k = 0; k < operands; k++) for (const x of values[graph.operand(row, k)]!) [terms, size] = [terms + 1, size + Math.abs(x)];
  return terms * EPSILON * size;
}

/** Every value against its op's meaning at the engine's own operands. */
export function checkForward(engine: Engine, given: Case): string[] {
  const { graph, leaves } = given;
  const values = lanesIn(engine, given);
  return rowsIn(given).flatMap((row) => {
    const wanted = evaluateRow(table, graph, row, values, leaves);
    const distance = summingBound(graph, row, values);
    if (distance === Infinity || Number.isNaN(distance)) return [];
    const op = table[graph.op[row]!];
    const wrong = wanted.findIndex(
      (x, i) => !(op ? agrees(op, operandsAt(graph, row, values, i), x, values[row]![i]!) : within(x, values[row]![i]!, distance ?? 0)),
    );
    return wrong < 0 ? [] : [`${printRow(graph, row)}: expected ${wanted[wrong]}, got ${values[row]![wrong]} in lane ${wrong}`];
  });
}

/** Every adjoint against the sum of what its users contribute at the engine's own values and adjoints: within 8ε of the contributions' sizes. */
export function checkReverse(engine: Engine, given: Case): string[] {
  const { graph, of } = given;
  const values = lanesIn(engine, given);
  const adjoints = lanesIn(engine, given, true);
  const sums = adjoints.map((lanes, row) => ({
    lanes: lanes.map(() => Number(row === of)),
    sizes: lanes.map(() => Number(row === of)),
    users: new Set<string>(),
  }));
  for (let row = 0; row <= of; row++) {
    if (graph.isIndices(row)) continue;
    for (const { operand, lanes, sizes } of flowsOf(table, graph, row, values, adjoints[row]!)) {
      lanes.forEach((x, i) => (sums[operand]!.lanes[i]! += x));
      sizes.forEach((x, i) => (sums[operand]!.sizes[i]! += x));
      if (sizes.some((x) => x !== 0)) sums[operand]!.users.add(`%${row} ${rowName(graph.op[row]!)}`);
    }
  }
  return rowsIn(given).flatMap((row) => {
    const { lanes, sizes, users } = sums[row]!;
    const wrong = lanes.findIndex((x, i) => Number.isFinite(sizes[i]) && !within(x, adjoints[row]![i]!, 8 * EPSILON * sizes[i]! + 1e-300));
    return wrong < 0
      ? []
      : [
          `adjoint of ${printRow(graph, row)}: expected ${lanes[wrong]}, got ${adjoints[row]![wrong]} in lane ${wrong}, summed over its users ${[...users].join(", ")}`,
        ];
  });
}

/** The adjoints of a graph's rows by the oracle, and how far rounding may take an engine from them. */
export function adjointsWithBounds({ graph, of }: Case, values: Lanes): { adjoints: Float64Array[]; bounds: Float64Array[] } {
  const adjoints = sweep(graph, values, of);
  const bounds = adjoints.map((lanes) => lanes.map(() => 1e-290));
  for (let row = of; row >= 0; row--) {
    flowsOf(table, graph, row, values, adjoints[row]!).forEach(({ operand, sizes }) =>
      sizes.forEach((x, i) => (bounds[operand]![i]! += 32 * EPSILON * x)),
    );
    flowsOf(table, graph, row, values, bounds[row]!).forEach(({ operand, sizes }) => sizes.forEach((x, i) => (bounds[operand]![i]! += x)));
  }
  return { adjoints, bounds };
}

/** Throws the complaints with the graph, so that it can be pasted among the tests' cases. */
export function refuse(complaints: readonly string[], { graph, of, leaves }: Case): void {
  if (complaints.length === 0) return;
  const numbers = leaves.map((leaf) => `[${Array.from(leaf, String).join(", ")}]`).join(", ");
  const rows = printGraph(graph, [of])
    .split("\n")
    .slice(0, of + 1); // those after are of derivatives
  throw new Error(`${complaints.slice(0, 5).join("\n")}\n\n${rows.join("\n")}\nreturn %${of}\nleaves: [${numbers}]\n`);
}
