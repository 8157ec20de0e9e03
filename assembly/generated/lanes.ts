// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** The elementwise rows, two lanes at a time. */
import {
  acosLanes,
  acoshLanes,
  asinLanes,
  asinhLanes,
  atanLanes,
  atan2Lanes,
  atanhLanes,
  cbrtLanes,
  cosLanes,
  coshLanes,
  digammaLanes,
  erfLanes,
  erfSlopeLanes,
  erfcLanes,
  erfcxLanes,
  erfcxRatioLanes,
  expLanes,
  expDifferenceLanes,
  expm1Lanes,
  exprelLanes,
  exprelSlopeLanes,
  hypotLanes,
  hypotSlopeLanes,
  lbetaLanes,
  lbetaSlopeLanes,
  lgammaLanes,
  logLanes,
  log10Lanes,
  log1pLanes,
  log2Lanes,
  logAddExpLanes,
  logAddExpSlopeLanes,
  normCdfLanes,
  normPdfLanes,
  normQuantileLanes,
  polygammaLanes,
  powLanes,
  remLanes,
  sigmoidLanes,
  sigmoidSlopeLanes,
  sigmoidWithSlopeLanes,
  sinLanes,
  sinCosLanes,
  sincLanes,
  sincSlopeLanes,
  sinhLanes,
  softplusLanes,
  tanLanes,
  tanhLanes,
  tanhSlopeLanes,
  tanhWithSlopeLanes,
} from "../math/index";

/** The codes of ops, then of pairs of companions. */
const enum Op {
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
  sinWithCos,
  tanhWithTanhSlope,
  sigmoidWithSigmoidSlope,
  end,
}

/** What the table this was printed from hashes to. */
export const TABLE_HASH: u32 = 1868715727;

/** The codes of the rows that move or combine lanes start here. */
export const STRUCTURAL: u32 = Op.end;

const MAGNITUDE = i64x2.splat(0x7fffffffffffffff);

/**
 * v := op(a, b, c) for the lanes from v to end, two at a time, so the last store may fill one lane past an odd end. A pair writes its companion to c.
 * Reads: operands at a, b, c, moving by their steps (16, or 0 for a splatted pair). Writes: v. Needs: v < end.
 */
export function elementwise(op: u32, v: usize, end: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize): void {
  switch (op) {
    case Op.add: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, f64x2.add(A, B));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, f64x2.add(A, B), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, f64x2.add(A, B));
      }
      return;
    }
    case Op.sub: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, f64x2.sub(A, B));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, f64x2.sub(A, B), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, f64x2.sub(A, B));
      }
      return;
    }
    case Op.mul: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, f64x2.mul(A, B));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, f64x2.mul(A, B), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, f64x2.mul(A, B));
      }
      return;
    }
    case Op.div: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, f64x2.div(A, B));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, f64x2.div(A, B), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, f64x2.div(A, B));
      }
      return;
    }
    case Op.rem: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, remLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.neg: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.neg(A));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.neg(A), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.neg(A));
      }
      return;
    }
    case Op.abs: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.abs(A));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.abs(A), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.abs(A));
      }
      return;
    }
    case Op.sign: {
      const K0 = f64x2.splat(1);
      const K1 = f64x2.splat(0);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, v128.bitselect(v128.bitselect(K0, A, MAGNITUDE), A, v128.or(f64x2.lt(A, K1), f64x2.gt(A, K1))));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, v128.bitselect(v128.bitselect(K0, A, MAGNITUDE), A, v128.or(f64x2.lt(A, K1), f64x2.gt(A, K1))), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, v128.bitselect(v128.bitselect(K0, A, MAGNITUDE), A, v128.or(f64x2.lt(A, K1), f64x2.gt(A, K1))));
      }
      return;
    }
    case Op.minimum: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, f64x2.min(A, B));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, f64x2.min(A, B), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, f64x2.min(A, B));
      }
      return;
    }
    case Op.maximum: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, f64x2.max(A, B));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, f64x2.max(A, B), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, f64x2.max(A, B));
      }
      return;
    }
    case Op.clip: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          const C = v128.load(c);
          v128.store(v, f64x2.min(f64x2.max(A, B), C));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          const C = v128.load(c + cStep);
          v128.store(v, f64x2.min(f64x2.max(A, B), C), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
        c += cStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        const C = v128.load(c);
        v128.store(v, f64x2.min(f64x2.max(A, B), C));
      }
      return;
    }
    case Op.square: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.mul(A, A));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.mul(A, A), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.mul(A, A));
      }
      return;
    }
    case Op.reciprocal: {
      const K0 = f64x2.splat(1);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.div(K0, A));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.div(K0, A), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.div(K0, A));
      }
      return;
    }
    case Op.sqrt: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.sqrt(A));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.sqrt(A), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.sqrt(A));
      }
      return;
    }
    case Op.cbrt: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, cbrtLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.hypot: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, hypotLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.hypotSlope: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          const C = v128.load(c);
          v128.store(v, hypotSlopeLanes(A, B, C));
        }
        a += aStep;
        b += bStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.pow: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, powLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.powLog: {
      const K0 = f64x2.splat(1);
      const K1 = f64x2.splat(0);
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          const C = v128.load(c);
          v128.store(v, f64x2.mul(C, logLanes(v128.bitselect(K0, A, f64x2.eq(A, K1)))));
        }
        a += aStep;
        b += bStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.exp: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, expLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.expm1: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, expm1Lanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.expDifference: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, expDifferenceLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.log: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, logLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.log1p: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, log1pLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.log2: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, log2Lanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.log10: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, log10Lanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.xlogy: {
      const K0 = f64x2.splat(0);
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, v128.andnot(f64x2.mul(A, logLanes(B)), v128.and(f64x2.eq(A, K0), f64x2.eq(B, B))));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.xlog1py: {
      const K0 = f64x2.splat(0);
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, v128.andnot(f64x2.mul(A, log1pLanes(B)), v128.and(f64x2.eq(A, K0), f64x2.eq(B, B))));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.exprel: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, exprelLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.exprelSlope: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, exprelSlopeLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.log1mExp: {
      const K0 = f64x2.splat(-0.6931471805599453);
      do {
        {
          const A = v128.load(a);
          v128.store(v, v128.bitselect(logLanes(f64x2.neg(expm1Lanes(A))), log1pLanes(f64x2.neg(expLanes(A))), f64x2.gt(A, K0)));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.sin: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, sinLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.cos: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, cosLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.tan: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, tanLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.asin: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, asinLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.acos: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, acosLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.asinSlope: {
      const K0 = f64x2.splat(1);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.div(K0, f64x2.sqrt(f64x2.mul(f64x2.sub(K0, A), f64x2.add(K0, A)))));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.div(K0, f64x2.sqrt(f64x2.mul(f64x2.sub(K0, A), f64x2.add(K0, A)))), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.div(K0, f64x2.sqrt(f64x2.mul(f64x2.sub(K0, A), f64x2.add(K0, A)))));
      }
      return;
    }
    case Op.atan: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, atanLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.atanSlope: {
      const K0 = f64x2.splat(1);
      const K1 = f64x2.splat(1000000000);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, v128.bitselect(f64x2.div(K0, f64x2.add(K0, f64x2.mul(A, A))), f64x2.div(f64x2.div(K0, A), A), f64x2.lt(f64x2.abs(A), K1)));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, v128.bitselect(f64x2.div(K0, f64x2.add(K0, f64x2.mul(A, A))), f64x2.div(f64x2.div(K0, A), A), f64x2.lt(f64x2.abs(A), K1)), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, v128.bitselect(f64x2.div(K0, f64x2.add(K0, f64x2.mul(A, A))), f64x2.div(f64x2.div(K0, A), A), f64x2.lt(f64x2.abs(A), K1)));
      }
      return;
    }
    case Op.atan2: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, atan2Lanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.atan2Slope: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          const C = v128.load(c);
          v128.store(v, f64x2.div(hypotSlopeLanes(B, A, C), C));
        }
        a += aStep;
        b += bStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.sinc: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, sincLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.sincSlope: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, sincSlopeLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.sinh: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, sinhLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.cosh: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, coshLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.tanh: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, tanhLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.tanhSlope: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, tanhSlopeLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.asinh: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, asinhLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.acosh: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, acoshLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.atanh: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, atanhLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.atanhSlope: {
      const K0 = f64x2.splat(1);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.div(K0, f64x2.mul(f64x2.sub(K0, A), f64x2.add(K0, A))));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.div(K0, f64x2.mul(f64x2.sub(K0, A), f64x2.add(K0, A))), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.div(K0, f64x2.mul(f64x2.sub(K0, A), f64x2.add(K0, A))));
      }
      return;
    }
    case Op.sigmoid: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, sigmoidLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.sigmoidSlope: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, sigmoidSlopeLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.softplus: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, softplusLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.logSigmoid: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.neg(softplusLanes(f64x2.neg(A))));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.logAddExp: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, logAddExpLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.logAddExpSlope: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, logAddExpSlopeLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.relu: {
      const K0 = f64x2.splat(0);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.max(A, K0));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.max(A, K0), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.max(A, K0));
      }
      return;
    }
    case Op.erf: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, erfLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.erfc: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, erfcLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.erfSlope: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, erfSlopeLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.erfcx: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, erfcxLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.erfcxRatio: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, erfcxRatioLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.logErfc: {
      const K0 = f64x2.splat(0);
      const K1 = f64x2.splat(0.5);
      do {
        {
          const A = v128.load(a);
          v128.store(v, v128.bitselect(log1pLanes(f64x2.sub(K0, erfLanes(A))), f64x2.sub(logLanes(erfcxLanes(A)), f64x2.mul(A, A)), f64x2.lt(A, K1)));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.logErfcSlope: {
      const K0 = f64x2.splat(-1.1283791670955126);
      const K1 = f64x2.splat(0);
      do {
        {
          const A = v128.load(a);
          v128.store(v, v128.bitselect(f64x2.div(f64x2.neg(erfSlopeLanes(A)), erfcLanes(A)), f64x2.div(K0, erfcxLanes(A)), f64x2.lt(A, K1)));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.normPdf: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, normPdfLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.normCdf: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, normCdfLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.logNormCdf: {
      const K0 = f64x2.splat(0.5);
      const K1 = f64x2.splat(-0.7071067811865476);
      const K2 = f64x2.splat(0);
      do {
        {
          const A = v128.load(a);
          v128.store(v, v128.bitselect(log1pLanes(f64x2.neg(normCdfLanes(f64x2.neg(A)))), f64x2.sub(logLanes(f64x2.mul(K0, erfcxLanes(f64x2.mul(K1, A)))), f64x2.mul(K0, f64x2.mul(A, A))), f64x2.gt(A, K2)));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.logNormCdfSlope: {
      const K0 = f64x2.splat(0.7978845608028654);
      const K1 = f64x2.splat(-0.7071067811865476);
      const K2 = f64x2.splat(0);
      do {
        {
          const A = v128.load(a);
          v128.store(v, v128.bitselect(f64x2.div(normPdfLanes(A), normCdfLanes(A)), f64x2.div(K0, erfcxLanes(f64x2.mul(K1, A))), f64x2.gt(A, K2)));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.normQuantile: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, normQuantileLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.normQuantileSlope: {
      const K0 = f64x2.splat(1.2533141373155003);
      const K1 = f64x2.splat(30);
      const K2 = f64x2.splat(0.7071067811865476);
      const K3 = f64x2.splat(1);
      do {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.div(f64x2.mul(K0, erfcxLanes(f64x2.min(K1, f64x2.mul(K2, f64x2.abs(normQuantileLanes(A)))))), f64x2.min(A, f64x2.sub(K3, A))));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.lgamma: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, lgammaLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.digamma: {
      do {
        {
          const A = v128.load(a);
          v128.store(v, digammaLanes(A));
        }
        a += aStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.polygamma: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, polygammaLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.lbeta: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, lbetaLanes(A, B));
        }
        a += aStep;
        b += bStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.lbetaSlope: {
      do {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          const C = v128.load(c);
          v128.store(v, lbetaSlopeLanes(A, B, C));
        }
        a += aStep;
        b += bStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.floor: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.floor(A));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.floor(A), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.floor(A));
      }
      return;
    }
    case Op.ceil: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.ceil(A));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.ceil(A), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.ceil(A));
      }
      return;
    }
    case Op.round: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.nearest(A));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.nearest(A), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.nearest(A));
      }
      return;
    }
    case Op.trunc: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, f64x2.trunc(A));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, f64x2.trunc(A), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, f64x2.trunc(A));
      }
      return;
    }
    case Op.lt: {
      const K0 = f64x2.splat(1);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, v128.and(K0, f64x2.lt(A, B)));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, v128.and(K0, f64x2.lt(A, B)), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, v128.and(K0, f64x2.lt(A, B)));
      }
      return;
    }
    case Op.le: {
      const K0 = f64x2.splat(1);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, v128.and(K0, f64x2.le(A, B)));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, v128.and(K0, f64x2.le(A, B)), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, v128.and(K0, f64x2.le(A, B)));
      }
      return;
    }
    case Op.gt: {
      const K0 = f64x2.splat(1);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, v128.and(K0, f64x2.gt(A, B)));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, v128.and(K0, f64x2.gt(A, B)), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, v128.and(K0, f64x2.gt(A, B)));
      }
      return;
    }
    case Op.ge: {
      const K0 = f64x2.splat(1);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, v128.and(K0, f64x2.ge(A, B)));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, v128.and(K0, f64x2.ge(A, B)), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, v128.and(K0, f64x2.ge(A, B)));
      }
      return;
    }
    case Op.eq: {
      const K0 = f64x2.splat(1);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, v128.and(K0, f64x2.eq(A, B)));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, v128.and(K0, f64x2.eq(A, B)), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, v128.and(K0, f64x2.eq(A, B)));
      }
      return;
    }
    case Op.ne: {
      const K0 = f64x2.splat(1);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, v128.and(K0, f64x2.ne(A, B)));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, v128.and(K0, f64x2.ne(A, B)), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, v128.and(K0, f64x2.ne(A, B)));
      }
      return;
    }
    case Op.and: {
      const K0 = f64x2.splat(1);
      const K1 = f64x2.splat(0);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, v128.and(K0, v128.and(f64x2.ne(A, K1), f64x2.ne(B, K1))));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, v128.and(K0, v128.and(f64x2.ne(A, K1), f64x2.ne(B, K1))), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, v128.and(K0, v128.and(f64x2.ne(A, K1), f64x2.ne(B, K1))));
      }
      return;
    }
    case Op.or: {
      const K0 = f64x2.splat(1);
      const K1 = f64x2.splat(0);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, v128.and(K0, v128.or(f64x2.ne(A, K1), f64x2.ne(B, K1))));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, v128.and(K0, v128.or(f64x2.ne(A, K1), f64x2.ne(B, K1))), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, v128.and(K0, v128.or(f64x2.ne(A, K1), f64x2.ne(B, K1))));
      }
      return;
    }
    case Op.not: {
      const K0 = f64x2.splat(1);
      const K1 = f64x2.splat(0);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, v128.and(K0, f64x2.eq(A, K1)));
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, v128.and(K0, f64x2.eq(A, K1)), 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, v128.and(K0, f64x2.eq(A, K1)));
      }
      return;
    }
    case Op.where: {
      const K0 = f64x2.splat(0);
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          const C = v128.load(c);
          v128.store(v, v128.bitselect(B, C, f64x2.ne(A, K0)));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          const C = v128.load(c + cStep);
          v128.store(v, v128.bitselect(B, C, f64x2.ne(A, K0)), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
        c += cStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        const C = v128.load(c);
        v128.store(v, v128.bitselect(B, C, f64x2.ne(A, K0)));
      }
      return;
    }
    case Op.stopGradient: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          v128.store(v, A);
        }
        {
          const A = v128.load(a + aStep);
          v128.store(v, A, 16);
        }
        a += aStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        v128.store(v, A);
      }
      return;
    }
    case Op.surrogate: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, A);
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, A, 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, A);
      }
      return;
    }
    case Op.weighted: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          v128.store(v, f64x2.mul(A, B));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          v128.store(v, f64x2.mul(A, B), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        v128.store(v, f64x2.mul(A, B));
      }
      return;
    }
    case Op.mulAdd: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          const C = v128.load(c);
          v128.store(v, f64x2.add(f64x2.mul(A, B), C));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          const C = v128.load(c + cStep);
          v128.store(v, f64x2.add(f64x2.mul(A, B), C), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
        c += cStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        const C = v128.load(c);
        v128.store(v, f64x2.add(f64x2.mul(A, B), C));
      }
      return;
    }
    case Op.mulSub: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          const C = v128.load(c);
          v128.store(v, f64x2.sub(f64x2.mul(A, B), C));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          const C = v128.load(c + cStep);
          v128.store(v, f64x2.sub(f64x2.mul(A, B), C), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
        c += cStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        const C = v128.load(c);
        v128.store(v, f64x2.sub(f64x2.mul(A, B), C));
      }
      return;
    }
    case Op.subMul: {
      for (; v + 16 < end; v += 32) {
        {
          const A = v128.load(a);
          const B = v128.load(b);
          const C = v128.load(c);
          v128.store(v, f64x2.sub(C, f64x2.mul(A, B)));
        }
        {
          const A = v128.load(a + aStep);
          const B = v128.load(b + bStep);
          const C = v128.load(c + cStep);
          v128.store(v, f64x2.sub(C, f64x2.mul(A, B)), 16);
        }
        a += aStep << 1;
        b += bStep << 1;
        c += cStep << 1;
      }
      if (v >= end) return;
      {
        const A = v128.load(a);
        const B = v128.load(b);
        const C = v128.load(c);
        v128.store(v, f64x2.sub(C, f64x2.mul(A, B)));
      }
      return;
    }
    case Op.sinWithCos: {
      do {
        v128.store(v, sinCosLanes(v128.load(a), c));
        a += aStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.tanhWithTanhSlope: {
      do {
        v128.store(v, tanhWithSlopeLanes(v128.load(a), c));
        a += aStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    case Op.sigmoidWithSigmoidSlope: {
      do {
        v128.store(v, sigmoidWithSlopeLanes(v128.load(a), c));
        a += aStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    default:
      unreachable();
  }
}
