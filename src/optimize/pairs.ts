/** The latest steps and the gradient's changes over them, in memory that is used again in turn. */
import { type Point } from "./linesearch.js";
import { difference, dot, type Vector, zeros } from "./vectors.js";

export class Pairs {
  /** How many there are. */
  count = 0;
  /** yᵀy / sᵀy of the latest: how curved the function is. */
  theta = 1;
  readonly #steps: readonly Vector[];
  readonly #changes: readonly Vector[];
  readonly #curvatures: Vector;
  #first = 0;

  constructor(
    size: number,
    readonly most: number,
  ) {
    this.#steps = Array.from({ length: most }, () => zeros(size));
    this.#changes = Array.from({ length: most }, () => zeros(size));
    this.#curvatures = zeros(most);
  }

  /** The place of the pair that is the k-th, from the oldest. */
  place(k: number): number {
    return (this.#first + k) % this.most;
  }

  step(k: number): Vector {
    return this.#steps[this.place(k)]!;
  }

  change(k: number): Vector {
    return this.#changes[this.place(k)]!;
  }

  /** sᵀy of a pair. */
  curvature(k: number): number {
    return this.#curvatures[this.place(k)]!;
  }

  forget(): void {
    this.count = 0;
    this.theta = 1;
  }

  /** Takes the pair between two points in, unless rounding is all there is of its curvature. Returns whether it did; the oldest goes where there is no room. */
  push(from: Point, to: Point): boolean {
    const full = this.count === this.most;
    const place = full ? this.#first : this.place(this.count);
    const s = this.#steps[place]!;
    const y = this.#changes[place]!;
    difference(s, to.x, from.x);
    difference(y, to.gradient, from.gradient);
    const curvature = dot(s, y);
    const size = dot(y, y);
    if (!(curvature > Number.EPSILON * size)) {
      if (full) this.#drop(); // its place was written over
      return false;
    }
    this.#curvatures[place] = curvature;
    this.theta = size / curvature;
    if (full) this.#first = (this.#first + 1) % this.most;
    else this.count++;
    return true;
  }

  #drop(): void {
    this.#first = (this.#first + 1) % this.most;
    this.count--;
  }
}
