/** Expansion: rows that own bodies become the rows of these, as far as their parts are needed. */
import { copyRow } from "./copy.js";
import { partIn } from "./body.js";
import { Graph, type Loop, type Piece, type Row } from "./graph.js";
import { slotOf } from "./steps.js";
import { neededOf } from "./reach.js";
import { isArgument } from "./skeleton.js";
import { opcode } from "../ops/generated/table.js";
import { byOpcode, structural } from "../ops/rows.js";
import { type BodyRow } from "../ops/structural.js";
import { type How, noImages, type Owner, recordInto } from "./anew.js";

/** A loop as the rows of its steps, one after the other, which are recorded as `how` says. */
export const unrolled =
  (how: How): Owner =>
  (from, to, row, of, parts) => {
    const loop = from.loopOf(row);
    const { length, consts, carries, writes, body } = loop;
    const { graph, parameters, results, takes } = body;
    const { results: computed } = neededOf(loop, parts, how.atLeast);
    const needed = results.filter((_, k) => computed[k] === 1);
    const operands = from.operands(row).map(of);
    let rows = operands.slice(consts, consts + carries);
    const sums = writes.map(() => to.constant(0));
    const pieces = writes.map((): Piece[] => []);
    for (let i = 0; i < length; i++) {
      const slot = slotOf(loop, i);
      const images = noImages(graph);
      parameters.forEach((parameter, k) => {
        if (k === operands.length) images[parameter] = to.constant(slot);
        else if (operands[k]! < 0)
          return; // nothing needs it
        else if (k < consts) images[parameter] = operands[k]!;
        else images[parameter] = k < consts + carries ? rows[k - consts]! : sliceOf(to, operands[k]!, slot, takes[k]!);
      });
      const found = recordInto(graph, to, needed, images, how);
      let next = 0;
      const given = Array.from(computed, (flag) => (flag === 1 ? found[next++] : undefined));
      rows = rows.map((row, k) => given[k] ?? row);
      given.slice(carries).forEach((share, k) => {
        if (share === undefined) return;
        if (writes[k] === "sum") sums[k] = to.elementwise(opcode.add, sums[k]!, share);
        else pieces[k]!.push([share, slot * to.lanes(share)]);
      });
    }
    return Array.from(parts, (flag, part) => {
      if (flag === 0) return undefined;
      if (part < carries) return rows[part];
      const k = part - carries;
      return writes[k] === "sum" ? sums[k] : to.assemble(pieces[k]!, loop.parts[part]!.shape);
    });
  };

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
  loop: (from, to, row, of, parts) => unrolled({ owner: expansion })(from, to, row, of, parts),
} satisfies Record<BodyRow, Owner>);

/** The lanes of a stack's slice number i: rows, or lane numbers that are constant. */
function sliceOf(to: Graph, stack: Row, i: number, { lanes, shape, indices }: Loop["takes"][number]): Row {
  if (!indices) return partIn(to, stack, i * lanes, shape);
  if (to.op[stack] !== structural.indexVector)
    throw new TypeError("expand: expected the lane numbers of a loop to be constant, got an argument");
  return to.vector((to.vectors[to.a[stack]!] as Int32Array).slice(i * lanes, (i + 1) * lanes));
}

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
