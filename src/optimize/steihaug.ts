/** Conjugate gradients to the edge of a trust region (Steihaug 1983; Nocedal and Wright, algorithm 7.2). */
import { addScaled, dot, type Vector, zeros } from "./vectors.js";

export class Steihaug {
  readonly #residual: Vector;
  readonly #direction: Vector;
  readonly #product: Vector;

  constructor(
    size: number,
    /** into ← H v */
    readonly multiply: (into: Vector, v: Vector) => void,
  ) {
    this.#residual = zeros(size);
    this.#direction = zeros(size);
    this.#product = zeros(size);
  }

  /** step ← nearly the minimiser of gᵀp + pᵀHp / 2 within the radius, its gradient at most `enough` of g; returns by how much that falls. */
  solve(step: Vector, gradient: Vector, radius: number, enough: number): number {
    const [residual, direction, product] = [this.#residual, this.#direction, this.#product];
    step.fill(0);
    residual.set(gradient);
    for (let i = 0; i < direction.length; i++) direction[i] = -residual[i]!;
    let square = dot(residual, residual);
    const least = square * enough * enough;
    let fall = 0;
    for (let k = 0; k < 2 * step.length + 10 && square > (k === 0 ? 0 : least); k++) {
      this.multiply(product, direction);
      const curvature = dot(direction, product);
      const edge = this.#toEdge(step, radius);
      const t = curvature > 0 ? Math.min(edge, square / curvature) : edge;
      fall -= t * dot(residual, direction) + 0.5 * t * t * (Number.isNaN(curvature) ? 0 : curvature);
      addScaled(step, t, direction);
      if (t === edge) break;
      addScaled(residual, t, product);
      const next = dot(residual, residual);
      for (let i = 0; i < direction.length; i++) direction[i] = (next / square) * direction[i]! - residual[i]!;
      square = next;
    }
    return fall;
  }

  /** How far along the direction the edge of the region is. */
  #toEdge(step: Vector, radius: number): number {
    if (radius === Infinity) return Infinity;
    const direction = this.#direction;
    const [a, b, c] = [dot(direction, direction), dot(step, direction), dot(step, step) - radius * radius];
    const root = Math.sqrt(Math.max(0, b * b - a * c));
    return b > 0 ? -c / (b + root) : (root - b) / a;
  }
}
