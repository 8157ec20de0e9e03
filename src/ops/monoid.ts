/** What structural rows are stated over: vectors of anything that adds, as numbers do, index sets, or rows of many points. */

/** Lane numbers: a list, or `start`, `start + step`, … of which there are `length`. */
export type Lanes = ArrayLike<number> | Range;

/** Lane numbers that follow each other; of step 0 one lane again and again. */
export interface Range {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

export const isRange = (lanes: Lanes): lanes is Range => "step" in lanes;

/** Lane number i. */
export const laneNumber = (lanes: Lanes, i: number): number => (isRange(lanes) ? lanes.start + lanes.step * i : lanes[i]!);

/** Vectors X of elements that add, and what can be done with them. A scalar is a vector of one lane. */
export interface Monoid<X> {
  /** The lanes of x that are named. */
  gather(x: X, lanes: Lanes): X;
  /** Σ xᵢ, in the order of lanes. */
  total(x: X): X;
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
