/** Running products, maxima and sums of exponentials: scans of logarithmic depth, of slices, so that they need no rows of their own. */
import { opcode } from "../ops/generated/table.js";
import { add, div, eq, gt, logAddExp, maximum, mul, stopGradient, where } from "./generated/math.js";
import { taking } from "../data/operands.js";
import { apply, Value } from "./value.js";
import { concat, free, type LaneMap, lengthOf, slice, type Vector, whole } from "./vectors.js";

/**
 * Lane i of each column becomes what `combine` makes of lanes 0 to i, which is associative: with lanes that are 1, 2, 4 … before them (Hillis & Steele 1986), each lane having met every
 * one before it once.
 */
function scan(
  columns: readonly Value[],
  combine: (earlier: readonly Value[], later: readonly Value[]) => readonly Value[],
): readonly Value[] {
  const lanes = columns[0]!.length!;
  let scanned = columns;
  for (let step = 1; step < lanes; step *= 2) {
    const earlier = scanned.map((column) => slice(column, 0, lanes - step));
    const later = scanned.map((column) => slice(column, step));
    const combined = combine(earlier, later);
    scanned = scanned.map((column, k) => concat([slice(column, 0, step), combined[k]!]));
  }
  return scanned;
}

/** A scan of one column. */
const running = (name: string, combine: (earlier: Value, later: Value) => Value): LaneMap =>
  taking(name, 1, (x: Vector) => {
    lengthOf(name, x);
    return scan([free(whole(x))], ([earlier], [later]) => [combine(earlier!, later!)])[0]!;
  }) as LaneMap;

/** Running products: lane i is x₀ · … · xᵢ; the derivative is right where factors are 0. */
export const cumprod: LaneMap = /* @__PURE__ */ running("cumprod", mul);

/** Running sums of exponentials: lane i is log(exp(x₀) + … + exp(xᵢ)), without overflow. */
export const logCumSumExp: LaneMap = /* @__PURE__ */ running("logCumSumExp", logAddExp);

const greatest: LaneMap = /* @__PURE__ */ running("cummax", maximum);

/** Running maxima: lane i is the greatest of x₀ … xᵢ, NaN from the first NaN on; m that tie share the derivative, 1/m each, as in `max`. */
export const cummax: LaneMap = /* @__PURE__ */ taking("cummax", 1, (x: Vector) => {
  if (!(x instanceof Value)) return greatest(x);
  lengthOf("cummax", x);
  // beside each maximum the sum of those that reach it, and how many they are
  const fixed = stopGradient(x);
  const [best, winners, ties] = scan([fixed, x, eq(fixed, fixed)], ([a, sumOfA, countOfA], [b, sumOfB, countOfB]) => {
    const choose = (ofA: Value, ofB: Value): Value => where(gt(a!, b!), ofA, where(gt(b!, a!), ofB, add(ofA, ofB)));
    return [maximum(a!, b!), choose(sumOfA!, sumOfB!), choose(countOfA!, countOfB!)];
  });
  return apply(opcode.surrogate, best, div(winners!, ties!));
}) as LaneMap;
