/** Central differences of the value written by hand in JavaScript, two values a parameter. */
import { handwritten } from "../handwritten/index.mjs";

/** The step, relative to the parameter: the cube root of 2⁻⁵². */
const STEP = Math.cbrt(Number.EPSILON);

/** A value and its gradient, nearly. */
export function build(problem) {
  const { value, parameters } = handwritten(problem);
  const slopes = new Float64Array(parameters.length);
  let here = 0;
  const evaluate = () => {
    here = value(parameters);
    for (let i = 0; i < parameters.length; i++) {
      const x = parameters[i];
      const step = STEP * Math.max(1, Math.abs(x));
      parameters[i] = x + step;
      const above = value(parameters);
      parameters[i] = x - step;
      slopes[i] = (above - value(parameters)) / (2 * step);
      parameters[i] = x;
    }
  };
  return { evaluate, result: () => [here, ...slopes] };
}
