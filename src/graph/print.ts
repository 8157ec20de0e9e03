/** Graphs as text, one row a line: `%3 = mul %0 %2 : [1000]`. parse.ts reads it back. */
import { type Graph, type Row } from "./graph.js";
import { arity, attributeNames } from "../ops/generated/table.js";
import { rowName, structural } from "../ops/structural.js";

const numbers = (values: Iterable<number>): string =>
  `[${Array.from(values, (value) => (Object.is(value, -0) ? "-0" : String(value))).join(", ")}]`;

function attributes(graph: Graph, row: Row): string {
  const op = graph.op[row]!;
  if (op === structural.constant) {
    const value = graph.constantOf(row);
    return ` ${Object.is(value, -0) ? "-0" : value}`;
  }
  if (op === structural.vector || op === structural.indexVector) return ` ${numbers(graph.vectors[graph.a[row]!]!)}`;
  if (op === structural.assemble)
    return Array.from({ length: graph.operandCount(row) }, (_, k) => ` %${graph.operand(row, k)}@${graph.pieceOffset(row, k)}`).join("");
  const columns = [graph.a[row]!, graph.b[row]!, graph.c[row]!];
  return (attributeNames[op] ?? []).map((name, i) => ` ${name}=${columns[arity[op]! + i]}`).join("");
}

/** A row as text, its operands by number. */
export function printRow(graph: Graph, row: Row): string {
  let text = `%${row} = ${rowName(graph.op[row]!)}`;
  if (graph.op[row] === structural.custom) text += ` ${graph.rules[graph.c[row]!]!.name}`;
  if (graph.op[row] === structural.host) text += ` ${graph.hosts[graph.c[row]!]!.name}`;
  if (graph.op[row] !== structural.assemble) for (let k = 0; k < graph.operandCount(row); k++) text += ` %${graph.operand(row, k)}`;
  return `${text}${attributes(graph, row)}${graph.isScalar(row) ? "" : ` : [${graph.lanes(row)}]`}`;
}

/** A graph as text, with the rows that are its results in a last line. */
export function printGraph(graph: Graph, results: readonly Row[]): string {
  const lines: string[] = [];
  for (let row = 0; row < graph.length; row++) lines.push(printRow(graph, row));
  lines.push(`return ${results.map((row) => `%${row}`).join(" ")}`);
  return `${lines.join("\n")}\n`;
}
