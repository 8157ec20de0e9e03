/** QR factors as plain loops. */
import { reflect, reflected, reflector } from "./reflections.js";

/** So many matrices of m × n, m ≥ n. */
export interface Rectangles {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
}

/**
 * v := Q (m × n) with orthonormal columns, and behind it R (n × n), upper triangular, of Q R = a, by reflections of one column after the other. The diagonal of R is not negative, which
 * makes both unique where the columns are independent.
 */
export function qrLanes(a: Float64Array, { batch, m, n }: Rectangles, v: Float64Array): Float64Array {
  const size = (m + n) * n;
  for (let i = 0; i < batch; i++) {
    const q = v.subarray(i * size, i * size + m * n);
    q.set(a.subarray(i * m * n, (i + 1) * m * n));
    factorColumns(q, v.subarray(i * size + m * n, (i + 1) * size), m, n);
  }
  return v;
}

function factorColumns(q: Float64Array, r: Float64Array, m: number, n: number): void {
  r.fill(0);
  for (let k = 0; k < n; k++) {
    const corner = k * (n + 1);
    r[corner] = reflector(q, corner, m - k, n);
    for (let l = 1; l < n - k; l++) r[corner + l] = reflect(q, corner, q, corner + l, m - k, n);
  }
  reflected(q, 0, m, n, n);
  for (let k = 0; k < n; k++) {
    if (!(r[k * (n + 1)]! < 0)) continue;
    for (let l = k; l < n; l++) r[k * n + l] = -r[k * n + l]!;
    for (let i = 0; i < m; i++) q[i * n + k] = -q[i * n + k]!;
  }
}

/** A stretch of each of what factors lie in. */
export interface Part {
  readonly batch: number;
  /** The numbers of the part, where it begins, and the numbers from one to the next. */
  readonly count: number;
  readonly start: number;
  readonly step: number;
}

/** v := a part of each. */
export function partLanes(f: Float64Array, { batch, count, start, step }: Part, v: Float64Array): Float64Array {
  for (let i = 0; i < batch; i++) v.set(f.subarray(i * step + start, i * step + start + count), i * count);
  return v;
}
