// Generated from src/ops.ts by scripts/generate.ts. Do not edit.
/** The reference engine's sweeps over elementwise rows: the whole engine is these two switches. */
import * as special from "../special.js";

/** A tape: columns over rows in recorded order, positions into `value` and `adjoint`. */
export interface Tape {
  readonly op: Uint8Array;
  readonly v: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  /** Bits 0 to 2: adjoints flow to a, b, c. Bit 3: a zero adjoint contributes zero. */
  readonly mask: Uint8Array;
  readonly value: Float64Array;
  readonly adjoint: Float64Array;
}

/** How far the positions of v, a, b and c move from one lane to the next: 1, or 0 where one number serves all lanes. */
export type Steps = readonly [v: number, a: number, b: number, c: number];

/** Evaluates `count` steps: rows from `row` on where `next` is 1, lanes of one row where it is 0. */
export function forward(tape: Tape, row: number, count: number, next: number, steps: Steps): void {
  const { op, v, a, b, c, value } = tape;
  const [sv, sa, sb, sc] = steps;
  for (let dv = 0, da = 0, db = 0, dc = 0; count > 0; count--, row += next, dv += sv, da += sa, db += sb, dc += sc) {
    switch (op[row]) {
      case 0: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = a$+b$; break; } // add
      case 1: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = a$-b$; break; } // sub
      case 2: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = a$*b$; break; } // mul
      case 3: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = a$/b$; break; } // div
      case 4: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = a$%b$; break; } // rem
      case 5: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = -a$; break; } // neg
      case 6: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.abs(a$); break; } // abs
      case 7: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.sign(a$); break; } // sign
      case 8: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = Math.min(a$,b$); break; } // minimum
      case 9: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = Math.max(a$,b$); break; } // maximum
      case 10: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; const c$ = value[c[row]! + dc]!; value[v[row]! + dv] = Math.min(Math.max(a$,b$),c$); break; } // clip
      case 11: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = a$*a$; break; } // square
      case 12: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = 1/a$; break; } // reciprocal
      case 13: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.sqrt(a$); break; } // sqrt
      case 14: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.cbrt(a$); break; } // cbrt
      case 15: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = Math.hypot(a$,b$); break; } // hypot
      case 16: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = Math.pow(a$,b$); break; } // pow
      case 17: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.exp(a$); break; } // exp
      case 18: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.expm1(a$); break; } // expm1
      case 19: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.log(a$); break; } // log
      case 20: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.log1p(a$); break; } // log1p
      case 21: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.log2(a$); break; } // log2
      case 22: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.log10(a$); break; } // log10
      case 23: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.sin(a$); break; } // sin
      case 24: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.cos(a$); break; } // cos
      case 25: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.tan(a$); break; } // tan
      case 26: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.asin(a$); break; } // asin
      case 27: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.acos(a$); break; } // acos
      case 28: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.atan(a$); break; } // atan
      case 29: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = Math.atan2(a$,b$); break; } // atan2
      case 30: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.sinh(a$); break; } // sinh
      case 31: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.cosh(a$); break; } // cosh
      case 32: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.tanh(a$); break; } // tanh
      case 33: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = special.tanhSlope(a$); break; } // tanhSlope
      case 34: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.asinh(a$); break; } // asinh
      case 35: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.acosh(a$); break; } // acosh
      case 36: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.atanh(a$); break; } // atanh
      case 37: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = special.sigmoid(a$); break; } // sigmoid
      case 38: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = special.sigmoidSlope(a$); break; } // sigmoidSlope
      case 39: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = special.softplus(a$); break; } // softplus
      case 40: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.max(a$,0); break; } // relu
      case 41: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = special.erf(a$); break; } // erf
      case 42: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = special.erfc(a$); break; } // erfc
      case 43: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = special.erfSlope(a$); break; } // erfSlope
      case 44: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = special.lgamma(a$); break; } // lgamma
      case 45: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = special.digamma(a$); break; } // digamma
      case 46: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = special.polygamma(a$,b$); break; } // polygamma
      case 47: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.floor(a$); break; } // floor
      case 48: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.ceil(a$); break; } // ceil
      case 49: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = special.roundEven(a$); break; } // round
      case 50: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = Math.trunc(a$); break; } // trunc
      case 51: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = +(a$<b$); break; } // lt
      case 52: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = +(a$<=b$); break; } // le
      case 53: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = +(a$>b$); break; } // gt
      case 54: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = +(a$>=b$); break; } // ge
      case 55: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = +(a$===b$); break; } // eq
      case 56: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = +(a$!==b$); break; } // ne
      case 57: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = +(a$!==0&&b$!==0); break; } // and
      case 58: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = +(a$!==0||b$!==0); break; } // or
      case 59: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = +(a$===0); break; } // not
      case 60: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; const c$ = value[c[row]! + dc]!; value[v[row]! + dv] = a$!==0?b$:c$; break; } // where
      case 61: { const a$ = value[a[row]! + da]!; value[v[row]! + dv] = a$; break; } // stopGradient
      case 62: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = a$; break; } // surrogate
      case 63: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; value[v[row]! + dv] = a$===0?0:a$*b$; break; } // guardedMul
      case 64: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; const c$ = value[c[row]! + dc]!; value[v[row]! + dv] = a$*b$+c$; break; } // mulAdd
      case 65: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; const c$ = value[c[row]! + dc]!; value[v[row]! + dv] = a$*b$-c$; break; } // mulSub
      case 66: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; const c$ = value[c[row]! + dc]!; value[v[row]! + dv] = c$-a$*b$; break; } // subMul
    }
  }
}

/** Adds each step's adjoint times its partials to the operands' adjoints; rows go from `row` down where `next` is −1. */
export function reverse(tape: Tape, row: number, count: number, next: number, steps: Steps): void {
  const { op, v, a, b, c, mask: masks, value, adjoint } = tape;
  const [sv, sa, sb, sc] = steps;
  for (let dv = 0, da = 0, db = 0, dc = 0; count > 0; count--, row += next, dv += sv, da += sa, db += sb, dc += sc) {
    const mask = masks[row]!;
    const g = adjoint[v[row]! + dv]!;
    if (g === 0 && mask & 8) continue;
    switch (op[row]) {
      case 0: { adjoint[a[row]! + da]! += g; adjoint[b[row]! + db]! += g; break; } // add
      case 1: { adjoint[a[row]! + da]! += g; adjoint[b[row]! + db]! -= g; break; } // sub
      case 2: { const b$ = value[b[row]! + db]!; const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * b$; if (mask & 2) adjoint[b[row]! + db]! += g * a$; break; } // mul
      case 3: { const b$ = value[b[row]! + db]!; const v$ = value[v[row]! + dv]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1/b$); if (mask & 2) adjoint[b[row]! + db]! += g * ((-(1/b$))*v$); break; } // div
      case 4: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; adjoint[a[row]! + da]! += g; if (mask & 2) adjoint[b[row]! + db]! += g * (-(Math.trunc((a$/b$)))); break; } // rem
      case 5: { adjoint[a[row]! + da]! -= g; break; } // neg
      case 6: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (Math.sign(a$)); break; } // abs
      case 8: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; if (mask & 1) adjoint[a[row]! + da]! += g * (((+(a$<b$))+(+(a$<=b$)))/2); if (mask & 2) adjoint[b[row]! + db]! += g * (((+(b$<a$))+(+(b$<=a$)))/2); break; } // minimum
      case 9: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; if (mask & 1) adjoint[a[row]! + da]! += g * (((+(a$>b$))+(+(a$>=b$)))/2); if (mask & 2) adjoint[b[row]! + db]! += g * (((+(b$>a$))+(+(b$>=a$)))/2); break; } // maximum
      case 10: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; const c$ = value[c[row]! + dc]!; if (mask & 1 && (+((+(a$>=b$))!==0&&(+(a$<=c$))!==0))) adjoint[a[row]! + da]! += g; if (mask & 2 && (+((+(a$<b$))!==0&&(+(b$<=c$))!==0))) adjoint[b[row]! + db]! += g; if (mask & 4 && (+((Math.max(a$,b$))>c$))) adjoint[c[row]! + dc]! += g; break; } // clip
      case 11: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (2*a$); break; } // square
      case 12: { const v$ = value[v[row]! + dv]!; if (mask & 1) adjoint[a[row]! + da]! += g * (-(v$*v$)); break; } // reciprocal
      case 13: { const v$ = value[v[row]! + dv]!; if (mask & 1) adjoint[a[row]! + da]! += g * (0.5/v$); break; } // sqrt
      case 14: { const v$ = value[v[row]! + dv]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1/(3*(v$*v$))); break; } // cbrt
      case 15: { const v$ = value[v[row]! + dv]!; const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; if (mask & 1) adjoint[a[row]! + da]! += g * ((+(v$===0))!==0?0:(a$/v$)); if (mask & 2) adjoint[b[row]! + db]! += g * ((+(v$===0))!==0?0:(b$/v$)); break; } // hypot
      case 16: { const b$ = value[b[row]! + db]!; const a$ = value[a[row]! + da]!; const v$ = value[v[row]! + dv]!; if (mask & 1) adjoint[a[row]! + da]! += g * ((+(b$===0))!==0?0:(b$*(Math.pow(a$,(b$-1))))); if (mask & 2) adjoint[b[row]! + db]! += g * (v$*(Math.log(((+(a$===0))!==0?1:a$)))); break; } // pow
      case 17: { const v$ = value[v[row]! + dv]!; if (mask & 1) adjoint[a[row]! + da]! += g * v$; break; } // exp
      case 18: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (Math.exp(a$)); break; } // expm1
      case 19: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1/a$); break; } // log
      case 20: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1/(1+a$)); break; } // log1p
      case 21: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1.4426950408889634/a$); break; } // log2
      case 22: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (0.4342944819032518/a$); break; } // log10
      case 23: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (Math.cos(a$)); break; } // sin
      case 24: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (-(Math.sin(a$))); break; } // cos
      case 25: { const v$ = value[v[row]! + dv]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1+(v$*v$)); break; } // tan
      case 26: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1/(Math.sqrt(((1-a$)*(1+a$))))); break; } // asin
      case 27: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (-1/(Math.sqrt(((1-a$)*(1+a$))))); break; } // acos
      case 28: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1/(1+(a$*a$))); break; } // atan
      case 29: { const b$ = value[b[row]! + db]!; const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * ((b$/(Math.hypot(a$,b$)))/(Math.hypot(a$,b$))); if (mask & 2) adjoint[b[row]! + db]! += g * (((-a$)/(Math.hypot(a$,b$)))/(Math.hypot(a$,b$))); break; } // atan2
      case 30: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (Math.cosh(a$)); break; } // sinh
      case 31: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (Math.sinh(a$)); break; } // cosh
      case 32: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (special.tanhSlope(a$)); break; } // tanh
      case 33: { const a$ = value[a[row]! + da]!; const v$ = value[v[row]! + dv]!; if (mask & 1) adjoint[a[row]! + da]! += g * ((-2*(Math.tanh(a$)))*v$); break; } // tanhSlope
      case 34: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1/(Math.hypot(1,a$))); break; } // asinh
      case 35: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1/((Math.sqrt((a$-1)))*(Math.sqrt((a$+1))))); break; } // acosh
      case 36: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (1/((1-a$)*(1+a$))); break; } // atanh
      case 37: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (special.sigmoidSlope(a$)); break; } // sigmoid
      case 38: { const a$ = value[a[row]! + da]!; const v$ = value[v[row]! + dv]!; if (mask & 1) adjoint[a[row]! + da]! += g * ((-(Math.tanh((a$/2))))*v$); break; } // sigmoidSlope
      case 39: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (special.sigmoid(a$)); break; } // softplus
      case 40: { const a$ = value[a[row]! + da]!; if (mask & 1 && (+(a$>0))) adjoint[a[row]! + da]! += g; break; } // relu
      case 41: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (special.erfSlope(a$)); break; } // erf
      case 42: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (-(special.erfSlope(a$))); break; } // erfc
      case 43: { const a$ = value[a[row]! + da]!; const v$ = value[v[row]! + dv]!; if (mask & 1) adjoint[a[row]! + da]! += g * ((-2*a$)*v$); break; } // erfSlope
      case 44: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (special.digamma(a$)); break; } // lgamma
      case 45: { const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (special.polygamma(1,a$)); break; } // digamma
      case 46: { const a$ = value[a[row]! + da]!; const b$ = value[b[row]! + db]!; if (mask & 2) adjoint[b[row]! + db]! += g * (special.polygamma((a$+1),b$)); break; } // polygamma
      case 60: { const a$ = value[a[row]! + da]!; if (mask & 2 && (+(a$!==0))) adjoint[b[row]! + db]! += g; if (mask & 4 && (+(a$===0))) adjoint[c[row]! + dc]! += g; break; } // where
      case 62: { adjoint[b[row]! + db]! += g; break; } // surrogate
      case 63: { const b$ = value[b[row]! + db]!; const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * b$; if (mask & 2) adjoint[b[row]! + db]! += g * a$; break; } // guardedMul
      case 64: { const b$ = value[b[row]! + db]!; const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * b$; if (mask & 2) adjoint[b[row]! + db]! += g * a$; adjoint[c[row]! + dc]! += g; break; } // mulAdd
      case 65: { const b$ = value[b[row]! + db]!; const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * b$; if (mask & 2) adjoint[b[row]! + db]! += g * a$; adjoint[c[row]! + dc]! -= g; break; } // mulSub
      case 66: { const b$ = value[b[row]! + db]!; const a$ = value[a[row]! + da]!; if (mask & 1) adjoint[a[row]! + da]! += g * (-b$); if (mask & 2) adjoint[b[row]! + db]! += g * (-a$); adjoint[c[row]! + dc]! += g; break; } // subMul
    }
  }
}
