/** Arithmetic on vectors of numbers, in place. */

/** Numbers in memory of their own. */
export type Vector = Float64Array<ArrayBuffer>;

export const zeros = (size: number): Vector => new Float64Array(size);

/** Σ xᵢ yᵢ */
export function dot(x: Vector, y: Vector): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i]! * y[i]!;
  return total;
}

/** √Σ xᵢ², which neither overflows nor underflows on the way. */
export function norm(x: Vector): number {
  const largest = greatest(x);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let total = 0;
  for (let i = 0; i < x.length; i++) total += (x[i]! / largest) ** 2;
  return largest * Math.sqrt(total);
}

/** max |xᵢ|; NaN where one is. */
function greatest(x: Vector): number {
  let most = 0;
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(x[i]!);
    if (!(size <= most)) most = size;
    if (size !== size) return NaN;
  }
  return most;
}

/** y ← y + t x */
export function addScaled(y: Vector, t: number, x: Vector): void {
  for (let i = 0; i < y.length; i++) y[i]! += t * x[i]!;
}

/** y ← t y */
export function scale(y: Vector, t: number): void {
  for (let i = 0; i < y.length; i++) y[i]! *= t;
}

/** into ← x + t y */
export function along(into: Vector, x: Vector, t: number, y: Vector): void {
  for (let i = 0; i < into.length; i++) into[i] = x[i]! + t * y[i]!;
}

/** into ← x − y */
export function difference(into: Vector, x: Vector, y: Vector): void {
  for (let i = 0; i < into.length; i++) into[i] = x[i]! - y[i]!;
}

/** Whether every number is finite. */
export function isFinite(x: Vector): boolean {
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i]!)) return false;
  return true;
}
