/** Bundle adjustment by hand: residuals, and their derivatives by camera, point and weight. */
import { type Bundle } from "../modules/ba.js";

type Vector = readonly [number, number, number];

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
/** s·a + t·b + u·c */
const combined = (s: number, a: Vector, t: number, b: Vector, u: number, c: Vector): Vector => [
  s * a[0] + t * b[0] + u * c[0],
  s * a[1] + t * b[1] + u * c[1],
  s * a[2] + t * b[2] + u * c[2],
];
const ZERO: Vector = [0, 0, 0];
const AXES: readonly Vector[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** x rotated by r, its derivatives by the three numbers of r, and the images of the axes. */
function rotation(r: Vector, x: Vector): { image: Vector; byRotation: Vector[]; axes: Vector[] } {
  const theta = Math.sqrt(dot(r, r));
  if (theta === 0) {
    const drift = (v: Vector): Vector => combined(1, v, 1, cross(r, v), 0, ZERO);
    return { image: drift(x), byRotation: AXES.map((axis) => cross(axis, x)), axes: AXES.map(drift) };
  }
  const w: Vector = [r[0] / theta, r[1] / theta, r[2] / theta];
  const [cosine, sine] = [Math.cos(theta), Math.sin(theta)];
  const turned = (v: Vector): Vector => combined(cosine, v, sine, cross(w, v), (1 - cosine) * dot(w, v), w);
  const byAngle = combined(-sine, x, cosine, cross(w, x), sine * dot(w, x), w);
  const byRotation = AXES.map((axis, k) => {
    const dw = combined(1 / theta, axis, -w[k]! / theta, w, 0, ZERO);
    const byAxis = combined(sine, cross(dw, x), (1 - cosine) * dot(w, x), dw, (1 - cosine) * dot(dw, x), w);
    return combined(w[k]!, byAngle, 1, byAxis, 0, ZERO);
  });
  return { image: turned(x), byRotation, axes: AXES.map(turned) };
}

/** One observation: both residuals, and of each the 15 derivatives by camera, point and weight. */
export function observation({ cam, x, w, feat }: Pick<Bundle, "cam" | "x" | "w" | "feat">): { residuals: number[]; rows: number[][] } {
  const [f, u0, v0, k1, k2] = cam.slice(6) as [number, number, number, number, number];
  const centred = x.map((value, i) => value - cam[3 + i]!) as unknown as Vector;
  const { image, byRotation, axes } = rotation(cam.slice(0, 3) as unknown as Vector, centred);
  const p = [image[0] / image[2], image[1] / image[2]] as const;
  const s = p[0] * p[0] + p[1] * p[1];
  const distortion = 1 + k1 * s + k2 * s * s;
  const slope = k1 + 2 * k2 * s;
  const errors = [p[0] * distortion * f + u0 - feat[0]!, p[1] * distortion * f + v0 - feat[1]!];
  const rows = ([0, 1] as const).map((e) => {
    const along = (v: Vector): number => {
      const moved = [(v[0] - p[0] * v[2]) / image[2], (v[1] - p[1] * v[2]) / image[2]] as const;
      return w * f * (moved[e] * distortion + p[e] * slope * 2 * (p[0] * moved[0] + p[1] * moved[1]));
    };
    const byPoint = axes.map(along);
    const byDistortion = w * p[e] * f;
    return [
      ...byRotation.map(along),
      ...byPoint.map((value) => -value),
      ...[w * p[e] * distortion, e === 0 ? w : 0, e === 1 ? w : 0, byDistortion * s, byDistortion * s * s],
      ...byPoint,
      errors[e]!,
    ];
  });
  return { residuals: errors.map((error) => w * error), rows };
}

export const objective = (bundle: Bundle): object => ({
  reproj_error: { elements: observation(bundle).residuals, repeated: bundle.p },
  w_err: { element: 1 - bundle.w * bundle.w, repeated: bundle.p },
});

/** The first 30 and the last entries of the compressed sparse rows: the entries are those of the first observation and of the last weight. */
export function jacobian(bundle: Bundle): Record<"rows" | "cols" | "vals", number[]> {
  const { n, m, p } = bundle;
  const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);
  const cols = [...range(0, 11), ...range(11 * n, 3), 11 * n + 3 * m];
  return {
    rows: [...range(0, Math.min(30, 3 * p + 1)).map((row) => 15 * Math.min(row, 2 * p) + Math.max(0, row - 2 * p)), 31 * p],
    cols: [...cols, ...cols, 11 * n + 3 * m + p - 1],
    vals: [...observation(bundle).rows.flat(), -2 * bundle.w],
  };
}
