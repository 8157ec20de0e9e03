/** Programs that sum over rows of data, cut in two: what is summed over a block of rows, and what is made of the sums. */
import { noImages, recordInto } from "../graph/anew.js";
import { Graph, type Row, SCALAR } from "../graph/graph.js";
import { printRow } from "../graph/print.js";
import { reach } from "../graph/reach.js";
import { wordsOf } from "../graph/words.js";
import { type Leaf, type Tree } from "../data/tree.js";
import { opcode } from "../ops/generated/table.js";
import { isElementwise, structural } from "../ops/rows.js";
import { type InputLeaf, outputLeaves, recordInputs, type WholeProgram } from "../trace/trace.js";

/** The two programs. */
interface RowSums {
  /** (…arguments, count, inside) → sums: of a block of rows, of which those count where `inside` is not 0; `count` is how many rows there are in all. */
  readonly block: WholeProgram;
  /** (…arguments with null in place of the rows, count, sums) → results. */
  readonly finish: WholeProgram;
  /** How many sums there are. */
  readonly sums: number;
}

/** How a constant depends on the number of rows, of which it is a multiple or a part by a power of two, so that nothing is rounded: undefined where it does otherwise. */
function dependence(x: number, y: number, rows: number): { readonly factor: number; readonly inverse: boolean } | undefined {
  const isPower = (factor: number): boolean => factor !== 0 && Number.isInteger(Math.log2(Math.abs(factor)));
  if (y === 2 * x && isPower(x / rows)) return { factor: x / rows, inverse: false };
  if (y === x / 2 && isPower(x * rows)) return { factor: x * rows, inverse: true };
  return undefined;
}

/** Structural rows whose lanes do not meet. */
const laneByLane: ReadonlySet<number> = new Set([structural.input, structural.indices, structural.broadcast, structural.custom]);

/**
 * Cuts the program of a function of `rows` rows, which is one argument; `twice` is the same program for twice as many.
 * @throws TypeError where the results are not made of sums over rows, which are elementwise functions of these and of what does not depend on them.
 */
export function rowSums(name: string, program: WholeProgram, twice: WholeProgram, argument: number, rows: number): RowSums {
  const { graph } = program;
  const results = program.outputs.flatMap((leaf) => leaf.rows);
  const needed = reach(graph, results);
  const refuse = (expected: string, row: Row): never => {
    throw new TypeError(`${name}: expected ${expected}, got ${wordsOf(graph, row)}`);
  };
  if (graph.length !== twice.graph.length)
    throw new TypeError(
      `${name}: expected a function that records the same for any number of rows, got ${graph.length} and ${twice.graph.length} steps of ${rows} and ${2 * rows} rows`,
    );

  /** 1 for rows of the graph that have a lane for each row of data, and for those that depend on sums over them. */
  const lanes = new Uint8Array(graph.length);
  const summed = new Uint8Array(graph.length);
  const sums: Row[] = [];
  const counts = new Map<Row, { readonly factor: number; readonly inverse: boolean }>();
  /** Whether a row takes lanes of what all rows share. */
  const isTaken = (row: Row): boolean => graph.op[row] === structural.take && lanes[graph.a[row]!] === 0;
  for (let row = 0; row < needed.end; row++) {
    if (!needed.has(row)) continue;
    const op = graph.op[row]!;
    const operands = graph.operands(row);
    const ofSums = operands.some((operand) => summed[operand] === 1);
    if (graph.lanes(row) !== twice.graph.lanes(row)) {
      lanes[row] = 1;
      if (graph.sizes(row).length !== 1 || graph.lanes(row) !== rows || !(isElementwise(op) || laneByLane.has(op) || isTaken(row)))
        refuse("elementwise functions of the rows and sums over all of them", row);
      if (ofSums) refuse("sums over rows that do not depend on other such sums", row);
      continue;
    }
    if (op === structural.constant && graph.constantOf(row) !== twice.graph.constantOf(row)) {
      const found = dependence(graph.constantOf(row), twice.graph.constantOf(row), rows);
      counts.set(row, found ?? refuse("constants that do not depend on the number of rows, but for that number itself", row));
    } else if (lanes[operands[0]!] === 1) {
      if (op !== structural.sum) refuse("elementwise functions of the rows and sums over all of them", row);
      sums.push(row);
      summed[row] = 1;
      continue;
    } else if (printRow(graph, row) !== printRow(twice.graph, row)) refuse("the same for any number of rows", row);
    if (operands.some((operand) => lanes[operand] === 1)) refuse("sums over rows where rows meet what has another length", row);
    if (ofSums) summed[row] = 1;
  }
  const across = results.find((row) => lanes[row] === 1);
  if (across !== undefined) refuse("a result that is made of sums over rows", across);
  if (sums.length === 0) throw new TypeError(`${name}: expected a result that sums over rows, got one without such a sum`);

  const number = (path: string): Leaf => ({ kind: "number", lanes: 1, path });
  const items = program.inputTree.kind === "array" ? program.inputTree.items : [];
  const count = items.length;

  /** A graph with inputs of its own in place of some of the program's, and of constants that depend on the number of rows. */
  const begin = (leaves: readonly Leaf[], of: (leaf: number) => number | undefined, countAt: number) => {
    const to = new Graph();
    const inputs = recordInputs(to, leaves);
    const images = noImages(graph);
    program.inputs.forEach((leaf, i) => {
      const at = of(i);
      if (at !== undefined) for (let k = 0; k < (leaf.kind === "numbers" ? leaf.lanes : 1); k++) images[leaf.row + k] = inputs[at]!.row + k;
    });
    const rowCount = inputs[countAt]!.row;
    for (const [row, { factor, inverse }] of counts)
      images[row] = inverse
        ? to.elementwise(opcode.div, to.constant(factor), rowCount)
        : factor === 1
          ? rowCount
          : to.elementwise(opcode.mul, rowCount, to.constant(factor));
    return { to, inputs, images };
  };
  const leaf = (index: number): Tree => ({ kind: "leaf", leaf: index });
  const finished = (
    to: Graph,
    inputs: readonly InputLeaf[],
    tree: Tree,
    outputs: WholeProgram["outputs"],
    outputTree: Tree,
  ): WholeProgram => ({
    graph: to,
    inputs,
    inputTree: tree,
    outputs,
    outputTree,
  });

  const all = program.inputs.length;
  const blockLeaves: Leaf[] = [...program.inputs, number(`args[${count}]`), { kind: "vector", lanes: rows, path: `args[${count + 1}]` }];
  const block = begin(blockLeaves, (i) => i, all);
  const inside = block.inputs[all + 1]!.row;
  const terms = recordInto(graph, block.to, sums.map((row) => graph.a[row]!), block.images); // prettier-ignore
  const none = block.to.constant(-0); // which changes no sum
  const totals = terms.map((term) => block.to.shared(structural.sum, SCALAR, block.to.elementwise(opcode.where, inside, term, none)));
  const totalsLeaf: Leaf = { kind: "numbers", lanes: sums.length, path: "result" };

  const kept = program.inputs.flatMap((each, i) => (each.path.startsWith(`args[${argument}]`) ? [] : [i]));
  const keptAt = new Map(kept.map((i, at) => [i, at]));
  const sumsLeaf: Leaf = { kind: "numbers", lanes: sums.length, path: `args[${count + 1}]` };
  const finish = begin([...kept.map((i) => program.inputs[i]!), number(`args[${count}]`), sumsLeaf], (i) => keptAt.get(i), kept.length);
  const sumsRow = finish.inputs[kept.length + 1]!.row;
  sums.forEach((row, k) => (finish.images[row] = sumsRow + k));
  const made = recordInto(graph, finish.to, results, finish.images);
  let next = 0;
  const outputs = outputLeaves(program.outputs, program.outputs.map(({ rows }) => rows.map(() => made[next++]!))); // prettier-ignore
  const withoutRows = items.map((item, i): Tree => (i === argument ? { kind: "static", value: null } : renumbered(item, keptAt)));
  return {
    sums: sums.length,
    block: finished(
      block.to,
      block.inputs,
      { kind: "array", items: [...items, leaf(all), leaf(all + 1)] },
      outputLeaves([totalsLeaf], [totals]),
      leaf(0),
    ),
    finish: finished(
      finish.to,
      finish.inputs,
      { kind: "array", items: [...withoutRows, leaf(kept.length), leaf(kept.length + 1)] },
      outputs,
      program.outputTree,
    ),
  };
}

/** A tree with other numbers of leaves. */
function renumbered(tree: Tree, to: ReadonlyMap<number, number>): Tree {
  if (tree.kind === "static") return tree;
  return tree.kind === "leaf"
    ? { kind: "leaf", leaf: to.get(tree.leaf)! }
    : { ...tree, items: tree.items.map((item) => renumbered(item, to)) };
}
