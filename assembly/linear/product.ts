/** Products of matrices, in blocks whose strips stay in caches. Matrices are addresses with steps, in bytes, from row to row and from column to column. */
import { LINEAR_EDGE, LINEAR_INNER, LINEAR_COLUMNS, LINEAR_ROWS } from "../generated/layout";
import { ADD, pack, tile, TILE, WRITE } from "./tile";

/**
 * C (m × n) := A B, or C ± A B, with A m × k, B k × n, as `mode` says; cᵢⱼ takes up aᵢ₀ b₀ⱼ, aᵢ₁ b₁ⱼ, … in that order.
 * Needs at `scratch`: an edge, then min(m, LINEAR_ROWS) and min(n, LINEAR_COLUMNS), each rounded up to 4, times min(k, LINEAR_INNER) numbers.
 * Reads: A, B, C. Writes: C, scratch.
 */
export function product(
  c: usize,
  cRow: usize,
  cColumn: usize,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  m: u32,
  n: u32,
  k: u32,
  mode: u32,
  scratch: usize,
): void {
  const packedA = scratch + LINEAR_EDGE;
  const packedB = packedA + <usize>min((m + 3) & ~3, LINEAR_ROWS) * <usize>min(k, LINEAR_INNER) * 8;
  for (let j: u32 = 0; j < n; j += LINEAR_COLUMNS) {
    const columns = min(LINEAR_COLUMNS, n - j);
    for (let p: u32 = 0; p < k; p += LINEAR_INNER) {
      const inner = min(LINEAR_INNER, k - p);
      const strip = (<usize>inner) << 5;
      const how = p > 0 && mode === WRITE ? ADD : mode;
      pack(packedB, b + <usize>p * bRow + <usize>j * bColumn, bColumn, bRow, columns, inner);
      for (let i: u32 = 0; i < m; i += LINEAR_ROWS) {
        const rows = min(LINEAR_ROWS, m - i);
        pack(packedA, a + <usize>i * aRow + <usize>p * aColumn, aRow, aColumn, rows, inner);
        let stripB = packedB;
        for (let jj: u32 = 0; jj < columns; jj += TILE, stripB += strip) {
          let stripA = packedA;
          let at = c + <usize>i * cRow + <usize>(j + jj) * cColumn;
          for (let ii: u32 = 0; ii < rows; ii += TILE, stripA += strip, at += cRow << 2)
            tile(at, cRow, cColumn, rows - ii, columns - jj, stripA, stripB, inner, how, scratch);
        }
      }
    }
  }
}
