/** Householder's reflections as plain loops: H = I − v vᵀ / v₁, of a column that it takes to its first place. Vectors are `count` numbers of an array from a place on, `step` apart. */

/** √Σ xᵢ², scaled. */
export function columnNorm(x: Float64Array, at: number, count: number, step: number): number {
  let most = 0;
  for (let i = 0; i < count; i++) most = Math.max(most, Math.abs(x[at + i * step]!));
  if (most === 0 || !(most < Infinity)) return most;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const part = x[at + i * step]! / most;
    total += part * part;
  }
  return most * Math.sqrt(total);
}

/** x := the v of a reflection that takes x to −‖x‖ or ‖x‖, whichever is further from its first number, which is returned: x / ±‖x‖ with 1 added in front. Of zeros v is 0 and H counts as I. */
export function reflector(x: Float64Array, at: number, count: number, step: number): number {
  const length = columnNorm(x, at, count, step);
  if (length === 0) return 0;
  const signed = x[at]! < 0 ? -length : length;
  for (let i = 0; i < count; i++) x[at + i * step]! /= signed;
  x[at]! += 1;
  return -signed;
}

/** x := H x. Returns its first number. */
export function reflect(v: Float64Array, from: number, x: Float64Array, at: number, count: number, step: number): number {
  const head = v[from]!;
  if (head === 0) return x[at]!;
  let total = -0;
  for (let i = 0; i < count; i++) total += v[from + i * step]! * x[at + i * step]!;
  total /= head;
  for (let i = 0; i < count; i++) x[at + i * step]! -= total * v[from + i * step]!;
  return x[at]!;
}

/** The first n columns of H₀ H₁ …, m × n with rows `step` apart, in place of their vectors: vₖ lies in column k from row k on. */
export function reflected(x: Float64Array, at: number, m: number, n: number, step: number): void {
  for (let k = n - 1; k >= 0; k--) {
    const corner = at + k * (step + 1);
    for (let l = 1; l < n - k; l++) {
      x[corner + l] = 0;
      reflect(x, corner, x, corner + l, m - k, step);
    }
    for (let i = 1; i < m - k; i++) x[corner + i * step] = 0 - x[corner + i * step]!;
    x[corner] = 1 - x[corner]!;
    for (let i = 1; i <= k; i++) x[corner - i * step] = 0;
  }
}
