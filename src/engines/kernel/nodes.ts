/** The straight rows as the kernel computes them: products that only a sum uses are part of it, and short sums are spread into additions. */
import { opcode } from "../../ops/generated/table.js";
import { type Row } from "../../graph/graph.js";
import { addTerms } from "../../ops/lanes.js";
import { structural } from "../../ops/rows.js";
import { type Frozen } from "../plan/lower.js";
import { Kind, type Stages } from "../plan/stages.js";
import { COPY } from "./rows.js";

/** A sum of this many terms or fewer is additions of two. */
const SHORT_SUM = 4;

/** Stretches of products and of other terms that a long sum may have: a row costs as much as ten products side by side. */
const MOST_STRETCHES = 4;

/** A row, or, numbered after the rows, a partial sum. */
export type Node = number;

/** An opcode and three operands. */
type Parts = readonly [op: number, a: Node, b: Node, c: Node];

/** The nodes of all stages, with columns of their own. */
export class Nodes {
  /** How many of them are rows. */
  readonly rows: number;
  /** 1 for products that are computed as part of the sum that uses them. */
  readonly #fused: Uint8Array;
  readonly #op: Uint8Array;
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  readonly #c: Int32Array;
  readonly #byStage: Node[][] = [];
  /** How many nodes there are. */
  length: number;

  constructor(readonly stages: Stages) {
    const { lowered, kind, stage } = stages;
    const { graph, op, uses } = lowered;
    this.rows = this.length = graph.length;
    this.#fused = new Uint8Array(graph.length);
    const lengths = new Map<number, number>();
    const isSum = (row: Row): boolean => uses[row]! > 0 && op[row] === structural.assemble && graph.isScalar(row);
    for (let row = 0; row < graph.length; row++) if (isSum(row)) lengths.set(graph.b[row]!, (lengths.get(graph.b[row]!) ?? 0) + 1);
    const isSpread = (row: Row): boolean => graph.b[row]! <= SHORT_SUM || 2 * lengths.get(graph.b[row]!)! >= graph.b[row]!;
    let terms = 0;
    for (let row = 0; row < graph.length; row++) {
      if (!isSum(row)) continue;
      this.#fuseProducts(row, isSpread(row));
      if (isSpread(row)) terms += graph.b[row]!;
    }
    // of a sum of n terms, less than n partial sums, and less than n products that are computed apart
    const extended = <Column extends Uint8Array | Int32Array>(longer: Column, column: Frozen<Column>): Column => {
      longer.set(column);
      return longer;
    };
    const most = graph.length + 2 * terms;
    this.#op = extended(new Uint8Array(most), lowered.op);
    this.#a = extended(new Int32Array(most), lowered.a);
    this.#b = extended(new Int32Array(most), lowered.b);
    this.#c = extended(new Int32Array(most), lowered.c);
    for (let row = 0; row < graph.length; row++) {
      if (uses[row] === 0 || this.#fused[row] === 1 || kind[row] !== Kind.Straight) continue;
      const nodes = (this.#byStage[stage[row]!] ??= []);
      if (isSum(row) && isSpread(row)) this.#spread(row, nodes);
      else nodes.push(row);
    }
  }

  /** The nodes of a stage, operands before users. */
  of(stage: number): readonly Node[] {
    return this.#byStage[stage] ?? [];
  }

  /** Whether a row is a product that is computed as part of the sum that uses it. */
  isFused(node: Node): boolean {
    return node < this.rows && this.#fused[node] === 1;
  }

  /** The opcode of a node. */
  op(node: Node): number {
    return this.#op[node]!;
  }

  /** Operand k of a node whose op is elementwise. */
  operand(node: Node, k: number): Node {
    return (k === 0 ? this.#a : k === 1 ? this.#b : this.#c)[node]!;
  }

  /** The terms of a sum, each a row. */
  termsOf(sum: Row): Row[] {
    const { alias, graph } = this.stages.lowered;
    return Array.from({ length: graph.b[sum]! }, (_, k) => alias[graph.operand(sum, k)]!);
  }

  /**
   * Marks the products that only this sum uses, so that they are computed as part of it: of one that is spread all, of a long one those that
   * stand in few stretches, each of which is a row.
   */
  #fuseProducts(row: Row, isSpread: boolean): void {
    const terms = this.termsOf(row);
    const fuses = terms.map((term) => this.#isOwnProduct(term, row));
    let stretches = 1;
    for (let k = 1; k < terms.length; k++) if (fuses[k] !== fuses[k - 1]) stretches++;
    if (!isSpread && stretches > MOST_STRETCHES) return;
    terms.forEach((term, k) => fuses[k] && (this.#fused[term] = 1));
  }

  /** Whether a term is a product that nothing but the sum uses, computed in its stage. */
  #isOwnProduct(term: Row, sum: Row): boolean {
    const { lowered, stage } = this.stages;
    return lowered.op[term] === opcode.mul && lowered.uses[term] === 1 && stage[term] === stage[sum];
  }

  /** Spreads a sum into additions and multiply-adds, in the order of all sums. Many sums of one length thus run side by side. */
  #spread(row: Row, nodes: Node[]): void {
    const { a, b } = this.stages.lowered;
    const isProduct = (node: Node): boolean => this.isFused(node);
    const partial = (parts: Parts): Node => {
      const node = this.length++;
      this.#set(node, parts);
      nodes.push(node);
      return node;
    };
    const computed = (node: Node): Node => (isProduct(node) ? partial([opcode.mul, a[node]!, b[node]!, -1]) : node);
    /** The sum of two nodes, either of which may be a product. */
    const added = (x: Node, y: Node): Parts => {
      if (isProduct(y)) return [opcode.mulAdd, a[y]!, b[y]!, computed(x)];
      return isProduct(x) ? [opcode.mulAdd, a[x]!, b[x]!, y] : [opcode.add, x, y, -1];
    };
    const terms = this.termsOf(row);
    let left = terms.length - 1;
    const [first] = terms as [Node];
    let whole: Parts = isProduct(first) ? [opcode.mul, a[first]!, b[first]!, -1] : [COPY, first, -1, -1];
    addTerms(terms, (x, y) => {
      const parts = added(x, y);
      if (--left > 0) return partial(parts);
      whole = parts;
      return row;
    });
    this.#set(row, whole);
    nodes.push(row);
  }

  #set(node: Node, [op, a, b, c]: Parts): void {
    this.#op[node] = op;
    this.#a[node] = a;
    this.#b[node] = b;
    this.#c[node] = c;
  }
}
