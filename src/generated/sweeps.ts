// Generated from src/ops.ts by scripts/generate.ts. Do not edit.
/** The reference engine's sweeps over elementwise rows: the whole engine is these switches. */
import { sumTerms } from "../lanes.js";
import { evaluate } from "./evaluate.js";
import * as special from "../special.js";

/** The opcode of a sum of numbers on a tape. */
export const SUM = 88;

/** A tape of rows in recorded order. Positions are into `value` and `adjoint`. */
export interface Tape {
  /**
   * Four integers a row: the opcode in the low byte, the positions of a, b and c. Bits 8 to 10 of the first say that adjoints flow to a, b, c.
   * Of a sum, c is the place in `code` of a count, which the terms' positions follow.
   */
  readonly code: Int32Array;
  readonly value: Float64Array;
  readonly adjoint: Float64Array;
  /** 1 where a result depends on a number at this point: on the paths that were chosen. What is not live gives nothing on. */
  readonly live: Uint8Array;
  /** Room for the terms of a sum. */
  readonly terms: Float64Array;
}

/** Evaluates `count` scalar rows from `row` on; their results lie from position `v` on. */
export function forward({ code, value, terms }: Tape, row: number, count: number, v: number): void {
  const end = 4 * (row + count);
  for (let i = 4 * row; i < end; i = (i + 4) | 0, v = (v + 1) | 0) {
    const a = code[(i + 1) | 0]!;
    const b = code[(i + 2) | 0]!;
    switch (code[i]! & 255) {
      case 0: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$+b$; break; } // add
      case 1: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$-b$; break; } // sub
      case 2: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$*b$; break; } // mul
      case 3: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$/b$; break; } // div
      case 5: { const a$ = value[a]!; value[v] = -a$; break; } // neg
      case 6: { const a$ = value[a]!; value[v] = Math.abs(a$); break; } // abs
      case 7: { const a$ = value[a]!; value[v] = Math.sign(a$); break; } // sign
      case 8: { const a$ = value[a]!; const b$ = value[b]!; value[v] = Math.min(a$,b$); break; } // minimum
      case 9: { const a$ = value[a]!; const b$ = value[b]!; value[v] = Math.max(a$,b$); break; } // maximum
      case 10: { const c = code[(i + 3) | 0]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = Math.min(Math.max(a$,b$),c$); break; } // clip
      case 11: { const a$ = value[a]!; value[v] = a$*a$; break; } // square
      case 12: { const a$ = value[a]!; value[v] = 1/a$; break; } // reciprocal
      case 13: { const a$ = value[a]!; value[v] = Math.sqrt(a$); break; } // sqrt
      case 50: { const a$ = value[a]!; value[v] = Math.max(a$,0); break; } // relu
      case 69: { const a$ = value[a]!; value[v] = Math.floor(a$); break; } // floor
      case 70: { const a$ = value[a]!; value[v] = Math.ceil(a$); break; } // ceil
      case 72: { const a$ = value[a]!; value[v] = Math.trunc(a$); break; } // trunc
      case 73: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<b$); break; } // lt
      case 74: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<=b$); break; } // le
      case 75: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>b$); break; } // gt
      case 76: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>=b$); break; } // ge
      case 77: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$===b$); break; } // eq
      case 78: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==b$); break; } // ne
      case 79: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0&&b$!==0); break; } // and
      case 80: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0||b$!==0); break; } // or
      case 81: { const a$ = value[a]!; value[v] = +(a$===0); break; } // not
      case 82: { const c = code[(i + 3) | 0]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$!==0?b$:c$; break; } // where
      case 83: { const a$ = value[a]!; value[v] = a$; break; } // stopGradient
      case 84: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$; break; } // surrogate
      case 85: { const c = code[(i + 3) | 0]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$+c$; break; } // mulAdd
      case 86: { const c = code[(i + 3) | 0]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$-c$; break; } // mulSub
      case 87: { const c = code[(i + 3) | 0]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = c$-a$*b$; break; } // subMul
      case SUM: {
        const list = code[(i + 3) | 0]!;
        const count = code[list]!;
        for (let k = 0; k < count; k++) terms[k] = value[code[list + 1 + k]!]!;
        value[v] = sumTerms(terms, count);
        break;
      }
      default: value[v] = evaluate(code[i]! & 255, value[a]!, value[b]!, value[code[(i + 3) | 0]!]!);
    }
  }
}

/** Adds those rows' adjoints times their partials to the operands' adjoints, from the last row to the first. */
export function reverse({ code, value, adjoint, live }: Tape, row: number, count: number, first: number): void {
  let v = first + count;
  for (let i = 4 * (row + count - 1); v > first; i = (i - 4) | 0) {
    v = (v - 1) | 0;
    if (live[v] === 0) continue;
    const mask = code[i]! >> 8;
    const g = adjoint[v]!;
    const a = code[(i + 1) | 0]!;
    const b = code[(i + 2) | 0]!;
    switch (code[i]! & 255) {
      case 0: { if (mask & 1) { adjoint[a]! += g; live[a] = 1; } if (mask & 2) { adjoint[b]! += g; live[b] = 1; } break; } // add
      case 1: { if (mask & 1) { adjoint[a]! += g; live[a] = 1; } if (mask & 2) { adjoint[b]! += -g; live[b] = 1; } break; } // sub
      case 2: { const b$ = value[b]!; const a$ = value[a]!; if (mask & 1) { adjoint[a]! += g * b$; live[a] = 1; } if (mask & 2) { adjoint[b]! += g * a$; live[b] = 1; } break; } // mul
      case 3: { const b$ = value[b]!; const v$ = value[v]!; if (mask & 1) { adjoint[a]! += g * (1/b$); live[a] = 1; } if (mask & 2) { adjoint[b]! += g * ((-(1/b$))*v$); live[b] = 1; } break; } // div
      case 4: { const a$ = value[a]!; const b$ = value[b]!; if (mask & 1) { adjoint[a]! += g; live[a] = 1; } if (mask & 2) { adjoint[b]! += g * (-(Math.trunc((a$/b$)))); live[b] = 1; } break; } // rem
      case 5: { { adjoint[a]! += -g; live[a] = 1; } break; } // neg
      case 6: { const a$ = value[a]!; { adjoint[a]! += g * (Math.sign(a$)); live[a] = 1; } break; } // abs
      case 8: { const a$ = value[a]!; const b$ = value[b]!; if (mask & 1 && (((+(a$<b$))+(+(a$<=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$<b$))+(+(a$<=b$)))/2); live[a] = 1; } if (mask & 2 && (((+(b$<a$))+(+(b$<=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$<a$))+(+(b$<=a$)))/2); live[b] = 1; } break; } // minimum
      case 9: { const a$ = value[a]!; const b$ = value[b]!; if (mask & 1 && (((+(a$>b$))+(+(a$>=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$>b$))+(+(a$>=b$)))/2); live[a] = 1; } if (mask & 2 && (((+(b$>a$))+(+(b$>=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$>a$))+(+(b$>=a$)))/2); live[b] = 1; } break; } // maximum
      case 10: { const c = code[(i + 3) | 0]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; if (mask & 1 && (+((+(a$>=b$))!==0&&(+(a$<=c$))!==0))) { adjoint[a]! += g; live[a] = 1; } if (mask & 2 && (+((+(a$<b$))!==0&&(+(b$<=c$))!==0))) { adjoint[b]! += g; live[b] = 1; } if (mask & 4 && (+((Math.max(a$,b$))>c$))) { adjoint[c]! += g; live[c] = 1; } break; } // clip
      case 11: { const a$ = value[a]!; { adjoint[a]! += g * (2*a$); live[a] = 1; } break; } // square
      case 12: { const v$ = value[v]!; { adjoint[a]! += g * (-(v$*v$)); live[a] = 1; } break; } // reciprocal
      case 13: { const v$ = value[v]!; { adjoint[a]! += g * (0.5/v$); live[a] = 1; } break; } // sqrt
      case 14: { const v$ = value[v]!; { adjoint[a]! += g * (1/(3*(v$*v$))); live[a] = 1; } break; } // cbrt
      case 15: { const v$ = value[v]!; const a$ = value[a]!; const b$ = value[b]!; if (mask & 1) { adjoint[a]! += g * ((+(v$===0))!==0?0:(a$/v$)); live[a] = 1; } if (mask & 2) { adjoint[b]! += g * ((+(v$===0))!==0?0:(b$/v$)); live[b] = 1; } break; } // hypot
      case 17: { const v$ = value[v]!; { adjoint[a]! += g * v$; live[a] = 1; } break; } // exp
      case 19: { const a$ = value[a]!; { adjoint[a]! += g * (1/a$); live[a] = 1; } break; } // log
      case 20: { const a$ = value[a]!; { adjoint[a]! += g * (1/(1+a$)); live[a] = 1; } break; } // log1p
      case 21: { const a$ = value[a]!; { adjoint[a]! += g * (1.4426950408889634/a$); live[a] = 1; } break; } // log2
      case 22: { const a$ = value[a]!; { adjoint[a]! += g * (0.4342944819032518/a$); live[a] = 1; } break; } // log10
      case 30: { const v$ = value[v]!; { adjoint[a]! += g * (1+(v$*v$)); live[a] = 1; } break; } // tan
      case 31: { const a$ = value[a]!; { adjoint[a]! += g * (1/(Math.sqrt(((1-a$)*(1+a$))))); live[a] = 1; } break; } // asin
      case 32: { const a$ = value[a]!; { adjoint[a]! += g * (-1/(Math.sqrt(((1-a$)*(1+a$))))); live[a] = 1; } break; } // acos
      case 33: { const a$ = value[a]!; { adjoint[a]! += g * (1/(1+(a$*a$))); live[a] = 1; } break; } // atan
      case 42: { const a$ = value[a]!; { adjoint[a]! += g * (1/((Math.sqrt((a$-1)))*(Math.sqrt((a$+1))))); live[a] = 1; } break; } // acosh
      case 43: { const a$ = value[a]!; { adjoint[a]! += g * (1/((1-a$)*(1+a$))); live[a] = 1; } break; } // atanh
      case 50: { const a$ = value[a]!; if ((+(a$>0))) { adjoint[a]! += g; live[a] = 1; } break; } // relu
      case 53: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += g * ((-2*a$)*v$); live[a] = 1; } break; } // erfSlope
      case 58: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += g * ((-a$)*v$); live[a] = 1; } break; } // normPdf
      case 82: { const c = code[(i + 3) | 0]!; const a$ = value[a]!; if (mask & 2 && (+(a$!==0))) { adjoint[b]! += g; live[b] = 1; } if (mask & 4 && (+(a$===0))) { adjoint[c]! += g; live[c] = 1; } break; } // where
      case 84: { { adjoint[b]! += g; live[b] = 1; } break; } // surrogate
      case 85: { const c = code[(i + 3) | 0]!; const b$ = value[b]!; const a$ = value[a]!; if (mask & 1) { adjoint[a]! += g * b$; live[a] = 1; } if (mask & 2) { adjoint[b]! += g * a$; live[b] = 1; } if (mask & 4) { adjoint[c]! += g; live[c] = 1; } break; } // mulAdd
      case 86: { const c = code[(i + 3) | 0]!; const b$ = value[b]!; const a$ = value[a]!; if (mask & 1) { adjoint[a]! += g * b$; live[a] = 1; } if (mask & 2) { adjoint[b]! += g * a$; live[b] = 1; } if (mask & 4) { adjoint[c]! += -g; live[c] = 1; } break; } // mulSub
      case 87: { const c = code[(i + 3) | 0]!; const b$ = value[b]!; const a$ = value[a]!; if (mask & 1) { adjoint[a]! += g * (-b$); live[a] = 1; } if (mask & 2) { adjoint[b]! += g * (-a$); live[b] = 1; } if (mask & 4) { adjoint[c]! += g; live[c] = 1; } break; } // subMul
      case SUM: {
        const list = code[(i + 3) | 0]!;
        const last = list + code[list]!;
        for (let k = list + 1; k <= last; k++) { adjoint[code[k]!]! += g; live[code[k]!] = 1; }
        break;
      }
      default: {
        const op = code[i]! & 255;
        const c = code[(i + 3) | 0]!;
        if (mask & 1) { adjoint[a]! += g * partial(op, 0, value[a]!, value[b]!, value[c]!, value[v]!); live[a] = 1; }
        if (mask & 2) { adjoint[b]! += g * partial(op, 1, value[a]!, value[b]!, value[c]!, value[v]!); live[b] = 1; }
      }
    }
  }
}

/** Evaluates the lanes of one row; its results lie from position `v` to `end`. */
export function forwardLanes({ code, value }: Tape, row: number, v: number, end: number): void {
  const op = code[4 * row]! & 255;
  let a = code[4 * row + 1]!;
  let b = code[4 * row + 2]!;
  let c = code[4 * row + 3]!;
  switch (op) {
      case 0: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$+b$; } break; // add
      case 1: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$-b$; } break; // sub
      case 2: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$*b$; } break; // mul
      case 3: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$/b$; } break; // div
      case 5: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = -a$; } break; // neg
      case 6: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.abs(a$); } break; // abs
      case 7: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.sign(a$); } break; // sign
      case 8: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = Math.min(a$,b$); } break; // minimum
      case 9: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = Math.max(a$,b$); } break; // maximum
      case 10: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = Math.min(Math.max(a$,b$),c$); } break; // clip
      case 11: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = a$*a$; } break; // square
      case 12: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = 1/a$; } break; // reciprocal
      case 13: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.sqrt(a$); } break; // sqrt
      case 50: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.max(a$,0); } break; // relu
      case 69: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.floor(a$); } break; // floor
      case 70: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.ceil(a$); } break; // ceil
      case 72: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.trunc(a$); } break; // trunc
      case 73: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<b$); } break; // lt
      case 74: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<=b$); } break; // le
      case 75: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>b$); } break; // gt
      case 76: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>=b$); } break; // ge
      case 77: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$===b$); } break; // eq
      case 78: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==b$); } break; // ne
      case 79: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0&&b$!==0); } break; // and
      case 80: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0||b$!==0); } break; // or
      case 81: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = +(a$===0); } break; // not
      case 82: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$!==0?b$:c$; } break; // where
      case 83: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = a$; } break; // stopGradient
      case 84: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$; } break; // surrogate
      case 85: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$+c$; } break; // mulAdd
      case 86: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$-c$; } break; // mulSub
      case 87: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = c$-a$*b$; } break; // subMul
      default: for (; v < end; v++, a++, b++, c++) value[v] = evaluate(op, value[a]!, value[b]!, value[c]!);
  }
}

/** Adds the adjoints of the lanes of one row times their partials to the operands' adjoints, from the first lane to the last. */
export function reverseLanes({ code, value, adjoint, live }: Tape, row: number, v: number, end: number): void {
  const op = code[4 * row]! & 255;
  const mask = code[4 * row]! >> 8;
  if (mask === 0) return;
  let a = code[4 * row + 1]!;
  let b = code[4 * row + 2]!;
  let c = code[4 * row + 3]!;
  switch (op) {
      case 0: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; if (mask & 1) { adjoint[a]! += g; live[a] = 1; } if (mask & 2) { adjoint[b]! += g; live[b] = 1; } } break; // add
      case 1: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; if (mask & 1) { adjoint[a]! += g; live[a] = 1; } if (mask & 2) { adjoint[b]! += -g; live[b] = 1; } } break; // sub
      case 2: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if (mask & 1) { adjoint[a]! += g * b$; live[a] = 1; } if (mask & 2) { adjoint[b]! += g * a$; live[b] = 1; } } break; // mul
      case 3: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const v$ = value[v]!; if (mask & 1) { adjoint[a]! += g * (1/b$); live[a] = 1; } if (mask & 2) { adjoint[b]! += g * ((-(1/b$))*v$); live[b] = 1; } } break; // div
      case 4: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; if (mask & 1) { adjoint[a]! += g; live[a] = 1; } if (mask & 2) { adjoint[b]! += g * (-(Math.trunc((a$/b$)))); live[b] = 1; } } break; // rem
      case 5: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; { adjoint[a]! += -g; live[a] = 1; } } break; // neg
      case 6: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (Math.sign(a$)); live[a] = 1; } } break; // abs
      case 8: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; if (mask & 1 && (((+(a$<b$))+(+(a$<=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$<b$))+(+(a$<=b$)))/2); live[a] = 1; } if (mask & 2 && (((+(b$<a$))+(+(b$<=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$<a$))+(+(b$<=a$)))/2); live[b] = 1; } } break; // minimum
      case 9: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; if (mask & 1 && (((+(a$>b$))+(+(a$>=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$>b$))+(+(a$>=b$)))/2); live[a] = 1; } if (mask & 2 && (((+(b$>a$))+(+(b$>=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$>a$))+(+(b$>=a$)))/2); live[b] = 1; } } break; // maximum
      case 10: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; if (mask & 1 && (+((+(a$>=b$))!==0&&(+(a$<=c$))!==0))) { adjoint[a]! += g; live[a] = 1; } if (mask & 2 && (+((+(a$<b$))!==0&&(+(b$<=c$))!==0))) { adjoint[b]! += g; live[b] = 1; } if (mask & 4 && (+((Math.max(a$,b$))>c$))) { adjoint[c]! += g; live[c] = 1; } } break; // clip
      case 11: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (2*a$); live[a] = 1; } } break; // square
      case 12: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g * (-(v$*v$)); live[a] = 1; } } break; // reciprocal
      case 13: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g * (0.5/v$); live[a] = 1; } } break; // sqrt
      case 14: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g * (1/(3*(v$*v$))); live[a] = 1; } } break; // cbrt
      case 15: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; const a$ = value[a]!; const b$ = value[b]!; if (mask & 1) { adjoint[a]! += g * ((+(v$===0))!==0?0:(a$/v$)); live[a] = 1; } if (mask & 2) { adjoint[b]! += g * ((+(v$===0))!==0?0:(b$/v$)); live[b] = 1; } } break; // hypot
      case 17: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g * v$; live[a] = 1; } } break; // exp
      case 19: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1/a$); live[a] = 1; } } break; // log
      case 20: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1/(1+a$)); live[a] = 1; } } break; // log1p
      case 21: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1.4426950408889634/a$); live[a] = 1; } } break; // log2
      case 22: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (0.4342944819032518/a$); live[a] = 1; } } break; // log10
      case 30: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g * (1+(v$*v$)); live[a] = 1; } } break; // tan
      case 31: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1/(Math.sqrt(((1-a$)*(1+a$))))); live[a] = 1; } } break; // asin
      case 32: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (-1/(Math.sqrt(((1-a$)*(1+a$))))); live[a] = 1; } } break; // acos
      case 33: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1/(1+(a$*a$))); live[a] = 1; } } break; // atan
      case 42: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1/((Math.sqrt((a$-1)))*(Math.sqrt((a$+1))))); live[a] = 1; } } break; // acosh
      case 43: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1/((1-a$)*(1+a$))); live[a] = 1; } } break; // atanh
      case 50: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; if ((+(a$>0))) { adjoint[a]! += g; live[a] = 1; } } break; // relu
      case 53: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += g * ((-2*a$)*v$); live[a] = 1; } } break; // erfSlope
      case 58: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += g * ((-a$)*v$); live[a] = 1; } } break; // normPdf
      case 82: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; if (mask & 2 && (+(a$!==0))) { adjoint[b]! += g; live[b] = 1; } if (mask & 4 && (+(a$===0))) { adjoint[c]! += g; live[c] = 1; } } break; // where
      case 84: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; { adjoint[b]! += g; live[b] = 1; } } break; // surrogate
      case 85: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if (mask & 1) { adjoint[a]! += g * b$; live[a] = 1; } if (mask & 2) { adjoint[b]! += g * a$; live[b] = 1; } if (mask & 4) { adjoint[c]! += g; live[c] = 1; } } break; // mulAdd
      case 86: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if (mask & 1) { adjoint[a]! += g * b$; live[a] = 1; } if (mask & 2) { adjoint[b]! += g * a$; live[b] = 1; } if (mask & 4) { adjoint[c]! += -g; live[c] = 1; } } break; // mulSub
      case 87: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if (mask & 1) { adjoint[a]! += g * (-b$); live[a] = 1; } if (mask & 2) { adjoint[b]! += g * (-a$); live[b] = 1; } if (mask & 4) { adjoint[c]! += g; live[c] = 1; } } break; // subMul
      default:
      for (; v < end; v++, a++, b++, c++) {
        if (live[v] === 0) continue;
        const g = adjoint[v]!;
        if (mask & 1) { adjoint[a]! += g * partial(op, 0, value[a]!, value[b]!, value[c]!, value[v]!); live[a] = 1; }
        if (mask & 2) { adjoint[b]! += g * partial(op, 1, value[a]!, value[b]!, value[c]!, value[v]!); live[b] = 1; }
      }
  }
}

/** ∂v/∂a where k = 0, ∂v/∂b where k = 1, of the ops whose partials call functions. */
function partial(op: number, k: number, a: number, b: number, c: number, v: number): number {
  switch (op) {
      case 16: return k === 0 ? ((+(b===0))!==0?0:(b*(Math.pow(a,(b-1))))) : (v*(Math.log(((+(a===0))!==0?1:a)))); // pow
      case 18: return (Math.exp(a)); // expm1
      case 23: return k === 0 ? (Math.log(b)) : ((+(a!==0||b!==0))!==0?(a/b):0); // xlogy
      case 24: return k === 0 ? (Math.log1p(b)) : ((+(a!==0||(1+b)!==0))!==0?(a/(1+b)):0); // xlog1py
      case 25: return (special.exprelSlope(1,a)); // exprel
      case 26: return k === 0 ? 0 : (special.exprelSlope((a+1),b)); // exprelSlope
      case 27: return ((-(Math.exp(a)))/(Math.abs((Math.expm1(a))))); // log1mExp
      case 28: return (Math.cos(a)); // sin
      case 29: return (-(Math.sin(a))); // cos
      case 34: return k === 0 ? ((b/(Math.hypot(a,b)))/(Math.hypot(a,b))) : (((-a)/(Math.hypot(a,b)))/(Math.hypot(a,b))); // atan2
      case 35: return (special.sincSlope(1,a)); // sinc
      case 36: return k === 0 ? 0 : (special.sincSlope((a+1),b)); // sincSlope
      case 37: return (Math.cosh(a)); // sinh
      case 38: return (Math.sinh(a)); // cosh
      case 39: return (special.tanhSlope(a)); // tanh
      case 40: return ((-2*(Math.tanh(a)))*v); // tanhSlope
      case 41: return (1/(Math.hypot(1,a))); // asinh
      case 44: return (special.sigmoidSlope(a)); // sigmoid
      case 45: return ((-(Math.tanh((a/2))))*v); // sigmoidSlope
      case 46: return (special.sigmoid(a)); // softplus
      case 47: return (special.sigmoid((-a))); // logSigmoid
      case 48: return k === 0 ? (special.logAddExpSlope(a,b)) : (special.logAddExpSlope(b,a)); // logAddExp
      case 49: return k === 0 ? (v*(special.logAddExpSlope(b,a))) : ((-v)*(special.logAddExpSlope(b,a))); // logAddExpSlope
      case 51: return (special.erfSlope(a)); // erf
      case 52: return (-(special.erfSlope(a))); // erfc
      case 54: return (v*(special.erfcxRatio(1,a))); // erfcx
      case 55: return k === 0 ? 0 : (v*((special.erfcxRatio((a+1),b))-v)); // erfcxRatio
      case 56: return (special.logErfcSlope(a)); // logErfc
      case 57: return ((-v)*(special.erfcxRatio(1,a))); // logErfcSlope
      case 59: return (special.normPdf(a)); // normCdf
      case 60: return (special.logNormCdfSlope(a)); // logNormCdf
      case 61: return ((0.7071067811865476*v)*(special.erfcxRatio(1,(-0.7071067811865476*a)))); // logNormCdfSlope
      case 62: return (special.normQuantileSlope(a)); // normQuantile
      case 63: return ((special.normQuantile(a))*(v*v)); // normQuantileSlope
      case 64: return (special.digamma(a)); // lgamma
      case 65: return (special.polygamma(1,a)); // digamma
      case 66: return k === 0 ? 0 : (special.polygamma((a+1),b)); // polygamma
      case 67: return k === 0 ? (special.lbetaSlope(a,b,0)) : (special.lbetaSlope(b,a,0)); // lbeta
      case 68: return k === 0 ? (special.lbetaSlope(a,b,(c+1))) : (-(special.polygamma((c+1),(a+b)))); // lbetaSlope
  }
  return 0;
}
