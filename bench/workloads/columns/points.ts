/** x·y + sin x at 1,000,000 points, value and gradient: memory and two transcendental functions. */
import { mul, sin, sum, type Value, valueAndGrad } from "wengert";
import { normalSource } from "../random.js";
import { type ColumnsWorkload, compiled } from "./workload.js";

const n = 1_000_000;

const total = (x: Value, y: Value): Value => sum(mul(x, y).add(sin(x)));

export const points: ColumnsWorkload = {
  name: "columns-points",
  about: "x·y + sin x, 1,000,000 points",
  aims: { kernel: { timesC: 0.6 }, jit: { timesC: 0.5 } },
  prepare() {
    const normal = normalSource(3);
    const inputs = Float64Array.from({ length: 2 * n }, normal);
    const args = [inputs.subarray(0, n), inputs.subarray(n)];
    return {
      gradient: (engine) => compiled(valueAndGrad(total, { argnums: [0, 1] }), args, engine),
      native: { program: "points", sizes: [n], inputs },
    };
  },
};
