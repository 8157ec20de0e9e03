/** Longer and longer sequences of bits through more and more layers. */
import { randomSource } from "../../../src/data/random.js";
import { type Lstm } from "../modules/lstm.js";
import { inOrder, type Workload } from "./workload.js";

/** How many numbers a layer has. */
const WIDTH = 14;

export function lstmInput(layers: number, count: number, width = WIDTH): Lstm {
  const uniform = randomSource(100 * layers + count);
  const rows = (count: number, length: number, of = uniform): number[][] => Array.from({ length: count }, () => Array.from({ length }, of));
  return {
    main_params: rows(2 * layers, 4 * width),
    extra_params: rows(3, width),
    state: rows(2 * layers, width),
    sequence: rows(count, width, () => Math.round(uniform())),
  };
}

export const lstmWorkloads: readonly Workload[] = [2, 4, 6].flatMap((layers) =>
  [1024, 4096, 8192].map((count) => ({
    module: "lstm",
    size: `l ${layers}, c ${count}`,
    functions: { primal: "objective", derivative: "jacobian" },
    input: () => lstmInput(layers, count),
    numbers: 60 * WIDTH * layers * count,
    inC: ({ main_params, extra_params, state, sequence }: Lstm) => ({
      program: "lstm",
      sizes: [layers, WIDTH, count],
      inputs: Float64Array.from([main_params, extra_params, state, sequence].flat(2)),
      count: (8 * layers + 3) * WIDTH,
      order: inOrder,
    }),
  })),
);
