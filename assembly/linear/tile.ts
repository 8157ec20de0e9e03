/**
 * Tiles of 4 × 4 numbers of a product, in two lanes. A number is the sum of its terms in ascending order, one by one in one accumulator, so that
 * no division into tiles and blocks can change a bit of it.
 */

/** What becomes of a product: it is written, added to what lies there, or subtracted from it, each term by itself. */
export const WRITE: u32 = 0;
export const ADD: u32 = 1;
export const SUBTRACT: u32 = 2;

/** Rows, and columns, of a tile. */
export const TILE: u32 = 4;

/** The bytes that a tile at an edge is computed in. */
export const EDGE_BYTES: usize = 128;

/**
 * Tile (c; rows, columns) := or ±= the product of k columns of a and rows of b, each a strip: 4 numbers for each of the k terms.
 * A tile that has fewer rows or columns, or whose columns do not follow each other, is computed at `edge`, EDGE_BYTES of scratch.
 * Reads: a, b, c. Writes: c, edge.
 */
export function tile(
  c: usize,
  rowStep: usize,
  columnStep: usize,
  rows: u32,
  columns: u32,
  a: usize,
  b: usize,
  k: u32,
  mode: u32,
  edge: usize,
): void {
  if (columnStep === 8 && rows >= TILE && columns >= TILE) return whole(c, rowStep, a, b, k, mode);
  if (rowStep === 8 && rows >= TILE && columns >= TILE) return whole(c, columnStep, b, a, k, mode);
  rows = min(rows, TILE);
  columns = min(columns, TILE);
  if (mode !== WRITE) {
    for (let i: u32 = 0; i < rows; i++)
      for (let j: u32 = 0; j < columns; j++)
        store<f64>(edge + ((<usize>(i * TILE + j)) << 3), load<f64>(c + <usize>i * rowStep + <usize>j * columnStep));
  }
  whole(edge, 32, a, b, k, mode);
  for (let i: u32 = 0; i < rows; i++)
    for (let j: u32 = 0; j < columns; j++)
      store<f64>(c + <usize>i * rowStep + <usize>j * columnStep, load<f64>(edge + ((<usize>(i * TILE + j)) << 3)));
}

/** A whole tile whose columns follow each other. */
function whole(c: usize, step: usize, a: usize, b: usize, k: u32, mode: u32): void {
  const c1 = c + step;
  const c2 = c1 + step;
  const c3 = c2 + step;
  // What begins as −0 begins with its first term.
  let c00 = f64x2.splat(-0.0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  if (mode !== WRITE) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(c1);
    c11 = v128.load(c1, 16);
    c20 = v128.load(c2);
    c21 = v128.load(c2, 16);
    c30 = v128.load(c3);
    c31 = v128.load(c3, 16);
  }
  const end = a + ((<usize>k) << 5);
  if (mode === SUBTRACT) {
    for (; a < end; a += 32, b += 32) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const a0 = v128.load64_splat(a);
      c00 = f64x2.sub(c00, f64x2.mul(a0, b0));
      c01 = f64x2.sub(c01, f64x2.mul(a0, b1));
      const a1 = v128.load64_splat(a, 8);
      c10 = f64x2.sub(c10, f64x2.mul(a1, b0));
      c11 = f64x2.sub(c11, f64x2.mul(a1, b1));
      const a2 = v128.load64_splat(a, 16);
      c20 = f64x2.sub(c20, f64x2.mul(a2, b0));
      c21 = f64x2.sub(c21, f64x2.mul(a2, b1));
      const a3 = v128.load64_splat(a, 24);
      c30 = f64x2.sub(c30, f64x2.mul(a3, b0));
      c31 = f64x2.sub(c31, f64x2.mul(a3, b1));
    }
  } else {
    for (; a < end; a += 32, b += 32) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const a0 = v128.load64_splat(a);
      c00 = f64x2.add(c00, f64x2.mul(a0, b0));
      c01 = f64x2.add(c01, f64x2.mul(a0, b1));
      const a1 = v128.load64_splat(a, 8);
      c10 = f64x2.add(c10, f64x2.mul(a1, b0));
      c11 = f64x2.add(c11, f64x2.mul(a1, b1));
      const a2 = v128.load64_splat(a, 16);
      c20 = f64x2.add(c20, f64x2.mul(a2, b0));
      c21 = f64x2.add(c21, f64x2.mul(a2, b1));
      const a3 = v128.load64_splat(a, 24);
      c30 = f64x2.add(c30, f64x2.mul(a3, b0));
      c31 = f64x2.add(c31, f64x2.mul(a3, b1));
    }
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c1, c10);
  v128.store(c1, c11, 16);
  v128.store(c2, c20);
  v128.store(c2, c21, 16);
  v128.store(c3, c30);
  v128.store(c3, c31, 16);
}

/** The bytes of the strips that `rows` rows of k terms take. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function stripsOf(rows: u32, k: u32): usize {
  return (<usize>((rows + 3) & ~3) * <usize>k) << 3;
}

/**
 * Copies `rows` rows of k terms into strips of 4 rows, term by term; rows that are missing in the last strip are zeros.
 * Steps are bytes, and may be negative. Reads: from. Writes: to.
 */
export function pack(to: usize, from: usize, rowStep: usize, termStep: usize, rows: u32, k: u32): void {
  for (; rows >= TILE; rows -= TILE, from += rowStep << 2) {
    if (rowStep === 8) {
      for (let term = from, end = to + ((<usize>k) << 5); to < end; to += 32, term += termStep) {
        v128.store(to, v128.load(term));
        v128.store(to, v128.load(term, 16), 16);
      }
      continue;
    }
    let x0 = from;
    let x1 = x0 + rowStep;
    let x2 = x1 + rowStep;
    let x3 = x2 + rowStep;
    if (termStep === 8) {
      for (const end = to + ((<usize>(k >> 1)) << 6); to < end; to += 64, x0 += 16, x1 += 16, x2 += 16, x3 += 16) {
        const p0 = v128.load(x0);
        const p1 = v128.load(x1);
        const p2 = v128.load(x2);
        const p3 = v128.load(x3);
        v128.store(to, v128.shuffle<i64>(p0, p1, 0, 2));
        v128.store(to, v128.shuffle<i64>(p2, p3, 0, 2), 16);
        v128.store(to, v128.shuffle<i64>(p0, p1, 1, 3), 32);
        v128.store(to, v128.shuffle<i64>(p2, p3, 1, 3), 48);
      }
      if ((k & 1) === 0) continue;
      store<f64>(to, load<f64>(x0));
      store<f64>(to, load<f64>(x1), 8);
      store<f64>(to, load<f64>(x2), 16);
      store<f64>(to, load<f64>(x3), 24);
      to += 32;
      continue;
    }
    for (const end = to + ((<usize>k) << 5); to < end; to += 32, x0 += termStep, x1 += termStep, x2 += termStep, x3 += termStep) {
      store<f64>(to, load<f64>(x0));
      store<f64>(to, load<f64>(x1), 8);
      store<f64>(to, load<f64>(x2), 16);
      store<f64>(to, load<f64>(x3), 24);
    }
  }
  if (rows === 0) return;
  for (let term: u32 = 0; term < k; term++, from += termStep) {
    for (let i: u32 = 0; i < TILE; i++, to += 8) store<f64>(to, i < rows ? load<f64>(from + <usize>i * rowStep) : 0);
  }
}
