/** Minimisation by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 3.1), over a function that leaves its gradient in place. */

/** A vector of numbers. */
type Vector = Float64Array<ArrayBuffer>;

/** A function of `x` and its gradient. */
export interface Objective {
  /** Returns the value at x and writes the gradient. */
  evaluate(x: Float64Array, gradient: Float64Array): number;
  /** How many numbers x holds. */
  readonly size: number;
}

/** Where a minimisation stands. */
export interface Iterate {
  readonly value: number;
  /** The gradient's Euclidean norm. */
  readonly slope: number;
}

const dot = (x: Vector, y: Vector): number => x.reduce((total, value, i) => total + value * y[i]!, 0);

/** x + t·y */
const along = (x: Vector, t: number, y: Vector): Vector => x.map((value, i) => value + t * y[i]!);

/** The steps taken and the gradient's changes over them, most recent last. */
type History = { readonly step: Vector; readonly change: Vector; readonly curvature: number }[];

/** −H·g, where H approximates the inverse Hessian by the history. */
function direction(gradient: Vector, history: History): Vector {
  let q = gradient.map((x) => -x);
  const shares: number[] = [];
  for (const { step, change, curvature } of [...history].reverse()) {
    const share = dot(step, q) / curvature;
    shares.push(share);
    q = along(q, -share, change);
  }
  const last = history.at(-1);
  if (last) q = q.map((x) => (x * last.curvature) / dot(last.change, last.change));
  for (const { step, change, curvature } of history) q = along(q, shares.pop()! - dot(change, q) / curvature, step);
  return q;
}

/** Minimises from `x`, which it moves, and yields each iterate, the start included. Ends where the slope is below `tolerance` or no step descends. */
export function* minimise(objective: Objective, x: Vector, tolerance: number): Generator<Iterate> {
  const history: History = [];
  let gradient = new Float64Array(objective.size);
  let value = objective.evaluate(x, gradient);
  for (;;) {
    const slope = Math.sqrt(dot(gradient, gradient));
    yield { value, slope };
    if (slope < tolerance) return;
    const towards = direction(gradient, history);
    const descent = dot(gradient, towards);
    let length = history.length > 0 ? 1 : 1 / slope;
    let nextValue = Infinity;
    let next = x;
    const nextGradient = new Float64Array(objective.size);
    for (; !(nextValue <= value + 1e-4 * length * descent); length /= 2) {
      if (length < 1e-12) return;
      next = along(x, length, towards);
      nextValue = objective.evaluate(next, nextGradient);
    }
    const step = along(next, -1, x);
    const change = along(nextGradient, -1, gradient);
    const curvature = dot(step, change);
    if (curvature > 0) history.push({ step, change, curvature });
    if (history.length > 8) history.shift();
    x.set(next);
    [value, gradient] = [nextValue, nextGradient];
  }
}
