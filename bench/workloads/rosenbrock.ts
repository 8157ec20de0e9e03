/** Rosenbrock's valley in 1,000 dimensions, over plain numbers: many cheap rows, each with few neighbours. */
import { compile, mul, square, sub, sum, trace, type Value, valueAndGrad } from "wengert";
import { type Workload } from "./workload.js";

/** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)² */
function valley(x: readonly Value[]): Value {
  const terms = x.slice(1).map((next, i) => mul(100, square(next.sub(square(x[i]!)))).add(square(sub(1, x[i]!))));
  return sum(terms);
}

const start = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? -1.2 : 1));

export const rosenbrock: Workload = {
  name: "rosenbrock",
  about: "Rosenbrock, n = 1000",
  trace: () => trace(valley, [start]),
  gradient: (engine) => compile(valueAndGrad(valley), [start], { engine }),
};
