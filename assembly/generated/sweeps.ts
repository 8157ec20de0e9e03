// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** The tape: the ops on one number, and the sweeps forward and back over its columns. */
import { sumTerms } from "../terms";
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  cos,
  cosh,
  digamma,
  erf,
  erfSlope,
  erfc,
  erfcx,
  erfcxRatio,
  exp,
  expDifference,
  expm1,
  exprel,
  exprelSlope,
  hypot,
  hypotSlope,
  lbeta,
  lbetaSlope,
  lgamma,
  log,
  log10,
  log1p,
  log2,
  logAddExp,
  logAddExpSlope,
  normCdf,
  normPdf,
  normQuantile,
  polygamma,
  pow,
  rem,
  sigmoid,
  sigmoidSlope,
  sin,
  sinc,
  sincSlope,
  sinh,
  softplus,
  tan,
  tanh,
  tanhSlope,
} from "../math/numbers";

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
  sum,
}

/** a + b. */
function addOf(a: f64, b: f64): f64 {
  return (a + b);
}

/** a − b. */
function subOf(a: f64, b: f64): f64 {
  return (a - b);
}

/** a · b. */
function mulOf(a: f64, b: f64): f64 {
  return (a * b);
}

/** a / b. */
function divOf(a: f64, b: f64): f64 {
  return (a / b);
}

/** −a. */
function negOf(a: f64): f64 {
  return (-a);
}

/** |a|. */
function absOf(a: f64): f64 {
  return abs<f64>(a);
}

/** the sign of a: −1, 1, or a itself where it is ±0 or NaN. */
function signOf(a: f64): f64 {
  return (((a < 0.0) || (a > 0.0)) ? copysign<f64>(1.0, a) : a);
}

/** the smaller of a and b, NaN where either is NaN; a tie shares the derivative. */
function minimumOf(a: f64, b: f64): f64 {
  return min<f64>(a, b);
}

/** the larger of a and b, NaN where either is NaN; a tie shares the derivative. */
function maximumOf(a: f64, b: f64): f64 {
  return max<f64>(a, b);
}

/** a limited to the interval [b, c]; at either end the derivative is a's. */
function clipOf(a: f64, b: f64, c: f64): f64 {
  return min<f64>(max<f64>(a, b), c);
}

/** a². */
function squareOf(a: f64): f64 {
  return (a * a);
}

/** 1 / a. */
function reciprocalOf(a: f64): f64 {
  return (1.0 / a);
}

/** √a. */
function sqrtOf(a: f64): f64 {
  return sqrt<f64>(a);
}

/** c · log(a) for c = pow(a, b), where log(0) counts as 0. */
function powLogOf(a: f64, b: f64, c: f64): f64 {
  return (c * log(((a == 0.0) ? 1.0 : a)));
}

/** a · log(b), but 0 where a is 0 and b any number. */
function xlogyOf(a: f64, b: f64): f64 {
  return (((a == 0.0) && (b == b)) ? 0.0 : (a * log(b)));
}

/** a · log(1 + b), accurate for small b, but 0 where a is 0 and b any number. */
function xlog1pyOf(a: f64, b: f64): f64 {
  return (((a == 0.0) && (b == b)) ? 0.0 : (a * log1p(b)));
}

/** log(1 − e^a) for a ≤ 0, accurate at both ends. */
function log1mExpOf(a: f64): f64 {
  return ((a > -0.6931471805599453) ? log((-expm1(a))) : log1p((-exp(a))));
}

/** 1 / √(1 − a²). */
function asinSlopeOf(a: f64): f64 {
  return (1.0 / sqrt<f64>(((1.0 - a) * (1.0 + a))));
}

/** 1 / (1 + a²). */
function atanSlopeOf(a: f64): f64 {
  return ((abs<f64>(a) < 1000000000.0) ? (1.0 / (1.0 + (a * a))) : ((1.0 / a) / a));
}

/** b / c² for c = hypot(a, b). */
function atan2SlopeOf(a: f64, b: f64, c: f64): f64 {
  return (hypotSlope(b, a, c) / c);
}

/** 1 / (1 − a²). */
function atanhSlopeOf(a: f64): f64 {
  return (1.0 / ((1.0 - a) * (1.0 + a)));
}

/** the logarithm of sigmoid(a), −log(1 + e^(−a)) without overflow. */
function logSigmoidOf(a: f64): f64 {
  return (-softplus((-a)));
}

/** max(a, 0), NaN where a is NaN; its derivative at 0 is 0. */
function reluOf(a: f64): f64 {
  return max<f64>(a, 0.0);
}

/** the logarithm of erfc(a), without underflow. */
function logErfcOf(a: f64): f64 {
  return ((a < 0.5) ? log1p((0.0 - erf(a))) : (log(erfcx(a)) - (a * a)));
}

/** the derivative of logErfc, accurate at both ends. */
function logErfcSlopeOf(a: f64): f64 {
  return ((a < 0.0) ? ((-erfSlope(a)) / erfc(a)) : (-1.1283791670955126 / erfcx(a)));
}

/** the logarithm of normCdf(a), without underflow. */
function logNormCdfOf(a: f64): f64 {
  return ((a > 0.0) ? log1p((-normCdf((-a)))) : (log((0.5 * erfcx((-0.7071067811865476 * a)))) - (0.5 * (a * a))));
}

/** the derivative of logNormCdf, accurate at both ends. */
function logNormCdfSlopeOf(a: f64): f64 {
  return ((a > 0.0) ? (normPdf(a) / normCdf(a)) : (0.7978845608028654 / erfcx((-0.7071067811865476 * a))));
}

/** the derivative of normQuantile, accurate at both ends. */
function normQuantileSlopeOf(a: f64): f64 {
  return ((1.2533141373155003 * erfcx(min<f64>(30.0, (0.7071067811865476 * abs<f64>(normQuantile(a)))))) / min<f64>(a, (1.0 - a)));
}

/** the greatest integer not above a. */
function floorOf(a: f64): f64 {
  return floor<f64>(a);
}

/** the least integer not below a. */
function ceilOf(a: f64): f64 {
  return ceil<f64>(a);
}

/** the integer nearest to a, halves to even. */
function roundOf(a: f64): f64 {
  return nearest<f64>(a);
}

/** a without its fraction. */
function truncOf(a: f64): f64 {
  return trunc<f64>(a);
}

/** 1 where a < b, else 0. */
function ltOf(a: f64, b: f64): f64 {
  return ((a < b) ? 1.0 : 0.0);
}

/** 1 where a ≤ b, else 0. */
function leOf(a: f64, b: f64): f64 {
  return ((a <= b) ? 1.0 : 0.0);
}

/** 1 where a > b, else 0. */
function gtOf(a: f64, b: f64): f64 {
  return ((a > b) ? 1.0 : 0.0);
}

/** 1 where a ≥ b, else 0. */
function geOf(a: f64, b: f64): f64 {
  return ((a >= b) ? 1.0 : 0.0);
}

/** 1 where a = b, else 0. */
function eqOf(a: f64, b: f64): f64 {
  return ((a == b) ? 1.0 : 0.0);
}

/** 1 where a ≠ b, else 0. */
function neOf(a: f64, b: f64): f64 {
  return ((a != b) ? 1.0 : 0.0);
}

/** 1 where both a and b are true, else 0. */
function andOf(a: f64, b: f64): f64 {
  return (((a != 0.0) && (b != 0.0)) ? 1.0 : 0.0);
}

/** 1 where a or b is true, else 0. */
function orOf(a: f64, b: f64): f64 {
  return (((a != 0.0) || (b != 0.0)) ? 1.0 : 0.0);
}

/** 1 where a is 0, else 0. */
function notOf(a: f64): f64 {
  return ((a == 0.0) ? 1.0 : 0.0);
}

/** b where a is true, else c; the branch not taken has no influence, not even a NaN. */
function whereOf(a: f64, b: f64, c: f64): f64 {
  return ((a != 0.0) ? b : c);
}

/** a, as a constant to every derivative. */
function stopGradientOf(a: f64): f64 {
  return a;
}

/** a, with the derivative of b. */
function surrogateOf(a: f64, b: f64): f64 {
  return a;
}

/** a · b with the derivative of a alone: b is a slope that a function states, and its derivatives are b's. */
function weightedOf(a: f64, b: f64): f64 {
  return (a * b);
}

/** a · b + c, rounded twice. */
function mulAddOf(a: f64, b: f64, c: f64): f64 {
  return ((a * b) + c);
}

/** a · b − c, rounded twice. */
function mulSubOf(a: f64, b: f64, c: f64): f64 {
  return ((a * b) - c);
}

/** c − a · b, rounded twice. */
function subMulOf(a: f64, b: f64, c: f64): f64 {
  return (c - (a * b));
}

/** Adds an amount to the adjoint of a cell, which is live then. */
function give(adjoints: usize, lives: usize, cell: usize, amount: f64): void {
  const at = adjoints + (cell << 3);
  store<f64>(at, load<f64>(at) + amount);
  store<u8>(lives + cell, 1);
}

/**
 * Evaluates `count` rows from `first` on; their results lie from a cell on.
 * Reads: the header at `tape`, its columns. Writes: value. Needs: operands among the cells.
 */
export function forwardRows(tape: usize, first: u32, count: u32, cell: u32): void {
  const ops: usize = load<u32>(tape, 20);
  const as: usize = load<u32>(tape, 4);
  const bs: usize = load<u32>(tape, 8);
  const cs: usize = load<u32>(tape, 12);
  const terms: usize = load<u32>(tape, 16);
  const values: usize = load<u32>(tape, 0);
  let v = values + ((<usize>cell) << 3);
  const end: usize = first + count;
  for (let row: usize = first; row < end; row++, v += 8) {
    const a: usize = load<u32>(as + (row << 2));
    const b: usize = load<u32>(bs + (row << 2));
    switch (<u32>load<u8>(ops + row)) {
      case opcode.add: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, addOf(a$, b$)); break; }
      case opcode.sub: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, subOf(a$, b$)); break; }
      case opcode.mul: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, mulOf(a$, b$)); break; }
      case opcode.div: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, divOf(a$, b$)); break; }
      case opcode.rem: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, rem(a$, b$)); break; }
      case opcode.neg: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, negOf(a$)); break; }
      case opcode.abs: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, absOf(a$)); break; }
      case opcode.sign: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, signOf(a$)); break; }
      case opcode.minimum: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, minimumOf(a$, b$)); break; }
      case opcode.maximum: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, maximumOf(a$, b$)); break; }
      case opcode.clip: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); store<f64>(v, clipOf(a$, b$, c$)); break; }
      case opcode.square: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, squareOf(a$)); break; }
      case opcode.reciprocal: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, reciprocalOf(a$)); break; }
      case opcode.sqrt: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, sqrtOf(a$)); break; }
      case opcode.cbrt: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, cbrt(a$)); break; }
      case opcode.hypot: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, hypot(a$, b$)); break; }
      case opcode.hypotSlope: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); store<f64>(v, hypotSlope(a$, b$, c$)); break; }
      case opcode.pow: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, pow(a$, b$)); break; }
      case opcode.powLog: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); store<f64>(v, powLogOf(a$, b$, c$)); break; }
      case opcode.exp: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, exp(a$)); break; }
      case opcode.expm1: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, expm1(a$)); break; }
      case opcode.expDifference: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, expDifference(a$, b$)); break; }
      case opcode.log: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, log(a$)); break; }
      case opcode.log1p: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, log1p(a$)); break; }
      case opcode.log2: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, log2(a$)); break; }
      case opcode.log10: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, log10(a$)); break; }
      case opcode.xlogy: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, xlogyOf(a$, b$)); break; }
      case opcode.xlog1py: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, xlog1pyOf(a$, b$)); break; }
      case opcode.exprel: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, exprel(a$)); break; }
      case opcode.exprelSlope: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, exprelSlope(a$, b$)); break; }
      case opcode.log1mExp: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, log1mExpOf(a$)); break; }
      case opcode.sin: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, sin(a$)); break; }
      case opcode.cos: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, cos(a$)); break; }
      case opcode.tan: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, tan(a$)); break; }
      case opcode.asin: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, asin(a$)); break; }
      case opcode.acos: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, acos(a$)); break; }
      case opcode.asinSlope: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, asinSlopeOf(a$)); break; }
      case opcode.atan: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, atan(a$)); break; }
      case opcode.atanSlope: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, atanSlopeOf(a$)); break; }
      case opcode.atan2: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, atan2(a$, b$)); break; }
      case opcode.atan2Slope: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); store<f64>(v, atan2SlopeOf(a$, b$, c$)); break; }
      case opcode.sinc: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, sinc(a$)); break; }
      case opcode.sincSlope: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, sincSlope(a$, b$)); break; }
      case opcode.sinh: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, sinh(a$)); break; }
      case opcode.cosh: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, cosh(a$)); break; }
      case opcode.tanh: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, tanh(a$)); break; }
      case opcode.tanhSlope: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, tanhSlope(a$)); break; }
      case opcode.asinh: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, asinh(a$)); break; }
      case opcode.acosh: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, acosh(a$)); break; }
      case opcode.atanh: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, atanh(a$)); break; }
      case opcode.atanhSlope: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, atanhSlopeOf(a$)); break; }
      case opcode.sigmoid: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, sigmoid(a$)); break; }
      case opcode.sigmoidSlope: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, sigmoidSlope(a$)); break; }
      case opcode.softplus: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, softplus(a$)); break; }
      case opcode.logSigmoid: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, logSigmoidOf(a$)); break; }
      case opcode.logAddExp: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, logAddExp(a$, b$)); break; }
      case opcode.logAddExpSlope: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, logAddExpSlope(a$, b$)); break; }
      case opcode.relu: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, reluOf(a$)); break; }
      case opcode.erf: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, erf(a$)); break; }
      case opcode.erfc: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, erfc(a$)); break; }
      case opcode.erfSlope: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, erfSlope(a$)); break; }
      case opcode.erfcx: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, erfcx(a$)); break; }
      case opcode.erfcxRatio: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, erfcxRatio(a$, b$)); break; }
      case opcode.logErfc: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, logErfcOf(a$)); break; }
      case opcode.logErfcSlope: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, logErfcSlopeOf(a$)); break; }
      case opcode.normPdf: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, normPdf(a$)); break; }
      case opcode.normCdf: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, normCdf(a$)); break; }
      case opcode.logNormCdf: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, logNormCdfOf(a$)); break; }
      case opcode.logNormCdfSlope: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, logNormCdfSlopeOf(a$)); break; }
      case opcode.normQuantile: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, normQuantile(a$)); break; }
      case opcode.normQuantileSlope: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, normQuantileSlopeOf(a$)); break; }
      case opcode.lgamma: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, lgamma(a$)); break; }
      case opcode.digamma: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, digamma(a$)); break; }
      case opcode.polygamma: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, polygamma(a$, b$)); break; }
      case opcode.lbeta: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, lbeta(a$, b$)); break; }
      case opcode.lbetaSlope: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); store<f64>(v, lbetaSlope(a$, b$, c$)); break; }
      case opcode.floor: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, floorOf(a$)); break; }
      case opcode.ceil: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, ceilOf(a$)); break; }
      case opcode.round: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, roundOf(a$)); break; }
      case opcode.trunc: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, truncOf(a$)); break; }
      case opcode.lt: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, ltOf(a$, b$)); break; }
      case opcode.le: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, leOf(a$, b$)); break; }
      case opcode.gt: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, gtOf(a$, b$)); break; }
      case opcode.ge: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, geOf(a$, b$)); break; }
      case opcode.eq: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, eqOf(a$, b$)); break; }
      case opcode.ne: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, neOf(a$, b$)); break; }
      case opcode.and: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, andOf(a$, b$)); break; }
      case opcode.or: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, orOf(a$, b$)); break; }
      case opcode.not: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, notOf(a$)); break; }
      case opcode.where: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); store<f64>(v, whereOf(a$, b$, c$)); break; }
      case opcode.stopGradient: { const a$ = load<f64>(values + (a << 3)); store<f64>(v, stopGradientOf(a$)); break; }
      case opcode.surrogate: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, surrogateOf(a$, b$)); break; }
      case opcode.weighted: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); store<f64>(v, weightedOf(a$, b$)); break; }
      case opcode.mulAdd: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); store<f64>(v, mulAddOf(a$, b$, c$)); break; }
      case opcode.mulSub: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); store<f64>(v, mulSubOf(a$, b$, c$)); break; }
      case opcode.subMul: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); store<f64>(v, subMulOf(a$, b$, c$)); break; }
      case opcode.sum: { store<f64>(v, sumTerms(terms + (a << 2), <u32>b, values)); break; }
      default: break; // what is held
    }
  }
}

/**
 * Adds those rows' adjoints times their partials to the operands' adjoints, from the last row to the first.
 * Reads: the header at `tape`, its columns. Writes: adjoint, live.
 */
export function reverseRows(tape: usize, first: u32, count: u32, cell: u32): void {
  const ops: usize = load<u32>(tape, 20);
  const as: usize = load<u32>(tape, 4);
  const bs: usize = load<u32>(tape, 8);
  const cs: usize = load<u32>(tape, 12);
  const terms: usize = load<u32>(tape, 16);
  const values: usize = load<u32>(tape, 0);
  const masks: usize = load<u32>(tape, 24);
  const adjoints: usize = load<u32>(tape, 28);
  const lives: usize = load<u32>(tape, 32);
  let v: usize = cell + count;
  for (let row: usize = first + count; row > first;) {
    row--;
    v--;
    if (load<u8>(lives + v) === 0) continue;
    const flows: u32 = load<u8>(masks + row);
    const g = load<f64>(adjoints + (v << 3));
    const a: usize = load<u32>(as + (row << 2));
    const b: usize = load<u32>(bs + (row << 2));
    switch (<u32>load<u8>(ops + row)) {
      case opcode.add: { if ((flows & 1) !== 0) { give(adjoints, lives, a, g); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g); } break; }
      case opcode.sub: { if ((flows & 1) !== 0) { give(adjoints, lives, a, g); } if ((flows & 2) !== 0) { give(adjoints, lives, b, -g); } break; }
      case opcode.mul: { const b$ = load<f64>(values + (b << 3)); const a$ = load<f64>(values + (a << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * b$); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * a$); } break; }
      case opcode.div: { const b$ = load<f64>(values + (b << 3)); const v$ = load<f64>(values + (v << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g / b$); } if ((flows & 2) !== 0) { give(adjoints, lives, b, -((g * v$) / b$)); } break; }
      case opcode.rem: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g); } if ((flows & 2) !== 0) { give(adjoints, lives, b, -(g * truncOf(divOf(a$, b$)))); } break; }
      case opcode.neg: { { give(adjoints, lives, a, -g); } break; }
      case opcode.abs: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * signOf(a$)); } break; }
      case opcode.minimum: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); if ((flows & 1) !== 0 && divOf(addOf(ltOf(a$, b$), leOf(a$, b$)), 2.0) !== 0) { give(adjoints, lives, a, g * divOf(addOf(ltOf(a$, b$), leOf(a$, b$)), 2.0)); } if ((flows & 2) !== 0 && divOf(addOf(ltOf(b$, a$), leOf(b$, a$)), 2.0) !== 0) { give(adjoints, lives, b, g * divOf(addOf(ltOf(b$, a$), leOf(b$, a$)), 2.0)); } break; }
      case opcode.maximum: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); if ((flows & 1) !== 0 && divOf(addOf(gtOf(a$, b$), geOf(a$, b$)), 2.0) !== 0) { give(adjoints, lives, a, g * divOf(addOf(gtOf(a$, b$), geOf(a$, b$)), 2.0)); } if ((flows & 2) !== 0 && divOf(addOf(gtOf(b$, a$), geOf(b$, a$)), 2.0) !== 0) { give(adjoints, lives, b, g * divOf(addOf(gtOf(b$, a$), geOf(b$, a$)), 2.0)); } break; }
      case opcode.clip: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); if ((flows & 1) !== 0 && andOf(geOf(a$, b$), leOf(a$, c$)) !== 0) { give(adjoints, lives, a, g); } if ((flows & 2) !== 0 && andOf(ltOf(a$, b$), leOf(b$, c$)) !== 0) { give(adjoints, lives, b, g); } if ((flows & 4) !== 0 && gtOf(maximumOf(a$, b$), c$) !== 0) { give(adjoints, lives, c, g); } break; }
      case opcode.square: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, (g * a$) * 2.0); } break; }
      case opcode.reciprocal: { const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, -(g * squareOf(v$))); } break; }
      case opcode.sqrt: { const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, (g * 0.5) / v$); } break; }
      case opcode.cbrt: { const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, g / mulOf(3.0, squareOf(v$))); } break; }
      case opcode.hypot: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const v$ = load<f64>(values + (v << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * hypotSlope(a$, b$, v$)); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * hypotSlope(b$, a$, v$)); } break; }
      case opcode.hypotSlope: { const c: usize = load<u32>(cs + (row << 2)); const c$ = load<f64>(values + (c << 3)); const b$ = load<f64>(values + (b << 3)); const a$ = load<f64>(values + (a << 3)); const v$ = load<f64>(values + (v << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * (eqOf(c$, 0.0) !== 0 ? 0.0 : mulOf(hypotSlope(b$, a$, c$), divOf(hypotSlope(b$, a$, c$), c$)))); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * (eqOf(c$, 0.0) !== 0 ? 0.0 : mulOf(negOf(v$), divOf(hypotSlope(b$, a$, c$), c$)))); } break; }
      case opcode.pow: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const v$ = load<f64>(values + (v << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * (orOf(gtOf(absOf(a$), 6e-309), neOf(b$, 0.0)) !== 0 ? mulOf(b$, pow(a$, subOf(b$, 1.0))) : 0.0)); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * powLogOf(a$, b$, v$)); } break; }
      case opcode.powLog: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const v$ = load<f64>(values + (v << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * (orOf(gtOf(absOf(a$), 6e-309), neOf(b$, 0.0)) !== 0 ? addOf(pow(a$, subOf(b$, 1.0)), mulOf(b$, powLogOf(a$, subOf(b$, 1.0), pow(a$, subOf(b$, 1.0))))) : 0.0)); } if ((flows & 2) !== 0) { give(adjoints, lives, b, (g * v$) * log((eqOf(a$, 0.0) !== 0 ? 1.0 : a$))); } break; }
      case opcode.exp: { const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, g * v$); } break; }
      case opcode.expm1: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * exp(a$)); } break; }
      case opcode.expDifference: { const v$ = load<f64>(values + (v << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * v$); } if ((flows & 2) !== 0) { give(adjoints, lives, b, -(g * v$)); } break; }
      case opcode.log: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g / a$); } break; }
      case opcode.log1p: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g / addOf(1.0, a$)); } break; }
      case opcode.log2: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, (g * 1.4426950408889634) / a$); } break; }
      case opcode.log10: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, (g * 0.4342944819032518) / a$); } break; }
      case opcode.xlogy: { const b$ = load<f64>(values + (b << 3)); const a$ = load<f64>(values + (a << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * log(b$)); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * (orOf(a$, b$) !== 0 ? divOf(a$, b$) : 0.0)); } break; }
      case opcode.xlog1py: { const b$ = load<f64>(values + (b << 3)); const a$ = load<f64>(values + (a << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * log1p(b$)); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * (orOf(a$, addOf(1.0, b$)) !== 0 ? divOf(a$, addOf(1.0, b$)) : 0.0)); } break; }
      case opcode.exprel: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * exprelSlope(1.0, a$)); } break; }
      case opcode.exprelSlope: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); { give(adjoints, lives, b, g * exprelSlope(addOf(a$, 1.0), b$)); } break; }
      case opcode.log1mExp: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * divOf(negOf(exp(a$)), absOf(expm1(a$)))); } break; }
      case opcode.sin: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * cos(a$)); } break; }
      case opcode.cos: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, -(g * sin(a$))); } break; }
      case opcode.tan: { const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, g * addOf(1.0, squareOf(v$))); } break; }
      case opcode.asin: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * asinSlopeOf(a$)); } break; }
      case opcode.acos: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, -(g * asinSlopeOf(a$))); } break; }
      case opcode.asinSlope: { const a$ = load<f64>(values + (a << 3)); const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, ((g * a$) * v$) * squareOf(v$)); } break; }
      case opcode.atan: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * atanSlopeOf(a$)); } break; }
      case opcode.atanSlope: { const a$ = load<f64>(values + (a << 3)); const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, (g * v$) * mulOf(-2.0, mulOf(a$, v$))); } break; }
      case opcode.atan2: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * atan2SlopeOf(a$, b$, hypot(a$, b$))); } if ((flows & 2) !== 0) { give(adjoints, lives, b, -(g * atan2SlopeOf(b$, a$, hypot(a$, b$)))); } break; }
      case opcode.atan2Slope: { const c: usize = load<u32>(cs + (row << 2)); const v$ = load<f64>(values + (v << 3)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, ((g * v$) * -2.0) * divOf(hypotSlope(a$, b$, c$), c$)); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * divOf(divOf(mulOf(mulOf(4.0, divOf(subOf(divOf(a$, 2.0), divOf(b$, 2.0)), c$)), divOf(addOf(divOf(a$, 2.0), divOf(b$, 2.0)), c$)), c$), c$)); } break; }
      case opcode.sinc: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * sincSlope(1.0, a$)); } break; }
      case opcode.sincSlope: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); { give(adjoints, lives, b, g * sincSlope(addOf(a$, 1.0), b$)); } break; }
      case opcode.sinh: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * cosh(a$)); } break; }
      case opcode.cosh: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * sinh(a$)); } break; }
      case opcode.tanh: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * tanhSlope(a$)); } break; }
      case opcode.tanhSlope: { const a$ = load<f64>(values + (a << 3)); const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, (g * v$) * mulOf(-2.0, tanh(a$))); } break; }
      case opcode.asinh: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g / hypot(1.0, a$)); } break; }
      case opcode.acosh: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g / mulOf(sqrtOf(subOf(a$, 1.0)), sqrtOf(addOf(a$, 1.0)))); } break; }
      case opcode.atanh: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * atanhSlopeOf(a$)); } break; }
      case opcode.atanhSlope: { const a$ = load<f64>(values + (a << 3)); const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, ((g * a$) * 2.0) * squareOf(v$)); } break; }
      case opcode.sigmoid: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * sigmoidSlope(a$)); } break; }
      case opcode.sigmoidSlope: { const a$ = load<f64>(values + (a << 3)); const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, -((g * v$) * tanh(divOf(a$, 2.0)))); } break; }
      case opcode.softplus: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * sigmoid(a$)); } break; }
      case opcode.logSigmoid: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * sigmoid(negOf(a$))); } break; }
      case opcode.logAddExp: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * logAddExpSlope(a$, b$)); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * logAddExpSlope(b$, a$)); } break; }
      case opcode.logAddExpSlope: { const v$ = load<f64>(values + (v << 3)); const b$ = load<f64>(values + (b << 3)); const a$ = load<f64>(values + (a << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, (g * v$) * logAddExpSlope(b$, a$)); } if ((flows & 2) !== 0) { give(adjoints, lives, b, (-(g * v$)) * logAddExpSlope(b$, a$)); } break; }
      case opcode.relu: { const a$ = load<f64>(values + (a << 3)); if (gtOf(a$, 0.0) !== 0) { give(adjoints, lives, a, g); } break; }
      case opcode.erf: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * erfSlope(a$)); } break; }
      case opcode.erfc: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, -(g * erfSlope(a$))); } break; }
      case opcode.erfSlope: { const a$ = load<f64>(values + (a << 3)); const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, (g * v$) * mulOf(-2.0, a$)); } break; }
      case opcode.erfcx: { const v$ = load<f64>(values + (v << 3)); const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, (g * v$) * erfcxRatio(1.0, a$)); } break; }
      case opcode.erfcxRatio: { const v$ = load<f64>(values + (v << 3)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); { give(adjoints, lives, b, (g * v$) * subOf(erfcxRatio(addOf(a$, 1.0), b$), v$)); } break; }
      case opcode.logErfc: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * logErfcSlopeOf(a$)); } break; }
      case opcode.logErfcSlope: { const v$ = load<f64>(values + (v << 3)); const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, (-(g * v$)) * erfcxRatio(1.0, a$)); } break; }
      case opcode.normPdf: { const a$ = load<f64>(values + (a << 3)); const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, -((g * v$) * a$)); } break; }
      case opcode.normCdf: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * normPdf(a$)); } break; }
      case opcode.logNormCdf: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * logNormCdfSlopeOf(a$)); } break; }
      case opcode.logNormCdfSlope: { const v$ = load<f64>(values + (v << 3)); const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, ((g * v$) * 0.7071067811865476) * erfcxRatio(1.0, mulOf(-0.7071067811865476, a$))); } break; }
      case opcode.normQuantile: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * normQuantileSlopeOf(a$)); } break; }
      case opcode.normQuantileSlope: { const a$ = load<f64>(values + (a << 3)); const v$ = load<f64>(values + (v << 3)); { give(adjoints, lives, a, (g * normQuantile(a$)) * squareOf(v$)); } break; }
      case opcode.lgamma: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * digamma(a$)); } break; }
      case opcode.digamma: { const a$ = load<f64>(values + (a << 3)); { give(adjoints, lives, a, g * polygamma(1.0, a$)); } break; }
      case opcode.polygamma: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); { give(adjoints, lives, b, g * polygamma(addOf(a$, 1.0), b$)); } break; }
      case opcode.lbeta: { const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * lbetaSlope(a$, b$, 0.0)); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * lbetaSlope(b$, a$, 0.0)); } break; }
      case opcode.lbetaSlope: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); const b$ = load<f64>(values + (b << 3)); const c$ = load<f64>(values + (c << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * lbetaSlope(a$, b$, addOf(c$, 1.0))); } if ((flows & 2) !== 0) { give(adjoints, lives, b, -(g * polygamma(addOf(c$, 1.0), addOf(a$, b$)))); } break; }
      case opcode.where: { const c: usize = load<u32>(cs + (row << 2)); const a$ = load<f64>(values + (a << 3)); if ((flows & 2) !== 0 && neOf(a$, 0.0) !== 0) { give(adjoints, lives, b, g); } if ((flows & 4) !== 0 && eqOf(a$, 0.0) !== 0) { give(adjoints, lives, c, g); } break; }
      case opcode.surrogate: { { give(adjoints, lives, b, g); } break; }
      case opcode.weighted: { const b$ = load<f64>(values + (b << 3)); { give(adjoints, lives, a, g * b$); } break; }
      case opcode.mulAdd: { const c: usize = load<u32>(cs + (row << 2)); const b$ = load<f64>(values + (b << 3)); const a$ = load<f64>(values + (a << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * b$); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * a$); } if ((flows & 4) !== 0) { give(adjoints, lives, c, g); } break; }
      case opcode.mulSub: { const c: usize = load<u32>(cs + (row << 2)); const b$ = load<f64>(values + (b << 3)); const a$ = load<f64>(values + (a << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, g * b$); } if ((flows & 2) !== 0) { give(adjoints, lives, b, g * a$); } if ((flows & 4) !== 0) { give(adjoints, lives, c, -g); } break; }
      case opcode.subMul: { const c: usize = load<u32>(cs + (row << 2)); const b$ = load<f64>(values + (b << 3)); const a$ = load<f64>(values + (a << 3)); if ((flows & 1) !== 0) { give(adjoints, lives, a, -(g * b$)); } if ((flows & 2) !== 0) { give(adjoints, lives, b, -(g * a$)); } if ((flows & 4) !== 0) { give(adjoints, lives, c, g); } break; }
      case opcode.sum: {
        if (flows === 0) break;
        for (let k: usize = 0; k < b; k++) give(adjoints, lives, load<u32>(terms + ((a + k) << 2)), g);
        break;
      }
      default: break; // what is held, and what lets no derivative through
    }
  }
}
