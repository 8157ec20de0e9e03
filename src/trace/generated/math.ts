// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** The elementwise functions: on numbers a number, on Float64Arrays a Float64Array, on traced Values a Value. */
import { opcode as o } from "../../ops/generated/table.js";
import { surplus } from "../../data/operands.js";
import { apply, type Binary, type Operand, type Ternary, type Unary } from "../value.js";

/** add(a, b): a + b. */
export const add: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("add", [a, b], more);
  return apply(o.add, a, b) as never;
};

/** sub(a, b): a − b. */
export const sub: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("sub", [a, b], more);
  return apply(o.sub, a, b) as never;
};

/** mul(a, b): a · b. */
export const mul: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("mul", [a, b], more);
  return apply(o.mul, a, b) as never;
};

/** div(a, b): a / b. */
export const div: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("div", [a, b], more);
  return apply(o.div, a, b) as never;
};

/** rem(a, b): the remainder of a / b with the sign of a, as JavaScript's %. */
export const rem: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("rem", [a, b], more);
  return apply(o.rem, a, b) as never;
};

/** neg(a): −a. */
export const neg: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("neg", [a], more);
  return apply(o.neg, a) as never;
};

/** abs(a): |a|. */
export const abs: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("abs", [a], more);
  return apply(o.abs, a) as never;
};

/** sign(a): the sign of a: −1, 1, or a itself where it is ±0 or NaN. */
export const sign: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("sign", [a], more);
  return apply(o.sign, a) as never;
};

/** minimum(a, b): the smaller of a and b, NaN where either is NaN; a tie shares the derivative. */
export const minimum: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("minimum", [a, b], more);
  return apply(o.minimum, a, b) as never;
};

/** maximum(a, b): the larger of a and b, NaN where either is NaN; a tie shares the derivative. */
export const maximum: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("maximum", [a, b], more);
  return apply(o.maximum, a, b) as never;
};

/** clip(a, b, c): a limited to the interval [b, c]; at either end the derivative is a's. */
export const clip: Ternary = (a: Operand, b: Operand, c: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("clip", [a, b, c], more);
  return apply(o.clip, a, b, c) as never;
};

/** square(a): a². */
export const square: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("square", [a], more);
  return apply(o.square, a) as never;
};

/** reciprocal(a): 1 / a. */
export const reciprocal: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("reciprocal", [a], more);
  return apply(o.reciprocal, a) as never;
};

/** sqrt(a): √a. */
export const sqrt: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("sqrt", [a], more);
  return apply(o.sqrt, a) as never;
};

/** cbrt(a): ∛a. */
export const cbrt: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("cbrt", [a], more);
  return apply(o.cbrt, a) as never;
};

/** hypot(a, b): √(a² + b²) without overflow on the way. */
export const hypot: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("hypot", [a, b], more);
  return apply(o.hypot, a, b) as never;
};

/** pow(a, b): a to the power b, as Math.pow. */
export const pow: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("pow", [a, b], more);
  return apply(o.pow, a, b) as never;
};

/** exp(a): e to the power a. */
export const exp: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("exp", [a], more);
  return apply(o.exp, a) as never;
};

/** expm1(a): e^a − 1, accurate near 0. */
export const expm1: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("expm1", [a], more);
  return apply(o.expm1, a) as never;
};

/** log(a): the natural logarithm of a. */
export const log: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("log", [a], more);
  return apply(o.log, a) as never;
};

/** log1p(a): log(1 + a), accurate near 0. */
export const log1p: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("log1p", [a], more);
  return apply(o.log1p, a) as never;
};

/** log2(a): the base-2 logarithm of a. */
export const log2: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("log2", [a], more);
  return apply(o.log2, a) as never;
};

/** log10(a): the base-10 logarithm of a. */
export const log10: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("log10", [a], more);
  return apply(o.log10, a) as never;
};

/** xlogy(a, b): a · log(b), but 0 where a is 0 and b any number. */
export const xlogy: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("xlogy", [a, b], more);
  return apply(o.xlogy, a, b) as never;
};

/** xlog1py(a, b): a · log(1 + b), accurate for small b, but 0 where a is 0 and b any number. */
export const xlog1py: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("xlog1py", [a, b], more);
  return apply(o.xlog1py, a, b) as never;
};

/** exprel(a): (e^a − 1) / a, 1 at 0. */
export const exprel: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("exprel", [a], more);
  return apply(o.exprel, a) as never;
};

/** log1mExp(a): log(1 − e^a) for a ≤ 0, accurate at both ends. */
export const log1mExp: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("log1mExp", [a], more);
  return apply(o.log1mExp, a) as never;
};

/** sin(a): the sine of a. */
export const sin: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("sin", [a], more);
  return apply(o.sin, a) as never;
};

/** cos(a): the cosine of a. */
export const cos: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("cos", [a], more);
  return apply(o.cos, a) as never;
};

/** tan(a): the tangent of a. */
export const tan: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("tan", [a], more);
  return apply(o.tan, a) as never;
};

/** asin(a): the arc sine of a. */
export const asin: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("asin", [a], more);
  return apply(o.asin, a) as never;
};

/** acos(a): the arc cosine of a. */
export const acos: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("acos", [a], more);
  return apply(o.acos, a) as never;
};

/** atan(a): the arc tangent of a. */
export const atan: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("atan", [a], more);
  return apply(o.atan, a) as never;
};

/** atan2(a, b): the angle of the point (b, a), as Math.atan2(a, b). */
export const atan2: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("atan2", [a, b], more);
  return apply(o.atan2, a, b) as never;
};

/** sinc(a): sin(πa) / (πa), 1 at 0. */
export const sinc: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("sinc", [a], more);
  return apply(o.sinc, a) as never;
};

/** sinh(a): the hyperbolic sine of a. */
export const sinh: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("sinh", [a], more);
  return apply(o.sinh, a) as never;
};

/** cosh(a): the hyperbolic cosine of a. */
export const cosh: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("cosh", [a], more);
  return apply(o.cosh, a) as never;
};

/** tanh(a): the hyperbolic tangent of a. */
export const tanh: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("tanh", [a], more);
  return apply(o.tanh, a) as never;
};

/** asinh(a): the inverse hyperbolic sine of a. */
export const asinh: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("asinh", [a], more);
  return apply(o.asinh, a) as never;
};

/** acosh(a): the inverse hyperbolic cosine of a. */
export const acosh: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("acosh", [a], more);
  return apply(o.acosh, a) as never;
};

/** atanh(a): the inverse hyperbolic tangent of a. */
export const atanh: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("atanh", [a], more);
  return apply(o.atanh, a) as never;
};

/** sigmoid(a): the logistic function 1 / (1 + e^(−a)). */
export const sigmoid: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("sigmoid", [a], more);
  return apply(o.sigmoid, a) as never;
};

/** softplus(a): log(1 + e^a) without overflow. */
export const softplus: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("softplus", [a], more);
  return apply(o.softplus, a) as never;
};

/** logSigmoid(a): the logarithm of sigmoid(a), −log(1 + e^(−a)) without overflow. */
export const logSigmoid: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("logSigmoid", [a], more);
  return apply(o.logSigmoid, a) as never;
};

/** logAddExp(a, b): log(e^a + e^b) without overflow. */
export const logAddExp: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("logAddExp", [a, b], more);
  return apply(o.logAddExp, a, b) as never;
};

/** relu(a): max(a, 0), NaN where a is NaN; its derivative at 0 is 0. */
export const relu: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("relu", [a], more);
  return apply(o.relu, a) as never;
};

/** erf(a): the error function of a. */
export const erf: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("erf", [a], more);
  return apply(o.erf, a) as never;
};

/** erfc(a): 1 − erf(a), accurate for large a. */
export const erfc: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("erfc", [a], more);
  return apply(o.erfc, a) as never;
};

/** erfcx(a): e^(a²) · erfc(a), without underflow for large a. */
export const erfcx: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("erfcx", [a], more);
  return apply(o.erfcx, a) as never;
};

/** logErfc(a): the logarithm of erfc(a), without underflow. */
export const logErfc: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("logErfc", [a], more);
  return apply(o.logErfc, a) as never;
};

/** normCdf(a): the standard normal distribution function at a, accurate for large |a|. */
export const normCdf: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("normCdf", [a], more);
  return apply(o.normCdf, a) as never;
};

/** logNormCdf(a): the logarithm of normCdf(a), without underflow. */
export const logNormCdf: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("logNormCdf", [a], more);
  return apply(o.logNormCdf, a) as never;
};

/** normQuantile(a): the inverse of normCdf at a from 0 to 1, accurate at both ends. */
export const normQuantile: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("normQuantile", [a], more);
  return apply(o.normQuantile, a) as never;
};

/** lgamma(a): log |Γ(a)|. */
export const lgamma: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("lgamma", [a], more);
  return apply(o.lgamma, a) as never;
};

/** digamma(a): ψ(a), the derivative of lgamma. */
export const digamma: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("digamma", [a], more);
  return apply(o.digamma, a) as never;
};

/** polygamma(a, b): the a-th derivative of digamma at b, a = 0, 1, 2 …; no derivative flows to a. */
export const polygamma: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("polygamma", [a, b], more);
  return apply(o.polygamma, a, b) as never;
};

/** lbeta(a, b): log B(a, b), the logarithm of the beta function, for a, b ≥ 0. */
export const lbeta: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("lbeta", [a, b], more);
  return apply(o.lbeta, a, b) as never;
};

/** floor(a): the greatest integer not above a. */
export const floor: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("floor", [a], more);
  return apply(o.floor, a) as never;
};

/** ceil(a): the least integer not below a. */
export const ceil: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("ceil", [a], more);
  return apply(o.ceil, a) as never;
};

/** round(a): the integer nearest to a, halves to even. */
export const round: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("round", [a], more);
  return apply(o.round, a) as never;
};

/** trunc(a): a without its fraction. */
export const trunc: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("trunc", [a], more);
  return apply(o.trunc, a) as never;
};

/** lt(a, b): 1 where a < b, else 0. */
export const lt: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("lt", [a, b], more);
  return apply(o.lt, a, b) as never;
};

/** le(a, b): 1 where a ≤ b, else 0. */
export const le: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("le", [a, b], more);
  return apply(o.le, a, b) as never;
};

/** gt(a, b): 1 where a > b, else 0. */
export const gt: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("gt", [a, b], more);
  return apply(o.gt, a, b) as never;
};

/** ge(a, b): 1 where a ≥ b, else 0. */
export const ge: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("ge", [a, b], more);
  return apply(o.ge, a, b) as never;
};

/** eq(a, b): 1 where a = b, else 0. */
export const eq: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("eq", [a, b], more);
  return apply(o.eq, a, b) as never;
};

/** ne(a, b): 1 where a ≠ b, else 0. */
export const ne: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("ne", [a, b], more);
  return apply(o.ne, a, b) as never;
};

/** and(a, b): 1 where both a and b are true, else 0. */
export const and: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("and", [a, b], more);
  return apply(o.and, a, b) as never;
};

/** or(a, b): 1 where a or b is true, else 0. */
export const or: Binary = (a: Operand, b: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("or", [a, b], more);
  return apply(o.or, a, b) as never;
};

/** not(a): 1 where a is 0, else 0. */
export const not: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("not", [a], more);
  return apply(o.not, a) as never;
};

/** where(a, b, c): b where a is true, else c; the branch not taken has no influence, not even a NaN. */
export const where: Ternary = (a: Operand, b: Operand, c: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("where", [a, b, c], more);
  return apply(o.where, a, b, c) as never;
};

/** stopGradient(a): a, as a constant to every derivative. */
export const stopGradient: Unary = (a: Operand, ...more: unknown[]) => {
  if (more.length > 0) surplus("stopGradient", [a], more);
  return apply(o.stopGradient, a) as never;
};
