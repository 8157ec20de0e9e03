/** The averages of e^(xt) and cos(πxt) over t from 0 to 1, which are exprel and sinc, and their derivatives, on plain numbers. */
import { polynomial } from "./polynomial.js";

/** sin(πd)/(πd) = 1 + z·P(z) in z = d², |d| ≤ 1/2: error 7.7e-18. */
const SINC = [
  -1.6449340668482264, 0.8117424252833519, -0.19075182412194128, 0.026147847813078808, -0.0023460809634923995, 0.00014842817816693618,
  -6.972960555564221e-6, 2.459180384815939e-7,
];
const PI_SQUARED = 9.869604401089358;

/** (eˣ − 1)/x, 1 at 0; at most 2 ulp. From 700 on by e^(x − 8), which does not overflow before the quotient does. */
export function exprel(x: number): number {
  if (x > 700) return x === Infinity ? x : (Math.exp(x - 8) / x) * 2980.9579870417283;
  return x === 0 ? 1 : Math.expm1(x) / x;
}

/**
 * The n-th derivative of exprel, the average of tⁿe^(xt); NaN unless n is an integer from 0 to 1,000. At most 5 ulp for n = 1.
 * Series of positive terms from −n − 1 to 2n + 2 (for negative x by Kummer's transformation, Abramowitz & Stegun 13.1.27), the recurrence by parts beyond.
 */
export function exprelSlope(n: number, x: number): number {
  if (!Number.isInteger(n) || n < 0 || n > 1000 || Number.isNaN(x)) return NaN;
  if (x > 720) return Infinity;
  if (x < 0 && x > -1 - n) return Math.exp(x) * risingSeries(n, -x);
  if (x >= 0 && x < 2 * n + 2) return powerSeries(n, x);
  const shift = x > 700 ? 8 : 0;
  const e = Math.exp(x - shift);
  let average = shift > 0 ? e / x : Math.expm1(x) / x;
  for (let k = 1; k <= n; k++) average = (e - k * average) / x;
  return shift > 0 ? average * 2980.9579870417283 : average + 0;
}

/** Σ xʲ/(j!·(n + 1 + j)), x ≥ 0. */
function powerSeries(n: number, x: number): number {
  let term = 1;
  let sum = 0;
  for (let j = 1; term > sum * 1e-18; j++) {
    term *= x / j;
    sum += term / (n + 1 + j);
  }
  return 1 / (n + 1) + sum;
}

/** Σ xʲ/((n + 1)…(n + 1 + j)), x ≥ 0. */
function risingSeries(n: number, x: number): number {
  let term = 1 / (n + 1);
  let sum = 0;
  for (let j = 1; term > sum * 1e-18; j++) {
    term *= x / (n + 1 + j);
    sum += term;
  }
  return 1 / (n + 1) + sum;
}

/** sin(πd)/(πd), |d| ≤ 1/2. */
const sincNear = (d: number): number => 1 + d * d * polynomial(SINC, d * d);

/** (−1)ⁿ of a whole number. */
const parity = (n: number): number => 1 - 2 * Math.abs(n - 2 * Math.round(n / 2));

/** sin(πx)/(πx), 1 at 0 and 0 at ±∞; at most 2 ulp. The nearest whole number is taken from x, which is exact, and what is left needs no π. */
export function sinc(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) === Infinity) return 0;
  const n = Math.round(x);
  const d = x - n;
  return (parity(n) * d * sincNear(d)) / x + 0;
}

/**
 * The n-th derivative of sinc, 0 at ±∞; NaN unless n is an integer from 0 to 1,000. At most 5 ulp of n = 1 but near its zeros, 4 ulp of cos(πx)/x there.
 * Its series where π|x| is below n/2, at least π/2; from there on the recurrence that x·sinc(x) = sin(πx)/π gives.
 */
export function sincSlope(n: number, x: number): number {
  if (!Number.isInteger(n) || n < 0 || n > 1000) return NaN;
  const sign = x < 0 ? parity(n) : 1;
  const size = Math.abs(x);
  if (size === Infinity) return 0;
  if (size < Math.max(0.5, n / 6.25)) return sign * sincSeries(n, size);
  const whole = Math.round(size);
  const d = size - whole;
  const h = 0.5 - Math.abs(d);
  const sine = parity(whole) * Math.PI * d * sincNear(d);
  const cosine = parity(whole) * Math.PI * h * sincNear(h);
  let power = 1 / Math.PI;
  let slope = (power * sine) / size + 0;
  for (let k = 1; k <= n; k++) {
    power *= Math.PI;
    const wave = k % 2 === 1 ? cosine : sine;
    slope = (power * (k % 4 > 1 ? -wave : wave) - k * slope) / size;
  }
  return sign * slope;
}

/** Σ (−1)ᵏ π²ᵏ x²ᵏ⁻ⁿ/((2k + 1)·(2k − n)!), 2k ≥ n. */
function sincSeries(n: number, x: number): number {
  const square = PI_SQUARED * (x * x);
  const odd = n % 2;
  const degree = n + odd;
  let first = odd === 1 ? x : 1;
  for (let k = 2; k <= degree; k += 2) first *= -PI_SQUARED;
  let term = 1;
  let sum = 0;
  for (let j = odd; Math.abs(term) > 1e-19;) {
    term *= -square / ((j + 1) * (j + 2));
    j += 2;
    sum += term / (n + j + 1);
  }
  return first * (1 / (degree + 1) + sum) + 0;
}
