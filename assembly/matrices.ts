/** Functions of matrices in memory, row by row, each one row of a program. */

import { sumLanes } from "./reduce";

/** How many rows and columns are transposed together, so that both sides stay in the first-level cache. */
const TILE: u32 = 16;

/**
 * v := the transposed matrices at a. Reads: at `table`, u32 each, how many matrices there are, their rows, their columns; the matrices. Writes: as many numbers.
 */
export function transpose(v: usize, a: usize, table: usize): void {
  const m = load<u32>(table, 4);
  const n = load<u32>(table, 8);
  const bytes = (<usize>m * <usize>n) << 3;
  for (let left = load<u32>(table); left; left--, v += bytes, a += bytes) {
    for (let i: u32 = 0; i < m; i += TILE) {
      for (let j: u32 = 0; j < n; j += TILE) transposeTile(v, a, m, n, i, min(i + TILE, m), j, min(j + TILE, n));
    }
  }
}

/** Transposes rows i … iEnd and columns j … jEnd: two by two, what is left over one by one. */
function transposeTile(v: usize, a: usize, m: u32, n: u32, i: u32, iEnd: u32, j: u32, jEnd: u32): void {
  const row = (<usize>n) << 3;
  const column = (<usize>m) << 3;
  for (; i + 1 < iEnd; i += 2) {
    let from = a + <usize>i * row + ((<usize>j) << 3);
    let to = v + <usize>j * column + ((<usize>i) << 3);
    let k = j;
    for (; k + 1 < jEnd; k += 2, from += 16, to += 2 * column) {
      const x = v128.load(from);
      const y = v128.load(from + row);
      v128.store(to, v128.shuffle<f64>(x, y, 0, 2));
      v128.store(to + column, v128.shuffle<f64>(x, y, 1, 3));
    }
    if (k < jEnd) {
      store<f64>(to, load<f64>(from));
      store<f64>(to, load<f64>(from + row), 8);
    }
  }
  if (i < iEnd)
    for (let k = j; k < jEnd; k++) store<f64>(v + <usize>k * column + ((<usize>i) << 3), load<f64>(a + <usize>i * row + ((<usize>k) << 3)));
}

/**
 * Sums along a dimension: v[o · inner + i] := the sum of a[(o · count + k) · inner + i] over k. Reads: at `table`, u32 each, outer, count and inner; the lanes of a.
 * Lanes next to each other, where inner is 1, add in the order of all sums, others from the left.
 */
export function sumAxis(v: usize, a: usize, table: usize): void {
  const outer = load<u32>(table);
  const count = load<u32>(table, 4);
  const inner = load<u32>(table, 8);
  if (inner === 1) {
    for (let o: u32 = 0; o < outer; o++, v += 8, a += (<usize>count) << 3) store<f64>(v, sumLanes(a, count));
    return;
  }
  const bytes = (<usize>inner) << 3;
  for (let o: u32 = 0; o < outer; o++, v += bytes, a += <usize>count * bytes) sumRows(v, a, count, inner);
}

/** v := the sum of `count` rows of n lanes, from the first on; four rows at a time, so that v is seldom read. */
function sumRows(v: usize, a: usize, count: u32, n: u32): void {
  const row = (<usize>n) << 3;
  const end = a + <usize>count * row;
  memory.copy(v, a, row);
  a += row;
  for (; a + 3 * row < end; a += 4 * row) {
    let i: usize = 0;
    for (; i + 8 < row; i += 16) {
      const at = a + i;
      let sum = f64x2.add(v128.load(v + i), v128.load(at));
      sum = f64x2.add(sum, v128.load(at + row));
      sum = f64x2.add(sum, v128.load(at + 2 * row));
      v128.store(v + i, f64x2.add(sum, v128.load(at + 3 * row)));
    }
    if (i < row) {
      const at = a + i;
      store<f64>(v + i, load<f64>(v + i) + load<f64>(at) + load<f64>(at + row) + load<f64>(at + 2 * row) + load<f64>(at + 3 * row));
    }
  }
  for (; a < end; a += row) {
    let i: usize = 0;
    for (; i + 8 < row; i += 16) v128.store(v + i, f64x2.add(v128.load(v + i), v128.load(a + i)));
    if (i < row) store<f64>(v + i, load<f64>(v + i) + load<f64>(a + i));
  }
}

/** v := parts of the matrices at a, zeros elsewhere. Reads: at `table`, u32 each, how many there are, their rows, their columns, the part as the row says; the matrices. Writes: as many numbers. */
export function triangle(v: usize, a: usize, table: usize): void {
  const m = load<u32>(table, 4);
  const n = load<u32>(table, 8);
  const part = load<u32>(table, 12);
  const bytes = (<usize>n) << 3;
  for (let left = load<u32>(table); left; left--) {
    for (let i: u32 = 0; i < m; i++, v += bytes, a += bytes) {
      const from = min(n, part === 4 || part === 2 ? i : part === 3 ? i + 1 : 0);
      const end = min(n, part < 2 ? i + 1 - part : part === 4 ? i + 1 : n);
      const start = (<usize>from) << 3;
      const stop = (<usize>max(from, end)) << 3;
      memory.fill(v, 0, start);
      memory.copy(v + start, a + start, stop - start);
      memory.fill(v + stop, 0, bytes - stop);
    }
  }
}

/** v := the greatest lanes of a along a dimension, NaN where one is NaN; reads as sumAxis. */
export function maxAxis(v: usize, a: usize, table: usize): void {
  extremes(v, a, table, true);
}

/** v := the least lanes of a along a dimension, NaN where one is NaN; reads as sumAxis. */
export function minAxis(v: usize, a: usize, table: usize): void {
  extremes(v, a, table, false);
}

function extremes(v: usize, a: usize, table: usize, greatest: bool): void {
  const outer = load<u32>(table);
  const count = load<u32>(table, 4);
  const inner = load<u32>(table, 8);
  const row = (<usize>inner) << 3;
  for (let o: u32 = 0; o < outer; o++) {
    if (inner === 1) {
      store<f64>(v, extremeOf(a, count, greatest));
      a += (<usize>count) << 3;
      v += 8;
      continue;
    }
    memory.copy(v, a, row);
    a += row;
    for (let k: u32 = 1; k < count; k++, a += row) {
      let i: usize = 0;
      for (; i + 8 < row; i += 16) {
        const x = v128.load(v + i);
        const y = v128.load(a + i);
        v128.store(v + i, greatest ? f64x2.max(x, y) : f64x2.min(x, y));
      }
      if (i < row) {
        const x = load<f64>(v + i);
        const y = load<f64>(a + i);
        store<f64>(v + i, greatest ? max(x, y) : min(x, y));
      }
    }
    v += row;
  }
}

/** The greatest of n lanes, or the least; in two accumulators of two lanes, since the order does not matter. */
function extremeOf(a: usize, n: u32, greatest: bool): f64 {
  let best = v128.load64_splat(a);
  let other = best;
  for (; n >= 4; n -= 4, a += 32) {
    const x = v128.load(a);
    const y = v128.load(a, 16);
    best = greatest ? f64x2.max(best, x) : f64x2.min(best, x);
    other = greatest ? f64x2.max(other, y) : f64x2.min(other, y);
  }
  for (; n; n--, a += 8) {
    const x = v128.load64_splat(a);
    best = greatest ? f64x2.max(best, x) : f64x2.min(best, x);
  }
  best = greatest ? f64x2.max(best, other) : f64x2.min(best, other);
  const first = f64x2.extract_lane(best, 0);
  const second = f64x2.extract_lane(best, 1);
  return greatest ? max(first, second) : min(first, second);
}

/** v := the first places of the greatest lanes along a dimension, a NaN counting as greater; reads as sumAxis. */
export function argmaxAxis(v: usize, a: usize, table: usize): void {
  firsts(v, a, table, true);
}

/** v := the first places of the least lanes along a dimension, a NaN counting as less; reads as sumAxis. */
export function argminAxis(v: usize, a: usize, table: usize): void {
  firsts(v, a, table, false);
}

function firsts(v: usize, a: usize, table: usize, greatest: bool): void {
  const outer = load<u32>(table);
  const count = load<u32>(table, 4);
  const step = (<usize>load<u32>(table, 8)) << 3;
  for (let o: u32 = 0; o < outer; o++, a += <usize>(count - 1) * step) {
    for (const end = a + step; a < end; a += 8, v += 8) {
      let best = load<f64>(a);
      let place: u32 = 0;
      let at = a + step;
      for (let k: u32 = 1; k < count && best === best; k++, at += step) {
        const value = load<f64>(at);
        const stays = greatest ? value <= best : value >= best;
        if (stays) continue;
        best = value;
        place = k;
      }
      store<f64>(v, <f64>place);
    }
  }
}

/** v := running sums along a dimension; reads as sumAxis. */
export function cumsumAxis(v: usize, a: usize, table: usize): void {
  const outer = load<u32>(table);
  const count = load<u32>(table, 4);
  const row = (<usize>load<u32>(table, 8)) << 3;
  for (let o: u32 = 0; o < outer; o++) {
    memory.copy(v, a, row);
    v += row;
    a += row;
    for (let k: u32 = 1; k < count; k++, v += row, a += row) {
      let i: usize = 0;
      for (; i + 8 < row; i += 16) v128.store(v + i, f64x2.add(v128.load(v + i - row), v128.load(a + i)));
      if (i < row) store<f64>(v + i, load<f64>(v + i - row) + load<f64>(a + i));
    }
  }
}

/** v := the lanes along a dimension in opposite order; reads as sumAxis. */
export function reverseAxis(v: usize, a: usize, table: usize): void {
  const outer = load<u32>(table);
  const count = load<u32>(table, 4);
  const row = (<usize>load<u32>(table, 8)) << 3;
  for (let o: u32 = 0; o < outer; o++, a += <usize>count * row) {
    let from = a + <usize>count * row;
    for (let k: u32 = 0; k < count; k++, v += row) {
      from -= row;
      if (row === 8) store<f64>(v, load<f64>(from));
      else memory.copy(v, from, row);
    }
  }
}

/** v := the places of the lanes of each stretch in ascending order, equal ones in theirs, NaN last. Reads: at `table`, u32 each, how many stretches, their lanes. */
export function argsort(v: usize, a: usize, table: usize): void {
  const count = load<u32>(table, 4);
  const bytes = (<usize>count) << 3;
  for (let left = load<u32>(table); left; left--, v += bytes, a += bytes) sortPlaces(v, a, count);
}

/** Sorts places by heaps, the last in order on top (Williams 1964), so that no memory is needed; equal lanes are told apart by their places. */
function sortPlaces(v: usize, a: usize, n: u32): void {
  for (let i: u32 = 0; i < n; i++) store<f64>(v + ((<usize>i) << 3), <f64>i);
  for (let i: u32 = n >> 1; i > 0; i--) siftDown(v, a, i - 1, n);
  for (let end: u32 = n; end > 1;) {
    end--;
    const last = load<f64>(v + ((<usize>end) << 3));
    store<f64>(v + ((<usize>end) << 3), load<f64>(v));
    store<f64>(v, last);
    siftDown(v, a, 0, end);
  }
}

/** Whether x stands before y: it is less, or y alone is NaN. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function isBefore(x: f64, y: f64): bool {
  return x < y || (x === x && y !== y);
}

/** Whether place i stands before place j. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function precedes(a: usize, i: f64, j: f64): bool {
  const x = load<f64>(a + ((<usize>(<u32>i)) << 3));
  const y = load<f64>(a + ((<usize>(<u32>j)) << 3));
  return isBefore(x, y) || (!isBefore(y, x) && i < j);
}

/** Lets a place sink until none below it comes after it. */
function siftDown(v: usize, a: usize, root: u32, end: u32): void {
  const place = load<f64>(v + ((<usize>root) << 3));
  for (let child: u32 = 2 * root + 1; child < end; child = 2 * root + 1) {
    let below = load<f64>(v + ((<usize>child) << 3));
    if (child + 1 < end) {
      const next = load<f64>(v + ((<usize>child) << 3), 8);
      if (precedes(a, below, next)) {
        below = next;
        child++;
      }
    }
    if (!precedes(a, place, below)) break;
    store<f64>(v + ((<usize>root) << 3), below);
    root = child;
  }
  store<f64>(v + ((<usize>root) << 3), place);
}
