/** The op table: everything known of an elementwise op is one row here. The generator prints from it what the engines need. */
import * as special from "./special/special.js";

/** One elementwise op. */
export interface Op {
  readonly name: string;
  /** One sentence that states the result. */
  readonly doc: string;
  /** The meaning on numbers; its parameters are the operands. The generator prints its body, so it is one expression. */
  readonly value: (a: number, b: number, c: number) => number;
  /** The result as a formula over wasm's f64 instructions and the kernel's mathematics; comparisons give masks for select. */
  readonly code: string;
  /** One formula an operand: ∂v/∂operand over a, b, c, v and ops of this table. "0" means no derivative flows. */
  readonly partials: readonly string[];
  /** Intervals, one an operand, where tests look: inside the domain, away from kinks. */
  readonly probe: readonly (readonly [number, number])[];
  /** Exact conventions at edges: operands, then partials there. */
  readonly pins?: readonly { readonly at: readonly number[]; readonly partials: readonly number[] }[];
  /** The op that the same work yields, and the kernel function of both: NAMELanes(a, at) returns v and stores the other at an address. */
  readonly companion?: { readonly op: string; readonly code: string };
  /**
   * The last operand by the others, where they determine it: what a rule has at hand is not computed again. Their partials are total,
   * and no derivative flows to it.
   */
  readonly given?: string;
  /** The result is one of the operands, or a number: a partial of 0 says that its operand was not chosen, and has no influence. */
  readonly choice?: true;
  /** a∘b = b∘a to the bit. */
  readonly commutative?: true;
  /** The result is a truth value, 1 or 0. */
  readonly truth?: true;
  /** Used by rules and schedulers, not exported to users. */
  readonly internal?: true;
}

type Interval = readonly [number, number];
const any: Interval = [-3, 3];
const positive: Interval = [0.05, 6];
const unit: Interval = [-0.95, 0.95];

/** The rows, in opcode order. */
// prettier-ignore
export const ops = [
  // Arithmetic.
  { name: "add",        doc: "a + b", commutative: true,
                        value: (a, b) => a + b,     code: "add(a, b)", partials: ["1", "1"],              probe: [any, any] },
  { name: "sub",        doc: "a − b",
                        value: (a, b) => a - b,     code: "sub(a, b)", partials: ["1", "-1"],             probe: [any, any] },
  { name: "mul",        doc: "a · b", commutative: true,
                        value: (a, b) => a * b,     code: "mul(a, b)", partials: ["b", "a"],              probe: [any, any] },
  { name: "div",        doc: "a / b",
                        value: (a, b) => a / b,     code: "div(a, b)",
                        partials: ["1 / b", "-(1 / b) * v"], probe: [any, positive] },
  { name: "rem",        doc: "the remainder of a / b with the sign of a, as JavaScript's %",
                        value: (a, b) => a % b,     code: "rem(a, b)", partials: ["1", "-trunc(a / b)"],  probe: [[1.1, 1.35], [0.7, 1]] },
  { name: "neg",        doc: "−a",
                        value: (a) => -a,           code: "neg(a)",    partials: ["-1"],                  probe: [any] },
  { name: "abs",        doc: "|a|",
                        value: (a) => Math.abs(a),  code: "abs(a)",    partials: ["sign(a)"],             probe: [positive],
                        pins: [{ at: [0], partials: [0] }] },
  { name: "sign",       doc: "the sign of a: −1, 1, or a itself where it is ±0 or NaN",
                        value: (a) => Math.sign(a), code: "select(copysign(1, a), a, or(lt(a, 0), gt(a, 0)))",
                        partials: ["0"], probe: [positive] },
  { name: "minimum",    doc: "the smaller of a and b, NaN where either is NaN; a tie shares the derivative",
                        commutative: true, choice: true,
                        value: (a, b) => Math.min(a, b), code: "min(a, b)",
                        partials: ["(lt(a, b) + le(a, b)) / 2", "(lt(b, a) + le(b, a)) / 2"], probe: [[-3, 0], [1, 3]],
                        pins: [{ at: [2, 2], partials: [0.5, 0.5] }] },
  { name: "maximum",    doc: "the larger of a and b, NaN where either is NaN; a tie shares the derivative", commutative: true, choice: true,
                        value: (a, b) => Math.max(a, b), code: "max(a, b)",
                        partials: ["(gt(a, b) + ge(a, b)) / 2", "(gt(b, a) + ge(b, a)) / 2"], probe: [[-3, 0], [1, 3]],
                        pins: [{ at: [2, 2], partials: [0.5, 0.5] }] },
  { name: "clip",       doc: "a limited to the interval [b, c]; at either end the derivative is a's", choice: true,
                        value: (a, b, c) => Math.min(Math.max(a, b), c), code: "min(max(a, b), c)",
                        partials: ["and(ge(a, b), le(a, c))", "and(lt(a, b), le(b, c))", "gt(maximum(a, b), c)"],
                        probe: [any, [-2, -1], [1, 2]],
                        pins: [{ at: [1, 1, 2], partials: [1, 0, 0] }, { at: [2, 1, 2], partials: [1, 0, 0] }] },
  { name: "square",     doc: "a²",
                        value: (a) => a * a,        code: "mul(a, a)", partials: ["2 * a"],               probe: [any] },
  { name: "reciprocal", doc: "1 / a",
                        value: (a) => 1 / a,        code: "div(1, a)", partials: ["-square(v)"],          probe: [positive] },
  { name: "sqrt",       doc: "√a",
                        value: (a) => Math.sqrt(a), code: "sqrt(a)",   partials: ["0.5 / v"],             probe: [positive] },
  { name: "cbrt",       doc: "∛a",
                        value: (a) => Math.cbrt(a), code: "cbrt(a)",   partials: ["1 / (3 * square(v))"], probe: [positive] },
  { name: "hypot",      doc: "√(a² + b²) without overflow on the way", commutative: true,
                        value: (a, b) => Math.hypot(a, b), code: "hypot(a, b)",
                        partials: ["hypotSlope(a, b, v)", "hypotSlope(b, a, v)"], probe: [any, positive],
                        pins: [{ at: [0, 0], partials: [0, 0] }] },
  { name: "hypotSlope", doc: "a / c for c = hypot(a, b), 0 at the centre; accurate where c is subnormal or has overflowed",
                        internal: true, given: "hypot(a, b)",
                        value: (a, b, c) => special.hypotSlope(a, b, c), code: "hypotSlope(a, b, c)",
                        partials: ["where(eq(c, 0), 0, hypotSlope(b, a, c) * (hypotSlope(b, a, c) / c))",
                                   "where(eq(c, 0), 0, -v * (hypotSlope(b, a, c) / c))",
                                   "0"],
                        probe: [any, positive, [1, 3]] },

  // Powers, exponentials and logarithms.
  { name: "pow",           doc: "a to the power b, as Math.pow",
                           value: (a, b) => Math.pow(a, b), code: "pow(a, b)",
                           partials: ["where(or(gt(abs(a), 6e-309), ne(b, 0)), b * pow(a, b - 1), 0)", "powLog(a, b, v)"],
                           probe: [positive, any],
                           pins: [{ at: [0, 0], partials: [0, 0] }, { at: [1, 0], partials: [0, 0] }, { at: [0, 2], partials: [0, 0] }] },
  { name: "powLog",        doc: "c · log(a) for c = pow(a, b), where log(0) counts as 0", internal: true, given: "pow(a, b)",
                           value: (a, b, c) => c * Math.log(a === 0 ? 1 : a), code: "mul(c, log(select(1, a, eq(a, 0))))",
                           partials: ["where(or(gt(abs(a), 6e-309), ne(b, 0)), pow(a, b - 1) + b * powLog(a, b - 1, pow(a, b - 1)), 0)",
                                      "v * log(where(eq(a, 0), 1, a))",
                                      "0"],
                           probe: [positive, any, positive] },
  { name: "exp",           doc: "e to the power a",
                           value: (a) => Math.exp(a),       code: "exp(a)",    partials: ["v"],                      probe: [any] },
  { name: "expm1",         doc: "e^a − 1, accurate near 0",
                           value: (a) => Math.expm1(a),     code: "expm1(a)",  partials: ["exp(a)"],                 probe: [any] },
  { name: "expDifference", doc: "e^(a − b), 1 where both are ∞, 0 where both are −∞", internal: true,
                           value: (a, b) => special.expDifference(a, b), code: "expDifference(a, b)",
                           partials: ["v", "-v"], probe: [any, any] },
  { name: "log",           doc: "the natural logarithm of a",
                           value: (a) => Math.log(a),       code: "log(a)",    partials: ["1 / a"],                  probe: [positive] },
  { name: "log1p",         doc: "log(1 + a), accurate near 0",
                           value: (a) => Math.log1p(a),     code: "log1p(a)",  partials: ["1 / (1 + a)"],            probe: [[-0.9, 5]] },
  { name: "log2",          doc: "the base-2 logarithm of a",
                           value: (a) => Math.log2(a),      code: "log2(a)",   partials: ["1.4426950408889634 / a"], probe: [positive] },
  { name: "log10",         doc: "the base-10 logarithm of a",
                           value: (a) => Math.log10(a),     code: "log10(a)",  partials: ["0.4342944819032518 / a"], probe: [positive] },
  { name: "xlogy",         doc: "a · log(b), but 0 where a is 0 and b any number",
                           value: (a, b) => special.xlogy(a, b), code: "select(0, mul(a, log(b)), and(eq(a, 0), eq(b, b)))",
                           partials: ["log(b)", "where(or(a, b), a / b, 0)"], probe: [any, positive],
                           pins: [{ at: [0, 0], partials: [-Infinity, 0] }, { at: [0, 2], partials: [Math.LN2, 0] }] },
  { name: "xlog1py",       doc: "a · log(1 + b), accurate for small b, but 0 where a is 0 and b any number",
                           value: (a, b) => special.xlog1py(a, b), code: "select(0, mul(a, log1p(b)), and(eq(a, 0), eq(b, b)))",
                           partials: ["log1p(b)", "where(or(a, 1 + b), a / (1 + b), 0)"], probe: [any, [-0.9, 5]],
                           pins: [{ at: [0, -1], partials: [-Infinity, 0] }] },
  { name: "exprel",        doc: "(e^a − 1) / a, 1 at 0",
                           value: (a) => special.exprel(a), code: "exprel(a)", partials: ["exprelSlope(1, a)"],      probe: [any],
                           pins: [{ at: [0], partials: [0.5] }] },
  { name: "exprelSlope",   doc: "the a-th derivative of exprel at b, a = 0, 1, 2 …", internal: true,
                           value: (a, b) => special.exprelSlope(a, b), code: "exprelSlope(a, b)",
                           partials: ["0", "exprelSlope(a + 1, b)"], probe: [[2, 2], any] },
  { name: "log1mExp",      doc: "log(1 − e^a) for a ≤ 0, accurate at both ends",
                           value: (a) => special.log1mExp(a),
                           code: "select(log(neg(expm1(a))), log1p(neg(exp(a))), gt(a, -0.6931471805599453))",
                           partials: ["-exp(a) / abs(expm1(a))"], probe: [[-4, -0.05]], pins: [{ at: [0], partials: [-Infinity] }] },

  // Trigonometric functions, angles in radians.
  { name: "sin",        doc: "the sine of a", companion: { op: "cos", code: "sinCos" },
                        value: (a) => Math.sin(a),     code: "sin(a)",  partials: ["cos(a)"],          probe: [any] },
  { name: "cos",        doc: "the cosine of a",
                        value: (a) => Math.cos(a),     code: "cos(a)",  partials: ["-sin(a)"],         probe: [any] },
  { name: "tan",        doc: "the tangent of a",
                        value: (a) => Math.tan(a),     code: "tan(a)",  partials: ["1 + square(v)"],   probe: [[-1.4, 1.4]] },
  { name: "asin",       doc: "the arc sine of a",
                        value: (a) => Math.asin(a),    code: "asin(a)", partials: ["asinSlope(a)"],    probe: [unit] },
  { name: "acos",       doc: "the arc cosine of a",
                        value: (a) => Math.acos(a),    code: "acos(a)", partials: ["-asinSlope(a)"],   probe: [unit] },
  { name: "asinSlope",  doc: "1 / √(1 − a²)", internal: true,
                        value: (a) => 1 / Math.sqrt((1 - a) * (1 + a)), code: "div(1, sqrt(mul(sub(1, a), add(1, a))))",
                        partials: ["a * v * square(v)"], probe: [unit] },
  { name: "atan",       doc: "the arc tangent of a",
                        value: (a) => Math.atan(a),    code: "atan(a)", partials: ["atanSlope(a)"],    probe: [any] },
  { name: "atanSlope",  doc: "1 / (1 + a²)", internal: true,
                        value: (a) => (Math.abs(a) < 1e9 ? 1 / (1 + a * a) : 1 / a / a),
                        code: "select(div(1, add(1, mul(a, a))), div(div(1, a), a), lt(abs(a), 1000000000))",
                        partials: ["-2 * (a * v) * v"], probe: [any] },
  { name: "atan2",      doc: "the angle of the point (b, a), as Math.atan2(a, b)",
                        value: (a, b) => Math.atan2(a, b), code: "atan2(a, b)",
                        partials: ["atan2Slope(a, b, hypot(a, b))", "-atan2Slope(b, a, hypot(a, b))"], probe: [any, positive] },
  { name: "atan2Slope", doc: "b / c² for c = hypot(a, b)", internal: true, given: "hypot(a, b)",
                        value: (a, b, c) => special.hypotSlope(b, a, c) / c, code: "div(hypotSlope(b, a, c), c)",
                        partials: ["-2 * v * (hypotSlope(a, b, c) / c)", "4 * ((a / 2 - b / 2) / c) * ((a / 2 + b / 2) / c) / c / c", "0"],
                        probe: [any, positive, [1, 3]] },
  { name: "sinc",       doc: "sin(πa) / (πa), 1 at 0",
                        value: (a) => special.sinc(a), code: "sinc(a)", partials: ["sincSlope(1, a)"], probe: [any],
                        pins: [{ at: [0], partials: [0] }] },
  { name: "sincSlope",  doc: "the a-th derivative of sinc at b, a = 0, 1, 2 …", internal: true,
                        value: (a, b) => special.sincSlope(a, b), code: "sincSlope(a, b)",
                        partials: ["0", "sincSlope(a + 1, b)"], probe: [[2, 2], any] },

  // Hyperbolic functions.
  { name: "sinh",       doc: "the hyperbolic sine of a",
                        value: (a) => Math.sinh(a),         code: "sinh(a)",      partials: ["cosh(a)"],          probe: [any] },
  { name: "cosh",       doc: "the hyperbolic cosine of a",
                        value: (a) => Math.cosh(a),         code: "cosh(a)",      partials: ["sinh(a)"],          probe: [any] },
  { name: "tanh",       doc: "the hyperbolic tangent of a", companion: { op: "tanhSlope", code: "tanhWithSlope" },
                        value: (a) => Math.tanh(a),         code: "tanh(a)",      partials: ["tanhSlope(a)"],     probe: [any] },
  { name: "tanhSlope",  doc: "1 − tanh²(a), accurate for large |a|", internal: true,
                        value: (a) => special.tanhSlope(a), code: "tanhSlope(a)", partials: ["-2 * tanh(a) * v"], probe: [any] },
  { name: "asinh",      doc: "the inverse hyperbolic sine of a",
                        value: (a) => Math.asinh(a),        code: "asinh(a)",     partials: ["1 / hypot(1, a)"],  probe: [any] },
  { name: "acosh",      doc: "the inverse hyperbolic cosine of a",
                        value: (a) => Math.acosh(a),        code: "acosh(a)",
                        partials: ["1 / (sqrt(a - 1) * sqrt(a + 1))"], probe: [[1.05, 5]] },
  { name: "atanh",      doc: "the inverse hyperbolic tangent of a",
                        value: (a) => Math.atanh(a),        code: "atanh(a)",     partials: ["atanhSlope(a)"],    probe: [unit] },
  { name: "atanhSlope", doc: "1 / (1 − a²)", internal: true,
                        value: (a) => 1 / ((1 - a) * (1 + a)), code: "div(1, mul(sub(1, a), add(1, a)))",
                        partials: ["2 * a * square(v)"], probe: [unit] },

  // Smooth steps and ramps.
  { name: "sigmoid",        doc: "the logistic function 1 / (1 + e^(−a))", companion: { op: "sigmoidSlope", code: "sigmoidWithSlope" },
                            value: (a) => special.sigmoid(a),  code: "sigmoid(a)",  partials: ["sigmoidSlope(a)"], probe: [any] },
  { name: "sigmoidSlope",   doc: "sigmoid(a) · (1 − sigmoid(a)), accurate at both ends", internal: true,
                            value: (a) => special.sigmoidSlope(a), code: "sigmoidSlope(a)",
                            partials: ["-tanh(a / 2) * v"], probe: [any] },
  { name: "softplus",       doc: "log(1 + e^a) without overflow",
                            value: (a) => special.softplus(a), code: "softplus(a)", partials: ["sigmoid(a)"],      probe: [any] },
  { name: "logSigmoid",     doc: "the logarithm of sigmoid(a), −log(1 + e^(−a)) without overflow",
                            value: (a) => -special.softplus(-a), code: "neg(softplus(neg(a)))",
                            partials: ["sigmoid(-a)"], probe: [any] },
  { name: "logAddExp",      doc: "log(e^a + e^b) without overflow", commutative: true,
                            value: (a, b) => special.logAddExp(a, b), code: "logAddExp(a, b)",
                            partials: ["logAddExpSlope(a, b)", "logAddExpSlope(b, a)"], probe: [any, any],
                            pins: [{ at: [-Infinity, -Infinity], partials: [0.5, 0.5] }, { at: [Infinity, 1], partials: [1, 0] }] },
  { name: "logAddExpSlope", doc: "sigmoid(a − b), accurate where a − b rounds, 1/2 where a = b at infinity too", internal: true,
                            value: (a, b) => special.logAddExpSlope(a, b), code: "logAddExpSlope(a, b)",
                            partials: ["v * logAddExpSlope(b, a)", "-v * logAddExpSlope(b, a)"], probe: [any, any] },
  { name: "relu",           doc: "max(a, 0), NaN where a is NaN; its derivative at 0 is 0", choice: true,
                            value: (a) => Math.max(a, 0),      code: "max(a, 0)",   partials: ["gt(a, 0)"],        probe: [positive],
                            pins: [{ at: [0], partials: [0] }] },

  // Error functions.
  { name: "erf",          doc: "the error function of a",
                          value: (a) => special.erf(a),      code: "erf(a)",      partials: ["erfSlope(a)"],          probe: [any] },
  { name: "erfc",         doc: "1 − erf(a), accurate for large a",
                          value: (a) => special.erfc(a),     code: "erfc(a)",     partials: ["-erfSlope(a)"],         probe: [any] },
  { name: "erfSlope",     doc: "the derivative of erf, 2/√π · e^(−a²), accurate for large |a|", internal: true,
                          value: (a) => special.erfSlope(a), code: "erfSlope(a)", partials: ["-2 * a * v"],           probe: [any] },
  { name: "erfcx",        doc: "e^(a²) · erfc(a), without underflow for large a",
                          value: (a) => special.erfcx(a),    code: "erfcx(a)",    partials: ["v * erfcxRatio(1, a)"], probe: [any] },
  { name: "erfcxRatio",   doc: "the a-th derivative of erfcx over the one before it at b, a = 1, 2 …", internal: true,
                          value: (a, b) => special.erfcxRatio(a, b), code: "erfcxRatio(a, b)",
                          partials: ["0", "v * (erfcxRatio(a + 1, b) - v)"], probe: [[2, 2], any] },
  { name: "logErfc",      doc: "the logarithm of erfc(a), without underflow",
                          value: (a) => special.logErfc(a),
                          code: "select(log1p(sub(0, erf(a))), sub(log(erfcx(a)), mul(a, a)), lt(a, 0.5))",
                          partials: ["logErfcSlope(a)"], probe: [any] },
  { name: "logErfcSlope", doc: "the derivative of logErfc, accurate at both ends", internal: true,
                          value: (a) => special.logErfcSlope(a),
                          code: "select(div(neg(erfSlope(a)), erfc(a)), div(-1.1283791670955126, erfcx(a)), lt(a, 0))",
                          partials: ["-v * erfcxRatio(1, a)"], probe: [any] },

  // The standard normal distribution.
  { name: "normPdf",           doc: "the density of the standard normal distribution at a", internal: true,
                               value: (a) => special.normPdf(a), code: "normPdf(a)", partials: ["-a * v"],     probe: [any] },
  { name: "normCdf",           doc: "the standard normal distribution function at a, accurate for large |a|",
                               value: (a) => special.normCdf(a), code: "normCdf(a)", partials: ["normPdf(a)"], probe: [any] },
  { name: "logNormCdf",        doc: "the logarithm of normCdf(a), without underflow",
                               value: (a) => special.logNormCdf(a),
                               code: "select(log1p(neg(normCdf(neg(a)))), " +
                                     "sub(log(mul(0.5, erfcx(mul(-0.7071067811865476, a)))), mul(0.5, mul(a, a))), gt(a, 0))",
                               partials: ["logNormCdfSlope(a)"], probe: [any] },
  { name: "logNormCdfSlope",   doc: "the derivative of logNormCdf, accurate at both ends", internal: true,
                               value: (a) => special.logNormCdfSlope(a),
                               code: "select(div(normPdf(a), normCdf(a)), " +
                                     "div(0.7978845608028654, erfcx(mul(-0.7071067811865476, a))), gt(a, 0))",
                               partials: ["0.7071067811865476 * v * erfcxRatio(1, -0.7071067811865476 * a)"], probe: [any] },
  { name: "normQuantile",      doc: "the inverse of normCdf at a from 0 to 1, accurate at both ends",
                               value: (a) => special.normQuantile(a), code: "normQuantile(a)",
                               partials: ["normQuantileSlope(a)"], probe: [[0.05, 0.95]],
                               pins: [{ at: [0], partials: [Infinity] }, { at: [1], partials: [Infinity] }] },
  { name: "normQuantileSlope", doc: "the derivative of normQuantile, accurate at both ends", internal: true,
                               value: (a) => special.normQuantileSlope(a),
                               code: "div(mul(1.2533141373155003, erfcx(min(30, mul(0.7071067811865476, abs(normQuantile(a)))))), " +
                                     "min(a, sub(1, a)))",
                               partials: ["normQuantile(a) * square(v)"], probe: [[0.05, 0.95]] },

  // Gamma functions.
  { name: "lgamma",     doc: "log |Γ(a)|",
                        value: (a) => special.lgamma(a),  code: "lgamma(a)",  partials: ["digamma(a)"],      probe: [positive] },
  { name: "digamma",    doc: "ψ(a), the derivative of lgamma",
                        value: (a) => special.digamma(a), code: "digamma(a)", partials: ["polygamma(1, a)"], probe: [positive] },
  { name: "polygamma",  doc: "the a-th derivative of digamma at b, a = 0, 1, 2 …; no derivative flows to a",
                        value: (a, b) => special.polygamma(a, b), code: "polygamma(a, b)",
                        partials: ["0", "polygamma(a + 1, b)"], probe: [[2, 2], positive] },
  { name: "lbeta",      doc: "log B(a, b), the logarithm of the beta function, for a, b ≥ 0", commutative: true,
                        value: (a, b) => special.lbeta(a, b), code: "lbeta(a, b)",
                        partials: ["lbetaSlope(a, b, 0)", "lbetaSlope(b, a, 0)"], probe: [positive, positive] },
  { name: "lbetaSlope", doc: "the c-th derivative of digamma at a less that at a + b, accurate for small b", internal: true,
                        value: (a, b, c) => special.lbetaSlope(a, b, c), code: "lbetaSlope(a, b, c)",
                        partials: ["lbetaSlope(a, b, c + 1)", "-polygamma(c + 1, a + b)", "0"], probe: [positive, positive, [1, 1]] },

  // Steps: no derivative flows through them.
  { name: "floor", doc: "the greatest integer not above a",
                   value: (a) => Math.floor(a),        code: "floor(a)",   partials: ["0"], probe: [[0.1, 0.9]] },
  { name: "ceil",  doc: "the least integer not below a",
                   value: (a) => Math.ceil(a),         code: "ceil(a)",    partials: ["0"], probe: [[0.1, 0.9]] },
  { name: "round", doc: "the integer nearest to a, halves to even",
                   value: (a) => special.roundEven(a), code: "nearest(a)", partials: ["0"], probe: [[0.6, 1.4]] },
  { name: "trunc", doc: "a without its fraction",
                   value: (a) => Math.trunc(a),        code: "trunc(a)",   partials: ["0"], probe: [[0.1, 0.9]] },

  // Comparison and choice. Any number but ±0 counts as true.
  { name: "lt",    doc: "1 where a < b, else 0", truth: true,
                   value: (a, b) => +(a < b),   code: "select(1, 0, lt(a, b))", partials: ["0", "0"], probe: [[-3, 0], [1, 3]] },
  { name: "le",    doc: "1 where a ≤ b, else 0", truth: true,
                   value: (a, b) => +(a <= b),  code: "select(1, 0, le(a, b))", partials: ["0", "0"], probe: [[-3, 0], [1, 3]] },
  { name: "gt",    doc: "1 where a > b, else 0", truth: true,
                   value: (a, b) => +(a > b),   code: "select(1, 0, gt(a, b))", partials: ["0", "0"], probe: [[-3, 0], [1, 3]] },
  { name: "ge",    doc: "1 where a ≥ b, else 0", truth: true,
                   value: (a, b) => +(a >= b),  code: "select(1, 0, ge(a, b))", partials: ["0", "0"], probe: [[-3, 0], [1, 3]] },
  { name: "eq",    doc: "1 where a = b, else 0", commutative: true, truth: true,
                   value: (a, b) => +(a === b), code: "select(1, 0, eq(a, b))", partials: ["0", "0"], probe: [[-3, 0], [1, 3]] },
  { name: "ne",    doc: "1 where a ≠ b, else 0", commutative: true, truth: true,
                   value: (a, b) => +(a !== b), code: "select(1, 0, ne(a, b))", partials: ["0", "0"], probe: [[-3, 0], [1, 3]] },
  { name: "and",   doc: "1 where both a and b are true, else 0", commutative: true, truth: true,
                   value: (a, b) => +(a !== 0 && b !== 0), code: "select(1, 0, and(ne(a, 0), ne(b, 0)))",
                   partials: ["0", "0"], probe: [any, any] },
  { name: "or",    doc: "1 where a or b is true, else 0", commutative: true, truth: true,
                   value: (a, b) => +(a !== 0 || b !== 0), code: "select(1, 0, or(ne(a, 0), ne(b, 0)))",
                   partials: ["0", "0"], probe: [any, any] },
  { name: "not",   doc: "1 where a is 0, else 0", truth: true,
                   value: (a) => +(a === 0),    code: "select(1, 0, eq(a, 0))", partials: ["0"],      probe: [any] },
  { name: "where", doc: "b where a is true, else c; the branch not taken has no influence, not even a NaN", choice: true,
                   value: (a, b, c) => (a !== 0 ? b : c), code: "select(b, c, ne(a, 0))",
                   partials: ["0", "ne(a, 0)", "eq(a, 0)"], probe: [positive, any, any], pins: [{ at: [0, 2, 3], partials: [0, 0, 1] }] },

  // Rows that rules and schedulers make.
  { name: "stopGradient", doc: "a, as a constant to every derivative",
                          value: (a) => a,               code: "a",                 partials: ["0"],             probe: [[0, 0]] },
  { name: "surrogate",    doc: "a, with the derivative of b", internal: true,
                          value: (a) => a,               code: "a",                 partials: ["0", "1"],        probe: [any, any] },
  { name: "weighted",     internal: true,
                          doc: "a · b with the derivative of a alone: b is a slope that a function states, and its derivatives are b's",
                          value: (a, b) => a * b,        code: "mul(a, b)",         partials: ["b", "0"],        probe: [any, any] },
  { name: "mulAdd",       doc: "a · b + c, rounded twice", internal: true,
                          value: (a, b, c) => a * b + c, code: "add(mul(a, b), c)", partials: ["b", "a", "1"],   probe: [any, any, any] },
  { name: "mulSub",       doc: "a · b − c, rounded twice", internal: true,
                          value: (a, b, c) => a * b - c, code: "sub(mul(a, b), c)", partials: ["b", "a", "-1"],  probe: [any, any, any] },
  { name: "subMul",       doc: "c − a · b, rounded twice", internal: true,
                          value: (a, b, c) => c - a * b, code: "sub(c, mul(a, b))", partials: ["-b", "-a", "1"], probe: [any, any, any] },
] as const satisfies readonly Op[];
