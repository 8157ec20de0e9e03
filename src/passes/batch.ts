/** The batching pass: rows of one point become rows over the lanes of many. */
import { opcode } from "../ops/generated/table.js";
import { factsOf } from "../graph/facts.js";
import { called, closed, type Closed } from "../graph/anew.js";
import { type Body, type Graph, type Row } from "../graph/graph.js";
import { addLanes, addTerms } from "../ops/lanes.js";
import { laneNumber, type Monoid, type SumPlan } from "../ops/monoid.js";
import { byOpcode, isElementwise, ownsBodies, structural, structuralOf } from "../ops/rows.js";
import { type BodyRow, type CallRow } from "../ops/structural.js";
import { partAt } from "../graph/parts.js";
import { wordsOf } from "../graph/words.js";
import { type Whole } from "../ops/definition.js";
import { productOf } from "../ops/linear/rows.js";
import { reshapedTo, wholeRow } from "../graph/shaped.js";
import { broadcastTo } from "./algebra.js";
import {
  type Columns,
  columnsOfLanes,
  columnsOfPacked,
  lanesOfColumns,
  loopOfPoints,
  packedColumns,
  type PointRows,
} from "./batchloops.js";
import { ruleTangent } from "./calls.js";
import { Packed } from "./packed.js";
import { reach } from "../graph/reach.js";
import { pullback } from "./reverse.js";

/** Bodies over many points, by body and by which lanes of its parameters are of how many points. */
const batched = new WeakMap<Body, Map<string, Batched>>();

/** A body over many points; by result and lane, the number of the result. */
interface Batched {
  readonly closed: Closed;
  readonly lanes: readonly (readonly number[])[];
}

/** Rows of one point of up to so many lanes are rows of their own, one a lane; of more, one row over all points. */
const MOST_LANES = 64;

/** Products of matrices up to this size are chains of scalar rows. */
const MOST_CHAINED = 8;

/** A row over all points: its lanes, each a row over them, or all in one row, [points, lanes], or a loop's stack; one is made of the other where it is asked for. */
interface Image {
  lanes?: readonly Row[];
  packed?: Row;
  columns?: Columns;
}

/** What stands for the lanes of one point's placeholder: rows over all points, or one, [points, lanes]. */
export type Points = readonly Row[] | { readonly packed: Row };

/** Results over all points. */
interface OverPoints {
  /** A row for each lane. */
  lanes(result: Row): readonly Row[];
  /** One row, [points, lanes]. */
  packed(result: Row): Row;
}

const isLanes = (points: Points): points is readonly Row[] => Array.isArray(points);

/** Columns one after another in one vector; a lone one as it is. */
function packed(graph: Graph, columns: readonly Row[], points: number): Row {
  if (columns.length === 1) return columns[0]!;
  return graph.assemble(
    columns.map((column, i) => [column, i * points]),
    columns.length * points,
  );
}

/** What `of` makes of the lanes along a dimension. */
const eachAlong = (x: readonly Row[], { outer, count, inner }: SumPlan, of: (lanes: readonly Row[]) => Row): Row[] =>
  Array.from({ length: outer * inner }, (_, lane) =>
    of(Array.from({ length: count }, (_, k) => x[(Math.floor(lane / inner) * count + k) * inner + (lane % inner)]!)),
  );

/** Returns, for each of `results`, a row for each of its lanes, over all points. */
function batch(graph: Graph, results: readonly Row[], images: Iterable<readonly [Row, Points]>, first: Row = 0): (readonly Row[])[] {
  const over = overPoints(graph, results, images, first);
  return results.map((row) => over.lanes(row));
}

/**
 * Records `results` over all points. Rows from `first` on that depend on the point are recorded anew. `images` gives the rows, all over as many points, that take the place of the lanes of one
 * point's placeholders.
 * @throws RangeError that names a row which cannot be evaluated point by point.
 */
export function overPoints(graph: Graph, results: readonly Row[], images: Iterable<readonly [Row, Points]>, first: Row = 0): OverPoints {
  const given = new Map(images);
  const known = new Map<Row, Image>();
  let points = 1;
  for (const [placeholder, image] of given) {
    known.set(placeholder, isLanes(image) ? { lanes: image } : image);
    for (const row of isLanes(image) ? image : [image.packed]) points = Math.max(points, graph.sizes(row)[0] ?? 1);
  }
  const side = new Packed(graph, points, () => 0);
  const apply = (op: number, a: Row, b?: Row, c?: Row): Row => graph.elementwise(op, a, b, c);
  const add = (x: Row, y: Row): Row => apply(opcode.add, x, y);

  const fromTheLeft = (terms: readonly Row[]): Row => (terms.length === 0 ? graph.constant(0) : terms.reduce(add));

  /** The rows of all points for each lane of a row; a row that does not depend on the point serves as it is. */
  function lanesOf(row: Row): readonly Row[] {
    const image = known.get(row);
    if (image !== undefined)
      return (image.lanes ??= image.packed === undefined ? lanesOfColumns(graph, image.columns!) : side.apart(image.packed));
    return graph.isScalar(row) ? [row] : Array.from({ length: graph.lanes(row) }, (_, lane) => graph.shared(structural.at, 0, row, lane));
  }

  /** The same in one row. */
  function packedOf(row: Row): Row {
    const image = known.get(row);
    if (image === undefined) return side.everywhere(row);
    return (image.packed ??= image.columns === undefined ? side.together(image.lanes!) : packedColumns(graph, image.columns));
  }

  /** A row in the words of the function of one point. */
  const words = (row: Row): string =>
    wordsOf(graph, row, (placeholder) => {
      const image = given.get(placeholder);
      return image && wordsOf(graph, isLanes(image) ? image[0]! : image.packed);
    });

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
    const images = inputs.map((input) => (known.has(input) ? lanesOf(input) : undefined));
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

  /** Lanes of rows, each over all points. */
  const lanesOfPoints = (row: Row): Monoid<readonly Row[]> => ({
    gather: (x, lanes) => Array.from({ length: lanes.length }, (_, i) => x[laneNumber(lanes, i)]!),
    total: (x) => [addLanes(x, add)],
    along: (x, plan) => eachAlong(x, plan, (terms) => (plan.inner === 1 ? addLanes(terms, add) : fromTheLeft(terms))),
    extremesAlong: (x, plan, sign) => eachAlong(x, plan, (lanes) => extremeOf(lanes, sign)),
    firstsAlong: (x, plan, sign) => eachAlong(x, plan, (lanes) => argExtreme(lanes, sign > 0)),
    runningAlong(x, { count, inner }) {
      const sums: Row[] = [];
      x.forEach((lane, i) => sums.push(Math.floor(i / inner) % count === 0 ? lane : add(sums[i - inner]!, lane)));
      return sums;
    },
    ordered: (x, count) => x.flatMap((_, start) => (start % count === 0 ? ordered(x.slice(start, start + count)) : [])),
    running(x) {
      let total: Row | undefined;
      return x.map((lane) => (total = total === undefined ? lane : add(total, lane)));
    },
    scatter(x, to, lanes) {
      const terms: Row[][] = Array.from({ length: lanes }, () => []);
      x.forEach((lane, i) => terms[laneNumber(to, i)]!.push(lane));
      return terms.map(fromTheLeft);
    },
    placed(pieces, lanes) {
      const terms: Row[][] = Array.from({ length: lanes }, () => []);
      for (const [piece, offset] of pieces) piece.forEach((lane, i) => terms[offset + i]!.push(lane));
      return terms.map(fromTheLeft);
    },
    terms: (xs) => [
      addTerms(
        xs.map((x) => x[0]!),
        add,
      ),
    ],
    anywhere: (x, lanes) => computed(row, x, lanes),
    times: (x, y) =>
      Array.from({ length: Math.max(x.length, y.length) }, (_, i) =>
        apply(opcode.mul, x[x.length === 1 ? 0 : i]!, y[y.length === 1 ? 0 : i]),
      ),
    extreme: (x, sign) => [extremeOf(x, sign)],
    firstExtreme: (x, sign) => [argExtreme(x, sign > 0)],
  });

  const extremeOf = (x: readonly Row[], sign: 1 | -1): Row =>
    x.reduce((best, lane) => apply(sign > 0 ? opcode.maximum : opcode.minimum, best, lane));

  /** Lanes that are taken, or added to, by lane numbers that are computed at each point: each is compared with all. NaN where one is out of bounds. */
  function computed(row: Row, x: readonly Row[], lanes: number): readonly Row[] {
    const op = graph.op[row]!;
    const index = graph.operand(row, 1);
    const numbers = lanesOf(graph.isIndices(index) ? numbersOf(index, op === structural.take ? x.length : lanes) : index);
    const is = (number: Row, lane: number): Row => apply(opcode.eq, number, graph.constant(lane));
    const none = graph.constant(NaN);
    if (op === structural.take)
      return numbers.map((number) => x.reduce((rest, lane, i) => apply(opcode.where, is(number, i), lane, rest), none));
    const rest = numbers.map((number) =>
      Array.from({ length: lanes }, (_, j) => is(number, j))
        .map((found) => apply(opcode.where, found, graph.constant(0), none))
        .reduce((best, next) => apply(opcode.where, apply(opcode.eq, best, best), best, next)),
    );
    return Array.from({ length: lanes }, (_, j) =>
      fromTheLeft(numbers.map((number, i) => apply(opcode.where, is(number, j), x[i], rest[i]))),
    );
  }

  /** Lane numbers below a bound, which are the same at all points, as numbers. */
  function numbersOf(indices: Row, bound: number): Row {
    const all = graph.vector(Float64Array.from({ length: bound }, (_, i) => i));
    return graph.shared(structural.take, graph.shape[indices]!, all, indices);
  }

  /** Whether one lane stands before another: it is less, or the other alone is NaN. */
  function isBefore(x: Row, y: Row): Row {
    const alone = apply(opcode.and, apply(opcode.eq, x, x), apply(opcode.ne, y, y));
    return apply(opcode.or, apply(opcode.lt, x, y), alone);
  }

  /** The places of lanes in ascending order: of each lane how many stand before it, and at each place the lane of which that is the number. */
  function ordered(x: readonly Row[]): Row[] {
    const ranks = x.map((lane, j) =>
      x
        .flatMap((other, i) => (i === j ? [] : [i < j ? apply(opcode.not, isBefore(lane, other)) : isBefore(other, lane)]))
        .reduce(add, graph.constant(0)),
    );
    return x.map((_, place) =>
      ranks.reduce(
        (found, rank, i) => apply(opcode.where, apply(opcode.eq, rank, graph.constant(place)), graph.constant(i), found),
        graph.constant(0),
      ),
    );
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

  /** A call over many points is a call too; a part of it lies there lane by lane, each over all points. */
  function call(row: Row): readonly Row[] {
    const body = graph.bodyOf(row);
    const operands = graph.operands(row);
    const images = operands.map((operand) => (known.has(operand) ? lanesOf(operand) : undefined));
    const rows = operands.flatMap((operand, k) => images[k] ?? [operand]);
    const key = images.map((image) => image?.map((lane) => (graph.isScalar(lane) ? 1 : graph.lanes(lane))).join() ?? "").join(";"); // prettier-ignore
    let bodies = batched.get(body);
    if (bodies === undefined) batched.set(body, (bodies = new Map<string, Batched>()));
    let found = bodies.get(key);
    if (found === undefined) bodies.set(key, (found = batchedBody(body, graph, images))); // prettier-ignore
    const results = called(graph, found.closed, (k) => rows[k]!);
    const image: Row[] = [];
    found.lanes.forEach((numbers, part) => numbers.forEach((number, lane) => (image[body.parts[part]!.start + lane] = results[number]!)));
    return image;
  }

  /** By row of a loop: its parts over all points, undefined those that are the same at all. */
  const loops = new Map<Row, readonly (Image | undefined)[]>();

  /** How loops see rows. */
  const pointRows: PointRows = {
    graph,
    points,
    lanes: (row) => (known.has(row) ? lanesOf(row) : undefined),
    columns(row, length) {
      const image = known.get(row);
      return (
        image &&
        (image.columns ??=
          image.packed === undefined ? columnsOfLanes(graph, image.lanes!, length, points) : columnsOfPacked(graph, image.packed, length))
      );
    },
    batch,
  };

  /** What a row is that reads lanes of a part of a loop; undefined where that is the same at all points. */
  function partOfLoop(row: Row): Image | undefined {
    const of = graph.a[row]!;
    const owned = graph.loopOf(of);
    const k = partAt(owned, graph.b[row]!);
    const part = loops.get(of)![k];
    const { start, lanes } = owned.parts[k]!;
    if (part === undefined || lanes === graph.lanes(row)) return part;
    const first = graph.b[row]! - start;
    if (part.columns !== undefined) return { lanes: lanesOfColumns(graph, part.columns, first, graph.lanes(row)) };
    return { lanes: part.lanes!.slice(first, first + graph.lanes(row)) };
  }

  const bodies: Record<BodyRow, (row: Row) => void> = {
    call: (row) => known.set(row, { lanes: call(row) }),
    loop: (row) => loops.set(row, loopOfPoints(pointRows, row)),
  };
  const bodiesByOpcode = byOpcode(bodies);

  /** A row of whole operands at all points: one over a batch of matrices. */
  function wholeOfPoints(row: Row): Image {
    const op = graph.op[row]!;
    if (op === structural.matmul && isSmall(row)) return { lanes: chains(row) };
    const definition = structuralOf(op) as Whole;
    const operands = graph.operands(row);
    const facts = factsOf(graph, row);
    if (facts.shape.length > 2 || operands.some((operand) => graph.sizes(operand).length > 2))
      refuse(row, "matrices a point, no batches of them");
    const batched = operands.map((operand) =>
      known.has(operand) || !definition.shares ? reshapedTo(graph, packedOf(operand), [points, ...graph.sizes(operand)]) : operand,
    );
    const whole = wholeRow(graph, op, graph.shapeOf(definition.batched(facts, points)), batched, facts.attribute);
    return { packed: reshapedTo(graph, whole, [points, graph.lanes(row)]) };
  }

  /** Whether the sizes of a product are such that its terms are rows of their own. */
  function isSmall(row: Row): boolean {
    const [a, b] = [graph.sizes(graph.a[row]!), graph.sizes(graph.b[row]!)];
    const { batch, m, n, k } = productOf(a, b, graph.c[row]!);
    return batch === 1 && Math.max(m, n, k) <= MOST_CHAINED;
  }

  /** A product of small matrices: each number is a chain of products that are added from the left. */
  function chains(row: Row): readonly Row[] {
    const { m, n, k, transposeA, transposeB } = productOf(graph.sizes(graph.a[row]!), graph.sizes(graph.b[row]!), graph.c[row]!);
    const [a, b] = [lanesOf(graph.a[row]!), lanesOf(graph.b[row]!)];
    const term = (i: number, j: number, p: number): Row =>
      apply(opcode.mul, a[transposeA ? p * m + i : i * k + p]!, b[transposeB ? j * k + p : p * n + j]);
    return Array.from({ length: m * n }, (_, lane) => {
      const [i, j] = [Math.floor(lane / n), lane % n];
      return Array.from({ length: k }, (_, p) => term(i, j, p)).reduce(add);
    });
  }

  const calls: Record<CallRow, (row: Row) => readonly Row[]> = { custom, host: lanewise };
  const callsByOpcode = byOpcode(calls);

  /** Whether a row, or what it is made of, has too many lanes to be rows of their own. */
  const isLong = (row: Row): boolean =>
    graph.lanes(row) > MOST_LANES || graph.operands(row).some((operand) => known.has(operand) && graph.lanes(operand) > MOST_LANES);

  /** What is made of lanes that numbers of each point name. */
  function namedBy(row: Row, x: Row, lanes: number): Row {
    const index = graph.operand(row, 1);
    const isTake = graph.op[row] === structural.take;
    const numbers = graph.isIndices(index) ? numbersOf(index, isTake ? side.lanes(x) : lanes) : index;
    return isTake ? side.takenBy(x, packedOf(numbers)) : side.summedBy(x, packedOf(numbers), lanes);
  }

  /** A row over all points, [points, lanes], of rows that are. */
  function longImage(row: Row): Row {
    const op = graph.op[row]!;
    const operands = graph.operands(row);
    if (isElementwise(op) || op === structural.host) {
      const given = operands.map((operand) => (graph.isScalar(operand) && !known.has(operand) ? operand : packedOf(operand)));
      return side.elementwise(graph.lanes(row), given, (rows) => (op === structural.host ? graph.host(graph.c[row]!, rows) : apply(op, rows[0]!, rows[1], rows[2]))); // prettier-ignore
    }
    const facts = factsOf(graph, row);
    const definition = structuralOf(op);
    if (definition.kind !== "linear" && definition.kind !== "bilinear" && definition.kind !== "stopped")
      return refuse(row, `rows of at most ${MOST_LANES} lanes a point`);
    if ((op === structural.transpose || op === structural.triangle) && facts.shape.length === 2)
      return side.batched(op, packedOf(operands[0]!), facts.shape, facts.operand(0).shape, facts.attribute);
    const packed = operands.map((operand) => (graph.isIndices(operand) ? operand : packedOf(operand)));
    return definition.map(new Packed(graph, points, (x, lanes) => namedBy(row, x, lanes)), packed, facts);
  }

  function image(row: Row): Image {
    const op = graph.op[row]!;
    const definition = isElementwise(op) ? undefined : structuralOf(op);
    if (definition?.kind === "whole") return wholeOfPoints(row);
    if (isLong(row)) return { packed: longImage(row) };
    if (definition === undefined) return { lanes: lanewise(row) };
    switch (definition.kind) {
      case "entry":
      case "body":
        return refuse(row, "a function whose rows can be evaluated point by point");
      case "call":
        return { lanes: callsByOpcode[op]!(row) };
      default: {
        // lane numbers are not rows of points
        const operands = graph.operands(row).map((operand) => (graph.isIndices(operand) ? [] : lanesOf(operand)));
        return { lanes: definition.map(lanesOfPoints(row), operands, factsOf(graph, row)) };
      }
    }
  }

  const needed = reach(graph, results, first, { whole: true });
  const depends = (row: Row): boolean => known.has(row) || loops.has(row);
  for (let row = first; row < needed.end; row++) {
    if (!needed.has(row) || known.has(row) || !graph.operands(row).some(depends)) continue;
    const readsLoop = !isElementwise(graph.op[row]!) && graph.operandCount(row) === 1 && loops.has(graph.operand(row, 0));
    if (ownsBodies(graph.op[row]!)) bodiesByOpcode[graph.op[row]!]!(row);
    else {
      const found = readsLoop ? partOfLoop(row) : image(row);
      if (found !== undefined) known.set(row, found);
    }
  }
  return { lanes: lanesOf, packed: packedOf };
}

/** A body over many points: parameters that depend on the point are rows over all points, one a lane, in the shapes of `images`. */
function batchedBody(body: Body, like: Graph, images: readonly (readonly Row[] | undefined)[]): Batched {
  const work = body.graph.copy();
  const stands: [Row, readonly Row[]][] = [];
  const parameters = body.parameters.flatMap((parameter, k) => {
    const lanes = images[k];
    if (lanes === undefined) return [parameter];
    const rows = lanes.map((lane) => work.push(structural.placeholder, work.shapeOf(like.sizes(lane)), work.length));
    stands.push([parameter, rows]);
    return rows;
  });
  const rows = batch(work, body.results, stands);
  const results: Row[] = [];
  const lanes = rows.map((list) => list.map((row) => results.push(row) - 1));
  const numbers = new Map(parameters.map((row, k) => [row, k]));
  return { closed: closed(body.name, work, (row) => numbers.get(row), results), lanes };
}
