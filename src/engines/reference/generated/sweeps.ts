// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** The reference engine's sweeps over elementwise rows: the whole engine is these switches. */
import { sumTerms } from "../../../ops/lanes.js";
import { evaluate } from "../../../ops/generated/evaluate.js";
import * as special from "../../../ops/special/special.js";

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
  held,
}

/** The opcode of a sum of numbers on a tape. */
export const SUM: number = opcode.sum;

/** The opcode of a number that is given, or computed between the sweeps. */
export const HELD: number = opcode.held;

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
      case opcode.add: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$+b$; break; }
      case opcode.sub: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$-b$; break; }
      case opcode.mul: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$*b$; break; }
      case opcode.div: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$/b$; break; }
      case opcode.neg: { const a$ = value[a]!; value[v] = -a$; break; }
      case opcode.abs: { const a$ = value[a]!; value[v] = Math.abs(a$); break; }
      case opcode.sign: { const a$ = value[a]!; value[v] = Math.sign(a$); break; }
      case opcode.minimum: { const a$ = value[a]!; const b$ = value[b]!; value[v] = Math.min(a$,b$); break; }
      case opcode.maximum: { const a$ = value[a]!; const b$ = value[b]!; value[v] = Math.max(a$,b$); break; }
      case opcode.clip: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = Math.min(Math.max(a$,b$),c$); break; }
      case opcode.square: { const a$ = value[a]!; value[v] = a$*a$; break; }
      case opcode.reciprocal: { const a$ = value[a]!; value[v] = 1/a$; break; }
      case opcode.sqrt: { const a$ = value[a]!; value[v] = Math.sqrt(a$); break; }
      case opcode.asinSlope: { const a$ = value[a]!; value[v] = 1/Math.sqrt((1-a$)*(1+a$)); break; }
      case opcode.atanSlope: { const a$ = value[a]!; value[v] = Math.abs(a$)<1e9?1/(1+a$*a$):1/a$/a$; break; }
      case opcode.atanhSlope: { const a$ = value[a]!; value[v] = 1/((1-a$)*(1+a$)); break; }
      case opcode.relu: { const a$ = value[a]!; value[v] = Math.max(a$,0); break; }
      case opcode.floor: { const a$ = value[a]!; value[v] = Math.floor(a$); break; }
      case opcode.ceil: { const a$ = value[a]!; value[v] = Math.ceil(a$); break; }
      case opcode.trunc: { const a$ = value[a]!; value[v] = Math.trunc(a$); break; }
      case opcode.lt: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<b$); break; }
      case opcode.le: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<=b$); break; }
      case opcode.gt: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>b$); break; }
      case opcode.ge: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>=b$); break; }
      case opcode.eq: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$===b$); break; }
      case opcode.ne: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==b$); break; }
      case opcode.and: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0&&b$!==0); break; }
      case opcode.or: { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0||b$!==0); break; }
      case opcode.not: { const a$ = value[a]!; value[v] = +(a$===0); break; }
      case opcode.where: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$!==0?b$:c$; break; }
      case opcode.stopGradient: { const a$ = value[a]!; value[v] = a$; break; }
      case opcode.surrogate: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$; break; }
      case opcode.weighted: { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$*b$; break; }
      case opcode.mulAdd: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$+c$; break; }
      case opcode.mulSub: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$-c$; break; }
      case opcode.subMul: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = c$-a$*b$; break; }
      case opcode.sum: {
        if (room.length < b) room = new Float64Array(2 * b);
        for (let k = 0; k < b; k++) room[k] = value[terms[a + k]!]!;
        value[v] = sumTerms(room, b);
        break;
      }
      case opcode.held: break;
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
      case opcode.add: { if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g; live[b] = 1; } break; }
      case opcode.sub: { if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -g; live[b] = 1; } break; }
      case opcode.mul: { const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } break; }
      case opcode.div: { const b$ = value[b]!; const v$ = value[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g / b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -((g * v$) / b$); live[b] = 1; } break; }
      case opcode.rem: { const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * (Math.trunc((a$/b$)))); live[b] = 1; } break; }
      case opcode.neg: { { adjoint[a]! += -g; live[a] = 1; } break; }
      case opcode.abs: { const a$ = value[a]!; { adjoint[a]! += g * (Math.sign(a$)); live[a] = 1; } break; }
      case opcode.minimum: { const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0 && (((+(a$<b$))+(+(a$<=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$<b$))+(+(a$<=b$)))/2); live[a] = 1; } if ((flows & 2) !== 0 && (((+(b$<a$))+(+(b$<=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$<a$))+(+(b$<=a$)))/2); live[b] = 1; } break; }
      case opcode.maximum: { const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0 && (((+(a$>b$))+(+(a$>=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$>b$))+(+(a$>=b$)))/2); live[a] = 1; } if ((flows & 2) !== 0 && (((+(b$>a$))+(+(b$>=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$>a$))+(+(b$>=a$)))/2); live[b] = 1; } break; }
      case opcode.clip: { const c = third[row]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; if ((flows & 1) !== 0 && (+((+(a$>=b$))!==0&&(+(a$<=c$))!==0)) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0 && (+((+(a$<b$))!==0&&(+(b$<=c$))!==0)) !== 0) { adjoint[b]! += g; live[b] = 1; } if ((flows & 4) !== 0 && (+((Math.max(a$,b$))>c$)) !== 0) { adjoint[c]! += g; live[c] = 1; } break; }
      case opcode.square: { const a$ = value[a]!; { adjoint[a]! += (g * a$) * 2; live[a] = 1; } break; }
      case opcode.reciprocal: { const v$ = value[v]!; { adjoint[a]! += -(g * (v$*v$)); live[a] = 1; } break; }
      case opcode.sqrt: { const v$ = value[v]!; { adjoint[a]! += (g * 0.5) / v$; live[a] = 1; } break; }
      case opcode.cbrt: { const v$ = value[v]!; { adjoint[a]! += g / (3*(v$*v$)); live[a] = 1; } break; }
      case opcode.exp: { const v$ = value[v]!; { adjoint[a]! += g * v$; live[a] = 1; } break; }
      case opcode.expDifference: { const v$ = value[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g * v$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * v$); live[b] = 1; } break; }
      case opcode.log: { const a$ = value[a]!; { adjoint[a]! += g / a$; live[a] = 1; } break; }
      case opcode.log1p: { const a$ = value[a]!; { adjoint[a]! += g / (1+a$); live[a] = 1; } break; }
      case opcode.log2: { const a$ = value[a]!; { adjoint[a]! += (g * 1.4426950408889634) / a$; live[a] = 1; } break; }
      case opcode.log10: { const a$ = value[a]!; { adjoint[a]! += (g * 0.4342944819032518) / a$; live[a] = 1; } break; }
      case opcode.tan: { const v$ = value[v]!; { adjoint[a]! += g * (1+(v$*v$)); live[a] = 1; } break; }
      case opcode.asin: { const a$ = value[a]!; { adjoint[a]! += g * (1/Math.sqrt((1-a$)*(1+a$))); live[a] = 1; } break; }
      case opcode.acos: { const a$ = value[a]!; { adjoint[a]! += -(g * (1/Math.sqrt((1-a$)*(1+a$)))); live[a] = 1; } break; }
      case opcode.asinSlope: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += ((g * a$) * v$) * (v$*v$); live[a] = 1; } break; }
      case opcode.atan: { const a$ = value[a]!; { adjoint[a]! += g * (Math.abs(a$)<1e9?1/(1+a$*a$):1/a$/a$); live[a] = 1; } break; }
      case opcode.atanSlope: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += (g * v$) * (-2*(a$*v$)); live[a] = 1; } break; }
      case opcode.acosh: { const a$ = value[a]!; { adjoint[a]! += g / ((Math.sqrt((a$-1)))*(Math.sqrt((a$+1)))); live[a] = 1; } break; }
      case opcode.atanh: { const a$ = value[a]!; { adjoint[a]! += g * (1/((1-a$)*(1+a$))); live[a] = 1; } break; }
      case opcode.atanhSlope: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += ((g * a$) * 2) * (v$*v$); live[a] = 1; } break; }
      case opcode.relu: { const a$ = value[a]!; if ((+(a$>0)) !== 0) { adjoint[a]! += g; live[a] = 1; } break; }
      case opcode.erfSlope: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += (g * v$) * (-2*a$); live[a] = 1; } break; }
      case opcode.normPdf: { const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += -((g * v$) * a$); live[a] = 1; } break; }
      case opcode.where: { const c = third[row]!; const a$ = value[a]!; if ((flows & 2) !== 0 && (+(a$!==0)) !== 0) { adjoint[b]! += g; live[b] = 1; } if ((flows & 4) !== 0 && (+(a$===0)) !== 0) { adjoint[c]! += g; live[c] = 1; } break; }
      case opcode.surrogate: { { adjoint[b]! += g; live[b] = 1; } break; }
      case opcode.weighted: { const b$ = value[b]!; { adjoint[a]! += g * b$; live[a] = 1; } break; }
      case opcode.mulAdd: { const c = third[row]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += g; live[c] = 1; } break; }
      case opcode.mulSub: { const c = third[row]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += -g; live[c] = 1; } break; }
      case opcode.subMul: { const c = third[row]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += -(g * b$); live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * a$); live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += g; live[c] = 1; } break; }
      case opcode.sum:
        if (flows === 0) break;
        for (let k = 0; k < b; k++) { adjoint[terms[a + k]!]! += g; live[terms[a + k]!] = 1; }
        break;
      case opcode.held: break;
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
      case opcode.add: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$+b$; } break;
      case opcode.sub: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$-b$; } break;
      case opcode.mul: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$*b$; } break;
      case opcode.div: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$/b$; } break;
      case opcode.neg: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = -a$; } break;
      case opcode.abs: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.abs(a$); } break;
      case opcode.sign: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.sign(a$); } break;
      case opcode.minimum: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = Math.min(a$,b$); } break;
      case opcode.maximum: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = Math.max(a$,b$); } break;
      case opcode.clip: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = Math.min(Math.max(a$,b$),c$); } break;
      case opcode.square: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = a$*a$; } break;
      case opcode.reciprocal: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = 1/a$; } break;
      case opcode.sqrt: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.sqrt(a$); } break;
      case opcode.asinSlope: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = 1/Math.sqrt((1-a$)*(1+a$)); } break;
      case opcode.atanSlope: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.abs(a$)<1e9?1/(1+a$*a$):1/a$/a$; } break;
      case opcode.atanhSlope: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = 1/((1-a$)*(1+a$)); } break;
      case opcode.relu: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.max(a$,0); } break;
      case opcode.floor: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.floor(a$); } break;
      case opcode.ceil: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.ceil(a$); } break;
      case opcode.trunc: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = Math.trunc(a$); } break;
      case opcode.lt: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<b$); } break;
      case opcode.le: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$<=b$); } break;
      case opcode.gt: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>b$); } break;
      case opcode.ge: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$>=b$); } break;
      case opcode.eq: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$===b$); } break;
      case opcode.ne: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==b$); } break;
      case opcode.and: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0&&b$!==0); } break;
      case opcode.or: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = +(a$!==0||b$!==0); } break;
      case opcode.not: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = +(a$===0); } break;
      case opcode.where: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$!==0?b$:c$; } break;
      case opcode.stopGradient: for (; v < end; v++, a++) { const a$ = value[a]!; value[v] = a$; } break;
      case opcode.surrogate: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$; } break;
      case opcode.weighted: for (; v < end; v++, a++, b++) { const a$ = value[a]!; const b$ = value[b]!; value[v] = a$*b$; } break;
      case opcode.mulAdd: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$+c$; } break;
      case opcode.mulSub: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = a$*b$-c$; } break;
      case opcode.subMul: for (; v < end; v++, a++, b++, c++) { const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; value[v] = c$-a$*b$; } break;
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
      case opcode.add: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g; live[b] = 1; } } break;
      case opcode.sub: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -g; live[b] = 1; } } break;
      case opcode.mul: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } } break;
      case opcode.div: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const v$ = value[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g / b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -((g * v$) / b$); live[b] = 1; } } break;
      case opcode.rem: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * (Math.trunc((a$/b$)))); live[b] = 1; } } break;
      case opcode.neg: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; { adjoint[a]! += -g; live[a] = 1; } } break;
      case opcode.abs: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (Math.sign(a$)); live[a] = 1; } } break;
      case opcode.minimum: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0 && (((+(a$<b$))+(+(a$<=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$<b$))+(+(a$<=b$)))/2); live[a] = 1; } if ((flows & 2) !== 0 && (((+(b$<a$))+(+(b$<=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$<a$))+(+(b$<=a$)))/2); live[b] = 1; } } break;
      case opcode.maximum: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; if ((flows & 1) !== 0 && (((+(a$>b$))+(+(a$>=b$)))/2) !== 0) { adjoint[a]! += g * (((+(a$>b$))+(+(a$>=b$)))/2); live[a] = 1; } if ((flows & 2) !== 0 && (((+(b$>a$))+(+(b$>=a$)))/2) !== 0) { adjoint[b]! += g * (((+(b$>a$))+(+(b$>=a$)))/2); live[b] = 1; } } break;
      case opcode.clip: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const b$ = value[b]!; const c$ = value[c]!; if ((flows & 1) !== 0 && (+((+(a$>=b$))!==0&&(+(a$<=c$))!==0)) !== 0) { adjoint[a]! += g; live[a] = 1; } if ((flows & 2) !== 0 && (+((+(a$<b$))!==0&&(+(b$<=c$))!==0)) !== 0) { adjoint[b]! += g; live[b] = 1; } if ((flows & 4) !== 0 && (+((Math.max(a$,b$))>c$)) !== 0) { adjoint[c]! += g; live[c] = 1; } } break;
      case opcode.square: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += (g * a$) * 2; live[a] = 1; } } break;
      case opcode.reciprocal: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += -(g * (v$*v$)); live[a] = 1; } } break;
      case opcode.sqrt: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += (g * 0.5) / v$; live[a] = 1; } } break;
      case opcode.cbrt: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g / (3*(v$*v$)); live[a] = 1; } } break;
      case opcode.exp: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g * v$; live[a] = 1; } } break;
      case opcode.expDifference: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; if ((flows & 1) !== 0) { adjoint[a]! += g * v$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * v$); live[b] = 1; } } break;
      case opcode.log: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g / a$; live[a] = 1; } } break;
      case opcode.log1p: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g / (1+a$); live[a] = 1; } } break;
      case opcode.log2: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += (g * 1.4426950408889634) / a$; live[a] = 1; } } break;
      case opcode.log10: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += (g * 0.4342944819032518) / a$; live[a] = 1; } } break;
      case opcode.tan: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const v$ = value[v]!; { adjoint[a]! += g * (1+(v$*v$)); live[a] = 1; } } break;
      case opcode.asin: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1/Math.sqrt((1-a$)*(1+a$))); live[a] = 1; } } break;
      case opcode.acos: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += -(g * (1/Math.sqrt((1-a$)*(1+a$)))); live[a] = 1; } } break;
      case opcode.asinSlope: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += ((g * a$) * v$) * (v$*v$); live[a] = 1; } } break;
      case opcode.atan: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (Math.abs(a$)<1e9?1/(1+a$*a$):1/a$/a$); live[a] = 1; } } break;
      case opcode.atanSlope: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += (g * v$) * (-2*(a$*v$)); live[a] = 1; } } break;
      case opcode.acosh: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g / ((Math.sqrt((a$-1)))*(Math.sqrt((a$+1)))); live[a] = 1; } } break;
      case opcode.atanh: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; { adjoint[a]! += g * (1/((1-a$)*(1+a$))); live[a] = 1; } } break;
      case opcode.atanhSlope: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += ((g * a$) * 2) * (v$*v$); live[a] = 1; } } break;
      case opcode.relu: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; if ((+(a$>0)) !== 0) { adjoint[a]! += g; live[a] = 1; } } break;
      case opcode.erfSlope: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += (g * v$) * (-2*a$); live[a] = 1; } } break;
      case opcode.normPdf: for (; v < end; v++, a++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; const v$ = value[v]!; { adjoint[a]! += -((g * v$) * a$); live[a] = 1; } } break;
      case opcode.where: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const a$ = value[a]!; if ((flows & 2) !== 0 && (+(a$!==0)) !== 0) { adjoint[b]! += g; live[b] = 1; } if ((flows & 4) !== 0 && (+(a$===0)) !== 0) { adjoint[c]! += g; live[c] = 1; } } break;
      case opcode.surrogate: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; { adjoint[b]! += g; live[b] = 1; } } break;
      case opcode.weighted: for (; v < end; v++, a++, b++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; { adjoint[a]! += g * b$; live[a] = 1; } } break;
      case opcode.mulAdd: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += g; live[c] = 1; } } break;
      case opcode.mulSub: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += g * b$; live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += g * a$; live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += -g; live[c] = 1; } } break;
      case opcode.subMul: for (; v < end; v++, a++, b++, c++) { if (live[v] === 0) continue; const g = adjoint[v]!; const b$ = value[b]!; const a$ = value[a]!; if ((flows & 1) !== 0) { adjoint[a]! += -(g * b$); live[a] = 1; } if ((flows & 2) !== 0) { adjoint[b]! += -(g * a$); live[b] = 1; } if ((flows & 4) !== 0) { adjoint[c]! += g; live[c] = 1; } } break;
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
      case opcode.hypot: return k === 0 ? (special.hypotSlope(a,b,v)) : (special.hypotSlope(b,a,v));
      case opcode.hypotSlope: return k === 0 ? ((+(c===0))!==0?0:((special.hypotSlope(b,a,c))*((special.hypotSlope(b,a,c))/c))) : ((+(c===0))!==0?0:((-v)*((special.hypotSlope(b,a,c))/c)));
      case opcode.pow: return k === 0 ? ((+((+((Math.abs(a))>6e-309))!==0||(+(b!==0))!==0))!==0?(b*(Math.pow(a,(b-1)))):0) : (v*Math.log(a===0?1:a));
      case opcode.powLog: return k === 0 ? ((+((+((Math.abs(a))>6e-309))!==0||(+(b!==0))!==0))!==0?((Math.pow(a,(b-1)))+(b*((Math.pow(a,(b-1)))*Math.log(a===0?1:a)))):0) : (v*(Math.log(((+(a===0))!==0?1:a))));
      case opcode.expm1: return (Math.exp(a));
      case opcode.xlogy: return k === 0 ? (Math.log(b)) : ((+(a!==0||b!==0))!==0?(a/b):0);
      case opcode.xlog1py: return k === 0 ? (Math.log1p(b)) : ((+(a!==0||(1+b)!==0))!==0?(a/(1+b)):0);
      case opcode.exprel: return (special.exprelSlope(1,a));
      case opcode.exprelSlope: return k === 0 ? 0 : (special.exprelSlope((a+1),b));
      case opcode.log1mExp: return ((-(Math.exp(a)))/(Math.abs((Math.expm1(a)))));
      case opcode.sin: return (Math.cos(a));
      case opcode.cos: return (-(Math.sin(a)));
      case opcode.atan2: return k === 0 ? (special.hypotSlope(b,a,(Math.hypot(a,b)))/(Math.hypot(a,b))) : (-(special.hypotSlope(a,b,(Math.hypot(a,b)))/(Math.hypot(a,b))));
      case opcode.atan2Slope: return k === 0 ? ((-2*v)*((special.hypotSlope(a,b,c))/c)) : ((((4*(((a/2)-(b/2))/c))*(((a/2)+(b/2))/c))/c)/c);
      case opcode.sinc: return (special.sincSlope(1,a));
      case opcode.sincSlope: return k === 0 ? 0 : (special.sincSlope((a+1),b));
      case opcode.sinh: return (Math.cosh(a));
      case opcode.cosh: return (Math.sinh(a));
      case opcode.tanh: return (special.tanhSlope(a));
      case opcode.tanhSlope: return ((-2*(Math.tanh(a)))*v);
      case opcode.asinh: return (1/(Math.hypot(1,a)));
      case opcode.sigmoid: return (special.sigmoidSlope(a));
      case opcode.sigmoidSlope: return ((-(Math.tanh((a/2))))*v);
      case opcode.softplus: return (special.sigmoid(a));
      case opcode.logSigmoid: return (special.sigmoid((-a)));
      case opcode.logAddExp: return k === 0 ? (special.logAddExpSlope(a,b)) : (special.logAddExpSlope(b,a));
      case opcode.logAddExpSlope: return k === 0 ? (v*(special.logAddExpSlope(b,a))) : ((-v)*(special.logAddExpSlope(b,a)));
      case opcode.erf: return (special.erfSlope(a));
      case opcode.erfc: return (-(special.erfSlope(a)));
      case opcode.erfcx: return (v*(special.erfcxRatio(1,a)));
      case opcode.erfcxRatio: return k === 0 ? 0 : (v*((special.erfcxRatio((a+1),b))-v));
      case opcode.logErfc: return (special.logErfcSlope(a));
      case opcode.logErfcSlope: return ((-v)*(special.erfcxRatio(1,a)));
      case opcode.normCdf: return (special.normPdf(a));
      case opcode.logNormCdf: return (special.logNormCdfSlope(a));
      case opcode.logNormCdfSlope: return ((0.7071067811865476*v)*(special.erfcxRatio(1,(-0.7071067811865476*a))));
      case opcode.normQuantile: return (special.normQuantileSlope(a));
      case opcode.normQuantileSlope: return ((special.normQuantile(a))*(v*v));
      case opcode.lgamma: return (special.digamma(a));
      case opcode.digamma: return (special.polygamma(1,a));
      case opcode.polygamma: return k === 0 ? 0 : (special.polygamma((a+1),b));
      case opcode.lbeta: return k === 0 ? (special.lbetaSlope(a,b,0)) : (special.lbetaSlope(b,a,0));
      case opcode.lbetaSlope: return k === 0 ? (special.lbetaSlope(a,b,(c+1))) : (-(special.polygamma((c+1),(a+b))));
  }
  return 0;
}
