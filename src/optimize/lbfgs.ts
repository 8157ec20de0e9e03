/** L-BFGS by the recursion of two loops (Nocedal 1980; Nocedal and Wright, algorithm 7.4). */
import type { Point } from "./linesearch.js";
import { LineSearch } from "./linesearch.js";
import { type Method, type Reason } from "./method.js";
import { type Objective } from "./objective.js";
import { Pairs } from "./pairs.js";
import { addScaled, dot, norm, scale, type Vector, zeros } from "./vectors.js";

export class Lbfgs implements Method {
  at: Point;
  readonly #pairs: Pairs;
  readonly #search: LineSearch;
  readonly #direction: Vector;
  readonly #shares: Vector;

  constructor(objective: Objective, start: Point, memory: number) {
    const size = start.x.length;
    this.at = start;
    this.#pairs = new Pairs(size, memory);
    this.#search = new LineSearch(objective, size, 0.9);
    this.#direction = zeros(size);
    this.#shares = zeros(memory);
  }

  iterate(): Reason | undefined {
    const pairs = this.#pairs;
    const search = this.#search;
    for (;;) {
      this.#aim();
      search.first = pairs.count > 0 ? 1 : Math.min(1, 1 / norm(this.at.gradient));
      if (search.run(this.at, this.#direction)) break;
      if (pairs.count === 0) return "stuck";
      pairs.forget(); // along the gradient itself, then
    }
    pairs.push(this.at, search.found);
    this.at = search.exchange(this.at);
    return undefined;
  }

  /** direction ← −H g */
  #aim(): void {
    const pairs = this.#pairs;
    const direction = this.#direction;
    const shares = this.#shares;
    for (let i = 0; i < direction.length; i++) direction[i] = -this.at.gradient[i]!;
    for (let k = pairs.count - 1; k >= 0; k--) {
      shares[k] = dot(pairs.step(k), direction) / pairs.curvature(k);
      addScaled(direction, -shares[k]!, pairs.change(k));
    }
    scale(direction, 1 / pairs.theta);
    for (let k = 0; k < pairs.count; k++)
      addScaled(direction, shares[k]! - dot(pairs.change(k), direction) / pairs.curvature(k), pairs.step(k));
  }
}
