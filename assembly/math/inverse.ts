// Arc sine, arc cosine and arc tangents, one number or two lanes at a time.
import { withSignOf } from "./exp";

const CONSTANTS: usize = memory.data<f64>([
  0.7853981633974483, // π/4, whose last three bits are 0: multiples up to 4 are exact
  3.061616997868383e-17, // the rest of π/4
  0.41421356237309503, // tan(π/8)
  1.0,
  2.0,
  4.0,
  0.5,
  1.5707963267948966, // π/2
  6.123233995736766e-17, // the rest of π/2
  1.0715086071862673e301, // 2^1000
  1.026342e-289, // about 2^-960
]);
const QUARTER_PI: usize = CONSTANTS;
const QUARTER_PI_LOW: usize = CONSTANTS + 8;
const TAN_EIGHTH_PI: usize = CONSTANTS + 16;
const ONE: usize = CONSTANTS + 24;
const TWO: usize = CONSTANTS + 32;
const FOUR: usize = CONSTANTS + 40;
const HALF: usize = CONSTANTS + 48;
const HALF_PI: usize = CONSTANTS + 56;
const HALF_PI_LOW: usize = CONSTANTS + 64;
const LARGEST: usize = CONSTANTS + 72;
const SMALLEST: usize = CONSTANTS + 80;

// (atan(t) − t)/t³ in t², |t| ≤ tan(π/8): error 3.5e-17 of atan.
const ATAN: usize = memory.data<f64>([
  -0.33333333333330173, 0.19999999999093618, -0.14285714195596438, 0.11111106665083605, -0.0909078262874833, 0.07690070657418126,
  -0.06641136038409944, 0.05692589334079874, -0.0435916765397072, 0.021259905545412672,
]);

// (asin(s) − s)/s³ in s², |s| ≤ 1/2: error 1.5e-17 of asin.
const ASIN: usize = memory.data<f64>([
  0.16666666666665406, 0.07500000000334901, 0.04464285683119154, 0.030381958992268913, 0.022371761908616495, 0.01735964294164298,
  0.013885868265586491, 0.012164970640893122, 0.00654651661791214, 0.019477305521095438, -0.016144303807402175, 0.031857655432785674,
]);

/**
 * The angle of the point (den, num), 0 ≤ num ≤ den, reflected at the diagonal where `swap` is set, then at the vertical axis where `back` is.
 *
 * Source: as in S. Moshier, Methods and Programs for Mathematical Functions (1989), above π/8 the tangent of the difference from π/4 is taken, here before the only
 * division. The result is k·π/4 plus or minus an arc up to π/8, so that constants are added once; a fit of our own.
 */
function angle(num: v128, den: v128, swap: v128, back: v128): v128 {
  const diagonal = f64x2.gt(num, f64x2.mul(den, v128.load64_splat(TAN_EIGHTH_PI)));
  const t0 = f64x2.div(v128.bitselect(f64x2.sub(num, den), num, diagonal), v128.bitselect(f64x2.add(num, den), den, diagonal));
  let k = v128.and(diagonal, v128.load64_splat(ONE));
  k = v128.bitselect(f64x2.sub(v128.load64_splat(TWO), k), k, swap);
  k = v128.bitselect(f64x2.sub(v128.load64_splat(FOUR), k), k, back);
  const t = v128.xor(t0, i64x2.shl(v128.xor(swap, back), 63));
  const z = f64x2.mul(t, t);
  const z2 = f64x2.mul(z, z);
  let even = f64x2.add(f64x2.mul(z2, v128.load64_splat(ATAN + 64)), v128.load64_splat(ATAN + 48));
  let odd = f64x2.add(f64x2.mul(z2, v128.load64_splat(ATAN + 72)), v128.load64_splat(ATAN + 56));
  even = f64x2.add(f64x2.mul(z2, even), v128.load64_splat(ATAN + 32));
  odd = f64x2.add(f64x2.mul(z2, odd), v128.load64_splat(ATAN + 40));
  even = f64x2.add(f64x2.mul(z2, even), v128.load64_splat(ATAN + 16));
  odd = f64x2.add(f64x2.mul(z2, odd), v128.load64_splat(ATAN + 24));
  even = f64x2.add(f64x2.mul(z2, even), v128.load64_splat(ATAN));
  odd = f64x2.add(f64x2.mul(z2, odd), v128.load64_splat(ATAN + 8));
  const rest = f64x2.mul(f64x2.mul(t, z), f64x2.add(even, f64x2.mul(z, odd)));
  const arc = f64x2.add(t, f64x2.add(rest, f64x2.mul(k, v128.load64_splat(QUARTER_PI_LOW))));
  return f64x2.add(f64x2.mul(k, v128.load64_splat(QUARTER_PI)), arc);
}

/** atan x in two lanes; at most 2.1 ulp. Above 1 it is the angle of (1, 1/x) reflected, so no argument is special. */
export function atanLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const one = v128.load64_splat(ONE);
  // pmin and pmax return their first operand where either is NaN: NaN stays in the numerator.
  const swap = f64x2.gt(size, one);
  return withSignOf(angle(f64x2.pmin(size, one), f64x2.pmax(one, size), swap, i64x2.splat(0)), x);
}

/** atan x, the same bits as atanLanes. */
export function atan(x: f64): f64 {
  return f64x2.extract_lane(atanLanes(f64x2.splat(x)), 0);
}

/** The angle of the point (x, y) in two lanes, −π … π, signs of zeros as in JavaScript; at most 2.1 ulp. */
export function atan2Lanes(y: v128, x: v128): v128 {
  const height = f64x2.abs(y);
  const width = f64x2.abs(x);
  const den = f64x2.pmax(width, height);
  const inside = v128.and(f64x2.le(den, v128.load64_splat(LARGEST)), f64x2.ge(den, v128.load64_splat(SMALLEST)));
  // A NaN height is lost by pmax but not by this comparison.
  const good = v128.and(inside, f64x2.eq(height, height));
  if (i64x2.bitmask(good) != 3) {
    const lane0 = atan2Anywhere(f64x2.extract_lane(y, 0), f64x2.extract_lane(x, 0));
    const lane1 = atan2Anywhere(f64x2.extract_lane(y, 1), f64x2.extract_lane(x, 1));
    return f64x2.replace_lane(f64x2.splat(lane0), 1, lane1);
  }
  return withSignOf(angle(f64x2.pmin(width, height), den, f64x2.gt(height, width), f64x2.lt(x, f64x2.splat(0))), y);
}

/** atan2(y, x) where NaN, infinities, two zeros or extreme sizes occur: brought to ordinary sizes, which leaves the angle as it is. */
function atan2Anywhere(y: f64, x: f64): f64 {
  if (x != x || y != y) return x + y;
  let height = abs(y);
  let width = abs(x);
  if (height == Infinity || width == Infinity) {
    height = f64(height == Infinity);
    width = f64(width == Infinity);
  }
  if (height == 0 && width == 0) width = 1;
  const size = max(height, width);
  // num + den must not overflow, and products of subnormals with tan(π/8) would be too coarse.
  const scale: f64 = size > 1 ? 2.409919865102884e-181 : 4.149515568880993e180; // 2^-600, 2^600
  if (size > 1e300 || size < 1e-288) {
    height *= scale;
    width *= scale;
  }
  const swap = i64x2.splat(-i64(height > width));
  const back = i64x2.splat((<i64>reinterpret<u64>(x)) >> 63);
  const num = f64x2.splat(min(height, width));
  return copysign(f64x2.extract_lane(angle(num, f64x2.splat(max(height, width)), swap, back), 0), y);
}

/** atan2(y, x), the same bits as atan2Lanes. */
export function atan2(y: f64, x: f64): f64 {
  return f64x2.extract_lane(atan2Lanes(f64x2.splat(y), f64x2.splat(x)), 0);
}

/** asin(s) − s for s² = z ≤ 1/4: a polynomial in z. */
function arcExcess(s: v128, z: v128): v128 {
  const z2 = f64x2.mul(z, z);
  let even = f64x2.add(f64x2.mul(z2, v128.load64_splat(ASIN + 80)), v128.load64_splat(ASIN + 64));
  let odd = f64x2.add(f64x2.mul(z2, v128.load64_splat(ASIN + 88)), v128.load64_splat(ASIN + 72));
  even = f64x2.add(f64x2.mul(z2, even), v128.load64_splat(ASIN + 48));
  odd = f64x2.add(f64x2.mul(z2, odd), v128.load64_splat(ASIN + 56));
  even = f64x2.add(f64x2.mul(z2, even), v128.load64_splat(ASIN + 32));
  odd = f64x2.add(f64x2.mul(z2, odd), v128.load64_splat(ASIN + 40));
  even = f64x2.add(f64x2.mul(z2, even), v128.load64_splat(ASIN + 16));
  odd = f64x2.add(f64x2.mul(z2, odd), v128.load64_splat(ASIN + 24));
  even = f64x2.add(f64x2.mul(z2, even), v128.load64_splat(ASIN));
  odd = f64x2.add(f64x2.mul(z2, odd), v128.load64_splat(ASIN + 8));
  return f64x2.mul(f64x2.mul(s, z), f64x2.add(even, f64x2.mul(z, odd)));
}

/**
 * asin x in two lanes; at most 1.4 ulp; NaN where |x| > 1, because √((1 − |x|)/2) is.
 *
 * Source: W. Cody and W. Waite, Software Manual for the Elementary Functions (1980): π/2 − 2·asin √((1 − x)/2) above 1/2, with a fit of our own.
 */
export function asinLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const half = v128.load64_splat(HALF);
  const outer = f64x2.gt(size, half);
  const z = v128.bitselect(f64x2.mul(f64x2.sub(v128.load64_splat(ONE), size), half), f64x2.mul(size, size), outer);
  const s = v128.bitselect(f64x2.sqrt(z), size, outer);
  const excess = arcExcess(s, z);
  // Taken from π/4 twice, because π/4 − 2s is exact where s is large.
  const quarterPi = v128.load64_splat(QUARTER_PI);
  const low = f64x2.sub(v128.load64_splat(HALF_PI_LOW), f64x2.add(excess, excess));
  const far = f64x2.add(quarterPi, f64x2.add(f64x2.sub(quarterPi, f64x2.add(s, s)), low));
  return withSignOf(v128.bitselect(far, f64x2.add(s, excess), outer), x);
}

/** asin x, the same bits as asinLanes. */
export function asin(x: f64): f64 {
  return f64x2.extract_lane(asinLanes(f64x2.splat(x)), 0);
}

/** acos x in two lanes; at most 1.2 ulp; NaN where |x| > 1. Source: see asinLanes. */
export function acosLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const half = v128.load64_splat(HALF);
  const outer = f64x2.gt(size, half);
  const z = v128.bitselect(f64x2.mul(f64x2.sub(v128.load64_splat(ONE), size), half), f64x2.mul(size, size), outer);
  const s = v128.bitselect(f64x2.sqrt(z), x, outer);
  const excess = arcExcess(s, z);
  // π/2 − asin x inside; outside 2·asin s, or π minus that, which is twice π/2 − asin s.
  const complement = f64x2.sub(v128.load64_splat(HALF_PI), f64x2.sub(s, f64x2.sub(v128.load64_splat(HALF_PI_LOW), excess)));
  const right = v128.and(outer, f64x2.gt(x, f64x2.splat(0)));
  const value = v128.bitselect(f64x2.add(s, excess), complement, right);
  return f64x2.add(value, v128.and(value, outer));
}

/** acos x, the same bits as acosLanes. */
export function acos(x: f64): f64 {
  return f64x2.extract_lane(acosLanes(f64x2.splat(x)), 0);
}
