// The exponential, and the reduction and table that every function built on it shares.
// Errors are the largest that bench/accuracy found among 500,000 points a function.

// 2^(j/64) for j = 0 … 63, as pairs: what rounding 2^(j/64) to a double left out, relatively, and the double itself with j << 46 subtracted
// from its bits, so that adding n << 46 to them for n = 64·k + j gives the bits of 2^(n/64).
const TABLE: usize = memory.data<f64>(
  [
    0.0, 1.0, -1.507066976926039e-17, 0.9976321430258502, 4.9997448722726326e-17, 0.9953235743270583, 7.357846871247418e-18,
    0.9930749395106142, 8.189317638195515e-17, 0.9908868912137069, 1.6665881442326747e-18, 0.9887600891802786, -7.402825309426177e-17,
    0.9866952003384118, -6.170654745608695e-17, 0.9846928988785599, -2.7939114859515733e-17, 0.9827538663326288, 4.776959425256223e-17,
    0.9808787916539204, 9.341710609905046e-17, 0.9790683712979462, 4.585670326662351e-17, 0.9773233093041209, 7.826573258636076e-17,
    0.9756443173783458, 2.823784425951061e-17, 0.9740321149764913, 3.2904726646008416e-17, 0.9724874293887887, 4.721368121170128e-17,
    0.9710109958251406, 3.3484623336251524e-17, 0.9696035575013605, 5.527550048505249e-17, 0.9682658657263515, -6.346552106729483e-17,
    0.9669986799902345, -1.5456342819397733e-17, 0.965802768053435, 3.750854201303127e-17, 0.964678906036742, -5.346099009198751e-18,
    0.9636278785123455, 2.1023049675215714e-18, 0.9626504785958666, 1.3357510088834541e-17, 0.9617475080393891, 1.9572585293112036e-17,
    0.9609197773255048, -5.478069123926778e-17, 0.9601681057623822, -2.1571477251208752e-17, 0.9594933215798707, 6.663804589232195e-17,
    0.9588962620266515, 5.68648095791174e-17, 0.9583777734684463, 7.007875046906994e-17, 0.9579387114872953, -4.8923067513522756e-17,
    0.957579940981916, -6.872303720902018e-17, 0.9573023362691556, -6.835808657661922e-17, 0.9571067811865476, -8.416011634717156e-18,
    0.956994169195985, -2.092304381843353e-17, 0.9569654034885233, -3.833464968654295e-17, 0.9570213970903235, -2.3591094770850053e-17,
    0.9571630729697497, 9.50689710108796e-18, 0.9573913641456324, -6.735219232374683e-17, 0.9577072137967114, -7.226635472101257e-17,
    0.9581115753722692, 5.1548301170786783e-17, 0.9586054127039704, 2.4253985766689806e-17, 0.9591897001189185, -6.432131775424189e-18,
    0.9598654225539432, -6.336161863401293e-17, 0.9606335756711335, 1.5341410053603723e-17, 0.9614951659746271, -4.123367330661149e-17,
    0.9624512109286739, -6.152602891550265e-17, 0.9635027390769825, 3.540948262646183e-17, 0.9646507901633682, 4.875160526227062e-17,
    0.9658964152537145, -4.719539664590972e-18, 0.9672406768592617, -1.0772487078934056e-17, 0.968684649061239, 1.821405440362259e-17,
    0.9702294176368531, 1.685487290628973e-17, 0.9718760801866497, 3.621615935336894e-17, 0.9736257462632606, 1.01562190116415e-17,
    0.9754795375015536, -5.495118966122005e-17, 0.9774385877501994, 1.790126907604513e-17, 0.9795040432046712, 5.265370768556274e-17,
    0.9816770625416927, -3.266924100901318e-17, 0.98395881705515, 1.7963932659833022e-17, 0.9863504907934828, -5.545065618639427e-17,
    0.9888532806985737, 5.336805878514151e-17, 0.9914683967461472, 4.5784915277060095e-17, 0.9941970620877001, 2.0414278897578303e-17,
    0.9970405131939755,
  ],
  16,
);

const CONSTANTS: usize = memory.data<f64>([
  600, // for smaller |x| every product below is a normal number, so that scaling it by a power of two does not change its bits
  92.33248261689366, // 64 / ln 2
  6755399441055744, // 1.5 · 2^52: adding it rounds to an integer, which is then in the low bits
  0.010830424695996044, // ln 2 / 64 to 34 bits, so that its product with any n that occurs is exact
  2.5310172166650877e-13, // the rest of ln 2 / 64
  0.5, // (e^r − 1 − r) / r² for |r| ≤ ln 2 / 128, from here to the end; error 2^−62.2 of r
  0.16666666666659313,
  0.0416666666666535,
  0.008333341436054445,
  0.0013888900566133074,
]);
const PATTERNS: usize = memory.data<u64>([0xfffffffff8000000]); // a number's leading 26 bits, whose square is exact
const SQUARABLE: usize = PATTERNS;
export const EXP_LIMIT: usize = CONSTANTS;
const STEPS_PER_UNIT: usize = CONSTANTS + 8;
const SHIFT: usize = CONSTANTS + 16;
const STEP_HIGH: usize = CONSTANTS + 24;
const STEP_LOW: usize = CONSTANTS + 32;
const TERMS: usize = CONSTANTS + 40;

/** n = x · 64 / ln 2 rounded to an integer, as 1.5 · 2^52 + n: the low bits of the double are those of n. */
export function expSteps(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, v128.load64_splat(STEPS_PER_UNIT)), v128.load64_splat(SHIFT));
}

/** r = x − n · ln 2 / 64, |r| ≤ ln 2 / 128. */
export function expRest(x: v128, steps: v128): v128 {
  const n = f64x2.sub(steps, v128.load64_splat(SHIFT));
  const high = f64x2.sub(x, f64x2.mul(n, v128.load64_splat(STEP_HIGH)));
  return f64x2.sub(high, f64x2.mul(n, v128.load64_splat(STEP_LOW)));
}

/** The table's pair for the n of lane 0. */
export function expPairOf0(steps: v128): v128 {
  return v128.load((i32x4.extract_lane(steps, 0) & 63) << 4, TABLE);
}

/** The table's pair for the n of lane 1. */
export function expPairOf1(steps: v128): v128 {
  return v128.load((i32x4.extract_lane(steps, 2) & 63) << 4, TABLE);
}

/** 2^(n/64) in each lane, from the lanes' pairs. Needs |n| < 64 · 1022. */
export function expScale(steps: v128, pair0: v128, pair1: v128): v128 {
  return i64x2.add(i64x2.shl(steps, 46), v128.shuffle<f64>(pair0, pair1, 1, 3));
}

/** q = e^r − 1 − r + tail to the precision of r, tail being what the pairs say the scale lacks. */
export function expCurve(r: v128, pair0: v128, pair1: v128): v128 {
  const r2 = f64x2.mul(r, r);
  const low = f64x2.add(v128.load64_splat(TERMS), f64x2.mul(r, v128.load64_splat(TERMS + 8)));
  const middle = f64x2.add(v128.load64_splat(TERMS + 16), f64x2.mul(r, v128.load64_splat(TERMS + 24)));
  const high = f64x2.add(middle, f64x2.mul(r2, v128.load64_splat(TERMS + 32)));
  return f64x2.add(v128.shuffle<f64>(pair0, pair1, 0, 2), f64x2.mul(r2, f64x2.add(low, f64x2.mul(r2, high))));
}

/** Whether |x| < 600 in both lanes, which NaN is not. */
export function expIsOrdinary(x: v128): bool {
  return i64x2.all_true(f64x2.lt(f64x2.abs(x), v128.load64_splat(EXP_LIMIT)));
}

/**
 * e^x in two lanes; at most 0.75 ulp, which is where the result is subnormal.
 *
 * Source: P. T. P. Tang, Table-driven implementation of the exponential function in IEEE floating-point arithmetic, ACM TOMS 15 (1989): x =
 * n · ln 2 / 64 + r, e^x = 2^(n/64) · e^r, the first factor from a table to more than double precision, the second a polynomial of degree
 * 6.
 */
export function expLanes(x: v128): v128 {
  return expIsOrdinary(x) ? expOrdinary(x) : expAnywhere(x, f64x2.splat(0), 0);
}

/** e^(x − y) in two lanes, 1 where both are ∞ and 0 where both are −∞; at most 0.75 ulp of the rounded difference's. */
export function expDifferenceLanes(x: v128, y: v128): v128 {
  const difference = f64x2.sub(x, y);
  if (expIsOrdinary(difference)) return expOrdinary(difference);
  const isEnd = v128.and(f64x2.eq(x, y), f64x2.ne(difference, difference));
  return expAnywhere(v128.bitselect(f64x2.min(x, f64x2.splat(0)), difference, isEnd), f64x2.splat(0), 0);
}

/** The same on one number. */
export function expDifference(x: f64, y: f64): f64 {
  return f64x2.extract_lane(expDifferenceLanes(f64x2.splat(x), f64x2.splat(y)), 0);
}

/** e^x in two lanes for |x| < 600. */
export function expOrdinary(x: v128): v128 {
  const steps = expSteps(x);
  const pair0 = expPairOf0(steps);
  const pair1 = expPairOf1(steps);
  const r = expRest(x, steps);
  return expSum(expScale(steps, pair0, pair1), r, expCurve(r, pair0, pair1));
}

/** e^x from its parts. */
export function expSum(scale: v128, r: v128, q: v128): v128 {
  return f64x2.add(scale, f64x2.mul(scale, f64x2.add(r, q)));
}

/**
 * e^(x + low) · 2^power in two lanes, for every x: NaN, ±∞ and results that are subnormal, 0 or ∞ included. The power of two is applied in
 * two halves, the second of which alone underflows or overflows.
 */
export function expAnywhere(x: v128, low: v128, power: f64): v128 {
  // pmin and pmax return their first operand when it is NaN.
  const bounded = f64x2.pmax(f64x2.pmin(x, f64x2.splat(800)), f64x2.splat(-800));
  const steps = expSteps(bounded);
  const half = f64x2.nearest(f64x2.mul(f64x2.sub(steps, v128.load64_splat(SHIFT)), f64x2.splat(1 / 128.0)));
  const rest = f64x2.sub(steps, f64x2.mul(half, f64x2.splat(64)));
  const pair0 = expPairOf0(rest);
  const pair1 = expPairOf1(rest);
  const r = f64x2.add(expRest(bounded, steps), low);
  const result = expSum(expScale(rest, pair0, pair1), r, expCurve(r, pair0, pair1));
  // 2^52 + 1023 + half, whose low bits move into the exponent's place.
  const exponent = f64x2.add(half, f64x2.splat(4503599627371519 + power));
  return f64x2.mul(result, i64x2.shl(exponent, 52));
}

/** e^x, the same bits as expLanes. */
export function exp(x: f64): f64 {
  return f64x2.extract_lane(expLanes(f64x2.splat(x)), 0);
}

/**
 * e^x − 1 in two lanes; at most 1.26 ulp.
 *
 * Source: P. T. P. Tang, Table-driven implementation of the expm1 function, ACM TOMS 18 (1992): with the table of exp, (2^(n/64) − 1) +
 * 2^(n/64) · (e^r − 1). Near 0 the first term is exactly 0, so the result keeps its relative accuracy.
 */
export function expm1Lanes(x: v128): v128 {
  if (!expIsOrdinary(x)) return expm1Anywhere(x);
  const steps = expSteps(x);
  const pair0 = expPairOf0(steps);
  const pair1 = expPairOf1(steps);
  const scale = expScale(steps, pair0, pair1);
  const r = expRest(x, steps);
  const high = f64x2.sub(scale, f64x2.splat(1));
  // high + scale · (r + q), r taken out so that it is rounded neither in the sum with q nor in the product where high is small.
  const rest = f64x2.add(r, f64x2.add(f64x2.mul(high, r), f64x2.mul(scale, expCurve(r, pair0, pair1))));
  return withSignOf(f64x2.add(high, rest), x);
}

/** e^x − 1 where |x| ≥ 600 or NaN in some lane: −1 is below half an ulp of e^x, or e^x below half an ulp of 1. */
function expm1Anywhere(x: v128): v128 {
  const inside = f64x2.lt(f64x2.abs(x), v128.load64_splat(EXP_LIMIT));
  const far = f64x2.sub(expAnywhere(x, f64x2.splat(0), 0), f64x2.splat(1));
  if (!v128.any_true(inside)) return far;
  return v128.bitselect(expm1Lanes(v128.and(x, inside)), far, inside);
}

/** e^x − 1, the same bits as expm1Lanes. */
export function expm1(x: f64): f64 {
  return f64x2.extract_lane(expm1Lanes(f64x2.splat(x)), 0);
}

/**
 * The result with the sign bit of x set in it: odd functions by their magnitude, and −0 → −0 in functions that have the sign of their
 * argument.
 */
export function withSignOf(result: v128, x: v128): v128 {
  return v128.or(result, v128.andnot(x, f64x2.abs(x)));
}

/** (1 + t)² for 0 ≤ t ≤ 1, nearly correctly rounded: 1 + t in two parts, the first short enough to square exactly. */
export function squareOfOnePlus(t: v128): v128 {
  const one = f64x2.splat(1);
  const leading = v128.and(f64x2.add(t, one), v128.load64_splat(SQUARABLE));
  const rest = f64x2.sub(t, f64x2.sub(leading, one));
  const mixed = f64x2.mul(rest, f64x2.add(f64x2.add(leading, leading), rest));
  return f64x2.add(f64x2.mul(leading, leading), mixed);
}
