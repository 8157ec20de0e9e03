/** The straight rows as emitted code computes them: sums of scalars are spread into additions of two, in the order of all sums. */
import { arity, opcode } from "../../ops/generated/table.js";
import { type Row } from "../../graph/graph.js";
import { addTerms } from "../../ops/lanes.js";
import { isElementwise, structural } from "../../ops/structural.js";
import { COPY } from "../kernel/rows.js";
import { Kind, type Stages } from "../plan/stages.js";

/** A row, or, numbered after the rows, a partial sum. */
export type Node = number;

/** The nodes of all stages, with columns of their own. */
export class Nodes {
  readonly #rows: number;
  readonly #op: Uint8Array;
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  readonly #c: Int32Array;
  readonly #byStage: Node[][] = [];
  /** How many nodes there are. */
  length: number;

  constructor(readonly stages: Stages) {
    const { lowered, kind, stage } = stages;
    const { graph, uses } = lowered;
    this.#rows = this.length = graph.length;
    const isSum = (row: Row): boolean => uses[row]! > 0 && lowered.op[row] === structural.assemble && graph.isScalar(row);
    let terms = 0;
    for (let row = 0; row < this.#rows; row++) if (isSum(row)) terms += graph.b[row]!;
    const extended = (column: Int32Array): Int32Array => {
      const longer = new Int32Array(this.#rows + terms);
      longer.set(column);
      return longer;
    };
    this.#op = new Uint8Array(this.#rows + terms).fill(opcode.add);
    this.#op.set(lowered.op);
    this.#a = extended(lowered.a);
    this.#b = extended(lowered.b);
    this.#c = lowered.c;
    for (let row = 0; row < this.#rows; row++) {
      if (uses[row] === 0 || kind[row] !== Kind.Straight) continue;
      const nodes = (this.#byStage[stage[row]!] ??= []);
      if (isSum(row)) this.#spread(row, nodes);
      else nodes.push(row);
    }
  }

  /** The nodes of a stage, operands before users. */
  of(stage: number): readonly Node[] {
    return this.#byStage[stage] ?? [];
  }

  /** Whether a node is a partial sum. */
  isPartial(node: Node): boolean {
    return node >= this.#rows;
  }

  #spread(row: Row, nodes: Node[]): void {
    const { graph, alias } = this.stages.lowered;
    const count = graph.b[row]!;
    const terms = Array.from({ length: count }, (_, k) => alias[graph.operand(row, k)]!);
    if (count === 1) {
      this.#op[row] = COPY;
      this.#a[row] = terms[0]!;
      nodes.push(row);
      return;
    }
    let left = count - 1;
    this.#op[row] = opcode.add;
    addTerms(terms, (x, y) => {
      const node = --left > 0 ? this.length++ : row;
      this.#a[node] = x;
      this.#b[node] = y;
      nodes.push(node);
      return node;
    });
  }

  /** The opcode of a node. */
  op(node: Node): number {
    return this.#op[node]!;
  }

  /** Operand k of a node whose op is elementwise. */
  operand(node: Node, k: number): Node {
    return (k === 0 ? this.#a : k === 1 ? this.#b : this.#c)[node]!;
  }

  /** Calls `visit` with each operand of a node. */
  operands(node: Node, visit: (operand: Node) => void): void {
    const op = this.#op[node]!;
    if (!isElementwise(op)) return this.stages.lowered.operands(node, visit);
    const count = arity[op]!;
    visit(this.#a[node]!);
    if (count > 1) visit(this.#b[node]!);
    if (count > 2) visit(this.#c[node]!);
  }

  /** The row that holds what a node reads: views are looked through. */
  source(node: Node): Node {
    const { kind, lowered } = this.stages;
    while (kind[node] === Kind.View) node = lowered.a[node]!;
    return node;
  }

  /** Whether a node is one number computed by the op table's formula. */
  isElementwise(node: Node): boolean {
    return isElementwise(this.#op[node]!);
  }
}
