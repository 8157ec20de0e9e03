/** wengert as its README advises: compiled once, then run on resident data; "call" copies arguments and results at every call instead. */
import {
  add,
  columns,
  compile,
  dot,
  exp,
  logSumExp,
  mean,
  mul,
  slice,
  softplus,
  square,
  sub,
  sum,
  tanh,
  valueAndGrad,
} from "../../../dist/index.js";
import { numbersOf } from "../problem.mjs";

/** Fewer numbers than this are differentiated by one by one, more as a vector. */
const FEW = 100;

const layer = (weights, biases, x) => weights.map((row, j) => tanh(dot(row, x).add(biases[j])));

/** The lower triangular factor with the given diagonal and what is below it, column by column, times x. */
function timesFactor(diagonal, below, x) {
  const d = x.length;
  const element = (i, j) => (i === j ? diagonal[i] : below[j * d - (j * (j + 1)) / 2 + (i - j - 1)]);
  return x.map((_, i) => sum(x.slice(0, i + 1).map((xj, j) => mul(element(i, j), xj))));
}

/** The losses and their arguments; the first argument is differentiated by. */
const programs = {
  rosenbrock: ({ sizes: [n], start }) => {
    const bend = (here, next) => mul(100, square(sub(next, square(here)))).add(square(sub(1, here)));
    const ofNumbers = (x) => sum(x.slice(1).map((next, i) => bend(x[i], next)));
    const ofVector = (x) => sum(bend(slice(x, 0, -1), slice(x, 1)));
    return n < FEW ? [ofNumbers, start.x] : [ofVector, Float64Array.from(start.x)];
  },
  logistic: ({ start, data }) => {
    const loss = (weights, x, y) => sum(softplus(mul(dot(weights, x), y.neg())));
    return [loss, start.weights, columns(data.rows), Float64Array.from(data.labels)];
  },
  mixture: ({ sizes: [n], start, data }) => {
    const loss = ({ alpha, mu, q, l }, x) => {
      const diagonals = q.map((row) => row.map((value) => exp(value)));
      const terms = alpha.map((weight, c) => {
        const centred = x.map((column, i) => sub(column, mu[c][i]));
        const scaled = timesFactor(diagonals[c], l[c], centred);
        return sub(add(weight, sum(q[c])), mul(0.5, dot(scaled, scaled)));
      });
      const squares = sum([...diagonals, ...l].flatMap((row) => row.map((value) => square(value))));
      return sum([sum(logSumExp(terms)), mul(-n, logSumExp(alpha)), mul(-0.5, squares), data.constant]);
    };
    return [loss, start, columns(data.points)];
  },
  network: ({ start, data }) => {
    const loss = ({ w1, b1, w2, b2, w3, b3 }, x, y) =>
      mean(
        square(
          dot(w3, layer(w2, b2, layer(w1, b1, x)))
            .add(b3)
            .sub(y),
        ),
      );
    return [loss, start, columns(data.x), Float64Array.from(data.y)];
  },
};

/** A value and its gradient on an engine. */
export function build(problem, engine, call) {
  const [loss, ...args] = programs[problem.program](problem);
  const step = compile(valueAndGrad(loss), args, { engine });
  let results = step.outputs;
  const evaluate = call ? () => void (results = step(...args)) : () => step.run();
  return { evaluate, result: () => numbersOf(results) };
}
