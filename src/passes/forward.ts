/** The forward pass: appends to a graph the rows of its results' tangents. */
import { rules } from "../generated/rules.js";
import { type Graph, type Piece, type Row, SCALAR } from "../graph.js";
import { isElementwise, structural } from "../structural.js";
import { type Activity, activity } from "./activity.js";
import { broadcastTo, contributionOf, plus, type Recorder, recorderOf, times } from "./algebra.js";
import { customTangent, hostShare } from "./calls.js";
import { pullback } from "./reverse.js";

/** Tangents of one row after another; every method appends rows. */
class ForwardPass {
  readonly #tangents = new Map<Row, Row>();
  readonly #record: Recorder;

  constructor(
    readonly graph: Graph,
    tangents: ReadonlyMap<Row, Row>,
    readonly activity: Activity,
  ) {
    this.#record = recorderOf(graph);
    for (const [row, tangent] of tangents) this.#tangents.set(row, tangent);
  }

  run(): void {
    const { graph } = this;
    const fresh = graph.length;
    for (let row = this.activity.first; row < this.activity.depends.length; row++) {
      if (!this.activity.depends[row] || this.#tangents.has(row)) continue;
      const tangent = isElementwise(graph.op[row]!) ? this.#elementwiseRow(row, fresh) : this.#structuralRow(row);
      if (tangent !== undefined) this.#tangents.set(row, tangent);
    }
  }

  /** The tangent of a row in its own shape; zero where it does not depend. */
  tangent(row: Row): Row {
    const { graph } = this;
    const tangent = this.#tangents.get(row) ?? graph.constant(0);
    return graph.isScalar(row) ? tangent : broadcastTo(graph, tangent, graph.lanes(row));
  }

  #elementwiseRow(row: Row, fresh: number): Row | undefined {
    const { graph } = this;
    let total: Row | undefined;
    for (const [k, rule] of rules[graph.op[row]!]!.entries()) {
      const tangent = this.#tangents.get(graph.operand(row, k));
      if (rule === 0 || tangent === undefined) continue;
      const share = contributionOf(graph, this.#record, row, k, tangent, this.activity.guarded[row] === 1, fresh);
      total = total === undefined ? share : plus(graph, total, share);
    }
    return total;
  }

  /** The tangent of a row that is linear in its operand: the same row of the operand's tangent. A scalar may stand for equal lanes. */
  #structuralRow(row: Row): Row | undefined {
    const { graph } = this;
    const op = graph.op[row]!;
    if (op === structural.assemble) return this.#pieces(row);
    if (op === structural.host) return this.#host(row);
    if (op === structural.custom) return this.#custom(row);
    const a = graph.a[row]!;
    const tangent = this.#tangents.get(a);
    if (tangent === undefined) return undefined;
    const whole = (): Row => broadcastTo(graph, tangent, graph.lanes(a));
    const uniform = graph.isScalar(tangent) && !graph.isScalar(a);
    switch (op) {
      case structural.broadcast:
        return tangent;
      case structural.sum:
        return uniform ? times(graph, tangent, graph.constant(graph.lanes(a))) : graph.shared(op, SCALAR, tangent);
      case structural.at:
      case structural.slice:
      case structural.take:
      case structural.reverse:
        return uniform ? tangent : graph.shared(op, graph.shape[row]!, tangent, graph.b[row]);
      default:
        return graph.shared(op, graph.shape[row]!, whole(), graph.b[row]);
    }
  }

  #host(row: Row): Row | undefined {
    const { graph } = this;
    const shares = graph.operands(row).flatMap((operand, k) => {
      const tangent = this.#tangents.get(operand);
      return tangent === undefined ? [] : [hostShare(graph, row, k, tangent, this.activity.guarded[row] === 1)];
    });
    return shares.length === 0 ? undefined : shares.reduce((x, y) => plus(graph, x, y));
  }

  #custom(row: Row): Row {
    const { graph } = this;
    const [, ...inputs] = graph.operands(row);
    return customTangent(
      graph,
      row,
      inputs.map((input) => this.tangent(input)),
      this.activity.guarded[row] === 1,
      pullback,
    );
  }

  #pieces(row: Row): Row | undefined {
    const { graph } = this;
    const pieces: Piece[] = [];
    for (let k = 0; k < graph.operandCount(row); k++) {
      const piece = graph.operand(row, k);
      const tangent = this.#tangents.get(piece);
      if (tangent !== undefined)
        pieces.push([graph.isScalar(piece) ? tangent : broadcastTo(graph, tangent, graph.lanes(piece)), graph.pieceOffset(row, k)]);
    }
    if (pieces.length === 0) return undefined;
    if (!graph.isScalar(row)) return graph.assemble(pieces, graph.lanes(row));
    // Several directions side by side make a scalar's tangent a vector.
    return pieces.length > 2 && pieces.every(([piece]) => graph.isScalar(piece))
      ? graph.assemble(pieces)
      : pieces.map(([piece]) => piece).reduce((x, y) => plus(graph, x, y));
  }
}

/**
 * Appends the rows of Σ ∂result/∂parameter · tangent for every result, each in its result's shape; the keys of `tangents` are the parameters.
 * Rows that are neither of them count as constants. Where all rows that depend on the parameters are scalars, a tangent may be a vector: of several directions side by side.
 */
export function pushforward(graph: Graph, results: readonly Row[], tangents: ReadonlyMap<Row, Row>): Row[] {
  const pass = new ForwardPass(graph, tangents, activity(graph, results, tangents.keys()));
  pass.run();
  return results.map((row) => pass.tangent(row));
}
