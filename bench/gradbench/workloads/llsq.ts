/** Polynomials of 128 coefficients, fitted at more and more points. */
import { normalSource } from "../../workloads/random.js";
import { type Polynomial } from "../modules/llsq.js";
import { type Workload } from "./workload.js";

const COEFFICIENTS = 128;

/** Milliseconds of the derivative by hand in C++, by the number of points. */
const published: Readonly<Record<number, number>> = { 16: 0.0032, 1024: 0.204, 16392: 3.3 };

export const llsqInput = (coefficients: number, n: number): Polynomial => {
  const normal = normalSource(n);
  return { x: Array.from({ length: coefficients }, normal), n };
};

export const llsqWorkloads: readonly Workload[] = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8196, 16392].map((n) => ({
  module: "llsq",
  size: `n ${n}`,
  functions: { primal: "primal", derivative: "gradient" },
  input: () => llsqInput(COEFFICIENTS, n),
  numbers: 2 * COEFFICIENTS * n,
  ...(n in published ? { manualMs: published[n]! } : {}),
}));
