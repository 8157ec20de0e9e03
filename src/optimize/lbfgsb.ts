/** L-BFGS-B: minimisation within bounds (Byrd, Lu, Nocedal and Zhu 1995), the subspace's step projected as Morales and Nocedal (2011) do. */
import { Compact } from "./compact.js";
import type { Point } from "./linesearch.js";
import { LineSearch } from "./linesearch.js";
import { type Method, type Reason } from "./method.js";
import { type Objective } from "./objective.js";
import { type Box, project } from "./parameters.js";
import { difference, dot, isFinite, norm, type Vector, zeros } from "./vectors.js";

/** Numbers in order of what each is due at, as a heap in memory of its own. */
class Queue {
  readonly #items: Int32Array;
  #count = 0;

  constructor(
    size: number,
    readonly due: Vector,
  ) {
    this.#items = new Int32Array(size);
  }

  clear(): void {
    this.#count = 0;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  push(item: number): void {
    let at = this.#count++;
    while (at > 0 && this.due[this.#items[(at - 1) >> 1]!]! > this.due[item]!) {
      this.#items[at] = this.#items[(at - 1) >> 1]!;
      at = (at - 1) >> 1;
    }
    this.#items[at] = item;
  }

  first(): number {
    return this.#items[0]!;
  }

  shift(): void {
    const item = this.#items[--this.#count]!;
    let at = 0;
    for (let child = 1; child < this.#count; child = 2 * at + 1) {
      if (child + 1 < this.#count && this.due[this.#items[child + 1]!]! < this.due[this.#items[child]!]!) child++;
      if (this.due[this.#items[child]!]! >= this.due[item]!) break;
      this.#items[at] = this.#items[child]!;
      at = child;
    }
    this.#items[at] = item;
  }
}

export class Lbfgsb implements Method {
  at: Point;
  readonly #search: LineSearch;
  readonly #compact: Compact;
  readonly #queue: Queue;
  /** Where each number meets its bound along the gradient. */
  readonly #meets: Vector;
  readonly #direction: Vector;
  readonly #cauchy: Vector;
  /** Which numbers are free at the Cauchy point. */
  readonly #free: Uint8Array;
  readonly #reduced: Vector;
  readonly #image: Vector;
  readonly #p: Vector;
  readonly #c: Vector;
  readonly #wb: Vector;
  readonly #v: Vector;

  constructor(
    objective: Objective,
    start: Point,
    readonly box: Box,
    memory: number,
  ) {
    const size = start.x.length;
    this.at = start;
    this.#search = new LineSearch(objective, size, 0.9);
    this.#compact = new Compact(size, memory);
    this.#meets = zeros(size);
    this.#queue = new Queue(size, this.#meets);
    this.#direction = zeros(size);
    this.#cauchy = zeros(size);
    this.#free = new Uint8Array(size);
    this.#reduced = zeros(size);
    this.#image = zeros(size);
    this.#p = zeros(2 * memory);
    this.#c = zeros(2 * memory);
    this.#wb = zeros(2 * memory);
    this.#v = zeros(2 * memory);
  }

  iterate(): Reason | undefined {
    const { pairs } = this.#compact;
    const search = this.#search;
    for (;;) {
      if (this.#aim()) {
        this.#limit();
        search.first = pairs.count > 0 ? 1 : Math.min(1, 1 / norm(this.#direction));
        if (search.run(this.at, this.#direction)) break;
      }
      if (pairs.count === 0) return "stuck";
      pairs.forget();
    }
    project(search.found.x, this.box); // rounding may have put a number a little beyond its bound
    this.#compact.push(this.at, search.found);
    this.at = search.exchange(this.at);
    return undefined;
  }

  /** direction ← from here to the minimiser of the model within the bounds, nearly. Returns false where rounding spoilt the model. */
  #aim(): boolean {
    if (!this.#goToCauchyPoint()) return false;
    if (this.#compact.width > 0 && !this.#goOnInSubspace()) return false;
    difference(this.#direction, this.#cauchy, this.at.x);
    return true;
  }

  /** The generalised Cauchy point: the first minimiser of the model along the projected gradient (algorithm CP). c ← Wᵀ(cauchy − x). */
  #goToCauchyPoint(): boolean {
    const { x, gradient: g } = this.at;
    const { lower, upper } = this.box;
    const compact = this.#compact;
    const { theta, width } = compact;
    const d = this.#direction;
    const meets = this.#meets;
    const cauchy = this.#cauchy;
    const free = this.#free;
    const queue = this.#queue;
    const p = this.#p;
    const c = this.#c;
    const wb = this.#wb;
    const v = this.#v;
    queue.clear();
    for (let i = 0; i < x.length; i++) {
      cauchy[i] = x[i]!;
      const slope = g[i]!;
      meets[i] = slope < 0 ? (x[i]! - upper[i]!) / slope : slope > 0 ? (x[i]! - lower[i]!) / slope : Infinity;
      d[i] = meets[i]! > 0 ? -slope : 0;
      free[i] = meets[i]! > 0 ? 1 : 0;
      if (meets[i]! > 0 && meets[i]! < Infinity) queue.push(i);
    }
    compact.transposed(p, d);
    c.fill(0);
    let first = -dot(d, d);
    if (first === 0) return false;
    if (!this.#applyMiddle(p)) return false;
    let second = -theta * first - inner(p, v, width);
    const least = Number.EPSILON * Math.abs(second);
    let t = 0;
    let best = -first / Math.max(second, least);
    while (!queue.isEmpty) {
      const b = queue.first();
      const passed = meets[b]! - t;
      if (best < passed) break;
      queue.shift();
      t = meets[b]!;
      const slope = g[b]!;
      cauchy[b] = slope < 0 ? upper[b]! : lower[b]!;
      const z = cauchy[b] - x[b]!;
      free[b] = 0;
      d[b] = 0;
      for (let k = 0; k < width; k++) c[k]! += passed * p[k]!;
      compact.row(wb, b);
      if (!this.#applyMiddle(wb)) return false;
      first += passed * second + slope * slope + theta * slope * z - slope * inner(v, c, width);
      second -= theta * slope * slope + 2 * slope * inner(v, p, width) + slope * slope * inner(v, wb, width);
      second = Math.max(second, least);
      for (let k = 0; k < width; k++) p[k]! += slope * wb[k]!;
      best = -first / second;
    }
    best = Math.max(0, best);
    t += best;
    for (let i = 0; i < x.length; i++) if (free[i] === 1) cauchy[i] = Math.min(Math.max(x[i]! + t * d[i]!, lower[i]!), upper[i]!);
    for (let k = 0; k < width; k++) c[k]! += best * p[k]!;
    return true;
  }

  /** v ← M of */
  #applyMiddle(of: Vector): boolean {
    this.#v.set(of);
    return this.#compact.width === 0 || this.#compact.applyMiddle(this.#v);
  }

  /** From the Cauchy point to the minimiser of the model over the numbers that are free there, projected on the bounds (the direct primal method). */
  #goOnInSubspace(): boolean {
    const { x, gradient: g } = this.at;
    const { lower, upper } = this.box;
    const compact = this.#compact;
    const { theta } = compact;
    const cauchy = this.#cauchy;
    const free = this.#free;
    const r = this.#reduced;
    const image = this.#image;
    const v = this.#v;
    if (!this.#applyMiddle(this.#c)) return false;
    for (let i = 0; i < r.length; i++) r[i] = g[i]! + theta * (cauchy[i]! - x[i]!);
    compact.addTimes(r, -1, v);
    for (let i = 0; i < r.length; i++) if (free[i] === 0) r[i] = 0;
    compact.transposed(v, r);
    if (!compact.applyReduced(v, free)) return false;
    image.fill(0);
    compact.addTimes(image, 1, v);
    for (let i = 0; i < r.length; i++) if (free[i] === 1) r[i] = -(r[i]! + image[i]! / theta) / theta;
    let descent = 0;
    let share = 1;
    for (let i = 0; i < r.length; i++) {
      const to = Math.min(Math.max(cauchy[i]! + r[i]!, lower[i]!), upper[i]!);
      descent += (to - x[i]!) * g[i]!;
      if (r[i]! > 0) share = Math.min(share, (upper[i]! - cauchy[i]!) / r[i]!);
      else if (r[i]! < 0) share = Math.min(share, (lower[i]! - cauchy[i]!) / r[i]!);
    }
    if (descent < 0) for (let i = 0; i < r.length; i++) cauchy[i] = Math.min(Math.max(cauchy[i]! + r[i]!, lower[i]!), upper[i]!);
    else for (let i = 0; i < r.length; i++) cauchy[i]! += share * r[i]!;
    return isFinite(cauchy);
  }

  /** Steps end where the first bound is. */
  #limit(): void {
    const { x } = this.at;
    const { lower, upper } = this.box;
    let most = Infinity;
    for (let i = 0; i < x.length; i++) {
      const d = this.#direction[i]!;
      if (d > 0) most = Math.min(most, Math.max(1, (upper[i]! - x[i]!) / d));
      else if (d < 0) most = Math.min(most, Math.max(1, (lower[i]! - x[i]!) / d));
    }
    this.#search.most = most;
  }
}

/** Σ xₖ yₖ of the first numbers. */
function inner(x: Vector, y: Vector, count: number): number {
  let total = 0;
  for (let k = 0; k < count; k++) total += x[k]! * y[k]!;
  return total;
}
