/** The reverse pass: appends to a graph the rows of a scalar row's derivatives with respect to others. */
import { rules } from "../generated/rules.js";
import { opcode, singular } from "../generated/table.js";
import { type Graph, type Piece, type Row, SCALAR } from "../graph.js";
import { isElementwise, structural } from "../structural.js";

/** What an elementwise op's adjoint flows through: which operands depend on a parameter, and which products need a guard. */
export interface Activity {
  /** 1 where a row depends on one of the parameters through derivatives. */
  readonly depends: Uint8Array;
  /** 1 where a zero adjoint must contribute zero, because a `where` may not have taken this row. */
  readonly guarded: Uint8Array;
}

/** Finds, for the rows up to `of`, which depend on `parameters`, and which need a guard. */
export function activity(graph: Graph, of: Row, parameters: Iterable<Row>): Activity {
  const depends = new Uint8Array(of + 1);
  for (const row of parameters) if (row <= of) depends[row] = 1;
  let choices = false;
  for (let row = 0; row <= of; row++) {
    choices ||= graph.op[row] === opcode.where || graph.op[row] === opcode.guardedMul;
    if (!depends[row]) depends[row] = Number(someOperand(graph, row, (operand, k) => depends[operand]! && flows(graph, row, k)));
  }
  return { depends, guarded: choices ? guards(graph, of) : new Uint8Array(of + 1) };
}

function someOperand(graph: Graph, row: Row, test: (operand: Row, k: number) => unknown): boolean {
  for (let k = graph.operandCount(row) - 1; k >= 0; k--) if (test(graph.operand(row, k), k)) return true;
  return false;
}

/** Whether a derivative flows from a row to its operand k. */
function flows(graph: Graph, row: Row, k: number): boolean {
  const op = graph.op[row]!;
  if (isElementwise(op)) return rules[op]![k] !== 0;
  return op < structural.max && k === 0 ? true : op === structural.assemble;
}

/**
 * A row is guarded where it reaches a branch of a `where` and either is singular or multiplies by something that is:
 * when that branch is not taken, its adjoint is 0 and its partial may be infinite.
 */
function guards(graph: Graph, of: Row): Uint8Array {
  const guarded = new Uint8Array(of + 1);
  const matters = new Uint8Array(of + 1); // the result's derivative flows here
  const reaches = new Uint8Array(of + 1); // and passes a branch on the way
  matters[of] = 1;
  for (let row = of; row >= 0; row--) {
    if (!matters[row]) continue;
    const branches = graph.op[row] === opcode.where || graph.op[row] === opcode.guardedMul;
    someOperand(graph, row, (operand, k) => {
      if (!flows(graph, row, k)) return;
      matters[operand] = 1;
      if (reaches[row] || (branches && k > 0)) reaches[operand] = 1;
    });
  }
  for (let row = 0; row <= of; row++) {
    const infinite = (operand: Row): number => guarded[operand]!;
    if (reaches[row] && isElementwise(graph.op[row]!))
      guarded[row] = Number(singular[graph.op[row]!] === 1 || someOperand(graph, row, infinite));
  }
  return guarded;
}

/** A sum under construction for every row: chains of pieces; offset −1 marks a piece of the row's own shape, or a scalar for all its lanes. */
class Contributions {
  readonly #last: Int32Array;
  readonly #before: number[] = [];
  readonly #rows: Row[] = [];
  readonly #offsets: number[] = [];

  constructor(
    readonly graph: Graph,
    rows: number,
  ) {
    this.#last = new Int32Array(rows).fill(-1);
  }

  has(row: Row): boolean {
    return this.#last[row]! >= 0;
  }

  add(row: Row, piece: Row, offset = -1): void {
    this.#before.push(this.#last[row]!);
    this.#offsets.push(offset);
    this.#last[row] = this.#rows.push(piece) - 1;
  }

  /** The row that sums what was added to `row`; a scalar may stand for a vector that is the same in every lane. */
  total(row: Row): Row {
    const { graph } = this;
    const whole: Row[] = [];
    const placed: Piece[] = [];
    for (let k = this.#last[row]!; k >= 0; k = this.#before[k]!) {
      const piece = this.#rows[k]!;
      if (this.#offsets[k]! < 0 || (this.#offsets[k] === 0 && graph.shape[piece] === graph.shape[row])) whole.push(piece);
      else placed.push([piece, this.#offsets[k]!]);
    }
    if (placed.length > 0) {
      const lanes = graph.lanes(row);
      if (whole.length > 0)
        placed.push([
          broadcastTo(
            graph,
            whole.reduceRight((x, y) => plus(graph, x, y)),
            lanes,
          ),
          0,
        ]);
      return graph.assemble(placed.reverse(), lanes);
    }
    if (whole.length > 2 && graph.isScalar(row)) return graph.assemble(whole.reverse().map((piece): Piece => [piece, 0]));
    return whole.reduceRight((x, y) => plus(graph, x, y));
  }
}

/** x + y, with signs moved outward: a sum of negations is the negation of a sum. */
function plus(graph: Graph, x: Row, y: Row): Row {
  const [minusX, minusY] = [graph.op[x] === opcode.neg, graph.op[y] === opcode.neg];
  if (minusX && minusY) return graph.elementwise(opcode.neg, graph.elementwise(opcode.add, graph.a[x]!, graph.a[y]));
  if (minusY) return graph.elementwise(opcode.sub, x, graph.a[y]);
  if (minusX) return graph.elementwise(opcode.sub, y, graph.a[x]);
  return graph.elementwise(opcode.add, x, y);
}

/** −x, undoing a negation. */
function negated(graph: Graph, x: Row): Row {
  return graph.op[x] === opcode.neg ? graph.a[x]! : graph.elementwise(opcode.neg, x);
}

/** A row as a vector of `lanes`. */
export function broadcastTo(graph: Graph, row: Row, lanes: number): Row {
  return graph.isScalar(row) ? graph.shared(structural.broadcast, graph.shapeOf(lanes), row) : row;
}

/** g · p. Factors of a partial multiply one by one, signs move outward and quotients become divisions, so that equal work is one row. */
function times(graph: Graph, g: Row, p: Row): Row {
  if (graph.isConstant(g) && graph.constantOf(g) === 1) return p;
  if (graph.isConstant(p) && graph.constantOf(p) === 1) return g;
  if (graph.op[g] === opcode.neg) return negated(graph, times(graph, graph.a[g]!, p));
  if (graph.op[p] === opcode.neg) return negated(graph, times(graph, g, graph.a[p]!));
  if (graph.op[p] === opcode.div && graph.isConstant(graph.a[p]!))
    return graph.elementwise(opcode.div, times(graph, g, graph.a[p]!), graph.b[p]);
  return graph.elementwise(opcode.mul, g, p);
}

/** The adjoint's flow through one row after another; every method appends rows. */
class ReversePass {
  readonly #contributions: Contributions;
  readonly #elementwise: (op: number, a: Row, b?: Row, c?: Row) => Row;
  readonly #constant: (value: number) => Row;

  constructor(
    readonly graph: Graph,
    readonly of: Row,
    readonly activity: Activity,
  ) {
    this.#contributions = new Contributions(graph, of + 1);
    this.#elementwise = (op, a, b, c) => graph.elementwise(op, a, b, c);
    this.#constant = (value) => graph.constant(value);
  }

  run(): void {
    const { graph, of } = this;
    this.#contributions.add(of, graph.constant(1));
    for (let row = of; row >= 0; row--) {
      if (!this.activity.depends[row] || !this.#contributions.has(row) || graph.operandCount(row) === 0) continue;
      const g = this.#contributions.total(row);
      if (isElementwise(graph.op[row]!)) this.#elementwiseRow(row, g);
      else this.#structuralRow(row, g);
    }
  }

  /** The adjoint of a row in its own shape; zero where nothing flowed. */
  adjoint(row: Row): Row {
    const { graph } = this;
    const g = row <= this.of && this.#contributions.has(row) ? this.#contributions.total(row) : graph.constant(0);
    return graph.isScalar(row) ? g : broadcastTo(graph, g, graph.lanes(row));
  }

  #elementwiseRow(row: Row, g: Row): void {
    const { graph } = this;
    const op = graph.op[row]!;
    for (const [k, rule] of rules[op]!.entries()) {
      const operand = graph.operand(row, k);
      if (rule === 0 || !this.activity.depends[operand]) continue;
      let contribution: Row;
      if (rule === 1) contribution = g;
      else if (rule === -1) contribution = negated(graph, g);
      else {
        const partial =
          typeof rule === "number"
            ? graph.constant(rule)
            : rule.rows(this.#elementwise, this.#constant, graph.a[row]!, graph.b[row]!, graph.c[row]!, row);
        if (typeof rule === "object" && rule.truth) contribution = graph.elementwise(opcode.where, partial, g, graph.constant(0));
        // The guard holds for its own derivative too: where a is 0, an infinite adjoint must not reach b as ∞ · 0.
        else if (op === opcode.guardedMul && k === 1) contribution = graph.elementwise(op, graph.a[row]!, g);
        else if (this.activity.guarded[row]) contribution = graph.elementwise(opcode.guardedMul, g, partial);
        else contribution = this.#product(g, partial);
      }
      this.#contributions.add(operand, this.#reduced(contribution, operand, row));
    }
  }

  /** g · p for a partial that may be a product itself: its factors multiply g in turn. */
  #product(g: Row, partial: Row): Row {
    const { graph } = this;
    if (graph.op[partial] === opcode.neg && graph.op[graph.a[partial]!] === opcode.mul)
      return negated(graph, this.#product(g, graph.a[partial]!));
    if (graph.op[partial] === opcode.mul && partial > this.of) return times(graph, this.#product(g, graph.a[partial]!), graph.b[partial]!);
    return times(graph, g, partial);
  }

  /** A contribution as an operand's: lanes that shared a scalar operand add up. */
  #reduced(contribution: Row, operand: Row, row: Row): Row {
    const { graph } = this;
    if (!graph.isScalar(operand) || graph.isScalar(row)) return contribution;
    if (graph.isScalar(contribution)) return times(graph, contribution, graph.constant(graph.lanes(row)));
    if (graph.op[contribution] !== opcode.neg) return graph.shared(structural.sum, SCALAR, contribution);
    return graph.elementwise(opcode.neg, graph.shared(structural.sum, SCALAR, graph.a[contribution]));
  }

  #structuralRow(row: Row, g: Row): void {
    const { graph } = this;
    const a = graph.a[row]!;
    const whole = (): Row => broadcastTo(graph, g, graph.lanes(row));
    const uniform = graph.isScalar(g) && !graph.isScalar(row);
    const give = (piece: Row, offset?: number): void => this.#contributions.add(a, piece, offset);
    switch (graph.op[row]!) {
      case structural.sum:
        return give(g);
      case structural.broadcast:
        return give(this.#reduced(g, a, row));
      case structural.at:
        return give(g, graph.b[row]);
      case structural.slice:
        return give(whole(), graph.b[row]);
      case structural.take:
        return give(graph.shared(structural.segmentSum, graph.shape[a]!, whole(), graph.b[row]));
      case structural.segmentSum:
        return give(uniform ? g : graph.shared(structural.take, graph.shape[a]!, g, graph.b[row]));
      case structural.reverse:
        return give(uniform ? g : graph.shared(structural.reverse, graph.shape[row]!, g));
      case structural.cumsum: {
        const turned = uniform ? whole() : graph.shared(structural.reverse, graph.shape[row]!, g);
        return give(graph.shared(structural.reverse, graph.shape[row]!, graph.shared(structural.cumsum, graph.shape[row]!, turned)));
      }
      case structural.assemble:
        return this.#pieces(row, g);
    }
  }

  /** The adjoint of an assembly: each piece's is the part of the adjoint where it was placed. */
  #pieces(row: Row, g: Row): void {
    const { graph } = this;
    for (let k = 0; k < graph.operandCount(row); k++) {
      const piece = graph.operand(row, k);
      if (!this.activity.depends[piece]) continue;
      const offset = graph.pieceOffset(row, k);
      let part = g;
      if (!graph.isScalar(g) && graph.isScalar(piece)) part = graph.shared(structural.at, SCALAR, g, offset);
      else if (!graph.isScalar(g) && graph.shape[piece] !== graph.shape[row])
        part = graph.shared(structural.slice, graph.shape[piece]!, g, offset);
      this.#contributions.add(piece, part);
    }
  }
}

/**
 * Appends the rows of ∂of/∂parameter for every parameter, each in its parameter's shape.
 * Rows that are neither of them count as constants. The cost of the new rows is at most a small multiple of the old.
 */
export function differentiate(graph: Graph, of: Row, parameters: readonly Row[]): Row[] {
  const pass = new ReversePass(graph, of, activity(graph, of, parameters));
  pass.run();
  return parameters.map((row) => pass.adjoint(row));
}
