/**
 * The sweep of a tape in linear memory, as src/ops/layout.ts lays it out. Values and adjoints are f64 at the addresses in its columns: 8 bytes
 * a scalar, 8 bytes × block a lane row, 8 bytes × lanes where a vector lies in memory.
 */
import { elementwise, STRUCTURAL } from "./generated/lanes";
import {
  ARGMAX,
  ARGMAX_AXIS,
  ARGMIN,
  ARGMIN_AXIS,
  ARGSORT,
  CUMSUM,
  CUMSUM_AXIS,
  DOT,
  GATHER,
  GRID,
  MAX,
  MAX_AXIS,
  MIN,
  MIN_AXIS,
  REVERSE,
  REVERSE_AXIS,
  SEGMENT_BEGIN,
  SEGMENT_END,
  SEGMENT_SUM,
  SEGMENT_SUM_VALUE,
  SLOT_IN,
  SLOT_NUMBER,
  SLOT_OUT,
  SLOTS_IN,
  SLOTS_OUT,
  SUM,
  SUM_AXIS,
  TRIANGLE,
  MATMUL,
  TRIANGULAR_SOLVE,
  CHOLESKY,
  CHOLESKY_ADJOINT,
  EIGENVALUES,
  EIGENVECTORS,
  EIGH,
  LU,
  ORTHOGONAL_FACTOR,
  QR,
  SOLVE,
  SOLVE_TRANSPOSED,
  SUM_BEGIN,
  SUM_END,
  TAKE,
  TAKE_VALUE,
  TRANSPOSE,
  TRIANGULAR_FACTOR,
} from "./generated/rows";
import {
  ADVANCE_A,
  ADVANCE_B,
  ADVANCE_C,
  ADVANCE_V,
  BROADCAST_A,
  BROADCAST_ANY,
  BROADCAST_B,
  BROADCAST_C,
  COUNTER_INDEX,
  COUNTER_LEFT,
  FAULT_BYTES,
  FAULT_INDEX,
  FAULT_LANE,
  FAULT_LANES,
  HEADER_A,
  HEADER_B,
  HEADER_C,
  HEADER_COUNT,
  HEADER_LANES,
  HEADER_MODE,
  HEADER_OP,
  HEADER_RESUME,
  HEADER_CALL,
  HEADER_SECTIONS,
  HEADER_V,
  KIND_BEGIN,
  KIND_CALLED,
  KIND_NEXT,
  SECTION_BLOCK,
  SECTION_BYTES,
  SECTION_FIRST,
  SECTION_LANES,
  SECTION_LAST,
  STATUS_DONE,
  STATUS_FAULT,
  STATUS_STOP,
} from "./generated/layout";
import { argExtreme, dotInto, extreme, sumBegin, sumEnd, sumInto } from "./reduce";
import { cholesky, choleskyAdjoint, eigh, lu, matmul, part, qr, solve, solveTransposed, triangularSolve } from "./linear/index";
import { argmaxAxis, argminAxis, argsort, cumsumAxis, maxAxis, minAxis, reverseAxis, sumAxis, transpose, triangle } from "./matrices";
import { cumsum, gather, grid, reverse, segmentBegin, segmentEnd, segmentSum, slotIn, slotOut, slotsIn, slotsOut, take } from "./move";

/** A pair of equal lanes for each broadcast operand. */
const PAIRS = memory.data(48, 16);
/** The last fault. */
const FAULT = memory.data(<i32>FAULT_BYTES, 8);

/** The address of the last fault. */
export function faultAt(): usize {
  return FAULT;
}

/**
 * Evaluates all sections, or, after a stop, those that follow it. Reads: header, sections. Writes: where to go on, and the call.
 * Returns 0, 1 at a fault, or 2 at a stop.
 */
export function sweepSections(header: usize): u32 {
  const start: usize = load<u32>(header, HEADER_SECTIONS);
  const end = start + <usize>load<u32>(header, HEADER_COUNT) * SECTION_BYTES;
  const section = start + <usize>load<u32>(header, HEADER_RESUME) * SECTION_BYTES;
  store<u32>(header, 0, HEADER_RESUME);
  return sections(header, start, section, end);
}

/**
 * Evaluates the sections from one up to another, and those that they call; `start` is the first of all. Stops may be among those that are repeated,
 * since counters are in memory, but not among those that are called.
 */
function sections(header: usize, start: usize, section: usize, end: usize): u32 {
  for (; section < end; section += SECTION_BYTES) {
    const first = load<u32>(section, SECTION_FIRST);
    const last = load<u32>(section, SECTION_LAST);
    const lanes = load<u32>(section, SECTION_LANES);
    const block = load<u32>(section, SECTION_BLOCK);
    if (lanes >= KIND_NEXT) {
      const counter: usize = block;
      if (lanes === KIND_NEXT) {
        const left = load<u32>(counter, COUNTER_LEFT) - 1;
        store<u32>(counter, left, COUNTER_LEFT);
        store<u32>(counter, load<u32>(counter, COUNTER_INDEX) + last, COUNTER_INDEX);
        if (left) section -= (<usize>first + 1) * SECTION_BYTES;
      } else if (lanes === KIND_BEGIN) {
        store<u32>(counter, first, COUNTER_INDEX);
        store<u32>(counter, last, COUNTER_LEFT);
      } else if (sections(header, start, start + <usize>first * SECTION_BYTES, start + <usize>last * SECTION_BYTES)) return STATUS_FAULT;
      continue;
    }
    if (lanes === 0) {
      const call = block;
      if (call !== 0) {
        store<u32>(header, <u32>((section - start) / SECTION_BYTES) + 1, HEADER_RESUME);
        store<u32>(header, call, HEADER_CALL);
        return STATUS_STOP;
      }
      if (rows(header, first, last, 0, 0)) return STATUS_FAULT;
      continue;
    }
    for (let lane: u32 = 0; lane < lanes; lane += block) {
      if (rows(header, first, last, min(block, lanes - lane), lane)) return STATUS_FAULT;
    }
  }
  return STATUS_DONE;
}

/**
 * Evaluates rows in order: `count` lanes of each from `lane` on, or, where count is 0, as many lanes as each row's column says.
 * Reads: columns, operands. Writes: results. Returns 0, or 1 at a fault.
 */
function rows(header: usize, first: u32, last: u32, count: u32, lane: u32): u32 {
  const ops: usize = load<u32>(header, HEADER_OP);
  const modes: usize = load<u32>(header, HEADER_MODE);
  const counts: usize = load<u32>(header, HEADER_LANES);
  const vs: usize = load<u32>(header, HEADER_V);
  const as: usize = load<u32>(header, HEADER_A);
  const bs: usize = load<u32>(header, HEADER_B);
  const cs: usize = load<u32>(header, HEADER_C);
  const offset: usize = lane << 3;
  for (let row: usize = first; row < last; row++) {
    const op: u32 = load<u8>(ops + row);
    const mode: u32 = load<u8>(modes + row);
    const column = row << 2;
    const n: u32 = count ? count : load<u32>(counts + column);
    const v: usize = <usize>load<u32>(vs + column) + offset * moves(mode, ADVANCE_V);
    let a: usize = <usize>load<u32>(as + column) + offset * moves(mode, ADVANCE_A);
    let b: usize = load<u32>(bs + column);
    let c: usize = load<u32>(cs + column);
    if (op < STRUCTURAL) {
      b += offset * moves(mode, ADVANCE_B);
      c += offset * moves(mode, ADVANCE_C);
      let aStep: usize = 16;
      let bStep: usize = 16;
      let cStep: usize = 16;
      if (mode & BROADCAST_ANY) {
        if (mode & BROADCAST_A) {
          a = splat(PAIRS, a);
          aStep = 0;
        }
        if (mode & BROADCAST_B) {
          b = splat(PAIRS + 16, b);
          bStep = 0;
        }
        if (mode & BROADCAST_C) {
          c = splat(PAIRS + 32, c);
          cStep = 0;
        }
      }
      elementwise(op, v, v + ((<usize>n) << 3), a, aStep, b, bStep, c, cStep);
    } else if (structural(op, mode, v, a, b, c, n, lane)) return 1;
  }
  return 0;
}

/** 1 where a bit of the mode says that something moves with the block, else 0. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function moves(mode: u32, bit: u32): usize {
  return (mode & bit) !== 0 ? 1 : 0;
}

/** Writes the number at `from` twice, for two lanes. Returns `to`. */
function splat(to: usize, from: usize): usize {
  v128.store(to, v128.load64_splat(from));
  return to;
}

/** One of the kernel's own rows. Returns 0, or 1 at a fault, which it records. */
function structural(op: u32, mode: u32, v: usize, a: usize, b: usize, c: usize, n: u32, lane: u32): u32 {
  const bMoves = moves(mode, ADVANCE_B);
  switch (op) {
    case GATHER:
      gather(v, a, n);
      return 0;
    case TAKE:
      b += bMoves * ((<usize>lane) << 2);
      return fault(false, b, take<i32>(v, a, b, n, c), lane, c);
    case TAKE_VALUE:
      b += bMoves * ((<usize>lane) << 3);
      return fault(true, b, take<f64>(v, a, b, n, c), lane, c);
    case SEGMENT_BEGIN:
      segmentBegin(v, n);
      return 0;
    case SEGMENT_END:
      segmentEnd(v, n);
      return 0;
    case SEGMENT_SUM:
      b += bMoves * ((<usize>lane) << 2);
      return fault(false, b, segmentSum<i32>(v, a, b, n, c), lane, c);
    case SEGMENT_SUM_VALUE:
      b += bMoves * ((<usize>lane) << 3);
      return fault(true, b, segmentSum<f64>(v, a, b, n, c), lane, c);
    case SLOT_IN:
      slotIn(v, a, b, c);
      return 0;
    case SLOT_OUT:
      slotOut(v, a, b, c);
      return 0;
    case SLOT_NUMBER:
      store<f64>(v, <f64>load<u32>(a, COUNTER_INDEX));
      return 0;
    case SLOTS_IN:
      slotsIn(v, a, b, n);
      return 0;
    case SLOTS_OUT:
      slotsOut(a, b, c, n);
      return 0;
    case CUMSUM:
      cumsum(v, a, n, c);
      return 0;
    case REVERSE:
      reverse(v, a - ((<usize>lane) << 3), n);
      return 0;
    case SUM_BEGIN:
      sumBegin(v, n);
      return 0;
    case SUM:
      sumInto(v, a, n);
      return 0;
    case DOT: {
      b += bMoves * ((<usize>lane) << 3);
      dotInto(v, a, mode & BROADCAST_A, b, mode & BROADCAST_B, n);
      return 0;
    }
    case SUM_END:
      sumEnd(v, a, n);
      return 0;
    case MAX:
    case MIN:
      extreme(v, a, n, op === MAX);
      return 0;
    case ARGMAX:
    case ARGMIN:
      argExtreme(v, a, n, lane, op === ARGMAX);
      return 0;
    case GRID:
      grid(v, a, b, n, lane);
      return 0;
    case TRANSPOSE:
      transpose(v, a, c);
      return 0;
    case SUM_AXIS:
      sumAxis(v, a, c);
      return 0;
    case TRIANGLE:
      triangle(v, a, c);
      return 0;
    case MATMUL:
      matmul(v, a, b, c);
      return 0;
    case TRIANGULAR_SOLVE:
      triangularSolve(v, a, b, c);
      return 0;
    case CHOLESKY:
      cholesky(v, a, c);
      return 0;
    case CHOLESKY_ADJOINT:
      choleskyAdjoint(v, a, b, c);
      return 0;
    case LU:
      lu(v, a, c);
      return 0;
    case SOLVE:
      solve(v, a, b, c);
      return 0;
    case SOLVE_TRANSPOSED:
      solveTransposed(v, a, b, c);
      return 0;
    case QR:
      qr(v, a, c);
      return 0;
    case EIGH:
      eigh(v, a, c);
      return 0;
    case ORTHOGONAL_FACTOR:
    case TRIANGULAR_FACTOR:
    case EIGENVALUES:
    case EIGENVECTORS:
      part(v, a, c);
      return 0;
    case MAX_AXIS:
      maxAxis(v, a, c);
      return 0;
    case MIN_AXIS:
      minAxis(v, a, c);
      return 0;
    case ARGMAX_AXIS:
      argmaxAxis(v, a, c);
      return 0;
    case ARGMIN_AXIS:
      argminAxis(v, a, c);
      return 0;
    case CUMSUM_AXIS:
      cumsumAxis(v, a, c);
      return 0;
    case REVERSE_AXIS:
      reverseAxis(v, a, c);
      return 0;
    case ARGSORT:
      argsort(v, a, c);
      return 0;
    default:
      return unreachable();
  }
}

/** Records a fault where `at`, a lane of the block, is not −1; `wide` lane numbers are doubles. Returns 1 then, else 0. */
function fault(wide: bool, indices: usize, at: i32, lane: u32, lanes: usize): u32 {
  if (at < 0) return 0;
  store<u32>(FAULT, lane + at, FAULT_LANE);
  store<u32>(FAULT, <u32>lanes, FAULT_LANES);
  store<f64>(FAULT, wide ? load<f64>(indices + ((<usize>at) << 3)) : <f64>load<i32>(indices + ((<usize>at) << 2)), FAULT_INDEX);
  return 1;
}
