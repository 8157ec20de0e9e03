/** What the service serves: the loss of a logistic regression of 8 weights on 64 rows, with its gradient. */
import { compile, dot, log, exp, add, mul, sub, sum, type Value, valueAndGrad } from "wengert";

/** Columns of 64 rows, and the share of each that is yes. */
type Rows = readonly [columns: Float64Array[], labels: Float64Array];

const loss = (weights: Value[], columns: Value[], labels: Value): Value => {
  const scores = columns.map((column, k) => mul(column, weights[k]!)).reduce(add);
  return sub(sum(log(add(1, exp(scores)))), dot(labels, scores));
};

const rowsOf = (seed: number): Rows => [
  Array.from({ length: 8 }, (_, k) => Float64Array.from({ length: 64 }, (_, i) => Math.sin(seed + i * (k + 1)))),
  Float64Array.from({ length: 64 }, (_, i) => (i * seed) % 2),
];

const step = compile(valueAndGrad(loss), [new Array<number>(8).fill(0), ...rowsOf(0)]);

/** The module, which a registry would hold. */
export const bytes = step.toWasm();

/** A request of so many points, and what is to be answered. */
export function exchange(points: number): { readonly body: string; readonly answer: string } {
  const sets = Array.from({ length: points }, (_, i): Parameters<typeof step> => [
    Array.from({ length: 8 }, (_, k) => Math.cos(i + k)),
    ...rowsOf(i),
  ]);
  const plain = (_: string, value: unknown): unknown => (value instanceof Float64Array ? Array.from(value) : value);
  return { body: JSON.stringify({ points: sets }, plain), answer: JSON.stringify({ results: sets.map((args) => step(...args)) }) };
}
