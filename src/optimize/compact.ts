/** The compact form of L-BFGS matrices, B = θI − W M Wᵀ with W = [Y θS] (Byrd, Nocedal and Schnabel 1994), and what L-BFGS-B needs of it. */
import { type Point } from "./linesearch.js";
import { Pairs } from "./pairs.js";
import { dot, type Vector, zeros } from "./vectors.js";

/** Solves a small dense system in place by elimination with partial pivots: matrix row by row, order k, right side b. Returns whether the matrix was regular. */
function solveInPlace(matrix: Vector, stride: number, k: number, b: Vector): boolean {
  for (let c = 0; c < k; c++) {
    let pivot = c;
    for (let r = c + 1; r < k; r++) if (Math.abs(matrix[r * stride + c]!) > Math.abs(matrix[pivot * stride + c]!)) pivot = r;
    const head = matrix[pivot * stride + c]!;
    if (!(Math.abs(head) > 0) || !Number.isFinite(head)) return false;
    if (pivot !== c) {
      for (let j = c; j < k; j++) {
        const kept = matrix[c * stride + j]!;
        matrix[c * stride + j] = matrix[pivot * stride + j]!;
        matrix[pivot * stride + j] = kept;
      }
      const kept = b[c]!;
      b[c] = b[pivot]!;
      b[pivot] = kept;
    }
    for (let r = c + 1; r < k; r++) {
      const factor = matrix[r * stride + c]! / head;
      if (factor === 0) continue;
      for (let j = c + 1; j < k; j++) matrix[r * stride + j]! -= factor * matrix[c * stride + j]!;
      b[r]! -= factor * b[c]!;
    }
  }
  for (let r = k - 1; r >= 0; r--) {
    let total = b[r]!;
    for (let j = r + 1; j < k; j++) total -= matrix[r * stride + j]! * b[j]!;
    b[r] = total / matrix[r * stride + r]!;
  }
  return true;
}

export class Compact {
  readonly pairs: Pairs;
  /** The inner products of steps and changes, sᵢᵀyⱼ, sᵢᵀsⱼ and yᵢᵀyⱼ, by their places. */
  readonly #sy: Vector;
  readonly #ss: Vector;
  readonly #yy: Vector;
  readonly #matrix: Vector;
  readonly #most: number;

  constructor(size: number, memory: number) {
    this.#most = memory;
    this.pairs = new Pairs(size, memory);
    this.#sy = zeros(memory * memory);
    this.#ss = zeros(memory * memory);
    this.#yy = zeros(memory * memory);
    this.#matrix = zeros(4 * memory * memory);
  }

  /** The columns of W. */
  get width(): number {
    return 2 * this.pairs.count;
  }

  get theta(): number {
    return this.pairs.theta;
  }

  /** into ← W's row i */
  row(into: Vector, i: number): void {
    const { pairs } = this;
    for (let k = 0; k < pairs.count; k++) {
      into[k] = pairs.change(k)[i]!;
      into[pairs.count + k] = pairs.theta * pairs.step(k)[i]!;
    }
  }

  /** into ← into ± W v */
  addTimes(into: Vector, sign: 1 | -1, v: Vector): void {
    const { pairs } = this;
    for (let k = 0; k < pairs.count; k++) {
      const change = pairs.change(k);
      const factor = sign * v[k]!;
      for (let i = 0; i < into.length; i++) into[i]! += change[i]! * factor;
    }
    for (let k = 0; k < pairs.count; k++) {
      const step = pairs.step(k);
      const factor = sign * v[pairs.count + k]!;
      for (let i = 0; i < into.length; i++) into[i]! += pairs.theta * step[i]! * factor;
    }
  }

  push(from: Point, to: Point): void {
    const { pairs } = this;
    if (!pairs.push(from, to)) return;
    const last = pairs.count - 1;
    const s = pairs.step(last);
    const y = pairs.change(last);
    const here = pairs.place(last);
    for (let k = 0; k <= last; k++) {
      const place = pairs.place(k);
      this.#sy[here * this.#most + place] = dot(s, pairs.change(k));
      this.#sy[place * this.#most + here] = dot(pairs.step(k), y);
      this.#ss[here * this.#most + place] = this.#ss[place * this.#most + here] = dot(s, pairs.step(k));
      this.#yy[here * this.#most + place] = this.#yy[place * this.#most + here] = dot(y, pairs.change(k));
    }
  }

  /** Where the products of steps or changes i and j are. */
  #index(i: number, j: number): number {
    return this.pairs.place(i) * this.#most + this.pairs.place(j);
  }

  /** into ← Wᵀ v */
  transposed(into: Vector, v: Vector): void {
    const { pairs } = this;
    for (let k = 0; k < pairs.count; k++) {
      into[k] = dot(pairs.change(k), v);
      into[pairs.count + k] = pairs.theta * dot(pairs.step(k), v);
    }
  }

  /** v ← M v. M⁻¹ is [−D Lᵀ; L θSᵀS], where D and L are the diagonal and what is below it of SᵀY. */
  applyMiddle(v: Vector): boolean {
    this.#inverseMiddle();
    return solveInPlace(this.#matrix, 2 * this.#most, this.width, v);
  }

  /** v ← (M⁻¹ − Wᵀ Z Zᵀ W / θ)⁻¹ v, where Z picks the numbers that are free. */
  applyReduced(v: Vector, free: Uint8Array): boolean {
    const { pairs, theta, width } = this;
    const matrix = this.#matrix;
    const stride = 2 * this.#most;
    this.#inverseMiddle();
    let fixed = 0;
    for (let i = 0; i < free.length; i++) fixed += 1 - free[i]!;
    const few = 2 * fixed < free.length; // of all less those of the fixed, or those of the free
    for (let a = 0; a < width; a++) {
      for (let b = 0; b <= a; b++) {
        let total = 0;
        const aIsStep = a >= pairs.count;
        const bIsStep = b >= pairs.count;
        const p = aIsStep ? a - pairs.count : a;
        const q = bIsStep ? b - pairs.count : b;
        const u = aIsStep ? pairs.step(p) : pairs.change(p);
        const v = bIsStep ? pairs.step(q) : pairs.change(q);
        if (fixed > 0 || !few) for (let i = 0; i < free.length; i++) if ((free[i] === 1) !== few) total += u[i]! * v[i]!;
        if (few) {
          const all = aIsStep ? (bIsStep ? this.#ss : this.#sy) : this.#yy;
          total = all[this.#index(p, q)]! - total;
        }
        const share = (total * (aIsStep ? theta : 1) * (bIsStep ? theta : 1)) / theta;
        matrix[a * stride + b]! -= share;
        if (a !== b) matrix[b * stride + a]! -= share;
      }
    }
    return solveInPlace(matrix, stride, width, v);
  }

  #inverseMiddle(): void {
    const { pairs, theta } = this;
    const matrix = this.#matrix;
    const stride = 2 * this.#most;
    const m = pairs.count;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < m; j++) {
        matrix[i * stride + j] = i === j ? -pairs.curvature(i) : 0;
        const lower = i > j ? this.#sy[this.#index(i, j)]! : 0;
        matrix[(m + i) * stride + j] = lower;
        matrix[j * stride + m + i] = lower;
        matrix[(m + i) * stride + m + j] = theta * this.#ss[this.#index(i, j)]!;
      }
    }
  }
}
