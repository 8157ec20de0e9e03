/** Eigenvalues and eigenvectors of symmetric matrices as plain loops: reflections to a tridiagonal matrix, then implicit QL steps (A. Dubrulle, R. S. Martin, J. H. Wilkinson, 1968). */
import { type Squares } from "./cholesky.js";
import { reflected, reflector } from "./reflections.js";

/** The steps for one eigenvalue after which there is none: two or three are usual, and NaN has none. */
const MOST_STEPS = 60;

/** v := the eigenvalues, ascending, and behind them the matrix whose columns are eigenvectors of length 1, in each of which the first number of more than a tenth of the largest magnitude is positive. The lower triangle of a is read. */
export function eighLanes(a: Float64Array, { batch, n }: Squares, v: Float64Array): Float64Array {
  const size = n * (n + 1);
  for (let i = 0; i < batch; i++) {
    const values = v.subarray(i * size, i * size + n);
    decompose(a.subarray(i * n * n, (i + 1) * n * n), n, values, v.subarray(i * size + n, (i + 1) * size));
  }
  return v;
}

function decompose(a: Float64Array, n: number, d: Float64Array, v: Float64Array): void {
  const [e, held] = [new Float64Array(n), new Float64Array(n * n)];
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) v[i * n + j] = v[j * n + i] = a[i * n + j]!;
  tridiagonal(v, n, d, e, held);
  // eigenvectors are rows from here on
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) v[j * n + i] = held[i * n + j]!;
  if (!diagonalized(v, n, d, e)) {
    d.fill(NaN);
    v.fill(NaN);
    return;
  }
  held.set(v);
  inOrder(held, n, d, e, v);
}

/** Takes the symmetric a to the diagonal d and the numbers e beside it, d₀ e₀ d₁ e₁ …; t := the orthogonal matrix that does. */
function tridiagonal(a: Float64Array, n: number, d: Float64Array, e: Float64Array, t: Float64Array): void {
  const w = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    d[k] = a[k * (n + 1)]!;
    if (k === n - 1) break;
    // the vector of column k stands in the next one of t
    const corner = (k + 1) * (n + 1);
    for (let i = k + 1; i < n; i++) t[i * n + k + 1] = a[i * n + k]!;
    e[k] = k < n - 2 ? reflector(t, corner, n - k - 1, n) : t[corner]!;
    if (k === n - 2) t[corner] = 0;
    const head = t[corner]!;
    if (head === 0) continue;
    let twice = 0;
    for (let j = k + 1; j < n; j++) {
      let total = -0;
      for (let i = k + 1; i < n; i++) total += t[i * n + k + 1]! * a[i * n + j]!;
      w[j] = total / head;
    }
    for (let i = k + 1; i < n; i++) twice += t[i * n + k + 1]! * w[i]!;
    twice /= head * 2;
    for (let i = k + 1; i < n; i++) w[i]! -= twice * t[i * n + k + 1]!;
    for (let i = k + 1; i < n; i++) for (let j = k + 1; j < n; j++) a[i * n + j]! -= t[i * n + k + 1]! * w[j]! + w[i]! * t[j * n + k + 1]!;
  }
  for (let i = 1; i < n; i++) t[i] = t[i * n] = 0;
  t[0] = 1;
  if (n > 1) reflected(t, n + 1, n - 1, n - 1, n);
}

/** √(x² + y²), scaled. */
function hypotenuse(x: number, y: number): number {
  const most = Math.max(Math.abs(x), Math.abs(y));
  if (most === 0) return 0;
  const [p, q] = [x / most, y / most];
  return most * Math.sqrt(p * p + q * q);
}

/** Turns rows i and i + 1 by an angle of cosine c and sine s. */
function turn(v: Float64Array, n: number, i: number, c: number, s: number): void {
  for (let at = i * n, end = at + n; at < end; at++) {
    const [x, y] = [v[at]!, v[at + n]!];
    v[at + n] = s * x + c * y;
    v[at] = c * x - s * y;
  }
}

/** Takes the tridiagonal d and e to the diagonal d, and turns the rows of v with it. Returns whether it came to an end. */
function diagonalized(v: Float64Array, n: number, d: Float64Array, e: Float64Array): boolean {
  for (let k = 0; k < n; k++) {
    for (let step = 0; ; step++) {
      let last = k;
      while (last < n - 1 && !(Math.abs(e[last]!) <= Number.EPSILON * (Math.abs(d[last]!) + Math.abs(d[last + 1]!)))) last++;
      if (last === k) break;
      if (step === MOST_STEPS) return false;
      // Wilkinson's shift: the eigenvalue of the first two rows that is nearer to the first
      const half = (d[k + 1]! - d[k]!) / (2 * e[k]!);
      const root = hypotenuse(half, 1);
      let g = d[last]! - d[k]! + e[k]! / (half < 0 ? half - root : half + root);
      let [c, s, shift, i] = [1, 1, 0, last - 1];
      for (; i >= k; i--) {
        const [f, b] = [s * e[i]!, c * e[i]!];
        const r = hypotenuse(f, g);
        e[i + 1] = r;
        if (r === 0) break;
        s = f / r;
        c = g / r;
        g = d[i + 1]! - shift;
        const x = (d[i]! - g) * s + 2 * c * b;
        shift = s * x;
        d[i + 1] = g + shift;
        g = c * x - b;
        turn(v, n, i, c, s);
      }
      if (i >= k) d[i + 1]! -= shift;
      else {
        d[k]! -= shift;
        e[k] = g;
      }
      e[last] = 0;
    }
  }
  return !Number.isNaN(d[n - 1]!);
}

/** The sign of the first of n numbers that has more than a tenth of the largest magnitude: what rounding does to equal ones moves none. */
function signOf(x: Float64Array, at: number, n: number): number {
  let most = 0;
  for (let j = 0; j < n; j++) most = Math.max(most, Math.abs(x[at + j]!));
  let place = 0;
  while (place < n - 1 && !(Math.abs(x[at + place]!) > most / 10)) place++;
  return x[at + place]! < 0 ? -1 : 1;
}

/** v := the rows of x as columns in the order of ascending d, which is put in order too, by way of e. */
function inOrder(x: Float64Array, n: number, d: Float64Array, e: Float64Array, v: Float64Array): void {
  e.set(d);
  for (let k = 0; k < n; k++) {
    // equal eigenvalues stay as they came
    let place = 0;
    for (let i = 0; i < n; i++) if (e[i]! < e[k]! || (i < k && e[i] === e[k])) place++;
    d[place] = e[k]!;
    const sign = signOf(x, k * n, n);
    for (let j = 0; j < n; j++) v[j * n + place] = sign * x[k * n + j]!;
  }
}
