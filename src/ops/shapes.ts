/** Shapes: how many dimensions numbers lie in, how two shapes broadcast, and which lanes of one are which of another. Lanes lie in row-major order. */
import { type Grid, type SumPlan } from "./monoid.js";

/** The sizes of up to three dimensions: [] of a scalar, [n] of a vector, [m, n] of a matrix, [b, m, n] of a batch of them. */
export type Shape = readonly number[];

/** The most dimensions. */
export const MOST_DIMENSIONS = 3;

/** How many numbers a shape holds. */
export const lanesOf = (shape: Shape): number => shape.reduce((lanes, size) => lanes * size, 1);

/** Whether two shapes are one. */
export const sameShape = (x: Shape, y: Shape): boolean => x.length === y.length && x.every((size, i) => size === y[i]);

/** A shape as text: [3, 4]. */
export const shapeText = (shape: Shape): string => `[${shape.join(", ")}]`;

/** The shape that two broadcast to as NumPy has it: sizes from the last on are equal, or 1, or missing. Undefined where they do not fit. */
export function broadcastShape(x: Shape, y: Shape): Shape | undefined {
  const [long, short] = x.length >= y.length ? [x, y] : [y, x];
  const ahead = long.length - short.length;
  const joined = long.map((size, i) => (i < ahead || short[i - ahead] === 1 ? size : size === 1 ? short[i - ahead]! : size));
  return short.every((size, i) => size === joined[ahead + i] || size === 1) ? joined : undefined;
}

/** Whether a shape broadcasts to another. */
export function broadcastsTo(from: Shape, to: Shape): boolean {
  const joined = broadcastShape(from, to);
  return joined !== undefined && sameShape(joined, to);
}

/** A shape with the dimensions before it that it lacks, of size 1. */
const filled = (shape: Shape): [number, number, number] => {
  const [a = 1, b = 1, c = 1] = [...new Array<number>(MOST_DIMENSIONS - shape.length).fill(1), ...shape];
  return [a, b, c];
};

/** Which lane of the shape `from` stands in each lane of the shape `to` that it broadcasts to. */
export function expandGrid(from: Shape, to: Shape): Grid {
  const [given, sizes] = [filled(from), filled(to)];
  const steps: [number, number, number] = [given[1] * given[2], given[2], 1];
  given.forEach((size, i) => size === 1 && (steps[i] = 0));
  return { start: 0, sizes, steps, length: lanesOf(to) };
}

/** How the lanes of `from` are summed to those of a shape that broadcasts to it; undefined where the dimensions that are summed do not follow each other. */
export function sumPlan(from: Shape, to: Shape): SumPlan | undefined {
  if (!broadcastsTo(to, from)) return undefined;
  const [given, left] = [filled(from), filled(to)];
  const summed = given.map((size, i) => size !== left[i]);
  const first = summed.indexOf(true);
  if (first < 0) return undefined;
  let end = first;
  while (end < MOST_DIMENSIONS && (summed[end] === true || given[end] === 1)) end++;
  if (summed.includes(true, end)) return undefined;
  return { outer: lanesOf(given.slice(0, first)), count: lanesOf(given.slice(first, end)), inner: lanesOf(given.slice(end)) };
}

/** How the lanes of a shape follow each other along one of its dimensions. */
export const alongAxis = (shape: Shape, axis: number): SumPlan => ({
  outer: lanesOf(shape.slice(0, axis)),
  count: shape[axis]!,
  inner: lanesOf(shape.slice(axis + 1)),
});

/** Which lane of a shape stands in each lane of it, where the order along one dimension is the opposite. */
export function reverseGrid(shape: Shape, axis: number): Grid {
  const { outer, count, inner } = alongAxis(shape, axis);
  return { start: (count - 1) * inner, sizes: [outer, count, inner], steps: [count * inner, -inner, 1], length: lanesOf(shape) };
}

/** The shape with its last two dimensions swapped. */
export const transposedShape = (shape: Shape): Shape => [...shape.slice(0, -2), shape[shape.length - 1]!, shape[shape.length - 2]!];

/** Which lane of a shape stands in each lane of the transposed one. */
export function transposeGrid(from: Shape): Grid {
  const [b, m, n] = filled(from);
  return { start: 0, sizes: [b, n, m], steps: [m * n, 1, n], length: lanesOf(from) };
}
