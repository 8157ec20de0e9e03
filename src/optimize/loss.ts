/** How residuals count: squared, or less the further they are out. */
import { type Vector } from "./vectors.js";

/** How residuals count, by z = (r / scale)²: z itself, or a loss that grows more slowly. */
export type Loss = "linear" | "huber" | "softL1" | "cauchy" | "arctan";

/** A loss and its slope by z. */
interface Shape {
  readonly value: (z: number) => number;
  readonly slope: (z: number) => number;
}

const shapes: Readonly<Record<Exclude<Loss, "linear">, Shape>> = {
  huber: { value: (z) => (z <= 1 ? z : 2 * Math.sqrt(z) - 1), slope: (z) => (z <= 1 ? 1 : 1 / Math.sqrt(z)) },
  softL1: { value: (z) => (2 * z) / (Math.sqrt(1 + z) + 1), slope: (z) => 1 / Math.sqrt(1 + z) },
  cauchy: { value: Math.log1p, slope: (z) => 1 / (1 + z) },
  arctan: { value: Math.atan, slope: (z) => 1 / (1 + z * z) },
};

/** The loss of all residuals. */
export class Losses {
  readonly #shape: Shape | undefined;
  readonly #square: number;

  constructor(loss: Loss, scale: number) {
    this.#shape = loss === "linear" ? undefined : shapes[loss];
    this.#square = scale * scale;
  }

  total(r: Vector): number {
    let total = 0;
    if (!this.#shape) for (let i = 0; i < r.length; i++) total += r[i]! * r[i]!;
    else for (let i = 0; i < r.length; i++) total += this.#square * this.#shape.value((r[i]! * r[i]!) / this.#square);
    return total;
  }

  /** By how much the loss of the residuals is above that of others: of squares (r − s)(r + s), which keeps its digits where the two are near. */
  fall(r: Vector, s: Vector): number {
    let total = 0;
    if (!this.#shape) for (let i = 0; i < r.length; i++) total += (r[i]! - s[i]!) * (r[i]! + s[i]!);
    else
      for (let i = 0; i < r.length; i++)
        total += this.#square * (this.#shape.value((r[i]! * r[i]!) / this.#square) - this.#shape.value((s[i]! * s[i]!) / this.#square));
    return total;
  }

  /** weights ← the roots of the loss's slopes: weighted so, the squares have its gradient. */
  weigh(weights: Vector, r: Vector): void {
    if (!this.#shape) weights.fill(1);
    else for (let i = 0; i < r.length; i++) weights[i] = Math.sqrt(this.#shape.slope((r[i]! * r[i]!) / this.#square));
  }
}
