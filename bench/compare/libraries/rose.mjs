/** rose as its documentation advises: losses over vectors, compiled once; data are arguments like the parameters, which it has no other place for. */
import { add, compile, fn, iadd, ieq, mul, neg, Real, select, sub, sum, vec, Vec, vjp } from "rose";
import { belowDiagonal, numbersOf } from "../problem.mjs";
import { exp, log, maximum, square, tanh } from "./rose-operations.mjs";

const matrix = (rows, columns) => Vec(rows, Vec(columns, Real));
const total = (list) => list.reduce((x, y) => add(x, y));

function logSumExp(terms) {
  const most = terms.reduce((x, y) => maximum(x, y));
  return add(most, log(total(terms.map((term) => exp(sub(term, most))))));
}

/** The types of the programs' parameters and data, and their losses. */
const programs = {
  rosenbrock: ({ sizes: [n] }) => ({
    parameters: { x: Vec(n, Real) },
    data: {},
    loss: ({ x }) =>
      sum(n, (i) => {
        const last = ieq(n, i, n - 1);
        const next = x[iadd(n, i, select(last, n, 0, 1))];
        return select(last, Real, 0, add(mul(100, square(sub(next, square(x[i])))), square(sub(1, x[i]))));
      }),
  }),
  logistic: ({ sizes: [n, m] }) => ({
    parameters: { weights: Vec(m, Real) },
    data: { rows: matrix(n, m), labels: Vec(n, Real) },
    loss: ({ weights, rows, labels }) =>
      sum(n, (i) => {
        const z = sum(m, (j) => mul(weights[j], rows[i][j]));
        return log(add(1, exp(neg(mul(labels[i], z)))));
      }),
  }),
  mixture: ({ sizes: [n, d, k], data }) => {
    const places = belowDiagonal(d);
    const numbers = Array.from({ length: d }, (_, i) => i);
    const components = Array.from({ length: k }, (_, c) => c);
    return {
      parameters: { alpha: Vec(k, Real), mu: matrix(k, d), q: matrix(k, d), l: matrix(k, places.length) },
      data: { points: matrix(n, d) },
      loss: ({ alpha, mu, q, l, points }) => {
        const scales = vec(k, Vec(d, Real), (c) => vec(d, Real, (i) => exp(q[c][i])));
        const offsets = vec(k, Real, (c) =>
          add(
            alpha[c],
            sum(d, (i) => q[c][i]),
          ),
        );
        const term = (point, c) => {
          const centred = numbers.map((i) => sub(point[i], mu[c][i]));
          const scaled = numbers.map((i) => mul(scales[c][i], centred[i]));
          places.forEach(([row, column], at) => (scaled[row] = add(scaled[row], mul(l[c][at], centred[column]))));
          return sub(offsets[c], mul(0.5, total(scaled.map(square))));
        };
        const likelihoods = sum(n, (i) => logSumExp(components.map((c) => term(points[i], c))));
        const squares = sum(k, (c) =>
          add(
            sum(d, (i) => square(scales[c][i])),
            sum(places.length, (at) => square(l[c][at])),
          ),
        );
        return add(data.constant, add(likelihoods, add(mul(-0.5, squares), mul(-n, logSumExp([...alpha])))));
      },
    };
  },
  network: ({ sizes: [n], start: { b1 } }) => {
    const width = b1.length;
    return {
      parameters: {
        w1: matrix(width, 2),
        b1: Vec(width, Real),
        w2: matrix(width, width),
        b2: Vec(width, Real),
        w3: Vec(width, Real),
        b3: Real,
      },
      data: { x: matrix(n, 2), y: Vec(n, Real) },
      loss: ({ w1, b1, w2, b2, w3, b3, x, y }) => {
        const layer = (size, weights, biases, input) =>
          vec(width, Real, (j) =>
            tanh(
              add(
                biases[j],
                sum(size, (i) => mul(weights[j][i], input[i])),
              ),
            ),
          );
        const error = (i) => {
          const hidden = layer(width, w2, b2, layer(2, w1, b1, x[i]));
          return sub(
            add(
              b3,
              sum(width, (j) => mul(w3[j], hidden[j])),
            ),
            y[i],
          );
        };
        return mul(
          1 / n,
          sum(n, (i) => square(error(i))),
        );
      },
    };
  },
};

/** A value and its gradient. */
export async function build(problem) {
  const { parameters, data, loss } = programs[problem.program](problem);
  const Arguments = { ...parameters, ...data };
  const names = Object.keys(parameters);
  const differentiable = fn([Arguments], Real, loss);
  const step = fn([Arguments], { value: Real, ...parameters }, (args) => {
    const { ret, grad } = vjp(differentiable)(args);
    const slopes = grad(1);
    return { value: ret, ...Object.fromEntries(names.map((name) => [name, slopes[name]])) };
  });
  const compiled = await compile(step);
  const args = Object.fromEntries(Object.keys(Arguments).map((name) => [name, { ...problem.start, ...problem.data }[name]]));
  let results;
  return {
    evaluate: () => void (results = compiled(args)),
    result: () => [results.value, ...names.flatMap((name) => numbersOf(results[name]))],
  };
}
