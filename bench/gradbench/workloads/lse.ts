/** Vectors of more and more numbers. */
import { normalSource } from "../../workloads/random.js";
import { inOrder, type Workload } from "./workload.js";

export const lseInput = (n: number): { x: number[] } => ({ x: Array.from({ length: n }, normalSource(n)) });

export const lseWorkloads: readonly Workload[] = Array.from({ length: 10 }, (_, i) => 2500 * 2 ** i).map((n) => ({
  module: "lse",
  size: `n ${n}`,
  functions: { primal: "primal", derivative: "gradient" },
  input: () => lseInput(n),
  numbers: 8 * n,
  inC: ({ x }: ReturnType<typeof lseInput>) => ({ program: "lse", sizes: [n], inputs: Float64Array.from(x), count: n, order: inOrder }),
}));
