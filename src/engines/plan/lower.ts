/** Lowering: the graph's rows as kernel and emitted code evaluate them, with copies looked through and multiply-adds fused. */
import { arity, opcode } from "../../ops/generated/table.js";
import { type Graph, type Row } from "../../graph/graph.js";
import { type BetweenRow, type CalledRow } from "../../ops/structural.js";
import { definitionOf, isElementwise, isPooled, rowCount, structural } from "../../ops/rows.js";

/** The opcode of a fused sum of products, which graphs do not have; its column c names the product, for its lanes. */
export const DOT = rowCount;

/** Rows between loops: of a `custom` row nothing is left, since it is what its first operand is. */
export type StraightRow = Exclude<BetweenRow, "custom"> | CalledRow;

/** A column of a plan that is made: nothing is written into it. */
export type Frozen<Column> = Readonly<Column>;

/** The columns while they are made. */
interface Columns {
  readonly op: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  readonly uses: Int32Array;
  readonly alias: Int32Array;
}

/** The graph's rows with columns of their own. Opcodes are the graph's, but for products fused into sums. */
export class Lowered {
  readonly op: Frozen<Uint8Array>;
  readonly a: Frozen<Int32Array>;
  readonly b: Frozen<Int32Array>;
  readonly c: Frozen<Int32Array>;
  /** How many rows and results use a row; 0 for rows that need not be evaluated. */
  readonly uses: Frozen<Int32Array>;
  /** The row that a row's value is: itself, unless it only copies. */
  readonly alias: Frozen<Int32Array>;
  readonly results: readonly Row[];

  /** `constants` are the values of rows that depend on no argument. */
  constructor(
    readonly graph: Graph,
    results: readonly Row[],
    readonly constants: ReadonlyMap<Row, number> = new Map(),
  ) {
    const n = graph.length;
    const columns: Columns = {
      op: graph.op.slice(0, n),
      a: graph.a.slice(0, n),
      b: graph.b.slice(0, n),
      c: graph.c.slice(0, n),
      uses: new Int32Array(n),
      alias: new Int32Array(n),
    };
    ({ op: this.op, a: this.a, b: this.b, c: this.c, uses: this.uses, alias: this.alias } = columns);
    for (const row of constants.keys()) columns.op[row] = structural.constant;
    this.#resolve(columns);
    this.results = results.map((row) => this.alias[row]!);
    this.#count(columns);
    this.#fuse(columns);
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
      const count = op === DOT ? 2 : isElementwise(op) ? arity[op]! : this.graph.operandCount(row);
      if (count > 0) visit(this.a[row]!);
      if (count > 1) visit(this.b[row]!);
      if (count > 2) visit(this.c[row]!);
    }
  }

  /** Whether a row reads an operand out of memory, as a whole. */
  readsWhole(row: Row, operand: Row): boolean {
    const whole = definitionOf(this.op[row]!)?.whole;
    return whole === "first" ? operand === this.a[row] : whole === "vectors" && !this.graph.isScalar(operand);
  }

  /** Calls `visit` with each operand that a loop's row reads lane by lane: those that are neither read as a whole nor lane numbers of 32 bits. */
  pushed(row: Row, visit: (operand: Row) => void): void {
    const first = definitionOf(this.op[row]!)?.whole === "first";
    let k = 0;
    this.operands(row, (operand) => {
      if (!(first && k === 0) && !this.graph.isIndices(operand)) visit(operand);
      k++;
    });
  }

  /** Looks through rows that only copy, and through broadcasts where an elementwise row reads them. */
  #resolve({ a, b, c, alias }: Columns): void {
    const { graph } = this;
    for (let row = 0; row < graph.length; row++) {
      const op = graph.op[row]!;
      const copies = (op === opcode.stopGradient || op === opcode.surrogate) && graph.shape[row] === graph.shape[graph.a[row]!];
      alias[row] = copies ? alias[graph.a[row]!]! : op === structural.custom ? alias[graph.operand(row, 0)]! : row;
      const count = graph.operandCount(row);
      if (isPooled(op) || count === 0) continue;
      const through = (operand: Row): Row => {
        const target = alias[operand]!;
        return isElementwise(op) && graph.op[target] === structural.broadcast ? a[target]! : target;
      };
      a[row] = through(graph.a[row]!);
      if (count > 1) b[row] = through(graph.b[row]!);
      if (count > 2) c[row] = through(graph.c[row]!);
    }
  }

  /** Counts the uses that results make, directly or through others. */
  #count({ uses }: Columns): void {
    for (const row of this.results) uses[row]!++;
    for (let row = uses.length - 1; row >= 0; row--) if (uses[row]! > 0) this.operands(row, (operand) => uses[operand]!++);
  }

  /** Fuses a product that one sum uses into it. */
  #fuse({ op, a, b, c, uses }: Columns): void {
    const { graph } = this;
    const product = (operand: Row, row: Row): boolean =>
      op[operand] === opcode.mul && uses[operand] === 1 && graph.shape[operand] === graph.shape[row];
    const fuse = (row: Row, fused: number, from: Row, other: Row): void => {
      op[row] = fused;
      uses[from] = 0;
      a[row] = a[from]!;
      b[row] = b[from]!;
      c[row] = other;
    };
    for (let row = 0; row < graph.length; row++) {
      if (uses[row] === 0) continue;
      const [x, y] = [a[row]!, b[row]!];
      if (op[row] === opcode.add) {
        if (product(y, row)) fuse(row, opcode.mulAdd, y, x);
        else if (product(x, row)) fuse(row, opcode.mulAdd, x, y);
      } else if (op[row] === opcode.sub) {
        if (product(y, row)) fuse(row, opcode.subMul, y, x);
        else if (product(x, row)) fuse(row, opcode.mulSub, x, y);
      } else if (op[row] === structural.sum && op[x] === opcode.mul && uses[x] === 1) {
        // A dot product reads a vector at least on one side; two broadcast numbers have none.
        if (!graph.isScalar(a[x]!) || !graph.isScalar(b[x]!)) fuse(row, DOT, x, x);
      }
    }
  }
}
