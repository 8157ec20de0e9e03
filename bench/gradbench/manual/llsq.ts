/** The polynomial fit and its gradient by hand. */
import { type Polynomial } from "../modules/llsq.js";

/** The point, and the polynomial's difference from the sign there. */
function residual(x: readonly number[], t: number): number {
  let polynomial = 0;
  for (let j = x.length - 1; j >= 0; j--) polynomial = polynomial * t + x[j]!;
  return polynomial - Math.sign(t);
}

export function primal({ x, n }: Polynomial): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += residual(x, -1 + (2 * i) / (n - 1)) ** 2;
  return total / 2;
}

export function gradient({ x, n }: Polynomial): Float64Array {
  const slopes = new Float64Array(x.length);
  for (let i = 0; i < n; i++) {
    const t = -1 + (2 * i) / (n - 1);
    let adjoint = residual(x, t);
    for (let j = 0; j < x.length; j++) {
      slopes[j]! += adjoint;
      adjoint *= t;
    }
  }
  return slopes;
}
