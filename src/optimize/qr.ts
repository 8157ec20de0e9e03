/** QR by Householder reflections with column pivots (Businger and Golub 1965), and the Levenberg–Marquardt step by it (Moré 1978). */
import { columnNorm, reflect, reflector } from "../ops/linear/reflections.js";
import { type Vector, zeros } from "./vectors.js";

/** J P = Q R of columns that lie one behind the other, each of `rows` numbers, and Qᵀ r. Fewer rows than columns are taken for rows of zeros. */
export class Qr {
  /** The columns in their order, the longest first. */
  readonly order: Int32Array;
  /** How many columns were factored. */
  count = 0;
  /** How many of them are independent, to rounding. */
  rank = 0;
  /** The factor R's numbers, row by row, with its diagonal. */
  readonly r: Vector;
  /** The first numbers of Qᵀ b. */
  readonly qtb: Vector;
  readonly #work: Vector;
  readonly #b: Vector;
  readonly #norms: Vector;
  readonly #first: Vector;

  constructor(
    readonly rows: number,
    readonly size: number,
  ) {
    this.order = new Int32Array(size);
    this.r = zeros(size * size);
    this.qtb = zeros(size);
    this.#work = zeros(rows * size);
    this.#b = zeros(rows);
    this.#norms = zeros(size);
    this.#first = zeros(size);
  }

  /** Factors the columns of `j` that are free, and applies Qᵀ to b. */
  factor(j: Vector, b: Vector, free: Uint8Array): void {
    const { rows, size, order, r, qtb } = this;
    const a = this.#work;
    const c = this.#b;
    const norms = this.#norms;
    const first = this.#first;
    a.set(j);
    c.set(b);
    r.fill(0);
    qtb.fill(0);
    let n = 0;
    for (let k = 0; k < size; k++) {
      if (free[k] === 0) continue;
      order[n++] = k;
      first[k] = norms[k] = columnNorm(a, k * rows, rows, 1);
    }
    this.count = n;
    for (let k = 0; k < n && k < rows; k++) {
      let pivot = k;
      for (let l = k + 1; l < n; l++) if (norms[order[l]!]! > norms[order[pivot]!]!) pivot = l;
      const column = order[pivot]!;
      if (pivot !== k) {
        order[pivot] = order[k]!;
        order[k] = column;
        for (let i = 0; i < k; i++) {
          const kept = r[i * size + k]!;
          r[i * size + k] = r[i * size + pivot]!;
          r[i * size + pivot] = kept;
        }
      }
      const from = column * rows + k;
      const count = rows - k;
      r[k * size + k] = reflector(a, from, count, 1);
      if (a[from] === 0) continue;
      for (let l = k + 1; l < n; l++) {
        const other = order[l]! * rows;
        const t = reflect(a, from, a, other + k, count, 1);
        r[k * size + l] = t;
        const rest = norms[order[l]!]!;
        if (rest === 0) continue;
        const share = 1 - (t / rest) ** 2;
        const left = rest * Math.sqrt(Math.max(0, share));
        // what was subtracted may have left nothing but rounding
        norms[order[l]!] = 0.05 * (left / first[order[l]!]!) ** 2 <= Number.EPSILON ? columnNorm(a, other + k + 1, count - 1, 1) : left;
      }
      qtb[k] = reflect(a, from, c, k, count, 1);
    }
    const least = Number.EPSILON * Math.max(rows, n) * Math.abs(n > 0 ? r[0]! : 0);
    let rank = 0;
    while (rank < n && Math.abs(r[rank * size + rank]!) > least) rank++;
    this.rank = rank;
  }
}

/** The step p that minimises ‖J p + b‖ within ‖D p‖ ≤ Δ, nearly: the Levenberg–Marquardt parameter is found by Hebden's iteration. */
export class LevenbergStep {
  /** The parameter of the last step. */
  lambda = 0;
  readonly #s: Vector;
  readonly #x: Vector;
  readonly #row: Vector;
  readonly #rhs: Vector;
  readonly #w: Vector;

  constructor(readonly qr: Qr) {
    const { size } = qr;
    this.#s = zeros(size * size);
    this.#x = zeros(size);
    this.#row = zeros(size);
    this.#rhs = zeros(size);
    this.#w = zeros(size);
  }

  /** p ← the step; numbers that are not free stay where they are. */
  solve(p: Vector, scale: Vector, radius: number): void {
    const { order, count, size, rank, r, qtb } = this.qr;
    const x = this.#x;
    const w = this.#w;
    // Gauss and Newton's step, where it is short enough
    x.fill(0);
    for (let k = rank - 1; k >= 0; k--) {
      let total = qtb[k]!;
      for (let l = k + 1; l < rank; l++) total -= r[k * size + l]! * x[l]!;
      x[k] = total / r[k * size + k]!;
    }
    let length = this.#scaledLength(scale);
    let excess = length - radius;
    this.lambda = this.lambda > 0 ? this.lambda : 0;
    if (excess <= 0.1 * radius) {
      this.lambda = 0;
      return this.#spread(p);
    }
    let low = 0;
    if (rank === count) {
      for (let k = 0; k < count; k++) w[k] = (scale[order[k]!]! ** 2 * x[k]!) / length;
      const slope = solveTransposed(w, r, size, count);
      low = excess / radius / slope;
    }
    let high = 0;
    for (let k = 0; k < count; k++) {
      let total = 0;
      for (let i = 0; i <= k; i++) total += r[i * size + k]! * qtb[i]!;
      high = Math.hypot(high, total / scale[order[k]!]!);
    }
    high /= radius;
    if (high === 0) high = Number.MIN_VALUE / Math.min(radius, 0.1);
    let lambda = Math.min(Math.max(this.lambda, low), high);
    if (lambda === 0) lambda = high / length;
    for (let k = 0; ; k++) {
      if (lambda === 0) lambda = Math.max(Number.MIN_VALUE, 0.001 * high);
      this.#damped(lambda, scale);
      length = this.#scaledLength(scale);
      const before = excess;
      excess = length - radius;
      if (Math.abs(excess) <= 0.1 * radius || (low === 0 && excess <= before && before < 0) || k === 10) break;
      for (let l = 0; l < count; l++) w[l] = (scale[order[l]!]! ** 2 * x[l]!) / length;
      const change = excess / radius / solveTransposed(w, this.#s, size, count);
      if (excess > 0) low = Math.max(low, lambda);
      else high = Math.min(high, lambda);
      lambda = Math.max(low, lambda + change);
    }
    this.lambda = lambda;
    this.#spread(p);
  }

  #scaledLength(scale: Vector): number {
    const { order, count } = this.qr;
    let total = 0;
    for (let k = 0; k < count; k++) total += (scale[order[k]!]! * this.#x[k]!) ** 2;
    return Math.sqrt(total);
  }

  /** x ← the minimiser of ‖R x − Qᵀb‖² + λ ‖D P x‖², by rotations of R with √λ D P below it, whose factor stays in s. */
  #damped(lambda: number, scale: Vector): void {
    const { order, count, size, r, qtb } = this.qr;
    const s = this.#s;
    const x = this.#x;
    const row = this.#row;
    const rhs = this.#rhs;
    s.set(r);
    rhs.set(qtb);
    const root = Math.sqrt(lambda);
    for (let k = 0; k < count; k++) {
      row.fill(0, k);
      row[k] = root * scale[order[k]!]!;
      let below = 0;
      for (let l = k; l < count; l++) {
        if (row[l] === 0) continue;
        const diagonal = s[l * size + l]!;
        const h = Math.hypot(diagonal, row[l]!);
        const cos = diagonal / h;
        const sin = row[l]! / h;
        s[l * size + l] = h;
        for (let c = l + 1; c < count; c++) {
          const kept = s[l * size + c]!;
          s[l * size + c] = cos * kept + sin * row[c]!;
          row[c] = cos * row[c]! - sin * kept;
        }
        const kept = rhs[l]!;
        rhs[l] = cos * kept + sin * below;
        below = cos * below - sin * kept;
      }
    }
    for (let k = count - 1; k >= 0; k--) {
      let total = rhs[k]!;
      for (let l = k + 1; l < count; l++) total -= s[k * size + l]! * x[l]!;
      x[k] = s[k * size + k] === 0 ? 0 : total / s[k * size + k]!;
    }
  }

  /** p ← −x in the order of the parameters. */
  #spread(p: Vector): void {
    p.fill(0);
    for (let k = 0; k < this.qr.count; k++) p[this.qr.order[k]!] = -this.#x[k]!;
  }
}

/** w ← R⁻ᵀ w; returns ‖w‖². */
function solveTransposed(w: Vector, r: Vector, size: number, count: number): number {
  let square = 0;
  for (let k = 0; k < count; k++) {
    let total = w[k]!;
    for (let i = 0; i < k; i++) total -= r[i * size + k]! * w[i]!;
    w[k] = total / r[k * size + k]!;
    square += w[k]! ** 2;
  }
  return square;
}
