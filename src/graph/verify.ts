/** Checks that a graph is well formed, so that no engine can be made to read or write outside its memory. */
import { GraphError } from "../errors.js";
import { factsOf } from "./facts.js";
import { partAt } from "./parts.js";
import { loopProblem } from "./loop.js";
import { type Body, type Graph, type Row, SCALAR } from "./graph.js";
import { bodiesOf, printRow } from "./print.js";
import { isElementwise, isPooled, ownsBodies, rowCount, rowName, structural, structuralOf } from "../ops/rows.js";

/**
 * Checks every row: known opcode, operands before their users, shapes that fit the op, positions inside their vectors.
 * @throws GraphError that names the first row in which something is wrong.
 */
export function verify(graph: Graph, results: readonly Row[] = []): void {
  for (const row of results) {
    graph.checkRow(row, "verify");
    if (graph.isIndices(row)) throw new GraphError(`verify: expected numbers among the results, got lane numbers in row ${row}`);
    if (ownsBodies(graph.op[row]!))
      throw new GraphError(`verify: expected parts of a ${rowName(graph.op[row]!)} among the results, got row ${row} as a whole`);
  }
  for (const body of bodiesOf(graph)) verifyBody(body);
  verifyRows(graph);
}

/** Checks a body's parameters beside its rows. */
function verifyBody({ name, graph, parameters, results }: Body): void {
  const given = new Set(parameters);
  if (given.size < parameters.length)
    throw new GraphError(`verify: expected each parameter of body ${name} once, got ${parameters.join(", ")}`);
  for (let row = 0; row < graph.length; row++) {
    const op = graph.op[row]!;
    const isParameter = op === structural.placeholder || op === structural.indices;
    if (op === structural.input || isParameter !== given.has(row))
      throw new GraphError(`verify: expected the parameters of body ${name} to be its placeholders and lane numbers, got row ${row} (${printRow(graph, row)})`); // prettier-ignore
  }
  for (const row of results)
    if (graph.isIndices(row) || ownsBodies(graph.op[row]!))
      throw new GraphError(`verify: expected numbers among the results of body ${name}, got row ${row} (${printRow(graph, row)})`);
  verifyRows(graph);
}

function verifyRows(graph: Graph): void {
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
    if (ownsBodies(graph.op[operand]!) && !readsPart(graph, row))
      return `expected a part of operand ${k}, a ${rowName(graph.op[operand]!)}, to be read by at or slice`;
  }
  return undefined;
}

/** Whether a row reads lanes of one part of its first operand, which owns bodies. */
function readsPart(graph: Graph, row: Row): boolean {
  const [of, start] = [graph.a[row]!, graph.b[row]!];
  if (graph.op[row] !== structural.at && graph.op[row] !== structural.slice) return false;
  const owned = graph.bodies[graph.c[of]!];
  const part = owned?.parts[partAt(owned, start)];
  return part !== undefined && start >= part.start && start + graph.lanes(row) <= part.start + part.lanes;
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
    if (shape !== SCALAR && shape !== other) return "expected operands of one shape";
    shape = other;
  }
  return shape === graph.shape[row] ? undefined : "expected the shape its inputs have together";
}

/** What a structural row needs and lacks, by its definition. */
function structuralProblem(graph: Graph, row: Row): string | undefined {
  const owned = ownsBodies(graph.op[row]!) ? graph.owned(row) : undefined;
  const lacks =
    (owned?.kind === "loop" ? loopProblem(owned.body, owned) : undefined) ?? structuralOf(graph.op[row]!).needs(factsOf(graph, row));
  return lacks === undefined ? undefined : `expected ${lacks}`;
}
