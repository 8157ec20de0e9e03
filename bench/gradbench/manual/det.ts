/** The determinant and its gradient, the cofactors, by elimination with pivots. */
import { type Determinant } from "../modules/det.js";

/** The determinant of the numbers of a square matrix, row by row, which are overwritten. */
function eliminated(a: Float64Array, size: number): number {
  let determinant = 1;
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(a[i * size + k]!) > Math.abs(a[pivot * size + k]!)) pivot = i;
    if (a[pivot * size + k] === 0) return 0;
    if (pivot !== k) {
      const row = a.slice(k * size, (k + 1) * size);
      a.copyWithin(k * size, pivot * size, (pivot + 1) * size);
      a.set(row, pivot * size);
      determinant = -determinant;
    }
    determinant *= a[k * size + k]!;
    for (let i = k + 1; i < size; i++) {
      const factor = a[i * size + k]! / a[k * size + k]!;
      for (let j = k + 1; j < size; j++) a[i * size + j]! -= factor * a[k * size + j]!;
    }
  }
  return determinant;
}

export const primal = ({ A, ell }: Determinant): number => eliminated(Float64Array.from(A), ell);

export function gradient({ A, ell }: Determinant): Float64Array {
  return Float64Array.from(A, (_, place) => {
    const [row, column] = [Math.floor(place / ell), place % ell];
    const minor = A.filter((_, other) => Math.floor(other / ell) !== row && other % ell !== column);
    return ((row + column) % 2 === 0 ? 1 : -1) * eliminated(Float64Array.from(minor), ell - 1);
  });
}
