/** Rosenbrock's valley in 1,000 dimensions, written with slices of one vector. */
import { mul, slice, square, sub, sum, type Value, valueAndGrad } from "wengert";
import { type ColumnsWorkload, compiled } from "./workload.js";

const n = 1000;

/** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)² */
function valley(x: Value): Value {
  const [here, next] = [slice(x, 0, -1), slice(x, 1)];
  return sum(mul(100, square(sub(next, square(here)))).add(square(sub(1, here))));
}

export const rosenbrock: ColumnsWorkload = {
  name: "columns-rosenbrock",
  about: `Rosenbrock with slices, n = ${n}`,
  aim: { microseconds: 6 },
  prepare() {
    const inputs = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    return {
      gradient: (engine) => compiled(valueAndGrad(valley), [inputs], engine),
      native: { program: "rosenbrock", sizes: [n], inputs },
    };
  },
};
