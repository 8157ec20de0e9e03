/** Logistic regression, 1,000 rows of 20 numbers unrolled into scalars: long sums of products with constants. */
import { compile, dot, mul, softplus, sum, trace, type Value, valueAndGrad } from "wengert";
import { normalSource } from "./random.js";
import { type Workload } from "./workload.js";

const normal = normalSource(1);
const rows = Array.from({ length: 1000 }, () => Array.from({ length: 20 }, normal));
const truth = Array.from({ length: 20 }, normal);
const labels = rows.map((row) => (dot(row, truth) + normal() > 0 ? 1 : -1));

/** Σ log(1 + e^(−y w·x)) */
const loss = (weights: readonly Value[]): Value => sum(rows.map((row, i) => softplus(mul(-labels[i]!, dot(weights, row)))));

const start = Array.from({ length: 20 }, () => 0.1 * normal());

export const logistic: Workload = {
  name: "logistic",
  about: "logistic regression 1000 × 20, unrolled",
  trace: () => trace(loss, [start]),
  gradient: (engine) => compile(valueAndGrad(loss), [start], { engine }),
};
