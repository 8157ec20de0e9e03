/** Mixtures of more and more components in more and more dimensions, at 1,000 points. */
import { normalSource } from "../../workloads/random.js";
import { type Mixture } from "../modules/gmm.js";
import { type Workload } from "./workload.js";

/** Milliseconds of the derivative by hand in C++, by dimensions and components. */
const published: Readonly<Record<string, number>> = { "2_5": 0.142, "10_25": 3.6, "64_25": 58 };

export function gmmInput(d: number, k: number, n: number, m = 0, gamma = 1): Mixture {
  const normal = normalSource(1000 * d + k);
  const numbers = (count: number, scale: number): number[] => Array.from({ length: count }, () => scale * normal());
  const rows = (count: number, length: number, scale: number): number[][] => Array.from({ length: count }, () => numbers(length, scale));
  return {
    d,
    k,
    n,
    m,
    gamma,
    x: rows(n, d, 1),
    alpha: numbers(k, 1),
    mu: rows(k, d, 1),
    q: rows(k, d, 0.5),
    l: rows(k, (d * (d - 1)) / 2, 1 / Math.sqrt(d)),
  };
}

export const gmmWorkloads: readonly Workload[] = [2, 10, 20, 32, 64].flatMap((d) =>
  [5, 10, 25, 50, 100].map((k) => ({
    module: "gmm",
    size: `d ${d}, k ${k}`,
    functions: { primal: "objective", derivative: "jacobian" },
    input: () => gmmInput(d, k, 1000),
    numbers: 1000 * k * d * (d + 4),
    ...(`${d}_${k}` in published ? { manualMs: published[`${d}_${k}`]! } : {}),
  })),
);
