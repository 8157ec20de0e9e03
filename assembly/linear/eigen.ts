/** Eigenvalues and eigenvectors of symmetric matrices: reflections to a tridiagonal matrix, then implicit QL steps (A. Dubrulle, R. S. Martin, J. H. Wilkinson, 1968). */
import { gathered, reflected, reflector } from "./reflections";
import { columnsTimes } from "./vector";

/** The steps for one eigenvalue after which there is none: two or three are usual, and NaN has none. */
const MOST_STEPS: u32 = 60;

/** Number i of a vector. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function number(x: usize, i: u32): f64 {
  return load<f64>(x + ((<usize>i) << 3));
}

/** Number i of a vector := y. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function put(x: usize, i: u32, y: f64): void {
  store<f64>(x + ((<usize>i) << 3), y);
}

/**
 * V := the eigenvalues of A (n × n), ascending, and behind them the matrix whose columns are eigenvectors of length 1, in each of which the first number of more than a tenth of the largest
 * magnitude is positive; NaN where there are none. The lower triangle of A is read. Needs at `scratch` n (n + 4) numbers. Reads: A. Writes: V, scratch.
 */
export function decompose(v: usize, a: usize, n: u32, scratch: usize): void {
  const step = (<usize>n) << 3;
  const vectors = v + step;
  const e = scratch;
  const held = scratch + 4 * step;
  for (let i: u32 = 0; i < n; i++) {
    for (let j: u32 = 0; j <= i; j++) {
      const x = load<f64>(a + <usize>i * step + ((<usize>j) << 3));
      put(vectors + <usize>i * step, j, x);
      put(vectors + <usize>j * step, i, x);
    }
  }
  tridiagonal(vectors, n, v, e, held, scratch + step);
  for (let i: u32 = 0; i < n; i++) gathered(vectors + <usize>i * step, held + ((<usize>i) << 3), n, step);
  if (!diagonalized(vectors, n, v, e)) {
    for (let i: u32 = 0; i < n * (n + 1); i++) put(v, i, NaN);
    return;
  }
  memory.copy(held, vectors, <usize>n * step);
  inOrder(held, n, v, e, vectors);
}

/** Takes the symmetric A to the diagonal d and the numbers e beside it; T := the orthogonal matrix that does. Needs at `scratch` 3 n numbers. */
function tridiagonal(a: usize, n: u32, d: usize, e: usize, t: usize, scratch: usize): void {
  const step = (<usize>n) << 3;
  const v = scratch;
  const w = scratch + step;
  for (let k: u32 = 0; k < n; k++) {
    put(d, k, load<f64>(a + <usize>k * (step + 8)));
    if (k === n - 1) break;
    // the vector of column k stands in the next one of T
    const count = n - k - 1;
    const corner = t + <usize>(k + 1) * (step + 8);
    const below = a + <usize>(k + 1) * (step + 8);
    for (let i: u32 = 0; i < count; i++) store<f64>(corner + <usize>i * step, load<f64>(below - 8 + <usize>i * step));
    put(e, k, k < n - 2 ? reflector(corner, count, step) : load<f64>(corner));
    if (k === n - 2) store<f64>(corner, 0);
    const head = load<f64>(corner);
    if (head === 0) continue;
    gathered(v, corner, count, step);
    columnsTimes(w, below, step, v, count, count);
    let twice: f64 = 0;
    for (let j: u32 = 0; j < count; j++) {
      const x = number(w, j) / head;
      put(w, j, x);
      twice += number(v, j) * x;
    }
    twice /= head * 2;
    for (let i: u32 = 0; i < count; i++) put(w, i, number(w, i) - twice * number(v, i));
    const width = (<usize>count) << 3;
    const pairs = width & ~15;
    for (let i: u32 = 0, row = below; i < count; i++, row += step) {
      const vi = number(v, i);
      const wi = number(w, i);
      const vs = f64x2.splat(vi);
      const ws = f64x2.splat(wi);
      for (let j: usize = 0; j < pairs; j += 16) {
        const both = f64x2.add(f64x2.mul(vs, v128.load(w + j)), f64x2.mul(ws, v128.load(v + j)));
        v128.store(row + j, f64x2.sub(v128.load(row + j), both));
      }
      if (pairs < width) store<f64>(row + pairs, load<f64>(row + pairs) - (vi * load<f64>(w + pairs) + wi * load<f64>(v + pairs)));
    }
  }
  memory.fill(t, 0, step);
  for (let i: u32 = 1; i < n; i++) store<f64>(t + <usize>i * step, 0);
  store<f64>(t, 1);
  if (n > 1) reflected(t + step + 8, n - 1, n - 1, step, scratch);
}

/** √(x² + y²), scaled. */
function hypotenuse(x: f64, y: f64): f64 {
  const most = max<f64>(abs<f64>(x), abs<f64>(y));
  if (most === 0) return 0;
  const p = x / most;
  const q = y / most;
  return most * sqrt<f64>(p * p + q * q);
}

/** Turns the rows at x and y by an angle of cosine c and sine s. */
function turn(x: usize, y: usize, n: u32, c: f64, s: f64): void {
  const cs = f64x2.splat(c);
  const ss = f64x2.splat(s);
  const end = x + ((<usize>(n & ~1)) << 3);
  for (; x < end; x += 16, y += 16) {
    const p = v128.load(x);
    const q = v128.load(y);
    v128.store(y, f64x2.add(f64x2.mul(ss, p), f64x2.mul(cs, q)));
    v128.store(x, f64x2.sub(f64x2.mul(cs, p), f64x2.mul(ss, q)));
  }
  if ((n & 1) === 0) return;
  const p = load<f64>(x);
  const q = load<f64>(y);
  store<f64>(y, s * p + c * q);
  store<f64>(x, c * p - s * q);
}

/** Takes the tridiagonal d and e to the diagonal d, and turns the rows of V with it. Returns whether it came to an end. */
function diagonalized(v: usize, n: u32, d: usize, e: usize): bool {
  const step = (<usize>n) << 3;
  for (let k: u32 = 0; k < n; k++) {
    for (let count: u32 = 0; ; count++) {
      let last = k;
      while (last < n - 1 && !(abs<f64>(number(e, last)) <= f64.EPSILON * (abs<f64>(number(d, last)) + abs<f64>(number(d, last + 1)))))
        last++;
      if (last === k) break;
      if (count === MOST_STEPS) return false;
      // Wilkinson's shift: the eigenvalue of the first two rows that is nearer to the first
      const half = (number(d, k + 1) - number(d, k)) / (2 * number(e, k));
      const root = hypotenuse(half, 1);
      let g = number(d, last) - number(d, k) + number(e, k) / (half < 0 ? half - root : half + root);
      let c: f64 = 1;
      let s: f64 = 1;
      let shift: f64 = 0;
      let whole = true;
      for (let i = last; i > k; i--) {
        const f = s * number(e, i - 1);
        const b = c * number(e, i - 1);
        const r = hypotenuse(f, g);
        put(e, i, r);
        if (r === 0) {
          put(d, i, number(d, i) - shift);
          whole = false;
          break;
        }
        s = f / r;
        c = g / r;
        g = number(d, i) - shift;
        const x = (number(d, i - 1) - g) * s + 2 * c * b;
        shift = s * x;
        put(d, i, g + shift);
        g = c * x - b;
        const row = v + <usize>i * step;
        turn(row - step, row, n, c, s);
      }
      if (whole) {
        put(d, k, number(d, k) - shift);
        put(e, k, g);
      }
      put(e, last, 0);
    }
  }
  const last = number(d, n - 1);
  return last === last;
}

/** The sign of a row's first number of more than a tenth of the largest magnitude. */
function signOf(x: usize, n: u32): f64 {
  let most: f64 = 0;
  for (let j: u32 = 0; j < n; j++) most = max<f64>(most, abs<f64>(number(x, j)));
  let place: u32 = 0;
  while (place < n - 1 && !(abs<f64>(number(x, place)) > most / 10)) place++;
  return number(x, place) < 0 ? -1 : 1;
}

/** V := the rows of X as columns in the order of ascending d, which is put in order too, by way of e. */
function inOrder(x: usize, n: u32, d: usize, e: usize, v: usize): void {
  const step = (<usize>n) << 3;
  memory.copy(e, d, step);
  for (let k: u32 = 0; k < n; k++) {
    const own = number(e, k);
    let place: u32 = 0;
    for (let i: u32 = 0; i < n; i++) if (number(e, i) < own || (i < k && number(e, i) === own)) place++;
    put(d, place, own);
    const row = x + <usize>k * step;
    const sign = signOf(row, n);
    for (let j: u32 = 0; j < n; j++) put(v + <usize>j * step, place, sign * number(row, j));
  }
}
