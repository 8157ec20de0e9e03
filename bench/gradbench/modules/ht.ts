/** GradBench's ht: how far the vertices of a hand, posed by 26 angles and lengths, are from points, and the derivatives by these and by the places in triangles. */
import { add, at, compile, concat, cos, div, jvp, lt, matmul, type Matrix, matrix, mul, neg, norm, outer, reshape, sin, slice, stack, sub, take, transpose, type Value, where } from "wengert"; // prettier-ignore
import { type Fields } from "../fields.js";
import { type Module } from "../module.js";

/** A hand: bones, and vertices that bones move by their weights. */
interface Model {
  readonly bone_count: number;
  readonly parents: readonly number[];
  readonly base_relatives: readonly (readonly (readonly number[])[])[];
  readonly inverse_base_absolutes: readonly (readonly (readonly number[])[])[];
  readonly base_positions: readonly (readonly number[])[];
  readonly weights: readonly (readonly number[])[];
  readonly triangles: readonly (readonly number[])[];
  readonly is_mirrored: boolean;
}

/** A pose, a hand, and points with the vertices, or the triangles and the places in them, that they are of. */
export interface Hand {
  readonly theta: readonly number[];
  readonly data: { readonly model: Model; readonly correspondences: readonly number[]; readonly points: readonly (readonly number[])[] };
  readonly us?: readonly (readonly number[])[];
}

function read(input: Fields): Hand {
  const [data, model] = [input.inner("data"), input.inner("data").inner("model")];
  const [bones, points] = [model.whole("bone_count", 1), data.rows("points", undefined, 3)];
  const base_positions = model.rows("base_positions", undefined, 4);
  return {
    theta: input.numbers("theta", 26),
    data: {
      model: {
        bone_count: bones,
        parents: model.numbers("parents", bones),
        base_relatives: model.matrices("base_relatives", bones, 4, 4),
        inverse_base_absolutes: model.matrices("inverse_base_absolutes", bones, 4, 4),
        base_positions,
        weights: model.rows("weights", base_positions.length, bones),
        triangles: model.rows("triangles", undefined, 3),
        is_mirrored: model.flag("is_mirrored"),
      },
      correspondences: data.numbers("correspondences", points.length),
      points,
    },
    ...(input.has("us") ? { us: input.rows("us", points.length, 2) } : {}),
  };
}

/** Where a bone's two angles stand in theta; 26, where there is a 0, for those that it has not. Three bones of a finger in four bend, and the first of these turns. */
export const anglesOf = (bone: number): readonly [bend: number, turn: number] => {
  const [finger, joint] = [Math.floor((bone - 2) / 4), (bone - 2) % 4];
  if (finger < 0 || finger > 4 || joint > 2) return [26, 26];
  const first = 6 + 4 * finger;
  return joint === 0 ? [first, first + 1] : [first + joint + 1, 26];
};

/** The rotation about a vector by its length. */
function rotation(v: Value): Value {
  const angle = norm(v);
  const [x, y, z] = [0, 1, 2].map((i) => div(at(v, i), angle)) as [Value, Value, Value];
  const cross = mul(sin(angle), matrix([[0, neg(z), y], [z, 0, neg(x)], [neg(y), x, 0]])); // prettier-ignore
  const axis = stack([concat([x, y, z])]);
  const along = mul(sub(1, cos(angle)), matmul(axis, axis, { transposeA: true }));
  const identity = matrix([[1, 0, 0], [0, 1, 0], [0, 0, 1]]); // prettier-ignore
  return where(lt(angle, 1e-4), identity, add(mul(cos(angle), identity), add(cross, along)));
}

/** The residuals, three a point. */
function residualsOf({ data: { model, correspondences, points } }: Hand): (theta: Value, u?: Value, v?: Value) => Value {
  const bones = Array.from({ length: model.bone_count }, (_, bone) => anglesOf(bone));
  const corners = [0, 1, 2].map((k) => Int32Array.from(correspondences, (i) => model.triangles[i]![k]!));
  const relatives = matrix(model.base_relatives);
  const inverses = matrix(model.inverse_base_absolutes);
  // a vertex is linear in its bones' transforms: by each its base position, weighted
  const blend: Matrix = stack(model.weights.map((w, i) => reshape(outer(Float64Array.from(w), Float64Array.from(model.base_positions[i]!)), [-1]))); // prettier-ignore
  return (theta, u, v) => {
    const pose = concat([theta, 0]);
    const [bend, turn] = [0, 1].map((k) =>
      take(
        pose,
        Int32Array.from(bones, (angles) => angles[k]!),
      ),
    ) as [Value, Value];
    const [a, b, c, d, o] = [sin(bend), cos(bend), sin(turn), cos(turn), mul(0, bend)];
    const columns = [d, neg(mul(c, b)), mul(c, a), o, c, mul(d, b), neg(mul(d, a)), o, o, a, b, o, o, o, o, add(o, 1)];
    const moved = matmul(relatives, reshape(stack(columns, { axis: 1 }), [-1, 4, 4]));
    const absolutes: Value[] = [];
    model.parents.forEach((parent, i) => absolutes.push(parent < 0 ? at(moved, i) : matmul(absolutes[parent]!, at(moved, i))));
    const transforms = transpose(matmul(stack(absolutes), inverses));
    const own = slice(matmul(blend, reshape(transforms, [-1, 4])), 0, 3, { axis: 1 });
    const mirrored = model.is_mirrored ? mul(own, Float64Array.of(-1, 1, 1)) : own;
    const vertices = add(matmul(mirrored, rotation(slice(theta, 0, 3)), { transposeB: true }), slice(theta, 3, 6));
    if (u === undefined || v === undefined) return reshape(sub(matrix(points), take(vertices, Int32Array.from(correspondences))), [-1]);
    const [p, q, r] = corners.map((corner) => take(vertices, corner)) as [Value, Value, Value];
    const [s, t] = [reshape(u, [-1, 1]), reshape(v, [-1, 1])];
    return reshape(sub(matrix(points), add(add(mul(s, p), mul(t, q)), mul(sub(sub(1, s), t), r))), [-1]);
  };
}

/** The arguments: the pose, and the places in triangles as columns. */
const argumentsOf = ({ theta, us }: Hand): Float64Array[] => [
  new Float64Array(theta),
  ...(us === undefined ? [] : [0, 1].map((k) => Float64Array.from(us, (u) => u[k]!))),
];

export const ht: Module = {
  objective(input, engine) {
    const hand = read(input);
    const args = argumentsOf(hand) as [Float64Array];
    const step = compile(residualsOf(hand), args, { engine });
    return () => Array.from(step(...args) as Float64Array);
  },
  jacobian(input, engine) {
    const hand = read(input);
    const args = argumentsOf(hand) as [Float64Array];
    // a point has places of its own, so that one direction serves all
    const zeros = args.map((x) => new Float64Array(x.length));
    const places = zeros.slice(1).map((_, k) => zeros.map((x, i) => (i === k + 1 ? new Float64Array(x.length).fill(1) : x)));
    const angles = hand.theta.map((_, k) => zeros.map((x, i) => (i === 0 ? x.map((_, j) => Number(j === k)) : x)));
    const derivative = (...x: Value[]): Value[] => jvp(residualsOf(hand)).many(x as [Value], [...places, ...angles] as never)[1];
    const step = compile(derivative, args, { engine });
    return () => {
      const columns = step(...args) as unknown as Float64Array[];
      return Array.from(columns[0]!, (_, row) => columns.map((column) => column[row]!));
    };
  },
};
