// The logistic function, its slope, its integral softplus and the logarithm of a sum of exponentials, on the core of exp.
// Errors are the largest that bench/accuracy found among 500,000 points a function.
import { expLanes, squareOfOnePlus } from "./exp";
import { logOfSum } from "./log";

/** e^−|x|. */
function decay(x: v128): v128 {
  return expLanes(f64x2.neg(f64x2.abs(x)));
}

/** 1 / (1 + e^−x), from t = e^−|x|: 1 / (1 + t) or t / (1 + t). */
function sigmoidFrom(x: v128, t: v128, sum: v128): v128 {
  const one = f64x2.splat(1);
  return f64x2.div(v128.bitselect(t, one, f64x2.lt(x, f64x2.splat(0))), sum);
}

/**
 * 1 / (1 + e^−x) in two lanes; at most 2.0 ulp, relative accuracy down to the underflow of e^x.
 *
 * Source: the definition, by e^−|x|, so that nothing overflows or cancels.
 */
export function sigmoidLanes(x: v128): v128 {
  const t = decay(x);
  return sigmoidFrom(x, t, f64x2.add(t, f64x2.splat(1)));
}

/** 1 / (1 + e^−x), the same bits as sigmoidLanes. */
export function sigmoid(x: f64): f64 {
  return f64x2.extract_lane(sigmoidLanes(f64x2.splat(x)), 0);
}

/**
 * The derivative of sigmoid in two lanes; at most 2.1 ulp, relative accuracy until it underflows.
 *
 * Source: t / (1 + t)² with t = e^−|x|.
 */
export function sigmoidSlopeLanes(x: v128): v128 {
  const t = decay(x);
  return f64x2.div(t, squareOfOnePlus(t));
}

/** The derivative of sigmoid, the same bits as sigmoidSlopeLanes. */
export function sigmoidSlope(x: f64): f64 {
  return f64x2.extract_lane(sigmoidSlopeLanes(f64x2.splat(x)), 0);
}

/**
 * 1 / (1 + e^−x), and its derivative stored at `slopeAt`: the same bits as sigmoidLanes and sigmoidSlopeLanes. Writes 16 bytes at slopeAt.
 */
export function sigmoidWithSlopeLanes(x: v128, slopeAt: usize): v128 {
  const t = decay(x);
  const sum = f64x2.add(t, f64x2.splat(1));
  v128.store(slopeAt, f64x2.div(t, squareOfOnePlus(t)));
  return sigmoidFrom(x, t, sum);
}

/**
 * log(1 + e^x) in two lanes; at most 1.4 ulp, relative accuracy down to the underflow of e^x.
 *
 * Source: max(x, 0) + log(1 + t) with t = e^−|x|, the logarithm taking 1 + t as a sum of two parts.
 */
export function softplusLanes(x: v128): v128 {
  // pmax returns its first operand when it is NaN.
  return f64x2.add(f64x2.pmax(x, f64x2.splat(0)), logOfOnePlus(decay(x)));
}

/** log(1 + t), 0 ≤ t ≤ 1. */
function logOfOnePlus(t: v128): v128 {
  const one = f64x2.splat(1);
  const sum = f64x2.add(one, t);
  return logOfSum(sum, f64x2.sub(t, f64x2.sub(sum, one)));
}

/** log(1 + e^x), the same bits as softplusLanes. */
export function softplus(x: f64): f64 {
  return f64x2.extract_lane(softplusLanes(f64x2.splat(x)), 0);
}

/** e^−|a − b|, 1 where a = b at infinity too. What rounding takes from a − b is handed on (Knuth's two-sum), but at infinity. */
function decayBetween(a: v128, b: v128): v128 {
  const d = f64x2.sub(a, b);
  const part = f64x2.sub(d, a);
  const rest = f64x2.sub(f64x2.sub(a, f64x2.sub(d, part)), f64x2.add(b, part));
  const t = decay(d);
  // rest with the sign of d
  const outward = v128.xor(rest, v128.andnot(d, f64x2.abs(d)));
  const corrected = f64x2.sub(t, f64x2.mul(t, outward));
  return v128.bitselect(f64x2.splat(1), v128.bitselect(corrected, t, f64x2.eq(rest, rest)), f64x2.eq(a, b));
}

/**
 * log(e^a + e^b) in two lanes; at most 1.1 ulp, half an ulp of 1 where the two parts cancel.
 *
 * Source: max(a, b) + log(1 + t) with t = e^−|a − b|, as softplus.
 */
export function logAddExpLanes(a: v128, b: v128): v128 {
  return f64x2.add(f64x2.max(a, b), logOfOnePlus(decayBetween(a, b)));
}

/** log(e^a + e^b), the same bits as logAddExpLanes. */
export function logAddExp(a: f64, b: f64): f64 {
  return f64x2.extract_lane(logAddExpLanes(f64x2.splat(a), f64x2.splat(b)), 0);
}

/** ∂logAddExp/∂a, sigmoid(a − b), in two lanes, accurate where a − b rounds, 1/2 where a = b at infinity too; at most 2.0 ulp. Source: see sigmoidLanes. */
export function logAddExpSlopeLanes(a: v128, b: v128): v128 {
  const one = f64x2.splat(1);
  const t = decayBetween(a, b);
  return f64x2.div(v128.bitselect(t, one, f64x2.lt(a, b)), f64x2.add(one, t));
}

/** ∂logAddExp/∂a, the same bits as logAddExpSlopeLanes. */
export function logAddExpSlope(a: f64, b: f64): f64 {
  return f64x2.extract_lane(logAddExpSlopeLanes(f64x2.splat(a), f64x2.splat(b)), 0);
}
