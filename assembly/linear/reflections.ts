/** Householder's reflections H = I − v vᵀ / v₁, applied to rows of columns side by side: a number takes up its terms in the order of the rows. */
import { columnsTimes } from "./vector";

/** √Σ xᵢ² of `count` numbers that are `step` bytes apart, scaled. */
function columnNorm(x: usize, count: u32, step: usize): f64 {
  let most: f64 = 0;
  let at = x;
  for (let i: u32 = 0; i < count; i++, at += step) most = max<f64>(most, abs<f64>(load<f64>(at)));
  if (most === 0 || !(most < Infinity)) return most;
  let total: f64 = 0;
  at = x;
  for (let i: u32 = 0; i < count; i++, at += step) {
    const part = load<f64>(at) / most;
    total += part * part;
  }
  return most * sqrt<f64>(total);
}

/** x := the v of a reflection that takes x to ∓‖x‖, which is returned: x / ±‖x‖ with 1 added in front. Of zeros v is 0, and H counts as I. */
export function reflector(x: usize, count: u32, step: usize): f64 {
  const length = columnNorm(x, count, step);
  if (length === 0) return 0;
  const signed = load<f64>(x) < 0 ? -length : length;
  let at = x;
  for (let i: u32 = 0; i < count; i++, at += step) store<f64>(at, load<f64>(at) / signed);
  store<f64>(x, load<f64>(x) + 1);
  return -signed;
}

/** The numbers of a column one behind the other. */
export function gathered(to: usize, x: usize, count: u32, step: usize): void {
  for (const end = to + ((<usize>count) << 3); to < end; to += 8, x += step) store<f64>(to, load<f64>(x));
}

/** Columns behind that at `corner` := H of them, by the vector that lies there. Needs at `scratch` a number for each row and column. Reads, writes: rows from the corner on. */
export function reflectBeside(corner: usize, step: usize, rows: u32, columns: u32, scratch: usize): void {
  const head = load<f64>(corner);
  if (head === 0 || columns === 0) return;
  gathered(scratch, corner, rows, step);
  const w = scratch + ((<usize>rows) << 3);
  const width = (<usize>columns) << 3;
  const pairs = width & ~15;
  const x = corner + 8;
  columnsTimes(w, x, step, scratch, columns, rows);
  for (let j: usize = 0; j < width; j += 8) store<f64>(w + j, load<f64>(w + j) / head);
  for (let i: usize = 0, row = x; i < (<usize>rows) << 3; i += 8, row += step) {
    const factor = v128.load64_splat(scratch + i);
    for (let j: usize = 0; j < pairs; j += 16) v128.store(row + j, f64x2.sub(v128.load(row + j), f64x2.mul(v128.load(w + j), factor)));
    if (pairs < width) store<f64>(row + pairs, load<f64>(row + pairs) - load<f64>(w + pairs) * load<f64>(scratch + i));
  }
}

/** The first n columns of H₀ H₁ …, m × n, in place of their vectors: vₖ lies in column k from row k on. Scratch as above. */
export function reflected(x: usize, m: u32, n: u32, step: usize, scratch: usize): void {
  for (let k = n; k;) {
    k--;
    const corner = x + <usize>k * (step + 8);
    memory.fill(corner + 8, 0, (<usize>(n - k - 1)) << 3);
    reflectBeside(corner, step, m - k, n - k - 1, scratch);
    let at = corner + step;
    for (let i = k + 1; i < m; i++, at += step) store<f64>(at, 0 - load<f64>(at));
    store<f64>(corner, 1 - load<f64>(corner));
    at = x + ((<usize>k) << 3);
    for (let i: u32 = 0; i < k; i++, at += step) store<f64>(at, 0);
  }
}
