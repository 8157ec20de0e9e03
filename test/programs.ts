/** Named functions of the kinds people differentiate, with arguments at which nothing jumps nearby. Every engine and mode is tested on them. */
import {
  add,
  argmin,
  at,
  atan2,
  broadcast,
  concat,
  type Concrete,
  cummax,
  cumprod,
  cumsum,
  diag,
  diagonal,
  div,
  dot,
  eq,
  erf,
  erfcx,
  exp,
  exprel,
  eye,
  grad,
  hypot,
  type Indices,
  lbeta,
  lgamma,
  log,
  logCumSumExp,
  logErfc,
  logNormCdf,
  logSigmoid,
  logSoftmax,
  logSumExp,
  max,
  mean,
  matrix,
  matrixTrace,
  min,
  mul,
  norm,
  normQuantile,
  pow,
  prod,
  reshape,
  reverse,
  roll,
  segmentSum,
  sigmoid,
  sin,
  sinc,
  slice,
  softmax,
  sort,
  sqrt,
  square,
  stack,
  std,
  sub,
  sum,
  take,
  tanh,
  transpose,
  tril,
  triu,
  type Value,
  variance,
  where,
  xlog1py,
  xlogy,
} from "wengert";
import { camera, dense, layer, type Layer, logistic, mixture, pendulumStep, reprojection } from "./models.js";
import { scattered } from "./numbers.js";

/** A scalar function of its first argument, the others being data. */
export interface Example {
  readonly name: string;
  readonly f: (...args: never[]) => Value;
  readonly args: readonly unknown[];
  /** Its gradient jumps at the arguments, so differences of it say nothing. */
  readonly kinked?: true;
}

const example = <P extends readonly unknown[]>(
  name: string,
  f: (...args: P) => Value,
  ...args: Concrete<P> & readonly unknown[]
): Example => ({ name, f: f as never, args });

const column = (...args: Parameters<typeof scattered>): Float64Array => Float64Array.from(scattered(...args));
const columns = (count: number, lanes: number, low = -1, high = 1): Float64Array[] =>
  Array.from({ length: count }, (_, k) => column(lanes, low, high, k + 1));
const indices = (...list: number[]): Int32Array => Int32Array.from(list);

export const programs: readonly Example[] = [
  example(
    "Rosenbrock, scalars",
    (x: Value[]) => sum(x.slice(1).map((next, i) => add(mul(100, square(sub(next, square(x[i]!)))), square(sub(1, x[i]!))))),
    scattered(9, -1, 2),
  ),
  example(
    "Rosenbrock, slices",
    (x: Value) =>
      sum(
        slice(x, 1)
          .sub(slice(x, 0, -1).square())
          .square()
          .mul(100)
          .add(square(sub(1, slice(x, 0, -1)))),
      ),
    column(300, -1, 2),
  ),
  example(
    "logistic regression, columns",
    (p: { w: Value[]; b: Value }, x: Value[], y: Value) => mean(logistic(p.w, p.b, x, y)),
    { w: scattered(4, -1, 1), b: 0.3 },
    columns(4, 150),
    column(150, 0, 1).map(Math.round),
  ),
  example(
    "logistic regression, unrolled",
    (p: { w: Value[]; b: Value }, rows: { x: Value[]; y: Value }[]) => mean(rows.map(({ x, y }) => logistic(p.w, p.b, x, y))),
    { w: scattered(3, -1, 1), b: -0.2 },
    Array.from({ length: 12 }, (_, i) => ({ x: scattered(3, -1, 1, i), y: i % 2 })),
  ),
  example(
    "softmax regression",
    (p: Layer, x: Value[], labels: Value) => {
      const scores = dense(p, x);
      const right = scores.map((score, k) => where(eq(labels, k), score, 0));
      return mean(sub(logSumExp(scores), sum(right))).add(mul(0.01, sum(p.w.map((row) => dot(row, row)))));
    },
    layer(3, 4, 3),
    columns(4, 90),
    Float64Array.from({ length: 90 }, (_, i) => i % 3),
  ),
  example(
    "network 2-16-16-1",
    (p: Layer[], x: Value[], y: Value) => {
      const [first, second, last] = p as [Layer, Layer, Layer];
      const hidden = dense(
        second,
        dense(first, x).map((z) => tanh(z)),
      ).map((z) => tanh(z));
      return mean(square(sub(dense(last, hidden)[0]!, y)));
    },
    [layer(16, 2, 1), layer(16, 16, 20), layer(1, 16, 40)],
    columns(2, 70),
    column(70, -1, 1, 9),
  ),
  example(
    "Gaussian mixture",
    mixture,
    {
      alpha: [0.1, -0.2, 0.3],
      mu: [
        [0.1, 0.5],
        [-0.4, 0.2],
        [0.6, -0.7],
      ],
      q: [
        [0.2, -0.1],
        [0.3, 0.1],
        [-0.2, 0.4],
      ],
      l: [0.2, -0.3, 0.5],
    },
    columns(2, 80, -2, 2),
  ),
  example(
    "k-means",
    (centres: Value[][], points: Value[]) => sum(min(centres.map((centre) => sum(centre.map((c, i) => square(sub(points[i]!, c))))))),
    [
      [0.5, 0.4],
      [-0.6, 0.3],
      [0.1, -0.8],
    ],
    columns(2, 60),
  ),
  example(
    "k-means by argmin and take",
    (centres: { x: Value; y: Value }, points: Value[]) => {
      const [px, py] = points as [Value, Value];
      const squares = [0, 1, 2].map((k) => add(square(sub(px, at(centres.x, k))), square(sub(py, at(centres.y, k)))));
      const nearest = argmin(squares);
      return sum(add(square(sub(px, take(centres.x, nearest))), square(sub(py, take(centres.y, nearest)))));
    },
    { x: Float64Array.of(0.5, -0.6, 0.1), y: Float64Array.of(0.4, 0.3, -0.8) },
    columns(2, 60),
  ),
  example("bundle adjustment", reprojection, camera([0.1, -0.4, 0.3]), [0.1, 0.2]),
  { ...example("bundle adjustment without rotation", reprojection, camera([0, 0, 0]), [0.1, 0.2]), kinked: true },
  example(
    "linear spline",
    (heights: Value, cell: Indices, next: Indices, along: Value, y: Value) =>
      mean(square(sub(add(mul(take(heights, cell), sub(1, along)), mul(take(heights, next), along)), y))),
    column(6, -1, 1),
    indices(0, 1, 1, 2, 3, 4, 4, 4),
    indices(1, 2, 2, 3, 4, 5, 5, 5),
    column(8, 0, 1),
    column(8, -1, 1, 4),
  ),
  example(
    "histogram of energies",
    (x: Value, bins: Indices) => logSumExp(segmentSum(square(x), bins, 4)).add(sum(segmentSum(sin(x), bins, 4).square())),
    column(11, -1, 1),
    indices(0, 3, 1, 1, 2, 0, 3, 3, 1, 0, 2),
  ),
  example(
    "discounted series",
    (p: { rate: Value; flows: Value }) =>
      dot(exp(mul(cumsum(broadcast(p.rate, 40)), -1)), cumsum(p.flows)).add(sum(reverse(cumsum(reverse(p.flows.sin())))).square()),
    { rate: 0.05, flows: column(40, -1, 1) },
  ),
  example(
    "softmax, deviations and scans of a column",
    (x: Value) =>
      dot(softmax(mul(x, 3)), sin(x))
        .add(sum(logSoftmax(x).square()))
        .add(std(x, { correction: 1 }))
        .add(variance(cumprod(x)))
        .add(sum(logCumSumExp(x).mul(cummax(sin(x))))),
    column(11, -1, 1),
  ),
  example(
    "likelihood of a probit and of a beta distribution",
    (p: { a: Value; b: Value; w: Value }, x: Value) =>
      sum(logNormCdf(mul(p.w, x)))
        .add(sum(xlogy(p.a, sigmoid(x)).add(xlog1py(p.b, sigmoid(x).neg()))))
        .sub(lbeta(p.a, p.b).mul(5))
        .add(
          sum(
            normQuantile(sigmoid(x))
              .mul(exprel(x))
              .add(sinc(x))
              .add(logErfc(x))
              .add(erfcx(x).logAddExp(logSigmoid(x))),
          ),
        ),
    { a: 2.5, b: 0.7, w: 1.3 },
    column(9, -1.5, 1.5),
  ),
  example("logSumExp of a column", (x: Value) => logSumExp(x).mul(logSumExp(mul(x, 2))), column(130, -30, 30)),
  example(
    "norms",
    (x: Value) =>
      norm(x)
        .add(norm(mul(x, 1e3)))
        .add(norm([at(x, 0), at(x, 1)])),
    column(17, -2, 2),
  ),
  example(
    "product with zeros",
    (x: Value) =>
      prod(x)
        .add(prod(slice(x, 2, 6)))
        .add(prod([at(x, 2), at(x, 4), at(x, 0)])),
    Float64Array.of(1.5, -2, 0, 0.5, 0, 3, 0.7),
  ),
  {
    ...example(
      "greatest and least, some tied",
      (x: Value) =>
        mul(3, max(x))
          .add(min(x))
          .add(max([at(x, 0), at(x, 1), at(x, 2)]))
          .add(sum(sin(x))),
      Float64Array.of(1, 2, 2, -1, 0.5, -1),
    ),
    kinked: true,
  },
  example(
    "polynomial",
    (x: Value) => scattered(12, -1, 1).reduce((total: Value, coefficient) => total.mul(x).add(coefficient), mul(x, 0.5)),
    0.9,
  ),
  example(
    "pendulum",
    (p: { damping: Value; x: Value; v: Value }) => {
      let state: [Value, Value] = [p.x, p.v];
      for (let i = 0; i < 25; i++) state = pendulumStep(state, p.damping, 0.1);
      return add(square(state[0]), square(state[1]));
    },
    { damping: 0.2, x: 0.8, v: -0.3 },
  ),
  example(
    "chain of powers",
    ([x, y]: [Value, Value]) =>
      pow(x, y)
        .add(pow(x, 3))
        .add(pow(2, y))
        .add(pow(pow(x, 0.5), pow(y, -1))),
    [1.7, 0.8],
  ),
  example(
    "likelihood by erf and lgamma",
    (p: { shape: Value; scale: Value; edge: Value }, x: Value) => {
      const density = x.log().mul(p.shape.sub(1)).sub(x.div(p.scale)).sub(lgamma(p.shape)).sub(p.scale.log().mul(p.shape));
      return sum(density).add(sum(log(add(1.5, erf(sub(x, p.edge))))));
    },
    { shape: 2.3, scale: 1.4, edge: 0.6 },
    column(50, 0.1, 5),
  ),
  example(
    "convolution",
    (p: { kernel: Value; signal: Value }) => {
      const padded = concat([0, p.signal, 0]);
      const lanes = p.signal.length!;
      const taps = [0, 1, 2].map((k) => mul(at(p.kernel, k), slice(padded, k, k + lanes)));
      return sum(square(sum(taps))).add(sum(sigmoid(concat([slice(p.signal, 0, 3), at(p.kernel, 1), slice(p.signal, -2)]))));
    },
    { kernel: Float64Array.of(0.25, 0.6, -0.2), signal: column(33, -1, 1) },
  ),
  example(
    "standardised matrix",
    (x: Value, w: Value) => {
      const centred = sub(x, div(sum(x, { axis: 0 }), 7));
      const spread = sqrt(div(sum(square(centred), { axis: 0, keepDims: true }), 7));
      const scores = sum(mul(div(centred, add(spread, 0.1)), w), { axis: 1 });
      return sum(tanh(scores)).add(sum(mul(transpose(x), transpose(sin(x)))));
    },
    matrix(scattered(35, -1, 1), [7, 5]),
    column(5, -1, 1, 3),
  ),
  example(
    "outer sums of a batch",
    ({ x, y, z }: { x: Value; y: Value; z: Value }) => {
      const each = add(mul(x, reshape(y, [2, 1, 4])), z);
      const middle = sum(exp(mul(0.3, each)), { axis: 1 });
      const rest = sum(transpose(each), { axis: -1, keepDims: true });
      return sum(mul(middle, square(middle))).add(sum(mul(rest, reshape(reshape(rest, [4, 2]), [2, 4, 1]))));
    },
    { x: matrix(scattered(3, -1, 1), [3, 1]), y: matrix(scattered(8, -1, 1, 2), [2, 4]), z: matrix(scattered(24, -1, 1, 3), [2, 3, 4]) },
  ),
  example(
    "reductions of a matrix",
    (x: Value) => {
      const each = [0, 1].flatMap((axis) => [
        norm(x, { axis }),
        logSumExp(mul(2, x), { axis }),
        prod(add(x, 1.5), { axis }),
        variance(x, { axis, correction: 1 }),
        std(x, { axis }),
        max(x, { axis }),
        min(x, { axis, keepDims: true }),
        mean(exp(x), { axis }),
      ]);
      return sum(each.map((value) => sum(sin(value))));
    },
    matrix(scattered(28, -1, 1), [4, 7]),
  ),
  example(
    "softmax and scans of a batch",
    (x: Value) => {
      const scores = [0, 1, 2].map((axis) => mul(softmax(x, { axis }), cumsum(x, { axis })));
      const logs = [0, 1, 2].map((axis) => mul(logSoftmax(x, { axis }), reverse(x, { axis })));
      const scans = [0, 1, 2].flatMap((axis) => [cumprod(x, { axis }), logCumSumExp(x, { axis }), cummax(x, { axis }), sort(x, { axis })]);
      return sum([...scores, ...logs, ...scans].map((value, k) => sum(mul(value, sin(add(x, k))))));
    },
    matrix(scattered(30, -1, 1), [2, 5, 3]),
  ),
  example(
    "parts of matrices",
    (x: Value, y: Value) => {
      const columns = stack([at(x, 1), at(x, -2, { axis: 1 }), diagonal(x)], { axis: 1 });
      const around = concat([slice(x, 1, 3), roll(x, 1, { axis: 1 })], { axis: 0 });
      const beside = concat([y, slice(x, 0, 2, { axis: 1 }), take(x, indices(3, 0, 3), { axis: 1 })], { axis: 1 });
      const triangles = add(tril(x), mul(triu(x, 1), diag(at(x, 0))));
      return sum([
        sum(square(columns)),
        matrixTrace(mul(x, triangles)),
        sum(sin(around)),
        sum(tanh(beside)),
        sum(mul(eye(4), exp(x))),
        sum(mul(stack([x, mul(x, x)]), reshape(stack([x, x], { axis: 2 }), [2, 4, 4]))),
      ]);
    },
    matrix(scattered(16, -1, 1), [4, 4]),
    matrix(scattered(8, -1, 1, 5), [4, 2]),
  ),
  example(
    "geometry",
    ([x, y, z]: [Value, Value, Value]) =>
      hypot(x, y)
        .mul(atan2(y, z))
        .add(hypot(hypot(x, y), z))
        .sub(atan2(x, y.neg())),
    [0.6, -0.8, 1.1],
  ),
  example(
    "deep chain",
    (x: Value) => {
      let y = x;
      for (let i = 0; i < 300; i++) y = i % 3 === 0 ? sin(y).add(x) : i % 3 === 1 ? y.mul(0.7) : tanh(y);
      return y;
    },
    0.4,
  ),
  example(
    "gradient inside",
    ([x, y]: [Value, Value]) => {
      const energy = ([u, v]: [Value, Value]): Value => u.mul(v).sin().add(square(u));
      const [du, dv] = grad(energy)([x, mul(x, y)]);
      return add(square(du), mul(dv, y));
    },
    [0.7, 1.3],
  ),
];
