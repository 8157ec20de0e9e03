// The logarithm of the gamma function and its derivatives of every order, one number or two lanes at a time.
import {
  COTANGENT,
  DIGAMMA,
  DIGAMMA_TAIL,
  DIGAMMA_ZERO,
  DIGAMMA_ZERO_LOW,
  DIGAMMA_ZEROS,
  EULER_MACLAURIN,
  LGAMMA,
  LGAMMA_ZEROS,
  SINE_OF_PI,
  STIRLING,
} from "../generated/gamma";
import { exp } from "./exp";
import { log, log1p } from "./log";

/** Both polynomials of `degree` whose pairs start at `at`, by Horner's rule. */
function pair(at: usize, degree: usize, x: f64): v128 {
  const xs = f64x2.splat(x);
  let from = at + (degree << 4);
  let sum = v128.load(from);
  while (from > at) {
    from -= 16;
    sum = f64x2.add(f64x2.mul(sum, xs), v128.load(from));
  }
  return sum;
}

/** P(x)/Q(x). */
function quotient(at: usize, degree: usize, x: f64): f64 {
  const sums = pair(at, degree, x);
  return f64x2.extract_lane(sums, 0) / f64x2.extract_lane(sums, 1);
}

/** (r(x) − r(y)) / (x − y) of the quotient r = P/Q, by synthetic division: no difference is formed. */
function slopeOfQuotient(at: usize, degree: usize, x: f64, y: f64): f64 {
  const xs = f64x2.splat(x);
  const ys = f64x2.splat(y);
  let atY = f64x2.splat(0);
  let slopes = f64x2.splat(0);
  for (let from = at + (degree << 4); from >= at; from -= 16) {
    slopes = f64x2.add(f64x2.mul(slopes, xs), atY);
    atY = f64x2.add(f64x2.mul(atY, ys), v128.load(from));
  }
  const below = f64x2.extract_lane(atY, 1);
  const slopeBelow = f64x2.extract_lane(slopes, 1);
  return (f64x2.extract_lane(slopes, 0) - (f64x2.extract_lane(atY, 0) / below) * slopeBelow) / (below + (x - y) * slopeBelow);
}

/** The polynomial in z whose even and odd coefficients are paired. */
function interleaved(at: usize, degree: usize, z: f64): f64 {
  const sums = pair(at, degree, z * z);
  return f64x2.extract_lane(sums, 0) + z * f64x2.extract_lane(sums, 1);
}

/** x minus the nearest integer, exactly; 0 at −∞. */
function fraction(x: f64): f64 {
  return x == -Infinity ? 0 : x - nearest(x);
}

/**
 * log |Γ(x)|; +∞ at the poles 0, −1, −2, … and at ±∞. At most 2.3 ulp for x ≥ 0; for x < 0 at most 8 ulp down to −20.5, all zeros included.
 *
 * Source: around 1 and 2 a quotient with both zeros taken out, as W. Cody and K. Hillstrom, Chebyshev approximations for the natural logarithm of the gamma
 * function, Math. Comp. 21 (1967), with a fit of our own; the recurrence below 1/2 and from 2.5 to 8; Stirling's series from there on; reflection for x < 0.
 */
export function lgamma(x: f64): f64 {
  if (x < 0) return lgammaOfNegative(x);
  if (x < 0.5) return lgammaAround(x, -0.5) - log(x);
  if (x < 8) {
    // Γ(x) = (x − 1)(x − 2)…Γ(y) with y ≤ 2.5; both logarithms are positive, so their sum does not cancel.
    let product: f64 = 1;
    let y = x;
    while (y > 2.5) product *= --y;
    const rest = y < 1.5 ? lgammaAround(y - 1, -0.5) : lgammaAround(y - 2, 0.5);
    return x <= 2.5 ? rest + 0 : log(product) + rest; // + 0, because log 1 is 0, not −0
  }
  if (x == Infinity) return x;
  // Stirling's series; 0.4189… = (log(2π) − 1)/2, the −1 taken out of x so that one product carries the size.
  return (x - 0.5) * (log(x) - 1) + (0.4189385332046727 + stirling(x));
}

/** lgamma(x) − ((x − 1/2)·log(x) − x + log(2π)/2), x ≥ 8. */
export function stirling(x: f64): f64 {
  return interleaved(STIRLING, 2, 1 / (x * x)) / x;
}

/** lgamma around 1 or 2, at a distance w of at most 1/2 or so; side is −1/2 for 1, 1/2 for 2. The summands of lgamma/w are ordered by size. */
function lgammaAround(w: f64, side: f64): f64 {
  return w * (side + (0.5 * w + (w + 2 * side) * quotient(LGAMMA, 8, w + (1 + side))));
}

/** By reflection: |Γ(x)Γ(−x)| = π/|x·sin(πx)|. Below 2^-60, Γ(x) is 1/x to the last digit, and x·sin(πx) may underflow. */
function lgammaOfNegative(x: f64): f64 {
  if (x > -8.7e-19) return -log(-x);
  const d = fraction(x);
  if (d == 0) return Infinity;
  if (x > -20.5 && x < -2) return lgammaByProduct(d, nearest(d - x));
  const sine = abs(d) * interleaved(SINE_OF_PI, 4, d * d);
  return log(3.141592653589793 / (-x * sine)) - lgamma(-x);
}

/** lgamma(d − n), |d| ≤ 1/2, 2 ≤ n ≤ 20: Γ(1 + d) divided by d − j, j = 0 … n. Near a zero all is relative to it, so that nothing cancels. */
function lgammaByProduct(d: f64, n: f64): f64 {
  const at = LGAMMA_ZEROS + ((((<usize>n) << 2) - (d > 0 ? 8 : 6)) << 3);
  const zero = load<f64>(at);
  const t = d - zero - load<f64>(at, 8);
  let product: f64 = 1;
  if (abs(t) > 0.5 * abs(zero)) {
    for (let j: f64 = 0; j <= n; j++) product *= d - j;
    return lgammaAround(d, -0.5) - log(abs(product));
  }
  product = 0; // less 1
  for (let j: f64 = 0; j <= n; j++) product += (t / (zero - j)) * (1 + product);
  const change =
    (d + zero - 1) * (0.5 + quotient(LGAMMA, 8, d + 0.5)) + zero * (zero - 1) * slopeOfQuotient(LGAMMA, 8, d + 0.5, zero + 0.5);
  return t * change - log1p(product);
}

/** log |Γ(x)| in two lanes, the same bits as lgamma. */
export function lgammaLanes(x: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(lgamma(f64x2.extract_lane(x, 0))), 1, lgamma(f64x2.extract_lane(x, 1)));
}

/**
 * ψ(x) = Γ′(x)/Γ(x); ∓∞ at ±0, NaN at −1, −2, … and −∞. At most 2.5 ulp for x ≥ 0, its zero included; for x < 0 at most 6 ulp down to −20, zeros included, and of the larger of 1 and |ψ(x)| beyond.
 *
 * Source: J. Bernardo, Algorithm AS 103: psi (digamma) function, Applied Statistics 25 (1976), recurrence and asymptotic series, the first replaced by a quotient
 * around the zero (W. Cody, A. Strecok and H. Thacher, Chebyshev approximations for the psi function, Math. Comp. 27 (1973)); fits of our own.
 */
export function digamma(x: f64): f64 {
  if (x < 0) {
    const d = fraction(x);
    if (d == 0) return NaN;
    const n = -floor(x);
    const zero = DIGAMMA_ZEROS + ((<usize>min(n, 20) - 1) << 4);
    const f = x + n;
    const t = f - load<f64>(zero);
    // From −1/2 on f has been rounded.
    if (n <= 20 && abs(t) < 0.125) return digammaBesideZero(f, load<f64>(zero), t + (x - (f - n) - load<f64>(zero, 8)), n);
    // Reflection, ψ(1 − x) − π·cot(πx), with the pole of the cotangent split off so that it costs one rounding.
    return digamma(1 - x) + d * quotient(COTANGENT, 4, d * d) - 1 / d;
  }
  // ψ(x) = ψ(x + 1) − 1/x, where x + 1 is never formed: it would round.
  if (x < 1) return digammaFrom(x, x - (DIGAMMA_ZERO - 1)) - 1 / x;
  if (x <= 2.5) return digammaFrom(x - 1, x - DIGAMMA_ZERO);
  if (x == Infinity) return x;
  const z = 1 / (x * x);
  return log(x) - (0.5 / x + z * quotient(DIGAMMA_TAIL, 5, z));
}

/** ψ(f − n), 0 < f < 1 ≤ n ≤ 20, at a distance t from its zero: a sum of positive terms times t. */
function digammaBesideZero(f: f64, zero: f64, t: f64, n: f64): f64 {
  let slope = 0.75 + quotient(DIGAMMA, 6, f) + (zero - (DIGAMMA_ZERO - 1)) * slopeOfQuotient(DIGAMMA, 6, f, zero);
  for (let j: f64 = 0; j <= n; j++) slope += 1 / ((f - j) * (zero - j));
  return t * slope;
}

/** ψ(1 + u), 0 ≤ u ≤ 3/2, given the distance of 1 + u from the zero. */
function digammaFrom(u: f64, distance: f64): f64 {
  return (distance - DIGAMMA_ZERO_LOW) * (0.75 + quotient(DIGAMMA, 6, u));
}

/** ψ(x) in two lanes, the same bits as digamma. */
export function digammaLanes(x: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(digamma(f64x2.extract_lane(x, 0))), 1, digamma(f64x2.extract_lane(x, 1)));
}

/**
 * The n-th derivative of digamma, (−1)ⁿ⁺¹ n! ζ(n + 1, x) for n ≥ 1; NaN unless n is an integer from 0 to 1,000. At the poles +∞ for odd n, where both sides agree, NaN for even n
 * (∓∞ at ±0). At most 4 ulp for n ≤ 2, 7 ulp for n ≤ 10 and x > 0; for x < 0 that much of the largest of three terms, NaN where two of them overflow (n > 150).
 *
 * Source: the Hurwitz zeta function by the Euler–Maclaurin formula, as F. Johansson, Rigorous high-precision computation of the Hurwitz zeta function and its derivatives,
 * Numerical Algorithms 69 (2015). For x < 0 the sum over all integers is folded onto the fraction of x, which is the reflection formula without cotangents.
 */
export function polygamma(n: f64, x: f64): f64 {
  if (!(n >= 0 && n <= 1000) || n != trunc(n) || x != x) return NaN;
  if (n == 0) return digamma(x);
  const isOdd = n < 9007199254740992 && ((<i64>n) & 1) == 1;
  const sign: f64 = isOdd ? 1 : -1;
  if (x == 0) return isOdd ? Infinity : -1 / x;
  if (x > 0) return sign * zetaTimesFactorial(n, x);
  const d = fraction(x);
  if (d == 0) return isOdd && x != -Infinity ? Infinity : NaN;
  const below = zetaTimesFactorial(n, d > 0 ? 1 - d : -d);
  const above = zetaTimesFactorial(n, d > 0 ? d : 1 + d);
  return sign * above + (below - zetaTimesFactorial(n, 1 - x));
}

/** n! ζ(n + 1, x) = n! Σ (x + k)^−(n+1), x ≥ 0: terms while x + k < n + 10, the Euler–Maclaurin formula from there on unless the sum has converged. */
function zetaTimesFactorial(n: f64, x: f64): f64 {
  if (x == Infinity) return 0;
  const s = n + 1;
  let sum: f64 = 0; // of terms divided by the first one
  let lost: f64 = 0; // what rounding has taken from it, the larger summand being the sum (Dekker 1971)
  let k: f64 = 0;
  let shifted = x;
  let term: f64 = 1;
  while (shifted < n + 10 && term > 1e-19) {
    const next = sum + term;
    if (k != 0) lost += sum - next + term;
    sum = next;
    shifted = x + ++k;
    term = power(x / shifted, s);
  }
  if (shifted >= n + 10) {
    const inverse = 1 / shifted;
    let weight = s * inverse;
    let tail: f64 = 0;
    for (let j: f64 = 0, at = EULER_MACLAURIN; j < 24; j += 2, at += 8) {
      tail += weight * load<f64>(at);
      weight *= (s + j + 1) * inverse * ((s + j + 2) * inverse);
    }
    lost += term * (shifted / n + (0.5 + tail)); // small summands first
  }
  let value = (sum + lost) / x;
  if (n > 170) return value * exp(lgamma(s) - n * log(x)); // n! alone overflows
  for (let i: f64 = 1; i <= n; i++) value = (value * i) / x;
  return value;
}

/** baseⁿ for 0 ≤ base ≤ 1 and an integer n, by squaring. */
function power(base: f64, n: f64): f64 {
  let result: f64 = 1;
  for (let rest = <u64>n; rest != 0; rest >>= 1, base *= base) {
    if ((rest & 1) != 0) result *= base;
  }
  return result;
}

/** polygamma(n, x) in two lanes, the same bits as polygamma. */
export function polygammaLanes(n: v128, x: v128): v128 {
  const lane0 = polygamma(f64x2.extract_lane(n, 0), f64x2.extract_lane(x, 0));
  return f64x2.replace_lane(f64x2.splat(lane0), 1, polygamma(f64x2.extract_lane(n, 1), f64x2.extract_lane(x, 1)));
}
