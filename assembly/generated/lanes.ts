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
  sinWithCos,
  tanhWithTanhSlope,
  sigmoidWithSigmoidSlope,
  structural,
}

/** What the table this was printed from hashes to. */
export const TABLE_HASH: u32 = 2724591202;

/** The codes of the rows that move or combine lanes start here. */
export const STRUCTURAL: u32 = opcode.structural;

const MAGNITUDE = i64x2.splat(0x7fffffffffffffff);

/**
 * v := op(a, b, c) for the lanes from v to end, two at a time, so the last store may fill one lane past an odd end. A pair writes its companion to c.
 * Reads: operands at a, b, c, moving by their steps (16, or 0 for a splatted pair). Writes: v. Needs: v < end.
 */
export function elementwise(op: u32, v: usize, end: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize): void {
  switch (op) {
    case opcode.add: {
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
    case opcode.sub: {
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
    case opcode.mul: {
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
    case opcode.div: {
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
    case opcode.rem: {
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
    case opcode.neg: {
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
    case opcode.abs: {
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
    case opcode.sign: {
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
    case opcode.minimum: {
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
    case opcode.maximum: {
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
    case opcode.clip: {
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
    case opcode.square: {
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
    case opcode.reciprocal: {
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
    case opcode.sqrt: {
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
    case opcode.cbrt: {
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
    case opcode.hypot: {
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
    case opcode.hypotSlope: {
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
    case opcode.pow: {
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
    case opcode.powLog: {
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
    case opcode.exp: {
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
    case opcode.expm1: {
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
    case opcode.expDifference: {
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
    case opcode.log: {
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
    case opcode.log1p: {
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
    case opcode.log2: {
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
    case opcode.log10: {
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
    case opcode.xlogy: {
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
    case opcode.xlog1py: {
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
    case opcode.exprel: {
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
    case opcode.exprelSlope: {
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
    case opcode.log1mExp: {
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
    case opcode.sin: {
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
    case opcode.cos: {
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
    case opcode.tan: {
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
    case opcode.asin: {
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
    case opcode.acos: {
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
    case opcode.asinSlope: {
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
    case opcode.atan: {
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
    case opcode.atanSlope: {
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
    case opcode.atan2: {
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
    case opcode.atan2Slope: {
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
    case opcode.sinc: {
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
    case opcode.sincSlope: {
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
    case opcode.sinh: {
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
    case opcode.cosh: {
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
    case opcode.tanh: {
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
    case opcode.tanhSlope: {
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
    case opcode.asinh: {
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
    case opcode.acosh: {
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
    case opcode.atanh: {
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
    case opcode.atanhSlope: {
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
    case opcode.sigmoid: {
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
    case opcode.sigmoidSlope: {
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
    case opcode.softplus: {
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
    case opcode.logSigmoid: {
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
    case opcode.logAddExp: {
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
    case opcode.logAddExpSlope: {
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
    case opcode.relu: {
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
    case opcode.erf: {
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
    case opcode.erfc: {
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
    case opcode.erfSlope: {
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
    case opcode.erfcx: {
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
    case opcode.erfcxRatio: {
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
    case opcode.logErfc: {
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
    case opcode.logErfcSlope: {
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
    case opcode.normPdf: {
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
    case opcode.normCdf: {
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
    case opcode.logNormCdf: {
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
    case opcode.logNormCdfSlope: {
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
    case opcode.normQuantile: {
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
    case opcode.normQuantileSlope: {
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
    case opcode.lgamma: {
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
    case opcode.digamma: {
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
    case opcode.polygamma: {
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
    case opcode.lbeta: {
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
    case opcode.lbetaSlope: {
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
    case opcode.floor: {
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
    case opcode.ceil: {
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
    case opcode.round: {
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
    case opcode.trunc: {
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
    case opcode.lt: {
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
    case opcode.le: {
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
    case opcode.gt: {
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
    case opcode.ge: {
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
    case opcode.eq: {
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
    case opcode.ne: {
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
    case opcode.and: {
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
    case opcode.or: {
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
    case opcode.not: {
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
    case opcode.where: {
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
    case opcode.stopGradient: {
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
    case opcode.surrogate: {
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
    case opcode.weighted: {
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
    case opcode.mulAdd: {
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
    case opcode.mulSub: {
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
    case opcode.subMul: {
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
    case opcode.sinWithCos: {
      do {
        v128.store(v, sinCosLanes(v128.load(a), c));
        a += aStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    case opcode.tanhWithTanhSlope: {
      do {
        v128.store(v, tanhWithSlopeLanes(v128.load(a), c));
        a += aStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    case opcode.sigmoidWithSigmoidSlope: {
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
