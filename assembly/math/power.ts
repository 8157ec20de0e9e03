// Powers and roots: pow, cbrt, hypot.
// Errors are the largest that bench/accuracy found among 500,000 points a function.
import { expAnywhere, EXP_LIMIT, expPairOf0, expPairOf1, expCurve, expRest, expScale, expSteps, expSum, withSignOf } from "./exp";
import { preciseLog, preciseLogTail } from "./log";

const PATTERNS: usize = memory.data<u64>([
  0xfffffffff8000000, // a number's leading 26 bits, whose products are exact
  0x4330000000000000, // 2^52
  0xffffffff80000000, // a number's leading 22 bits, whose square is exact
]);
const LEADING: usize = PATTERNS;
const TWO_52: usize = PATTERNS + 8;
const SQUARABLE: usize = PATTERNS + 16;

const CONSTANTS: usize = memory.data<f64>([
  2.2250738585072014e-308, // 2^−1022, the least normal number
  Infinity,
  4503601057556726, // 2^52 + 1430186230, which makes x^(−1/3) of the high word of x, to 3.5 %
  -0.3333333333333333,
  1.0000000080070246, // (1 + e)^(−1/3) for |e| ≤ 0.1022, from here to the end; error 2^−23.4
  -0.3333290269795238,
  0.22221226018524742,
  -0.17448379455625598,
  0.14608207110171245,
]);
const LEAST_NORMAL: usize = CONSTANTS;
const INFINITE: usize = CONSTANTS + 8;
const ROOT_START: usize = CONSTANTS + 16;
const MINUS_THIRD: usize = CONSTANTS + 24;
const ROOT: usize = CONSTANTS + 32;

/**
 * x^y in two lanes with the special cases of ECMAScript (x^±0 = 1, (±1)^±∞ = NaN, 1^NaN = NaN); at most 0.61 ulp.
 *
 * Source: Arm's optimized routines: e^(y · log x) with log x and the product in two parts; the table and polynomials are those of log and
 * exp.
 */
export function powLanes(x: v128, y: v128): v128 {
  const logHigh = preciseLog(x);
  const logLow = preciseLogTail;
  const yHigh = v128.and(y, v128.load64_splat(LEADING));
  const leading = v128.and(logHigh, v128.load64_splat(LEADING));
  const rest = f64x2.add(f64x2.sub(logHigh, leading), logLow);
  const high = f64x2.mul(yHigh, leading);
  const low = f64x2.add(f64x2.mul(f64x2.sub(y, yHigh), leading), f64x2.mul(y, rest));
  const isInside = v128.and(f64x2.gt(x, f64x2.splat(0)), f64x2.lt(x, v128.load64_splat(INFINITE)));
  const isShort = f64x2.lt(f64x2.abs(high), v128.load64_splat(EXP_LIMIT));
  if (!i64x2.all_true(v128.and(isInside, isShort))) return powAnywhere(x, y, logHigh, logLow);
  const steps = expSteps(high);
  const pair0 = expPairOf0(steps);
  const pair1 = expPairOf1(steps);
  const r = f64x2.add(expRest(high, steps), low);
  return expSum(expScale(steps, pair0, pair1), r, expCurve(r, pair0, pair1));
}

/** x^y for all arguments, from the two parts of log |x|. */
function powAnywhere(x: v128, y: v128, logHigh: v128, logLow: v128): v128 {
  const zero = f64x2.splat(0);
  const size = f64x2.abs(x);
  const infinite = v128.load64_splat(INFINITE);
  const isZero = f64x2.eq(x, zero);
  // A longer exponent gives 0, 1 or ∞ like 2^100, and no ∞ − ∞ below.
  const bounded = f64x2.pmax(f64x2.pmin(y, f64x2.splat(1.2676506002282294e30)), f64x2.splat(-1.2676506002282294e30));
  const yHigh = v128.and(bounded, v128.load64_splat(LEADING));
  const leading = v128.and(logHigh, v128.load64_splat(LEADING));
  const rest = f64x2.add(f64x2.sub(logHigh, leading), logLow);
  const product = f64x2.mul(yHigh, leading);
  const low = f64x2.add(f64x2.mul(f64x2.sub(bounded, yHigh), leading), f64x2.mul(bounded, rest));
  // Where |x| is 0, ∞ or NaN its logarithm is −∞, ∞, NaN; where y is ±∞ and |x| = 1 the product is NaN, as wanted.
  const ends = v128.bitselect(f64x2.splat(-Infinity), size, isZero);
  const isEnd = v128.or(isZero, v128.not(f64x2.lt(size, infinite)));
  const isOpen = v128.or(isEnd, f64x2.eq(f64x2.abs(y), infinite));
  const high = v128.bitselect(f64x2.mul(y, v128.bitselect(ends, logHigh, isEnd)), product, isOpen);
  const isClosed = v128.andnot(f64x2.lt(f64x2.abs(high), f64x2.splat(800)), isOpen);
  const power = expAnywhere(high, v128.and(low, isClosed), 0);
  return v128.bitselect(f64x2.splat(1), withSignOfPower(x, y, power), f64x2.eq(y, zero));
}

/**
 * The power of |x| made that of x: negated where x is negative and y an odd integer, NaN where x is negative, finite and not 0, and y no
 * integer.
 */
function withSignOfPower(x: v128, y: v128, power: v128): v128 {
  const half = f64x2.mul(y, f64x2.splat(0.5));
  const isInteger = f64x2.eq(f64x2.floor(y), y);
  const isOdd = v128.andnot(isInteger, f64x2.eq(f64x2.floor(half), half));
  const signed = withSignOf(power, v128.and(x, isOdd));
  const isNegative = v128.and(f64x2.lt(x, f64x2.splat(0)), f64x2.gt(x, f64x2.splat(-Infinity)));
  return v128.bitselect(f64x2.splat(NaN), signed, v128.andnot(isNegative, isInteger));
}

/** x^y, the same bits as powLanes. */
export function pow(x: f64, y: f64): f64 {
  return f64x2.extract_lane(powLanes(f64x2.splat(x), f64x2.splat(y)), 0);
}

/**
 * The cube root of x in two lanes; at most 0.82 ulp.
 *
 * Source: as fdlibm, a start from the exponent bits divided by 3, a polynomial, and a step of Halley's method from a start short enough to
 * square exactly; but the start is made for x^(−1/3), which saves a division.
 */
export function cbrtLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const isOrdinary = v128.and(f64x2.ge(size, v128.load64_splat(LEAST_NORMAL)), f64x2.lt(size, v128.load64_splat(INFINITE)));
  if (!i64x2.all_true(isOrdinary)) return cbrtAnywhere(x, size);
  return withSignOf(cbrtOrdinary(size), x);
}

/** The cube root of a positive normal number. */
function cbrtOrdinary(x: v128): v128 {
  const two52 = v128.load64_splat(TWO_52);
  const word = f64x2.sub(v128.or(i64x2.shr_u(x, 32), two52), two52);
  const start = i64x2.shl(f64x2.add(v128.load64_splat(ROOT_START), f64x2.mul(word, v128.load64_splat(MINUS_THIRD))), 32);
  const e = f64x2.sub(f64x2.mul(f64x2.mul(start, x), f64x2.mul(start, start)), f64x2.splat(1));
  const e2 = f64x2.mul(e, e);
  const p01 = f64x2.add(v128.load64_splat(ROOT), f64x2.mul(e, v128.load64_splat(ROOT + 8)));
  const p23 = f64x2.add(v128.load64_splat(ROOT + 16), f64x2.mul(e, v128.load64_splat(ROOT + 24)));
  const p = f64x2.add(p01, f64x2.mul(e2, f64x2.add(p23, f64x2.mul(e2, v128.load64_splat(ROOT + 32)))));
  const inverse = f64x2.mul(start, p);
  const t = v128.and(f64x2.mul(f64x2.mul(x, inverse), inverse), v128.load64_splat(SQUARABLE));
  // Halley: t + t · (x/t² − t) / (2t + x/t²).
  const r = f64x2.div(x, f64x2.mul(t, t));
  const step = f64x2.div(f64x2.sub(r, t), f64x2.add(f64x2.add(t, t), r));
  return f64x2.add(t, f64x2.mul(t, step));
}

/** The cube root of x where some lane is 0, subnormal, infinite or NaN. */
function cbrtAnywhere(x: v128, size: v128): v128 {
  const isSmall = f64x2.lt(size, v128.load64_splat(LEAST_NORMAL));
  // 2^54 = (2^18)³.
  const scaled = v128.bitselect(f64x2.mul(size, f64x2.splat(18014398509481984)), size, isSmall);
  const root = cbrtOrdinary(scaled);
  const result = v128.bitselect(f64x2.mul(root, f64x2.splat(3.814697265625e-6)), root, isSmall);
  const isInside = v128.and(f64x2.gt(size, f64x2.splat(0)), f64x2.lt(size, v128.load64_splat(INFINITE)));
  return withSignOf(v128.bitselect(result, size, isInside), x);
}

/** The cube root of x, the same bits as cbrtLanes. */
export function cbrt(x: f64): f64 {
  return f64x2.extract_lane(cbrtLanes(f64x2.splat(x)), 0);
}

/**
 * √(x² + y²) in two lanes without overflow or underflow inside, ∞ if either is infinite, even with NaN; at most 1.11 ulp.
 *
 * Source: the definition where x² + y² is in [2^−960, 2^1000], so that neither overflow nor what underflows of the smaller square matters;
 * elsewhere scaled by a power of two.
 */
export function hypotLanes(x: v128, y: v128): v128 {
  const sum = f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y));
  const isOrdinary = v128.and(f64x2.gt(sum, f64x2.splat(1.0261342003245941e-289)), f64x2.lt(sum, f64x2.splat(1.0715086071862673e301)));
  if (!i64x2.all_true(isOrdinary)) return hypotAnywhere(x, y);
  return f64x2.sqrt(sum);
}

/** √(x² + y²) for all arguments. */
function hypotAnywhere(x: v128, y: v128): v128 {
  const width = f64x2.abs(x);
  const height = f64x2.abs(y);
  const size = f64x2.pmax(width, height);
  const one = f64x2.splat(1);
  // 2^−600 and 2^600 where the larger side is out of [2^−480, 2^500].
  const down = f64x2.splat(2.409919865102884e-181);
  const up = f64x2.splat(4.149515568880993e180);
  const isLarge = f64x2.gt(size, f64x2.splat(3.273390607896142e150));
  const isSmall = f64x2.lt(size, f64x2.splat(3.2033366656667187e-145));
  const scale = v128.bitselect(down, v128.bitselect(up, one, isSmall), isLarge);
  const back = v128.bitselect(up, v128.bitselect(down, one, isSmall), isLarge);
  const a = f64x2.mul(width, scale);
  const b = f64x2.mul(height, scale);
  const result = f64x2.mul(f64x2.sqrt(f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b))), back);
  const infinite = v128.load64_splat(INFINITE);
  const isInfinite = v128.or(f64x2.eq(width, infinite), f64x2.eq(height, infinite));
  return v128.bitselect(infinite, result, isInfinite);
}

/** √(x² + y²), the same bits as hypotLanes. */
export function hypot(x: f64, y: f64): f64 {
  return f64x2.extract_lane(hypotLanes(f64x2.splat(x), f64x2.splat(y)), 0);
}

/**
 * x/z in two lanes for z = √(x² + y²), 0 where z is 0; half an ulp more than z has. Where z is subnormal or infinite it has lost the digits, and all are taken
 * 2^±600 as large.
 */
export function hypotSlopeLanes(x: v128, y: v128, z: v128): v128 {
  const isOrdinary = v128.and(f64x2.ge(z, v128.load64_splat(LEAST_NORMAL)), f64x2.lt(z, v128.load64_splat(INFINITE)));
  const slope = f64x2.div(x, z);
  if (i64x2.all_true(isOrdinary)) return slope;
  const scale = v128.bitselect(f64x2.splat(4.149515568880993e180), f64x2.splat(2.409919865102884e-181), f64x2.lt(z, f64x2.splat(1)));
  const width = f64x2.mul(x, scale);
  const height = f64x2.mul(y, scale);
  const scaled = f64x2.div(width, f64x2.sqrt(f64x2.add(f64x2.mul(width, width), f64x2.mul(height, height))));
  return v128.bitselect(slope, v128.andnot(scaled, f64x2.eq(z, f64x2.splat(0))), isOrdinary);
}

/** The same on one number. */
export function hypotSlope(x: f64, y: f64, z: f64): f64 {
  return f64x2.extract_lane(hypotSlopeLanes(f64x2.splat(x), f64x2.splat(y), f64x2.splat(z)), 0);
}
