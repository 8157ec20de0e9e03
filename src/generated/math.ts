// Generated from src/ops.ts by scripts/generate.ts. Do not edit.
/** The elementwise functions: on numbers a number, on Float64Arrays a Float64Array, on traced Values a Value. */
import { opcode as o } from "./table.js";
import { apply, type Binary, type Operand, type Ternary, type Unary } from "../value.js";

/** add(a, b): a + b. */
export const add: Binary = (a: Operand, b: Operand) => apply(o.add, a, b) as never;

/** sub(a, b): a − b. */
export const sub: Binary = (a: Operand, b: Operand) => apply(o.sub, a, b) as never;

/** mul(a, b): a · b. */
export const mul: Binary = (a: Operand, b: Operand) => apply(o.mul, a, b) as never;

/** div(a, b): a / b. */
export const div: Binary = (a: Operand, b: Operand) => apply(o.div, a, b) as never;

/** rem(a, b): the remainder of a / b with the sign of a, as JavaScript's %. */
export const rem: Binary = (a: Operand, b: Operand) => apply(o.rem, a, b) as never;

/** neg(a): −a. */
export const neg: Unary = (a: Operand) => apply(o.neg, a) as never;

/** abs(a): |a|. */
export const abs: Unary = (a: Operand) => apply(o.abs, a) as never;

/** sign(a): the sign of a: −1, 1, or a itself where it is ±0 or NaN. */
export const sign: Unary = (a: Operand) => apply(o.sign, a) as never;

/** minimum(a, b): the smaller of a and b, NaN where either is NaN; a tie shares the derivative. */
export const minimum: Binary = (a: Operand, b: Operand) => apply(o.minimum, a, b) as never;

/** maximum(a, b): the larger of a and b, NaN where either is NaN; a tie shares the derivative. */
export const maximum: Binary = (a: Operand, b: Operand) => apply(o.maximum, a, b) as never;

/** clip(a, b, c): a limited to the interval [b, c]; at either end the derivative is a's. */
export const clip: Ternary = (a: Operand, b: Operand, c: Operand) => apply(o.clip, a, b, c) as never;

/** square(a): a². */
export const square: Unary = (a: Operand) => apply(o.square, a) as never;

/** reciprocal(a): 1 / a. */
export const reciprocal: Unary = (a: Operand) => apply(o.reciprocal, a) as never;

/** sqrt(a): √a. */
export const sqrt: Unary = (a: Operand) => apply(o.sqrt, a) as never;

/** cbrt(a): ∛a. */
export const cbrt: Unary = (a: Operand) => apply(o.cbrt, a) as never;

/** hypot(a, b): √(a² + b²) without overflow on the way. */
export const hypot: Binary = (a: Operand, b: Operand) => apply(o.hypot, a, b) as never;

/** pow(a, b): a to the power b, as Math.pow. */
export const pow: Binary = (a: Operand, b: Operand) => apply(o.pow, a, b) as never;

/** exp(a): e to the power a. */
export const exp: Unary = (a: Operand) => apply(o.exp, a) as never;

/** expm1(a): e^a − 1, accurate near 0. */
export const expm1: Unary = (a: Operand) => apply(o.expm1, a) as never;

/** log(a): the natural logarithm of a. */
export const log: Unary = (a: Operand) => apply(o.log, a) as never;

/** log1p(a): log(1 + a), accurate near 0. */
export const log1p: Unary = (a: Operand) => apply(o.log1p, a) as never;

/** log2(a): the base-2 logarithm of a. */
export const log2: Unary = (a: Operand) => apply(o.log2, a) as never;

/** log10(a): the base-10 logarithm of a. */
export const log10: Unary = (a: Operand) => apply(o.log10, a) as never;

/** sin(a): the sine of a. */
export const sin: Unary = (a: Operand) => apply(o.sin, a) as never;

/** cos(a): the cosine of a. */
export const cos: Unary = (a: Operand) => apply(o.cos, a) as never;

/** tan(a): the tangent of a. */
export const tan: Unary = (a: Operand) => apply(o.tan, a) as never;

/** asin(a): the arc sine of a. */
export const asin: Unary = (a: Operand) => apply(o.asin, a) as never;

/** acos(a): the arc cosine of a. */
export const acos: Unary = (a: Operand) => apply(o.acos, a) as never;

/** atan(a): the arc tangent of a. */
export const atan: Unary = (a: Operand) => apply(o.atan, a) as never;

/** atan2(a, b): the angle of the point (b, a), as Math.atan2(a, b). */
export const atan2: Binary = (a: Operand, b: Operand) => apply(o.atan2, a, b) as never;

/** sinh(a): the hyperbolic sine of a. */
export const sinh: Unary = (a: Operand) => apply(o.sinh, a) as never;

/** cosh(a): the hyperbolic cosine of a. */
export const cosh: Unary = (a: Operand) => apply(o.cosh, a) as never;

/** tanh(a): the hyperbolic tangent of a. */
export const tanh: Unary = (a: Operand) => apply(o.tanh, a) as never;

/** asinh(a): the inverse hyperbolic sine of a. */
export const asinh: Unary = (a: Operand) => apply(o.asinh, a) as never;

/** acosh(a): the inverse hyperbolic cosine of a. */
export const acosh: Unary = (a: Operand) => apply(o.acosh, a) as never;

/** atanh(a): the inverse hyperbolic tangent of a. */
export const atanh: Unary = (a: Operand) => apply(o.atanh, a) as never;

/** sigmoid(a): the logistic function 1 / (1 + e^(−a)). */
export const sigmoid: Unary = (a: Operand) => apply(o.sigmoid, a) as never;

/** softplus(a): log(1 + e^a) without overflow. */
export const softplus: Unary = (a: Operand) => apply(o.softplus, a) as never;

/** relu(a): max(a, 0), NaN where a is NaN; its derivative at 0 is 0. */
export const relu: Unary = (a: Operand) => apply(o.relu, a) as never;

/** erf(a): the error function of a. */
export const erf: Unary = (a: Operand) => apply(o.erf, a) as never;

/** erfc(a): 1 − erf(a), accurate for large a. */
export const erfc: Unary = (a: Operand) => apply(o.erfc, a) as never;

/** lgamma(a): log |Γ(a)|. */
export const lgamma: Unary = (a: Operand) => apply(o.lgamma, a) as never;

/** digamma(a): ψ(a), the derivative of lgamma. */
export const digamma: Unary = (a: Operand) => apply(o.digamma, a) as never;

/** polygamma(a, b): the a-th derivative of digamma at b, a = 0, 1, 2 …; no derivative flows to a. */
export const polygamma: Binary = (a: Operand, b: Operand) => apply(o.polygamma, a, b) as never;

/** floor(a): the greatest integer not above a. */
export const floor: Unary = (a: Operand) => apply(o.floor, a) as never;

/** ceil(a): the least integer not below a. */
export const ceil: Unary = (a: Operand) => apply(o.ceil, a) as never;

/** round(a): the integer nearest to a, halves to even. */
export const round: Unary = (a: Operand) => apply(o.round, a) as never;

/** trunc(a): a without its fraction. */
export const trunc: Unary = (a: Operand) => apply(o.trunc, a) as never;

/** lt(a, b): 1 where a < b, else 0. */
export const lt: Binary = (a: Operand, b: Operand) => apply(o.lt, a, b) as never;

/** le(a, b): 1 where a ≤ b, else 0. */
export const le: Binary = (a: Operand, b: Operand) => apply(o.le, a, b) as never;

/** gt(a, b): 1 where a > b, else 0. */
export const gt: Binary = (a: Operand, b: Operand) => apply(o.gt, a, b) as never;

/** ge(a, b): 1 where a ≥ b, else 0. */
export const ge: Binary = (a: Operand, b: Operand) => apply(o.ge, a, b) as never;

/** eq(a, b): 1 where a = b, else 0. */
export const eq: Binary = (a: Operand, b: Operand) => apply(o.eq, a, b) as never;

/** ne(a, b): 1 where a ≠ b, else 0. */
export const ne: Binary = (a: Operand, b: Operand) => apply(o.ne, a, b) as never;

/** and(a, b): 1 where both a and b are true, else 0. */
export const and: Binary = (a: Operand, b: Operand) => apply(o.and, a, b) as never;

/** or(a, b): 1 where a or b is true, else 0. */
export const or: Binary = (a: Operand, b: Operand) => apply(o.or, a, b) as never;

/** not(a): 1 where a is 0, else 0. */
export const not: Unary = (a: Operand) => apply(o.not, a) as never;

/** where(a, b, c): b where a is true, else c; the branch not taken has no influence, not even a NaN. */
export const where: Ternary = (a: Operand, b: Operand, c: Operand) => apply(o.where, a, b, c) as never;

/** stopGradient(a): a, as a constant to every derivative. */
export const stopGradient: Unary = (a: Operand) => apply(o.stopGradient, a) as never;
