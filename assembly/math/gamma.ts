// The logarithm of the gamma function and its derivatives of every order, one number or two lanes at a time.
import { exp } from "./exp";
import { log, log1p } from "./log";

// Quotients are stored as pairs (P coefficient, Q coefficient), so that both polynomials run side by side in two lanes; single polynomials as pairs
// (even, odd).

// lgamma(x)/((x − 1)(x − 2)) − 1/2 in u = x − 1/2, 0 ≤ u ≤ 2: error 1.6e-17. The 1/2 carries most of it, so the quotient's rounding hardly shows.
const LGAMMA: usize = memory.data<f64>([
  0.2631532572329334, 1.0, 1.175285167105939, 6.68136583601936, 1.4901984566076718, 17.735640300935504, -0.29606782904871104,
  23.92105458829317, -1.9685304616026078, 17.440650497502457, -1.467059772538902, 6.783151371543087, -0.41692522214488825,
  1.3059845249621702, -0.043791732623675146, 0.10555881353234589, -0.001182599660945115, 0.002412242943149483,
]);

// x·(lgamma(x) − (x − 1/2)·log(x) + x − log(2π)/2) in 1/x², x ≥ 8: relative error 4.296e-16.
const STIRLING: usize = memory.data<f64>([
  0.0833333333333333, -0.0027777777776095526, 0.000793650666683963, -0.0005952029063132218, 0.0008373061593204513, -0.0016531809777516778,
]);

// digamma(x)/(x − zero) − 3/4 in u = x − 1, 0 ≤ u ≤ 3/2: error 1.1e-18.
const DIGAMMA: usize = memory.data<f64>([
  0.5003801375034054, 1.0, 0.22944517463556818, 2.1666298359614182, -0.27775640784021166, 1.6419106074975205, -0.20883671628717074,
  0.557004285584191, -0.04667430065300838, 0.08731290746755471, -0.003745523652781134, 0.00569779890096354, -8.037912648215599e-5,
  0.00010841369932253809,
]);

// x²·(log(x) − 1/(2x) − digamma(x)) in 1/x², x ≥ 5/2: error 5.2e-19 of digamma.
const DIGAMMA_TAIL: usize = memory.data<f64>([
  0.08333333333333244, 1.0, 1.2001357980585647, 14.501629576697306, 5.079918633072367, 62.361567507894485, 7.298956680474226,
  93.1830830385285, 3.031053861861664, 43.35553346133765, 0.16999011522548116, 3.990825150725053,
]);

// (1/d − π·cot(πd))/d in d², |d| ≤ 1/2: relative error 1.2e-20.
const COTANGENT: usize = memory.data<f64>([
  3.289868133696453, 1.0, -2.3953386524478084, -1.3860692692100536, 0.4270730733505832, 0.42334125259146477, -0.020968158957316844,
  -0.0380839305030639, 0.00014714203466904176, 0.0008119473539711184,
]);

// sin(πd)/d in d², |d| ≤ 1/2: relative error 2.6e-19.
const SINE_OF_PI: usize = memory.data<f64>([
  3.141592653589793, -5.167712780049969, 2.550164039877294, -0.5992645293187375, 0.08214588656988225, -0.007370430478679703,
  0.000466299688405543, -2.190318456729738e-5, 7.694719248927849e-7, 0.0,
]);

// Bernoulli numbers B₂ⱼ/(2j)!, j = 1 … 12: the weights of the Euler–Maclaurin formula.
export const EULER_MACLAURIN: usize = memory.data<f64>([
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7, 2.08767569878681e-8, -5.284190138687493e-10,
  1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18,
  -1.3954464685812522e-19,
]);

// The positive zero of digamma, in two parts.
const DIGAMMA_ZERO: f64 = 1.4616321449683622;
const DIGAMMA_ZERO_LOW: f64 = 9.549995429965697e-17;

// Zeros of lgamma: their distances from −n, above and below, n = 2 … 20, each in two parts; above −2 there is none. Bisection to 60 digits.
const LGAMMA_ZEROS: usize = memory.data<f64>([
  0.0, 0.0, -0.45702473822080064, 1.843554041574456e-17, 0.2523173532725874, -2.04688991691325e-17, -0.14358088834998006,
  3.862806401714152e-18, 0.04470571514140207, 8.223977942582053e-19, -0.03936183974053688, 3.2731379225891636e-18, 0.008455359439952277,
  8.231751957350036e-19, -0.008218168322593521, -5.582665915956405e-19, 0.0013925199191243706, -7.090441230646531e-20,
  -0.0013852944531550972, -2.6295731811446077e-20, 0.0001984921093623021, 6.263909978492175e-21, -0.00019833340732475162,
  1.1820573401560963e-20, 2.4802904179335845e-5, 3.15397713595963e-22, -2.48002706819597e-5, 1.0083974251164085e-21, 2.7557490225318057e-6,
  -6.500300408654724e-23, -2.7557148226503463e-6, -5.624459871432079e-23, 2.7557337083353163e-7, 1.4502658434955713e-23,
  -2.755730136466002e-7, -2.4472526783403563e-23, 2.5052109918476226e-8, -6.807394864189793e-25, -2.5052106852407546e-8,
  1.2924868620853802e-24, 2.087675709796081e-9, -8.658839215884982e-26, -2.087675687777539e-9, -4.849684877236172e-26,
  1.6059043843534355e-10, 6.465141936497467e-27, -1.6059043830108875e-10, 7.046449983196074e-27, 1.147074559808161e-11,
  -7.830340218001236e-28, -1.147074559737784e-11, 4.194056116105366e-28, 7.647163731835846e-13, -3.8035184915187745e-29,
  -7.647163731803788e-13, 4.886154187641447e-29, 4.779477332388026e-14, -9.319923331229129e-31, -4.779477332386745e-14,
  -1.811833433216651e-30, 2.8114572543455435e-15, -8.713180440266469e-32, -2.811457254345498e-15, -2.2878206410005478e-32,
  1.5619206968586233e-16, 9.139764076937634e-33, -1.561920696858622e-16, 9.970308044546635e-33, 8.22063524662433e-18, 4.221635182443431e-34,
  -8.22063524662433e-18, -2.0674364147742136e-35, 4.110317623312165e-19, 1.951606135968959e-36, -4.110317623312165e-19,
  -9.30988539762946e-37,
]);

// Zeros of digamma: their distances above −n, n = 1 … 20, each in two parts. Bisection to 60 digits.
const DIGAMMA_ZEROS: usize = memory.data<f64>([
  0.4959169917355446, -8.15428206243813e-18, 0.42650152683760956, -1.574185691077347e-17, 0.38927913155585536, -1.2202694992732132e-17,
  0.3647066335630989, -9.671895995274374e-19, 0.34676223825685754, 2.2628894141607193e-17, 0.33283755844311447, -3.2153051074948335e-18,
  0.32158178692657324, 1.40129649619771e-17, 0.312211674968374, -2.4133947001851525e-17, 0.30423583618359873, 4.467870224652488e-18,
  0.29732745999813626, 7.435123333532191e-18, 0.29125916174585537, -1.8098511510194027e-17, 0.28586693877104613, 2.715774696551599e-17,
  0.2810289742507925, 2.4369117870628782e-17, 0.2766525426361732, 8.738659301743149e-18, 0.27266558398147106, 1.8892751268118038e-17,
  0.2690110936671176, -5.5027387288572304e-18, 0.2656432760442643, 1.7295163907657788e-17, 0.2625248400224111, -1.2977261991403057e-17,
  0.2596250552199003, -1.4230298349280131e-18, 0.2569183274097824, -1.556656310557129e-17,
]);

/** Both polynomials of `degree` whose pairs start at `at`, by Horner's rule. */
function pair(at: usize, degree: usize, x: f64): v128 {
  const xs = f64x2.splat(x);
  let from = at + (degree << 4);
  let sum = v128.load(from);
  while (from > at) {
    from -= 16;
    sum = f64x2.add(f64x2.mul(sum, xs), v128.load(from));
  }
  return sum;
}

/** P(x)/Q(x). */
function quotient(at: usize, degree: usize, x: f64): f64 {
  const sums = pair(at, degree, x);
  return f64x2.extract_lane(sums, 0) / f64x2.extract_lane(sums, 1);
}

/** (r(x) − r(y)) / (x − y) of the quotient r = P/Q, by synthetic division: no difference is formed. */
function slopeOfQuotient(at: usize, degree: usize, x: f64, y: f64): f64 {
  const xs = f64x2.splat(x);
  const ys = f64x2.splat(y);
  let atY = f64x2.splat(0);
  let slopes = f64x2.splat(0);
  for (let from = at + (degree << 4); from >= at; from -= 16) {
    slopes = f64x2.add(f64x2.mul(slopes, xs), atY);
    atY = f64x2.add(f64x2.mul(atY, ys), v128.load(from));
  }
  const below = f64x2.extract_lane(atY, 1);
  const slopeBelow = f64x2.extract_lane(slopes, 1);
  return (f64x2.extract_lane(slopes, 0) - (f64x2.extract_lane(atY, 0) / below) * slopeBelow) / (below + (x - y) * slopeBelow);
}

/** The polynomial in z whose even and odd coefficients are paired. */
function interleaved(at: usize, degree: usize, z: f64): f64 {
  const sums = pair(at, degree, z * z);
  return f64x2.extract_lane(sums, 0) + z * f64x2.extract_lane(sums, 1);
}

/** x minus the nearest integer, exactly; 0 at −∞. */
function fraction(x: f64): f64 {
  return x == -Infinity ? 0 : x - nearest(x);
}

/**
 * log |Γ(x)|; +∞ at the poles 0, −1, −2, … and at ±∞. At most 2.3 ulp for x ≥ 0; for x < 0 at most 8 ulp down to −20.5, all zeros included.
 *
 * Source: around 1 and 2 a quotient with both zeros taken out, as W. Cody and K. Hillstrom, Chebyshev approximations for the natural logarithm of the gamma
 * function, Math. Comp. 21 (1967), with a fit of our own; the recurrence below 1/2 and from 2.5 to 8; Stirling's series from there on; reflection for x < 0.
 */
export function lgamma(x: f64): f64 {
  if (x < 0) return lgammaOfNegative(x);
  if (x < 0.5) return lgammaAround(x, -0.5) - log(x);
  if (x < 8) {
    // Γ(x) = (x − 1)(x − 2)…Γ(y) with y ≤ 2.5; both logarithms are positive, so their sum does not cancel.
    let product: f64 = 1;
    let y = x;
    while (y > 2.5) product *= --y;
    const rest = y < 1.5 ? lgammaAround(y - 1, -0.5) : lgammaAround(y - 2, 0.5);
    return x <= 2.5 ? rest + 0 : log(product) + rest; // + 0, because log 1 is 0, not −0
  }
  if (x == Infinity) return x;
  // Stirling's series; 0.4189… = (log(2π) − 1)/2, the −1 taken out of x so that one product carries the size.
  return (x - 0.5) * (log(x) - 1) + (0.4189385332046727 + stirling(x));
}

/** lgamma(x) − ((x − 1/2)·log(x) − x + log(2π)/2), x ≥ 8. */
export function stirling(x: f64): f64 {
  return interleaved(STIRLING, 2, 1 / (x * x)) / x;
}

/** lgamma around 1 or 2, at a distance w of at most 1/2 or so; side is −1/2 for 1, 1/2 for 2. The summands of lgamma/w are ordered by size. */
function lgammaAround(w: f64, side: f64): f64 {
  return w * (side + (0.5 * w + (w + 2 * side) * quotient(LGAMMA, 8, w + (1 + side))));
}

/** By reflection: |Γ(x)Γ(−x)| = π/|x·sin(πx)|. Below 2^-60, Γ(x) is 1/x to the last digit, and x·sin(πx) may underflow. */
function lgammaOfNegative(x: f64): f64 {
  if (x > -8.7e-19) return -log(-x);
  const d = fraction(x);
  if (d == 0) return Infinity;
  if (x > -20.5 && x < -2) return lgammaByProduct(d, nearest(d - x));
  const sine = abs(d) * interleaved(SINE_OF_PI, 4, d * d);
  return log(3.141592653589793 / (-x * sine)) - lgamma(-x);
}

/** lgamma(d − n), |d| ≤ 1/2, 2 ≤ n ≤ 20: Γ(1 + d) divided by d − j, j = 0 … n. Near a zero all is relative to it, so that nothing cancels. */
function lgammaByProduct(d: f64, n: f64): f64 {
  const at = LGAMMA_ZEROS + ((((<usize>n) << 2) - (d > 0 ? 8 : 6)) << 3);
  const zero = load<f64>(at);
  const t = d - zero - load<f64>(at, 8);
  let product: f64 = 1;
  if (abs(t) > 0.5 * abs(zero)) {
    for (let j: f64 = 0; j <= n; j++) product *= d - j;
    return lgammaAround(d, -0.5) - log(abs(product));
  }
  product = 0; // less 1
  for (let j: f64 = 0; j <= n; j++) product += (t / (zero - j)) * (1 + product);
  const change =
    (d + zero - 1) * (0.5 + quotient(LGAMMA, 8, d + 0.5)) + zero * (zero - 1) * slopeOfQuotient(LGAMMA, 8, d + 0.5, zero + 0.5);
  return t * change - log1p(product);
}

/** log |Γ(x)| in two lanes, the same bits as lgamma. */
export function lgammaLanes(x: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(lgamma(f64x2.extract_lane(x, 0))), 1, lgamma(f64x2.extract_lane(x, 1)));
}

/**
 * ψ(x) = Γ′(x)/Γ(x); ∓∞ at ±0, NaN at −1, −2, … and −∞. At most 2.5 ulp for x ≥ 0, its zero included; for x < 0 at most 6 ulp down to −20, zeros included, and of the larger of 1 and |ψ(x)| beyond.
 *
 * Source: J. Bernardo, Algorithm AS 103: psi (digamma) function, Applied Statistics 25 (1976), recurrence and asymptotic series, the first replaced by a quotient
 * around the zero (W. Cody, A. Strecok and H. Thacher, Chebyshev approximations for the psi function, Math. Comp. 27 (1973)); fits of our own.
 */
export function digamma(x: f64): f64 {
  if (x < 0) {
    const d = fraction(x);
    if (d == 0) return NaN;
    const n = -floor(x);
    const zero = DIGAMMA_ZEROS + ((<usize>min(n, 20) - 1) << 4);
    const f = x + n;
    const t = f - load<f64>(zero);
    // From −1/2 on f has been rounded.
    if (n <= 20 && abs(t) < 0.125) return digammaBesideZero(f, load<f64>(zero), t + (x - (f - n) - load<f64>(zero, 8)), n);
    // Reflection, ψ(1 − x) − π·cot(πx), with the pole of the cotangent split off so that it costs one rounding.
    return digamma(1 - x) + d * quotient(COTANGENT, 4, d * d) - 1 / d;
  }
  // ψ(x) = ψ(x + 1) − 1/x, where x + 1 is never formed: it would round.
  if (x < 1) return digammaFrom(x, x - (DIGAMMA_ZERO - 1)) - 1 / x;
  if (x <= 2.5) return digammaFrom(x - 1, x - DIGAMMA_ZERO);
  if (x == Infinity) return x;
  const z = 1 / (x * x);
  return log(x) - (0.5 / x + z * quotient(DIGAMMA_TAIL, 5, z));
}

/** ψ(f − n), 0 < f < 1 ≤ n ≤ 20, at a distance t from its zero: a sum of positive terms times t. */
function digammaBesideZero(f: f64, zero: f64, t: f64, n: f64): f64 {
  let slope = 0.75 + quotient(DIGAMMA, 6, f) + (zero - (DIGAMMA_ZERO - 1)) * slopeOfQuotient(DIGAMMA, 6, f, zero);
  for (let j: f64 = 0; j <= n; j++) slope += 1 / ((f - j) * (zero - j));
  return t * slope;
}

/** ψ(1 + u), 0 ≤ u ≤ 3/2, given the distance of 1 + u from the zero. */
function digammaFrom(u: f64, distance: f64): f64 {
  return (distance - DIGAMMA_ZERO_LOW) * (0.75 + quotient(DIGAMMA, 6, u));
}

/** ψ(x) in two lanes, the same bits as digamma. */
export function digammaLanes(x: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(digamma(f64x2.extract_lane(x, 0))), 1, digamma(f64x2.extract_lane(x, 1)));
}

/**
 * The n-th derivative of digamma, (−1)ⁿ⁺¹ n! ζ(n + 1, x) for n ≥ 1; NaN unless n is an integer from 0 to 1,000. At the poles +∞ for odd n, where both sides agree, NaN for even n
 * (∓∞ at ±0). At most 4 ulp for n ≤ 2, 7 ulp for n ≤ 10 and x > 0; for x < 0 that much of the largest of three terms, NaN where two of them overflow (n > 150).
 *
 * Source: the Hurwitz zeta function by the Euler–Maclaurin formula, as F. Johansson, Rigorous high-precision computation of the Hurwitz zeta function and its derivatives,
 * Numerical Algorithms 69 (2015). For x < 0 the sum over all integers is folded onto the fraction of x, which is the reflection formula without cotangents.
 */
export function polygamma(n: f64, x: f64): f64 {
  if (!(n >= 0 && n <= 1000) || n != trunc(n) || x != x) return NaN;
  if (n == 0) return digamma(x);
  const isOdd = n < 9007199254740992 && ((<i64>n) & 1) == 1;
  const sign: f64 = isOdd ? 1 : -1;
  if (x == 0) return isOdd ? Infinity : -1 / x;
  if (x > 0) return sign * zetaTimesFactorial(n, x);
  const d = fraction(x);
  if (d == 0) return isOdd && x != -Infinity ? Infinity : NaN;
  const below = zetaTimesFactorial(n, d > 0 ? 1 - d : -d);
  const above = zetaTimesFactorial(n, d > 0 ? d : 1 + d);
  return sign * above + (below - zetaTimesFactorial(n, 1 - x));
}

/** n! ζ(n + 1, x) = n! Σ (x + k)^−(n+1), x ≥ 0: terms while x + k < n + 10, the Euler–Maclaurin formula from there on unless the sum has converged. */
function zetaTimesFactorial(n: f64, x: f64): f64 {
  if (x == Infinity) return 0;
  const s = n + 1;
  let sum: f64 = 0; // of terms divided by the first one
  let lost: f64 = 0; // what rounding has taken from it, the larger summand being the sum (Dekker 1971)
  let k: f64 = 0;
  let shifted = x;
  let term: f64 = 1;
  while (shifted < n + 10 && term > 1e-19) {
    const next = sum + term;
    if (k != 0) lost += sum - next + term;
    sum = next;
    shifted = x + ++k;
    term = power(x / shifted, s);
  }
  if (shifted >= n + 10) {
    const inverse = 1 / shifted;
    let weight = s * inverse;
    let tail: f64 = 0;
    for (let j: f64 = 0, at = EULER_MACLAURIN; j < 24; j += 2, at += 8) {
      tail += weight * load<f64>(at);
      weight *= (s + j + 1) * inverse * ((s + j + 2) * inverse);
    }
    lost += term * (shifted / n + (0.5 + tail)); // small summands first
  }
  let value = (sum + lost) / x;
  if (n > 170) return value * exp(lgamma(s) - n * log(x)); // n! alone overflows
  for (let i: f64 = 1; i <= n; i++) value = (value * i) / x;
  return value;
}

/** baseⁿ for 0 ≤ base ≤ 1 and an integer n, by squaring. */
function power(base: f64, n: f64): f64 {
  let result: f64 = 1;
  for (let rest = <u64>n; rest != 0; rest >>= 1, base *= base) {
    if ((rest & 1) != 0) result *= base;
  }
  return result;
}

/** polygamma(n, x) in two lanes, the same bits as polygamma. */
export function polygammaLanes(n: v128, x: v128): v128 {
  const lane0 = polygamma(f64x2.extract_lane(n, 0), f64x2.extract_lane(x, 0));
  return f64x2.replace_lane(f64x2.splat(lane0), 1, polygamma(f64x2.extract_lane(n, 1), f64x2.extract_lane(x, 1)));
}
