/** Logistic regression, 1,000 rows of 20 numbers unrolled into scalars: long sums of products with constants. */
import { dot, mul, softplus, sum, type Value } from "wengert";
import { normalSource } from "./random.js";
import { workload } from "./workload.js";

const normal = normalSource(1);
const rows = Array.from({ length: 1000 }, () => Array.from({ length: 20 }, normal));
const truth = Array.from({ length: 20 }, normal);
const labels = rows.map((row) => (dot(row, truth) + normal() > 0 ? 1 : -1));

/** Σ log(1 + e^(−y w·x)) */
const loss = (weights: readonly Value[]): Value => sum(rows.map((row, i) => softplus(mul(-labels[i]!, dot(weights, row)))));

export const logistic = workload("logistic", "logistic regression 1000 × 20, unrolled", loss, [
  Array.from({ length: 20 }, () => 0.1 * normal()),
]);
