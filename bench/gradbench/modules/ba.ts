/** GradBench's ba: bundle adjustment, the errors of points that cameras see and of their weights, and the sparse Jacobian. */
import {
  add,
  compile,
  cos,
  div,
  dot,
  type EngineChoice,
  eq,
  grad,
  type Indices,
  jacobian,
  mul,
  sin,
  sqrt,
  square,
  sub,
  take,
  type Value,
  vmap,
  where,
} from "wengert";
import { type Fields } from "../fields.js";
import { type Module } from "../module.js";
import { type CompressedRows, compressedRows, type Entries, excerpt } from "./compressedRows.js";

/** One camera, point, weight and feature, to be repeated n, m, p and p times. */
export interface Bundle {
  readonly n: number;
  readonly m: number;
  readonly p: number;
  readonly cam: readonly number[];
  readonly x: readonly number[];
  readonly w: number;
  readonly feat: readonly number[];
}

/** Cameras [r, C, f, u0, v0, k1, k2], points, and what is observed, as columns; every observation has a weight, a camera and a point. */
export interface Observations<Column, Numbers> {
  readonly cameras: readonly Column[];
  readonly points: readonly Column[];
  readonly features: readonly Column[];
  readonly weights: Column;
  readonly cameraOf: Numbers;
  readonly pointOf: Numbers;
}

const read = (input: Fields): Bundle => ({
  n: input.whole("n", 1),
  m: input.whole("m", 1),
  p: input.whole("p", 1),
  cam: input.numbers("cam", 11),
  x: input.numbers("x", 3),
  w: input.number("w"),
  feat: input.numbers("feat", 2),
});

/** The repeated data: observation i is of camera i mod n and of point i mod m. */
function repeated({ n, m, p, cam, x, w, feat }: Bundle): Observations<Float64Array, Int32Array> {
  const times = (count: number, number: number): Float64Array => new Float64Array(count).fill(number);
  return {
    cameras: cam.map((number) => times(n, number)),
    points: x.map((number) => times(m, number)),
    features: feat.map((number) => times(p, number)),
    weights: times(p, w),
    cameraOf: Int32Array.from({ length: p }, (_, i) => i % n),
    pointOf: Int32Array.from({ length: p }, (_, i) => i % m),
  };
}

type Vector = readonly Value[];

const cross = ([a, b, c]: Vector, [x, y, z]: Vector): Value[] => [
  sub(mul(b!, z!), mul(c!, y!)),
  sub(mul(c!, x!), mul(a!, z!)),
  sub(mul(a!, y!), mul(b!, x!)),
];

/** Rodrigues' rotation of x by the vector r; to first order where r is 0. */
function rotated(r: Vector, x: Vector): Value[] {
  const squared = dot(r, r);
  const still = eq(squared, 0);
  const theta = sqrt(where(still, 1, squared));
  const w = r.map((ri) => div(ri, theta));
  const [turned, drift] = [cross(w, x), cross(r, x)];
  const along = mul(dot(w, x), sub(1, cos(theta)));
  return x.map((xi, i) =>
    where(
      still,
      add(xi, drift[i]!),
      mul(xi, cos(theta))
        .add(mul(turned[i]!, sin(theta)))
        .add(mul(w[i]!, along)),
    ),
  );
}

/** Where a camera sees a point: rotated, projected and distorted. */
function projected([r1, r2, r3, c1, c2, c3, f, u0, v0, k1, k2]: Vector, [x1, x2, x3]: Vector): Value[] {
  const [x, y, z] = rotated([r1!, r2!, r3!], [sub(x1!, c1!), sub(x2!, c2!), sub(x3!, c3!)]);
  const p = [div(x!, z!), div(y!, z!)];
  const s = dot(p, p);
  const scale = add(1, mul(k1!, s))
    .add(mul(k2!, square(s)))
    .mul(f!);
  return [add(mul(p[0]!, scale), u0!), add(mul(p[1]!, scale), v0!)];
}

const reprojectionError = (camera: Vector, point: Vector, weight: Value, feature: Vector): Value[] =>
  projected(camera, point).map((x, i) => mul(weight, sub(x, feature[i]!)));

const weightError = (weight: Value): Value => sub(1, square(weight));

/** The camera and the point of each observation. */
const seen = ({ cameras, points, cameraOf, pointOf }: Observations<Value, Indices>): [Value[], Value[]] => [
  cameras.map((column) => take(column, cameraOf)),
  points.map((column) => take(column, pointOf)),
];

function errors(data: Observations<Value, Indices>): { reprojection: Value[]; weight: Value } {
  const [camera, point] = seen(data);
  return { reprojection: vmap(reprojectionError)(camera, point, data.weights, data.features), weight: vmap(weightError)(data.weights) };
}

/** By observation: of both residuals, the derivatives by camera, point and weight; and of the weight's error. */
function slopes(data: Observations<Value, Indices>): { reprojection: Value[][]; weight: Value } {
  const [camera, point] = seen(data);
  const blocks = vmap(jacobian(reprojectionError, { argnums: [0, 1, 2] }))(camera, point, data.weights, data.features);
  const reprojection = blocks.map(([byCamera, byPoint, byWeight]) => [...byCamera, ...byPoint, byWeight]);
  return { reprojection, weight: vmap(grad(weightError))(data.weights) };
}

/** What evaluates the Jacobian of observations. */
export function prepareJacobian(
  sizes: Pick<Bundle, "n" | "m" | "p">,
  data: Observations<Float64Array, Int32Array>,
  engine: EngineChoice,
): () => CompressedRows {
  const step = compile(slopes, [data], { engine });
  const fill = compressedRows(sizes, data);
  return () => fill(step(data) as Entries);
}

export const ba: Module = {
  objective(input, engine) {
    const bundle = read(input);
    const data = repeated(bundle);
    const step = compile(errors, [data], { engine });
    return () => {
      const { reprojection, weight } = step(data) as { reprojection: Float64Array[]; weight: Float64Array };
      return {
        reproj_error: { elements: reprojection.map((column) => column[0]!), repeated: bundle.p },
        w_err: { element: weight[0]!, repeated: bundle.p },
      };
    };
  },
  jacobian(input, engine) {
    const bundle = read(input);
    const evaluate = prepareJacobian(bundle, repeated(bundle), engine);
    return () => excerpt(evaluate());
  },
};
