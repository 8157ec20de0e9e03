// The inverse of the normal distribution function.
import { erf, erfcx, normPdf } from "./erf";
import { log } from "./log";

// The normal quantile of 1/2 + d over d, in d², |d| ≤ 0.425, as pairs (P coefficient, Q coefficient): relative error 3.4e-7, before one step of Halley.
const MIDDLE: usize = memory.data<f64>([
  2.506628287540864, 1.0, -15.388751415942286, -7.186418386578505, 24.883796721690835, 15.149668505835123, -7.133878001063261,
  -8.405409175289899,
]);

// √2·r less the normal quantile of 1 − exp(−r²) in t = (r − 4)/(r + 4), 1.6 ≤ r ≤ 27.3: error 1.4e-8, before one step of Newton.
const TAIL: usize = memory.data<f64>([
  0.47951303221741015, -0.6305737023885882, 0.32721518900157376, -0.25576726644389775, 0.17936938058369348, -0.14810771537925946,
  0.11422795484480017, -0.09536520951111996, 0.07944209093901612, -0.09129628758704328, 0.08987709319585602, -0.04657328243230423,
  0.0026236674854254426,
]);
const ROOT_HALF: f64 = 0.7071067811865476;

/**
 * The x at which normCdf(x) = p; ∓∞ at 0 and 1, NaN outside. At most 3.3 ulp.
 *
 * Source: fits of our own in the variables of M. Wichura, Algorithm AS 241: the percentage points of the normal distribution, Applied Statistics 37 (1988), and one
 * step of Halley on erf in the middle, of Newton on log normCdf in the tails.
 */
export function normQuantile(p: f64): f64 {
  const d = p - 0.5;
  if (abs(d) <= 0.425) {
    const z = d * d;
    let sums = v128.load(MIDDLE + 48);
    for (let at = MIDDLE + 32; at >= MIDDLE; at -= 16) sums = f64x2.add(f64x2.mul(sums, f64x2.splat(z)), v128.load(at));
    const x = (d * f64x2.extract_lane(sums, 0)) / f64x2.extract_lane(sums, 1);
    const step = (0.5 * erf(ROOT_HALF * x) - d) / normPdf(x);
    return x - step / (1 + 0.5 * x * step);
  }
  if (!(p > 0 && p < 1)) return p == 0 ? -Infinity : p == 1 ? Infinity : NaN;
  const size = tailQuantile(min(p, 1 - p));
  return p < 0.5 ? -size : size;
}

/** The x at which normCdf(−x) = q, q < 0.075. */
function tailQuantile(q: f64): f64 {
  const logarithm = log(q);
  const r = sqrt(-logarithm);
  const t = (r - 4) / (r + 4);
  let bend: f64 = 0;
  for (let at = TAIL + 96; at >= TAIL; at -= 8) bend = bend * t + load<f64>(at);
  const x = 1.4142135623730951 * r - bend;
  const scaled = erfcx(ROOT_HALF * x);
  return x + (log(0.5 * scaled) - 0.5 * (x * x) - logarithm) * (1.2533141373155003 * scaled);
}

/** The normal quantile in two lanes, the same bits as normQuantile. */
export function normQuantileLanes(p: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(normQuantile(f64x2.extract_lane(p, 0))), 1, normQuantile(f64x2.extract_lane(p, 1)));
}
