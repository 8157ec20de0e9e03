/** The error function and the normal distribution on plain numbers: values, complements, scaled complements, logarithms, inverses. */
import { polynomial } from "./polynomial.js";

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

/** √π·x·erfc(x)·exp(x²) = 1 + z·P(z) in z = 1/x², x ≥ 28: error 3.9e-18. */
const ERFCX_FAR = [-0.5, 0.7499999999999932, -1.8749999998086753, 6.5624983814299505, -29.526218002236533, 157.1444134950432];
const ONE_OVER_ROOT_PI = 0.5641895835477563;

/** 1/√(2π), in two parts. */
const DENSITY = 0.3989422804014327;
const DENSITY_LOW = -2.49232720227773e-17;
const ROOT_HALF = 0.7071067811865476;
const ROOT_TWO = 1.4142135623730951;
const ROOT_HALF_PI = 1.2533141373155003;
const ROOT_TWO_OVER_PI = 0.7978845608028654;

/** The normal quantile of 1/2 + d over d, in d², |d| ≤ 0.425: relative error 3.4e-7, before one step of Halley. */
const QUANTILE_P = [2.506628287540864, -15.388751415942286, 24.883796721690835, -7.133878001063261];
const QUANTILE_Q = [1.0, -7.186418386578505, 15.149668505835123, -8.405409175289899];

/** √2·r less the normal quantile of 1 − exp(−r²) in t = (r − 4)/(r + 4), 1.6 ≤ r ≤ 27.3: error 1.4e-8, before one step of Newton. */
const QUANTILE_TAIL = [
  0.47951303221741015, -0.6305737023885882, 0.32721518900157376, -0.25576726644389775, 0.17936938058369348, -0.14810771537925946,
  0.11422795484480017, -0.09536520951111996, 0.07944209093901612, -0.09129628758704328, 0.08987709319585602, -0.04657328243230423,
  0.0026236674854254426,
];

/** The first 26 bits of x (Dekker 1971, with 2^27 + 1): products of two such heads are exact. */
function head(x: number): number {
  const scaled = x * 134217729;
  return scaled - (scaled - x);
}

/** What rounding takes from x². */
function squareTail(x: number): number {
  const xHead = head(x);
  const xTail = x - xHead;
  return xHead * xHead - x * x + 2 * xHead * xTail + xTail * xTail;
}

/**
 * exp(−share·x²)·(factor + correction) for |x| ≤ 40 and a share of 1 or 1/2, rounded once after exp. x² is needed in two parts: its rounding error alone, up to 2^-44,
 * would spoil the last three digits.
 */
function gaussianTimes(x: number, share: number, factor: number, correction: number): number {
  const e = Math.exp(-share * (x * x));
  const eHead = head(e);
  const factorHead = head(factor);
  const low = factor - factorHead + (correction - factor * (share * squareTail(x)));
  return eHead * factorHead + ((e - eHead) * factorHead + e * low);
}

/** n − q·d for the rounded quotient q = n/d, exactly: what the division has left. */
function remainder(n: number, d: number, q: number): number {
  const qHead = head(q);
  const dHead = head(d);
  return n - qHead * dHead - qHead * (d - dHead) - (q - qHead) * d;
}

/** What the last scaledErfc left out of its result. */
let scaledErfcTail = 0;

/** exp(x²)·erfc(x) for 0.8 ≤ x ≤ 28, the quotient g/x. What rounding takes from t, g and the quotient is left in scaledErfcTail. */
function scaledErfc(x: number): number {
  const n = x - 3.75;
  const d = x + 3.75;
  const t = n / d;
  const tLow = (remainder(n, d, t) + (x - (n + 3.75)) - t * (x - (d - 3.75))) / d;
  const p = polynomial(ERFC_SCALED, t);
  const g = ERFC_CENTRE + t * p;
  // The slope of g is about 9/4·P where it is steep, near 1.
  const gLow = ERFC_CENTRE - g + t * p + (ERFC_CENTRE_LOW + 2.25 * p * tLow);
  const quotient = g / x;
  scaledErfcTail = (remainder(g, x, quotient) + gLow) / x;
  return quotient;
}

/** erfc(y) for 0.8 ≤ y, where y² is share·x². */
function erfcTail(y: number, x: number, share: number): number {
  if (y > 28) return 0;
  const quotient = scaledErfc(y);
  return gaussianTimes(x, share, quotient, scaledErfcTail);
}

/** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt. A polynomial below 1 and 1 − erfc(x) above (the division of Cody 1969), with fits of our own; at most 1.4 ulp. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 1) return x + x * polynomial(ERF_NEAR_ZERO, x * x);
  const value = 1 - erfcTail(size, size, 1);
  return x < 0 ? -value : value;
}

/** erfc(x) = 1 − erf(x), to full relative accuracy for positive x: exp(−x²)/x times a polynomial in (x − 3.75)/(x + 3.75) (Shepherd & Laframboise 1981); at most 2.3 ulp. */
export function erfc(x: number): number {
  return complement(x, x, 1);
}

/** erfc(y), where y² is share·x² in exponents. */
function complement(y: number, x: number, share: number): number {
  if (Math.abs(y) < 0.5) return 1 - erf(y);
  // Around 1/2 the leading digits are subtracted first, where that is exact.
  if (y > 0 && y < 0.8) return 0.5 - (y - 0.5 + y * polynomial(ERF_NEAR_ZERO, y * y));
  if (y < 0 && y > -1) return 1 - erf(y);
  return y < 0 ? 2 - erfcTail(-y, x, share) : erfcTail(y, x, share);
}

/** The derivative of erf, 2/√π·exp(−x²), accurate to its last digits for large |x| too; at most 1.5 ulp. */
export function erfSlope(x: number): number {
  return gaussianTimes(Math.min(Math.abs(x), 28), 1, TWO_OVER_ROOT_PI, TWO_OVER_ROOT_PI_LOW);
}

/**
 * exp(x²)·erfc(x), which neither overflows nor underflows for positive x; at most 3.3 ulp. As erfc from 0.8 on, by its asymptotic series from 28 on (Abramowitz & Stegun 7.1.23, economised);
 * for negative x by erfc(x) + erfc(−x) = 2.
 */
export function erfcx(x: number): number {
  if (x > 28) {
    const z = 1 / (x * x);
    return (ONE_OVER_ROOT_PI * (1 + z * polynomial(ERFCX_FAR, z))) / x;
  }
  if (x >= 0.8) return scaledErfc(x) + scaledErfcTail;
  if (!(x <= -0.8)) return Math.exp(x * x) * erfc(x);
  return x < -27 ? Infinity : 2 * Math.exp(x * x) * (1 + squareTail(x)) - erfcx(-x);
}

/**
 * The n-th derivative of erfcx over the one before it, n ≥ 1; about −n/x for large x, 2x for negative x. NaN unless n is an integer from 1 to 1,000. At most 5 ulp for n = 1.
 * The derivatives are repeated integrals of erfc (Abramowitz & Stegun 7.2.5): their recurrence is a continued fraction, backwards from 0.3 on, from an
 * asymptotic series in √(x² + 2k), and forwards below.
 */
export function erfcxRatio(n: number, x: number): number {
  if (!Number.isInteger(n) || n < 1 || n > 1000) return NaN;
  if (x > 1e10) return -n / x;
  if (x >= 0.3) {
    // as many terms as make what the last one lacks 1e-17
    const last = n + Math.ceil(6 + (70 + 8 / x) / x);
    const square = x * x + (2 * last - 1);
    const bend = 2 * last - 1 + x / Math.sqrt(square) + (0.5 - x * (x / square)) / square;
    let ratio = -bend / (x + Math.sqrt(x * x + bend));
    for (let k = last; k > n; k--) ratio = (k - 1) / (ratio / 2 - x);
    return ratio;
  }
  let ratio = 2 * x - TWO_OVER_ROOT_PI / erfcx(x);
  for (let k = 1; k < n; k++) ratio = 2 * x + (2 * k) / ratio;
  return ratio;
}

/** log erfc(x), finite where erfc underflows; at most 2.8 ulp. */
export function logErfc(x: number): number {
  return x < 0.5 ? Math.log1p(0 - erf(x)) : Math.log(erfcx(x)) - x * x;
}

/** The derivative of logErfc, −2/√π·exp(−x²)/erfc(x). */
export function logErfcSlope(x: number): number {
  return x < 0 ? -erfSlope(x) / erfc(x) : -TWO_OVER_ROOT_PI / erfcx(x);
}

/** The density of the standard normal distribution, exp(−x²/2)/√(2π); at most 1.7 ulp. */
export function normPdf(x: number): number {
  return gaussianTimes(Math.min(Math.abs(x), 40), 0.5, DENSITY, DENSITY_LOW);
}

/** The standard normal distribution function, erfc(−x/√2)/2, to full relative accuracy for negative x; at most 2.4 ulp. */
export function normCdf(x: number): number {
  return complement(-ROOT_HALF * x, x, 0.5) / 2;
}

/** log normCdf(x), finite where normCdf underflows; at most 2.7 ulp. */
export function logNormCdf(x: number): number {
  return x > 0 ? Math.log1p(-normCdf(-x)) : Math.log(0.5 * erfcx(-ROOT_HALF * x)) - 0.5 * (x * x);
}

/** The derivative of logNormCdf, normPdf(x)/normCdf(x). */
export function logNormCdfSlope(x: number): number {
  return x > 0 ? normPdf(x) / normCdf(x) : ROOT_TWO_OVER_PI / erfcx(-ROOT_HALF * x);
}

/**
 * The x at which normCdf(x) = p; ∓∞ at 0 and 1, NaN outside. At most 3.3 ulp.
 * Fits of our own in the variables of M. Wichura, Algorithm AS 241: the percentage points of the normal distribution, Applied Statistics 37 (1988), and one step
 * of Halley on erf in the middle, of Newton on log normCdf in the tails.
 */
export function normQuantile(p: number): number {
  const d = p - 0.5;
  if (Math.abs(d) <= 0.425) {
    const x = (d * polynomial(QUANTILE_P, d * d)) / polynomial(QUANTILE_Q, d * d);
    const step = (0.5 * erf(ROOT_HALF * x) - d) / normPdf(x);
    return x - step / (1 + 0.5 * x * step);
  }
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const size = tailQuantile(Math.min(p, 1 - p));
  return p < 0.5 ? -size : size;
}

/** The x at which normCdf(−x) = q, q < 0.075. */
function tailQuantile(q: number): number {
  const log = Math.log(q);
  const r = Math.sqrt(-log);
  const x = ROOT_TWO * r - polynomial(QUANTILE_TAIL, (r - 4) / (r + 4));
  const scaled = erfcx(ROOT_HALF * x);
  return x + (Math.log(0.5 * scaled) - 0.5 * (x * x) - log) * (ROOT_HALF_PI * scaled);
}

/** The derivative of normQuantile, 1/normPdf(normQuantile(p)), by the share of p that is left in its tail. */
export function normQuantileSlope(p: number): number {
  return (ROOT_HALF_PI * erfcx(Math.min(30, ROOT_HALF * Math.abs(normQuantile(p))))) / Math.min(p, 1 - p);
}
