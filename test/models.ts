/** Models that people fit, as functions of Values: what the named programs are made of. */
import {
  add,
  type Concrete,
  cos,
  div,
  dot,
  exp,
  logSumExp,
  lt,
  mul,
  sin,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  type Value,
  where,
} from "wengert";
import { scattered } from "./numbers.js";

export type Layer = { w: Value[][]; b: Value[] };
export const layer = (rows: number, width: number, seed: number): { w: number[][]; b: number[] } => ({
  w: Array.from({ length: rows }, (_, i) => scattered(width, -1, 1, seed + i)),
  b: scattered(rows, -0.5, 0.5, seed + 50),
});
export const dense = ({ w, b }: Layer, x: readonly Value[]): Value[] => w.map((weights, i) => add(dot(weights, x), b[i]!));

type Camera = { r: Value[]; centre: Value[]; f: Value; origin: Value[]; k: Value[]; point: Value[] };
const cross = ([a, b, c]: Value[], [x, y, z]: Value[]): Value[] => [
  sub(mul(b!, z!), mul(c!, y!)),
  sub(mul(c!, x!), mul(a!, z!)),
  sub(mul(a!, y!), mul(b!, x!)),
];

/** Rodrigues' rotation; by the small-angle form at r = 0, where the other branch divides by 0. */
function rotated(r: Value[], x: Value[]): Value[] {
  const squared = dot(r, r);
  const tiny = lt(squared, 1e-300);
  const theta = sqrt(where(tiny, 1, squared));
  const w = r.map((ri) => div(ri, theta));
  const [wx, rx, wDotX] = [cross(w, x), cross(r, x), dot(w, x)];
  return x.map((xi, i) =>
    where(
      tiny,
      add(xi, rx[i]!),
      xi
        .mul(cos(theta))
        .add(wx[i]!.mul(sin(theta)))
        .add(w[i]!.mul(wDotX).mul(sub(1, cos(theta)))),
    ),
  );
}

export function reprojection({ r, centre, f, origin, k, point }: Camera, feature: Value[]): Value {
  const [x, y, z] = rotated(
    r,
    point.map((p, i) => sub(p, centre[i]!)),
  );
  const p = [div(x!, z!), div(y!, z!)];
  const s = dot(p, p);
  const scale = add(1, k[0]!.mul(s))
    .add(k[1]!.mul(square(s)))
    .mul(f);
  return sum(p.map((pi, i) => square(sub(add(mul(pi, scale), origin[i]!), feature[i]!))));
}

export const camera = (r: number[]): Concrete<Camera> => ({
  r,
  centre: [0.2, -0.1, 4],
  f: 1.5,
  origin: [0.02, -0.03],
  k: [0.1, -0.02],
  point: [0.4, 0.3, 0.2],
});

type Mixture = { alpha: Value[]; mu: Value[][]; q: Value[][]; l: Value[] };

/** The log-likelihood of a mixture of two-dimensional normals, whose inverse square roots of covariance are lower triangular. */
export function mixture({ alpha, mu, q, l }: Mixture, points: Value[]): Value {
  const terms = alpha.map((a, k) => {
    const [dx, dy] = points.map((column, i) => sub(column, mu[k]![i]!));
    const u = mul(exp(q[k]![0]!), dx!);
    const v = add(mul(exp(q[k]![1]!), dy!), mul(l[k]!, dx!));
    return sub(add(a, sum(q[k]!)), mul(0.5, add(square(u), square(v))));
  });
  const prior = sum(q.map((qk, k) => add(sum(qk.map((x) => square(exp(x)))), square(l[k]!))));
  return sub(sub(sum(logSumExp(terms)), mul(points[0]!.length!, logSumExp(alpha))), mul(0.5, prior));
}

/** A step of Runge and Kutta's fourth-order method for the pendulum. */
export function pendulumStep([x, v]: [Value, Value], damping: Value, h: number): [Value, Value] {
  const slope = ([x, v]: [Value, Value]): [Value, Value] => [v, sub(mul(-1, sin(x)), mul(damping, v))];
  const ahead = (by: number, [dx, dv]: [Value, Value]): [Value, Value] => [add(x, mul(by, dx)), add(v, mul(by, dv))];
  const k1 = slope([x, v]);
  const k2 = slope(ahead(h / 2, k1));
  const k3 = slope(ahead(h / 2, k2));
  const k4 = slope(ahead(h, k3));
  return ahead(h / 6, [0, 1].map((i) => k1[i]!.add(k2[i]!.mul(2)).add(k3[i]!.mul(2)).add(k4[i]!)) as [Value, Value]);
}

export function logistic(w: Value[], b: Value, x: readonly Value[], y: Value): Value {
  const z = add(dot(w, x), b);
  return sub(softplus(z), mul(y, z));
}
