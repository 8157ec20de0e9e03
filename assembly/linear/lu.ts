/** LU factors with partial pivoting. */
import { LINEAR_PANEL } from "../generated/layout";
import { product } from "./product";
import { solveLower } from "./solve";
import { SUBTRACT } from "./tile";

/** Columns that are eliminated one by one before the others take up their products. */
const PANEL: u32 = LINEAR_PANEL / 2;

/**
 * V := the factors of A (n × n), L below the diagonal, whose own are ones, and U from it on, of L U = P A; then n numbers, the row of A that each row of P A is; then
 * the determinant of P. From an element the products lᵢ₀ u₀ⱼ, lᵢ₁ u₁ⱼ, … are subtracted one by one; below the diagonal what is left is divided by uⱼⱼ. The pivot is
 * the first of the largest magnitude. Needs at `scratch` what `product` and `solveLower` of n rows and columns need. Reads: A. Writes: V, scratch.
 */
export function factorRows(v: usize, a: usize, n: u32, scratch: usize): void {
  const step = (<usize>n) << 3;
  const order = v + <usize>n * step;
  memory.copy(v, a, <usize>n * step);
  for (let i: u32 = 0; i < n; i++) store<f64>(order + ((<usize>i) << 3), <f64>i);
  let sign: f64 = 1;
  for (let d: u32 = 0; d < n; d += PANEL) {
    const size = min(PANEL, n - d);
    const end = d + size;
    sign *= eliminate(v, order, n, d, end);
    const corner = v + <usize>d * (step + 8);
    const beside = corner + ((<usize>size) << 3);
    const below = corner + <usize>size * step;
    solveLower(corner, step, 8, beside, step, 8, size, n - end, true, scratch);
    product(below + ((<usize>size) << 3), step, 8, below, step, 8, beside, step, 8, n - end, n - end, size, SUBTRACT, scratch);
  }
  store<f64>(order + step, sign);
}

/** Eliminates columns d … end − 1 below their pivots; rows change places as wholes. Returns the sign of the permutation. */
function eliminate(v: usize, order: usize, n: u32, d: u32, end: u32): f64 {
  const step = (<usize>n) << 3;
  let sign: f64 = 1;
  for (let j = d; j < end; j++) {
    let pivot = j;
    let most = abs<f64>(load<f64>(v + <usize>j * (step + 8)));
    for (let i = j + 1; i < n; i++) {
      const x = abs<f64>(load<f64>(v + <usize>i * step + ((<usize>j) << 3)));
      if (x > most) {
        most = x;
        pivot = i;
      }
    }
    const row = v + <usize>j * step;
    if (pivot !== j) {
      swap(row, v + <usize>pivot * step, n);
      swap(order + ((<usize>j) << 3), order + ((<usize>pivot) << 3), 1);
      sign = -sign;
    }
    const divisor = load<f64>(row + ((<usize>j) << 3));
    for (let i = j + 1; i < n; i++) {
      const other = v + <usize>i * step;
      const x = load<f64>(other + ((<usize>j) << 3));
      const factor = x === 0 && divisor === 0 ? 0 : x / divisor; // nothing is left in the column
      store<f64>(other + ((<usize>j) << 3), factor);
      for (let k = (<usize>(j + 1)) << 3; k < (<usize>end) << 3; k += 8)
        store<f64>(other + k, load<f64>(other + k) - factor * load<f64>(row + k));
    }
  }
  return sign;
}

function swap(x: usize, y: usize, n: u32): void {
  for (const end = x + ((<usize>n) << 3); x < end; x += 8, y += 8) {
    const held = load<f64>(x);
    store<f64>(x, load<f64>(y));
    store<f64>(y, held);
  }
}
