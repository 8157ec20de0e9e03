/** What every method of minimisation is: something that goes from one point to a better one. */
import { type Point } from "./linesearch.js";

/** Why a minimisation stopped, in words. */
export const reasons = {
  gradient: "the gradient is within the tolerance",
  flat: "the value falls no further in double precision",
  stuck: "no step along the direction of descent lowers the value",
  iterations: "the most iterations were made",
  callback: "onIteration returned false",
} as const;

export type Reason = keyof typeof reasons;

/** A minimisation under way. */
export interface Method {
  /** Where it is. */
  readonly at: Point;
  /** Makes an iteration; says why where there is none to make. */
  iterate(): Reason | undefined;
}
