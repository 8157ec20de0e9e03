/** Reductions along a dimension: which one an option names, and sums along it. */
import { type Found, type Matrix } from "../data/matrix.js";
import { describe } from "../errors.js";
import { reshapedTo, summedTo } from "../graph/shaped.js";
import { sumAlong } from "../ops/lanes.js";
import { type Shape, shapeText, sumPlan } from "../ops/shapes.js";
import { onArray, shapeOf } from "./matrices.js";
import { type Value } from "./value.js";

/** Along which dimension a matrix or a vector is reduced. */
export interface AxisOptions {
  /** The dimension, from 0, or from the end where negative; all numbers are reduced to one where it is left out. */
  readonly axis?: number;
  /** Leaves the dimension with the size 1, so that the result broadcasts to the operand. */
  readonly keepDims?: boolean;
}

/** A dimension counted from the end where negative. */
function axisOf(name: string, axis: number, shape: Shape): number {
  const place = axis < 0 ? axis + shape.length : axis;
  if (Number.isInteger(axis) && place >= 0 && place < shape.length) return place;
  throw new RangeError(
    `${name}: expected an axis from ${-shape.length} to ${shape.length - 1} of the shape ${shapeText(shape)}, got ${describe(axis)}`,
  );
}

/** A shape with one dimension of size 1, and without it. */
const keptShape = (shape: Shape, axis: number): Shape => shape.map((size, i) => (i === axis ? 1 : size));
const droppedShape = (shape: Shape, axis: number): Shape => shape.filter((_, i) => i !== axis);

/** The sums of a matrix along a dimension. */
export function sumOver(
  name: string,
  x: unknown,
  { axis, keepDims = false }: AxisOptions & { readonly axis: number },
): Float64Array | Matrix | Value {
  const shape = shapeOf(name, x);
  const place = axisOf(name, axis, shape);
  const kept = keptShape(shape, place);
  const left = keepDims ? kept : droppedShape(shape, place);
  return onArray(
    name,
    x,
    (graph, row) => {
      const sums = summedTo(graph, row, shape.length === 1 && !keepDims ? [] : kept);
      return left.length === 0 ? sums : reshapedTo(graph, sums, left);
    },
    ({ data }): Found => ({ data: shape[place] === 1 ? data.slice() : sumAlong(data, sumPlan(shape, kept)!), shape: left }),
  );
}
