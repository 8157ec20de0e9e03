/**
 * The tape in linear memory and its sweep. A row takes 22 bytes in seven columns: opcode u8, mode u8, lanes u32, and the addresses of
 * v, a, b, c u32 each. Values and adjoints are f64 at those addresses: 8 bytes a scalar, 8 bytes × block a lane row, 8 bytes × lanes where a
 * vector lies in memory. The header holds the columns' addresses in that order, then the sections' address and count; a section is
 * first row, last row (not included), lanes, block; one without rows and lanes is a stop, whose block is the number of the call that the
 * host makes there. The header ends with the section that a stopped sweep goes on from, and the number of the call.
 */
import { elementwise, STRUCTURAL } from "./generated/lanes";
import {
  ARGMAX,
  ARGMIN,
  CUMSUM,
  DOT,
  GATHER,
  MAX,
  MIN,
  REVERSE,
  SEGMENT_BEGIN,
  SEGMENT_END,
  SEGMENT_SUM,
  SEGMENT_SUM_VALUE,
  SUM,
  SUM_BEGIN,
  SUM_END,
  TAKE,
  TAKE_VALUE,
} from "./generated/rows";
import { argExtreme, dotInto, extreme, sumBegin, sumEnd, sumInto } from "./reduce";
import { cumsum, gather, reverse, segmentBegin, segmentEnd, segmentSum, take } from "./move";

/** Mode bits: operand k is one number for all lanes; operand k, or v, moves with the block. */
const BROADCAST_A: u32 = 1;
const BROADCAST_B: u32 = 2;
const BROADCAST_C: u32 = 4;
const BROADCAST: u32 = 7;

/** A pair of equal lanes for each broadcast operand. */
const PAIRS = memory.data(48, 16);
/** The last fault. */
const FAULT = memory.data(16, 8);

/** The address of the last fault. */
export function faultAt(): usize {
  return FAULT;
}

/**
 * Evaluates all sections, or, after a stop, those that follow it. Reads: header, sections. Writes: where to go on, and the call.
 * Returns 0, 1 at a fault, or 2 at a stop.
 */
export function sweepSections(header: usize): u32 {
  const start: usize = load<u32>(header, 28);
  const end = start + load<u32>(header, 32) * 16;
  let section = start + load<u32>(header, 36) * 16;
  store<u32>(header, 0, 36);
  for (; section < end; section += 16) {
    const first = load<u32>(section);
    const last = load<u32>(section, 4);
    const lanes = load<u32>(section, 8);
    if (lanes === 0) {
      const call = load<u32>(section, 12);
      if (call !== 0) {
        store<u32>(header, <u32>((section - start) >> 4) + 1, 36);
        store<u32>(header, call, 40);
        return 2;
      }
      if (rows(header, first, last, 0, 0)) return 1;
      continue;
    }
    const block = load<u32>(section, 12);
    for (let lane: u32 = 0; lane < lanes; lane += block) {
      if (rows(header, first, last, min(block, lanes - lane), lane)) return 1;
    }
  }
  return 0;
}

/**
 * Evaluates rows in order: `count` lanes of each from `lane` on, or, where count is 0, as many lanes as each row's column says.
 * Reads: columns, operands. Writes: results. Returns 0, or 1 at a fault.
 */
function rows(header: usize, first: u32, last: u32, count: u32, lane: u32): u32 {
  const ops: usize = load<u32>(header);
  const modes: usize = load<u32>(header, 4);
  const counts: usize = load<u32>(header, 8);
  const vs: usize = load<u32>(header, 12);
  const as: usize = load<u32>(header, 16);
  const bs: usize = load<u32>(header, 20);
  const cs: usize = load<u32>(header, 24);
  const offset: usize = lane << 3;
  for (let row: usize = first; row < last; row++) {
    const op: u32 = load<u8>(ops + row);
    const mode: u32 = load<u8>(modes + row);
    const column = row << 2;
    const n: u32 = count ? count : load<u32>(counts + column);
    const v: usize = <usize>load<u32>(vs + column) + offset * ((mode >> 6) & 1);
    let a: usize = <usize>load<u32>(as + column) + offset * ((mode >> 3) & 1);
    let b: usize = load<u32>(bs + column);
    let c: usize = load<u32>(cs + column);
    if (op < STRUCTURAL) {
      b += offset * ((mode >> 4) & 1);
      c += offset * ((mode >> 5) & 1);
      let aStep: usize = 16;
      let bStep: usize = 16;
      let cStep: usize = 16;
      if (mode & BROADCAST) {
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

/** Writes the number at `from` twice, for two lanes. Returns `to`. */
function splat(to: usize, from: usize): usize {
  v128.store(to, v128.load64_splat(from));
  return to;
}

/** One of the kernel's own rows. Returns 0, or 1 at a fault, which it records. */
function structural(op: u32, mode: u32, v: usize, a: usize, b: usize, c: usize, n: u32, lane: u32): u32 {
  const moves: usize = (mode >> 4) & 1;
  switch (op) {
    case GATHER:
      gather(v, a, n);
      return 0;
    case TAKE:
      b += moves * ((<usize>lane) << 2);
      return fault(false, b, take<i32>(v, a, b, n, c), lane, c);
    case TAKE_VALUE:
      b += moves * ((<usize>lane) << 3);
      return fault(true, b, take<f64>(v, a, b, n, c), lane, c);
    case SEGMENT_BEGIN:
      segmentBegin(v, n);
      return 0;
    case SEGMENT_END:
      segmentEnd(v, n);
      return 0;
    case SEGMENT_SUM:
      b += moves * ((<usize>lane) << 2);
      return fault(false, b, segmentSum<i32>(v, a, b, n, c), lane, c);
    case SEGMENT_SUM_VALUE:
      b += moves * ((<usize>lane) << 3);
      return fault(true, b, segmentSum<f64>(v, a, b, n, c), lane, c);
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
      b += moves * ((<usize>lane) << 3);
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
    default:
      return unreachable();
  }
}

/** Records a fault where `at`, a lane of the block, is not −1; `wide` lane numbers are doubles. Returns 1 then, else 0. */
function fault(wide: bool, indices: usize, at: i32, lane: u32, lanes: usize): u32 {
  if (at < 0) return 0;
  store<u32>(FAULT, lane + at);
  store<u32>(FAULT, <u32>lanes, 4);
  store<f64>(FAULT, wide ? load<f64>(indices + ((<usize>at) << 3)) : <f64>load<i32>(indices + ((<usize>at) << 2)), 8);
  return 1;
}
