/**
 * The losses over single numbers, for libraries that have scalars alone. `operations` are the library's, and also take plain numbers:
 * add, sub, mul, square, exp, log, tanh, maximum, and sum, which is given a list.
 */
import { belowDiagonal, replaceNumbers } from "./problem.mjs";

/** The losses, by the names of their programs. */
const losses = {
  rosenbrock: ({ add, mul, square, sub, sum }, { x }) => {
    const term = (here, next) => add(mul(100, square(sub(next, square(here)))), square(sub(1, here)));
    return sum(x.slice(1).map((next, i) => term(x[i], next)));
  },
  logistic: ({ add, exp, log, mul, sum }, { weights }, { data: { rows, labels } }) => {
    const dot = (row) => sum(weights.map((weight, j) => mul(weight, row[j])));
    return sum(rows.map((row, i) => log(add(1, exp(mul(-labels[i], dot(row)))))));
  },
  mixture: ({ add, exp, log, maximum, mul, square, sub, sum }, { alpha, mu, q, l }, { sizes: [n, d], data }) => {
    const places = belowDiagonal(d);
    const logSumExp = (terms) => {
      const most = terms.reduce((x, y) => maximum(x, y));
      return add(most, log(sum(terms.map((term) => exp(sub(term, most))))));
    };
    const scales = q.map((row) => row.map((x) => exp(x)));
    const offsets = alpha.map((weight, c) => add(weight, sum(q[c])));
    const likelihood = (point) => {
      const terms = offsets.map((offset, c) => {
        const centred = point.map((x, i) => sub(x, mu[c][i]));
        const parts = centred.map((x, i) => [mul(scales[c][i], x)]);
        places.forEach(([row, column], at) => parts[row].push(mul(l[c][at], centred[column])));
        return sub(offset, mul(0.5, sum(parts.map((part) => square(sum(part))))));
      });
      return logSumExp(terms);
    };
    const squares = [...scales, ...l].flatMap((row) => row.map((x) => square(x)));
    return sum([data.constant, mul(-0.5, sum(squares)), mul(-n, logSumExp(alpha)), sum(data.points.map(likelihood))]);
  },
  network: ({ add, mul, square, sub, sum, tanh }, { w1, b1, w2, b2, w3, b3 }, { sizes: [n], data: { x, y } }) => {
    const dot = (weights, values) => sum(weights.map((weight, i) => mul(weight, values[i])));
    const layer = (weights, biases, values) => weights.map((row, j) => tanh(add(dot(row, values), biases[j])));
    const error = (row, i) => sub(add(dot(w3, layer(w2, b2, layer(w1, b1, row))), b3), y[i]);
    return mul(1 / n, sum(x.map((row, i) => square(error(row, i)))));
  },
};

/** A problem's loss of parameters that are listed in the gradient's order. */
export function unrolled(operations, problem, parameters) {
  const tree = replaceNumbers(problem.start, (_, i) => parameters[i]);
  return losses[problem.program](operations, tree, problem);
}
