/** Graphs as text, one row a line: `%3 = mul %0 %2 : [1000]`. parse.ts reads it back. */
import { type Body, type Graph, type Owned, type Row } from "./graph.js";
import { arity, attributeNames } from "../ops/generated/table.js";
import { ownsBodies, rowName, structural } from "../ops/rows.js";
import { shapeText } from "../ops/shapes.js";

const numbers = (values: Iterable<number>): string =>
  `[${Array.from(values, (value) => (Object.is(value, -0) ? "-0" : String(value))).join(", ")}]`;

/** Numbers for bodies; those of the graph by default. */
type Numbering = (body: Body) => number | undefined;

function attributes(graph: Graph, row: Row, numberOf: Numbering): string {
  const op = graph.op[row]!;
  if (op === structural.constant) {
    const value = graph.constantOf(row);
    return ` ${Object.is(value, -0) ? "-0" : value}`;
  }
  if (op === structural.vector || op === structural.indexVector) return ` ${numbers(graph.vectors[graph.a[row]!]!)}`;
  if (op === structural.assemble)
    return Array.from({ length: graph.operandCount(row) }, (_, k) => ` %${graph.operand(row, k)}@${graph.pieceOffset(row, k)}`).join("");
  if (ownsBodies(op)) return ownedText(graph.owned(row), numberOf, graph.c[row]!);
  const columns = [graph.a[row]!, graph.b[row]!, graph.c[row]!];
  return (attributeNames[op] ?? []).map((name, i) => ` ${name}=${columns[arity[op]! + i]}`).join("");
}

/** What a row owns. */
function ownedText(owned: Owned, numberOf: Numbering, otherwise: number): string {
  if (owned.kind === "body") return ` body=${numberOf(owned) ?? otherwise}`;
  const { body, length, reverse, consts, carries, numbered, writes } = owned;
  const direction = reverse ? "backward" : "forward";
  return ` body=${numberOf(body) ?? otherwise} length=${length} direction=${direction} consts=${consts} carries=${carries} numbered=${numbered ? "yes" : "no"} writes=${writes.join() || "none"}`;
}

/** A row as text, its operands by number. */
export function printRow(graph: Graph, row: Row, numberOf: Numbering = () => undefined): string {
  let text = `%${row} = ${rowName(graph.op[row]!)}`;
  if (graph.op[row] === structural.custom) text += ` ${graph.rules[graph.c[row]!]!.name}`;
  if (graph.op[row] === structural.host) text += ` ${graph.hosts[graph.c[row]!]!.name}`;
  if (graph.op[row] !== structural.assemble) for (let k = 0; k < graph.operandCount(row); k++) text += ` %${graph.operand(row, k)}`;
  return `${text}${attributes(graph, row, numberOf)}${graph.isScalar(row) ? "" : ` : ${shapeText(graph.sizes(row))}`}`;
}

const rowsOf = (rows: readonly Row[]): string => rows.map((row) => ` %${row}`).join("");

/** The bodies that a graph's rows own, each after those that its own rows do. */
export function bodiesOf(graph: Graph, found = new Set<Body>()): Set<Body> {
  for (let row = 0; row < graph.length; row++) {
    if (!ownsBodies(graph.op[row]!)) continue;
    const owned = graph.owned(row);
    const body = owned.kind === "loop" ? owned.body : owned;
    if (found.has(body)) continue;
    bodiesOf(body.graph, found);
    found.add(body);
  }
  return found;
}

/** A graph as text, the bodies that it needs first, and the rows that are its results in a last line. */
export function printGraph(graph: Graph, results: readonly Row[]): string {
  const numbers = new Map([...bodiesOf(graph)].map((body, i) => [body, i]));
  const lines: string[] = [];
  const print = (graph: Graph, results: readonly Row[]): void => {
    for (let row = 0; row < graph.length; row++) lines.push(printRow(graph, row, (body) => numbers.get(body)));
    lines.push(`return${rowsOf(results)}`);
  };
  for (const [{ name, graph, parameters, results }, number] of numbers) {
    lines.push(`body ${number} ${name}${rowsOf(parameters)}`);
    print(graph, results);
  }
  print(graph, results);
  return `${lines.join("\n")}\n`;
}
