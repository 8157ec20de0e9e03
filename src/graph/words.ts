/** Rows in the words of the function that made them: `mul(args[0].w, 2)`, for messages. */
import { opcode } from "../ops/generated/table.js";
import { type Graph, type Row } from "./graph.js";
import { ownsBodies, rowName, structural } from "../ops/rows.js";
import { shapeText } from "../ops/shapes.js";
import { type Leaf } from "../data/tree.js";

/** What a placeholder stands for, in words; undefined where that is not known. */
export type Standing = (placeholder: Row) => string | undefined;

/** Calls within calls are written out to this depth. */
const DEEPEST = 2;

/** So many of a row's operands, or of a vector's lanes, are written out. */
const MOST = 4;

const list = (items: readonly string[], count: number): string => [...items, ...(count > items.length ? ["…"] : [])].join(", ");

/** Where number k of a leaf stands. */
export const pathOf = ({ kind, path }: Leaf, k: number): string => (kind === "numbers" ? `${path}[${k}]` : path);

/** The first numbers of a vector. */
export const lanesInWords = (values: Float64Array | Int32Array): string =>
  `[${list(Array.from(values.subarray(0, MOST), String), values.length)}]`;

/** An argument's number or vector, by its path. */
function argument(graph: Graph, row: Row): string {
  const leaf = graph.leaves[graph.a[row]!];
  return leaf ? pathOf(leaf, graph.b[row]!) : `argument ${graph.a[row]}`;
}

/** What follows the operands in a call. */
function attributes(graph: Graph, row: Row): string {
  const b = graph.b[row]!;
  switch (graph.op[row]!) {
    case structural.at:
      return `, ${b}`;
    case structural.slice:
      return `, ${b}, ${b + graph.lanes(row)}`;
    case structural.reshape:
    case structural.expand:
    case structural.sumAxis:
      return `, ${shapeText(graph.sizes(row))}`;
    case structural.broadcast:
    case structural.segmentSum:
      return `, ${graph.lanes(row)}`;
  }
  return "";
}

/** The function that a row calls. */
function callee(graph: Graph, row: Row): string {
  const c = graph.c[row]!;
  if (graph.op[row] === structural.custom) return graph.rules[c]!.name;
  if (ownsBodies(graph.op[row]!)) return graph.owned(row).name;
  return graph.op[row] === structural.host ? graph.hosts[c]!.name : rowName(graph.op[row]!);
}

/** A row as the call that it is, its operands likewise; what is nested deeper is left out. */
export function wordsOf(graph: Graph, row: Row, standing: Standing = () => undefined, depth = DEEPEST): string {
  const words = (operand: Row): string => wordsOf(graph, operand, standing, depth - 1);
  switch (graph.op[row]!) {
    case structural.input:
    case structural.indices:
      return argument(graph, row);
    case structural.placeholder:
      return standing(row) ?? "…";
    case structural.constant:
      return Object.is(graph.constantOf(row), -0) ? "-0" : String(graph.constantOf(row));
    case structural.vector:
    case structural.indexVector:
      return lanesInWords(graph.vectors[graph.a[row]!]!);
    case opcode.stopGradient: // also recorded by functions that take maxima
    case opcode.surrogate:
      return wordsOf(graph, graph.operand(row, 0), standing, depth);
  }
  const count = graph.operandCount(row);
  if (depth === 0) return `${callee(graph, row)}(…)`;
  const first = graph.op[row] === structural.custom ? 1 : 0; // the row that it copies is not an argument
  const operands = list(
    Array.from({ length: Math.min(count - first, MOST) }, (_, k) => words(graph.operand(row, first + k))),
    count - first,
  );
  if (graph.op[row] === structural.assemble) return `${graph.isScalar(row) ? "sum" : "concat"}([${operands}])`;
  return `${callee(graph, row)}(${operands}${attributes(graph, row)})`;
}
