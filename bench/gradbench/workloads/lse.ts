/** Vectors of more and more numbers. */
import { normalSource } from "../../workloads/random.js";
import { type Workload } from "./workload.js";

/** Milliseconds of the derivative by hand in C++, by the number of numbers. */
const published: Readonly<Record<number, number>> = { 2500: 0.015, 1280000: 8.1 };

export const lseInput = (n: number): { x: number[] } => ({ x: Array.from({ length: n }, normalSource(n)) });

export const lseWorkloads: readonly Workload[] = Array.from({ length: 10 }, (_, i) => 2500 * 2 ** i).map((n) => ({
  module: "lse",
  size: `n ${n}`,
  functions: { primal: "primal", derivative: "gradient" },
  input: () => lseInput(n),
  numbers: 8 * n,
  ...(n in published ? { manualMs: published[n]! } : {}),
}));
