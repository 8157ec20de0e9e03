/** LU factors with partial pivoting as plain loops, and what they solve. */
import { type Squares } from "./cholesky.js";
import { solveTriangle, type Triangle } from "./triangle.js";

/** The numbers that the factors of n × n take: L and U in one square, the order of the rows, and its sign. */
export const luSize = (n: number): number => n * n + n + 1;

function swap(v: Float64Array, x: number, y: number, count: number): void {
  for (let k = 0; k < count; k++) {
    const held = v[x + k]!;
    v[x + k] = v[y + k]!;
    v[y + k] = held;
  }
}

/** v := L below the diagonal and U from it on, of L U = P a; the row of a that each row is; the determinant of P. The pivot is the first of the largest magnitude. */
export function luLanes(a: Float64Array, { batch, n }: Squares, v: Float64Array): Float64Array {
  for (let i = 0; i < batch; i++) factorRows(a.subarray(i * n * n, (i + 1) * n * n), n, v.subarray(i * luSize(n), (i + 1) * luSize(n)));
  return v;
}

function factorRows(a: Float64Array, n: number, v: Float64Array): void {
  const order = n * n;
  v.set(a);
  for (let i = 0; i < n; i++) v[order + i] = i;
  let sign = 1;
  for (let j = 0; j < n; j++) {
    let pivot = j;
    for (let i = j + 1; i < n; i++) if (Math.abs(v[i * n + j]!) > Math.abs(v[pivot * n + j]!)) pivot = i;
    if (pivot !== j) {
      swap(v, j * n, pivot * n, n);
      swap(v, order + j, order + pivot, 1);
      sign = -sign;
    }
    for (let i = j + 1; i < n; i++) {
      const [x, divisor] = [v[i * n + j]!, v[j * n + j]!];
      const factor = (v[i * n + j] = x === 0 && divisor === 0 ? 0 : x / divisor); // 0 / 0 where nothing is left in the column
      for (let k = j + 1; k < n; k++) v[i * n + k]! -= factor * v[j * n + k]!;
    }
  }
  v[order + n] = sign;
}

/** v := b with what was factored into a divided off from the left, or its transpose. */
export function luSolveLanes(
  a: Float64Array,
  b: Float64Array,
  { batch, n, m, transposed, aStep, bStep }: Pick<Triangle, "batch" | "n" | "m" | "transposed" | "aStep" | "bStep">,
  v: Float64Array,
): Float64Array {
  const size = n * m;
  const held = new Float64Array(transposed ? size : 0);
  for (let i = 0; i < batch; i++) {
    const order = i * aStep + n * n;
    const lower = { n, m, upper: false, transposed, unit: true, right: false };
    const upper = { n, m, upper: true, transposed, unit: false, right: false };
    const row = (r: number): number => a[order + r]! * m;
    if (transposed) {
      held.set(b.subarray(i * bStep, i * bStep + size));
      solveTriangle(a, i * aStep, held, 0, upper);
      solveTriangle(a, i * aStep, held, 0, lower);
      for (let r = 0; r < n; r++) v.set(held.subarray(r * m, (r + 1) * m), i * size + row(r));
    } else {
      for (let r = 0; r < n; r++) v.set(b.subarray(i * bStep + row(r), i * bStep + row(r) + m), i * size + r * m);
      solveTriangle(a, i * aStep, v, i * size, lower);
      solveTriangle(a, i * aStep, v, i * size, upper);
    }
  }
  return v;
}
