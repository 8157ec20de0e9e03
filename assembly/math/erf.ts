// The error function, its complements and its slope, and the normal distribution, one number or two lanes at a time.
import { expAnywhere, expLanes, withSignOf } from "./exp";

const CONSTANTS: usize = memory.data<f64>([
  6.0, // from here on erfc is below half an ulp of 1
  28.0, // from here on exp(−x²) is 0
  3.75,
  1.0,
  0.5,
  2.0,
  134217729.0, // 2^27 + 1
  1.1283791670955126, // 2/√π
  1.533545961316588e-17, // the rest of 2/√π
  0.5459614547813946, // c of the fit below
  -5.389191706548845e-17, // the rest of c
  0.8,
  2.25,
  0.5641895835477563, // 1/√π
  0.3989422804014327, // 1/√(2π)
  -2.49232720227773e-17, // the rest of 1/√(2π)
  -0.7071067811865476, // −1/√2
  40.0, // from here on exp(−x²/2) is 0
]);
const ERF_IS_ONE: usize = CONSTANTS;
const ERFC_IS_ZERO: usize = CONSTANTS + 8;
const CENTRE: usize = CONSTANTS + 16;
const ONE: usize = CONSTANTS + 24;
const HALF: usize = CONSTANTS + 32;
const TWO: usize = CONSTANTS + 40;
const SPLITTER: usize = CONSTANTS + 48;
const TWO_OVER_ROOT_PI: usize = CONSTANTS + 56;
const TWO_OVER_ROOT_PI_LOW: usize = CONSTANTS + 64;
const SCALED_CENTRE: usize = CONSTANTS + 72;
const SCALED_CENTRE_LOW: usize = CONSTANTS + 80;
const ERFC_IS_NEAR: usize = CONSTANTS + 88;
const SLOPE: usize = CONSTANTS + 96;
const ONE_OVER_ROOT_PI: usize = CONSTANTS + 104;
const DENSITY: usize = CONSTANTS + 112;
const DENSITY_LOW: usize = CONSTANTS + 120;
const MINUS_ROOT_HALF: usize = CONSTANTS + 128;
const DENSITY_IS_ZERO: usize = CONSTANTS + 136;

// erf(x)/x − 1 in x², |x| ≤ 1: minimax, absolute error 7.9e-18.
const NEAR_ZERO: usize = memory.data<f64>([
  0.12837916709551256, -0.3761263890318352, 0.11283791670944242, -0.026866170643107277, 0.005223977605982787, -0.0008548325918340395,
  0.00012055293125862518, -1.4924701467425273e-5, 1.6446973225249463e-6, -1.6204926691160583e-7, 1.3704282451648954e-8,
  -7.765756132580783e-10,
]);

// x·exp(x²)·erfc(x) = c + t·P(t) in t = (x − 3.75)/(x + 3.75), 0.8 ≤ x ≤ 28: minimax, relative error 4.8e-18.
const SCALED: usize = memory.data<f64>([
  0.0665906664549397, -0.11121132571557783, 0.12292431700704137, -0.10570412108702959, 0.07355332392742449, -0.04141831127926507,
  0.0182914492908792, -0.0057747710154383665, 0.0008905805519452235, 0.00022308841828896139, -0.000169026218201843, 2.4031294691765044e-5,
  1.4283189424158852e-5, -6.091491090868143e-6, -8.155190243696986e-7, 9.56951612012945e-7, 7.450891948908296e-9, -1.3127185812776912e-7,
  5.808539511250905e-9, 1.204586820137027e-8,
]);

// √π·x·erfc(x)·exp(x²) = 1 + z·P(z) in z = 1/x², x ≥ 28: error 3.9e-18.
const ERFCX_FAR: usize = memory.data<f64>([
  -0.5, 0.7499999999999932, -1.8749999998086753, 6.5624983814299505, -29.526218002236533, 157.1444134950432,
]);

/** Σ coefficient[i]·xⁱ, i < 2·pairs: even and odd ones by Horner's rule in x², side by side. */
function polynomial(at: usize, pairs: usize, x: v128): v128 {
  const x2 = f64x2.mul(x, x);
  let from = at + (pairs << 4) - 16;
  let even = v128.load64_splat(from);
  let odd = v128.load64_splat(from, 8);
  while (from > at) {
    from -= 16;
    even = f64x2.add(f64x2.mul(even, x2), v128.load64_splat(from));
    odd = f64x2.add(f64x2.mul(odd, x2), v128.load64_splat(from, 8));
  }
  return f64x2.add(even, f64x2.mul(x, odd));
}

/**
 * erf x = 2/√π ∫₀ˣ exp(−t²) dt in two lanes; at most 1.4 ulp.
 *
 * Source: the division of W. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969): below 1 a polynomial in x², above 1 − erfc x, with
 * x·exp(x²)·erfc(x) in the variable (x − k)/(x + k) of M. Shepherd and J. Laframboise, Chebyshev approximation of (1 + 2x)·exp(x²)·erfc x, Math. Comp. 36 (1981), in
 * which it hardly bends; fits of our own.
 */
export function erfLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  // pmin returns its first operand where it is NaN.
  const bounded = f64x2.pmin(size, v128.load64_splat(ERF_IS_ONE));
  const square = f64x2.mul(bounded, bounded);
  const one = v128.load64_splat(ONE);
  const near = f64x2.add(x, f64x2.mul(x, polynomial(NEAR_ZERO, 6, square)));
  const centre = v128.load64_splat(CENTRE);
  const t = f64x2.div(f64x2.sub(bounded, centre), f64x2.add(bounded, centre));
  const scaled = f64x2.add(v128.load64_splat(SCALED_CENTRE), f64x2.mul(t, polynomial(SCALED, 10, t)));
  const far = f64x2.sub(one, f64x2.div(f64x2.mul(expLanes(f64x2.neg(square)), scaled), bounded));
  return v128.bitselect(near, withSignOf(far, x), f64x2.lt(size, one));
}

/** erf x, the same bits as erfLanes. */
export function erf(x: f64): f64 {
  return f64x2.extract_lane(erfLanes(f64x2.splat(x)), 0);
}

/** The first 26 bits of each lane (Dekker 1971): products of two such heads are exact. */
function head(x: v128): v128 {
  const scaled = f64x2.mul(x, v128.load64_splat(SPLITTER));
  return f64x2.sub(scaled, f64x2.sub(scaled, x));
}

/** What rounding takes from x². */
function squareTail(x: v128): v128 {
  const xHead = head(x);
  const cross = f64x2.mul(f64x2.add(xHead, x), f64x2.sub(x, xHead));
  return f64x2.add(f64x2.sub(f64x2.mul(xHead, xHead), f64x2.mul(x, x)), cross);
}

/**
 * exp(−share·x²)·(factor + correction) for |x| ≤ 40 and a share of 1 or 1/2, rounded once after exp. The rounding error of x² alone, up to 2^-44, would spoil three
 * digits.
 */
function gaussianTimes(x: v128, share: v128, factor: v128, correction: v128): v128 {
  const e = expLanes(f64x2.neg(f64x2.mul(share, f64x2.mul(x, x))));
  const eHead = head(e);
  const factorHead = head(factor);
  const rest = f64x2.mul(share, squareTail(x));
  const low = f64x2.add(f64x2.sub(factor, factorHead), f64x2.sub(correction, f64x2.mul(factor, rest)));
  return f64x2.add(f64x2.mul(eHead, factorHead), f64x2.add(f64x2.mul(f64x2.sub(e, eHead), factorHead), f64x2.mul(e, low)));
}

/** n − q·d for the rounded quotient q = n/d, exactly: what the division has left. */
function remainder(n: v128, d: v128, q: v128): v128 {
  const qHead = head(q);
  const dHead = head(d);
  const rest = f64x2.sub(f64x2.sub(n, f64x2.mul(qHead, dHead)), f64x2.mul(qHead, f64x2.sub(d, dHead)));
  return f64x2.sub(rest, f64x2.mul(f64x2.sub(q, qHead), d));
}

/** What the last scaledErfc left out of its result. A global of the instance and not memory, which threads share. */
let scaledErfcTail: v128 = i64x2(0, 0);

/** exp(x²)·erfc(x) for 0.8 ≤ x ≤ 28, the quotient g/x. What rounding takes from t, g and the quotient is left in scaledErfcTail. */
function scaledErfc(x: v128): v128 {
  const centre = v128.load64_splat(CENTRE);
  const n = f64x2.sub(x, centre);
  const d = f64x2.add(x, centre);
  const t = f64x2.div(n, d);
  const nLow = f64x2.sub(x, f64x2.add(n, centre));
  const dLow = f64x2.sub(x, f64x2.sub(d, centre));
  const tLow = f64x2.div(f64x2.add(remainder(n, d, t), f64x2.sub(nLow, f64x2.mul(t, dLow))), d);
  const p = polynomial(SCALED, 10, t);
  const bend = f64x2.mul(t, p);
  const c = v128.load64_splat(SCALED_CENTRE);
  const g = f64x2.add(c, bend);
  // The slope of g is about 9/4·P where it is steep, near 1.
  const slope = f64x2.mul(p, v128.load64_splat(SLOPE));
  const cLow = f64x2.add(v128.load64_splat(SCALED_CENTRE_LOW), f64x2.mul(slope, tLow));
  const gLow = f64x2.add(f64x2.add(f64x2.sub(c, g), bend), cLow);
  const quotient = f64x2.div(g, x);
  scaledErfcTail = f64x2.div(f64x2.add(remainder(g, x, quotient), gLow), x);
  return quotient;
}

/** erfc(y) in two lanes, where y² is share·x² in exponents. */
function complement(y: v128, x: v128, share: v128): v128 {
  const size = f64x2.abs(y);
  const half = v128.load64_splat(HALF);
  // 1 − erf(y) below 0.8; from 1/2 on the leading digits are subtracted first, where that is exact.
  const excess = f64x2.mul(y, polynomial(NEAR_ZERO, 6, f64x2.mul(size, size)));
  const shift = v128.and(half, f64x2.ge(y, half));
  const near = f64x2.sub(f64x2.sub(v128.load64_splat(ONE), shift), f64x2.add(f64x2.sub(y, shift), excess));
  const isNear = f64x2.lt(size, v128.load64_splat(ERFC_IS_NEAR));
  if (i64x2.bitmask(isNear) == 3) return near;
  // pmin returns its first operand where it is NaN.
  const quotient = scaledErfc(f64x2.pmin(size, v128.load64_splat(ERFC_IS_ZERO)));
  const tail = gaussianTimes(f64x2.pmin(f64x2.abs(x), v128.load64_splat(DENSITY_IS_ZERO)), share, quotient, scaledErfcTail);
  const far = v128.bitselect(f64x2.sub(v128.load64_splat(TWO), tail), tail, f64x2.lt(y, f64x2.splat(0)));
  return v128.bitselect(near, far, isNear);
}

/** erfc x = 1 − erf x in two lanes, to its last digits for large x too; at most 2.3 ulp, 1 ulp where the result is subnormal. Source: see erfLanes. */
export function erfcLanes(x: v128): v128 {
  return complement(x, x, v128.load64_splat(ONE));
}

/** erfc x, the same bits as erfcLanes. */
export function erfc(x: f64): f64 {
  return f64x2.extract_lane(erfcLanes(f64x2.splat(x)), 0);
}

/** 2/√π·exp(−x²), the slope of erf, in two lanes; at most 1.1 ulp, 1.5 ulp where exp(−x²) is subnormal. */
export function erfSlopeLanes(x: v128): v128 {
  const bounded = f64x2.pmin(f64x2.abs(x), v128.load64_splat(ERFC_IS_ZERO));
  return gaussianTimes(bounded, v128.load64_splat(ONE), v128.load64_splat(TWO_OVER_ROOT_PI), v128.load64_splat(TWO_OVER_ROOT_PI_LOW));
}

/** 2/√π·exp(−x²), the same bits as erfSlopeLanes. */
export function erfSlope(x: f64): f64 {
  return f64x2.extract_lane(erfSlopeLanes(f64x2.splat(x)), 0);
}

/**
 * exp(x²)·erfc(x) in two lanes, which neither overflows nor underflows for positive x; at most 3.3 ulp.
 *
 * Source: as erfc from 0.8 on, by its asymptotic series from 28 on (M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 7.1.23, economised); for negative x by
 * erfc(x) + erfc(−x) = 2.
 */
export function erfcxLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const least = v128.load64_splat(ERFC_IS_NEAR);
  const square = f64x2.mul(x, x);
  const isNear = f64x2.lt(size, least);
  const near = f64x2.mul(expLanes(v128.and(square, isNear)), erfcLanes(v128.and(x, isNear)));
  if (i64x2.bitmask(isNear) == 3) return near;
  const bounded = f64x2.pmin(f64x2.pmax(size, least), v128.load64_splat(ERFC_IS_ZERO));
  const quotient = scaledErfc(bounded);
  const z = f64x2.div(v128.load64_splat(ONE), square);
  const series = f64x2.add(v128.load64_splat(ONE), f64x2.mul(z, polynomial(ERFCX_FAR, 3, z)));
  const far = f64x2.div(f64x2.mul(v128.load64_splat(ONE_OVER_ROOT_PI), series), size);
  const scaled = v128.bitselect(far, f64x2.add(quotient, scaledErfcTail), f64x2.gt(size, v128.load64_splat(ERFC_IS_ZERO)));
  const isNegative = f64x2.lt(x, f64x2.splat(0));
  if (!v128.any_true(v128.andnot(isNegative, isNear))) return v128.bitselect(near, scaled, isNear);
  const twice = expAnywhere(f64x2.mul(bounded, bounded), squareTail(bounded), 1);
  return v128.bitselect(near, v128.bitselect(f64x2.sub(twice, scaled), scaled, isNegative), isNear);
}

/** exp(x²)·erfc(x), the same bits as erfcxLanes. */
export function erfcx(x: f64): f64 {
  return f64x2.extract_lane(erfcxLanes(f64x2.splat(x)), 0);
}

/**
 * The n-th derivative of erfcx over the one before it, n ≥ 1; about −n/x for large x, 2x for negative x. NaN unless n is an integer from 1 to 1,000. At most 5 ulp
 * for n = 1.
 *
 * Source: the derivatives are repeated integrals of erfc (M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 7.2.5); their recurrence is a continued
 * fraction, backwards from 0.3 on, from an asymptotic series in √(x² + 2k) at so many terms that what it lacks is 1e-17, and forwards below.
 */
export function erfcxRatio(n: f64, x: f64): f64 {
  if (!(n >= 1 && n <= 1000) || n != trunc(n)) return NaN;
  if (x > 1e10) return -n / x;
  if (x >= 0.3) {
    const last = n + ceil(6 + (70 + 8 / x) / x);
    const square = x * x + (2 * last - 1);
    const bend = 2 * last - 1 + x / sqrt(square) + (0.5 - x * (x / square)) / square;
    let ratio = -bend / (x + sqrt(x * x + bend));
    for (let k = last; k > n; k--) ratio = (k - 1) / (ratio / 2 - x);
    return ratio;
  }
  let ratio = 2 * x - load<f64>(TWO_OVER_ROOT_PI) / erfcx(x);
  for (let k: f64 = 1; k < n; k++) ratio = 2 * x + (2 * k) / ratio;
  return ratio;
}

/** That ratio in two lanes, the same bits as erfcxRatio. */
export function erfcxRatioLanes(n: v128, x: v128): v128 {
  const lane0 = erfcxRatio(f64x2.extract_lane(n, 0), f64x2.extract_lane(x, 0));
  return f64x2.replace_lane(f64x2.splat(lane0), 1, erfcxRatio(f64x2.extract_lane(n, 1), f64x2.extract_lane(x, 1)));
}

/** exp(−x²/2)/√(2π) in two lanes, the density of the standard normal distribution; at most 1.7 ulp. */
export function normPdfLanes(x: v128): v128 {
  const bounded = f64x2.pmin(f64x2.abs(x), v128.load64_splat(DENSITY_IS_ZERO));
  return gaussianTimes(bounded, v128.load64_splat(HALF), v128.load64_splat(DENSITY), v128.load64_splat(DENSITY_LOW));
}

/** exp(−x²/2)/√(2π), the same bits as normPdfLanes. */
export function normPdf(x: f64): f64 {
  return f64x2.extract_lane(normPdfLanes(f64x2.splat(x)), 0);
}

/** The standard normal distribution function erfc(−x/√2)/2 in two lanes, to its last digits for negative x too; at most 2.4 ulp. Source: see erfLanes. */
export function normCdfLanes(x: v128): v128 {
  const half = v128.load64_splat(HALF);
  return f64x2.mul(half, complement(f64x2.mul(v128.load64_splat(MINUS_ROOT_HALF), x), x, half));
}

/** The standard normal distribution function, the same bits as normCdfLanes. */
export function normCdf(x: f64): f64 {
  return f64x2.extract_lane(normCdfLanes(f64x2.splat(x)), 0);
}
