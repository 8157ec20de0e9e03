/** A model of residuals with a sparse Jacobian, stepping by conjugate gradients on JᵀJ in the units of the columns. */
import { sparseJacobian, type SparseMatrix } from "../transforms/sparse.js";
import { type Value } from "../trace/value.js";
import { type Parameters } from "./parameters.js";
import { inOneVector, type Model, type Residuals } from "./residuals.js";
import { Steihaug } from "./steihaug.js";
import { dot, type Vector, zeros } from "./vectors.js";

export class SparseModel implements Model {
  readonly gradient: Vector;
  readonly lengths: Vector;
  readonly #find: (x: Vector) => SparseMatrix;
  #j: SparseMatrix | undefined;
  readonly #image: Vector;
  readonly #y: Vector;
  readonly #scaled: Vector;
  readonly #steihaug: Steihaug;
  #free: Uint8Array;
  #scale: Vector;

  constructor(
    readonly residuals: Residuals,
    parameters: Parameters,
  ) {
    const { size } = parameters;
    const { f, engine } = residuals;
    const options = { retrace: false, ...(engine === undefined ? {} : { engine }) };
    this.#find = sparseJacobian<[Value], Value, 0>((x) => inOneVector(f(parameters.values(x) as never)), options);
    this.gradient = zeros(size);
    this.lengths = zeros(size);
    this.#image = zeros(residuals.count);
    this.#y = zeros(size);
    this.#scaled = zeros(size);
    this.#free = new Uint8Array(size);
    this.#scale = zeros(size);
    this.#steihaug = new Steihaug(size, (into, y) => this.#normal(into, y));
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
    this.#solve(p, this.gradient, free, scale, radius);
  }

  /** p ← −(JᵀJ)⁻¹ g within the radius, over the numbers that are free. */
  #solve(p: Vector, g: Vector, free: Uint8Array, scale: Vector, radius: number): void {
    const y = this.#y;
    const scaled = this.#scaled;
    this.#free = free;
    this.#scale = scale;
    for (let k = 0; k < y.length; k++) scaled[k] = free[k] === 1 ? g[k]! / scale[k]! : 0;
    this.#steihaug.radius = radius;
    this.#steihaug.solve(y, scaled);
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
  #normal(into: Vector, y: Vector): void {
    const { rows, columns, values } = this.#j!;
    const free = this.#free;
    const scale = this.#scale;
    for (let k = 0; k < y.length; k++) into[k] = y[k]! / scale[k]!;
    this.#times(into);
    into.fill(0);
    for (let i = 0; i < this.#image.length; i++)
      for (let q = rows[i]!; q < rows[i + 1]!; q++) into[columns[q]!]! += values[q]! * this.#image[i]!;
    for (let k = 0; k < y.length; k++) into[k] = free[k] === 1 ? into[k]! / scale[k]! : 0;
  }

  /** A row of `variance` times (JᵀJ)⁻¹; NaN where a number is not free. */
  covariance(i: number, free: Uint8Array, variance: number): Vector {
    const [row, unit] = [zeros(free.length), zeros(free.length)];
    unit[i] = -variance;
    const scale = this.lengths.map((length) => length || 1);
    this.#solve(row, unit, free, scale, Infinity);
    return row.map((value, k) => (free[k] === 1 && free[i] === 1 ? value : NaN));
  }
}
