/** Functions of many sizes and shapes, as programs of the library's own. */
import { rewritten } from "../../src/passes/pipeline.js";
import { programOf } from "../../src/trace/program.js";
import { type WholeProgram } from "../../src/trace/trace.js";
import { valueAndGrad } from "../../src/transforms/gradient.js";
import { add, mul, sin, softplus, square, sub, tanh } from "../../src/trace/generated/math.js";
import { mean, slice, sum } from "../../src/trace/vectors.js";
import { type Value } from "../../src/trace/value.js";
import { load } from "../../src/engines/kernel/load.js";
import { kernelBytes } from "../../src/engines/kernel/generated/kernel.js";
import { normalSource } from "../workloads/random.js";

load(kernelBytes);

/** A function's program with its gradient, and the numbers that go in. */
export interface Example {
  readonly name: string;
  readonly make: () => WholeProgram;
}

const normal = normalSource(9);
const numbers = (count: number): number[] => Array.from({ length: count }, normal);
const lanes = (count: number): Float64Array => Float64Array.from(numbers(count));

const example = (name: string, f: (...args: never[]) => Value, ...args: readonly unknown[]): Example => ({
  name,
  make: () => rewritten(programOf("bench", valueAndGrad(f), args, {})),
});

/** x₀·x₁ + x₂, times x₃ …: as many products and sums as wanted, one after another, and their gradient. */
export const chain = (size: number): Example =>
  example(`chain of ${size}`, (x: readonly Value[]) => x.reduce((v, xi, i) => (i % 2 === 0 ? v.mul(xi) : v.add(xi))), numbers(size));

const valley = (x: readonly Value[]): Value =>
  sum(x.slice(1).map((next, i) => mul(100, square(sub(next, square(x[i]!)))).add(square(sub(1, x[i]!)))));

const slicedValley = (x: Value): Value => {
  const [here, next] = [slice(x, 0, -1), slice(x, 1)];
  return sum(mul(100, square(sub(next, square(here)))).add(square(sub(1, here))));
};

function logistic(rows: number, width: number): Example {
  const data = Array.from({ length: rows }, () => numbers(width));
  const loss = (weights: readonly Value[]): Value =>
    sum(data.map((row) => softplus(row.reduce<Value>((z, x, j) => add(z, mul(weights[j]!, x)), mul(0, weights[0]!)))));
  return example(`logistic ${rows} × ${width}, unrolled`, loss, numbers(width));
}

const network = (w: readonly Value[], x: Value, y: Value): Value =>
  mean(
    square(
      Array.from({ length: 16 }, (_, j) =>
        mul(
          w[48 + j]!,
          tanh(
            mul(w[3 * j]!, x)
              .add(mul(w[3 * j + 1]!, y))
              .add(w[3 * j + 2]!),
          ),
        ),
      ).reduce((total, term) => total.add(term)),
    ),
  );

const points = (x: Value, y: Value): Value => sum(mul(x, y).add(sin(x)));

/** Scalars in straight code, and lanes in loops, small and large. */
export const examples: readonly Example[] = [
  ...[10, 100, 1000, 10_000].map((n) => example(`Rosenbrock ${n}, scalars`, valley as never, numbers(n))),
  ...[100, 1000].map(chain),
  logistic(30, 10),
  logistic(300, 20),
  example("Rosenbrock 1000, slices", slicedValley, lanes(1000)),
  ...[4, 64, 1000, 100_000].map((n) => example(`x·y + sin x, ${n} lanes`, points as never, lanes(n), lanes(n))),
  ...[4, 64, 1000].map((n) => example(`network 2-16-1, ${n} lanes`, network as never, numbers(64), lanes(n), lanes(n))),
];
