/** What structural rows are stated over: vectors of anything that adds, as numbers do, index sets, or rows of many points. */

/** Lane numbers: a list, `start`, `start + step`, … of which there are `length`, or a grid of them. */
export type Lanes = ArrayLike<number> | Range | Grid;

/** Lane numbers that follow each other; of step 0 one lane again and again. */
export interface Range {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/** Lane numbers in three dimensions: lane (i, j, k) in row-major order of the sizes is `start` and so many steps of each. */
export interface Grid {
  readonly start: number;
  readonly sizes: readonly [number, number, number];
  readonly steps: readonly [number, number, number];
  readonly length: number;
}

/** Sums of lanes along a dimension: result lane o · inner + i is the sum of the lanes (o · count + k) · inner + i. */
export interface SumPlan {
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
}

export const isRange = (lanes: Lanes): lanes is Range => "step" in lanes;
export const isGrid = (lanes: Lanes): lanes is Grid => "steps" in lanes;

/** Lane number i. */
export function laneNumber(lanes: Lanes, i: number): number {
  if (isRange(lanes)) return lanes.start + lanes.step * i;
  if (!isGrid(lanes)) return lanes[i]!;
  const { start, sizes, steps } = lanes;
  const row = Math.floor(i / sizes[2]);
  return start + steps[0] * Math.floor(row / sizes[1]) + steps[1] * (row % sizes[1]) + steps[2] * (i % sizes[2]);
}

/** Vectors X of elements that add, and what can be done with them. A scalar is a vector of one lane. */
export interface Monoid<X> {
  /** The lanes of x that are named. */
  gather(x: X, lanes: Lanes): X;
  /** Σ xᵢ, in the order of lanes. */
  total(x: X): X;
  /** Sums of lanes along a dimension: each of those next to each other in the order of lanes, of others from the left. */
  along(x: X, plan: SumPlan): X;
  /** The greatest lanes (sign 1) along a dimension, or the least (sign −1), NaN where one is NaN. */
  extremesAlong(x: X, plan: SumPlan, sign: 1 | -1): X;
  /** The first places that hold these along the dimension; NaN counts as beyond all. */
  firstsAlong(x: X, plan: SumPlan, sign: 1 | -1): X;
  /** Running sums along a dimension, from the first lane on. */
  runningAlong(x: X, plan: SumPlan): X;
  /** The places of the lanes in ascending order, along the last of so many of each stretch; equal ones in their order, NaN last. */
  ordered(x: X, count: number): X;
  /** Lane i is x₀ + … + xᵢ, from the left. */
  running(x: X): X;
  /** Lane j of so many is the sum of the xᵢ with to(i) = j, from the left. */
  scatter(x: X, to: Lanes, lanes: number): X;
  /** The sum of pieces, each placed at a lane of so many. */
  placed(pieces: readonly (readonly [x: X, offset: number])[], lanes: number): X;
  /** The sum of single elements, in the order of terms. */
  terms(xs: readonly X[]): X;
  /** So many lanes, each of which may be any lane of x, or any sum of them: where lane numbers are not known beforehand. */
  anywhere(x: X, lanes: number): X;
  /** The products of lanes; an operand of one lane serves all. */
  times(x: X, y: X): X;
  /** The greatest lane (sign 1) or the least (sign −1), NaN where one is NaN. */
  extreme(x: X, sign: 1 | -1): X;
  /** The number of the first lane that holds the greatest value (sign 1) or the least (sign −1); NaN counts as beyond all. */
  firstExtreme(x: X, sign: 1 | -1): X;
}
