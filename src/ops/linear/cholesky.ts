/** Cholesky factors and their pullback as plain loops. */

/** So many matrices of n × n. */
export interface Squares {
  readonly batch: number;
  readonly n: number;
}

/** v := L, lower triangular, with L Lᵀ = a, of which the lower triangle is read. NaN from the column on where a is found not to be positive definite. */
export function choleskyLanes(a: Float64Array, { batch, n }: Squares, v: Float64Array): Float64Array {
  for (let at = 0; at < batch * n * n; at += n * n) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let left = a[at + i * n + j]!;
        for (let k = 0; k < j; k++) left -= v[at + i * n + k]! * v[at + j * n + k]!;
        v[at + i * n + j] = i === j ? Math.sqrt(left) : left / v[at + j * n + j]!;
      }
      v.fill(0, at + i * n + i + 1, at + (i + 1) * n);
    }
  }
  return v;
}

/**
 * v := the adjoint of the lower triangle that was factored into l, by the lower triangle g of the factor's. With H symmetric and tril(H L) = tril(g), it is H beside the diagonal and H / 2 on it: column b
 * of H follows from those behind it (I. Murray, Differentiation of the Cholesky decomposition, 2016, collected by element).
 */
export function choleskyAdjointLanes(l: Float64Array, g: Float64Array, { batch, n }: Squares, v: Float64Array): Float64Array {
  for (let at = 0; at < batch * n * n; at += n * n) {
    for (let b = n - 1; b >= 0; b--) {
      for (let a = n - 1; a >= b; a--) {
        let left = g[at + a * n + b]!;
        for (let i = n - 1; i > b; i--) left -= v[at + a * n + i]! * l[at + i * n + b]!;
        v[at + a * n + b] = v[at + b * n + a] = left / l[at + b * n + b]!;
      }
    }
    for (let i = 0; i < n; i++) {
      v[at + i * n + i]! *= 0.5;
      v.fill(0, at + i * n + i + 1, at + (i + 1) * n);
    }
  }
  return v;
}
