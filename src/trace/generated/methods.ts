// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** The methods of a Value: every elementwise function, of which it is the first operand. */
import { ArrayMethods } from "../arraymethods.js";
import type { Operand, Value } from "../value.js";

/** What a Value inherits; src/trace/value.ts defines what is declared here. */
export abstract class Methods extends ArrayMethods {
  /** add(this, b): a + b; a is this. */
  declare readonly add: (b: Operand) => Value;

  /** sub(this, b): a − b; a is this. */
  declare readonly sub: (b: Operand) => Value;

  /** mul(this, b): a · b; a is this. */
  declare readonly mul: (b: Operand) => Value;

  /** div(this, b): a / b; a is this. */
  declare readonly div: (b: Operand) => Value;

  /** rem(this, b): the remainder of a / b with the sign of a, as JavaScript's %; a is this. */
  declare readonly rem: (b: Operand) => Value;

  /** neg(this): −a; a is this. */
  declare readonly neg: () => Value;

  /** abs(this): |a|; a is this. */
  declare readonly abs: () => Value;

  /** sign(this): the sign of a: −1, 1, or a itself where it is ±0 or NaN; a is this. */
  declare readonly sign: () => Value;

  /** minimum(this, b): the smaller of a and b, NaN where either is NaN; a tie shares the derivative; a is this. */
  declare readonly minimum: (b: Operand) => Value;

  /** maximum(this, b): the larger of a and b, NaN where either is NaN; a tie shares the derivative; a is this. */
  declare readonly maximum: (b: Operand) => Value;

  /** clip(this, b, c): a limited to the interval [b, c]; at either end the derivative is a's; a is this. */
  declare readonly clip: (b: Operand, c: Operand) => Value;

  /** square(this): a²; a is this. */
  declare readonly square: () => Value;

  /** reciprocal(this): 1 / a; a is this. */
  declare readonly reciprocal: () => Value;

  /** sqrt(this): √a; a is this. */
  declare readonly sqrt: () => Value;

  /** cbrt(this): ∛a; a is this. */
  declare readonly cbrt: () => Value;

  /** hypot(this, b): √(a² + b²) without overflow on the way; a is this. */
  declare readonly hypot: (b: Operand) => Value;

  /** pow(this, b): a to the power b, as Math.pow; a is this. */
  declare readonly pow: (b: Operand) => Value;

  /** exp(this): e to the power a; a is this. */
  declare readonly exp: () => Value;

  /** expm1(this): e^a − 1, accurate near 0; a is this. */
  declare readonly expm1: () => Value;

  /** log(this): the natural logarithm of a; a is this. */
  declare readonly log: () => Value;

  /** log1p(this): log(1 + a), accurate near 0; a is this. */
  declare readonly log1p: () => Value;

  /** log2(this): the base-2 logarithm of a; a is this. */
  declare readonly log2: () => Value;

  /** log10(this): the base-10 logarithm of a; a is this. */
  declare readonly log10: () => Value;

  /** xlogy(this, b): a · log(b), but 0 where a is 0 and b any number; a is this. */
  declare readonly xlogy: (b: Operand) => Value;

  /** xlog1py(this, b): a · log(1 + b), accurate for small b, but 0 where a is 0 and b any number; a is this. */
  declare readonly xlog1py: (b: Operand) => Value;

  /** exprel(this): (e^a − 1) / a, 1 at 0; a is this. */
  declare readonly exprel: () => Value;

  /** log1mExp(this): log(1 − e^a) for a ≤ 0, accurate at both ends; a is this. */
  declare readonly log1mExp: () => Value;

  /** sin(this): the sine of a; a is this. */
  declare readonly sin: () => Value;

  /** cos(this): the cosine of a; a is this. */
  declare readonly cos: () => Value;

  /** tan(this): the tangent of a; a is this. */
  declare readonly tan: () => Value;

  /** asin(this): the arc sine of a; a is this. */
  declare readonly asin: () => Value;

  /** acos(this): the arc cosine of a; a is this. */
  declare readonly acos: () => Value;

  /** atan(this): the arc tangent of a; a is this. */
  declare readonly atan: () => Value;

  /** atan2(this, b): the angle of the point (b, a), as Math.atan2(a, b); a is this. */
  declare readonly atan2: (b: Operand) => Value;

  /** sinc(this): sin(πa) / (πa), 1 at 0; a is this. */
  declare readonly sinc: () => Value;

  /** sinh(this): the hyperbolic sine of a; a is this. */
  declare readonly sinh: () => Value;

  /** cosh(this): the hyperbolic cosine of a; a is this. */
  declare readonly cosh: () => Value;

  /** tanh(this): the hyperbolic tangent of a; a is this. */
  declare readonly tanh: () => Value;

  /** asinh(this): the inverse hyperbolic sine of a; a is this. */
  declare readonly asinh: () => Value;

  /** acosh(this): the inverse hyperbolic cosine of a; a is this. */
  declare readonly acosh: () => Value;

  /** atanh(this): the inverse hyperbolic tangent of a; a is this. */
  declare readonly atanh: () => Value;

  /** sigmoid(this): the logistic function 1 / (1 + e^(−a)); a is this. */
  declare readonly sigmoid: () => Value;

  /** softplus(this): log(1 + e^a) without overflow; a is this. */
  declare readonly softplus: () => Value;

  /** logSigmoid(this): the logarithm of sigmoid(a), −log(1 + e^(−a)) without overflow; a is this. */
  declare readonly logSigmoid: () => Value;

  /** logAddExp(this, b): log(e^a + e^b) without overflow; a is this. */
  declare readonly logAddExp: (b: Operand) => Value;

  /** relu(this): max(a, 0), NaN where a is NaN; its derivative at 0 is 0; a is this. */
  declare readonly relu: () => Value;

  /** erf(this): the error function of a; a is this. */
  declare readonly erf: () => Value;

  /** erfc(this): 1 − erf(a), accurate for large a; a is this. */
  declare readonly erfc: () => Value;

  /** erfcx(this): e^(a²) · erfc(a), without underflow for large a; a is this. */
  declare readonly erfcx: () => Value;

  /** logErfc(this): the logarithm of erfc(a), without underflow; a is this. */
  declare readonly logErfc: () => Value;

  /** normCdf(this): the standard normal distribution function at a, accurate for large |a|; a is this. */
  declare readonly normCdf: () => Value;

  /** logNormCdf(this): the logarithm of normCdf(a), without underflow; a is this. */
  declare readonly logNormCdf: () => Value;

  /** normQuantile(this): the inverse of normCdf at a from 0 to 1, accurate at both ends; a is this. */
  declare readonly normQuantile: () => Value;

  /** lgamma(this): log |Γ(a)|; a is this. */
  declare readonly lgamma: () => Value;

  /** digamma(this): ψ(a), the derivative of lgamma; a is this. */
  declare readonly digamma: () => Value;

  /** polygamma(this, b): the a-th derivative of digamma at b, a = 0, 1, 2 …; no derivative flows to a; a is this. */
  declare readonly polygamma: (b: Operand) => Value;

  /** lbeta(this, b): log B(a, b), the logarithm of the beta function, for a, b ≥ 0; a is this. */
  declare readonly lbeta: (b: Operand) => Value;

  /** floor(this): the greatest integer not above a; a is this. */
  declare readonly floor: () => Value;

  /** ceil(this): the least integer not below a; a is this. */
  declare readonly ceil: () => Value;

  /** round(this): the integer nearest to a, halves to even; a is this. */
  declare readonly round: () => Value;

  /** trunc(this): a without its fraction; a is this. */
  declare readonly trunc: () => Value;

  /** lt(this, b): 1 where a < b, else 0; a is this. */
  declare readonly lt: (b: Operand) => Value;

  /** le(this, b): 1 where a ≤ b, else 0; a is this. */
  declare readonly le: (b: Operand) => Value;

  /** gt(this, b): 1 where a > b, else 0; a is this. */
  declare readonly gt: (b: Operand) => Value;

  /** ge(this, b): 1 where a ≥ b, else 0; a is this. */
  declare readonly ge: (b: Operand) => Value;

  /** eq(this, b): 1 where a = b, else 0; a is this. */
  declare readonly eq: (b: Operand) => Value;

  /** ne(this, b): 1 where a ≠ b, else 0; a is this. */
  declare readonly ne: (b: Operand) => Value;

  /** and(this, b): 1 where both a and b are true, else 0; a is this. */
  declare readonly and: (b: Operand) => Value;

  /** or(this, b): 1 where a or b is true, else 0; a is this. */
  declare readonly or: (b: Operand) => Value;

  /** not(this): 1 where a is 0, else 0; a is this. */
  declare readonly not: () => Value;

  /** where(this, b, c): b where a is true, else c; the branch not taken has no influence, not even a NaN; a is this. */
  declare readonly where: (b: Operand, c: Operand) => Value;

  /** stopGradient(this): a, as a constant to every derivative; a is this. */
  declare readonly stopGradient: () => Value;
}
