/** Special functions on plain numbers that `Math` does not have: error functions, gamma functions, logistic functions, round half to even. */

/** 2/√π, in two parts. */
const TWO_OVER_ROOT_PI = 1.1283791670955126;
const TWO_OVER_ROOT_PI_LOW = 1.533545961316588e-17;

/** erf(x)/x − 1 in x², |x| ≤ 1: minimax, absolute error 7.9e-18. */
const ERF_NEAR_ZERO = [
  0.12837916709551256, -0.3761263890318352, 0.11283791670944242, -0.026866170643107277, 0.005223977605982787, -0.0008548325918340395,
  0.00012055293125862518, -1.4924701467425273e-5, 1.6446973225249463e-6, -1.6204926691160583e-7, 1.3704282451648954e-8,
  -7.765756132580783e-10,
];

/** x·exp(x²)·erfc(x) = c + t·P(t) in t = (x − 3.75)/(x + 3.75), 0.8 ≤ x ≤ 28: minimax, relative error 4.8e-18; c in two parts. */
const ERFC_CENTRE = 0.5459614547813946;
const ERFC_CENTRE_LOW = -5.389191706548845e-17;
const ERFC_SCALED = [
  0.0665906664549397, -0.11121132571557783, 0.12292431700704137, -0.10570412108702959, 0.07355332392742449, -0.04141831127926507,
  0.0182914492908792, -0.0057747710154383665, 0.0008905805519452235, 0.00022308841828896139, -0.000169026218201843, 2.4031294691765044e-5,
  1.4283189424158852e-5, -6.091491090868143e-6, -8.155190243696986e-7, 9.56951612012945e-7, 7.450891948908296e-9, -1.3127185812776912e-7,
  5.808539511250905e-9, 1.204586820137027e-8,
];

/** lgamma(x)/((x − 1)(x − 2)) = 1/2 + P(u)/Q(u) in u = x − 1/2, 0 ≤ u ≤ 2: error 1.6e-17. The 1/2 carries most of it, so the quotient's rounding hardly shows. */
const LGAMMA_P = [
  0.2631532572329334, 1.175285167105939, 1.4901984566076718, -0.29606782904871104, -1.9685304616026078, -1.467059772538902,
  -0.41692522214488825, -0.043791732623675146, -0.001182599660945115,
];
const LGAMMA_Q = [
  1.0, 6.68136583601936, 17.735640300935504, 23.92105458829317, 17.440650497502457, 6.783151371543087, 1.3059845249621702,
  0.10555881353234589, 0.002412242943149483,
];

/** x·(lgamma(x) − (x − 1/2)·log(x) + x − log(2π)/2) in 1/x², x ≥ 8: relative error 4.296e-16. */
const LGAMMA_STIRLING = [
  0.0833333333333333, -0.0027777777776095526, 0.000793650666683963, -0.0005952029063132218, 0.0008373061593204513, -0.0016531809777516778,
];

/** The positive zero of digamma, in two parts. */
const DIGAMMA_ZERO = 1.4616321449683622;
const DIGAMMA_ZERO_LOW = 9.549995429965697e-17;

/** digamma(x)/(x − zero) = 3/4 + P(u)/Q(u) in u = x − 1, 0 ≤ u ≤ 3/2: error 1.1e-18. */
const DIGAMMA_P = [
  0.5003801375034054, 0.22944517463556818, -0.27775640784021166, -0.20883671628717074, -0.04667430065300838, -0.003745523652781134,
  -8.037912648215599e-5,
];
const DIGAMMA_Q = [
  1.0, 2.1666298359614182, 1.6419106074975205, 0.557004285584191, 0.08731290746755471, 0.00569779890096354, 0.00010841369932253809,
];

/** x²·(log(x) − 1/(2x) − digamma(x)) = P(z)/Q(z) in z = 1/x², x ≥ 5/2: error 5.2e-19 of digamma. */
const DIGAMMA_TAIL_P = [
  0.08333333333333244, 1.2001357980585647, 5.079918633072367, 7.298956680474226, 3.031053861861664, 0.16999011522548116,
];
const DIGAMMA_TAIL_Q = [1.0, 14.501629576697306, 62.361567507894485, 93.1830830385285, 43.35553346133765, 3.990825150725053];

/** (1/d − π·cot(πd))/d = P(z)/Q(z) in z = d², |d| ≤ 1/2: relative error 1.2e-20. */
const COTANGENT_P = [3.289868133696453, -2.3953386524478084, 0.4270730733505832, -0.020968158957316844, 0.00014714203466904176];
const COTANGENT_Q = [1.0, -1.3860692692100536, 0.42334125259146477, -0.0380839305030639, 0.0008119473539711184];

/** sin(πd)/d in d², |d| ≤ 1/2: relative error 2.6e-19. */
const SINE_OF_PI = [
  3.141592653589793, -5.167712780049969, 2.550164039877294, -0.5992645293187375, 0.08214588656988225, -0.007370430478679703,
  0.000466299688405543, -2.190318456729738e-5, 7.694719248927849e-7,
];

/** Bernoulli numbers B₂ⱼ/(2j)!, j = 1 … 12: the weights of the Euler–Maclaurin formula. */
const EULER_MACLAURIN = [
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7, 2.08767569878681e-8, -5.284190138687493e-10,
  1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18,
  -1.3954464685812522e-19,
];

/** Σ coefficients[i]·xⁱ, by Horner's rule. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] as number);
  return sum;
}

/** The first 26 bits of x (Dekker 1971, with 2^27 + 1): products of two such heads are exact. */
function head(x: number): number {
  const scaled = x * 134217729;
  return scaled - (scaled - x);
}

/**
 * exp(−x²)·(factor + correction) for 0 ≤ x ≤ 28, rounded once after exp. x² is needed in two parts: its rounding error alone, up to 2^-44,
 * would spoil the last three digits.
 */
function gaussianTimes(x: number, factor: number, correction: number): number {
  const xHead = head(x);
  const xTail = x - xHead;
  const square = x * x;
  const rest = xHead * xHead - square + 2 * xHead * xTail + xTail * xTail;
  const e = Math.exp(-square);
  const eHead = head(e);
  const factorHead = head(factor);
  return eHead * factorHead + ((e - eHead) * factorHead + e * (factor - factorHead + (correction - factor * rest)));
}

/** n − q·d for the rounded quotient q = n/d, exactly: what the division has left. */
function remainder(n: number, d: number, q: number): number {
  const qHead = head(q);
  const dHead = head(d);
  return n - qHead * dHead - qHead * (d - dHead) - (q - qHead) * d;
}

/** erfc(x) for 0.8 ≤ x: exp(−x²) times the quotient g/x. What rounding takes from t, g and the quotient is handed on. */
function erfcTail(x: number): number {
  if (x > 28) return 0;
  const n = x - 3.75;
  const d = x + 3.75;
  const t = n / d;
  const tLow = (remainder(n, d, t) + (x - (n + 3.75)) - t * (x - (d - 3.75))) / d;
  const p = polynomial(ERFC_SCALED, t);
  const g = ERFC_CENTRE + t * p;
  // The slope of g is about 9/4·P where it is steep, near 1.
  const gLow = ERFC_CENTRE - g + t * p + (ERFC_CENTRE_LOW + 2.25 * p * tLow);
  const quotient = g / x;
  return gaussianTimes(x, quotient, (remainder(g, x, quotient) + gLow) / x);
}

/** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt. A polynomial below 1 and 1 − erfc(x) above (the division of Cody 1969), with fits of our own; at most 1.4 ulp. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 1) return x + x * polynomial(ERF_NEAR_ZERO, x * x);
  const value = 1 - erfcTail(size);
  return x < 0 ? -value : value;
}

/** erfc(x) = 1 − erf(x), to full relative accuracy for positive x: exp(−x²)/x times a polynomial in (x − 3.75)/(x + 3.75) (Shepherd & Laframboise 1981); at most 2.3 ulp. */
export function erfc(x: number): number {
  if (Math.abs(x) < 0.5) return 1 - erf(x);
  // Around 1/2 the leading digits are subtracted first, where that is exact.
  if (x > 0 && x < 0.8) return 0.5 - (x - 0.5 + x * polynomial(ERF_NEAR_ZERO, x * x));
  if (x < 0 && x > -1) return 1 - erf(x);
  return x < 0 ? 2 - erfcTail(-x) : erfcTail(x);
}

/** The derivative of erf, 2/√π·exp(−x²), accurate to its last digits for large |x| too; at most 1.5 ulp. */
export function erfSlope(x: number): number {
  return gaussianTimes(Math.min(Math.abs(x), 28), TWO_OVER_ROOT_PI, TWO_OVER_ROOT_PI_LOW);
}

/**
 * log|Γ(x)|; +∞ at the poles 0, −1, −2, … and at ±∞. At most 2.5 ulp for x > 0, the zeros 1 and 2 included; that much of max(1, |lgamma|) for x < 0.
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
  const correction = polynomial(LGAMMA_STIRLING, 1 / (x * x)) / x;
  return (x - 0.5) * (Math.log(x) - 1) + (0.4189385332046727 + correction);
}

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
  const sine = Math.abs(d) * polynomial(SINE_OF_PI, d * d);
  return Math.log(Math.PI / (-x * sine)) - lgamma(-x);
}

/** x minus the nearest integer, exactly; 0 at −∞. */
function fraction(x: number): number {
  return x === -Infinity ? 0 : x - roundEven(x);
}

/**
 * The derivative of lgamma, ψ(x) = Γ′(x)/Γ(x); NaN at −1, −2, … and −∞, ∓∞ at ±0. At most 2.5 ulp for x > 0, its zero included, which is held in two parts;
 * 5 ulp of max(1, |ψ|) for x < 0. Asymptotic series (Bernardo 1976, AS 103), below 2.5 a quotient around the zero (as Cody, Strecok & Thacher 1973).
 */
export function digamma(x: number): number {
  if (x < 0) {
    const d = fraction(x);
    if (d === 0) return NaN;
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
