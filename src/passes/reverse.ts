/** The reverse pass: appends to a graph the rows of its results' derivatives with respect to others. */
import { rules } from "../generated/rules.js";
import { type Graph, type Piece, type Row, SCALAR } from "../graph.js";
import { isElementwise, structural } from "../structural.js";
import { activity } from "./activity.js";
import { customAdjoints, hostShare } from "./calls.js";
import { broadcastTo, contributionOf, plus, reduced, recorderOf } from "./algebra.js";

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

/**
 * Appends the rows of Σ seed · ∂result/∂parameter for every parameter, each in its parameter's shape; a seed has its result's shape, or is one number for all lanes.
 * Rows that are neither of them count as constants. The cost of the new rows is at most a small multiple of the old.
 * Where all rows that depend on the parameters are scalars, seeds may be vectors of one length: several side by side.
 */
export function pullback(graph: Graph, seeds: ReadonlyMap<Row, Row>, parameters: readonly Row[]): Row[] {
  const { depends, guarded, first } = activity(graph, [...seeds.keys()], parameters);
  const end = depends.length;
  const fresh = graph.length;
  const record = recorderOf(graph);
  const contributions = new Contributions(graph, end);
  for (const [row, seed] of seeds) contributions.add(row, seed);

  /** Gives an operand its share of a row's adjoint: lanes that shared a scalar operand add up. */
  function give(row: Row, operand: Row, share: Row): void {
    const many = graph.isScalar(operand) && !graph.isScalar(row);
    contributions.add(operand, many ? reduced(graph, graph.lanes(row), share) : share);
  }

  function elementwise(row: Row, g: Row): void {
    for (const [k, rule] of rules[graph.op[row]!]!.entries()) {
      const operand = graph.operand(row, k);
      if (rule !== 0 && depends[operand]) give(row, operand, contributionOf(graph, record, row, k, g, guarded[row] === 1, fresh));
    }
  }

  function structuralRow(row: Row, g: Row): void {
    const a = graph.a[row]!;
    const whole = (): Row => broadcastTo(graph, g, graph.lanes(row));
    const uniform = graph.isScalar(g) && !graph.isScalar(row);
    const add = (piece: Row, offset?: number): void => contributions.add(a, piece, offset);
    switch (graph.op[row]!) {
      case structural.sum:
        return add(g);
      case structural.broadcast:
        return give(row, a, g);
      case structural.at:
        return add(g, graph.b[row]);
      case structural.slice:
        return add(whole(), graph.b[row]);
      case structural.take:
        return add(graph.shared(structural.segmentSum, graph.shape[a]!, whole(), graph.b[row]));
      case structural.segmentSum:
        return add(uniform ? g : graph.shared(structural.take, graph.shape[a]!, g, graph.b[row]));
      case structural.reverse:
        return add(uniform ? g : graph.shared(structural.reverse, graph.shape[row]!, g));
      case structural.cumsum: {
        const turned = uniform ? whole() : graph.shared(structural.reverse, graph.shape[row]!, g);
        return add(graph.shared(structural.reverse, graph.shape[row]!, graph.shared(structural.cumsum, graph.shape[row]!, turned)));
      }
      case structural.assemble:
        return pieces(row, g);
      case structural.host:
        return graph.operands(row).forEach((operand, k) => {
          if (depends[operand]) give(row, operand, hostShare(graph, row, k, g, guarded[row] === 1));
        });
      case structural.custom: {
        const adjoints = customAdjoints(graph, row, graph.isScalar(row) ? g : whole(), guarded[row] === 1, pullback);
        return graph.operands(row).forEach((operand, k) => {
          if (k > 0 && depends[operand]) contributions.add(operand, adjoints[k - 1]!);
        });
      }
    }
  }

  /** The adjoint of an assembly: each piece's is the part of the adjoint where it was placed. */
  function pieces(row: Row, g: Row): void {
    for (let k = 0; k < graph.operandCount(row); k++) {
      const piece = graph.operand(row, k);
      if (!depends[piece]) continue;
      const offset = graph.pieceOffset(row, k);
      let part = g;
      if (graph.isScalar(row)) part = g;
      else if (!graph.isScalar(g) && graph.isScalar(piece)) part = graph.shared(structural.at, SCALAR, g, offset);
      else if (!graph.isScalar(g) && graph.shape[piece] !== graph.shape[row])
        part = graph.shared(structural.slice, graph.shape[piece]!, g, offset);
      contributions.add(piece, part);
    }
  }

  for (let row = end - 1; row >= first; row--) {
    if (!depends[row] || !contributions.has(row) || graph.operandCount(row) === 0) continue;
    const g = contributions.total(row);
    if (isElementwise(graph.op[row]!)) elementwise(row, g);
    else structuralRow(row, g);
  }
  return parameters.map((row) => {
    const g = row < end && contributions.has(row) ? contributions.total(row) : graph.constant(0); // zero where nothing flowed
    return graph.isScalar(row) ? g : broadcastTo(graph, g, graph.lanes(row));
  });
}

/** Appends the rows of ∂of/∂parameter, of a scalar row, for every parameter. */
export function differentiate(graph: Graph, of: Row, parameters: readonly Row[]): Row[] {
  return pullback(graph, new Map([[of, graph.constant(1)]]), parameters);
}
