/** Logistic regression, 1,000 rows of 20 numbers as columns. */
import { columns, dot, mul, softplus, sum, type Value, valueAndGrad } from "wengert";
import { normalSource } from "../random.js";
import { type ColumnsWorkload, compiled } from "./workload.js";

const [n, m] = [1000, 20];

/** Σ log(1 + e^(−y w·x)) */
const loss = (weights: readonly Value[], x: readonly Value[], y: Value): Value => sum(softplus(mul(dot(weights, x), y.neg())));

export const logistic: ColumnsWorkload = {
  name: "columns-logistic",
  about: `logistic regression ${n} × ${m}`,
  aims: { kernel: { timesC: 1.3 }, jit: { timesC: 1.2 } },
  prepare() {
    const normal = normalSource(1);
    const rows = Array.from({ length: n }, () => Array.from({ length: m }, normal));
    const truth = Array.from({ length: m }, normal);
    const labels = Float64Array.from(rows, (row) => (dot(row, truth) + normal() > 0 ? 1 : -1));
    const start = Array.from({ length: m }, () => 0.1 * normal());
    return {
      gradient: (engine) => compiled(valueAndGrad(loss), [start, columns(rows), labels], engine),
      native: { program: "logistic", sizes: [n, m], inputs: Float64Array.from([...start, ...rows.flat(), ...labels]) },
    };
  },
};
