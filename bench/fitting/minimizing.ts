/** A logistic regression and a network, minimised by L-BFGS: with compiled gradients, and with gradients written by hand in JavaScript under the same method. */
import { add, logSigmoid, mean, mul, neg, square, sub, tanh, type Value } from "wengert";
import { minimize } from "wengert/optimize";
import { Lbfgs } from "../../src/optimize/lbfgs.js";
import { Point } from "../../src/optimize/linesearch.js";
import { randomSource } from "../../src/data/random.js";
import { type Bench, type Line, timed } from "../bench.js";

/** How many iterations each makes. */
const ITERATIONS = 30;

const random = randomSource(1);
const normal = (): number => random() + random() + random() + random() - 2;

/** A value and its gradient by hand. */
type ByHand = (x: Float64Array, gradient: Float64Array) => number;

/** The time of iterations by the library's method on a function written by hand. */
function byHand(f: ByHand, size: number): { ms: number; value: number } {
  const { ms, result } = timed(() => {
    const counts = { evaluations: 0, products: 0 };
    const objective = { counts, evaluate: (x: Float64Array, g: Float64Array) => (counts.evaluations++, f(x, g)) };
    const start = new Point(size);
    start.x.fill(0.01);
    start.evaluate(objective as never);
    const method = new Lbfgs(objective as never, start, 10);
    for (let k = 0; k < ITERATIONS; k++) method.iterate();
    return method.at.value;
  });
  return { ms, value: result };
}

function logistic(rows: number, width: number): { ours: () => number; hand: ByHand; size: number } {
  const columns = Array.from({ length: width }, () => Float64Array.from({ length: rows }, normal));
  const sign = Float64Array.from({ length: rows }, (_, i) => (columns[0]![i]! - columns[1]![i]! + normal() > 0 ? 1 : -1));
  const loss = (w: Value[]): Value =>
    neg(
      mean(
        logSigmoid(
          mul(
            sign,
            columns.map((x, k) => mul(x, w[k]!)).reduce((a, b) => add(a, b)),
          ),
        ),
      ),
    );
  const scores = new Float64Array(rows);
  // column by column, which is several times as fast as row by row
  const hand: ByHand = (w, gradient) => {
    let total = 0;
    scores.fill(0);
    for (let k = 0; k < width; k++) {
      const [column, weight] = [columns[k]!, w[k]!];
      for (let i = 0; i < rows; i++) scores[i]! += weight * column[i]!;
    }
    for (let i = 0; i < rows; i++) {
      const margin = sign[i]! * scores[i]!;
      const e = Math.exp(-Math.abs(margin));
      total += Math.log1p(e) + Math.max(0, -margin);
      scores[i] = (-sign[i]! * (margin > 0 ? e : 1)) / (1 + e) / rows;
    }
    for (let k = 0; k < width; k++) {
      const column = columns[k]!;
      let slope = 0;
      for (let i = 0; i < rows; i++) slope += scores[i]! * column[i]!;
      gradient[k] = slope;
    }
    return total / rows;
  };
  const ours = (): number => minimize(loss, new Array<number>(width).fill(0.01), { maxIterations: ITERATIONS, tolerance: 0 }).value;
  return { ours, hand, size: width };
}

/** A network of two inputs, one layer of tanh and one output. */
function network(rows: number, hidden: number): { ours: () => number; hand: ByHand; size: number } {
  const [a, b] = [0, 1].map(() => Float64Array.from({ length: rows }, normal)) as [Float64Array, Float64Array];
  const y = a.map((x, i) => Math.sin(2 * x) * b[i]!);
  const size = 4 * hidden;
  const start = Array.from({ length: size }, (_, i) => Math.sin(i + 1));
  const loss = (w: Value[]): Value => {
    const unit = (h: number): Value => mul(w[3 * hidden + h]!, tanh(add(add(mul(w[h]!, a), mul(w[hidden + h]!, b)), w[2 * hidden + h]!)));
    return mean(
      square(
        sub(
          Array.from({ length: hidden }, (_, h) => unit(h)).reduce((x, z) => add(x, z)),
          y,
        ),
      ),
    );
  };
  const hand: ByHand = (x, gradient) => {
    gradient.fill(0);
    let total = 0;
    const t = new Float64Array(hidden);
    for (let i = 0; i < rows; i++) {
      let out = -y[i]!;
      for (let h = 0; h < hidden; h++) {
        t[h] = Math.tanh(
          (start[h]! + x[h]!) * a[i]! + (start[hidden + h]! + x[hidden + h]!) * b[i]! + start[2 * hidden + h]! + x[2 * hidden + h]!,
        );
        out += (start[3 * hidden + h]! + x[3 * hidden + h]!) * t[h]!;
      }
      total += out * out;
      const slope = (2 * out) / rows;
      for (let h = 0; h < hidden; h++) {
        gradient[3 * hidden + h]! += slope * t[h]!;
        const inner = slope * (start[3 * hidden + h]! + x[3 * hidden + h]!) * (1 - t[h]! * t[h]!);
        gradient[h]! += inner * a[i]!;
        gradient[hidden + h]! += inner * b[i]!;
        gradient[2 * hidden + h]! += inner;
      }
    }
    return total / rows;
  };
  const moved = (x: Value[]): Value => loss(x.map((xi, i) => add(xi, start[i]!)));
  const ours = (): number => minimize(moved, new Array<number>(size).fill(0.01), { maxIterations: ITERATIONS, tolerance: 0 }).value;
  return { ours, hand, size };
}

function lineOf(what: string, { ours, hand, size }: ReturnType<typeof logistic>): Line {
  const [by, written] = [timed(ours), byHand(hand, size)];
  return {
    what,
    "minimize ms": by.ms,
    "by hand ms": written.ms,
    "by hand / minimize": written.ms / by.ms,
    value: by.result,
    "value by hand": written.value,
  };
}

export const minimizingBench: Bench = {
  name: "minimizing",
  title: `${ITERATIONS} iterations of L-BFGS, tracing and compilation included, beside the same method on gradients written by hand in JavaScript`,
  run: () => [
    lineOf("logistic regression, 100,000 × 20", logistic(100_000, 20)),
    lineOf("network 2-16-1 with tanh, 10,000 rows", network(10_000, 16)),
  ],
};
