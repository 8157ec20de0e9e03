/** Conjugate gradients to the edge of a trust region (Steihaug 1983; Nocedal and Wright, algorithm 7.2). */
import { addScaled, dot, type Vector, zeros } from "./vectors.js";

export class Steihaug {
  /** How long a step may be. */
  radius = Infinity;
  /** The part of the gradient that is left is at most this. */
  enough = 1e-10;
  /** By how much the last step lowers the model. */
  fall = NaN;
  readonly #residual: Vector;
  readonly #direction: Vector;
  readonly #product: Vector;
  #square = NaN;

  constructor(
    size: number,
    /** into ← H v */
    readonly multiply: (into: Vector, v: Vector) => void,
  ) {
    this.#residual = zeros(size);
    this.#direction = zeros(size);
    this.#product = zeros(size);
  }

  /** step ← nearly the minimiser of gᵀp + pᵀHp / 2 within the radius. */
  solve(step: Vector, gradient: Vector): void {
    const residual = this.#residual;
    const direction = this.#direction;
    step.fill(0);
    residual.set(gradient);
    for (let i = 0; i < direction.length; i++) direction[i] = -residual[i]!;
    this.#square = dot(residual, residual);
    const least = this.#square * this.enough * this.enough;
    this.fall = 0;
    for (let k = 0; k < 2 * step.length + 10 && this.#square > (k === 0 ? 0 : least); k++) {
      this.multiply(this.#product, direction);
      if (this.#goOn(step)) return;
    }
  }

  /** Takes a step of conjugate gradients, to the edge at most. Returns whether it led there. */
  #goOn(step: Vector): boolean {
    const residual = this.#residual;
    const direction = this.#direction;
    const square = this.#square;
    const curvature = dot(direction, this.#product);
    const edge = this.#toEdge(step);
    const t = curvature > 0 ? Math.min(edge, square / curvature) : edge;
    this.fall -= t * dot(residual, direction) + 0.5 * t * t * (Number.isNaN(curvature) ? 0 : curvature);
    addScaled(step, t, direction);
    if (t === edge) return true;
    addScaled(residual, t, this.#product);
    this.#square = dot(residual, residual);
    const share = this.#square / square;
    for (let i = 0; i < direction.length; i++) direction[i] = share * direction[i]! - residual[i]!;
    return false;
  }

  /** How far along the direction the edge of the region is. */
  #toEdge(step: Vector): number {
    if (this.radius === Infinity) return Infinity;
    const direction = this.#direction;
    const a = dot(direction, direction);
    const b = dot(step, direction);
    const c = dot(step, step) - this.radius * this.radius;
    const root = Math.sqrt(Math.max(0, b * b - a * c));
    return b > 0 ? -c / (b + root) : (root - b) / a;
  }
}
