// The averages of e^(xt) and cos(πxt) over t from 0 to 1, which are exprel and sinc, and their derivatives.
import { exp, expAnywhere, expm1, expm1Lanes } from "./exp";

// sin(πd)/(πd) = 1 + z·P(z) in z = d², |d| ≤ 1/2: error 7.7e-18.
const SINC: usize = memory.data<f64>([
  -1.6449340668482264, 0.8117424252833519, -0.19075182412194128, 0.026147847813078808, -0.0023460809634923995, 0.00014842817816693618,
  -6.972960555564221e-6, 2.459180384815939e-7,
]);
const PI: f64 = 3.141592653589793;
const PI_SQUARED: f64 = 9.869604401089358;
const EXP_8: f64 = 2980.9579870417283;

/**
 * (eˣ − 1)/x in two lanes, 1 at 0; at most 1.6 ulp. From 700 on by 2⁻¹²·eˣ, which does not overflow before the quotient does.
 *
 * Source: the definition.
 */
export function exprelLanes(x: v128): v128 {
  const near = v128.bitselect(f64x2.splat(1), f64x2.div(expm1Lanes(x), x), f64x2.eq(x, f64x2.splat(0)));
  const isLarge = f64x2.gt(x, f64x2.splat(700));
  if (!v128.any_true(isLarge)) return near;
  const far = f64x2.mul(f64x2.div(expAnywhere(x, f64x2.splat(0), -12), x), f64x2.splat(4096));
  return v128.bitselect(v128.bitselect(x, far, f64x2.eq(x, f64x2.splat(Infinity))), near, isLarge);
}

/** (eˣ − 1)/x, the same bits as exprelLanes. */
export function exprel(x: f64): f64 {
  return f64x2.extract_lane(exprelLanes(f64x2.splat(x)), 0);
}

/**
 * The n-th derivative of exprel, the average of tⁿe^(xt); NaN unless n is an integer from 0 to 1,000. At most 5 ulp for n = 1.
 *
 * Source: series of positive terms from −n − 1 to 2n + 2, for negative x by Kummer's transformation (M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 13.1.27);
 * the recurrence by parts beyond.
 */
export function exprelSlope(n: f64, x: f64): f64 {
  if (!(n >= 0 && n <= 1000) || n != trunc(n) || x != x) return NaN;
  if (x > 720) return Infinity;
  if (x < 0 && x > -1 - n) return exp(x) * risingSeries(n, -x);
  if (x >= 0 && x < 2 * n + 2) return powerSeries(n, x);
  const isLarge = x > 700;
  const e = exp(isLarge ? x - 8 : x);
  let average = (isLarge ? e : expm1(x)) / x;
  for (let k: f64 = 1; k <= n; k++) average = (e - k * average) / x;
  return isLarge ? average * EXP_8 : average + 0;
}

/** Σ xʲ/(j!·(n + 1 + j)), x ≥ 0. */
function powerSeries(n: f64, x: f64): f64 {
  let term: f64 = 1;
  let sum: f64 = 0;
  for (let j: f64 = 1; term > sum * 1e-18; j++) {
    term *= x / j;
    sum += term / (n + 1 + j);
  }
  return 1 / (n + 1) + sum;
}

/** Σ xʲ/((n + 1)…(n + 1 + j)), x ≥ 0. */
function risingSeries(n: f64, x: f64): f64 {
  let term = 1 / (n + 1);
  let sum: f64 = 0;
  for (let j: f64 = 1; term > sum * 1e-18; j++) {
    term *= x / (n + 1 + j);
    sum += term;
  }
  return 1 / (n + 1) + sum;
}

/** The n-th derivative of exprel in two lanes, the same bits as exprelSlope. */
export function exprelSlopeLanes(n: v128, x: v128): v128 {
  const lane0 = exprelSlope(f64x2.extract_lane(n, 0), f64x2.extract_lane(x, 0));
  return f64x2.replace_lane(f64x2.splat(lane0), 1, exprelSlope(f64x2.extract_lane(n, 1), f64x2.extract_lane(x, 1)));
}

/** sin(πd)/(πd), |d| ≤ 1/2. */
function sincNear(d: f64): f64 {
  const z = d * d;
  let sum: f64 = 0;
  for (let at = SINC + 56; at >= SINC; at -= 8) sum = sum * z + load<f64>(at);
  return 1 + z * sum;
}

/** (−1)ⁿ of a whole number. */
function parity(n: f64): f64 {
  return 1 - 2 * abs(n - 2 * nearest(n / 2));
}

/**
 * sin(πx)/(πx), 1 at 0 and 0 at ±∞; at most 2 ulp.
 *
 * Source: the nearest whole number is taken from x, which is exact, and what is left needs no π; a fit of our own.
 */
export function sinc(x: f64): f64 {
  if (x == 0) return 1;
  if (abs(x) == Infinity) return 0;
  const n = nearest(x);
  const d = x - n;
  return (parity(n) * d * sincNear(d)) / x + 0;
}

/** sin(πx)/(πx) in two lanes, the same bits as sinc. */
export function sincLanes(x: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(sinc(f64x2.extract_lane(x, 0))), 1, sinc(f64x2.extract_lane(x, 1)));
}

/**
 * The n-th derivative of sinc, 0 at ±∞; NaN unless n is an integer from 0 to 1,000. At most 5 ulp for n = 1, 4 ulp of cos(πx)/x near its zeros.
 *
 * Source: its series where π|x| is below n/2, at least π/2; from there on the recurrence that x·sinc(x) = sin(πx)/π gives.
 */
export function sincSlope(n: f64, x: f64): f64 {
  if (!(n >= 0 && n <= 1000) || n != trunc(n)) return NaN;
  const sign = x < 0 ? parity(n) : 1;
  const size = abs(x);
  if (size == Infinity) return 0;
  if (size < max(0.5, n / 6.25)) return sign * sincSeries(n, size);
  const whole = nearest(size);
  const d = size - whole;
  const h = 0.5 - abs(d);
  const sine = parity(whole) * PI * d * sincNear(d);
  const cosine = parity(whole) * PI * h * sincNear(h);
  let power: f64 = 1 / PI;
  let slope = (power * sine) / size + 0;
  for (let k = 1, last = <i32>n; k <= last; k++) {
    power *= PI;
    const wave = (k & 1) == 1 ? cosine : sine;
    slope = (power * ((k & 3) > 1 ? -wave : wave) - k * slope) / size;
  }
  return sign * slope;
}

/** Σ (−1)ᵏ π²ᵏ x²ᵏ⁻ⁿ/((2k + 1)·(2k − n)!), 2k ≥ n. */
function sincSeries(n: f64, x: f64): f64 {
  const square = PI_SQUARED * (x * x);
  const odd: f64 = parity(n) < 0 ? 1 : 0;
  const degree = n + odd;
  let first: f64 = odd == 1 ? x : 1;
  for (let k: f64 = 2; k <= degree; k += 2) first *= -PI_SQUARED;
  let term: f64 = 1;
  let sum: f64 = 0;
  for (let j = odd; abs(term) > 1e-19;) {
    term *= -square / ((j + 1) * (j + 2));
    j += 2;
    sum += term / (n + j + 1);
  }
  return first * (1 / (degree + 1) + sum) + 0;
}

/** The n-th derivative of sinc in two lanes, the same bits as sincSlope. */
export function sincSlopeLanes(n: v128, x: v128): v128 {
  const lane0 = sincSlope(f64x2.extract_lane(n, 0), f64x2.extract_lane(x, 0));
  return f64x2.replace_lane(f64x2.splat(lane0), 1, sincSlope(f64x2.extract_lane(n, 1), f64x2.extract_lane(x, 1)));
}
