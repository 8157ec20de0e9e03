/** Products of matrices as plain loops: what every engine must agree with. */

/** What a product of matrices, or of so many pairs, is made of: v is m × n, its terms k, an operand may be transposed, and may be the same for all pairs. */
export interface Product {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Numbers from one operand to the next: 0 where it serves all. */
  readonly aStep: number;
  readonly bStep: number;
}

/** v := a · b, row by row; each number adds its terms from the left, and begins with the first. */
export function matmulLanes(a: Float64Array, b: Float64Array, of: Product, v: Float64Array): Float64Array {
  const { batch, m, n, k, transposeA, transposeB } = of;
  const [aRow, aColumn] = transposeA ? [1, m] : [k, 1];
  const [bRow, bColumn] = transposeB ? [1, k] : [n, 1];
  const sums = new Float64Array(n);
  for (let pair = 0; pair < batch; pair++) {
    const [aAt, bAt] = [pair * of.aStep, pair * of.bStep];
    for (let i = 0; i < m; i++) {
      sums.fill(-0);
      for (let p = 0; p < k; p++) {
        const factor = a[aAt + i * aRow + p * aColumn]!;
        for (let j = 0, at = bAt + p * bRow; j < n; j++, at += bColumn) sums[j]! += factor * b[at]!;
      }
      v.set(sums, (pair * m + i) * n);
    }
  }
  return v;
}
