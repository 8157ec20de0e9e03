/** Special functions on plain numbers that `Math` does not have: here the gamma and logistic functions, products with logarithms and round half to even. */
import {
  COTANGENT_P,
  COTANGENT_Q,
  DIGAMMA_P,
  DIGAMMA_Q,
  DIGAMMA_TAIL_P,
  DIGAMMA_TAIL_Q,
  DIGAMMA_ZERO,
  DIGAMMA_ZEROS,
  DIGAMMA_ZERO_LOW,
  EULER_MACLAURIN,
  LGAMMA_P,
  LGAMMA_Q,
  LGAMMA_STIRLING,
  LGAMMA_ZEROS,
  SINE_OF_PI,
} from "./coefficients.js";
import { polynomial, slopeOfQuotient } from "./polynomial.js";

export * from "./averages.js";
export * from "./normal.js";

/**
 * log|Γ(x)|; +∞ at the poles 0, −1, −2, … and at ±∞. At most 2.5 ulp for x > 0, the zeros 1 and 2 included; 8 ulp for x < 0 down to −20.5, all zeros included.
 * Around 1 and 2 a quotient with both zeros taken out (as Cody & Hillstrom 1967), the recurrence up to 8, then Stirling's series; reflection for x < 0.
 */
export function lgamma(x: number): number {
  if (x < 0) return lgammaOfNegative(x);
  if (x < 0.5) return lgammaAround(x, -0.5) - Math.log(x);
  if (x < 8) {
    // Γ(x) = (x − 1)(x − 2)…Γ(y) with y ≤ 2.5; both logarithms are positive, so their sum does not cancel.
    let product = 1;
    let y = x;
    while (y > 2.5) product *= --y;
    const rest = y < 1.5 ? lgammaAround(y - 1, -0.5) : lgammaAround(y - 2, 0.5);
    return Math.log(product) + rest;
  }
  if (x === Infinity) return x;
  // Stirling's series; 0.4189… = (log(2π) − 1)/2, the −1 taken out of x so that one product carries the size.
  return (x - 0.5) * (Math.log(x) - 1) + (0.4189385332046727 + stirling(x));
}

/** lgamma(x) − ((x − 1/2)·log(x) − x + log(2π)/2), x ≥ 8. */
const stirling = (x: number): number => polynomial(LGAMMA_STIRLING, 1 / (x * x)) / x;

/** lgamma around 1 or 2, at a distance w of at most 1/2 or so; side is −1/2 for 1, +1/2 for 2. The summands of lgamma/w are ordered by size. */
function lgammaAround(w: number, side: number): number {
  const u = w + (1 + side);
  return w * (side + (0.5 * w + (w + 2 * side) * (polynomial(LGAMMA_P, u) / polynomial(LGAMMA_Q, u))));
}

/** By reflection: |Γ(x)Γ(−x)| = π/|x·sin(πx)|. Below 2^-60, Γ(x) is 1/x to the last digit, and x·sin(πx) may underflow. */
function lgammaOfNegative(x: number): number {
  if (x > -8.7e-19) return -Math.log(-x);
  const d = fraction(x);
  if (!(d !== 0)) return Infinity;
  if (x > -20.5 && x < -2) return lgammaByProduct(d, Math.round(d - x));
  const sine = Math.abs(d) * polynomial(SINE_OF_PI, d * d);
  return Math.log(Math.PI / (-x * sine)) - lgamma(-x);
}

/** lgamma(d − n), |d| ≤ 1/2, 2 ≤ n ≤ 20: Γ(1 + d) divided by d − j, j = 0 … n. Near a zero all is relative to it, so that nothing cancels. */
function lgammaByProduct(d: number, n: number): number {
  const k = 4 * n - (d > 0 ? 8 : 6);
  const zero = LGAMMA_ZEROS[k] as number;
  const t = d - zero - (LGAMMA_ZEROS[k + 1] as number);
  let product = 1;
  if (Math.abs(t) > 0.5 * Math.abs(zero)) {
    for (let j = 0; j <= n; j++) product *= d - j;
    return lgammaAround(d, -0.5) - Math.log(Math.abs(product));
  }
  product = 0; // less 1
  for (let j = 0; j <= n; j++) product += (t / (zero - j)) * (1 + product);
  const quotient = 0.5 + polynomial(LGAMMA_P, d + 0.5) / polynomial(LGAMMA_Q, d + 0.5);
  const change = (d + zero - 1) * quotient + zero * (zero - 1) * slopeOfQuotient(LGAMMA_P, LGAMMA_Q, d + 0.5, zero + 0.5);
  return t * change - Math.log1p(product);
}

/** x minus the nearest integer, exactly; 0 at −∞. */
function fraction(x: number): number {
  return x === -Infinity ? 0 : x - roundEven(x);
}

/**
 * The derivative of lgamma, ψ(x) = Γ′(x)/Γ(x); NaN at −1, −2, … and −∞, ∓∞ at ±0. At most 2.5 ulp for x > 0, its zero included, which is held in two parts;
 * 6 ulp for x < 0 down to −20, zeros included, and of max(1, |ψ|) beyond. Asymptotic series (Bernardo 1976, AS 103), below 2.5 a quotient around the zero (as Cody, Strecok & Thacher 1973).
 */
export function digamma(x: number): number {
  if (x < 0) {
    const d = fraction(x);
    if (d === 0) return NaN;
    const n = -Math.floor(x);
    const f = x + n;
    const t = n > 20 ? 1 : f - (DIGAMMA_ZEROS[2 * n - 2] as number);
    // From −1/2 on f has been rounded.
    if (Math.abs(t) < 0.125) return digammaBesideZero(f, t + (x - (f - n) - (DIGAMMA_ZEROS[2 * n - 1] as number)), n);
    const z = d * d;
    // Reflection, ψ(1 − x) − π·cot(πx), with the pole of the cotangent split off so that it costs one rounding.
    return digamma(1 - x) + (d * polynomial(COTANGENT_P, z)) / polynomial(COTANGENT_Q, z) - 1 / d;
  }
  // ψ(x) = ψ(x + 1) − 1/x, where x + 1 is never formed: it would round.
  if (x < 1) return digammaFrom(x, x - (DIGAMMA_ZERO - 1)) - 1 / x;
  if (x <= 2.5) return digammaFrom(x - 1, x - DIGAMMA_ZERO);
  if (x === Infinity) return x;
  const z = 1 / (x * x);
  return Math.log(x) - (0.5 / x + (z * polynomial(DIGAMMA_TAIL_P, z)) / polynomial(DIGAMMA_TAIL_Q, z));
}

/** ψ(f − n), 0 < f < 1 ≤ n ≤ 20, at a distance t from its zero: a sum of positive terms times t. */
function digammaBesideZero(f: number, t: number, n: number): number {
  const zero = DIGAMMA_ZEROS[2 * n - 2] as number;
  const quotient = 0.75 + polynomial(DIGAMMA_P, f) / polynomial(DIGAMMA_Q, f);
  let slope = quotient + (zero - (DIGAMMA_ZERO - 1)) * slopeOfQuotient(DIGAMMA_P, DIGAMMA_Q, f, zero);
  for (let j = 0; j <= n; j++) slope += 1 / ((f - j) * (zero - j));
  return t * slope;
}

/** ψ(1 + u), 0 ≤ u ≤ 3/2, given the distance of 1 + u from the zero. */
function digammaFrom(u: number, distance: number): number {
  return (distance - DIGAMMA_ZERO_LOW) * (0.75 + polynomial(DIGAMMA_P, u) / polynomial(DIGAMMA_Q, u));
}

/**
 * The n-th derivative of digamma, (−1)ⁿ⁺¹ n! ζ(n + 1, x) for n ≥ 1; NaN unless n is an integer from 0 to 1,000. At the poles +∞ for odd n, where both sides agree,
 * NaN for even n ≥ 2 (∓∞ at ±0). At most 4 ulp for n ≤ 2, 7 ulp for n ≤ 10 and x > 0; for x < 0 that much of the largest of three terms. There the sum
 * over all integers is folded onto the fraction of x, which is the reflection formula without cotangents.
 */
export function polygamma(n: number, x: number): number {
  if (!Number.isInteger(n) || n < 0 || n > 1000) return NaN;
  if (n === 0) return digamma(x);
  const sign = n % 2 === 1 ? 1 : -1;
  if (x === 0) return sign === 1 ? Infinity : -1 / x;
  if (!(x < 0)) return sign * zetaTimesFactorial(n, x);
  const d = fraction(x);
  if (d === 0) return sign === 1 && x !== -Infinity ? Infinity : NaN;
  const below = zetaTimesFactorial(n, d > 0 ? 1 - d : -d);
  const above = zetaTimesFactorial(n, d > 0 ? d : 1 + d);
  return sign * above + (below - zetaTimesFactorial(n, 1 - x));
}

/** n! ζ(n + 1, x) = n! Σ (x + k)^−(n+1), x ≥ 0, by the Euler–Maclaurin formula from x + k ≥ n + 10 on, where twelve terms are enough, unless the sum has converged before. */
function zetaTimesFactorial(n: number, x: number): number {
  if (x === Infinity) return 0;
  const s = n + 1;
  let sum = 0; // of terms divided by the first one
  let lost = 0; // what rounding has taken from it, the larger summand being the sum (Dekker 1971)
  let k = 0;
  let shifted = x;
  let power = 1;
  while (shifted < n + 10 && power > 1e-19) {
    const next = sum + power;
    lost += k === 0 ? 0 : sum - next + power;
    sum = next;
    shifted = x + ++k;
    power = Math.pow(x / shifted, s);
  }
  if (shifted >= n + 10) {
    let term = s / shifted;
    let tail = 0;
    for (let j = 0; j < EULER_MACLAURIN.length; j++) {
      tail += term * (EULER_MACLAURIN[j] as number);
      term *= ((s + 2 * j + 1) / shifted) * ((s + 2 * j + 2) / shifted);
    }
    lost += power * (shifted / n + (0.5 + tail)); // small summands first
  }
  let value = (sum + lost) / x;
  if (n > 170) return value * Math.exp(lgamma(s) - n * Math.log(x)); // n! alone overflows
  for (let i = 1; i <= n; i++) value = (value * i) / x;
  return value;
}

/**
 * log B(a, b) = log(Γ(a)Γ(b)/Γ(a + b)) for a, b ≥ 0, ∞ where one is 0; NaN below. At most 6 ulp, and 6e-16 where it is smaller than 1/2.
 * A. DiDonato & A. Morris, Algorithm 708: significant digit computation of the incomplete beta function ratios, ACM TOMS 18 (1992): no difference of large logarithms is ever taken.
 */
export function lbeta(p: number, q: number): number {
  if (!(p >= 0 && q >= 0)) return NaN;
  let a = Math.min(p, q);
  let b = Math.max(p, q);
  if (a === 0) return Infinity;
  if (b === Infinity) return -Infinity;
  if (a >= 8) {
    const h = a / b;
    const rest = 0.9189385332046728 - 0.5 * Math.log(b) + (stirling(a) + stirling(b) - stirling(a + b));
    return rest - b * Math.log1p(h) + (a - 0.5) * Math.log(h / (1 + h));
  }
  // B(a, b) = B(a − 1, b)·(a − 1)/(a + b − 1), until both are at most 2.5
  let product = 1;
  if (b < 1000) while (a > 2.5) product *= --a / (a + b);
  if (b < 8) while (b > 2.5) product *= --b / (a + b);
  const quotient = b < 8 ? lgamma(b) - lgamma(a + b) : gammaQuotient(b, a);
  return lgamma(a) + quotient + Math.log(product);
}

/** log(Γ(b)/Γ(a + b)), a < 8 ≤ b, by Stirling's series: all large terms are of one sign. */
function gammaQuotient(b: number, a: number): number {
  return stirling(b) - stirling(a + b) - (b + (a - 0.5)) * Math.log1p(a / b) - a * (Math.log(b) - 1);
}

/**
 * ψ⁽ⁿ⁾(a) − ψ⁽ⁿ⁾(a + b) for a, b ≥ 0, to full relative accuracy for small b too; NaN unless n is an integer from 0 to 100. At most 6 ulp for n = 0.
 * Term by term the difference of the sums that polygamma is, by the Euler–Maclaurin formula.
 */
export function lbetaSlope(a: number, b: number, n: number): number {
  if (!Number.isInteger(n) || n < 0 || n > 100 || !(a >= 0 && b >= 0)) return NaN;
  if (a === Infinity) return -b / a;
  if (a === 0 || b === Infinity) return polygamma(n, a) - polygamma(n, a + b);
  let sum = 0;
  let x = a;
  for (let k = 0; x < n + 10; x = a + ++k) sum += powerDifference(x, b, n + 1);
  let weight = n + 1;
  let tail = 0.5 * powerDifference(x, b, n + 1);
  for (let j = 0; j < EULER_MACLAURIN.length; j++) {
    tail += weight * (EULER_MACLAURIN[j] as number) * powerDifference(x, b, n + 2 + 2 * j);
    weight *= (n + 2 + 2 * j) * (n + 3 + 2 * j);
  }
  sum += tail + (n === 0 ? Math.log1p(b / x) : powerDifference(x, b, n) / n);
  for (let k = 2; k <= n; k++) sum *= k;
  return n % 2 === 0 ? -sum : sum;
}

/** x⁻ᵐ − (x + b)⁻ᵐ, m ≥ 1, as a product, which does not cancel. */
function powerDifference(x: number, b: number, m: number): number {
  const u = 1 / x;
  const w = 1 / (x + b);
  let sum = 1;
  let power = 1;
  for (let k = 1; k < m; k++) {
    power *= w;
    sum = sum * u + power;
  }
  return ((b / (x + b)) * sum) / x;
}

/** a·log(b), 0 where a is 0 whatever number b is; at most 1.9 ulp. */
export function xlogy(a: number, b: number): number {
  return a === 0 && !Number.isNaN(b) ? 0 : a * Math.log(b);
}

/** a·log(1 + b), accurate for small b, 0 where a is 0 whatever number b is; at most 1.9 ulp. */
export function xlog1py(a: number, b: number): number {
  return a === 0 && !Number.isNaN(b) ? 0 : a * Math.log1p(b);
}

/** log(1 − eˣ) for x ≤ 0, NaN above; at most 2.5 ulp. Each half as M. Mächler, Accurately computing log(1 − exp(−|a|)), Rmpfr (2012). */
export function log1mExp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}

/** 1/(1 + exp(−x)). For negative x as exp(x)/(1 + exp(x)), which cannot overflow and keeps its relative accuracy; at most 2 ulp. */
export function sigmoid(x: number): number {
  const t = Math.exp(-Math.abs(x));
  return (x < 0 ? t : 1) / (1 + t);
}

/** The derivative of sigmoid, t/(1 + t)² with t = exp(−|x|): s·(1 − s) would cancel for large x. At most 2.2 ulp. */
export function sigmoidSlope(x: number): number {
  const t = Math.exp(-Math.abs(x));
  return t / (1 + t * (2 + t));
}

/** log(1 + exp(x)) = max(x, 0) + log1p(exp(−|x|)), which neither overflows nor cancels; at most 1.5 ulp. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** exp(−|a − b|), 1 where a = b at infinity too. What rounding takes from a − b is handed on (Knuth's two-sum). */
function decayBetween(a: number, b: number): number {
  if (a === b) return 1;
  const d = a - b;
  const part = d - a;
  const rest = a - (d - part) - (b + part);
  const t = Math.exp(-Math.abs(d));
  return Number.isNaN(rest) ? t : t - t * (d < 0 ? -rest : rest);
}

/** log(eᵃ + eᵇ) = max(a, b) + log(1 + exp(−|a − b|)), which does not overflow; at most 1.5 ulp, half an ulp of 1 where the two parts cancel. */
export function logAddExp(a: number, b: number): number {
  return Math.max(a, b) + Math.log1p(decayBetween(a, b));
}

/** ∂logAddExp/∂a, sigmoid(a − b), accurate where a − b rounds, 1/2 where a = b at infinity too; at most 2.0 ulp. */
export function logAddExpSlope(a: number, b: number): number {
  const t = decayBetween(a, b);
  return (a < b ? t : 1) / (1 + t);
}

/** exp(x − y), 1 where both are ∞, 0 where both are −∞: the share that x has beside y. */
export function expDifference(x: number, y: number): number {
  return Math.exp(x === y ? (x === -Infinity ? x : 0) : x - y);
}

/** a/c for c = hypot(a, b), 0 where c is 0. Where c is subnormal or infinite it has lost the digits, and all are taken 2^±600 as large. */
export function hypotSlope(a: number, b: number, c: number): number {
  if (c >= 2.2250738585072014e-308 && c < Infinity) return a / c;
  if (c === 0) return 0;
  const scale = c < 1 ? 4.149515568880993e180 : 2.409919865102884e-181;
  const width = a * scale;
  const height = b * scale;
  return width / Math.sqrt(width * width + height * height);
}

/** The derivative of tanh, 4t/(1 + t)² with t = exp(−2|x|): 1 − tanh² would cancel for large x. At most 2.2 ulp. */
export function tanhSlope(x: number): number {
  const t = Math.exp(-2 * Math.abs(x));
  return (4 * t) / (1 + t * (2 + t));
}

/** The nearest integer, halves to the even one; keeps −0. Adding 2^52 leaves no room for a fraction, so the addition itself rounds. */
export function roundEven(x: number): number {
  const size = Math.abs(x);
  if (x === 0 || !(size < 4503599627370496)) return x;
  const rounded = size + 4503599627370496 - 4503599627370496;
  return x < 0 ? -rounded : rounded;
}
