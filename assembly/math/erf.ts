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
  -5.3319490896082925e-17, // the rest of c
  0.85,
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

// erf(x)/x − 1 in x², |x| ≤ 1: minimax, absolute error 7.9e-18.
const NEAR_ZERO: usize = memory.data<f64>([
  0.12837916709551256, -0.3761263890318352, 0.11283791670944242, -0.026866170643107277, 0.005223977605982787, -0.0008548325918340395,
  0.00012055293125862518, -1.4924701467425273e-5, 1.6446973225249463e-6, -1.6204926691160583e-7, 1.3704282451648954e-8,
  -7.765756132580783e-10,
]);

// x·exp(x²)·erfc(x) = c + t·P(t) in t = (x − 3.75)/(x + 3.75), 0.84 ≤ x ≤ 28: minimax, relative error 4.088e-18.
const SCALED: usize = memory.data<f64>([
  0.06659066645493969, -0.11121132571557807, 0.12292431700704291, -0.10570412108701413, 0.07355332392735245, -0.041418311279648845,
  0.018291449292409223, -0.0057747710108162, 0.000890580534383388, 0.00022308838866907986, -0.000169026100157335, 2.4031393899056534e-5,
  1.4282711554595418e-5, -6.0916208596669315e-6, -8.143736394238469e-7, 9.568062279330946e-7, 5.955140303076935e-9, -1.306512236609627e-7,
  6.6279983685034274e-9, 1.1530932559740237e-8,
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

/** x·exp(x²)·erfc(x) − c, 0.84 ≤ x ≤ 28, in the variable of Shepherd & Laframboise 1981, in which it hardly bends. */
function scaledBend(x: v128): v128 {
  const centre = v128.load64_splat(CENTRE);
  const t = f64x2.div(f64x2.sub(x, centre), f64x2.add(x, centre));
  return f64x2.mul(t, polynomial(SCALED, 10, t));
}

/** erf(x) in two lanes. */
export function erfLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  // pmin returns its first operand where it is NaN.
  const bounded = f64x2.pmin(size, v128.load64_splat(ERF_IS_ONE));
  const square = f64x2.mul(bounded, bounded);
  const one = v128.load64_splat(ONE);
  const near = f64x2.add(x, f64x2.mul(x, polynomial(NEAR_ZERO, 6, square)));
  const scaled = f64x2.add(v128.load64_splat(SCALED_CENTRE), scaledBend(bounded));
  const far = f64x2.sub(one, f64x2.div(f64x2.mul(expLanes(f64x2.neg(square)), scaled), bounded));
  return v128.bitselect(near, withSignOf(far, x), f64x2.lt(size, one));
}

/** erf(x). */
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

/** erfc(x) in two lanes. */
export function erfcLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const one = v128.load64_splat(ONE);
  const half = v128.load64_splat(HALF);
  // 1 − erf(x) below 0.85; from 1/2 on the leading digits are subtracted first, where that is exact.
  const excess = f64x2.mul(x, polynomial(NEAR_ZERO, 6, f64x2.mul(size, size)));
  const shift = v128.and(half, f64x2.ge(x, half));
  const near = f64x2.sub(f64x2.sub(one, shift), f64x2.add(f64x2.sub(x, shift), excess));
  const isNear = f64x2.lt(size, v128.load64_splat(ERFC_IS_NEAR));
  if (i64x2.bitmask(isNear) == 3) return near;
  const bounded = f64x2.pmin(size, v128.load64_splat(ERFC_IS_ZERO));
  const centre = v128.load64_splat(SCALED_CENTRE);
  const bend = scaledBend(bounded);
  const g = f64x2.add(centre, bend);
  const lost = f64x2.add(f64x2.add(f64x2.sub(centre, g), bend), v128.load64_splat(SCALED_CENTRE_LOW));
  const quotient = f64x2.div(g, bounded);
  const xHead = head(bounded);
  const qHead = head(quotient);
  const first = f64x2.sub(f64x2.sub(g, f64x2.mul(qHead, xHead)), f64x2.mul(qHead, f64x2.sub(bounded, xHead)));
  const remainder = f64x2.add(f64x2.sub(first, f64x2.mul(f64x2.sub(quotient, qHead), bounded)), lost);
  const tail = gaussianTimes(bounded, quotient, f64x2.div(remainder, bounded));
  const far = v128.bitselect(f64x2.sub(v128.load64_splat(TWO), tail), tail, f64x2.lt(x, f64x2.splat(0)));
  return v128.bitselect(near, far, isNear);
}

/** erfc(x). */
export function erfc(x: f64): f64 {
  return f64x2.extract_lane(erfcLanes(f64x2.splat(x)), 0);
}

/** 2/√π·exp(−x²), the slope of erf, in two lanes. */
export function erfSlopeLanes(x: v128): v128 {
  const bounded = f64x2.pmin(f64x2.abs(x), v128.load64_splat(ERFC_IS_ZERO));
  return gaussianTimes(bounded, v128.load64_splat(TWO_OVER_ROOT_PI), v128.load64_splat(TWO_OVER_ROOT_PI_LOW));
}

/** 2/√π·exp(−x²), the slope of erf. */
export function erfSlope(x: f64): f64 {
  return f64x2.extract_lane(erfSlopeLanes(f64x2.splat(x)), 0);
}
