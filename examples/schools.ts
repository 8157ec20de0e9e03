/** A hierarchical model, sampled: the eight schools. `npx tsx examples/schools.ts` */
import { sample } from "./schools/hmc.js";
import { logDensity, parametersOf, published } from "./schools/model.js";
import { randomSource } from "./penguins/random.js";

const start = new Array<number>(10).fill(0);
const { draws, acceptance } = sample(logDensity, start, { step: 0.25, steps: 12, warmup: 1000, draws: 20_000, random: randomSource(1) });
const parameters = draws.map((draw) => parametersOf([...draw]));

const mean = (of: (p: ReturnType<typeof parametersOf>) => number): number =>
  parameters.reduce((total, p) => total + of(p), 0) / parameters.length;

console.log(`${draws.length} draws, of which ${(100 * acceptance).toFixed(0)} % moved`);
console.log(`  mu      ${mean((p) => p.mu).toFixed(2)}   published ${published.mu}`);
console.log(`  tau     ${mean((p) => p.tau).toFixed(2)}   published ${published.tau}`);
published.theta.forEach((theta, i) =>
  console.log(`  school ${i + 1}  ${mean((p) => p.theta[i]!).toFixed(2)}   published ${theta.toFixed(1)}`),
);
