/** Checks that a graph is well formed, so that no engine can be made to read or write outside its memory. */
import { GraphError } from "../errors.js";
import { factsOf } from "./facts.js";
import { type Graph, type Row, SCALAR } from "./graph.js";
import { printRow } from "./print.js";
import { isElementwise, isPooled, rowCount, rowName, structural, structuralOf } from "../ops/rows.js";

/**
 * Checks every row: known opcode, operands before their users, shapes that fit the op, positions inside their vectors.
 * @throws GraphError that names the first row in which something is wrong.
 */
export function verify(graph: Graph, results: readonly Row[] = []): void {
  for (const row of results) {
    graph.checkRow(row, "verify");
    if (graph.isIndices(row)) throw new GraphError(`verify: expected numbers among the results, got lane numbers in row ${row}`);
  }
  const leaves = new Map<number, Row>();
  for (let row = 0; row < graph.length; row++) {
    const problem =
      operandsProblem(graph, row) ??
      leafProblem(graph, row, leaves) ??
      (isElementwise(graph.op[row]!) ? elementwiseProblem(graph, row) : structuralProblem(graph, row));
    if (problem !== undefined)
      throw new GraphError(
        `verify: ${problem} in row ${row}, ${rowName(graph.op[row]!)}${problem.includes("operand") ? "" : ` (${printRow(graph, row)})`}`,
      );
  }
}

function operandsProblem(graph: Graph, row: Row): string | undefined {
  if (graph.op[row]! >= rowCount) return `expected a known opcode, got ${graph.op[row]}`;
  if (isPooled(graph.op[row]!)) {
    const start = graph.a[row]!;
    const count = graph.b[row]!;
    if (!(start >= 0 && count >= 1 && start + 2 * count <= graph.poolLength))
      return `expected pieces inside the pool, got ${count} from ${start}`;
  }
  for (let k = graph.operandCount(row) - 1; k >= 0; k--) {
    const operand = graph.operand(row, k);
    if (!(operand >= 0 && operand < row)) return `expected operand ${k} to be an earlier row, got %${operand}`;
  }
  return undefined;
}

/** A leaf is one thing: a vector, lane numbers, or numbers; `leaves` has the first row of each. */
function leafProblem(graph: Graph, row: Row, leaves: Map<number, Row>): string | undefined {
  const op = graph.op[row]!;
  if (op !== structural.input && op !== structural.indices) return undefined;
  const leaf = graph.a[row]!;
  const first = leaves.get(leaf) ?? row;
  leaves.set(leaf, first);
  return graph.op[first] === op && graph.shape[first] === graph.shape[row]
    ? undefined
    : `expected leaf ${leaf} to be what it is in row ${first} (${printRow(graph, first)})`;
}

function elementwiseProblem(graph: Graph, row: Row): string | undefined {
  let shape = SCALAR;
  for (let k = graph.operandCount(row) - 1; k >= 0; k--) {
    const operand = graph.operand(row, k);
    if (graph.isIndices(operand)) return "expected numbers, got lane numbers";
    const other = graph.shape[operand]!;
    if (other === SCALAR) continue;
    if (shape !== SCALAR && shape !== other) return "expected vectors of one length";
    shape = other;
  }
  return shape === graph.shape[row] ? undefined : "expected the shape its inputs have together";
}

/** What a structural row needs and lacks, by its definition. */
function structuralProblem(graph: Graph, row: Row): string | undefined {
  const lacks = structuralOf(graph.op[row]!).needs(factsOf(graph, row));
  return lacks === undefined ? undefined : `expected ${lacks}`;
}
