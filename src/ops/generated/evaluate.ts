// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** The ops' meaning on numbers, by opcode. */
import * as special from "../special/special.js";

/** Codes of rows: of the table's ops, then of others. */
const enum opcode {
  add,
  sub,
  mul,
  div,
  rem,
  neg,
  abs,
  sign,
  minimum,
  maximum,
  clip,
  square,
  reciprocal,
  sqrt,
  cbrt,
  hypot,
  hypotSlope,
  pow,
  powLog,
  exp,
  expm1,
  expDifference,
  log,
  log1p,
  log2,
  log10,
  xlogy,
  xlog1py,
  exprel,
  exprelSlope,
  log1mExp,
  sin,
  cos,
  tan,
  asin,
  acos,
  asinSlope,
  atan,
  atanSlope,
  atan2,
  atan2Slope,
  sinc,
  sincSlope,
  sinh,
  cosh,
  tanh,
  tanhSlope,
  asinh,
  acosh,
  atanh,
  atanhSlope,
  sigmoid,
  sigmoidSlope,
  softplus,
  logSigmoid,
  logAddExp,
  logAddExpSlope,
  relu,
  erf,
  erfc,
  erfSlope,
  erfcx,
  erfcxRatio,
  logErfc,
  logErfcSlope,
  normPdf,
  normCdf,
  logNormCdf,
  logNormCdfSlope,
  normQuantile,
  normQuantileSlope,
  lgamma,
  digamma,
  polygamma,
  lbeta,
  lbetaSlope,
  floor,
  ceil,
  round,
  trunc,
  lt,
  le,
  gt,
  ge,
  eq,
  ne,
  and,
  or,
  not,
  where,
  stopGradient,
  surrogate,
  weighted,
  mulAdd,
  mulSub,
  subMul,
}

/** The value of an op at numbers; operands it does not take are not read. */
export function evaluate(op: number, a: number, b: number, c: number): number {
  switch (op) {
    case opcode.add:
      return a+b;
    case opcode.sub:
      return a-b;
    case opcode.mul:
      return a*b;
    case opcode.div:
      return a/b;
    case opcode.rem:
      return a%b;
    case opcode.neg:
      return -a;
    case opcode.abs:
      return Math.abs(a);
    case opcode.sign:
      return Math.sign(a);
    case opcode.minimum:
      return Math.min(a,b);
    case opcode.maximum:
      return Math.max(a,b);
    case opcode.clip:
      return Math.min(Math.max(a,b),c);
    case opcode.square:
      return a*a;
    case opcode.reciprocal:
      return 1/a;
    case opcode.sqrt:
      return Math.sqrt(a);
    case opcode.cbrt:
      return Math.cbrt(a);
    case opcode.hypot:
      return Math.hypot(a,b);
    case opcode.hypotSlope:
      return special.hypotSlope(a,b,c);
    case opcode.pow:
      return Math.pow(a,b);
    case opcode.powLog:
      return c*Math.log(a===0?1:a);
    case opcode.exp:
      return Math.exp(a);
    case opcode.expm1:
      return Math.expm1(a);
    case opcode.expDifference:
      return special.expDifference(a,b);
    case opcode.log:
      return Math.log(a);
    case opcode.log1p:
      return Math.log1p(a);
    case opcode.log2:
      return Math.log2(a);
    case opcode.log10:
      return Math.log10(a);
    case opcode.xlogy:
      return special.xlogy(a,b);
    case opcode.xlog1py:
      return special.xlog1py(a,b);
    case opcode.exprel:
      return special.exprel(a);
    case opcode.exprelSlope:
      return special.exprelSlope(a,b);
    case opcode.log1mExp:
      return special.log1mExp(a);
    case opcode.sin:
      return Math.sin(a);
    case opcode.cos:
      return Math.cos(a);
    case opcode.tan:
      return Math.tan(a);
    case opcode.asin:
      return Math.asin(a);
    case opcode.acos:
      return Math.acos(a);
    case opcode.asinSlope:
      return 1/Math.sqrt((1-a)*(1+a));
    case opcode.atan:
      return Math.atan(a);
    case opcode.atanSlope:
      return Math.abs(a)<1e9?1/(1+a*a):1/a/a;
    case opcode.atan2:
      return Math.atan2(a,b);
    case opcode.atan2Slope:
      return special.hypotSlope(b,a,c)/c;
    case opcode.sinc:
      return special.sinc(a);
    case opcode.sincSlope:
      return special.sincSlope(a,b);
    case opcode.sinh:
      return Math.sinh(a);
    case opcode.cosh:
      return Math.cosh(a);
    case opcode.tanh:
      return Math.tanh(a);
    case opcode.tanhSlope:
      return special.tanhSlope(a);
    case opcode.asinh:
      return Math.asinh(a);
    case opcode.acosh:
      return Math.acosh(a);
    case opcode.atanh:
      return Math.atanh(a);
    case opcode.atanhSlope:
      return 1/((1-a)*(1+a));
    case opcode.sigmoid:
      return special.sigmoid(a);
    case opcode.sigmoidSlope:
      return special.sigmoidSlope(a);
    case opcode.softplus:
      return special.softplus(a);
    case opcode.logSigmoid:
      return -special.softplus(-a);
    case opcode.logAddExp:
      return special.logAddExp(a,b);
    case opcode.logAddExpSlope:
      return special.logAddExpSlope(a,b);
    case opcode.relu:
      return Math.max(a,0);
    case opcode.erf:
      return special.erf(a);
    case opcode.erfc:
      return special.erfc(a);
    case opcode.erfSlope:
      return special.erfSlope(a);
    case opcode.erfcx:
      return special.erfcx(a);
    case opcode.erfcxRatio:
      return special.erfcxRatio(a,b);
    case opcode.logErfc:
      return special.logErfc(a);
    case opcode.logErfcSlope:
      return special.logErfcSlope(a);
    case opcode.normPdf:
      return special.normPdf(a);
    case opcode.normCdf:
      return special.normCdf(a);
    case opcode.logNormCdf:
      return special.logNormCdf(a);
    case opcode.logNormCdfSlope:
      return special.logNormCdfSlope(a);
    case opcode.normQuantile:
      return special.normQuantile(a);
    case opcode.normQuantileSlope:
      return special.normQuantileSlope(a);
    case opcode.lgamma:
      return special.lgamma(a);
    case opcode.digamma:
      return special.digamma(a);
    case opcode.polygamma:
      return special.polygamma(a,b);
    case opcode.lbeta:
      return special.lbeta(a,b);
    case opcode.lbetaSlope:
      return special.lbetaSlope(a,b,c);
    case opcode.floor:
      return Math.floor(a);
    case opcode.ceil:
      return Math.ceil(a);
    case opcode.round:
      return special.roundEven(a);
    case opcode.trunc:
      return Math.trunc(a);
    case opcode.lt:
      return +(a<b);
    case opcode.le:
      return +(a<=b);
    case opcode.gt:
      return +(a>b);
    case opcode.ge:
      return +(a>=b);
    case opcode.eq:
      return +(a===b);
    case opcode.ne:
      return +(a!==b);
    case opcode.and:
      return +(a!==0&&b!==0);
    case opcode.or:
      return +(a!==0||b!==0);
    case opcode.not:
      return +(a===0);
    case opcode.where:
      return a!==0?b:c;
    case opcode.stopGradient:
      return a;
    case opcode.surrogate:
      return a;
    case opcode.weighted:
      return a*b;
    case opcode.mulAdd:
      return a*b+c;
    case opcode.mulSub:
      return a*b-c;
    case opcode.subMul:
      return c-a*b;
  }
  throw new RangeError(`evaluate: expected an opcode of the table, got ${op}`);
}
