/** Softmax regression: the species' probabilities are softmax(weights · measurements + bias). */
import { add, argmax, dot, logSumExp, mean, mul, square, sub, sum, type Value } from "wengert";

/** The model's parameters: numbers, or what stands for them while a function is traced. */
export interface Parameters<T> {
  /** One list a species, one number a measurement. */
  readonly weights: readonly (readonly T[])[];
  /** One number a species. */
  readonly bias: readonly T[];
}

/** Penguins as columns: one lane a penguin. */
export interface Rows<T> {
  /** One column a measurement. */
  readonly measured: readonly T[];
  /** One column a species: 1 where the penguin is of it, else 0. */
  readonly isSpecies: readonly T[];
}

/** The unnormalised log-probability of each species, one vector a species. */
const scores = ({ weights, bias }: Parameters<Value>, measured: readonly Value[]): Value[] =>
  weights.map((row, k) => dot(row, measured).add(bias[k]!));

/** The function to minimise: the mean of −log p(species) over the penguins, plus l2/2 times the sum of squared weights. */
export const lossFor =
  (l2: number) =>
  (parameters: Parameters<Value>, { measured, isSpecies }: Rows<Value>): Value => {
    const all = scores(parameters, measured);
    const surprise = sub(logSumExp(all), dot(isSpecies, all));
    const penalty = sum(parameters.weights.flat().map((weight) => square(weight)));
    return add(mean(surprise), mul(l2 / 2, penalty));
  };

/** The number of the likeliest species, for each penguin. */
export const predict = (parameters: Parameters<Value>, measured: readonly Value[]): Value => argmax(scores(parameters, measured));
