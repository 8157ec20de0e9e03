/** The straight rows as emitted code computes them: sums of scalars are spread into additions of two. */
import { opcode } from "../../generated/table.js";
import { type Row } from "../../graph.js";
import { isElementwise, structural } from "../../structural.js";
import { COPY } from "../kernel/rows.js";
import { Kind, type Stages } from "../plan/stages.js";

/** A sum of more terms runs as four chains side by side, since each addition waits for the one before. */
const ONE_CHAIN = 8;

const CHAINS = 4;

/** A row, or, numbered after the rows, a partial sum. */
export type Node = number;

/** The nodes of all stages, with columns of their own. */
export class Nodes {
  readonly #rows: number;
  /** Columns of the partial sums: all are additions. */
  readonly #a: Node[] = [];
  readonly #b: Node[] = [];
  /** The additions that sums of scalars end in, by row. */
  readonly #ends = new Map<Row, readonly [Node, Node]>();
  readonly #byStage: Node[][] = [];

  constructor(readonly stages: Stages) {
    const { lowered, kind, stage } = stages;
    this.#rows = lowered.graph.length;
    for (let row = 0; row < this.#rows; row++) {
      if (lowered.uses[row] === 0 || kind[row] !== Kind.Straight) continue;
      const nodes = (this.#byStage[stage[row]!] ??= []);
      if (lowered.op[row] === structural.assemble && lowered.graph.isScalar(row)) this.#spread(row, nodes);
      nodes.push(row);
    }
  }

  /** How many nodes there are. */
  get length(): number {
    return this.#rows + this.#a.length;
  }

  /** The nodes of a stage, operands before users. */
  of(stage: number): readonly Node[] {
    return this.#byStage[stage] ?? [];
  }

  /** Whether a node is a partial sum. */
  isPartial(node: Node): boolean {
    return node >= this.#rows;
  }

  #add(a: Node, b: Node, nodes: Node[]): Node {
    this.#b.push(b);
    const node = this.#rows + this.#a.push(a) - 1;
    nodes.push(node);
    return node;
  }

  #spread(row: Row, nodes: Node[]): void {
    const { graph, alias } = this.stages.lowered;
    const count = graph.b[row]!;
    const chains = count > ONE_CHAIN ? CHAINS : 1;
    const totals: Node[] = [];
    for (let k = 0; k < count; k++) {
      const piece = alias[graph.operand(row, k)]!;
      const total = totals[k % chains];
      if (k + 1 === count && chains === 1 && total !== undefined) totals.push(piece);
      else totals[k % chains] = total === undefined ? piece : this.#add(total, piece, nodes);
    }
    while (totals.length > 2) totals.push(this.#add(totals.shift()!, totals.shift()!, nodes));
    if (totals.length === 2) this.#ends.set(row, [totals[0]!, totals[1]!]);
    else this.#ends.set(row, [totals[0]!, -1]);
  }

  /** The opcode of a node. */
  op(node: Node): number {
    if (this.isPartial(node)) return opcode.add;
    const end = this.#ends.get(node);
    if (end) return end[1] < 0 ? COPY : opcode.add;
    return this.stages.lowered.op[node]!;
  }

  /** Operand k of a node whose op is elementwise. */
  operand(node: Node, k: number): Node {
    if (this.isPartial(node)) return (k === 0 ? this.#a : this.#b)[node - this.#rows]!;
    const end = this.#ends.get(node);
    if (end) return end[k]!;
    const { a, b, c } = this.stages.lowered;
    return (k === 0 ? a : k === 1 ? b : c)[node]!;
  }

  /** Calls `visit` with each operand of a node. */
  operands(node: Node, visit: (operand: Node) => void): void {
    const sum = this.isPartial(node) || this.#ends.has(node);
    if (!sum) return this.stages.lowered.operands(node, visit);
    for (let k = 0; k < 2; k++) if (this.operand(node, k) >= 0) visit(this.operand(node, k));
  }

  /** The row that holds what a node reads: views are looked through. */
  source(node: Node): Node {
    while (!this.isPartial(node) && this.stages.kind[node] === Kind.View) node = this.stages.lowered.a[node]!;
    return node;
  }

  /** Whether a node is one number computed by the op table's formula. */
  isElementwise(node: Node): boolean {
    return isElementwise(this.op(node));
  }
}
