/** A kinematic chain: bones that turn about three axes each, one after the other, and the distance of their ends from fixed points. */
import { add, at, concat, cos, mul, scan, sin, square, sub, sum, type Value } from "wengert";

type Scalar = Value | number;

/** A frame: a rotation, row by row, and where it is. */
type Frame = readonly [rotation: readonly Scalar[], at: readonly Scalar[]];

const dot = (xs: readonly Scalar[], ys: readonly Scalar[]): Value =>
  xs.map((x, i) => mul(x as Value, ys[i]!)).reduce((total, term) => add(total, term));

const rowOf = (matrix: readonly Scalar[], i: number): readonly Scalar[] => matrix.slice(3 * i, 3 * i + 3);
const columnOf = (matrix: readonly Scalar[], k: number): readonly Scalar[] => [0, 3, 6].map((i) => matrix[i + k]!);

/** The rotation by three angles about x, y and z in turn. */
function rotation([a, b, c]: readonly Value[]): Value[] {
  const [ca, sa, cb, sb, cc, sc] = [cos(a!), sin(a!), cos(b!), sin(b!), cos(c!), sin(c!)];
  return [
    mul(cc, cb),
    sub(mul(mul(cc, sb), sa), mul(sc, ca)),
    add(mul(mul(cc, sb), ca), mul(sc, sa)),
    mul(sc, cb),
    add(mul(mul(sc, sb), sa), mul(cc, ca)),
    sub(mul(mul(sc, sb), ca), mul(cc, sa)),
    mul(sb, -1),
    mul(cb, sa),
    mul(cb, ca),
  ];
}

/** The frame at the end of a bone, of the frame at its beginning, its angles and where it leads to. */
export function bone([turned, end]: Frame, angles: readonly Value[], along: readonly Scalar[]): Frame {
  const own = rotation(angles);
  const product = [0, 1, 2].flatMap((i) => [0, 1, 2].map((k) => dot(rowOf(turned, i), columnOf(own, k))));
  return [product, [0, 1, 2].map((i) => add(end[i] as Value, dot(rowOf(turned, i), along)))];
}

const START: Frame = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
  [0, 0, 0],
];

/** Where bone number i leads to. */
const alongOf = (i: number): readonly number[] => [0.1 + i / 50, 0.02 * (i % 3), -0.01 * i];

/** The loss of the ends of bones, coordinate by coordinate. */
const lossOf = (ends: readonly Scalar[]): Value => sum(ends.map((x, i) => square(sub(x as Value, 0.1 * (i % 7)))));

/** The loss of a chain's angles, in which `step` makes of a bone's frame that of the next. */
export const chainOf =
  (step: typeof bone) =>
  (angles: readonly (readonly Value[])[]): Value => {
    let frame = START;
    const ends = angles.flatMap((own, i) => {
      frame = step(frame, own, alongOf(i));
      return frame[1];
    });
    return lossOf(ends);
  };

/** The same as one loop over the bones. */
export function scannedChain(angles: readonly (readonly Value[])[]): Value {
  const columns = (rows: readonly (readonly Scalar[])[]): Value[] => [0, 1, 2].map((k) => concat(rows.map((row) => row[k] as Value)));
  const [, ends] = scan(
    (frame: Frame, { own, along }: { own: readonly Value[]; along: readonly Value[] }) => {
      const next = bone(frame, own, along);
      return [next, next[1]] as const;
    },
    START,
    { own: columns(angles), along: columns(angles.map((_, i) => alongOf(i))) },
  );
  return lossOf(angles.flatMap((_, i) => ends.map((x) => at(x, i))));
}

/** Angles of so many bones. */
export const anglesOf = (bones: number): number[][] =>
  Array.from({ length: bones }, (_, i) => [0.1 * Math.sin(i), 0.2 * Math.cos(i), 0.05 * i]);
