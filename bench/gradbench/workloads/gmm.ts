/** Mixtures of more and more components in more and more dimensions, at 1,000 points. */
import { normalSource } from "../../workloads/random.js";
import { type Mixture, type Parameters } from "../modules/gmm.js";
import { inOrder, type Workload } from "./workload.js";

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
    inC: ({ m, gamma, alpha, mu, q, l, x }: Mixture) => ({
      program: "gmm",
      sizes: [d, k, x.length],
      inputs: Float64Array.from([m, gamma, ...alpha, ...mu.flat(), ...q.flat(), ...l.flat(), ...x.flat()]),
      count: k * (1 + 2 * d + (d * (d - 1)) / 2),
      order: ({ alpha, mu, q, l }: Parameters<number>) => inOrder(alpha, mu.flat(), q.flat(), l.flat()),
    }),
  })),
);
