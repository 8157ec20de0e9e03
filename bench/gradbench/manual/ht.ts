/** A hand's residuals and their derivatives by tangents that are carried along: each number is itself and its slope by each of 28. */
import { anglesOf, type Hand } from "../modules/ht.js";

/** A number and its derivatives: by the two places in the point's triangle, then by theta. */
type Tangent = Float64Array;

const WIDTH = 29;
const constant = (x: number): Tangent => new Float64Array(WIDTH).fill(x, 0, 1);
const variable = (x: number, k: number): Tangent => constant(x).fill(1, k + 1, k + 2);
const each = (of: (i: number) => number): Tangent => Float64Array.from({ length: WIDTH }, (_, i) => of(i));
const plus = (x: Tangent, y: Tangent): Tangent => each((i) => x[i]! + y[i]!);
const minus = (x: Tangent, y: Tangent): Tangent => each((i) => x[i]! - y[i]!);
const times = (x: Tangent, y: Tangent): Tangent => each((i) => (i === 0 ? x[0]! * y[0]! : x[0]! * y[i]! + x[i]! * y[0]!));
const mapped = (x: Tangent, value: number, slope: number): Tangent => each((i) => (i === 0 ? value : slope * x[i]!));
const sine = (x: Tangent): Tangent => mapped(x, Math.sin(x[0]!), Math.cos(x[0]!));
const cosine = (x: Tangent): Tangent => mapped(x, Math.cos(x[0]!), -Math.sin(x[0]!));
const negative = (x: Tangent): Tangent => mapped(x, -x[0]!, -1);
const inverse = (x: Tangent): Tangent => mapped(x, 1 / x[0]!, -1 / x[0]! ** 2);
const root = (x: Tangent): Tangent => mapped(x, Math.sqrt(x[0]!), 0.5 / Math.sqrt(x[0]!));

type Table = readonly (readonly Tangent[])[];
const total = (terms: readonly Tangent[]): Tangent => terms.reduce(plus);
const product = (a: Table, b: Table): Table => a.map((row) => b[0]!.map((_, j) => total(row.map((x, k) => times(x, b[k]![j]!)))));
const table = (rows: readonly (readonly number[])[]): Table => rows.map((row) => row.map(constant));

function rotation(v: readonly Tangent[]): Table {
  const angle = root(total(v.map((x) => times(x, x))));
  if (Math.hypot(...v.map((x) => x[0]!)) < 1e-4) return table([[1, 0, 0], [0, 1, 0], [0, 0, 1]]); // prettier-ignore
  const [x, y, z] = v.map((part) => times(part, inverse(angle))) as [Tangent, Tangent, Tangent];
  const [s, c, zero] = [sine(angle), cosine(angle), constant(0)];
  const cross = [[zero, negative(z), y], [z, zero, negative(x)], [negative(y), x, zero]]; // prettier-ignore
  return [x, y, z].map((p, i) =>
    [x, y, z].map((q, j) => total([times(s, cross[i]![j]!), times(times(minus(constant(1), c), p), q), i === j ? c : zero])),
  );
}

function residuals({ theta, data: { model, correspondences, points }, us }: Hand): Tangent[] {
  const pose = [...theta.map((x, k) => variable(x, k + 2)), constant(0)];
  const [zero, one] = [constant(0), constant(1)];
  const absolutes: Table[] = [];
  model.parents.forEach((parent, bone) => {
    const [bend, turn] = anglesOf(bone).map((k) => pose[k]!) as [Tangent, Tangent];
    const [a, b, c, d] = [sine(bend), cosine(bend), sine(turn), cosine(turn)];
    const aboutX = [[one, zero, zero, zero], [zero, b, negative(a), zero], [zero, a, b, zero], [zero, zero, zero, one]]; // prettier-ignore
    const aboutZ = [[d, negative(c), zero, zero], [c, d, zero, zero], [zero, zero, one, zero], [zero, zero, zero, one]]; // prettier-ignore
    const relative = product(table(model.base_relatives[bone]!), product(aboutZ, aboutX));
    absolutes.push(parent < 0 ? relative : product(absolutes[parent]!, relative));
  });
  const transforms = absolutes.map((absolute, i) => product(absolute, table(model.inverse_base_absolutes[i]!)));
  const turned = rotation(pose.slice(0, 3));
  const vertex = (v: number): Tangent[] => {
    const place = table(model.base_positions[v]!.map((x) => [x]));
    const parts = transforms.map((transform, i) => product(transform, place).map(([x]) => times(x!, constant(model.weights[v]![i]!))));
    const own = [0, 1, 2].map((r) => total(parts.map((part) => part[r]!)));
    const mirrored = model.is_mirrored ? [negative(own[0]!), ...own.slice(1)] : own;
    return product(turned, mirrored.map((x) => [x])).map(([x], r) => plus(x!, pose[3 + r]!)); // prettier-ignore
  };
  return correspondences.flatMap((correspondence, i) => {
    const found = (): Tangent[] => {
      if (us === undefined) return vertex(correspondence);
      const [u, v] = us[i]!.map((x, k) => variable(x, k)) as [Tangent, Tangent];
      const shares = [u, v, minus(minus(one, u), v)];
      const corners = model.triangles[correspondence]!.map(vertex);
      return [0, 1, 2].map((r) => total(corners.map((corner, k) => times(shares[k]!, corner[r]!))));
    };
    return found().map((x, r) => minus(constant(points[i]![r]!), x));
  });
}

export const objective = (hand: Hand): number[] => residuals(hand).map((x) => x[0]!);
export const jacobian = (hand: Hand): number[][] => residuals(hand).map((x) => [...x.subarray(hand.us === undefined ? 3 : 1)]);
