/** Hamiltonian Monte Carlo (Duane et al. 1987; Neal 2011): draws from a density by its logarithm and gradient. */
import { compile, type Concrete, type Value, valueAndGrad } from "wengert";

/** How the sampler moves. */
interface Settings {
  /** The length of a step of the leapfrog method, moved a little at every draw, so that no orbit closes on itself. */
  readonly step: number;
  /** How many steps lead to a proposal. */
  readonly steps: number;
  readonly warmup: number;
  readonly draws: number;
  /** Numbers from 0 to below 1. */
  readonly random: () => number;
}

/** Draws of a vector of numbers, and how many proposals were taken. */
interface Draws {
  readonly draws: readonly Float64Array[];
  readonly acceptance: number;
}

/** A number of the standard normal distribution, by Box and Muller's method. */
const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Draws from the distribution of this log density, from x0. */
export function sample(logDensity: (x: Value[]) => Value, x0: number[], { step: length, steps, warmup, draws, random }: Settings): Draws {
  const run = compile(valueAndGrad(logDensity), [x0 as Concrete<Value[]>]) as unknown as {
    readonly inputs: readonly [Float64Array];
    readonly outputs: readonly [number, Float64Array];
    run(): void;
  };
  const [x, slope] = [run.inputs[0], run.outputs[1]]; // where the function reads and writes
  const momentum = new Float64Array(x.length);
  const kept: Float64Array[] = [];
  let taken = 0;
  run.run();
  for (let k = -warmup; k < draws; k++) {
    momentum.forEach((_, i) => (momentum[i] = normal(random)));
    const energy = (): number => momentum.reduce((total, p) => total + (p * p) / 2, -run.outputs[0]);
    const [from, before] = [x.slice(), energy()];
    const h = length * (0.8 + 0.4 * random());
    const push = (part: number): void => momentum.forEach((_, i) => (momentum[i]! += part * h * slope[i]!));
    for (let l = 0; l < steps; l++) {
      push(0.5);
      x.forEach((_, i) => (x[i]! += h * momentum[i]!));
      run.run();
      push(0.5);
    }
    if (random() < Math.exp(before - energy())) {
      if (k >= 0) taken++;
    } else {
      x.set(from); // an energy that is no number is refused too
      run.run();
    }
    if (k >= 0) kept.push(x.slice());
  }
  return { draws: kept, acceptance: taken / draws };
}
