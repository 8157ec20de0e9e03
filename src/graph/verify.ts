/** Checks that a graph is well formed, so that no engine can be made to read or write outside its memory. */
import { GraphError } from "../errors.js";
import { type Graph, type Row, SCALAR } from "./graph.js";
import { printRow } from "./print.js";
import { isElementwise, isPooled, rowName, structural } from "../ops/structural.js";

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
      (isElementwise(graph.op[row]!) || graph.op[row] === structural.host ? elementwiseProblem(graph, row) : structuralProblem(graph, row));
    if (problem !== undefined)
      throw new GraphError(
        `verify: ${problem} in row ${row}, ${rowName(graph.op[row]!)}${problem.includes("operand") ? "" : ` (${printRow(graph, row)})`}`,
      );
  }
}

function operandsProblem(graph: Graph, row: Row): string | undefined {
  if (graph.op[row]! > structural.host) return `expected a known opcode, got ${graph.op[row]}`;
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

/** What must hold of a structural row: a condition and its name. */
function structuralProblem(graph: Graph, row: Row): string | undefined {
  const a = graph.a[row]!;
  const b = graph.b[row]!;
  const scalar = graph.isScalar(row);
  const lanes = graph.lanes(row);
  const vector = (operand: Row): boolean => !graph.isScalar(operand) && !graph.isIndices(operand);
  const check = (holds: boolean, expected: string): string | undefined => (holds ? undefined : `expected ${expected}`);
  switch (graph.op[row]) {
    case structural.input:
      return check(a >= 0 && b >= 0 && (scalar || b === 0), "a leaf and an offset from 0, which is 0 of a vector");
    case structural.placeholder:
      return undefined;
    case structural.constant:
      return check(scalar && a >= 0 && a < graph.constants.length, "a scalar among the constants");
    case structural.vector:
      return check(
        graph.vectors[a] instanceof Float64Array && graph.vectors[a].length === lanes && !scalar,
        "a constant vector of its length",
      );
    case structural.indices:
      return check(a >= 0 && !scalar, "a leaf from 0 and a vector shape");
    case structural.indexVector:
      return check(
        graph.vectors[a] instanceof Int32Array && graph.vectors[a].length === lanes && !scalar,
        "constant lane numbers of its length",
      );
    case structural.broadcast:
      return check(graph.isScalar(a) && !scalar, "a scalar into a vector");
    case structural.at:
      return check(vector(a) && scalar && b >= 0 && b < graph.lanes(a), "a lane of a vector");
    case structural.slice:
      return check(vector(a) && !scalar && b >= 0 && b + lanes <= graph.lanes(a), "lanes of a vector");
    case structural.assemble:
      return piecesProblem(graph, row);
    case structural.custom:
      return check(
        graph.shape[graph.operand(row, 0)] === graph.shape[row] && graph.rules[graph.c[row]!] !== undefined,
        "a rule and a value of its shape",
      );
    case structural.take:
      return (
        check(vector(a) && !graph.isScalar(b) && lanes === graph.lanes(b) && !scalar, "lanes of a vector, as many as lane numbers") ??
        indexProblem(graph, b, graph.lanes(a))
      );
    case structural.segmentSum:
      return (
        check(vector(a) && !graph.isScalar(b) && graph.lanes(a) === graph.lanes(b) && !scalar, "a lane number for each lane") ??
        indexProblem(graph, b, lanes)
      );
    case structural.cumsum:
    case structural.reverse:
      return check(vector(a) && graph.shape[a] === graph.shape[row], "a vector of its shape");
    default:
      return check(vector(a) && scalar, "a vector into a scalar");
  }
}

function indexProblem(graph: Graph, indices: Row, lanes: number): string | undefined {
  if (graph.op[indices] !== structural.indexVector) return undefined;
  const bad = graph.vectors[graph.a[indices]!]!.findIndex((index) => index < 0 || index >= lanes);
  return bad < 0 ? undefined : `expected lane numbers from 0 to ${lanes - 1}, got ${graph.vectors[graph.a[indices]!]![bad]} in lane ${bad}`;
}

function piecesProblem(graph: Graph, row: Row): string | undefined {
  const lanes = graph.lanes(row);
  for (let k = graph.operandCount(row) - 1; k >= 0; k--) {
    const piece = graph.operand(row, k);
    const offset = graph.pieceOffset(row, k);
    if (graph.isIndices(piece)) return "expected numbers, got lane numbers";
    if (graph.isScalar(row) && !graph.isScalar(piece)) return "expected scalar pieces in a scalar";
    if (!(offset >= 0 && offset + graph.lanes(piece) <= lanes)) return `expected piece ${k} inside ${lanes} lanes, got it at ${offset}`;
  }
  return undefined;
}
