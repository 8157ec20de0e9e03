/** Cholesky factors, and their pullback. */
import { LINEAR_EDGE, LINEAR_PANEL } from "../generated/layout";
import { product } from "./product";
import { solveLower } from "./solve";
import { stripsOf, SUBTRACT, tile, TILE } from "./tile";

/**
 * V (n × n) := L, lower triangular, with L Lᵀ = A, of which the lower triangle is read; above the diagonal are zeros. From aᵢⱼ the products lᵢ₀ lⱼ₀, lᵢ₁ lⱼ₁, … are
 * subtracted one by one; what is left is divided by lⱼⱼ, or is the square of it. Right-looking by panels, left-looking within them.
 * Where A is not positive definite, the square root of a negative number, NaN, spreads to all that follows.
 * Needs at `scratch`: an edge, then n, rounded up to 4, times min(n, LINEAR_PANEL) numbers.
 * Reads: A. Writes: V, scratch.
 */
export function factor(v: usize, a: usize, n: u32, scratch: usize): void {
  const step = (<usize>n) << 3;
  for (let i: u32 = 0, row = v; i < n; i++, row += step, a += step) memory.copy(row, a, (<usize>(i + 1)) << 3);
  for (let d: u32 = 0; d < n; d += LINEAR_PANEL) panel(v + <usize>d * (step + 8), step, n - d, min(LINEAR_PANEL, n - d), scratch);
  for (let i: u32 = 0; i < n; i++) {
    const start = v + <usize>i * step + ((<usize>(i + 1)) << 3);
    memory.fill(start, 0, (<usize>(n - i - 1)) << 3);
  }
}

/** Factors `size` columns of n, and subtracts their products from those that follow. */
function panel(v: usize, step: usize, n: u32, size: u32, scratch: usize): void {
  const strips = scratch + LINEAR_EDGE;
  const strip = (<usize>size) << 5;
  for (let j: u32 = 0; j < size; j += TILE) {
    const stripJ = strips + <usize>(j >> 2) * strip;
    const columns = min(TILE, size - j);
    for (let i = j, stripI = stripJ; i < n; i += TILE, stripI += strip) {
      const at = v + <usize>i * step + ((<usize>j) << 3);
      const rows = min(TILE, n - i);
      if (j > 0) tile(at, step, 8, rows, columns, stripI, stripJ, j, SUBTRACT, scratch);
      const to = stripI + ((<usize>j) << 5);
      if (i === j) diagonal(at, step, columns, to);
      else below(at, step, rows, columns, stripJ + ((<usize>j) << 5), to);
    }
  }
  for (let j = size; j < n; j += TILE) {
    const stripJ = strips + <usize>(j >> 2) * strip;
    for (let i = j, stripI = stripJ; i < n; i += TILE, stripI += strip)
      tile(v + <usize>i * step + ((<usize>j) << 3), step, 8, n - i, n - j, stripI, stripJ, size, SUBTRACT, scratch);
  }
}

/** Factors a triangle of up to 4 columns, and leaves them at `to`: term by term, zeros above. */
function diagonal(at: usize, step: usize, n: u32, to: usize): void {
  for (let j: u32 = 0; j < n; j++) {
    const column = to + ((<usize>j) << 5);
    for (let i: u32 = 0; i < TILE; i++) {
      const place = at + <usize>i * step + ((<usize>j) << 3);
      let x: f64 = 0;
      if (i >= j && i < n) {
        x = load<f64>(place);
        for (let k: u32 = 0; k < j; k++) {
          const term = to + ((<usize>k) << 5);
          x -= load<f64>(term + ((<usize>i) << 3)) * load<f64>(term + ((<usize>j) << 3));
        }
        x = i === j ? sqrt<f64>(x) : x / load<f64>(column + ((<usize>j) << 3));
        store<f64>(place, x);
      }
      store<f64>(column + ((<usize>i) << 3), x);
    }
  }
}

/** Solves rows of up to 4 columns by the triangle at `by`, and leaves them at `to`, term by term, zeros below. */
function below(at: usize, step: usize, rows: u32, columns: u32, by: usize, to: usize): void {
  if (rows === TILE && columns === TILE) return whole(at, step, by, to);
  for (let i: u32 = 0; i < TILE; i++, at += step, to += 8) {
    for (let j: u32 = 0; j < columns; j++) {
      const place = at + ((<usize>j) << 3);
      let x: f64 = i < rows ? load<f64>(place) : 0;
      for (let k: u32 = 0; k < j; k++) x -= load<f64>(to + ((<usize>k) << 5)) * load<f64>(by + ((<usize>k) << 5) + ((<usize>j) << 3));
      x /= load<f64>(by + ((<usize>j) << 5) + ((<usize>j) << 3));
      if (i >= rows) x = 0;
      else store<f64>(place, x);
      store<f64>(to + ((<usize>j) << 5), x);
    }
  }
}

/** `below` of a whole tile: four rows at once. */
function whole(at: usize, step: usize, by: usize, to: usize): void {
  const at1 = at + step;
  const at2 = at1 + step;
  const at3 = at2 + step;
  for (let j: usize = 0; j < 4; j++) {
    let low = f64x2.replace_lane(f64x2.splat(load<f64>(at + (j << 3))), 1, load<f64>(at1 + (j << 3)));
    let high = f64x2.replace_lane(f64x2.splat(load<f64>(at2 + (j << 3))), 1, load<f64>(at3 + (j << 3)));
    for (let k: usize = 0; k < j; k++) {
      const l = v128.load64_splat(by + (k << 5) + (j << 3));
      low = f64x2.sub(low, f64x2.mul(v128.load(to + (k << 5)), l));
      high = f64x2.sub(high, f64x2.mul(v128.load(to + (k << 5), 16), l));
    }
    const divisor = v128.load64_splat(by + (j << 5) + (j << 3));
    low = f64x2.div(low, divisor);
    high = f64x2.div(high, divisor);
    v128.store(to + (j << 5), low);
    v128.store(to + (j << 5), high, 16);
    store<f64>(at + (j << 3), f64x2.extract_lane(low, 0));
    store<f64>(at1 + (j << 3), f64x2.extract_lane(low, 1));
    store<f64>(at2 + (j << 3), f64x2.extract_lane(high, 0));
    store<f64>(at3 + (j << 3), f64x2.extract_lane(high, 1));
  }
}

/**
 * V := the lower triangle Ā of the adjoint of A, by L and its adjoint, of which the lower triangle is read: the symmetric H with tril(H L) = tril(L̄) is Ā beside the
 * diagonal and 2 Ā on it. From l̄ₐᵦ the products hₐᵢ lᵢᵦ of i from the last down to b + 1 are subtracted one by one, and what is left is divided by lᵦᵦ.
 * The unblocked form is that of I. Murray, Differentiation of the Cholesky decomposition (2016), its updates collected by element; blocks are his level 3.
 * Needs at `scratch` what `product` and `solveLower` of n rows and columns need. Reads: L, L̄. Writes: V, scratch.
 */
export function factorAdjoint(v: usize, l: usize, g: usize, n: u32, scratch: usize): void {
  const step = (<usize>n) << 3;
  const last = <usize>(n - 1) * (step + 8);
  memory.copy(v, g, <usize>n * step);
  // In opposite order, and transposed, the rows of H follow from those before them: the lower triangle of Lᵀ comes first.
  symmetric(v + last, l + last, <usize>0 - step, n, 0, n, scratch);
  for (let i: u32 = 0; i < n; i++) {
    const diagonal = v + <usize>i * (step + 8);
    store<f64>(diagonal, 0.5 * load<f64>(diagonal));
    memory.fill(diagonal + 8, 0, (<usize>(n - i - 1)) << 3);
  }
}

/** Rows of H in one panel at the innermost level. */
const SMALL: u32 = 8;

/**
 * Solves rows `first` … `end` − 1 of the symmetric H with tril(T H) = tril(M), in place of M, for the columns from `first` on; the terms of columns
 * before them are subtracted already. Steps are −8 from row to row, and `column` from column to column.
 */
function symmetric(h: usize, t: usize, column: usize, n: u32, first: u32, end: u32, scratch: usize): void {
  const row = <usize>0 - 8;
  const count = end - first;
  if (count <= SMALL) {
    for (let b = first; b < end; b++) {
      for (let a = first; a <= b; a++) {
        let x = load<f64>(h + <usize>b * row + <usize>a * column);
        for (let i = first; i < b; i++)
          x -= load<f64>(t + <usize>b * row + <usize>i * column) * load<f64>(h + <usize>i * row + <usize>a * column);
        x /= load<f64>(t + <usize>b * (row + column));
        store<f64>(h + <usize>b * row + <usize>a * column, x);
        store<f64>(h + <usize>a * row + <usize>b * column, x);
      }
    }
    return;
  }
  const size: u32 = count > LINEAR_PANEL ? LINEAR_PANEL : count > 32 ? 16 : SMALL;
  for (let d = first; d < end; d += size) {
    const rows = min(size, end - d);
    const before = d - first;
    const corner = <usize>d * (row + column);
    if (before > 0) {
      const own = h + <usize>d * row + <usize>first * column;
      const others = t + <usize>d * row + <usize>first * column;
      const known = h + <usize>first * (row + column);
      product(own, row, column, others, row, column, known, row, column, rows, before, before, SUBTRACT, scratch);
      solveLower(t + corner, row, column, own, row, column, rows, before, false, scratch);
      for (let b = d; b < d + rows; b++)
        for (let a = first; a < d; a++)
          store<f64>(h + <usize>a * row + <usize>b * column, load<f64>(h + <usize>b * row + <usize>a * column));
      const beside = h + <usize>first * row + <usize>d * column;
      product(h + corner, row, column, others, row, column, beside, row, column, rows, rows, before, SUBTRACT, scratch);
    }
    symmetric(h, t, column, n, d, d + rows, scratch);
  }
}
