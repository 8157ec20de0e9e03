// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** The ops' meaning on numbers, by opcode. */
import * as special from "../special/special.js";

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
      return special.hypotSlope(a,b,c); // hypotSlope
    case 17:
      return Math.pow(a,b); // pow
    case 18:
      return c*Math.log(a===0?1:a); // powLog
    case 19:
      return Math.exp(a); // exp
    case 20:
      return Math.expm1(a); // expm1
    case 21:
      return special.expDifference(a,b); // expDifference
    case 22:
      return Math.log(a); // log
    case 23:
      return Math.log1p(a); // log1p
    case 24:
      return Math.log2(a); // log2
    case 25:
      return Math.log10(a); // log10
    case 26:
      return special.xlogy(a,b); // xlogy
    case 27:
      return special.xlog1py(a,b); // xlog1py
    case 28:
      return special.exprel(a); // exprel
    case 29:
      return special.exprelSlope(a,b); // exprelSlope
    case 30:
      return special.log1mExp(a); // log1mExp
    case 31:
      return Math.sin(a); // sin
    case 32:
      return Math.cos(a); // cos
    case 33:
      return Math.tan(a); // tan
    case 34:
      return Math.asin(a); // asin
    case 35:
      return Math.acos(a); // acos
    case 36:
      return 1/Math.sqrt((1-a)*(1+a)); // asinSlope
    case 37:
      return Math.atan(a); // atan
    case 38:
      return Math.abs(a)<1e9?1/(1+a*a):1/a/a; // atanSlope
    case 39:
      return Math.atan2(a,b); // atan2
    case 40:
      return special.hypotSlope(b,a,c)/c; // atan2Slope
    case 41:
      return special.sinc(a); // sinc
    case 42:
      return special.sincSlope(a,b); // sincSlope
    case 43:
      return Math.sinh(a); // sinh
    case 44:
      return Math.cosh(a); // cosh
    case 45:
      return Math.tanh(a); // tanh
    case 46:
      return special.tanhSlope(a); // tanhSlope
    case 47:
      return Math.asinh(a); // asinh
    case 48:
      return Math.acosh(a); // acosh
    case 49:
      return Math.atanh(a); // atanh
    case 50:
      return 1/((1-a)*(1+a)); // atanhSlope
    case 51:
      return special.sigmoid(a); // sigmoid
    case 52:
      return special.sigmoidSlope(a); // sigmoidSlope
    case 53:
      return special.softplus(a); // softplus
    case 54:
      return -special.softplus(-a); // logSigmoid
    case 55:
      return special.logAddExp(a,b); // logAddExp
    case 56:
      return special.logAddExpSlope(a,b); // logAddExpSlope
    case 57:
      return Math.max(a,0); // relu
    case 58:
      return special.erf(a); // erf
    case 59:
      return special.erfc(a); // erfc
    case 60:
      return special.erfSlope(a); // erfSlope
    case 61:
      return special.erfcx(a); // erfcx
    case 62:
      return special.erfcxRatio(a,b); // erfcxRatio
    case 63:
      return special.logErfc(a); // logErfc
    case 64:
      return special.logErfcSlope(a); // logErfcSlope
    case 65:
      return special.normPdf(a); // normPdf
    case 66:
      return special.normCdf(a); // normCdf
    case 67:
      return special.logNormCdf(a); // logNormCdf
    case 68:
      return special.logNormCdfSlope(a); // logNormCdfSlope
    case 69:
      return special.normQuantile(a); // normQuantile
    case 70:
      return special.normQuantileSlope(a); // normQuantileSlope
    case 71:
      return special.lgamma(a); // lgamma
    case 72:
      return special.digamma(a); // digamma
    case 73:
      return special.polygamma(a,b); // polygamma
    case 74:
      return special.lbeta(a,b); // lbeta
    case 75:
      return special.lbetaSlope(a,b,c); // lbetaSlope
    case 76:
      return Math.floor(a); // floor
    case 77:
      return Math.ceil(a); // ceil
    case 78:
      return special.roundEven(a); // round
    case 79:
      return Math.trunc(a); // trunc
    case 80:
      return +(a<b); // lt
    case 81:
      return +(a<=b); // le
    case 82:
      return +(a>b); // gt
    case 83:
      return +(a>=b); // ge
    case 84:
      return +(a===b); // eq
    case 85:
      return +(a!==b); // ne
    case 86:
      return +(a!==0&&b!==0); // and
    case 87:
      return +(a!==0||b!==0); // or
    case 88:
      return +(a===0); // not
    case 89:
      return a!==0?b:c; // where
    case 90:
      return a; // stopGradient
    case 91:
      return a; // surrogate
    case 92:
      return a*b; // weighted
    case 93:
      return a*b+c; // mulAdd
    case 94:
      return a*b-c; // mulSub
    case 95:
      return c-a*b; // subMul
  }
  throw new RangeError(`evaluate: expected an opcode below 96, got ${op}`);
}
