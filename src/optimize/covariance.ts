/** The covariance of fitted parameters, s² (JᵀJ)⁻¹, from the factor R of J P = Q R. */
import { type Qr } from "./qr.js";
import { type Vector, zeros } from "./vectors.js";

/** A matrix of `variance` times (JᵀJ)⁻¹, an array of its rows. NaN in those of numbers that were held at a bound, and everywhere where the residuals do not determine the parameters. */
export function covarianceOf(qr: Qr, size: number, variance: number): Float64Array[] {
  const rows = Array.from({ length: size }, () => zeros(size).fill(NaN));
  const { count, order, r, rank } = qr;
  if (rank < count) return rows;
  const inverse = Array.from({ length: count }, (_, c) => columnOfInverse(r, qr.size, c));
  for (let a = 0; a < count; a++)
    for (let b = 0; b <= a; b++) {
      let total = 0;
      for (let k = a; k < count; k++) total += inverse[k]![a]! * inverse[k]![b]!;
      rows[order[a]!]![order[b]!] = rows[order[b]!]![order[a]!] = variance * total;
    }
  return rows;
}

/** Column c of R⁻¹. */
function columnOfInverse(r: Vector, size: number, c: number): Vector {
  const column = zeros(c + 1);
  for (let k = c; k >= 0; k--) {
    let total = k === c ? 1 : 0;
    for (let l = k + 1; l <= c; l++) total -= r[k * size + l]! * column[l]!;
    column[k] = total / r[k * size + k]!;
  }
  return column;
}
