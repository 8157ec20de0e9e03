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
