// The hyperbolic functions, their inverses and the slope of tanh, on the cores of exp and log.
// Errors are the largest that bench/accuracy found among 500,000 points a function.
import {
  EXP_LIMIT,
  expAnywhere,
  expIsOrdinary,
  expm1Lanes,
  expOrdinary,
  expCurve,
  expPairOf0,
  expPairOf1,
  expRest,
  expScale,
  expSteps,
  expSum,
  squareOfOnePlus,
  withSignOf,
} from "./exp";
import { log1pLanes, logLanes } from "./log";

/** e^x / 2 for every x ≥ 0: finite where sinh and cosh are. */
function halfExp(x: v128): v128 {
  return expAnywhere(x, f64x2.splat(0), -1);
}

/**
 * sinh x in two lanes; at most 2.1 ulp.
 *
 * Source: fdlibm: with m = e^|x| − 1, (m + m / (m + 1)) / 2, which cancels nowhere; from 600 on e^|x| / 2.
 */
export function sinhLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  if (!expIsOrdinary(x)) return sinhAnywhere(x, size);
  const m = expm1Lanes(size);
  const sum = f64x2.add(m, f64x2.div(m, f64x2.add(m, f64x2.splat(1))));
  return withSignOf(f64x2.mul(sum, f64x2.splat(0.5)), x);
}

/** sinh x where some lane is NaN or |x| ≥ 600. */
function sinhAnywhere(x: v128, size: v128): v128 {
  const inside = f64x2.lt(size, v128.load64_splat(EXP_LIMIT));
  const far = withSignOf(halfExp(size), x);
  if (!v128.any_true(inside)) return far;
  return v128.bitselect(sinhLanes(v128.and(x, inside)), far, inside);
}

/** sinh x, the same bits as sinhLanes. */
export function sinh(x: f64): f64 {
  return f64x2.extract_lane(sinhLanes(f64x2.splat(x)), 0);
}

/**
 * cosh x in two lanes; at most 1.01 ulp.
 *
 * Source: the definition, with h = e^|x| / 2: h + 1 / (4h).
 */
export function coshLanes(x: v128): v128 {
  const half = expIsOrdinary(x) ? f64x2.mul(expOrdinary(f64x2.abs(x)), f64x2.splat(0.5)) : halfExp(f64x2.abs(x));
  return f64x2.add(half, f64x2.div(f64x2.splat(0.25), half));
}

/** cosh x, the same bits as coshLanes. */
export function cosh(x: f64): f64 {
  return f64x2.extract_lane(coshLanes(f64x2.splat(x)), 0);
}

/**
 * tanh x in two lanes; at most 1.95 ulp.
 *
 * Source: (1 − t) / (1 + t) with t = e^(−2|x|), and 1 − t as in expm1. From 22 on tanh x rounds to 1, so 2|x| is held at 44, which no
 * branch is needed for.
 */
export function tanhLanes(x: v128): v128 {
  // pmax returns its first operand when it is NaN.
  const doubled = f64x2.pmax(minusTwice(x), f64x2.splat(-44));
  const steps = expSteps(doubled);
  const pair0 = expPairOf0(steps);
  const pair1 = expPairOf1(steps);
  const scale = expScale(steps, pair0, pair1);
  const r = expRest(doubled, steps);
  return tanhFrom(x, scale, r, expCurve(r, pair0, pair1));
}

/** −2|x|. */
function minusTwice(x: v128): v128 {
  const size = f64x2.abs(x);
  return f64x2.neg(f64x2.add(size, size));
}

/** tanh x from the parts of t = e^(−2|x|). */
function tanhFrom(x: v128, scale: v128, r: v128, q: v128): v128 {
  const one = f64x2.splat(1);
  const high = f64x2.sub(one, scale);
  const low = f64x2.sub(f64x2.sub(one, high), scale);
  const rest = f64x2.add(r, f64x2.sub(f64x2.mul(scale, q), f64x2.mul(high, r)));
  const m = f64x2.add(high, f64x2.sub(low, rest));
  return withSignOf(f64x2.div(m, f64x2.add(f64x2.add(scale, rest), one)), x);
}

/** sech² x from 4t, t = e^(−2|x|). */
function tanhSlopeFrom(fourT: v128): v128 {
  return f64x2.div(fourT, squareOfOnePlus(f64x2.mul(fourT, f64x2.splat(0.25))));
}

/** tanh x, the same bits as tanhLanes. */
export function tanh(x: f64): f64 {
  return f64x2.extract_lane(tanhLanes(f64x2.splat(x)), 0);
}

/**
 * The derivative of tanh, sech² x, in two lanes; at most 2.05 ulp: it keeps its relative accuracy until it underflows, which 1 − tanh² x
 * does not.
 *
 * Source: 4t / (1 + t)² with t = e^(−2|x|).
 */
export function tanhSlopeLanes(x: v128): v128 {
  const doubled = minusTwice(x);
  if (expIsOrdinary(doubled)) return tanhSlopeFrom(f64x2.mul(expOrdinary(doubled), f64x2.splat(4)));
  // 4t as one power, since a subnormal t would bring four times its rounding.
  return tanhSlopeFrom(expAnywhere(doubled, f64x2.splat(0), 2));
}

/** The derivative of tanh, the same bits as tanhSlopeLanes. */
export function tanhSlope(x: f64): f64 {
  return f64x2.extract_lane(tanhSlopeLanes(f64x2.splat(x)), 0);
}

/** tanh x, and its derivative stored at `slopeAt`: the same bits as tanhLanes and tanhSlopeLanes. Writes 16 bytes at slopeAt. */
export function tanhWithSlopeLanes(x: v128, slopeAt: usize): v128 {
  const doubled = minusTwice(x);
  if (!expIsOrdinary(doubled)) {
    v128.store(slopeAt, tanhSlopeLanes(x));
    return tanhLanes(x);
  }
  const steps = expSteps(doubled);
  const pair0 = expPairOf0(steps);
  const pair1 = expPairOf1(steps);
  const scale = expScale(steps, pair0, pair1);
  const r = expRest(doubled, steps);
  const q = expCurve(r, pair0, pair1);
  v128.store(slopeAt, tanhSlopeFrom(f64x2.mul(expSum(scale, r, q), f64x2.splat(4))));
  return tanhFrom(x, scale, r, q);
}

/**
 * asinh x in two lanes; at most 1.5 ulp.
 *
 * Source: fdlibm: log1p(|x| + x² / (1 + √(x² + 1))), and log |x| + ln 2 from 2^28 on, where x² would overflow in the end.
 */
export function asinhLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const isNear = f64x2.lt(size, f64x2.splat(268435456));
  if (!i64x2.all_true(isNear)) return asinhAnywhere(x, size, isNear);
  const square = f64x2.mul(size, size);
  const root = f64x2.sqrt(f64x2.add(square, f64x2.splat(1)));
  const sum = f64x2.add(size, f64x2.div(square, f64x2.add(root, f64x2.splat(1))));
  return withSignOf(log1pLanes(sum), x);
}

/** asinh x where some lane is NaN or |x| ≥ 2^28. */
function asinhAnywhere(x: v128, size: v128, isNear: v128): v128 {
  const far = withSignOf(f64x2.add(logLanes(size), f64x2.splat(Math.LN2)), x);
  if (!v128.any_true(isNear)) return far;
  return v128.bitselect(asinhLanes(v128.and(x, isNear)), far, isNear);
}

/** asinh x, the same bits as asinhLanes. */
export function asinh(x: f64): f64 {
  return f64x2.extract_lane(asinhLanes(f64x2.splat(x)), 0);
}

/**
 * acosh x in two lanes, NaN below 1; at most 2.4 ulp.
 *
 * Source: fdlibm: log1p(t + √(2t + t²)) with t = x − 1, and log x + ln 2 from 2^28 on.
 */
export function acoshLanes(x: v128): v128 {
  const isNear = v128.and(f64x2.ge(x, f64x2.splat(1)), f64x2.lt(x, f64x2.splat(268435456)));
  if (!i64x2.all_true(isNear)) return acoshAnywhere(x, isNear);
  const t = f64x2.sub(x, f64x2.splat(1));
  const root = f64x2.sqrt(f64x2.mul(t, f64x2.add(t, f64x2.splat(2))));
  return log1pLanes(f64x2.add(t, root));
}

/** acosh x where some lane is NaN, below 1 or at least 2^28. */
function acoshAnywhere(x: v128, isNear: v128): v128 {
  const far = f64x2.add(logLanes(x), f64x2.splat(Math.LN2));
  const outside = v128.bitselect(far, f64x2.splat(NaN), f64x2.ge(x, f64x2.splat(1)));
  if (!v128.any_true(isNear)) return outside;
  const near = v128.bitselect(x, f64x2.splat(1), isNear);
  return v128.bitselect(acoshLanes(near), outside, isNear);
}

/** acosh x, the same bits as acoshLanes. */
export function acosh(x: f64): f64 {
  return f64x2.extract_lane(acoshLanes(f64x2.splat(x)), 0);
}

/**
 * atanh x in two lanes, ±∞ at ±1, NaN beyond; at most 1.7 ulp.
 *
 * Source: log1p(2|x| / (1 − |x|)) / 2.
 */
export function atanhLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const quotient = f64x2.div(f64x2.add(size, size), f64x2.sub(f64x2.splat(1), size));
  return withSignOf(f64x2.mul(log1pLanes(quotient), f64x2.splat(0.5)), x);
}

/** atanh x, the same bits as atanhLanes. */
export function atanh(x: f64): f64 {
  return f64x2.extract_lane(atanhLanes(f64x2.splat(x)), 0);
}
