/** Loops over many points: one loop, whose carries and stacks have a row over all points for each lane of one point. */
import { closedLoop, looped, type LoopRows } from "../graph/anew.js";
import { type Graph, type Row } from "../graph/graph.js";
import { reshapedTo } from "../graph/shaped.js";
import { structural } from "../ops/rows.js";
import { lanesOf, type Shape, transposedShape } from "../ops/shapes.js";
import { broadcastTo } from "./algebra.js";

/** A stack over all points: for each lane of a slice, `[length, points]`. */
export type Columns = readonly Row[];

/** What the pass knows of rows: those of all points for each lane, and of a stack of so many slices its columns; undefined of rows that do not depend on the point. */
export interface PointRows {
  readonly graph: Graph;
  readonly points: number;
  lanes(row: Row): readonly Row[] | undefined;
  columns(row: Row, length: number): Columns | undefined;
  batch(graph: Graph, results: readonly Row[], images: Iterable<readonly [Row, readonly Row[]]>): (readonly Row[])[];
}

/** A part over all points: rows for its lanes, or columns of a stack; undefined where it does not depend on the point. */
type PartOfPoints = { readonly lanes: readonly Row[] } | { readonly columns: Columns } | undefined;

/** A stack of which the rows of all its lanes are there. */
export function columnsOfLanes(graph: Graph, lanes: readonly Row[], length: number, points: number): Columns {
  const width = lanes.length / length;
  return Array.from({ length: width }, (_, j) =>
    graph.assemble(
      Array.from({ length }, (_, i) => [broadcastTo(graph, lanes[i * width + j]!, points), i * points]),
      [length, points],
    ),
  );
}

const swapped = (graph: Graph, x: Row): Row => graph.shared(structural.transpose, graph.shapeOf(transposedShape(graph.sizes(x))), x);

/** The lanes of x that a place each says, in a shape. */
function placed(graph: Graph, x: Row, shape: Shape, placeOf: (lane: number) => number): Row {
  const places = graph.vector(Int32Array.from({ length: lanesOf(shape) }, (_, lane) => placeOf(lane)));
  const flat = reshapedTo(graph, x, [graph.lanes(x)]);
  return reshapedTo(graph, graph.shared(structural.take, graph.shapeOf(lanesOf(shape)), flat, places), shape);
}

/** A stack of one row, [points, lanes]. */
export function columnsOfPacked(graph: Graph, packed: Row, length: number): Columns {
  const [points, lanes] = graph.sizes(packed) as [number, number];
  const width = lanes / length;
  if (width === 1) return [swapped(graph, packed)];
  return Array.from({ length: width }, (_, j) =>
    placed(graph, packed, [length, points], (lane) => (lane % points) * lanes + Math.floor(lane / points) * width + j),
  );
}

/** A stack in one row, [points, lanes]. */
export function packedColumns(graph: Graph, columns: Columns): Row {
  const [length, points] = graph.sizes(columns[0]!) as [number, number];
  const width = columns.length;
  if (width === 1) return swapped(graph, columns[0]!);
  const all = graph.assemble(
    columns.map((column, j) => [reshapedTo(graph, column, [length * points]), j * length * points]),
    [width * length * points],
  );
  const lanes = length * width;
  return placed(graph, all, [points, lanes], (place) => {
    const [point, lane] = [Math.floor(place / lanes), place % lanes];
    return (lane % width) * length * points + Math.floor(lane / width) * points + point;
  });
}

/** Some lanes of a stack, by default all, each a row over all points. */
export function lanesOfColumns(graph: Graph, columns: Columns, first = 0, count = columns.length * graph.sizes(columns[0]!)[0]!): Row[] {
  const [, points] = graph.sizes(columns[0]!) as [number, number];
  return Array.from({ length: count }, (_, i) => {
    const [slot, lane] = [Math.floor((first + i) / columns.length), (first + i) % columns.length];
    return graph.shared(structural.slice, graph.shapeOf(points), columns[lane], slot * points);
  });
}

/** A loop's rows over all points, on the rows that its operands are there, and what each of its parts became: so many parts from a first, or none. */
interface LoopOfPoints {
  readonly rows: LoopRows;
  readonly operands: readonly Row[];
  readonly parts: readonly ({ readonly first: number; readonly lanes: number } | undefined)[];
}

/** Records a loop over all points, and returns its parts. */
export function loopOfPoints(rows: PointRows, row: Row): PartOfPoints[] {
  const { graph } = rows;
  const loop = graph.loopOf(row);
  const operands = graph.operands(row);
  const { length, consts, carries, takes, writes } = loop;
  const { points } = rows;
  // a carry that depends on the point after a step does before the next
  const isOfPoints = Array.from({ length: carries }, (_, k) => rows.lanes(operands[consts + k]!) !== undefined);
  let found: LoopOfPoints | undefined;
  while (found === undefined) found = recorded(rows, row, points, isOfPoints);
  const { rows: made, operands: own, parts } = found;
  const results = looped(graph, closedLoop(made), (k) => own[k]!);
  return parts.map((part, k) => {
    if (part === undefined) return undefined;
    const lanes = results.slice(part.first, part.first + part.lanes) as Row[];
    return writes[k - carries] === "stack" ? { columns: lanes } : { lanes };
  });

  /** The loop where these carries depend on the point; undefined where others do too, which are marked. */
  function recorded(rows: PointRows, row: Row, points: number, isOfPoints: boolean[]): LoopOfPoints | undefined {
    const { body, reverse, numbered } = graph.loopOf(row);
    const work = body.graph.copy();
    const stands: [Row, readonly Row[]][] = [];
    const given = { consts: [] as Row[], carries: [] as Row[], slices: [] as Row[] };
    const from = { consts: [] as Row[], carries: [] as Row[], slices: [] as Row[] };
    const lanesAt = (k: number, scalars: readonly boolean[]): readonly Row[] => {
      const stand = scalars.map((scalar) => work.push(structural.placeholder, work.shapeOf(scalar ? [] : [points]), work.length));
      stands.push([body.parameters[k]!, stand]);
      return stand;
    };
    takes.forEach(({ lanes }, k) => {
      const operand = operands[k]!;
      const kind = k < consts ? "consts" : k < consts + carries ? "carries" : "slices";
      const columns = kind === "slices" ? rows.columns(operand, length) : undefined;
      const images = kind === "slices" ? undefined : rows.lanes(operand);
      if (kind === "carries" ? !isOfPoints[k - consts]! : images === undefined && columns === undefined) {
        given[kind].push(body.parameters[k]!);
        from[kind].push(operand);
        return;
      }
      const at = (lane: number): Row =>
        images?.[lane] ?? (graph.isScalar(operand) ? operand : graph.shared(structural.at, 0, operand, lane));
      const operandsHere =
        columns ?? Array.from({ length: lanes }, (_, lane) => (kind === "carries" ? broadcastTo(graph, at(lane), points) : at(lane)));
      given[kind].push(
        ...lanesAt(
          k,
          operandsHere.map((lane) => graph.isScalar(lane)),
        ),
      );
      from[kind].push(...operandsHere);
    });
    const results = rows.batch(work, body.results, stands);
    const depends = results.map((lanes) => lanes.some((lane) => !work.isScalar(lane)));
    const isMore = isOfPoints.map((is, k) => !is && depends[k]!);
    if (isMore.includes(true)) {
      isMore.forEach((more, k) => more && (isOfPoints[k] = true));
      return undefined;
    }
    const all = (part: number): Row[] => results[part]!.map((lane) => broadcastTo(work, lane, points));
    const next: Row[] = [];
    const written: LoopRows["written"][number][] = [];
    const parts = body.results.map((result, part) => {
      const isCarry = part < carries;
      const isPoints = isCarry ? isOfPoints[part]! : depends[part]!;
      const list = isPoints ? all(part) : [result];
      const first = next.length + written.length;
      if (isCarry) next.push(...list);
      else written.push(...list.map((row) => ({ row, as: writes[part - carries]! })));
      return isPoints ? { first, lanes: list.length } : undefined;
    });
    const loopRows = {
      name: body.name,
      graph: work,
      length,
      reverse,
      ...given,
      number: numbered ? body.parameters.at(-1) : undefined,
      next,
      written,
    };
    return { rows: loopRows, operands: [...from.consts, ...from.carries, ...from.slices], parts };
  }
}
