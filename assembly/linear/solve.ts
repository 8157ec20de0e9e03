/** Triangular systems, by substitution in the order of the unknowns. */
import { LINEAR_COLUMNS, LINEAR_EDGE, LINEAR_PANEL, LINEAR_ROWS } from "../generated/layout";
import { pack, SUBTRACT, tile, TILE } from "./tile";

/**
 * X (n × m, in place) := T⁻¹ X, T lower triangular, whose diagonal counts as ones where `unit` is set: from xᵢⱼ the products tᵢ₀ x₀ⱼ, tᵢ₁ x₁ⱼ, …
 * are subtracted one by one, and what is left is divided by tᵢᵢ. An upper triangle is a lower one in opposite order, with negative steps.
 * Needs at `scratch`: an edge, then min(n, LINEAR_PANEL) times min(m, LINEAR_COLUMNS) + max(LINEAR_PANEL, LINEAR_ROWS) numbers, rounded up to 4.
 * Reads: T, X. Writes: X, scratch.
 */
export function solveLower(
  t: usize,
  tRow: usize,
  tColumn: usize,
  x: usize,
  xRow: usize,
  xColumn: usize,
  n: u32,
  m: u32,
  unit: bool,
  scratch: usize,
): void {
  const strips = scratch + LINEAR_EDGE;
  for (let j: u32 = 0; j < m; j += LINEAR_COLUMNS) {
    const columns = min(LINEAR_COLUMNS, m - j);
    const packedT = strips + <usize>((columns + 3) & ~3) * <usize>min(n, LINEAR_PANEL) * 8;
    const xj = x + <usize>j * xColumn;
    for (let d: u32 = 0; d < n; d += LINEAR_PANEL) {
      const size = min(LINEAR_PANEL, n - d);
      const strip = (<usize>size) << 5;
      const td = t + <usize>d * tRow + <usize>d * tColumn;
      const xd = xj + <usize>d * xRow;
      pack(packedT, td, tRow, tColumn, size, size);
      for (let jj: u32 = 0, stripX = strips; jj < columns; jj += TILE, stripX += strip)
        panel(packedT, xd + <usize>jj * xColumn, xRow, xColumn, size, columns - jj, unit, stripX, scratch);
      for (let i = d + size; i < n; i += LINEAR_ROWS) {
        const rows = min(LINEAR_ROWS, n - i);
        pack(packedT, t + <usize>i * tRow + <usize>d * tColumn, tRow, tColumn, rows, size);
        for (let jj: u32 = 0, stripX = strips; jj < columns; jj += TILE, stripX += strip) {
          let at = xj + <usize>i * xRow + <usize>jj * xColumn;
          for (let ii: u32 = 0, stripT = packedT; ii < rows; ii += TILE, stripT += strip, at += xRow << 2)
            tile(at, xRow, xColumn, rows - ii, columns - jj, stripT, stripX, size, SUBTRACT, scratch);
        }
      }
    }
  }
}

/** Solves for up to 4 columns by the triangle of a panel, and leaves them at `strip`, term by term. */
function panel(t: usize, x: usize, xRow: usize, xColumn: usize, n: u32, columns: u32, unit: bool, strip: usize, edge: usize): void {
  columns = min(columns, TILE);
  for (let i: u32 = 0; i < n; i += TILE) {
    const rows = min(TILE, n - i);
    if (i > 0) tile(x, xRow, xColumn, rows, columns, t, strip, i, SUBTRACT, edge);
    const diagonal = t + ((<usize>i) << 5);
    const solved = strip + ((<usize>i) << 5);
    for (let r: u32 = 0; r < rows; r++, x += xRow) {
      const to = solved + ((<usize>r) << 5);
      let x0 = f64x2.splat(0);
      let x1 = x0;
      if (xColumn === 8 && columns === TILE) {
        x0 = v128.load(x);
        x1 = v128.load(x, 16);
      } else {
        for (let j: u32 = 0; j < TILE; j++) store<f64>(to + ((<usize>j) << 3), j < columns ? load<f64>(x + <usize>j * xColumn) : 0);
        x0 = v128.load(to);
        x1 = v128.load(to, 16);
      }
      for (let s: u32 = 0; s < r; s++) {
        const factor = v128.load64_splat(diagonal + ((<usize>s) << 5) + ((<usize>r) << 3));
        const from = solved + ((<usize>s) << 5);
        x0 = f64x2.sub(x0, f64x2.mul(factor, v128.load(from)));
        x1 = f64x2.sub(x1, f64x2.mul(factor, v128.load(from, 16)));
      }
      if (!unit) {
        const divisor = v128.load64_splat(diagonal + ((<usize>r) << 5) + ((<usize>r) << 3));
        x0 = f64x2.div(x0, divisor);
        x1 = f64x2.div(x1, divisor);
      }
      v128.store(to, x0);
      v128.store(to, x1, 16);
      if (xColumn === 8 && columns === TILE) {
        v128.store(x, x0);
        v128.store(x, x1, 16);
      } else for (let j: u32 = 0; j < columns; j++) store<f64>(x + <usize>j * xColumn, load<f64>(to + ((<usize>j) << 3)));
    }
    t += (<usize>n) << 5;
  }
}
