/** The gradient written by hand in JavaScript: what all others are compared with. */
import { handwritten } from "../handwritten/index.mjs";

/** A value and its gradient. */
export function build(problem) {
  const { gradient, parameters } = handwritten(problem);
  const slopes = new Float64Array(parameters.length);
  let value = 0;
  return { evaluate: () => void (value = gradient(parameters, slopes)), result: () => [value, ...slopes] };
}
