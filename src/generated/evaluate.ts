// Generated from src/ops.ts by scripts/generate.ts. Do not edit.
/** The ops' meaning on numbers, by opcode. */
import * as special from "../special.js";

/** The value of an op at numbers; operands it does not take are not read. */
export function evaluate(op: number, a: number, b: number, c: number): number {
  switch (op) {
    case 0:
      return a+b; // add
    case 1:
      return a-b; // sub
    case 2:
      return a*b; // mul
    case 3:
      return a/b; // div
    case 4:
      return a%b; // rem
    case 5:
      return -a; // neg
    case 6:
      return Math.abs(a); // abs
    case 7:
      return Math.sign(a); // sign
    case 8:
      return Math.min(a,b); // minimum
    case 9:
      return Math.max(a,b); // maximum
    case 10:
      return Math.min(Math.max(a,b),c); // clip
    case 11:
      return a*a; // square
    case 12:
      return 1/a; // reciprocal
    case 13:
      return Math.sqrt(a); // sqrt
    case 14:
      return Math.cbrt(a); // cbrt
    case 15:
      return Math.hypot(a,b); // hypot
    case 16:
      return Math.pow(a,b); // pow
    case 17:
      return Math.exp(a); // exp
    case 18:
      return Math.expm1(a); // expm1
    case 19:
      return Math.log(a); // log
    case 20:
      return Math.log1p(a); // log1p
    case 21:
      return Math.log2(a); // log2
    case 22:
      return Math.log10(a); // log10
    case 23:
      return Math.sin(a); // sin
    case 24:
      return Math.cos(a); // cos
    case 25:
      return Math.tan(a); // tan
    case 26:
      return Math.asin(a); // asin
    case 27:
      return Math.acos(a); // acos
    case 28:
      return Math.atan(a); // atan
    case 29:
      return Math.atan2(a,b); // atan2
    case 30:
      return Math.sinh(a); // sinh
    case 31:
      return Math.cosh(a); // cosh
    case 32:
      return Math.tanh(a); // tanh
    case 33:
      return special.tanhSlope(a); // tanhSlope
    case 34:
      return Math.asinh(a); // asinh
    case 35:
      return Math.acosh(a); // acosh
    case 36:
      return Math.atanh(a); // atanh
    case 37:
      return special.sigmoid(a); // sigmoid
    case 38:
      return special.sigmoidSlope(a); // sigmoidSlope
    case 39:
      return special.softplus(a); // softplus
    case 40:
      return Math.max(a,0); // relu
    case 41:
      return special.erf(a); // erf
    case 42:
      return special.erfc(a); // erfc
    case 43:
      return special.erfSlope(a); // erfSlope
    case 44:
      return special.lgamma(a); // lgamma
    case 45:
      return special.digamma(a); // digamma
    case 46:
      return special.polygamma(a,b); // polygamma
    case 47:
      return Math.floor(a); // floor
    case 48:
      return Math.ceil(a); // ceil
    case 49:
      return special.roundEven(a); // round
    case 50:
      return Math.trunc(a); // trunc
    case 51:
      return +(a<b); // lt
    case 52:
      return +(a<=b); // le
    case 53:
      return +(a>b); // gt
    case 54:
      return +(a>=b); // ge
    case 55:
      return +(a===b); // eq
    case 56:
      return +(a!==b); // ne
    case 57:
      return +(a!==0&&b!==0); // and
    case 58:
      return +(a!==0||b!==0); // or
    case 59:
      return +(a===0); // not
    case 60:
      return a!==0?b:c; // where
    case 61:
      return a; // stopGradient
    case 62:
      return a; // surrogate
    case 63:
      return a*b+c; // mulAdd
    case 64:
      return a*b-c; // mulSub
    case 65:
      return c-a*b; // subMul
  }
  throw new RangeError(`evaluate: expected an opcode below 66, got ${op}`);
}
