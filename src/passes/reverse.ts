/** The reverse pass: appends to a graph the rows of its results' derivatives with respect to others. */
import { rules } from "../generated/rules.js";
import { type Graph, type Piece, type Row, SCALAR } from "../graph.js";
import { isElementwise, structural } from "../structural.js";
import { type Activity, activity } from "./activity.js";
import { customAdjoints, hostShare } from "./calls.js";
import { broadcastTo, contributionOf, plus, reduced, type Recorder, recorderOf } from "./algebra.js";

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
    if (whole.length > 2 && graph.isScalar(row)) {
      const wide = whole.find((piece) => !graph.isScalar(piece)); // several seeds side by side make a scalar's adjoint a vector
      const lanes = wide === undefined ? undefined : graph.lanes(wide);
      return graph.assemble(
        whole.reverse().map((piece): Piece => [lanes === undefined ? piece : broadcastTo(graph, piece, lanes), 0]),
        lanes,
      );
    }
    return whole.reduceRight((x, y) => plus(graph, x, y));
  }
}

/** The adjoint's flow through one row after another; every method appends rows. */
class ReversePass {
  readonly #contributions: Contributions;
  readonly #record: Recorder;
  readonly #end: number;

  constructor(
    readonly graph: Graph,
    seeds: ReadonlyMap<Row, Row>,
    readonly activity: Activity,
  ) {
    this.#end = activity.depends.length;
    this.#contributions = new Contributions(graph, this.#end);
    this.#record = recorderOf(graph);
    for (const [row, seed] of seeds) this.#contributions.add(row, seed);
  }

  run(): void {
    const { graph } = this;
    const fresh = graph.length;
    for (let row = this.#end - 1; row >= this.activity.first; row--) {
      if (!this.activity.depends[row] || !this.#contributions.has(row) || graph.operandCount(row) === 0) continue;
      const g = this.#contributions.total(row);
      if (isElementwise(graph.op[row]!)) this.#elementwiseRow(row, g, fresh);
      else this.#structuralRow(row, g);
    }
  }

  /** The adjoint of a row in its own shape; zero where nothing flowed. */
  adjoint(row: Row): Row {
    const { graph } = this;
    const g = row < this.#end && this.#contributions.has(row) ? this.#contributions.total(row) : graph.constant(0);
    return graph.isScalar(row) ? g : broadcastTo(graph, g, graph.lanes(row));
  }

  #elementwiseRow(row: Row, g: Row, fresh: number): void {
    const { graph } = this;
    for (const [k, rule] of rules[graph.op[row]!]!.entries()) {
      const operand = graph.operand(row, k);
      if (rule === 0 || !this.activity.depends[operand]) continue;
      const contribution = contributionOf(graph, this.#record, row, k, g, this.activity.guarded[row] === 1, fresh);
      this.#contributions.add(operand, this.#reduced(contribution, operand, row));
    }
  }

  /** A contribution as an operand's: lanes that shared a scalar operand add up. */
  #reduced(contribution: Row, operand: Row, row: Row): Row {
    const { graph } = this;
    return graph.isScalar(operand) && !graph.isScalar(row) ? reduced(graph, graph.lanes(row), contribution) : contribution;
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
      case structural.host:
        return this.#host(row, g);
      case structural.custom:
        return this.#custom(row, graph.isScalar(row) ? g : whole());
    }
  }

  #host(row: Row, g: Row): void {
    const { graph } = this;
    graph.operands(row).forEach((operand, k) => {
      if (!this.activity.depends[operand]) return;
      this.#contributions.add(operand, this.#reduced(hostShare(graph, row, k, g, this.activity.guarded[row] === 1), operand, row));
    });
  }

  #custom(row: Row, g: Row): void {
    const { graph } = this;
    const adjoints = customAdjoints(graph, row, g, this.activity.guarded[row] === 1, pullback);
    graph.operands(row).forEach((operand, k) => {
      if (k > 0 && this.activity.depends[operand]) this.#contributions.add(operand, adjoints[k - 1]!);
    });
  }

  /** The adjoint of an assembly: each piece's is the part of the adjoint where it was placed. */
  #pieces(row: Row, g: Row): void {
    const { graph } = this;
    for (let k = 0; k < graph.operandCount(row); k++) {
      const piece = graph.operand(row, k);
      if (!this.activity.depends[piece]) continue;
      const offset = graph.pieceOffset(row, k);
      let part = g;
      if (graph.isScalar(row)) part = g;
      else if (!graph.isScalar(g) && graph.isScalar(piece)) part = graph.shared(structural.at, SCALAR, g, offset);
      else if (!graph.isScalar(g) && graph.shape[piece] !== graph.shape[row])
        part = graph.shared(structural.slice, graph.shape[piece]!, g, offset);
      this.#contributions.add(piece, part);
    }
  }
}

/**
 * Appends the rows of Σ seed · ∂result/∂parameter for every parameter, each in its parameter's shape; a seed has its result's shape, or is one number for all lanes.
 * Rows that are neither of them count as constants. The cost of the new rows is at most a small multiple of the old.
 * Where all rows that depend on the parameters are scalars, seeds may be vectors of one length: several side by side.
 */
export function pullback(graph: Graph, seeds: ReadonlyMap<Row, Row>, parameters: readonly Row[]): Row[] {
  const pass = new ReversePass(graph, seeds, activity(graph, [...seeds.keys()], parameters));
  pass.run();
  return parameters.map((row) => pass.adjoint(row));
}

/** Appends the rows of ∂of/∂parameter, of a scalar row, for every parameter. */
export function differentiate(graph: Graph, of: Row, parameters: readonly Row[]): Row[] {
  return pullback(graph, new Map([[of, graph.constant(1)]]), parameters);
}
