/** Along one dimension: which one an option names, rows along it, and functions of vectors along it. */
import { type Matrix } from "../data/matrix.js";
import { describe } from "../errors.js";
import { type Graph } from "../graph/graph.js";
import { reshapedTo, summedTo } from "../graph/shaped.js";
import { cumsumAlong, extremesAlong, firstsAlong, gridLanes, orderLanes, sumAlong } from "../ops/lanes.js";
import { type SumPlan } from "../ops/monoid.js";
import { structural } from "../ops/rows.js";
import { alongAxis, lanesOf, reverseGrid, type Shape, shapeText } from "../ops/shapes.js";
import { onArray, reshape, shapeOf, transpose } from "./matrices.js";
import { type Value } from "./value.js";

/** Along which dimension a matrix or a vector is reduced. */
export interface AxisOptions {
  /** The dimension, from 0, or from the end where negative; all numbers are reduced to one where it is left out. */
  readonly axis?: number;
  /** Leaves the dimension with the size 1, so that the result broadcasts to the operand. */
  readonly keepDims?: boolean;
}

/** Along which dimension a function of lanes goes; of a vector there is one. */
export interface AlongOptions {
  /** The dimension, from 0, or from the end where negative. */
  readonly axis?: number;
}

/** A vector or a matrix, of numbers or traced. */
export type Arrayed = Float64Array | Matrix | Value;

/** A dimension counted from the end where negative. */
export function axisOf(name: string, axis: unknown, shape: Shape): number {
  const place = typeof axis === "number" && axis < 0 ? axis + shape.length : axis;
  if (typeof place === "number" && Number.isInteger(place) && place >= 0 && place < shape.length) return place;
  throw new RangeError(
    `${name}: expected an axis from ${-shape.length} to ${shape.length - 1} of the shape ${shapeText(shape)}, got ${describe(axis)}`,
  );
}

/** The dimension that is meant where none is named: that of a vector, of which there is one. */
export function onlyAxis(name: string, axis: number | undefined, shape: Shape): number {
  if (axis !== undefined) return axisOf(name, axis, shape);
  if (shape.length === 1) return 0;
  throw new TypeError(`${name}: expected an axis for the shape ${shapeText(shape)}, got none. Write { axis: ${shape.length - 1} }`);
}

/** A shape with one dimension of another size, 1 by default. */
const resized = (shape: Shape, axis: number, size = 1): Shape => shape.map((other, i) => (i === axis ? size : other));

/** A result of a dimension of size 1 without it. */
export function dropped(x: Arrayed, axis: number): Arrayed | number {
  const left = shapeOf("reshape", x).filter((_, i) => i !== axis);
  if (left.length > 0) return reshape(x as Value, left);
  return onArray(
    "at",
    x,
    (graph, row) => graph.shared(structural.at, 0, row, 0),
    ({ data }) => ({ data, shape: [1] }),
  );
}

/** Records a row along a dimension, or computes it. The shape of the result has the size 1 there, or, of rows in place, that of the operand. */
function along(
  name: string,
  x: unknown,
  axis: number,
  op: structural | undefined,
  inPlace: boolean,
  of: (data: Float64Array, plan: SumPlan) => Float64Array,
): Arrayed {
  const shape = shapeOf(name, x);
  const left = inPlace ? shape : resized(shape, axis);
  return onArray(
    name,
    x,
    (graph, row) => {
      if (shape[axis] === 1 && op !== structural.argmaxAxis && op !== structural.argminAxis) return row;
      if (op === undefined) return summedTo(graph, row, left);
      return graph.shared(op, graph.shapeOf(left), row, inPlace ? axis : -1);
    },
    ({ data }) => ({ data: of(data, alongAxis(shape, axis)), shape: left }),
  );
}

/** The sums along a dimension, of size 1 then. */
export const sumsAlong = (name: string, x: unknown, axis: number): Arrayed =>
  along(name, x, axis, undefined, false, (data, plan) => sumAlong(data, plan));

/** The greatest or the least along a dimension, without a derivative. */
export const bestsAlong = (name: string, x: unknown, axis: number, sign: 1 | -1): Arrayed =>
  along(name, x, axis, sign > 0 ? structural.maxAxis : structural.minAxis, false, (data, plan) => extremesAlong(data, plan, sign));

/** The first places of these. */
export const placesAlong = (name: string, x: unknown, axis: number, sign: 1 | -1): Arrayed => {
  const shape = shapeOf(name, x);
  if (shape[axis] === 1) return constantArray(name, x, new Float64Array(lanesOf(shape)), shape);
  return along(name, x, axis, sign > 0 ? structural.argmaxAxis : structural.argminAxis, false, (data, plan) =>
    firstsAlong(data, plan, sign),
  );
};

/** Numbers in a shape, as rows where x is traced. */
export const constantArray = (name: string, x: unknown, numbers: Float64Array, shape: Shape): Arrayed =>
  onArray(
    name,
    x,
    (graph: Graph) => graph.array(numbers, shape),
    () => ({ data: numbers, shape }),
  );

/** Running sums along a dimension. */
export const runningSums = (name: string, x: unknown, axis: number): Arrayed =>
  along(name, x, axis, structural.cumsumAxis, true, (data, plan) => cumsumAlong(data, plan));

/** Lanes along a dimension in opposite order. */
export const reversedAlong = (name: string, x: unknown, axis: number): Arrayed =>
  along(name, x, axis, structural.reverseAxis, true, (data) => gridLanes(data, reverseGrid(shapeOf(name, x), axis)));

/** The numbers 0, 1, 2 … along a dimension of a shape, of size 1 in the others. */
export const placesIn = (shape: Shape, axis: number): Arrayed => {
  const places = Float64Array.from({ length: shape[axis]! }, (_, i) => i);
  return shape.length === 1 ? places : reshape(places, resized(shape.map(() => 1), axis, places.length)); // prettier-ignore
};

/** A matrix whose rows are what lies along a dimension, and what brings others of any number back there. */
interface Fronted {
  /** [count, rest]. */
  readonly rows: Value;
  readonly count: number;
  readonly rest: number;
  readonly back: (rows: unknown) => Arrayed;
}

/** A dimension brought to the front. */
export function fronted(name: string, x: unknown, axis: number): Fronted {
  const shape = shapeOf(name, x);
  const { outer, count, inner } = alongAxis(shape, axis);
  const rest = outer * inner;
  const sized = (rows: unknown): Shape => resized(shape, axis, shapeOf(name, rows)[0]);
  if (outer === 1) return { rows: reshape(x as Value, [count, rest]), count, rest, back: (rows) => reshape(rows as Value, sized(rows)) };
  return {
    rows: reshape(transpose(reshape(x as Value, [outer, count * inner])), [count, rest]),
    count,
    rest,
    back: (rows) => reshape(transpose(reshape(rows as Value, [shapeOf(name, rows)[0]! * inner, outer])), sized(rows)),
  };
}

/** Some rows of a matrix whose rows are a dimension. */
export const someRows = (x: unknown, start: number, end: number): Value => {
  const [, rest] = shapeOf("slice", x) as [number, number];
  return onArray(
    "slice",
    x,
    (graph, row) => graph.shared(structural.slice, graph.shapeOf([end - start, rest]), row, start * rest),
    ({ data }) => ({ data: data.slice(start * rest, end * rest), shape: [end - start, rest] }),
  ) as Value;
};

/** The places of lanes in ascending order along a dimension; as rows [rest, count] of those brought last. */
export const orderOf = (name: string, x: unknown): Arrayed =>
  onArray(
    name,
    x,
    (graph, row) => graph.shared(structural.argsort, graph.shape[row]!, row),
    ({ data, shape }) => ({ data: orderLanes(data, shape.at(-1)!), shape }),
  );

/** A vector of the numbers of a matrix. */
export const flatRow = (name: string, x: unknown): Value =>
  onArray(
    name,
    x,
    (graph, row) => reshapedTo(graph, row, [graph.lanes(row)]),
    ({ data }) => ({ data, shape: [data.length] }),
  ) as Value;
