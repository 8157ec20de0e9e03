/** A model of residuals with a sparse Jacobian, stepping by conjugate gradients on JᵀJ in the units of the columns, to the edge of the trust region (Steihaug 1983). */
import { sparseJacobian, type SparseMatrix } from "../transforms/sparse.js";
import { treeFlatten } from "../trace/trees.js";
import { type Value } from "../trace/value.js";
import { concat } from "../trace/vectors.js";
import { type Parameters } from "./parameters.js";
import { type Model, type Residuals } from "./residuals.js";
import { dot, type Vector, zeros } from "./vectors.js";

export class SparseModel implements Model {
  readonly gradient: Vector;
  readonly lengths: Vector;
  readonly #find: (x: Vector) => SparseMatrix;
  #j: SparseMatrix | undefined;
  readonly #image: Vector;
  readonly #y: Vector;
  readonly #residual: Vector;
  readonly #direction: Vector;
  readonly #product: Vector;

  constructor(
    readonly residuals: Residuals,
    parameters: Parameters,
  ) {
    const { size } = parameters;
    const { f, engine } = residuals;
    const leaves = (x: Value): Value[] => treeFlatten(f(parameters.values(x) as never))[0] as Value[];
    const options = { retrace: false, ...(engine === undefined ? {} : { engine }) };
    this.#find = sparseJacobian<[Value], Value, 0>((x) => concat(leaves(x)), options);
    this.gradient = zeros(size);
    this.lengths = zeros(size);
    this.#image = zeros(residuals.count);
    this.#y = zeros(size);
    this.#residual = zeros(size);
    this.#direction = zeros(size);
    this.#product = zeros(size);
  }

  set(x: Vector, r: Vector, weights: Vector): void {
    const { rows, columns, values } = (this.#j = this.#find(x));
    this.residuals.counts.jacobians++;
    const { gradient, lengths } = this;
    gradient.fill(0);
    lengths.fill(0);
    for (let i = 0; i < r.length; i++) {
      for (let p = rows[i]!; p < rows[i + 1]!; p++) {
        const slope = (values[p]! *= weights[i]!);
        gradient[columns[p]!]! += slope * weights[i]! * r[i]!;
        lengths[columns[p]!]! += slope * slope;
      }
    }
    for (let k = 0; k < lengths.length; k++) lengths[k] = Math.sqrt(lengths[k]!);
  }

  square(p: Vector): number {
    this.#times(p);
    return dot(this.#image, this.#image);
  }

  step(p: Vector, free: Uint8Array, scale: Vector, radius: number): void {
    const [y, residual, direction, product] = [this.#y, this.#residual, this.#direction, this.#product];
    y.fill(0);
    for (let k = 0; k < y.length; k++) {
      residual[k] = free[k] === 1 ? this.gradient[k]! / scale[k]! : 0;
      direction[k] = -residual[k]!;
    }
    let square = dot(residual, residual);
    const enough = square * 1e-20;
    for (let k = 0; k < 2 * y.length + 10 && square > enough; k++) {
      this.#normal(product, direction, free, scale);
      const curvature = dot(direction, product);
      const [a, b, c] = [dot(direction, direction), dot(y, direction), dot(y, y) - radius * radius];
      const root = Math.sqrt(Math.max(0, b * b - a * c));
      const edge = radius === Infinity ? Infinity : b > 0 ? -c / (b + root) : (root - b) / a;
      const t = curvature > 0 ? Math.min(edge, square / curvature) : edge;
      for (let l = 0; l < y.length; l++) {
        y[l]! += t * direction[l]!;
        residual[l]! += t * product[l]!;
      }
      if (t === edge) break;
      const next = dot(residual, residual);
      for (let l = 0; l < y.length; l++) direction[l] = (next / square) * direction[l]! - residual[l]!;
      square = next;
    }
    for (let k = 0; k < y.length; k++) p[k] = y[k]! / scale[k]!;
  }

  /** image ← J p */
  #times(p: Vector): void {
    const { rows, columns, values } = this.#j!;
    for (let i = 0; i < this.#image.length; i++) {
      let total = 0;
      for (let q = rows[i]!; q < rows[i + 1]!; q++) total += values[q]! * p[columns[q]!]!;
      this.#image[i] = total;
    }
  }

  /** into ← D⁻¹ Jᵀ J D⁻¹ y over the numbers that are free. */
  #normal(into: Vector, y: Vector, free: Uint8Array, scale: Vector): void {
    const { rows, columns, values } = this.#j!;
    for (let k = 0; k < y.length; k++) into[k] = y[k]! / scale[k]!;
    this.#times(into);
    into.fill(0);
    for (let i = 0; i < this.#image.length; i++)
      for (let q = rows[i]!; q < rows[i + 1]!; q++) into[columns[q]!]! += values[q]! * this.#image[i]!;
    for (let k = 0; k < y.length; k++) into[k] = free[k] === 1 ? into[k]! / scale[k]! : 0;
  }

  /** into ← (JᵀJ)⁻¹ e, by conjugate gradients, over the numbers that are free. */
  solve(into: Vector, e: Vector, free: Uint8Array, scale: Vector): void {
    const kept = this.gradient.slice();
    for (let k = 0; k < e.length; k++) this.gradient[k] = -e[k]!;
    this.step(into, free, scale, Infinity);
    this.gradient.set(kept);
  }
}
