/** Differential equations in more and more unknowns, in more and more steps. */
import { normalSource } from "../../workloads/random.js";
import { type Ode } from "../modules/ode.js";
import { inOrder, type Workload } from "./workload.js";

export const odeInput = (n: number, s: number): Ode => ({ x: Array.from({ length: n }, normalSource(n + s)), s });

export const odeWorkloads: readonly Workload[] = [1000, 10_000, 100_000].flatMap((n) =>
  [1, 10, 100].map((s) => ({
    module: "ode",
    size: `n ${n}, s ${s}`,
    functions: { primal: "primal", derivative: "gradient" },
    input: () => odeInput(n, s),
    numbers: 40 * n * s,
    inC: ({ x }: Ode) => ({ program: "ode", sizes: [n, s], inputs: Float64Array.from(x), count: n, order: inOrder }),
  })),
);
