/** Lowering: the graph's rows as kernel and emitted code evaluate them, with copies looked through and multiply-adds fused. */
import { arity, opcode } from "../../ops/generated/table.js";
import { type Graph, type Row } from "../../graph/graph.js";
import { isElementwise, isPooled, structural } from "../../ops/structural.js";

/** The graph's rows with columns of their own. Opcodes are the graph's, but for products fused into sums. */
export class Lowered {
  readonly op: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  /** How many rows and results use a row; 0 for rows that need not be evaluated. */
  readonly uses: Int32Array;
  /** The row that a row's value is: itself, unless it only copies. */
  readonly alias: Int32Array;
  readonly results: readonly Row[];

  /** `constants` are the values of rows that depend on no argument. */
  constructor(
    readonly graph: Graph,
    results: readonly Row[],
    readonly constants: ReadonlyMap<Row, number> = new Map(),
  ) {
    const n = graph.length;
    this.op = graph.op.slice(0, n);
    this.a = graph.a.slice(0, n);
    this.b = graph.b.slice(0, n);
    this.c = graph.c.slice(0, n);
    this.uses = new Int32Array(n);
    this.alias = new Int32Array(n);
    for (const row of constants.keys()) this.op[row] = structural.constant;
    this.#resolve();
    this.results = results.map((row) => this.alias[row]!);
    this.#count();
    this.#fuse();
  }

  /** Whether a row is a number that is known before anything runs. */
  isConstant(row: Row): boolean {
    return this.op[row] === structural.constant;
  }

  /** The number of such a row. */
  constantOf(row: Row): number {
    return this.constants.get(row) ?? this.graph.constantOf(row);
  }

  /** Calls `visit` with each operand of a row. */
  operands(row: Row, visit: (operand: Row) => void): void {
    const op = this.op[row]!;
    if (op === structural.constant) return;
    if (isPooled(op)) for (let k = this.b[row]! - 1; k >= 0; k--) visit(this.alias[this.graph.operand(row, k)]!);
    else {
      const count = op === DOT_IN_GRAPH ? 2 : isElementwise(op) ? arity[op]! : this.graph.operandCount(row);
      if (count > 0) visit(this.a[row]!);
      if (count > 1) visit(this.b[row]!);
      if (count > 2) visit(this.c[row]!);
    }
  }

  /** Looks through rows that only copy, and through broadcasts where an elementwise row reads them. */
  #resolve(): void {
    const { graph, alias } = this;
    for (let row = 0; row < graph.length; row++) {
      const op = graph.op[row]!;
      const copies = (op === opcode.stopGradient || op === opcode.surrogate) && graph.shape[row] === graph.shape[graph.a[row]!];
      alias[row] = copies ? alias[graph.a[row]!]! : op === structural.custom ? alias[graph.operand(row, 0)]! : row;
      const count = graph.operandCount(row);
      if (isPooled(op) || count === 0) continue;
      const through = (operand: Row): Row => {
        const target = alias[operand]!;
        return isElementwise(op) && graph.op[target] === structural.broadcast ? this.a[target]! : target;
      };
      this.a[row] = through(graph.a[row]!);
      if (count > 1) this.b[row] = through(graph.b[row]!);
      if (count > 2) this.c[row] = through(graph.c[row]!);
    }
  }

  /** Counts the uses that results make, directly or through others. */
  #count(): void {
    const { uses } = this;
    for (const row of this.results) uses[row]!++;
    for (let row = uses.length - 1; row >= 0; row--) if (uses[row]! > 0) this.operands(row, (operand) => uses[operand]!++);
  }

  /** Fuses a product that one sum uses into it. */
  #fuse(): void {
    const { op, a, b, c, graph } = this;
    const product = (operand: Row, row: Row): boolean =>
      op[operand] === opcode.mul && this.uses[operand] === 1 && graph.shape[operand] === graph.shape[row];
    const fuse = (row: Row, fused: number, from: Row, other: Row): void => {
      op[row] = fused;
      this.uses[from] = 0;
      a[row] = a[from]!;
      b[row] = b[from]!;
      c[row] = other;
    };
    for (let row = 0; row < graph.length; row++) {
      if (this.uses[row] === 0) continue;
      const [x, y] = [a[row]!, b[row]!];
      if (op[row] === opcode.add) {
        if (product(y, row)) fuse(row, opcode.mulAdd, y, x);
        else if (product(x, row)) fuse(row, opcode.mulAdd, x, y);
      } else if (op[row] === opcode.sub) {
        if (product(y, row)) fuse(row, opcode.subMul, y, x);
        else if (product(x, row)) fuse(row, opcode.mulSub, x, y);
      } else if (op[row] === structural.sum && op[x] === opcode.mul && this.uses[x] === 1) {
        // A dot product reads a vector at least on one side; two broadcast numbers have none.
        if (!graph.isScalar(a[x]!) || !graph.isScalar(b[x]!)) fuse(row, DOT_IN_GRAPH, x, x);
      }
    }
  }
}

/** The opcode of a fused sum of products, one past the structural rows; its column c names the product, for its lanes. */
export const DOT_IN_GRAPH = structural.host + 1;
