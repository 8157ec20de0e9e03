// The logarithm of the gamma function and its derivatives of every order, one number or two lanes at a time.
import { exp } from "./exp";
import { log } from "./log";

// Quotients are stored as pairs (P coefficient, Q coefficient), so that both polynomials run side by side in two lanes; single polynomials as pairs
// (even, odd).

// lgamma(x)/((x − 1)(x − 2)) − 1/2 in u = x − 1/2, 0 ≤ u ≤ 2: error 1.6e-17. The 1/2 carries most of it, so the quotient's rounding hardly shows.
const LGAMMA: usize = memory.data<f64>([
  0.2631532572329334, 1.0, 1.175285167105939, 6.68136583601936, 1.4901984566076718, 17.735640300935504, -0.29606782904871104,
  23.92105458829317, -1.9685304616026078, 17.440650497502457, -1.467059772538902, 6.783151371543087, -0.41692522214488825,
  1.3059845249621702, -0.043791732623675146, 0.10555881353234589, -0.001182599660945115, 0.002412242943149483,
]);

// x·(lgamma(x) − (x − 1/2)·log(x) + x − log(2π)/2) in 1/x², x ≥ 5: relative error 1.5e-16.
const STIRLING: usize = memory.data<f64>([
  0.08333333333333331, -0.002777777777738415, 0.0007936507723555963, -0.0005952336834691961, 0.0008412972859008175, -0.0018916863111437072,
  0.0055589914365087225, -0.013304842279950458,
]);

// digamma(x)/(x − zero) − 7/8 in u = x − 1, 0 ≤ u ≤ 2: error 1.8e-17.
const DIGAMMA: usize = memory.data<f64>([
  0.3753801375034053, 1.0, -0.04577839619884047, 2.154922127161307, -0.4817565387019589, 1.6185534688859982, -0.2730585121247789,
  0.5416870872324133, -0.055236544706660805, 0.08323765943152432, -0.004144436888961039, 0.005278330617434648, -8.359934826120107e-5,
  9.64368974756735e-5,
]);

// x²·(log(x) − 1/(2x) − digamma(x)) in 1/x², x ≥ 3: relative error 3.6e-15 of a term below 1 % of the result.
const DIGAMMA_TAIL: usize = memory.data<f64>([
  0.08333333333333302, 1.0, 0.8280774964676265, 10.036929957604402, 2.0816967675057727, 25.936435160411882, 1.338218295440042,
  18.224313750264024, 0.1092815057369025, 2.3096951610763425,
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
const EULER_MACLAURIN: usize = memory.data<f64>([
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7, 2.08767569878681e-8, -5.284190138687493e-10,
  1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18,
  -1.3954464685812522e-19,
]);

// The positive zero of digamma, in two parts.
const DIGAMMA_ZERO: f64 = 1.4616321449683622;
const DIGAMMA_ZERO_LOW: f64 = 9.549995429965697e-17;

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

/** The polynomial in z whose even and odd coefficients are paired. */
function interleaved(at: usize, degree: usize, z: f64): f64 {
  const sums = pair(at, degree, z * z);
  return f64x2.extract_lane(sums, 0) + z * f64x2.extract_lane(sums, 1);
}

/** x minus the nearest integer, exactly; 0 at −∞. */
function fraction(x: f64): f64 {
  return x == -Infinity ? 0 : x - nearest(x);
}

/** lgamma(x). */
export function lgamma(x: f64): f64 {
  if (x < 0) return lgammaOfNegative(x);
  if (x < 0.5) return x * (x - 1) * (0.5 + quotient(LGAMMA, 8, x + 0.5)) - log(x);
  if (x < 5) {
    // Γ(x) = (x − 1)(x − 2)…Γ(y) with y ≤ 2.5; both logarithms are positive, so their sum does not cancel.
    let product: f64 = 1;
    let y = x;
    while (y > 2.5) product *= --y;
    const rest = (y - 1) * (y - 2) * (0.5 + quotient(LGAMMA, 8, y - 0.5));
    return x <= 2.5 ? rest + 0 : log(product) + rest; // + 0, because log 1 is 0, not −0
  }
  if (x == Infinity) return x;
  // Stirling's series; 0.4189… = (log(2π) − 1)/2, the −1 taken out of x so that one product carries the size.
  const correction = interleaved(STIRLING, 3, 1 / (x * x)) / x;
  return (x - 0.5) * (log(x) - 1) + (0.4189385332046727 + correction);
}

/** By reflection: |Γ(x)Γ(−x)| = π/|x·sin(πx)|. Below 2^-60, Γ(x) is 1/x to the last digit, and x·sin(πx) may underflow. */
function lgammaOfNegative(x: f64): f64 {
  if (x > -8.7e-19) return -log(-x);
  const d = fraction(x);
  if (d == 0) return Infinity;
  const sine = abs(d) * interleaved(SINE_OF_PI, 4, d * d);
  return log(3.141592653589793 / (-x * sine)) - lgamma(-x);
}

/** lgamma(x) in two lanes. */
export function lgammaLanes(x: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(lgamma(f64x2.extract_lane(x, 0))), 1, lgamma(f64x2.extract_lane(x, 1)));
}

/** digamma(x). */
export function digamma(x: f64): f64 {
  if (x < 0) {
    const d = fraction(x);
    if (d == 0) return NaN;
    // Reflection, ψ(1 − x) − π·cot(πx), with the pole of the cotangent split off so that it costs one rounding.
    return digamma(1 - x) + d * quotient(COTANGENT, 4, d * d) - 1 / d;
  }
  // ψ(x) = ψ(x + 1) − 1/x, where x + 1 is never formed: it would round.
  if (x < 1) return digammaFrom(x, x - (DIGAMMA_ZERO - 1)) - 1 / x;
  if (x <= 3) return digammaFrom(x - 1, x - DIGAMMA_ZERO);
  if (x == Infinity) return x;
  const z = 1 / (x * x);
  return log(x) - (0.5 / x + z * quotient(DIGAMMA_TAIL, 4, z));
}

/** ψ(1 + u), 0 ≤ u ≤ 2, given the distance of 1 + u from the zero. */
function digammaFrom(u: f64, distance: f64): f64 {
  return (distance - DIGAMMA_ZERO_LOW) * (0.875 + quotient(DIGAMMA, 6, u));
}

/** digamma(x) in two lanes. */
export function digammaLanes(x: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(digamma(f64x2.extract_lane(x, 0))), 1, digamma(f64x2.extract_lane(x, 1)));
}

/** polygamma(n, x). */
export function polygamma(n: f64, x: f64): f64 {
  if (!(n >= 0 && n < Infinity) || n != trunc(n) || x != x) return NaN;
  if (n == 0) return digamma(x);
  const isOdd = n < 9007199254740992 && (<i64>n & 1) == 1;
  const sign: f64 = isOdd ? 1 : -1;
  if (!(x < 0)) return sign * zetaTimesFactorial(n, x);
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
    let tail = shifted / n + 0.5;
    for (let j: f64 = 0, at = EULER_MACLAURIN; j < 24; j += 2, at += 8) {
      tail += weight * load<f64>(at);
      weight *= (s + j + 1) * inverse * ((s + j + 2) * inverse);
    }
    lost += term * tail;
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

/** polygamma(n, x) in two lanes. */
export function polygammaLanes(n: v128, x: v128): v128 {
  const lane0 = polygamma(f64x2.extract_lane(n, 0), f64x2.extract_lane(x, 0));
  return f64x2.replace_lane(f64x2.splat(lane0), 1, polygamma(f64x2.extract_lane(n, 1), f64x2.extract_lane(x, 1)));
}
