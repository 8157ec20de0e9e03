/** Polynomials of 128 coefficients, fitted at more and more points. */
import { normalSource } from "../../workloads/random.js";
import { type Polynomial } from "../modules/llsq.js";
import { inOrder, type Workload } from "./workload.js";

const COEFFICIENTS = 128;

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
  inC: ({ x, n }: Polynomial) => ({ program: "llsq", sizes: [x.length, n], inputs: Float64Array.from(x), count: x.length, order: inOrder }),
}));
