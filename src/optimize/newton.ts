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
    const { at, objective } = this;
    for (;;) {
      const size = norm(at.gradient);
      const predicted = this.#steihaug.solve(this.#step, at.gradient, this.#radius, Math.min(0.5, Math.sqrt(size)));
      const length = norm(this.#step);
      if (!(length > 0)) return "stuck";
      const next = this.#next;
      along(next.x, at.x, 1, this.#step);
      next.evaluate(objective);
      const slack = ROUNDING * Math.max(1e-300, Math.abs(at.value));
      const ratio = next.isFinite ? (at.value - next.value + slack) / (predicted + slack) : -1;
      const reached = length >= 0.99 * this.#radius;
      if (ratio < 0.25) this.#radius = 0.25 * length;
      else if (ratio > 0.75 && reached) this.#radius *= 2;
      if (ratio > 1e-4) {
        [this.at, this.#next] = [next, at];
        return undefined;
      }
      if (length <= Number.EPSILON * norm(at.x) || this.#radius < 1e-300) return "stuck";
    }
  }
}
