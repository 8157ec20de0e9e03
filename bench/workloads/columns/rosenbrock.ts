/** Rosenbrock's valley: in 10 dimensions written with numbers, in 1,000 with slices of one vector. */
import { mul, slice, square, sub, sum, type Value, valueAndGrad } from "wengert";
import { type Aims, type ColumnsWorkload, compiled } from "./workload.js";

/** 100 (next − here²)² + (1 − here)², of numbers or lane by lane. */
const terms = (here: Value, next: Value): Value => mul(100, square(sub(next, square(here)))).add(square(sub(1, here)));

const ofNumbers = (x: readonly Value[]): Value => sum(x.slice(1).map((next, i) => terms(x[i]!, next)));

const ofVector = (x: Value): Value => sum(terms(slice(x, 0, -1), slice(x, 1)));

const rosenbrock = (n: number, how: string, f: unknown, inputsOf: (x: Float64Array) => unknown, aims: Aims): ColumnsWorkload => ({
  name: `columns-rosenbrock-${n}`,
  about: `Rosenbrock ${how}, n = ${n.toLocaleString("en")}`,
  aims,
  prepare() {
    const inputs = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    return {
      gradient: (engine) => compiled(valueAndGrad(f as (x: Value) => Value), [inputsOf(inputs)], engine),
      native: { program: "rosenbrock", sizes: [n], inputs },
    };
  },
});

export const rosenbrock10 = rosenbrock(10, "with numbers", ofNumbers, (x) => [...x], {
  kernel: { microseconds: 0.5 },
  jit: { microseconds: 0.1 },
});
export const rosenbrock1000 = rosenbrock(1000, "with slices", ofVector, (x) => x, {
  kernel: { microseconds: 6 },
  jit: { microseconds: 2.5 },
});
