// The logarithms, and the reduction and table that every function built on them shares.
// Errors are the largest that bench/accuracy found among 500,000 points a function.
import { withSignOf } from "./exp";

// For each of the 64 intervals of [0.698, 1.396) that bits 46 to 51 tell apart, 1/c rounded to 15 bits for a c near the middle, and log c
// to the 42nd bit after the point. In the interval about 1, c = 1, so that log x keeps its relative accuracy there.
const TABLE: usize = memory.data<f64>(
  [
    1.42486572265625, -0.3540775795659101, 1.4091796875, -0.34300775317433363, 1.39385986328125, -0.3320767787922705, 1.37884521484375,
    -0.321246348017894, 1.3641357421875, -0.3105210722023912, 1.3497314453125, -0.29990564326317326, 1.33563232421875, -0.2894048308151014,
    1.32183837890625, -0.2790234789679289, 1.308349609375, -0.2687665027754065, 1.29510498046875, -0.25859175786490596, 1.28216552734375,
    -0.2485504666565248, 1.2694091796875, -0.23855157938101001, 1.2569580078125, -0.2286945223775092, 1.2447509765625, -0.2189354910849488,
    1.23272705078125, -0.20922882966920042, 1.22100830078125, -0.19967699345215806, 1.20947265625, -0.1901844433300539, 1.1981201171875,
    -0.1807537594313544, 1.18701171875, -0.1714389881567513, 1.17608642578125, -0.16219233808669742, 1.1654052734375, -0.15306890071883572,
    1.1549072265625, -0.14402001742519133, 1.14453125, -0.13499516453748583, 1.1343994140625, -0.1261033602779662, 1.12445068359375,
    -0.11729463515825955, 1.11468505859375, -0.10857190635283587, 1.10504150390625, -0.09988289436046216, 1.0955810546875,
    -0.09128486607710329, 1.0863037109375, -0.0827808425776766, 1.0771484375, -0.07431721365401245, 1.06817626953125, -0.06595277329688543,
    1.059326171875, -0.05763301907904861, 1.05059814453125, -0.049359663432369416, 1.04205322265625, -0.041193019432057554,
    1.03363037109375, -0.03307723741272639, 1.025390625, -0.025073637552168293, 1.0172119140625, -0.01706546710283874, 1.00921630859375,
    -0.009174097576760687, 1.0, 0.0, 0.98712158203125, 0.012962063719442085, 0.97216796875, 0.028226682095237265, 0.95758056640625,
    0.04334541900630029, 0.9434814453125, 0.05817858017235267, 0.9298095703125, 0.07277547690659958, 0.91644287109375, 0.08725554742181885,
    0.90350341796875, 0.1014753859258235, 0.89093017578125, 0.11548922070869594, 0.87872314453125, 0.1292853973129695, 0.8668212890625,
    0.1429224490971137, 0.855224609375, 0.156391143521887, 0.84393310546875, 0.16968204645058904, 0.83294677734375, 0.18278553160121191,
    0.822265625, 0.19569179135714876, 0.81182861328125, 0.2084660284858728, 0.80169677734375, 0.22102482571949622, 0.791748046875,
    0.2335120604120675, 0.7821044921875, 0.24576692564028235, 0.77264404296875, 0.2579368242024884, 0.763427734375, 0.26993680926148045,
    0.75439453125, 0.28183979682762583, 0.74560546875, 0.29355868094080506, 0.737060546875, 0.30508523701246304, 0.7286376953125,
    0.31657865911074623, 0.720458984375, 0.3278667917763869,
  ],
  16,
);

// What log c has after the 42nd bit.
const TAILS: usize = memory.data<f64>([
  1.070618575264282e-13, -8.414821330412723e-14, -8.700559839564468e-14, -9.398024116856128e-14, -8.933518319809042e-14,
  6.051467031146324e-14, -2.4285117173448212e-14, -1.0747846625374406e-13, -1.0006361592796055e-13, 4.066695056220906e-14,
  7.871651425949115e-14, 6.626972980501716e-14, 4.740103564983726e-14, 1.2132641354098273e-14, 4.636576019266686e-14, 5.698744814238616e-14,
  9.275549036826529e-14, 8.199345424238852e-14, 2.6336215108295142e-14, 2.957095995599367e-14, 9.155977307472727e-14,
  3.6110467856877144e-14, -1.8996158041578768e-14, -8.408912895097985e-14, -1.5027519581734164e-14, 2.8462308239265735e-14,
  -4.507576762538637e-14, -8.73115634427914e-14, 1.0338330059159646e-13, -3.69279969136185e-14, -3.765483673181626e-14,
  4.1619440243038184e-14, 9.787718807335052e-14, 5.829763438949782e-14, 8.86387723832507e-14, 5.233209414954029e-14, -7.901510709079232e-14,
  1.0186145637274781e-13, 0.0, 1.382371517463141e-14, -3.515276887647003e-14, -2.150667813961043e-14, 6.536022626479937e-14,
  -9.868293966451363e-14, -1.5165862978801566e-14, -8.128336570160306e-14, -3.966041455007765e-14, -9.038937897766309e-14,
  8.168422875433426e-14, -3.0089814653712217e-14, 2.732400909947847e-14, -9.136090699785694e-14, -2.239166785505485e-14,
  6.530850366242687e-14, 9.787084342869524e-14, -4.176853209560255e-14, -1.4894146967590235e-14, -8.23588729934921e-14,
  2.1980060799714833e-14, -7.326569547886884e-14, -3.909189520611133e-14, 4.187119621039142e-14, -1.0706744314127448e-13,
  1.741196160448317e-14,
]);

const CONSTANTS: usize = memory.data<f64>([
  2.2250738585072014e-308, // 2^−1022, the least normal number
  Infinity,
  4503599627371520, // 2^52 + 1024
  0.6931471805598903, // ln 2 to the 42nd bit after the point, so that k · ln 2 + log c is exact
  5.497923018708371e-14, // the rest of ln 2
  -0.5, // log(1 + r) = r − r²/2 + r³ · (what follows), |r| ≤ 1/129: the next five, error 2^−64.8
  0.3333333333333402,
  -0.24999999974118106,
  0.1999999994204862,
  -0.16667833209190233,
  0.14287155929877882,
  0.3333333333333393, // the same with one term more, error 2^−73.7
  -0.2500000000000082,
  0.1999999994795411,
  -0.166666666071682,
  0.14287078252017954,
  -0.1250136227152116,
]);
const LEAST_NORMAL: usize = CONSTANTS;
const INFINITE: usize = CONSTANTS + 8;
const BIAS: usize = CONSTANTS + 16;
const LN2_HIGH: usize = CONSTANTS + 24;
const LN2_LOW: usize = CONSTANTS + 32;
const MINUS_HALF: usize = CONSTANTS + 40;
const SHORT: usize = CONSTANTS + 48;
const LONG: usize = CONSTANTS + 88;

const PATTERNS: usize = memory.data<u64>([
  0x3fe6555500000000, // the table's first number, 0.698
  0x0019aaab00000000, // 1024 << 52 less that
  0x000fffffffffffff, // the mantissa
  0x4330000000000000, // 2^52
  0x3fe6555700000000, // the first number and half of what the following pattern leaves out
  0xfffffffc00000000, // a number's leading bits: few enough that the products with 1/c and the squares below are exact
]);
const FIRST: usize = PATTERNS;
const FROM_FIRST: usize = PATTERNS + 8;
const MANTISSA: usize = PATTERNS + 16;
const TWO_52: usize = PATTERNS + 24;
const FIRST_ROUNDED: usize = PATTERNS + 32;
const LEADING: usize = PATTERNS + 40;

/**
 * For x = 2^k · z with z in the table's range: k + 1024 in the sign and exponent bits, z's distance from the table's first number in the
 * others.
 */
function logPlace(x: v128): v128 {
  return i64x2.add(x, v128.load64_splat(FROM_FIRST));
}

/** k as a number, from its place. `bias` is 2^52 + 1024 plus what was added to k to make x normal. */
function logExponent(place: v128, bias: v128): v128 {
  return f64x2.sub(v128.or(i64x2.shr_u(place, 52), v128.load64_splat(TWO_52)), bias);
}

/** z, from its place. */
function logMantissa(place: v128): v128 {
  return i64x2.add(v128.and(place, v128.load64_splat(MANTISSA)), v128.load64_splat(FIRST));
}

/** z rounded to few bits, from its place: to nearest, so that it is 1 where z is all but 1. */
function logLeading(place: v128): v128 {
  const rounded = i64x2.add(v128.and(place, v128.load64_splat(MANTISSA)), v128.load64_splat(FIRST_ROUNDED));
  return v128.and(rounded, v128.load64_splat(LEADING));
}

/** The table's pair for lane 0. */
function logPairOf0(place: v128): v128 {
  return v128.load((i32x4.extract_lane(place, 1) >>> 10) & 0x3f0, TABLE);
}

/** The table's pair for lane 1. */
function logPairOf1(place: v128): v128 {
  return v128.load((i32x4.extract_lane(place, 3) >>> 10) & 0x3f0, TABLE);
}

/** The lanes' tails of log c. */
function logTails(place: v128): v128 {
  const tail0 = v128.load64_zero((i32x4.extract_lane(place, 1) >>> 11) & 0x1f8, TAILS);
  return v128.load64_lane((i32x4.extract_lane(place, 3) >>> 11) & 0x1f8, tail0, 1, TAILS);
}

/**
 * k · ln 2 + log c + tail + log(1 + r0 + r1): the first two sum exactly, and `tail` is what they lack; r0 is exact, r1 below 2^−18 of it or
 * all there is.
 */
function logSum(k: v128, logC: v128, tail: v128, r0: v128, r1: v128): v128 {
  const base = f64x2.add(f64x2.mul(k, v128.load64_splat(LN2_HIGH)), logC);
  const high = f64x2.add(base, r0);
  const low = f64x2.add(f64x2.add(f64x2.sub(base, high), r0), r1);
  const r = f64x2.add(r0, r1);
  const r2 = f64x2.mul(r, r);
  const p01 = f64x2.add(v128.load64_splat(SHORT), f64x2.mul(r, v128.load64_splat(SHORT + 8)));
  const p23 = f64x2.add(v128.load64_splat(SHORT + 16), f64x2.mul(r, v128.load64_splat(SHORT + 24)));
  const p234 = f64x2.add(p23, f64x2.mul(r2, v128.load64_splat(SHORT + 32)));
  const p = f64x2.add(p01, f64x2.mul(r2, p234));
  const square = f64x2.add(v128.load64_splat(MINUS_HALF), f64x2.mul(r, p));
  const rest = f64x2.add(low, f64x2.add(tail, f64x2.mul(k, v128.load64_splat(LN2_LOW))));
  return f64x2.add(high, f64x2.add(rest, f64x2.mul(r2, square)));
}

/** Whether 2^−1022 ≤ x < ∞ in both lanes, which NaN is not. */
function logIsOrdinary(x: v128): bool {
  const low = f64x2.ge(x, v128.load64_splat(LEAST_NORMAL));
  return i64x2.all_true(v128.and(low, f64x2.lt(x, v128.load64_splat(INFINITE))));
}

/** log x for ordinary x, or for x·2^n when n has been added to the bias. */
function logOrdinary(x: v128, bias: v128): v128 {
  const place = logPlace(x);
  const pair0 = logPairOf0(place);
  const pair1 = logPairOf1(place);
  const inverse = v128.shuffle<f64>(pair0, pair1, 0, 2);
  const z = logMantissa(place);
  const leading = logLeading(place);
  const high = f64x2.sub(f64x2.mul(leading, inverse), f64x2.splat(1));
  const low = f64x2.mul(f64x2.sub(z, leading), inverse);
  return logSum(logExponent(place, bias), v128.shuffle<f64>(pair0, pair1, 1, 3), logTails(place), high, low);
}

/**
 * log x in two lanes; at most 0.74 ulp.
 *
 * Source: P. T. P. Tang, Table-driven implementation of the logarithm function, ACM TOMS 16 (1990), without its case for x near 1, which c
 * = 1 makes unnecessary: x = 2^k · c · (1 + r), log x = k · ln 2 + log c + log(1 + r). r = z/c − 1 without fused multiply-add, as in Arm's
 * optimized routines: z in two parts, 1/c short.
 */
export function logLanes(x: v128): v128 {
  if (!logIsOrdinary(x)) return logAnywhere(x);
  return logOrdinary(x, v128.load64_splat(BIAS));
}

/** log x where some lane is NaN, ±∞, negative, 0 or subnormal. */
function logAnywhere(x: v128): v128 {
  const isSmall = f64x2.lt(x, v128.load64_splat(LEAST_NORMAL));
  const scaled = v128.bitselect(f64x2.mul(x, f64x2.splat(4503599627370496)), x, isSmall);
  const shift = v128.and(isSmall, f64x2.splat(52));
  const result = logOrdinary(scaled, f64x2.add(v128.load64_splat(BIAS), shift));
  return logEnds(x, result);
}

/** The result, replaced by −∞ where x = 0, ∞ where x = ∞ and NaN where x is negative or NaN. */
function logEnds(x: v128, result: v128): v128 {
  const zero = f64x2.splat(0);
  const isInside = v128.and(f64x2.gt(x, zero), f64x2.lt(x, v128.load64_splat(INFINITE)));
  const outside = v128.bitselect(x, f64x2.splat(NaN), f64x2.gt(x, zero));
  return v128.bitselect(result, v128.bitselect(f64x2.splat(-Infinity), outside, f64x2.eq(x, zero)), isInside);
}

/** log x, the same bits as logLanes. */
export function log(x: f64): f64 {
  return f64x2.extract_lane(logLanes(f64x2.splat(x)), 0);
}

/** log(x + rest) for ordinary x < 2^1000 and |rest| at most half an ulp of x, of any relative size where x = 1. */
export function logOfSum(x: v128, rest: v128): v128 {
  const place = logPlace(x);
  const pair0 = logPairOf0(place);
  const pair1 = logPairOf1(place);
  const inverse = v128.shuffle<f64>(pair0, pair1, 0, 2);
  const z = logMantissa(place);
  const leading = logLeading(place);
  const high = f64x2.sub(f64x2.mul(leading, inverse), f64x2.splat(1));
  // 2^−k by its exponent 1023 − k = 2047 − (k + 1024).
  const scale = i64x2.sub(v128.load64_splat(INFINITE), v128.andnot(place, v128.load64_splat(MANTISSA)));
  const low = f64x2.mul(f64x2.add(f64x2.sub(z, leading), f64x2.mul(rest, scale)), inverse);
  return logSum(logExponent(place, v128.load64_splat(BIAS)), v128.shuffle<f64>(pair0, pair1, 1, 3), logTails(place), high, low);
}

/**
 * log(1 + x) in two lanes; at most 0.75 ulp.
 *
 * Source: the table method of log on the rounded sum u = 1 + x, what the rounding lost added to the reduced argument. Near 0 that is all of
 * x, so the relative accuracy stays.
 */
export function log1pLanes(x: v128): v128 {
  const one = f64x2.splat(1);
  const isOrdinary = v128.and(f64x2.gt(x, f64x2.splat(-1)), f64x2.lt(x, f64x2.splat(1e300)));
  if (!i64x2.all_true(isOrdinary)) return log1pAnywhere(x, isOrdinary);
  const u = f64x2.add(one, x);
  // Knuth's two-sum: exact whichever of 1 and x is larger.
  const part = f64x2.sub(u, one);
  const rest = f64x2.add(f64x2.sub(x, part), f64x2.sub(one, f64x2.sub(u, part)));
  return withSignOf(logOfSum(u, rest), x);
}

/** log(1 + x) where some lane is NaN, ≤ −1 or ≥ 1e300: there log(1 + x) of the rounded sum is right. */
function log1pAnywhere(x: v128, isOrdinary: v128): v128 {
  const far = logLanes(f64x2.add(x, f64x2.splat(1)));
  if (!v128.any_true(isOrdinary)) return far;
  return v128.bitselect(log1pLanes(v128.and(x, isOrdinary)), far, isOrdinary);
}

/** log(1 + x), the same bits as log1pLanes. */
export function log1p(x: f64): f64 {
  return f64x2.extract_lane(log1pLanes(f64x2.splat(x)), 0);
}

/**
 * What the last preciseLog left out of its result. A global of the instance and not memory, which threads share.
 */
export let preciseLogTail: v128 = i64x2(0, 0);

/**
 * log |x| as a sum of two doubles, the larger returned and the other left in preciseLogTail; relative error about 2^−65, the polynomial's
 * share being 2^−73.7 of at least 1/192 (for x = ±0, ±∞, NaN meaningless but harmless).
 *
 * Source: as log, with r, r²/2 and their rests carried in two parts, as in the power function of Arm's optimized routines.
 */
export function preciseLog(x: v128): v128 {
  let positive = f64x2.abs(x);
  let bias = v128.load64_splat(BIAS);
  const isSmall = f64x2.lt(positive, v128.load64_splat(LEAST_NORMAL));
  if (v128.any_true(isSmall)) {
    positive = v128.bitselect(f64x2.mul(positive, f64x2.splat(4503599627370496)), positive, isSmall);
    bias = f64x2.add(bias, v128.and(isSmall, f64x2.splat(52)));
  }
  const place = logPlace(positive);
  const pair0 = logPairOf0(place);
  const pair1 = logPairOf1(place);
  const inverse = v128.shuffle<f64>(pair0, pair1, 0, 2);
  const z = logMantissa(place);
  const leading = logLeading(place);
  const high = f64x2.sub(f64x2.mul(leading, inverse), f64x2.splat(1));
  const low = f64x2.mul(f64x2.sub(z, leading), inverse);
  const k = logExponent(place, bias);
  const base = f64x2.add(f64x2.mul(k, v128.load64_splat(LN2_HIGH)), v128.shuffle<f64>(pair0, pair1, 1, 3));
  const tail = f64x2.add(logTails(place), f64x2.mul(k, v128.load64_splat(LN2_LOW)));
  return preciseSum(base, tail, high, low);
}

/** base + tail + log(1 + high + low), as preciseLog returns it. */
function preciseSum(base: v128, tail: v128, high: v128, low: v128): v128 {
  const r = f64x2.add(high, low);
  const lost = f64x2.add(f64x2.sub(high, r), low);
  const sum1 = f64x2.add(base, r);
  const rest1 = f64x2.add(f64x2.sub(base, sum1), r);
  // −r²/2 = −high²/2, which is exact, − low · (r + high)/2.
  const halfHigh = f64x2.mul(high, v128.load64_splat(MINUS_HALF));
  const halfR = f64x2.mul(r, v128.load64_splat(MINUS_HALF));
  const square = f64x2.mul(high, halfHigh);
  const sum2 = f64x2.add(sum1, square);
  const rest2 = f64x2.add(f64x2.sub(sum1, sum2), square);
  const rest3 = f64x2.mul(low, f64x2.add(halfR, halfHigh));
  const rest = f64x2.add(f64x2.add(tail, lost), f64x2.add(rest1, f64x2.add(rest2, rest3)));
  const r2 = f64x2.mul(r, r);
  const p01 = f64x2.add(v128.load64_splat(LONG), f64x2.mul(r, v128.load64_splat(LONG + 8)));
  const p23 = f64x2.add(v128.load64_splat(LONG + 16), f64x2.mul(r, v128.load64_splat(LONG + 24)));
  const p45 = f64x2.add(v128.load64_splat(LONG + 32), f64x2.mul(r, v128.load64_splat(LONG + 40)));
  const p = f64x2.add(p01, f64x2.mul(r2, f64x2.add(p23, f64x2.mul(r2, p45))));
  const low2 = f64x2.add(rest, f64x2.mul(f64x2.mul(r, r2), p));
  const result = f64x2.add(sum2, low2);
  preciseLogTail = f64x2.add(f64x2.sub(sum2, result), low2);
  return result;
}

/** (high + low) · scale + its rest `scaleLow`, high · scale taken exactly by splitting both. */
function scaledSum(high: v128, low: v128, scaleHigh: f64, scaleLow: f64): v128 {
  const leading = v128.and(high, i64x2.splat(0xfffffffff8000000));
  const rest = f64x2.add(f64x2.sub(high, leading), low);
  const sum = f64x2.mul(leading, f64x2.splat(scaleHigh));
  return f64x2.add(sum, f64x2.add(f64x2.mul(rest, f64x2.splat(scaleHigh + scaleLow)), f64x2.mul(leading, f64x2.splat(scaleLow))));
}

/** log2 x in two lanes; at most 0.51 ulp, exact for powers of two. Source: preciseLog times 1 / ln 2 in two parts. */
export function log2Lanes(x: v128): v128 {
  const high = preciseLog(x);
  return logEnds(x, scaledSum(high, preciseLogTail, 1.4426950514316559, -1.0542692476429138e-8));
}

/** log2 x, the same bits as log2Lanes. */
export function log2(x: f64): f64 {
  return f64x2.extract_lane(log2Lanes(f64x2.splat(x)), 0);
}

/** log10 x in two lanes; at most 0.51 ulp, exact for powers of ten. Source: preciseLog times 1 / ln 10 in two parts. */
export function log10Lanes(x: v128): v128 {
  const high = preciseLog(x);
  return logEnds(x, scaledSum(high, preciseLogTail, 0.4342944920063019, -1.0103050052231683e-8));
}

/** log10 x, the same bits as log10Lanes. */
export function log10(x: f64): f64 {
  return f64x2.extract_lane(log10Lanes(f64x2.splat(x)), 0);
}
