// The error function, its complement and its slope, one number or two lanes at a time.
import { expLanes, withSignOf } from "./exp";

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

/** exp(−x²)·(factor + correction) for 0 ≤ x ≤ 28, rounded once after exp. The rounding error of x² alone, up to 2^-44, would spoil three digits. */
function gaussianTimes(x: v128, factor: v128, correction: v128): v128 {
  const xHead = head(x);
  const xTail = f64x2.sub(x, xHead);
  const square = f64x2.mul(x, x);
  const cross = f64x2.mul(f64x2.add(xHead, x), xTail);
  const rest = f64x2.add(f64x2.sub(f64x2.mul(xHead, xHead), square), cross);
  const e = expLanes(f64x2.neg(square));
  const eHead = head(e);
  const factorHead = head(factor);
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

/** erfc(x) for 0.8 ≤ x ≤ 28: exp(−x²) times the quotient g/x. What rounding takes from t, g and the quotient is handed on. */
function erfcTail(x: v128): v128 {
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
  return gaussianTimes(x, quotient, f64x2.div(f64x2.add(remainder(g, x, quotient), gLow), x));
}

/** erfc x = 1 − erf x in two lanes, to its last digits for large x too; at most 2.3 ulp, 1 ulp where the result is subnormal. Source: see erfLanes. */
export function erfcLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const half = v128.load64_splat(HALF);
  // 1 − erf(x) below 0.8; from 1/2 on the leading digits are subtracted first, where that is exact.
  const excess = f64x2.mul(x, polynomial(NEAR_ZERO, 6, f64x2.mul(size, size)));
  const shift = v128.and(half, f64x2.ge(x, half));
  const near = f64x2.sub(f64x2.sub(v128.load64_splat(ONE), shift), f64x2.add(f64x2.sub(x, shift), excess));
  const isNear = f64x2.lt(size, v128.load64_splat(ERFC_IS_NEAR));
  if (i64x2.bitmask(isNear) == 3) return near;
  // pmin returns its first operand where it is NaN.
  const tail = erfcTail(f64x2.pmin(size, v128.load64_splat(ERFC_IS_ZERO)));
  const far = v128.bitselect(f64x2.sub(v128.load64_splat(TWO), tail), tail, f64x2.lt(x, f64x2.splat(0)));
  return v128.bitselect(near, far, isNear);
}

/** erfc x, the same bits as erfcLanes. */
export function erfc(x: f64): f64 {
  return f64x2.extract_lane(erfcLanes(f64x2.splat(x)), 0);
}

/** 2/√π·exp(−x²), the slope of erf, in two lanes; at most 1.1 ulp, 1.5 ulp where exp(−x²) is subnormal. */
export function erfSlopeLanes(x: v128): v128 {
  const bounded = f64x2.pmin(f64x2.abs(x), v128.load64_splat(ERFC_IS_ZERO));
  return gaussianTimes(bounded, v128.load64_splat(TWO_OVER_ROOT_PI), v128.load64_splat(TWO_OVER_ROOT_PI_LOW));
}

/** 2/√π·exp(−x²), the same bits as erfSlopeLanes. */
export function erfSlope(x: f64): f64 {
  return f64x2.extract_lane(erfSlopeLanes(f64x2.splat(x)), 0);
}
