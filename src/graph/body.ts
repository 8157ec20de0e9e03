/** Bodies: functions as graphs of their own, made, and read part by part. */
import { holdsIndices, structural } from "../ops/rows.js";
import { lanesOf, sameShape, type Shape } from "../ops/shapes.js";
import { reshapedTo } from "./shaped.js";
import { sideBySide } from "./parts.js";
import { sameSteps } from "./steps.js";
import { type Body, type Graph, type Owned, type Row, SCALAR } from "./graph.js";

/** A body of a graph's rows; `base` is the body whose first results these are. */
export function bodyOf(name: string, graph: Graph, parameters: readonly Row[], results: readonly Row[], base?: Body): Body {
  const takes = parameters.map((row) => ({ lanes: graph.lanes(row), shape: graph.sizes(row), indices: holdsIndices(graph.op[row]!) }));
  const body = { kind: "body" as const, name, graph, parameters, results, ...sideBySide(results.map((row) => graph.sizes(row))), takes };
  return Object.assign(body, { base: base ?? (body as unknown as Body) });
}

/** The row that reads a part of a row that owns bodies. */
export function readPart(graph: Graph, row: Row, part: number): Row {
  const { start, scalar, shape } = graph.owned(row).parts[part]!;
  return graph.shared(scalar ? structural.at : structural.slice, graph.shapeOf(shape), row, start);
}

/** Some lanes of a row in a shape: itself where it is a scalar or they are all. A row that reads a part of a call reads the same of what stands for the part. */
export function partIn(graph: Graph, of: Row, start: number, shape: Shape): Row {
  if (graph.isScalar(of)) return of;
  if (shape.length === 0) return graph.shared(structural.at, SCALAR, of, start);
  return lanesOf(shape) === graph.lanes(of)
    ? reshapedTo(graph, of, shape)
    : graph.shared(structural.slice, graph.shapeOf(shape), of, start);
}

const sameList = (x: ArrayLike<number>, y: ArrayLike<number>, count = x.length): boolean => {
  for (let i = 0; i < count; i++) if (!Object.is(x[i], y[i])) return false;
  return true;
};

/** Whether two graphs have the same rows. */
function sameRows(x: Graph, y: Graph): boolean {
  const { length, poolLength, shapeCount } = x;
  return (
    length === y.length &&
    poolLength === y.poolLength &&
    shapeCount === y.shapeCount &&
    x.vectors.length === y.vectors.length &&
    x.constants.length === y.constants.length &&
    x.bodies.length === y.bodies.length &&
    sameList(x.op, y.op, length) &&
    sameList(x.shape, y.shape, length) &&
    sameList(x.a, y.a, length) &&
    sameList(x.b, y.b, length) &&
    sameList(x.c, y.c, length) &&
    sameList(x.pool, y.pool, poolLength) &&
    sameList(x.constants, y.constants) &&
    x.vectors.every(
      (values, k) =>
        values.constructor === y.vectors[k]!.constructor && values.length === y.vectors[k]!.length && sameList(values, y.vectors[k]!),
    ) && // prettier-ignore
    Array.from({ length: shapeCount }, (_, id) => sameShape(x.sizesOf(id), y.sizesOf(id))).every(Boolean) &&
    x.bodies.every((owned, k) => sameOwned(owned, y.bodies[k]!))
  );
}

/** Whether a row of each graph is the same read of a part. */
const sameRead = (x: Graph, a: Row, y: Graph, b: Row): boolean =>
  x.op[a] === y.op[b] && x.a[a] === y.a[b] && x.b[a] === y.b[b] && sameShape(x.sizes(a), y.sizes(b));

/** Whether two rows that own these compute the same on the same operands. */
export const sameOwned = (x: Owned, y: Owned): boolean => {
  if (x === y) return true;
  if (x.kind === "body") return y.kind === "body" && sameBody(x, y);
  return y.kind === "loop" && sameSteps(x, y) && sameBody(x.body, y.body);
};

/** Whether two bodies are the same function with the same results; names may differ. What derivatives keep beside the results of the base are its rows, or reads of what inner calls keep. */
function sameBody(x: Body, y: Body): boolean {
  if (x === y) return true;
  const [from, to] = [x.base, y.base];
  if (!sameList(x.parameters, y.parameters) || x.parameters.length !== y.parameters.length || x.results.length !== y.results.length)
    return false;
  const known = from.graph.length;
  const same = x.results.every((row, i) => {
    const other = y.results[i]!;
    return row < known ? row === other : other >= known && sameRead(x.graph, row, y.graph, other);
  });
  return same && (from === to || sameRows(from.graph, to.graph));
}
