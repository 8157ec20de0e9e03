/** The steps of a loop: how many there are, in which direction, and what they take and give. */

/** What is made of a result behind the carries: what the steps give side by side, or added up. */
export type Written = "stack" | "sum";

/** How a body is a loop's step. */
export interface Steps {
  /** How many there are, from 1. */
  readonly length: number;
  /** Whether they begin at the last slices of the stacks. */
  readonly reverse: boolean;
  /** How many of the body's parameters, the first, are the same in all steps. */
  readonly consts: number;
  /** How many behind those are what the step before gave, as its first results; further parameters are slices of stacks. */
  readonly carries: number;
  /** Whether the last parameter is none of them but the number of the slice, from 0. */
  readonly numbered: boolean;
  /** What is made of the results behind those. */
  readonly writes: readonly Written[];
}

/** Whether two loops have as many steps of bodies that are used alike. */
export const sameSteps = (x: Steps, y: Steps): boolean =>
  x.length === y.length &&
  x.reverse === y.reverse &&
  x.consts === y.consts &&
  x.carries === y.carries &&
  x.numbered === y.numbered &&
  x.writes.join() === y.writes.join();

/** The slice that step number i reads and writes. */
export const slotOf = ({ length, reverse }: Steps, i: number): number => (reverse ? length - 1 - i : i);
