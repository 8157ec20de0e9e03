/** The options of the optimisers: which there are, and what each may be. */
import { flag, type Kind, type Kinds, own, readOptions } from "../data/options.js";
import { describe } from "../errors.js";
import type { LeastSquaresOptions } from "./leastsquares.js";
import type { MinimizeOptions } from "./minimize.js";
import type { RootOptions } from "./root.js";

const number: Kind = (value) => (typeof value === "number" ? undefined : "a number");
const callback: Kind = (value) => (typeof value === "function" ? undefined : "a function");
const signal: Kind = (value) => (value instanceof AbortSignal ? undefined : "an AbortSignal");

const running: Kinds<RootOptions> = { tolerance: number, maxIterations: number, onIteration: callback, check: flag, engine: own };
const rates = { learningRate: number, beta1: number, beta2: number, epsilon: number };
const minimizing: Kinds<MinimizeOptions> = {
  ...running,
  ...rates,
  method: own,
  bounds: own,
  signal,
  memory: number,
};
const fitting: Kinds<LeastSquaresOptions> = { ...running, bounds: own, loss: own, lossScale: number, solver: own };

const kinds = { minimize: minimizing, minimizeAsync: minimizing, leastSquares: fitting, root: running };

/** What values there are, in words and as a test. */
type Range = readonly [words: string, holds: (value: never) => boolean];

const fromZero: Range = ["a finite number from 0", (x: number) => x >= 0 && x < Infinity];
const positive: Range = ["a finite number above 0", (x: number) => x > 0 && x < Infinity];
const count: Range = ["a whole number from 1", (x: number) => Number.isSafeInteger(x) && x >= 1];
const share: Range = ["a number from 0 to below 1", (x: number) => x >= 0 && x < 1];
const oneOf = (...names: readonly string[]): Range => [`one of ${names.join(", ")}`, (name: string) => names.includes(name)];

const ranges: Readonly<Record<string, Range>> = {
  tolerance: fromZero,
  maxIterations: count,
  memory: count,
  learningRate: positive,
  beta1: share,
  beta2: share,
  epsilon: positive,
  lossScale: positive,
  method: oneOf("lbfgs", "lbfgsb", "newton-cg", "adam", "gradient"),
  loss: oneOf("linear", "huber", "softL1", "cauchy", "arctan"),
  solver: oneOf("qr", "cg"),
};

/** The options that were given to an optimiser. Throws TypeError where one has an unknown name or is of another kind, RangeError where it has a value that it cannot have. */
export function optionsFor<Options extends object>(name: keyof typeof kinds, given: Options | undefined): Options {
  const options = readOptions(name, kinds[name], given);
  for (const [key, value] of Object.entries(options)) {
    const range = Object.hasOwn(ranges, key) ? ranges[key]! : undefined;
    if (range && !range[1](value as never)) throw new RangeError(`${name}: expected ${range[0]} as ${key}, got ${describe(value)}`);
  }
  return options;
}
