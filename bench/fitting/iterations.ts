/** Bytes of garbage that iterations of minimisers leave: the heap between looks at it, without a collection in between. */
import { add, mul, slice, square, sub, sum, type Value } from "wengert";
import { minimize, type MinimizeOptions } from "wengert/optimize";
import { type Bench, type Line } from "../bench.js";

const heap = (): number => process.memoryUsage().heapUsed;

/** Rosenbrock's function of many numbers. */
const valley = (x: Value): Value => {
  const [a, b] = [slice(x, 0, x.length! - 1), slice(x, 1, x.length)];
  return sum(add(mul(100, square(sub(b, square(a)))), square(sub(1, a))));
};

/** So many iterations lie between two looks, and so many minimisations make the optimising compiler do its work. */
const [STRIDE, SEARCHES] = [50, 40];

/** What the iterations of a search allocate: the median between looks, in the last of some searches. */
function lineOfSearch(options: MinimizeOptions<Float64Array>): Line {
  const start = Float64Array.from({ length: 100 }, (_, i) => (i % 2 ? 1 : -1.2));
  let grown: number[] = [];
  let last = NaN;
  const onIteration = ({ iteration }: { iteration: number }): void => {
    if (iteration % STRIDE !== 0) return;
    const now = heap();
    if (now > last) grown.push(now - last);
    last = heap();
  };
  let iterations = 0;
  for (let k = 0; k < SEARCHES; k++) {
    grown = [];
    last = NaN;
    ({ iterations } = minimize(valley, start, { tolerance: 0, maxIterations: 5000, ...options, onIteration }));
  }
  const looks = Float64Array.from({ length: 1000 }, () => -heap() + heap()).sort();
  const bytes = grown.sort((x, y) => x - y)[grown.length >> 1]! - looks[500]!;
  const method = `${options.method}${options.learningRate === undefined ? "" : ", learningRate"}`;
  return { method, iterations, "bytes an iteration": bytes / STRIDE };
}

const searches: readonly MinimizeOptions<Float64Array>[] = [
  { method: "lbfgs" },
  { method: "lbfgsb", bounds: { lower: -1.5 } },
  { method: "newton-cg" },
  { method: "adam", learningRate: 1e-6 },
  { method: "gradient" },
  { method: "gradient", learningRate: 1e-6 },
];

export const iterationsBench: Bench = {
  name: "iterations",
  title: "Garbage of an iteration of minimize, Rosenbrock's function of 100 numbers, less what looking at the heap leaves",
  run: () => searches.map(lineOfSearch),
};
