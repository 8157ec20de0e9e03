/** Graphs as text that others draw: Graphviz's DOT, and Mermaid. Every function that is called is drawn once, in a cluster of its own; edges lead from node to node. */
import { type FormulaNames } from "../graph/formula.js";
import { type Body } from "../graph/graph.js";
import { bodiesOf } from "../graph/print.js";
import { shapeText } from "../ops/shapes.js";
import { type Shown, shownOf } from "./symbols.js";
import { type Pictured } from "./table.js";

/** Options of `toDot` and `toMermaid`. */
export interface DiagramOptions {
  /** Names of the arguments' numbers and vectors in order, as `formula` takes them. */
  readonly names?: FormulaNames;
}

/** A node: its id, what it says, and whether it is an argument, or a result. */
interface Node {
  readonly id: string;
  readonly label: string;
  readonly input: boolean;
  readonly result: boolean;
}

/** What is drawn together: a graph, or a function that is called, which has a name. */
interface Cluster {
  readonly name?: string;
  readonly nodes: readonly Node[];
  /** From what is used to what uses it, one each. */
  readonly edges: readonly (readonly [from: string, to: string])[];
}

/** The nodes of what is shown, with their symbols and formulas, vectors with their length. */
function clusterOf({ graph, rows, results, symbolOf, formulaOf }: Shown, prefix: string, name?: string): Cluster {
  const shown = new Set(rows);
  const id = (row: number): string => `${prefix}${row}`;
  const nodes = rows.map((row) => ({
    id: id(row),
    label: `${symbolOf(row)} = ${formulaOf(row)}${graph.isScalar(row) ? "" : ` : ${shapeText(graph.sizes(row))}`}`,
    input: graph.operandCount(row) === 0,
    result: results.includes(row),
  }));
  const edges = rows.flatMap((to) =>
    [...new Set(graph.operands(to))].filter((from) => shown.has(from)).map((from) => [id(from), id(to)] as const),
  );
  return { nodes, edges, ...(name !== undefined && { name }) };
}

/** A function that is called, its parameters named a₁, a₂ … */
function bodyCluster({ name, graph, parameters, results }: Body, k: number): Cluster {
  const inputs = parameters.map((row) => ({ kind: "number", lanes: graph.lanes(row), path: `args[${graph.a[row]}]` }) as const);
  const numbers = parameters.map((_, i) => `a${i + 1}`);
  return clusterOf(shownOf(graph, results, { inputs }, numbers), `f${k}n`, name);
}

function clustersOf({ graph, results, signature }: Pictured, { names }: DiagramOptions): Cluster[] {
  const bodies = [...bodiesOf(graph)];
  return [clusterOf(shownOf(graph, results, signature, names), "n"), ...bodies.map(bodyCluster)];
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** A graph in DOT: inputs filled, results with a double border. */
export function printDot(pictured: Pictured, options: DiagramOptions): string {
  const clusters = clustersOf(pictured, options).map(({ name, nodes, edges }, k) => {
    const lines = [
      ...nodes.map(({ id, label, input, result }) => {
        const filled = input ? ', style="rounded,filled", fillcolor="#e8eef7"' : "";
        return `${id} [label=${quoted(label)}${filled}${result ? ", peripheries=2" : ""}];`;
      }),
      ...edges.map(([from, to]) => `${from} -> ${to};`),
    ];
    if (name === undefined) return lines.map((line) => `  ${line}\n`).join("");
    return `  subgraph cluster_${k} {\n    label=${quoted(name)};\n${lines.map((line) => `    ${line}\n`).join("")}  }\n`;
  });
  return `digraph {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname="Helvetica,Arial,sans-serif"];\n${clusters.join("")}}\n`;
}

/** A label as Mermaid takes it: what has a meaning there by its number. */
const entities = (text: string): string => text.replace(/[^\p{L}\p{N}\p{M} =+·−.,:()₋]/gu, (character) => `#${character.codePointAt(0)};`);

/** A graph in Mermaid's notation: inputs round, results with a double border. */
export function printMermaid(pictured: Pictured, options: DiagramOptions): string {
  const clusters = clustersOf(pictured, options).map(({ name, nodes, edges }, k) => {
    const lines = [
      ...nodes.map(({ id, label, input, result }) => {
        const [open, close] = result ? ["[[", "]]"] : input ? ["([", "])"] : ["[", "]"];
        return `${id}${open}"${entities(label)}"${close}`;
      }),
      ...edges.map(([from, to]) => `${from} --> ${to}`),
    ];
    if (name === undefined) return lines.map((line) => `  ${line}\n`).join("");
    return `  subgraph f${k}["${entities(name)}"]\n${lines.map((line) => `    ${line}\n`).join("")}  end\n`;
  });
  return `flowchart LR\n${clusters.join("")}`;
}
