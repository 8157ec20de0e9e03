/** Parts of a row that owns bodies, side by side. */
import { lanesOf, type Shape } from "../ops/shapes.js";

/** A part: where it lies among the others. */
export interface Part {
  readonly start: number;
  readonly lanes: number;
  readonly scalar: boolean;
  readonly shape: Shape;
}

/** Parts of such shapes side by side, each from an even lane on, and the lanes of all. */
export function sideBySide(shapes: readonly Shape[]): { readonly parts: readonly Part[]; readonly lanes: number } {
  let end = 0;
  const parts = shapes.map((shape): Part => {
    const start = end + (end & 1);
    end = start + lanesOf(shape);
    return { start, lanes: lanesOf(shape), scalar: shape.length === 0, shape };
  });
  return { parts, lanes: Math.max(1, end) };
}

/** The number of the part that has a lane. */
export function partAt({ parts }: { readonly parts: readonly Part[] }, lane: number): number {
  let [low, high] = [0, parts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (parts[middle]!.start <= lane) low = middle;
    else high = middle - 1;
  }
  return low;
}
