/** Expansion: rows that own bodies become the rows of these, as far as their parts are needed. */
import { copyRow } from "./copy.js";
import { Graph, type Row } from "./graph.js";
import { isArgument } from "./skeleton.js";
import { byOpcode } from "../ops/rows.js";
import { type BodyRow } from "../ops/structural.js";
import { type How, noImages, type Owner, recordInto } from "./anew.js";

const expansions = byOpcode<Owner>({
  call(from, to, row, of, parts) {
    const { graph, parameters, results } = from.bodyOf(row);
    const images = noImages(graph);
    parameters.forEach((parameter, k) => (images[parameter] = of(from.operand(row, k))));
    const needed = results.filter((_, part) => parts[part] === 1);
    const rows = recordInto(graph, to, needed, images, { owner: expansion });
    let next = 0;
    return Array.from(parts, (flag) => (flag === 1 ? rows[next++] : undefined));
  },
} satisfies Record<BodyRow, Owner>);

const expansion: Owner = (from, to, row, of, parts) => expansions[from.op[row]!]!(from, to, row, of, parts);

/** What results need in a graph of its own, by default without rows that own bodies, and every argument: the graph, and its rows by those of the other. */
export function rowsAnew(
  graph: Graph,
  results: readonly Row[],
  how: How = { owner: expansion },
): { readonly to: Graph; readonly images: Int32Array } {
  const to = new Graph();
  to.leaves = graph.leaves;
  to.hosts.push(...graph.hosts);
  to.rules.push(...graph.rules);
  const images = noImages(graph);
  for (let row = 0; row < graph.length; row++) if (isArgument(graph.op[row]!)) images[row] = copyRow(graph, to, row, (operand) => operand);
  recordInto(graph, to, results, images, how);
  return { to, images };
}

/** Results in a graph without rows that own bodies: the graph itself where it has none. */
export function expanded(graph: Graph, results: readonly Row[]): { readonly graph: Graph; readonly results: readonly Row[] } {
  if (graph.bodies.length === 0) return { graph, results };
  const { to, images } = rowsAnew(graph, results);
  return { graph: to, results: results.map((row) => images[row]!) };
}
