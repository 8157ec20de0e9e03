/** A network 2-16-16-1 with tanh, squared loss over 10,000 rows: the parameters are scalars that every row shares. */
import { columns, dot, mean, square, tanh, type Value, valueAndGrad } from "wengert";
import { normalSource } from "../random.js";
import { numbersOf } from "../workload.js";
import { type ColumnsWorkload, compiled } from "./workload.js";

const [n, width] = [10_000, 16];

/** Weights and biases, layer by layer. */
interface Parameters<T> {
  readonly w1: readonly (readonly T[])[];
  readonly b1: readonly T[];
  readonly w2: readonly (readonly T[])[];
  readonly b2: readonly T[];
  readonly w3: readonly T[];
  readonly b3: T;
}

const layer = (weights: readonly (readonly Value[])[], biases: readonly Value[], x: readonly Value[]): Value[] =>
  weights.map((row, j) => tanh(dot(row, x).add(biases[j]!)));

function loss({ w1, b1, w2, b2, w3, b3 }: Parameters<Value>, { x, y }: { x: readonly Value[]; y: Value }): Value {
  const hidden = layer(w2, b2, layer(w1, b1, x));
  return mean(square(dot(w3, hidden).add(b3).sub(y)));
}

export const network: ColumnsWorkload = {
  name: "columns-network",
  about: `network 2-${width}-${width}-1 with tanh, ${n.toLocaleString("en")} rows`,
  aims: { kernel: { timesC: 0.9 }, jit: { timesC: 0.75 } },
  prepare() {
    const normal = normalSource(4);
    const numbers = (count: number, scale: number): number[] => Array.from({ length: count }, () => scale * normal());
    const start: Parameters<number> = {
      w1: Array.from({ length: width }, () => numbers(2, 0.7)),
      b1: numbers(width, 0.1),
      w2: Array.from({ length: width }, () => numbers(width, 0.25)),
      b2: numbers(width, 0.1),
      w3: numbers(width, 0.25),
      b3: 0.1,
    };
    const rows = Array.from({ length: n }, () => {
      const x = numbers(2, 1);
      return { x, y: Math.sin(x[0]! + 2 * x[1]!) };
    });
    return {
      gradient: (engine) => compiled(valueAndGrad(loss), [start, columns(rows)], engine),
      native: { program: "network", sizes: [n], inputs: Float64Array.from([...numbersOf(start), ...numbersOf(rows)]) },
    };
  },
};
