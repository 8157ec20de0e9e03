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

/** What the table this was printed from hashes to. */
export const TABLE_HASH: u32 = 1868715727;

/** The codes of the rows that move or combine lanes start here. */
export const STRUCTURAL: u32 = 99;

const MAGNITUDE = i64x2.splat(0x7fffffffffffffff);

/**
 * v := op(a, b, c) for the lanes from v to end, two at a time, so the last store may fill one lane past an odd end. A pair writes its companion to c.
 * Reads: operands at a, b, c, moving by their steps (16, or 0 for a splatted pair). Writes: v. Needs: v < end.
 */
export function elementwise(op: u32, v: usize, end: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize): void {
  switch (op) {
    case 0: {
      // add
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
    case 1: {
      // sub
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
    case 2: {
      // mul
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
    case 3: {
      // div
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
    case 4: {
      // rem
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
    case 5: {
      // neg
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
    case 6: {
      // abs
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
    case 7: {
      // sign
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
    case 8: {
      // minimum
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
    case 9: {
      // maximum
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
    case 10: {
      // clip
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
    case 11: {
      // square
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
    case 12: {
      // reciprocal
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
    case 13: {
      // sqrt
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
    case 14: {
      // cbrt
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
    case 15: {
      // hypot
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
    case 16: {
      // hypotSlope
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
    case 17: {
      // pow
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
    case 18: {
      // powLog
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
    case 19: {
      // exp
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
    case 20: {
      // expm1
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
    case 21: {
      // expDifference
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
    case 22: {
      // log
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
    case 23: {
      // log1p
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
    case 24: {
      // log2
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
    case 25: {
      // log10
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
    case 26: {
      // xlogy
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
    case 27: {
      // xlog1py
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
    case 28: {
      // exprel
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
    case 29: {
      // exprelSlope
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
    case 30: {
      // log1mExp
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
    case 31: {
      // sin
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
    case 32: {
      // cos
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
    case 33: {
      // tan
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
    case 34: {
      // asin
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
    case 35: {
      // acos
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
    case 36: {
      // asinSlope
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
    case 37: {
      // atan
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
    case 38: {
      // atanSlope
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
    case 39: {
      // atan2
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
    case 40: {
      // atan2Slope
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
    case 41: {
      // sinc
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
    case 42: {
      // sincSlope
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
    case 43: {
      // sinh
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
    case 44: {
      // cosh
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
    case 45: {
      // tanh
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
    case 46: {
      // tanhSlope
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
    case 47: {
      // asinh
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
    case 48: {
      // acosh
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
    case 49: {
      // atanh
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
    case 50: {
      // atanhSlope
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
    case 51: {
      // sigmoid
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
    case 52: {
      // sigmoidSlope
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
    case 53: {
      // softplus
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
    case 54: {
      // logSigmoid
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
    case 55: {
      // logAddExp
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
    case 56: {
      // logAddExpSlope
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
    case 57: {
      // relu
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
    case 58: {
      // erf
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
    case 59: {
      // erfc
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
    case 60: {
      // erfSlope
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
    case 61: {
      // erfcx
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
    case 62: {
      // erfcxRatio
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
    case 63: {
      // logErfc
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
    case 64: {
      // logErfcSlope
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
    case 65: {
      // normPdf
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
    case 66: {
      // normCdf
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
    case 67: {
      // logNormCdf
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
    case 68: {
      // logNormCdfSlope
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
    case 69: {
      // normQuantile
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
    case 70: {
      // normQuantileSlope
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
    case 71: {
      // lgamma
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
    case 72: {
      // digamma
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
    case 73: {
      // polygamma
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
    case 74: {
      // lbeta
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
    case 75: {
      // lbetaSlope
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
    case 76: {
      // floor
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
    case 77: {
      // ceil
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
    case 78: {
      // round
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
    case 79: {
      // trunc
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
    case 80: {
      // lt
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
    case 81: {
      // le
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
    case 82: {
      // gt
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
    case 83: {
      // ge
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
    case 84: {
      // eq
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
    case 85: {
      // ne
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
    case 86: {
      // and
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
    case 87: {
      // or
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
    case 88: {
      // not
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
    case 89: {
      // where
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
    case 90: {
      // stopGradient
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
    case 91: {
      // surrogate
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
    case 92: {
      // weighted
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
    case 93: {
      // mulAdd
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
    case 94: {
      // mulSub
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
    case 95: {
      // subMul
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
    case 96: {
      // sin with cos
      do {
        v128.store(v, sinCosLanes(v128.load(a), c));
        a += aStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    case 97: {
      // tanh with tanhSlope
      do {
        v128.store(v, tanhWithSlopeLanes(v128.load(a), c));
        a += aStep;
        c += cStep;
        v += 16;
      } while (v < end);
      return;
    }
    case 98: {
      // sigmoid with sigmoidSlope
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
