/** Running products, maxima and sums of exponentials: scans of logarithmic depth, of slices, so that they need no rows of their own. */
import { opcode } from "../ops/generated/table.js";
import { add, div, eq, gt, logAddExp, maximum, mul, stopGradient, where } from "./generated/math.js";
import { type AlongName } from "../data/options.js";
import { flatRow, fronted } from "./axes.js";
import { reshape } from "./matrices.js";
import { apply, Value } from "./value.js";
import { concat, free, type LaneMap, lanewise, lengthOf, slice, type Vector, whole } from "./vectors.js";

/**
 * Lane i of each column becomes what `combine` makes of lanes 0 to i, which is associative: with lanes that are 1, 2, 4 … before them (Hillis & Steele 1986), each lane having met every
 * one before it once.
 */
function scan(
  columns: readonly Value[],
  combine: (earlier: readonly Value[], later: readonly Value[]) => readonly Value[],
  stride = 1,
): readonly Value[] {
  const lanes = columns[0]!.length!;
  let scanned = columns;
  for (let step = stride; step < lanes; step *= 2) {
    const earlier = scanned.map((column) => slice(column, 0, lanes - step));
    const later = scanned.map((column) => slice(column, step));
    const combined = combine(earlier, later);
    scanned = scanned.map((column, k) => concat([slice(column, 0, step), combined[k]!]));
  }
  return scanned;
}

/** What a scan makes of a vector, or of a matrix along a dimension: there each lane goes on in the next row. */
const along = (name: AlongName, of: (x: Vector, stride: number) => Value): LaneMap =>
  lanewise(
    name,
    (x) => {
      lengthOf(name, x);
      return of(whole(x), 1);
    },
    (x, axis) => {
      const { rows, count, rest, back } = fronted(name, x, axis);
      return back(reshape(of(flatRow(name, rows), rest), [count, rest]));
    },
  );

/** A scan of one column. */
const running = (name: AlongName, combine: (earlier: Value, later: Value) => Value): LaneMap =>
  along(name, (x, stride) => scan([free(x)], ([earlier], [later]) => [combine(earlier!, later!)], stride)[0]!);

/** Running products: lane i is x₀ · … · xᵢ; the derivative is right where factors are 0. */
export const cumprod: LaneMap = /* @__PURE__ */ running("cumprod", mul);

/** Running sums of exponentials: lane i is log(exp(x₀) + … + exp(xᵢ)), without overflow. */
export const logCumSumExp: LaneMap = /* @__PURE__ */ running("logCumSumExp", logAddExp);

/** Running maxima without a derivative. */
const greatest = (x: Vector, stride: number): Value => scan([free(x)], ([a], [b]) => [maximum(a!, b!)], stride)[0]!;

/** Running maxima: lane i is the greatest of x₀ … xᵢ, NaN from the first NaN on; m that tie share the derivative, 1/m each, as in `max`. */
export const cummax: LaneMap = /* @__PURE__ */ along("cummax", (x, stride) => {
  if (!(x instanceof Value)) return greatest(x, stride);
  // beside each maximum the sum of those that reach it, and how many they are
  const fixed = stopGradient(x);
  const [best, winners, ties] = scan(
    [fixed, x, eq(fixed, fixed)],
    ([a, sumOfA, countOfA], [b, sumOfB, countOfB]) => {
      const choose = (ofA: Value, ofB: Value): Value => where(gt(a!, b!), ofA, where(gt(b!, a!), ofB, add(ofA, ofB)));
      return [maximum(a!, b!), choose(sumOfA!, sumOfB!), choose(countOfA!, countOfB!)];
    },
    stride,
  );
  return free(apply(opcode.surrogate, best, div(winners!, ties!)));
});
