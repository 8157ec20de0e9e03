/** Newton's method in a trust region, its steps by conjugate gradients on the Hessian's products (Steihaug 1983; Nocedal and Wright, algorithms 4.1 and 7.2). */
import { Point } from "./linesearch.js";
import { type Method, type Reason } from "./method.js";
import { type Objective } from "./objective.js";
import { Steihaug } from "./steihaug.js";
import { along, norm, type Vector, zeros } from "./vectors.js";

/** A decrease of this part of the value is rounding (Conn, Gould and Toint 2000, section 17.4.2). */
const ROUNDING = 10 * Number.EPSILON;

export class NewtonCg implements Method {
  at: Point;
  #next: Point;
  #radius: number;
  readonly #step: Vector;
  /** How long the step is. */
  #length = NaN;
  readonly #steihaug: Steihaug;

  constructor(
    readonly objective: Objective,
    start: Point,
  ) {
    const size = start.x.length;
    this.at = start;
    this.#next = new Point(size);
    this.#radius = Math.max(1, norm(start.x));
    this.#step = zeros(size);
    this.#steihaug = new Steihaug(size, (into, v) => objective.product(into, this.at.x, v));
  }

  iterate(): Reason | undefined {
    for (;;) {
      this.#aim();
      if (!(this.#length > 0)) return "stuck";
      if (this.#try()) {
        const next = this.#next;
        this.#next = this.at;
        this.at = next;
        return undefined;
      }
      if (this.#length <= Number.EPSILON * norm(this.at.x) || this.#radius < 1e-300) return "stuck";
    }
  }

  /** step ← nearly the minimiser of the model within the radius */
  #aim(): void {
    const steihaug = this.#steihaug;
    steihaug.radius = this.#radius;
    steihaug.enough = Math.min(0.5, Math.sqrt(norm(this.at.gradient)));
    steihaug.solve(this.#step, this.at.gradient);
    this.#length = norm(this.#step);
  }

  /** Evaluates the function a step away, and fits the radius to how well the model foresaw it. Returns whether the function fell. */
  #try(): boolean {
    const { at, objective } = this;
    const next = this.#next;
    const length = this.#length;
    along(next.x, at.x, 1, this.#step);
    next.evaluate(objective);
    const slack = ROUNDING * Math.max(1e-300, Math.abs(at.value));
    const ratio = next.isFinite ? (at.value - next.value + slack) / (this.#steihaug.fall + slack) : -1;
    if (ratio < 0.25) this.#radius = 0.25 * length;
    else if (ratio > 0.75 && length >= 0.99 * this.#radius) this.#radius *= 2;
    return ratio > 1e-4;
  }
}
