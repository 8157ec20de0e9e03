/** Newton's method in a trust region, its steps by conjugate gradients on the Hessian's products (Steihaug 1983; Nocedal and Wright, algorithms 4.1 and 7.2). */
import { Point } from "./linesearch.js";
import { type Method, type Reason } from "./method.js";
import { type Objective } from "./objective.js";
import { addScaled, along, dot, norm, type Vector, zeros } from "./vectors.js";

/** A decrease of this part of the value is rounding (Conn, Gould and Toint 2000, section 17.4.2). */
const ROUNDING = 10 * Number.EPSILON;

export class NewtonCg implements Method {
  at: Point;
  #next: Point;
  #radius: number;
  readonly #step: Vector;
  readonly #residual: Vector;
  readonly #direction: Vector;
  readonly #product: Vector;

  constructor(
    readonly objective: Objective,
    start: Point,
  ) {
    const size = start.x.length;
    this.at = start;
    this.#next = new Point(size);
    this.#radius = Math.max(1, norm(start.x));
    this.#step = zeros(size);
    this.#residual = zeros(size);
    this.#direction = zeros(size);
    this.#product = zeros(size);
  }

  iterate(): Reason | undefined {
    const { at, objective } = this;
    for (;;) {
      const predicted = this.#solve();
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

  /** step ← nearly the minimiser of the model within the radius; returns by how much the model falls. */
  #solve(): number {
    const { at, objective } = this;
    const [step, residual, direction, product] = [this.#step, this.#residual, this.#direction, this.#product];
    step.fill(0);
    residual.set(at.gradient);
    for (let i = 0; i < direction.length; i++) direction[i] = -residual[i]!;
    let square = dot(residual, residual);
    const size = Math.sqrt(square);
    const enough = Math.min(0.5, Math.sqrt(size)) * size;
    let model = 0;
    for (let k = 0; k < 2 * step.length + 10 && Math.sqrt(square) > (k === 0 ? 0 : enough); k++) {
      objective.product(product, at.x, direction);
      const curvature = dot(direction, product);
      const descent = -dot(residual, direction);
      const t = curvature > 0 ? square / curvature : Infinity;
      const toEdge = this.#toEdge();
      if (!(t < toEdge)) {
        addScaled(step, toEdge, direction);
        return model + toEdge * descent - 0.5 * toEdge * toEdge * (curvature === curvature ? curvature : 0);
      }
      addScaled(step, t, direction);
      addScaled(residual, t, product);
      model += t * descent - 0.5 * t * t * curvature;
      const next = dot(residual, residual);
      for (let i = 0; i < direction.length; i++) direction[i] = (next / square) * direction[i]! - residual[i]!;
      square = next;
    }
    return model;
  }

  /** How far along the direction the edge of the region is. */
  #toEdge(): number {
    const [a, b, c] = [
      dot(this.#direction, this.#direction),
      dot(this.#step, this.#direction),
      dot(this.#step, this.#step) - this.#radius * this.#radius,
    ];
    const root = Math.sqrt(Math.max(0, b * b - a * c));
    return b > 0 ? -c / (b + root) : (root - b) / a;
  }
}
