/** Polynomials, as the special functions are fitted by. */

/** Σ coefficients[i]·xⁱ, by Horner's rule. */
export function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] as number);
  return sum;
}

/** (r(x) − r(y)) / (x − y) of the quotient r = P/Q, by synthetic division: no difference is formed. */
export function slopeOfQuotient(p: readonly number[], q: readonly number[], x: number, y: number): number {
  let [atY, slope, belowAtY, belowSlope] = [0, 0, 0, 0];
  for (let i = p.length - 1; i >= 0; i--) {
    slope = slope * x + atY;
    atY = atY * y + (p[i] as number);
    belowSlope = belowSlope * x + belowAtY;
    belowAtY = belowAtY * y + (q[i] as number);
  }
  return (slope - (atY / belowAtY) * belowSlope) / (belowAtY + (x - y) * belowSlope);
}
