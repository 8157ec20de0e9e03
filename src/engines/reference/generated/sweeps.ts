// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** The reference engine's sweeps over elementwise rows: the whole engine is these switches. */
import { sumTerms } from "../../../ops/lanes.js";
import { evaluate } from "../../../ops/generated/evaluate.js";
import * as special from "../../../ops/special/special.js";

/** The opcode of a sum of numbers on a tape. */
export const SUM = 96;

/** The opcode of a number that is given, or computed between the sweeps. */
export const HELD = 97;

/** A tape of rows in recorded order, as columns. */
export interface Tape {
  /** The numbers. */
  readonly value: Float64Array;
  /** The cell of the first operand; of a sum, its first term. */
  readonly a: Uint32Array;
  /** The cell of the second operand; of a sum, how many terms it has. */
  readonly b: Uint32Array;
  /** The cell of the third operand. */
  readonly c: Uint32Array;
  /** The cells that sums add. */
  readonly terms: Uint32Array;
  /** An opcode of the table, or SUM, or HELD for a cell that is given. */
  readonly op: Uint8Array;
  /** Bit k says that adjoints flow to operand k; of a sum, bit 0 to its terms. */
  readonly flows: Uint8Array;
  /** The derivatives of a result by the numbers. */
  readonly adjoint: Float64Array;
  /** 1 where a result depends on a number at this point: on the paths that were chosen. What is not live gives nothing on. */
  readonly live: Uint8Array;
}

/** Room for the terms of a sum. */
let room = new Float64Array(64);

/** Evaluates `count` scalar rows from `first` on; their results lie from cell `v` on. */
export function forward({ op, a: as, b: bs, c: third, terms, value }: Tape, first: number, count: number, v: number): void {
  const end = first + count;
  for (let row = first; row < end; row = (row + 1) | 0, v = (v + 1) | 0) {
    const a = as[row]!;
    const b = bs[row]!;
    switch (op[row]!) {
      case 0: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$+b$; break; } // add
      case 1: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$-b$; break; } // sub
      case 2: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$*b$; break; } // mul
      case 3: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$/b$; break; } // div
      case 5: { const a$ = value[a]!; value[v] = -a$; break; } // neg
      case 6: { const a$ = value[a]!; value[v] = Math.abs(a$); break; } // abs
      case 7: { const a$ = value[a]!; value[v] = Math.sign(a$); break; } // sign
      case 8: { const a$ = value[a]!; const b$ = value[b]!; value[v] = Math.min(a$,b$); break; } // minimum
      case 9: { const a$ = value[a]!; const b$ = value[b]!; value[v] = Math.max(a$,b$); break; } // maximum
      case 10: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = Math.min(Math.max(a$,b$),c$); break; } // clip
      case 11: { const a$ = value[a]!; value[v] = a$*a$; break; } // square
      case 12: { const a$ = value[a]!; value[v] = 1/a$; break; } // reciprocal
      case 13: { const a$ = value[a]!; value[v] = Math.sqrt(a$); break; } // sqrt
      case 36: { const a$ = value[a]!; value[v] = 1/Math.sqrt((1-a$)*(1+a$)); break; } // asinSlope
      case 38: { const a$ = value[a]!; value[v] = Math.abs(a$)<1e9?1/(1+a$*a$):1/a$/a$; break; } // atanSlope
      case 50: { const a$ = value[a]!; value[v] = 1/((1-a$)*(1+a$)); break; } // atanhSlope
      case 57: { const a$ = value[a]!; value[v] = Math.max(a$,0); break; } // relu
      case 76: { const a$ = value[a]!; value[v] = Math.floor(a$); break; } // floor
      case 77: { const a$ = value[a]!; value[v] = Math.ceil(a$); break; } // ceil
      case 79: { const a$ = value[a]!; value[v] = Math.trunc(a$); break; } // trunc
      case 80: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<b$); break; } // lt
      case 81: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<=b$); break; } // le
      case 82: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>b$); break; } // gt
      case 83: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>=b$); break; } // ge
      case 84: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$===b$); break; } // eq
      case 85: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==b$); break; } // ne
      case 86: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0&&b$!==0); break; } // and
      case 87: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0||b$!==0); break; } // or
      case 88: { const a$ = value[a]!; value[v] = +(a$===0); break; } // not
      case 89: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$!==0?b$:c$; break; } // where
      case 90: { const a$ = value[a]!; value[v] = a$; break; } // stopGradient
      case 91: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$; break; } // surrogate
      case 92: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$*b$; break; } // weighted
      case 93: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$+c$; break; } // mulAdd
      case 94: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$-c$; break; } // mulSub
      case 95: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = c$-a$*b$; break; } // subMul
      case SUM: {
        if (room.length < b) room = new Float64Array(2 * b);
        for (let k = 0; k < b; k++) room[k] = value[terms[a + k]!]!;
        value[v] = sumTerms(room, b);
        break;
      }
      case HELD: break;
      default: value[v] = evaluate(op[row]!, value[a]!, value[b]!, value[third[row]!]!);
    }
  }
}

/** Adds those rows' adjoints times their partials to the operands' adjoints, from the last row to the first. */
export function reverse({ op: ops, flows: masks, a: as, b: bs, c: third, terms, value, adjoint, live }: Tape, first: number, count: number, cell: number): void {
  let v = cell + count;
  for (let row = first + count - 1; v > cell; row = (row - 1) | 0) {
    v = (v - 1) | 0;
    if (live[v] === 0) continue;
    const flows = masks[row]!;
    const g = adjoint[v]!;
    const a = as[row]!;
    const b = bs[row]!;
    switch (ops[row]!) {
      case 0: { if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g; live[b] = 1; } break; } // add
      case 1: { if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -g; live[b] = 1; } break; } // sub
      case 2: { const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } break; } // mul
      case 3: { const b$ = value[b]!; const v$ = value[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g / b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -((g * v$) / b$); live[b] = 1; } break; } // div
      case 4: { const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * (Math.trunc((a$/b$)))); live[b] = 1; } break; } // rem
      case 5: { { adjoint[a]! += -g; live[a] = 1; } break; } // neg
      case 6: { const a$ = value[a]!; { adjoint[a]! += g * (Math.sign(a$)); live[a] = 1; } break; } // abs
      case 8: { const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0 && (((+(a$<b$))+(+(a$<=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$<b$))+(+(a$<=b$)))/2); live[a] = 1; } if ((flows & 2) !== 0 && (((+(b$<a$))+(+(b$<=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$<a$))+(+(b$<=a$)))/2); live[b] = 1; } break; } // minimum
      case 9: { const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0 && (((+(a$>b$))+(+(a$>=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$>b$))+(+(a$>=b$)))/2); live[a] = 1; } if ((flows & 2) !== 0 && (((+(b$>a$))+(+(b$>=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$>a$))+(+(b$>=a$)))/2); live[b] = 1; } break; } // maximum
      case 10: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; if ((flows & 1) !== 0 && (+((+(a$>=b$))!==0&&(+(a$<=c$))!==0)) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0 && (+((+(a$<b$))!==0&&(+(b$<=c$))!==0)) !== 0) { adjoint[b]! += g; live[b] = 1; } if ((flows & 4) !== 0 && (+((Math.max(a$,b$))>c$)) !== 0) { adjoint[c]! += g; live[c] = 1; } break; } // clip
      case 11: { const a$ = value[a]!; { adjoint[a]! += (g * a$) * 2; live[a] = 1; } break; } // square
      case 12: { const v$ = value[v]!; { adjoint[a]! += -(g * (v$*v$)); live[a] = 1; } break; } // reciprocal
      case 13: { const v$ = value[v]!; { adjoint[a]! += (g * 0.5) / v$; live[a] = 1; } break; } // sqrt
      case 14: { const v$ = value[v]!; { adjoint[a]! += g / (3*(v$*v$)); live[a] = 1; } break; } // cbrt
      case 19: { const v$ = value[v]!; { adjoint[a]! += g * v$; live[a] = 1; } break; } // exp
      case 21: { const v$ = value[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g * v$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * v$); live[b] = 1; } break; } // expDifference
      case 22: { const a$ = value[a]!; { adjoint[a]! += g / a$; live[a] = 1; } break; } // log
      case 23: { const a$ = value[a]!; { adjoint[a]! += g / (1+a$); live[a] = 1; } break; } // log1p
      case 24: { const a$ = value[a]!; { adjoint[a]! += (g * 1.4426950408889634) / a$; live[a] = 1; } break; } // log2
      case 25: { const a$ = value[a]!; { adjoint[a]! += (g * 0.4342944819032518) / a$; live[a] = 1; } break; } // log10
      case 33: { const v$ = value[v]!; { adjoint[a]! += g * (1+(v$*v$)); live[a] = 1; } break; } // tan
      case 34: { const a$ = value[a]!; { adjoint[a]! += g * (1/Math.sqrt((1-a$)*(1+a$))); live[a] = 1; } break; } // asin
      case 35: { const a$ = value[a]!; { adjoint[a]! += -(g * (1/Math.sqrt((1-a$)*(1+a$)))); live[a] = 1; } break; } // acos
      case 36: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += ((g * a$) * v$) * (v$*v$); live[a] = 1; } break; } // asinSlope
      case 37: { const a$ = value[a]!; { adjoint[a]! += g * (Math.abs(a$)<1e9?1/(1+a$*a$):1/a$/a$); live[a] = 1; } break; } // atan
      case 38: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += (g * v$) * (-2*(a$*v$)); live[a] = 1; } break; } // atanSlope
      case 48: { const a$ = value[a]!; { adjoint[a]! += g / ((Math.sqrt((a$-1)))*(Math.sqrt((a$+1)))); live[a] = 1; } break; } // acosh
      case 49: { const a$ = value[a]!; { adjoint[a]! += g * (1/((1-a$)*(1+a$))); live[a] = 1; } break; } // atanh
      case 50: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += ((g * a$) * 2) * (v$*v$); live[a] = 1; } break; } // atanhSlope
      case 57: { const a$ = value[a]!; if ((+(a$>0)) !== 0) { adjoint[a]! += g; live[a] = 1; } break; } // relu
      case 60: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += (g * v$) * (-2*a$); live[a] = 1; } break; } // erfSlope
      case 65: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += -((g * v$) * a$); live[a] = 1; } break; } // normPdf
      case 89: { const c = third[row]!; const a$ = value[a]!; if ((flows & 2) !== 0 && (+(a$!==0)) !== 0) { adjoint[b]! += g; live[b] = 1; } if ((flows & 4) !== 0 && (+(a$===0)) !== 0) { adjoint[c]! += g; live[c] = 1; } break; } // where
      case 91: { { adjoint[b]! += g; live[b] = 1; } break; } // surrogate
      case 92: { const b$ = value[b]!; { adjoint[a]! += g * b$; live[a] = 1; } break; } // weighted
      case 93: { const c = third[row]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += g; live[c] = 1; } break; } // mulAdd
      case 94: { const c = third[row]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += -g; live[c] = 1; } break; } // mulSub
      case 95: { const c = third[row]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += -(g * b$); live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * a$); live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += g; live[c] = 1; } break; } // subMul
      case SUM:
        if (flows === 0) break;
        for (let k = 0; k < b; k++) { adjoint[terms[a + k]!]! += g; live[terms[a + k]!] = 1; }
        break;
      case HELD: break;
      default: {
        const op = ops[row]!;
        const c = third[row]!;
        if (flows & 1) { adjoint[a]! += g * partial(op, 0, value[a]!, value[b]!, value[c]!, value[v]!); live[a] = 1; }
        if (flows & 2) { adjoint[b]! += g * partial(op, 1, value[a]!, value[b]!, value[c]!, value[v]!); live[b] = 1; }
      }
    }
  }
}

/** Evaluates the lanes of one row; its results lie from position `v` to `end`. */
export function forwardLanes({ op: ops, a: as, b: bs, c: cs, value }: Tape, row: number, v: number, end: number): void {
  const op = ops[row]!;
  let a = as[row]!;
  let b = bs[row]!;
  let c = cs[row]!;
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
      case 36: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = 1/Math.sqrt((1-a$)*(1+a$)); } break; // asinSlope
      case 38: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.abs(a$)<1e9?1/(1+a$*a$):1/a$/a$; } break; // atanSlope
      case 50: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = 1/((1-a$)*(1+a$)); } break; // atanhSlope
      case 57: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.max(a$,0); } break; // relu
      case 76: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.floor(a$); } break; // floor
      case 77: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.ceil(a$); } break; // ceil
      case 79: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.trunc(a$); } break; // trunc
      case 80: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<b$); } break; // lt
      case 81: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<=b$); } break; // le
      case 82: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>b$); } break; // gt
      case 83: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>=b$); } break; // ge
      case 84: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$===b$); } break; // eq
      case 85: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==b$); } break; // ne
      case 86: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0&&b$!==0); } break; // and
      case 87: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0||b$!==0); } break; // or
      case 88: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = +(a$===0); } break; // not
      case 89: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$!==0?b$:c$; } break; // where
      case 90: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = a$; } break; // stopGradient
      case 91: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$; } break; // surrogate
      case 92: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$*b$; } break; // weighted
      case 93: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$+c$; } break; // mulAdd
      case 94: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$-c$; } break; // mulSub
      case 95: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = c$-a$*b$; } break; // subMul
      default: for (; v < end; v++, a++, b++, c++) value[v] = evaluate(op, value[a]!, value[b]!, value[c]!);
  }
}

/** Adds the adjoints of the lanes of one row times their partials to the operands' adjoints, from the first lane to the last. */
export function reverseLanes({ op: ops, flows: masks, a: as, b: bs, c: cs, value, adjoint, live }: Tape, row: number, v: number, end: number): void {
  const op = ops[row]!;
  const flows = masks[row]!;
  if (flows === 0) return;
  let a = as[row]!;
  let b = bs[row]!;
  let c = cs[row]!;
  switch (op) {
      case 0: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g; live[b] = 1; } } break; // add
      case 1: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -g; live[b] = 1; } } break; // sub
      case 2: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } } break; // mul
      case 3: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const v$ = value[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g / b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -((g * v$) / b$); live[b] = 1; } } break; // div
      case 4: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * (Math.trunc((a$/b$)))); live[b] = 1; } } break; // rem
      case 5: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; { adjoint[a]! += -g; live[a] = 1; } } break; // neg
      case 6: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (Math.sign(a$)); live[a] = 1; } } break; // abs
      case 8: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0 && (((+(a$<b$))+(+(a$<=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$<b$))+(+(a$<=b$)))/2); live[a] = 1; } if ((flows & 2) !== 0 && (((+(b$<a$))+(+(b$<=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$<a$))+(+(b$<=a$)))/2); live[b] = 1; } } break; // minimum
      case 9: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0 && (((+(a$>b$))+(+(a$>=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$>b$))+(+(a$>=b$)))/2); live[a] = 1; } if ((flows & 2) !== 0 && (((+(b$>a$))+(+(b$>=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$>a$))+(+(b$>=a$)))/2); live[b] = 1; } } break; // maximum
      case 10: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; if ((flows & 1) !== 0 && (+((+(a$>=b$))!==0&&(+(a$<=c$))!==0)) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0 && (+((+(a$<b$))!==0&&(+(b$<=c$))!==0)) !== 0) { adjoint[b]! += g; live[b] = 1; } if ((flows & 4) !== 0 && (+((Math.max(a$,b$))>c$)) !== 0) { adjoint[c]! += g; live[c] = 1; } } break; // clip
      case 11: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += (g * a$) * 2; live[a] = 1; } } break; // square
      case 12: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += -(g * (v$*v$)); live[a] = 1; } } break; // reciprocal
      case 13: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += (g * 0.5) / v$; live[a] = 1; } } break; // sqrt
      case 14: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g / (3*(v$*v$)); live[a] = 1; } } break; // cbrt
      case 19: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g * v$; live[a] = 1; } } break; // exp
      case 21: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g * v$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * v$); live[b] = 1; } } break; // expDifference
      case 22: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g / a$; live[a] = 1; } } break; // log
      case 23: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g / (1+a$); live[a] = 1; } } break; // log1p
      case 24: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += (g * 1.4426950408889634) / a$; live[a] = 1; } } break; // log2
      case 25: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += (g * 0.4342944819032518) / a$; live[a] = 1; } } break; // log10
      case 33: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g * (1+(v$*v$)); live[a] = 1; } } break; // tan
      case 34: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1/Math.sqrt((1-a$)*(1+a$))); live[a] = 1; } } break; // asin
      case 35: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += -(g * (1/Math.sqrt((1-a$)*(1+a$)))); live[a] = 1; } } break; // acos
      case 36: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += ((g * a$) * v$) * (v$*v$); live[a] = 1; } } break; // asinSlope
      case 37: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (Math.abs(a$)<1e9?1/(1+a$*a$):1/a$/a$); live[a] = 1; } } break; // atan
      case 38: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += (g * v$) * (-2*(a$*v$)); live[a] = 1; } } break; // atanSlope
      case 48: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g / ((Math.sqrt((a$-1)))*(Math.sqrt((a$+1)))); live[a] = 1; } } break; // acosh
      case 49: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1/((1-a$)*(1+a$))); live[a] = 1; } } break; // atanh
      case 50: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += ((g * a$) * 2) * (v$*v$); live[a] = 1; } } break; // atanhSlope
      case 57: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; if ((+(a$>0)) !== 0) { adjoint[a]! += g; live[a] = 1; } } break; // relu
      case 60: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += (g * v$) * (-2*a$); live[a] = 1; } } break; // erfSlope
      case 65: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += -((g * v$) * a$); live[a] = 1; } } break; // normPdf
      case 89: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; if ((flows & 2) !== 0 && (+(a$!==0)) !== 0) { adjoint[b]! += g; live[b] = 1; } if ((flows & 4) !== 0 && (+(a$===0)) !== 0) { adjoint[c]! += g; live[c] = 1; } } break; // where
      case 91: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; { adjoint[b]! += g; live[b] = 1; } } break; // surrogate
      case 92: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; { adjoint[a]! += g * b$; live[a] = 1; } } break; // weighted
      case 93: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += g; live[c] = 1; } } break; // mulAdd
      case 94: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += -g; live[c] = 1; } } break; // mulSub
      case 95: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += -(g * b$); live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * a$); live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += g; live[c] = 1; } } break; // subMul
      default:
      for (; v < end; v++, a++, b++, c++) {
        if (live[v] === 0) continue;
        const g = adjoint[v]!;
        if (flows & 1) { adjoint[a]! += g * partial(op, 0, value[a]!, value[b]!, value[c]!, value[v]!); live[a] = 1; }
        if (flows & 2) { adjoint[b]! += g * partial(op, 1, value[a]!, value[b]!, value[c]!, value[v]!); live[b] = 1; }
      }
  }
}

/** ∂v/∂a where k = 0, ∂v/∂b where k = 1, of the ops whose partials call functions. */
function partial(op: number, k: number, a: number, b: number, c: number, v: number): number {
  switch (op) {
      case 15: return k === 0 ? (special.hypotSlope(a,b,v)) : (special.hypotSlope(b,a,v)); // hypot
      case 16: return k === 0 ? ((+(c===0))!==0?0:((special.hypotSlope(b,a,c))*((special.hypotSlope(b,a,c))/c))) : ((+(c===0))!==0?0:((-v)*((special.hypotSlope(b,a,c))/c))); // hypotSlope
      case 17: return k === 0 ? ((+((+((Math.abs(a))>6e-309))!==0||(+(b!==0))!==0))!==0?(b*(Math.pow(a,(b-1)))):0) : (v*Math.log(a===0?1:a)); // pow
      case 18: return k === 0 ? ((+((+((Math.abs(a))>6e-309))!==0||(+(b!==0))!==0))!==0?((Math.pow(a,(b-1)))+(b*((Math.pow(a,(b-1)))*Math.log(a===0?1:a)))):0) : (v*(Math.log(((+(a===0))!==0?1:a)))); // powLog
      case 20: return (Math.exp(a)); // expm1
      case 26: return k === 0 ? (Math.log(b)) : ((+(a!==0||b!==0))!==0?(a/b):0); // xlogy
      case 27: return k === 0 ? (Math.log1p(b)) : ((+(a!==0||(1+b)!==0))!==0?(a/(1+b)):0); // xlog1py
      case 28: return (special.exprelSlope(1,a)); // exprel
      case 29: return k === 0 ? 0 : (special.exprelSlope((a+1),b)); // exprelSlope
      case 30: return ((-(Math.exp(a)))/(Math.abs((Math.expm1(a))))); // log1mExp
      case 31: return (Math.cos(a)); // sin
      case 32: return (-(Math.sin(a))); // cos
      case 39: return k === 0 ? (special.hypotSlope(b,a,(Math.hypot(a,b)))/(Math.hypot(a,b))) : (-(special.hypotSlope(a,b,(Math.hypot(a,b)))/(Math.hypot(a,b)))); // atan2
      case 40: return k === 0 ? ((-2*v)*((special.hypotSlope(a,b,c))/c)) : ((((4*(((a/2)-(b/2))/c))*(((a/2)+(b/2))/c))/c)/c); // atan2Slope
      case 41: return (special.sincSlope(1,a)); // sinc
      case 42: return k === 0 ? 0 : (special.sincSlope((a+1),b)); // sincSlope
      case 43: return (Math.cosh(a)); // sinh
      case 44: return (Math.sinh(a)); // cosh
      case 45: return (special.tanhSlope(a)); // tanh
      case 46: return ((-2*(Math.tanh(a)))*v); // tanhSlope
      case 47: return (1/(Math.hypot(1,a))); // asinh
      case 51: return (special.sigmoidSlope(a)); // sigmoid
      case 52: return ((-(Math.tanh((a/2))))*v); // sigmoidSlope
      case 53: return (special.sigmoid(a)); // softplus
      case 54: return (special.sigmoid((-a))); // logSigmoid
      case 55: return k === 0 ? (special.logAddExpSlope(a,b)) : (special.logAddExpSlope(b,a)); // logAddExp
      case 56: return k === 0 ? (v*(special.logAddExpSlope(b,a))) : ((-v)*(special.logAddExpSlope(b,a))); // logAddExpSlope
      case 58: return (special.erfSlope(a)); // erf
      case 59: return (-(special.erfSlope(a))); // erfc
      case 61: return (v*(special.erfcxRatio(1,a))); // erfcx
      case 62: return k === 0 ? 0 : (v*((special.erfcxRatio((a+1),b))-v)); // erfcxRatio
      case 63: return (special.logErfcSlope(a)); // logErfc
      case 64: return ((-v)*(special.erfcxRatio(1,a))); // logErfcSlope
      case 66: return (special.normPdf(a)); // normCdf
      case 67: return (special.logNormCdfSlope(a)); // logNormCdf
      case 68: return ((0.7071067811865476*v)*(special.erfcxRatio(1,(-0.7071067811865476*a)))); // logNormCdfSlope
      case 69: return (special.normQuantileSlope(a)); // normQuantile
      case 70: return ((special.normQuantile(a))*(v*v)); // normQuantileSlope
      case 71: return (special.digamma(a)); // lgamma
      case 72: return (special.polygamma(1,a)); // digamma
      case 73: return k === 0 ? 0 : (special.polygamma((a+1),b)); // polygamma
      case 74: return k === 0 ? (special.lbetaSlope(a,b,0)) : (special.lbetaSlope(b,a,0)); // lbeta
      case 75: return k === 0 ? (special.lbetaSlope(a,b,(c+1))) : (-(special.polygamma((c+1),(a+b)))); // lbetaSlope
  }
  return 0;
}
