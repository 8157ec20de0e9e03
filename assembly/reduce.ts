/**
 * Reductions. A sum under way is laid out by src/ops/layout.ts. Lane i adds into accumulator i mod 8; after 8,192 lanes the accumulators
 * close into a partial sum; partial sums combine in a binary tree whose form depends on their number alone, so that
 * the total does not depend on how lanes were cut into blocks. Empty accumulators hold −0, which added to x is x whatever x is, so
 * that a sum begins with its first term.
 */

import { CLOSE, SUM_BYTES, SUM_CLOSED, SUM_COUNT, SUM_STACK } from "./generated/layout";

/** The accumulators of a sum that is taken at once. */
const BLOCK = memory.data(64, 16);

/** Empties n sums. Writes: v. */
export function sumBegin(v: usize, n: u32): void {
  for (; n; n--, v += SUM_BYTES) {
    empty(v);
    store<u32>(v, 0, SUM_CLOSED);
  }
}

/** Empties the accumulators of a sum. */
function empty(v: usize): void {
  const none = f64x2.splat(-0.0);
  keep(v, none, none, none, none);
  store<u32>(v, 0, SUM_COUNT);
}

/** Adds n lanes of a. Reads: a. */
export function sumInto(v: usize, a: usize, n: u32): void {
  while (n) {
    const part = min(n, CLOSE - load<u32>(v, SUM_COUNT));
    addLanes(v, a, part);
    counted(v, part);
    a += (<usize>part) << 3;
    n -= part;
  }
}

/** Adds the products of n lanes of a and b, either one number where its `broadcast` is set. Reads: a, b. */
export function dotInto(v: usize, a: usize, aBroadcast: u32, b: usize, bBroadcast: u32, n: u32): void {
  const step: usize = aBroadcast && bBroadcast ? 0 : 8;
  if (aBroadcast) {
    const other = a;
    a = b;
    b = other;
    bBroadcast = 1;
  }
  while (n) {
    const part = min(n, CLOSE - load<u32>(v, SUM_COUNT));
    if (bBroadcast) addScaled(v, a, step, load<f64>(b), part);
    else addProducts(v, a, b, part);
    counted(v, part);
    a += <usize>part * step;
    if (!bBroadcast) b += (<usize>part) << 3;
    n -= part;
  }
}

/** How many of n lanes come before the next accumulator is the first again. */
function lanesToFirst(v: usize, n: u32): u32 {
  return min(n, (0 - load<u32>(v, SUM_COUNT)) & 7);
}

function addLanes(v: usize, a: usize, n: u32): void {
  const first = lanesToFirst(v, n);
  addFew(v, a, 0, first);
  a += (<usize>first) << 3;
  n -= first;
  let s0 = v128.load(v);
  let s1 = v128.load(v, 16);
  let s2 = v128.load(v, 32);
  let s3 = v128.load(v, 48);
  const end = a + (((<usize>n) & ~7) << 3);
  for (; a < end; a += 64) {
    s0 = f64x2.add(s0, v128.load(a));
    s1 = f64x2.add(s1, v128.load(a, 16));
    s2 = f64x2.add(s2, v128.load(a, 32));
    s3 = f64x2.add(s3, v128.load(a, 48));
  }
  keep(v, s0, s1, s2, s3);
  addFew(v, a, first, n & 7);
}

/** Adds n lanes of a one by one, the first of which is lane i from now on. */
function addFew(v: usize, a: usize, i: u32, n: u32): void {
  i += load<u32>(v, SUM_COUNT);
  for (const end = i + n; i < end; i++, a += 8) {
    const at = v + ((<usize>(i & 7)) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(a));
  }
}

function addProducts(v: usize, a: usize, b: usize, n: u32): void {
  const first = lanesToFirst(v, n);
  addFewProducts(v, a, b, 0, first);
  a += (<usize>first) << 3;
  b += (<usize>first) << 3;
  n -= first;
  let s0 = v128.load(v);
  let s1 = v128.load(v, 16);
  let s2 = v128.load(v, 32);
  let s3 = v128.load(v, 48);
  const end = a + (((<usize>n) & ~7) << 3);
  for (; a < end; a += 64, b += 64) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a), v128.load(b)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(a, 32), v128.load(b, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(a, 48), v128.load(b, 48)));
  }
  keep(v, s0, s1, s2, s3);
  addFewProducts(v, a, b, first, n & 7);
}

/** Adds the products of n lanes of a and b one by one, the first of which is lane i from now on. */
function addFewProducts(v: usize, a: usize, b: usize, i: u32, n: u32): void {
  i += load<u32>(v, SUM_COUNT);
  for (const end = i + n; i < end; i++, a += 8, b += 8) {
    const at = v + ((<usize>(i & 7)) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(a) * load<f64>(b));
  }
}

function addScaled(v: usize, a: usize, step: usize, factor: f64, n: u32): void {
  const count = load<u32>(v, SUM_COUNT);
  for (let i = count; i < count + n; i++, a += step) {
    const at = v + ((<usize>(i & 7)) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(a) * factor);
  }
}

function keep(v: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  v128.store(v, s0);
  v128.store(v, s1, 16);
  v128.store(v, s2, 32);
  v128.store(v, s3, 48);
}

/** Notes that n lanes were added, and closes the accumulators when they are full. */
function counted(v: usize, n: u32): void {
  const count = load<u32>(v, SUM_COUNT) + n;
  store<u32>(v, count, SUM_COUNT);
  if (count === CLOSE) close(v);
}

/** The sum of the accumulators, in a fixed order. */
function accumulated(v: usize): f64 {
  const s04 = load<f64>(v) + load<f64>(v, 32);
  const s15 = load<f64>(v, 8) + load<f64>(v, 40);
  const s26 = load<f64>(v, 16) + load<f64>(v, 48);
  const s37 = load<f64>(v, 24) + load<f64>(v, 56);
  return s04 + s26 + (s15 + s37);
}

/** Closes the accumulators into a partial sum, and combines it with as many others as a binary counter carries. */
function close(v: usize): void {
  let partial = accumulated(v);
  const closed = load<u32>(v, SUM_CLOSED);
  let top = v + SUM_STACK + ((<usize>popcnt(closed)) << 3);
  for (let k = closed; k & 1; k >>= 1) {
    top -= 8;
    partial = load<f64>(top) + partial;
  }
  store<f64>(top, partial);
  store<u32>(v, closed + 1, SUM_CLOSED);
  empty(v);
}

/** Closes the accumulators of each of n sums, whatever number of lanes they count. Reads and writes: v. */
export function sumClose(v: usize, n: u32): void {
  for (; n; n--, v += SUM_BYTES) close(v);
}

/** v[i] := the total of the i-th of n sums at a. Reads and closes the sums. Writes: n lanes of v. */
export function sumEnd(v: usize, a: usize, n: u32): void {
  for (; n; n--, v += 8, a += SUM_BYTES) {
    if (load<u32>(a, SUM_COUNT)) close(a);
    const closed = load<u32>(a, SUM_CLOSED);
    let top = a + SUM_STACK + ((<usize>popcnt(closed)) << 3);
    let total: f64 = 0;
    if (closed) {
      top -= 8;
      total = load<f64>(top);
    }
    while (top > a + SUM_STACK) {
      top -= 8;
      total = load<f64>(top) + total;
    }
    store<f64>(v, total);
  }
}

/** The number at v := the greatest, or the least, of it and n lanes of a; NaN where one is NaN. */
export function extreme(v: usize, a: usize, n: u32, greatest: bool): void {
  let best = load<f64>(v);
  for (const end = a + ((<usize>n) << 3); a < end; a += 8) {
    const value = load<f64>(a);
    best = greatest ? max(best, value) : min(best, value);
  }
  store<f64>(v, best);
}

/** The pair (lane, value) at v := the first greatest, or least, of it and n lanes of a, which begin at `lane`; NaN counts as beyond all, lane −1 as none. */
export function argExtreme(v: usize, a: usize, n: u32, lane: u32, greatest: bool): void {
  let index = load<f64>(v);
  let best = load<f64>(v, 8);
  for (let i: u32 = 0; i < n; i++) {
    const value = load<f64>(a + ((<usize>i) << 3));
    const stays = greatest ? value <= best : value >= best;
    if (index < 0 || (!stays && best === best)) {
      index = <f64>(lane + i);
      best = value;
    }
  }
  store<f64>(v, index);
  store<f64>(v, best, 8);
}

/** The sum of n lanes of a, at least one, in the order of all sums. */
export function sumLanes(a: usize, n: u32): f64 {
  if (n <= CLOSE) return blockSum(a, n);
  let left = CLOSE;
  while (left << 1 < n) left <<= 1;
  const first = sumLanes(a, left);
  return first + sumLanes(a + ((<usize>left) << 3), n - left);
}

/** A block of a sum, which is not closed on the way. */
function blockSum(a: usize, n: u32): f64 {
  const none = f64x2.splat(-0.0);
  let s0 = none;
  let s1 = none;
  let s2 = none;
  let s3 = none;
  const end = a + (((<usize>n) & ~7) << 3);
  for (; a < end; a += 64) {
    s0 = f64x2.add(s0, v128.load(a));
    s1 = f64x2.add(s1, v128.load(a, 16));
    s2 = f64x2.add(s2, v128.load(a, 32));
    s3 = f64x2.add(s3, v128.load(a, 48));
  }
  keep(BLOCK, s0, s1, s2, s3);
  n &= 7;
  for (let at: usize = BLOCK; n; n--, at += 8, a += 8) store<f64>(at, load<f64>(at) + load<f64>(a));
  return accumulated(BLOCK);
}
