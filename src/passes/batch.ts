/** The batching pass: rows of one point become rows over the lanes of many. */
import { opcode } from "../ops/generated/table.js";
import { type Graph, type Row } from "../graph/graph.js";
import { addLanes, addTerms } from "../ops/lanes.js";
import { isElementwise, rowName, structural } from "../ops/structural.js";
import { wordsOf } from "../graph/words.js";
import { broadcastTo } from "./algebra.js";
import { ruleTangent } from "./calls.js";
import { reach } from "../graph/reach.js";
import { pullback } from "./reverse.js";

/** Vectors of one point up to this length are unrolled. */
const MOST_LANES = 64;

/** Columns one after another in one vector; a lone one as it is. */
function packed(graph: Graph, columns: readonly Row[], points: number): Row {
  if (columns.length === 1) return columns[0]!;
  return graph.assemble(
    columns.map((column, i) => [column, i * points]),
    columns.length * points,
  );
}

/**
 * Returns, for each of `results`, the rows over all points: one for a scalar, one a lane for a vector of at most 64 lanes. Rows from `first` on that depend on the point are recorded anew.
 * `images` gives the rows, all of one length, that take the place of the lanes of one point's placeholders.
 * @throws RangeError that names a row which cannot be evaluated point by point.
 */
export function batch(
  graph: Graph,
  results: readonly Row[],
  images: Iterable<readonly [Row, readonly Row[]]>,
  first: Row = 0,
): (readonly Row[])[] {
  const given = new Map(images);
  const known = new Map(given);
  const apply = (op: number, a: Row, b?: Row, c?: Row): Row => graph.elementwise(op, a, b, c);
  const add = (x: Row, y: Row): Row => apply(opcode.add, x, y);

  const fromTheLeft = (terms: readonly Row[]): Row => (terms.length === 0 ? graph.constant(0) : terms.reduce(add));

  /** The rows of all points for each lane of a row; a row that does not depend on the point serves as it is. */
  function lanesOf(row: Row): readonly Row[] {
    return (
      known.get(row) ??
      (graph.isScalar(row) ? [row] : Array.from({ length: graph.lanes(row) }, (_, lane) => graph.shared(structural.at, 0, row, lane)))
    );
  }

  /** A row in the words of the function of one point. */
  const words = (row: Row): string =>
    wordsOf(graph, row, (placeholder) => given.get(placeholder)?.map((image) => wordsOf(graph, image))[0]);

  function refuse(row: Row, expected: string): never {
    throw new RangeError(`vmap: expected ${expected}, got ${words(row)}. Write the function for one point, with scalars`);
  }

  function lanewise(row: Row): Row[] {
    const op = graph.op[row]!;
    const operands = graph.operands(row).map(lanesOf);
    return Array.from({ length: graph.lanes(row) }, (_, i) => {
      const lanes = operands.map((rows) => rows[rows.length === 1 ? 0 : i]!);
      return op === structural.host ? graph.host(graph.c[row]!, lanes) : apply(op, lanes[0]!, lanes[1], lanes[2]);
    });
  }

  /** A custom row of all points, with the lanes of one point one after another; its rule is that of one point, at all. */
  function custom(row: Row): readonly Row[] {
    const [value, ...inputs] = graph.operands(row);
    const images = inputs.map((input) => known.get(input));
    const points = [...images, lanesOf(value!)].reduce((most, rows) => Math.max(most, ...(rows ?? []).map((lane) => graph.lanes(lane))), 1);
    const columns = (rows: readonly Row[]): Row[] => rows.map((lane) => broadcastTo(graph, lane, points));
    const rule = graph.rules[graph.c[row]!]!;
    const tangent = (_: Graph, given: readonly Row[], tangents: readonly Row[]): Row => {
      const start = graph.length;
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
      const [lanes] = batch(graph, [result], [...point.images, ...direction.images], start);
      return packed(graph, columns(lanes!), points);
    };
    const number = graph.rules.push({ name: rule.name, tangent }) - 1;
    const lanes = columns(lanesOf(value!));
    const whole = graph.custom(
      number,
      packed(graph, lanes, points),
      inputs.flatMap((input, k) => (images[k] ? columns(images[k]) : [input])),
    );
    return lanes.length === 1 ? [whole] : lanes.map((_, i) => graph.shared(structural.slice, graph.shapeOf(points), whole, i * points));
  }

  function structuralRow(row: Row): readonly Row[] {
    const op = graph.op[row]!;
    const lanes = lanesOf(graph.a[row]!);
    const b = graph.b[row]!;
    switch (op) {
      case structural.sum:
        return [addLanes(lanes, add)];
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
        return indices(row, b).map((index) => lanes[index]!);
      case structural.segmentSum: {
        const terms: Row[][] = Array.from({ length: graph.lanes(row) }, () => []);
        indices(row, b).forEach((index, i) => terms[index]!.push(lanes[i]!));
        return terms.map(fromTheLeft);
      }
      case structural.max:
      case structural.min:
        return [lanes.reduce((x, y) => apply(op === structural.max ? opcode.maximum : opcode.minimum, x, y))];
      case structural.argmax:
      case structural.argmin:
        return [argExtreme(lanes, op === structural.argmax)];
    }
    return refuse(row, "a function whose rows can be evaluated point by point");
  }

  /** The first lane that holds the greatest or the least value; NaN counts as beyond all. */
  function argExtreme(lanes: readonly Row[], greatest: boolean): Row {
    let best = lanes[0]!;
    let index = graph.constant(0);
    lanes.forEach((lane, i) => {
      if (i === 0) return;
      const stays = greatest ? apply(opcode.ge, best, lane) : apply(opcode.ge, lane, best);
      const better = apply(opcode.and, apply(opcode.not, stays), apply(opcode.eq, best, best));
      best = apply(opcode.where, better, lane, best);
      index = apply(opcode.where, better, graph.constant(i), index);
    });
    return index;
  }

  function indices(row: Row, lanes: Row): number[] {
    if (graph.op[lanes] !== structural.indexVector) refuse(row, `constant lane numbers in ${rowName(graph.op[row]!)}`);
    return [...graph.vectors[graph.a[lanes]!]!];
  }

  function assembled(row: Row): Row[] {
    if (graph.isScalar(row))
      return [
        addTerms(
          graph.operands(row).map((piece) => lanesOf(piece)[0]!),
          add,
        ),
      ];
    const terms: Row[][] = Array.from({ length: graph.lanes(row) }, () => []);
    for (let k = 0; k < graph.operandCount(row); k++)
      lanesOf(graph.operand(row, k)).forEach((lane, i) => terms[graph.pieceOffset(row, k) + i]!.push(lane));
    return terms.map(fromTheLeft);
  }

  function image(row: Row): readonly Row[] {
    if (graph.lanes(row) > MOST_LANES) refuse(row, `rows of at most ${MOST_LANES} lanes a point`);
    const op = graph.op[row]!;
    if (isElementwise(op) || op === structural.host) return lanewise(row);
    if (op === structural.custom) return custom(row);
    return op === structural.assemble ? assembled(row) : structuralRow(row);
  }

  const needed = reach(graph, results, first);
  for (let row = first; row < needed.length; row++)
    if (needed[row] && !known.has(row) && graph.operands(row).some((operand) => known.has(operand))) known.set(row, image(row));
  return results.map(lanesOf);
}
