/** The batching pass: rows of one point become rows over the lanes of many. */
import { opcode } from "../generated/table.js";
import { type Graph, type Row } from "../graph.js";
import { printRow } from "../print.js";
import { isElementwise, rowName, structural } from "../structural.js";
import { broadcastTo } from "./algebra.js";
import { ruleTangent } from "./calls.js";
import { reach } from "./reach.js";
import { pullback } from "./reverse.js";

/** Vectors of one point up to this length are unrolled. */
const MOST_LANES = 64;

/** Re-records rows lane by lane: a scalar row becomes one row of many points, a short vector one for each of its lanes. */
class Batch {
  readonly #images: Map<Row, readonly Row[]>;

  constructor(
    readonly graph: Graph,
    images: Iterable<readonly [Row, readonly Row[]]>,
  ) {
    this.#images = new Map(images);
  }

  /** Records the rows of all points for what `results` need, from row `first` on. */
  run(results: readonly Row[], first: Row = 0): (readonly Row[])[] {
    const needed = reach(this.graph, results, first);
    for (let row = first; row < needed.length; row++) if (needed[row]) this.record(row);
    return results.map((row) => this.lanesOf(row));
  }

  /** The rows of all points for each lane of a row; a row that does not depend on the point serves as it is. */
  lanesOf(row: Row): readonly Row[] {
    const image = this.#images.get(row);
    if (image) return image;
    const { graph } = this;
    if (graph.isScalar(row)) return [row];
    return Array.from({ length: graph.lanes(row) }, (_, lane) => graph.shared(structural.at, 0, row, lane));
  }

  record(row: Row): void {
    const { graph } = this;
    let depends = false;
    for (let k = graph.operandCount(row) - 1; k >= 0; k--) depends ||= this.#images.has(graph.operand(row, k));
    if (!depends || this.#images.has(row)) return;
    if (graph.lanes(row) > MOST_LANES) this.#refuse(row, `rows of at most ${MOST_LANES} lanes a point`);
    const op = graph.op[row]!;
    if (op === structural.custom) this.#images.set(row, this.#custom(row));
    else this.#images.set(row, isElementwise(op) || op === structural.host ? this.#elementwise(row) : this.#structural(row));
  }

  #refuse(row: Row, expected: string): never {
    throw new RangeError(`vmap: expected ${expected}, got ${printRow(this.graph, row)}. Write the function for one point, with scalars`);
  }

  #elementwise(row: Row): Row[] {
    const { graph } = this;
    const operands = Array.from({ length: graph.operandCount(row) }, (_, k) => this.lanesOf(graph.operand(row, k)));
    const lane = (k: number, i: number): Row => (k < operands.length ? operands[k]![operands[k]!.length === 1 ? 0 : i]! : -1);
    return Array.from({ length: graph.lanes(row) }, (_, i) => {
      if (graph.op[row] === structural.host)
        return graph.host(
          graph.c[row]!,
          operands.map((_, k) => lane(k, i)),
        );
      return graph.elementwise(graph.op[row]!, lane(0, i), lane(1, i), lane(2, i));
    });
  }

  /** A custom row of all points, with the lanes of one point one after another; its rule is that of one point, at all. */
  #custom(row: Row): readonly Row[] {
    const { graph } = this;
    const [value, ...inputs] = graph.operands(row);
    const images = inputs.map((input) => this.#images.get(input));
    const points = [...images, this.lanesOf(value!)].reduce(
      (most, rows) => Math.max(most, ...(rows ?? []).map((lane) => graph.lanes(lane))),
      1,
    );
    const columns = (rows: readonly Row[]): Row[] => rows.map((lane) => broadcastTo(graph, lane, points));
    const rule = graph.rules[graph.c[row]!]!;
    const tangent = (_: Graph, given: readonly Row[], tangents: readonly Row[]): Row => {
      const first = graph.length;
      const stand = (rows: readonly Row[]): { at: Row[]; images: [Row, readonly Row[]][] } => {
        let next = 0;
        const pairs = inputs.map((input, k): [Row, readonly Row[]] => {
          const own = rows.slice(next, (next += images[k]?.length ?? 1));
          return images[k] ? [graph.push(structural.placeholder, graph.shape[input]!, graph.length), own] : [own[0]!, own];
        });
        return { at: pairs.map(([at]) => at), images: pairs.filter((_, k) => images[k]) };
      };
      const [point, direction] = [stand(given), stand(tangents)];
      const result = ruleTangent(graph, rule, value!, point.at, direction.at, pullback);
      const [lanes] = new Batch(graph, [...point.images, ...direction.images]).run([result], first);
      return packed(graph, columns(lanes!), points);
    };
    const number = graph.rules.push({ name: rule.name, tangent }) - 1;
    const lanes = columns(this.lanesOf(value!));
    const whole = graph.custom(
      number,
      packed(graph, lanes, points),
      inputs.flatMap((input, k) => (images[k] ? columns(images[k]) : [input])),
    );
    return lanes.length === 1 ? [whole] : lanes.map((_, i) => graph.shared(structural.slice, graph.shapeOf(points), whole, i * points));
  }

  #apply(op: number, a: Row, b = -1, c = -1): Row {
    return this.graph.elementwise(op, a, b, c);
  }

  #structural(row: Row): readonly Row[] {
    const { graph } = this;
    const op = graph.op[row]!;
    if (op === structural.assemble) return this.#assemble(row);
    const lanes = this.lanesOf(graph.a[row]!);
    const b = graph.b[row]!;
    const add = (x: Row, y: Row): Row => this.#apply(opcode.add, x, y);
    switch (op) {
      case structural.sum:
        return [lanes.reduce(add)];
      case structural.broadcast:
        return Array.from({ length: graph.lanes(row) }, () => lanes[0]!);
      case structural.at:
        return [lanes[b]!];
      case structural.slice:
        return lanes.slice(b, b + graph.lanes(row));
      case structural.cumsum: {
        let total: Row | undefined;
        return lanes.map((lane) => (total = total === undefined ? lane : add(total, lane)));
      }
      case structural.reverse:
        return [...lanes].reverse();
      case structural.take:
        return this.#indices(row, b).map((index) => lanes[index]!);
      case structural.segmentSum: {
        const sums: Row[] = Array.from({ length: graph.lanes(row) }, () => graph.constant(0));
        this.#indices(row, b).forEach((index, i) => (sums[index] = add(sums[index]!, lanes[i]!)));
        return sums;
      }
      case structural.max:
      case structural.min:
        return [lanes.reduce((x, y) => this.#apply(op === structural.max ? opcode.maximum : opcode.minimum, x, y))];
      case structural.argmax:
      case structural.argmin:
        return [this.#argExtreme(lanes, op === structural.argmax)];
    }
    return this.#refuse(row, "a function whose rows can be evaluated point by point");
  }

  /** The first lane that holds the greatest or the least value; NaN counts as beyond all. */
  #argExtreme(lanes: readonly Row[], greatest: boolean): Row {
    let best = lanes[0]!;
    let index = this.graph.constant(0);
    lanes.forEach((lane, i) => {
      if (i === 0) return;
      const stays = greatest ? this.#apply(opcode.ge, best, lane) : this.#apply(opcode.ge, lane, best);
      const better = this.#apply(opcode.and, this.#apply(opcode.not, stays), this.#apply(opcode.eq, best, best));
      best = this.#apply(opcode.where, better, lane, best);
      index = this.#apply(opcode.where, better, this.graph.constant(i), index);
    });
    return index;
  }

  #indices(row: Row, indices: Row): number[] {
    const { graph } = this;
    if (graph.op[indices] !== structural.indexVector) this.#refuse(row, `constant lane numbers in ${rowName(graph.op[row]!)}`);
    return [...graph.vectors[graph.a[indices]!]!];
  }

  #assemble(row: Row): Row[] {
    const { graph } = this;
    const sums: (Row | undefined)[] = Array.from({ length: graph.lanes(row) });
    for (let k = 0; k < graph.operandCount(row); k++) {
      this.lanesOf(graph.operand(row, k)).forEach((lane, i) => {
        const at = graph.pieceOffset(row, k) + i;
        sums[at] = sums[at] === undefined ? lane : this.#apply(opcode.add, sums[at], lane);
      });
    }
    return sums.map((sum) => sum ?? graph.constant(0));
  }
}

/**
 * Returns, for each of `results`, the rows over all points: one for a scalar, one a lane for a vector of at most 64 lanes.
 * `columns` gives the rows that take the place of one point's placeholders, all of one length.
 * @throws RangeError that names a row which cannot be evaluated point by point.
 */
export function batch(graph: Graph, results: readonly Row[], columns: ReadonlyMap<Row, Row>): (readonly Row[])[] {
  return new Batch(
    graph,
    [...columns].map(([row, column]): [Row, readonly Row[]] => [row, [column]]),
  ).run(results);
}

/** Columns one after another in one vector; a lone one as it is. */
function packed(graph: Graph, columns: readonly Row[], points: number): Row {
  if (columns.length === 1) return columns[0]!;
  return graph.assemble(
    columns.map((column, i) => [column, i * points]),
    columns.length * points,
  );
}
