// The logarithm of the beta function and its slope, on the series of the gamma functions.
import { log, log1p } from "./log";
import { EULER_MACLAURIN } from "../generated/gamma";
import { lgamma, polygamma, stirling } from "./gamma";

/**
 * log B(a, b) = log(Γ(a)Γ(b)/Γ(a + b)) for a, b ≥ 0, ∞ where one is 0; NaN below. At most 6 ulp, and 6e-16 where it is smaller than 1/2.
 *
 * Source: A. DiDonato and A. Morris, Algorithm 708: significant digit computation of the incomplete beta function ratios, ACM TOMS 18 (1992): no difference of large
 * logarithms is ever taken.
 */
export function lbeta(p: f64, q: f64): f64 {
  if (!(p >= 0 && q >= 0)) return NaN;
  let a = min(p, q);
  let b = max(p, q);
  if (a == 0) return Infinity;
  if (b == Infinity) return -Infinity;
  if (a >= 8) {
    const h = a / b;
    const rest = 0.9189385332046728 - 0.5 * log(b) + (stirling(a) + stirling(b) - stirling(a + b));
    return rest - b * log1p(h) + (a - 0.5) * log(h / (1 + h));
  }
  // B(a, b) = B(a − 1, b)·(a − 1)/(a + b − 1), until both are at most 2.5
  let product: f64 = 1;
  if (b < 1000) while (a > 2.5) product *= --a / (a + b);
  if (b < 8) while (b > 2.5) product *= --b / (a + b);
  const quotient = b < 8 ? lgamma(b) - lgamma(a + b) : gammaQuotient(b, a);
  return lgamma(a) + quotient + log(product);
}

/** log(Γ(b)/Γ(a + b)), a < 8 ≤ b, by Stirling's series: all large terms are of one sign. */
function gammaQuotient(b: f64, a: f64): f64 {
  return stirling(b) - stirling(a + b) - (b + (a - 0.5)) * log1p(a / b) - a * (log(b) - 1);
}

/** log B(a, b) in two lanes, the same bits as lbeta. */
export function lbetaLanes(a: v128, b: v128): v128 {
  const lane0 = lbeta(f64x2.extract_lane(a, 0), f64x2.extract_lane(b, 0));
  return f64x2.replace_lane(f64x2.splat(lane0), 1, lbeta(f64x2.extract_lane(a, 1), f64x2.extract_lane(b, 1)));
}

/**
 * ψ⁽ⁿ⁾(a) − ψ⁽ⁿ⁾(a + b) for a, b ≥ 0, to full relative accuracy for small b too; NaN unless n is an integer from 0 to 100. At most 6 ulp for n = 0.
 *
 * Source: term by term the difference of the sums that polygamma is, by the Euler–Maclaurin formula.
 */
export function lbetaSlope(a: f64, b: f64, n: f64): f64 {
  if (!(n >= 0 && n <= 100) || n != trunc(n) || !(a >= 0 && b >= 0)) return NaN;
  if (a == Infinity) return -b / a;
  if (a == 0 || b == Infinity) return polygamma(n, a) - polygamma(n, a + b);
  let sum: f64 = 0;
  let x = a;
  for (let k: f64 = 0; x < n + 10; x = a + ++k) sum += powerDifference(x, b, n + 1);
  let weight = n + 1;
  let tail = 0.5 * powerDifference(x, b, n + 1);
  for (let j: f64 = 0, at = EULER_MACLAURIN; j < 24; j += 2, at += 8) {
    tail += weight * load<f64>(at) * powerDifference(x, b, n + 2 + j);
    weight *= (n + 2 + j) * (n + 3 + j);
  }
  sum += tail + (n == 0 ? log1p(b / x) : powerDifference(x, b, n) / n);
  for (let k: f64 = 2; k <= n; k++) sum *= k;
  return ((<i32>n) & 1) == 0 ? -sum : sum;
}

/** x⁻ᵐ − (x + b)⁻ᵐ, m ≥ 1, as a product, which does not cancel. */
function powerDifference(x: f64, b: f64, m: f64): f64 {
  const u = 1 / x;
  const w = 1 / (x + b);
  let sum: f64 = 1;
  let power: f64 = 1;
  for (let k: f64 = 1; k < m; k++) {
    power *= w;
    sum = sum * u + power;
  }
  return ((b / (x + b)) * sum) / x;
}

/** That difference in two lanes, the same bits as lbetaSlope. */
export function lbetaSlopeLanes(a: v128, b: v128, n: v128): v128 {
  const lane0 = lbetaSlope(f64x2.extract_lane(a, 0), f64x2.extract_lane(b, 0), f64x2.extract_lane(n, 0));
  const lane1 = lbetaSlope(f64x2.extract_lane(a, 1), f64x2.extract_lane(b, 1), f64x2.extract_lane(n, 1));
  return f64x2.replace_lane(f64x2.splat(lane0), 1, lane1);
}
