/** Runge and Kutta's classic steps through y₀′ = x₀, yᵢ′ = xᵢ·yᵢ₋₁, and the gradient of the last number of the end, by hand. */
import { type Ode } from "../modules/ode.js";

/** out := y′ at y. */
function slopeAt(x: ArrayLike<number>, y: Float64Array, out: Float64Array): void {
  out[0] = x[0]!;
  for (let i = 1; i < y.length; i++) out[i] = x[i]! * y[i - 1]!;
}

/** What a step computes on its way: the slopes, and where they are taken. */
interface Stages {
  readonly slopes: readonly Float64Array[];
  readonly places: readonly Float64Array[];
}

const stagesOf = (n: number): Stages => ({
  slopes: Array.from({ length: 4 }, () => new Float64Array(n)),
  places: Array.from({ length: 4 }, () => new Float64Array(n)),
});

/** How far along the slope before it each slope is taken, and its share of the step, in steps. */
const REACH = [0, 1 / 2, 1 / 2, 1] as const;
const SHARE = [1 / 6, 1 / 3, 1 / 3, 1 / 6] as const;

function fill(x: ArrayLike<number>, y: Float64Array, h: number, { slopes, places }: Stages): void {
  for (let k = 0; k < 4; k++) {
    const place = places[k]!;
    place.set(y);
    if (k > 0) for (let i = 0; i < y.length; i++) place[i]! += h * REACH[k]! * slopes[k - 1]![i]!;
    slopeAt(x, place, slopes[k]!);
  }
}

function step(y: Float64Array, h: number, { slopes }: Stages): void {
  for (let i = 0; i < y.length; i++) y[i]! += (h / 6) * (slopes[0]![i]! + 2 * slopes[1]![i]! + 2 * slopes[2]![i]! + slopes[3]![i]!);
}

export function primal({ x, s }: Ode): Float64Array {
  const y = new Float64Array(x.length);
  const stages = stagesOf(x.length);
  for (let t = 0; t < s; t++) {
    fill(x, y, 2 / s, stages);
    step(y, 2 / s, stages);
  }
  return y;
}

export function gradient({ x, s }: Ode): Float64Array {
  const n = x.length;
  const h = 2 / s;
  const stages = stagesOf(n);
  const { places } = stages;
  const y = new Float64Array(n);
  const history: Float64Array[] = [];
  for (let t = 0; t < s; t++) {
    history.push(y.slice());
    fill(x, y, h, stages);
    step(y, h, stages);
  }
  const slopes = new Float64Array(n);
  const adjoint = new Float64Array(n);
  adjoint[n - 1] = 1;
  for (let t = s - 1; t >= 0; t--) {
    fill(x, history[t]!, h, stages);
    const before = adjoint.slice();
    let next = new Float64Array(n); // what the slope after this one gives
    for (let k = 3; k >= 0; k--) {
      const own = adjoint.map((g, i) => h * SHARE[k]! * g + (k < 3 ? h * REACH[k + 1]! * next[i]! : 0));
      next = new Float64Array(n);
      slopes[0]! += own[0]!;
      for (let i = 1; i < n; i++) {
        slopes[i]! += own[i]! * places[k]![i - 1]!;
        next[i - 1]! += own[i]! * x[i]!;
      }
      for (let i = 0; i < n; i++) before[i]! += next[i]!;
    }
    adjoint.set(before);
  }
  return slopes;
}
