/** adnn with tensors: the graph is made anew at every evaluation; ones times a row stand for broadcasting, which it does not have. */
import ad from "adnn/ad/index.js";
import Tensor from "adnn/tensor.js";
import { belowDiagonal, numbersOf } from "../problem.mjs";

// The derivative of `dot` reads a global of this name, which adnn 2.0.10 does not define.
globalThis.ad = ad;

const { add, div, dot, exp, log, max, mul, range, reshape, sub, sumreduce, tanh, transpose } = ad.tensor;
const { scalar } = ad;

/** A matrix of the numbers of a tree. */
const matrix = (rows, columns, tree) => new Tensor([rows, columns]).fromFlatArray(numbersOf(tree));
const ones = (rows, columns) => new Tensor([rows, columns]).fill(1);
const square = (x) => mul(x, x);

/** log Σ exp of tensors of one shape. */
function logSumExp(terms) {
  const most = terms.map(ad.value).reduce((x, y) => max(x, y));
  return add(log(terms.map((term) => exp(sub(term, most))).reduce((x, y) => add(x, y))), most);
}

/** How the programs' parameters are lifted, and their losses. */
const programs = {
  rosenbrock: ({ sizes: [n], start }) => ({
    parameters: () => [ad.lift(new Tensor([n]).fromFlatArray(start.x))],
    loss: ([x]) => {
      const [here, next] = [range(x, 0, n - 1), range(x, 1, n)];
      return sumreduce(add(mul(square(sub(next, square(here))), 100), square(sub(here, 1))));
    },
  }),
  logistic: ({ sizes: [n, m], start, data }) => {
    const [rows, negated] = [matrix(n, m, data.rows), matrix(n, 1, data.labels).neg()];
    return {
      parameters: () => [ad.lift(matrix(m, 1, start.weights))],
      loss: ([weights]) => sumreduce(log(add(exp(mul(dot(rows, weights), negated)), 1))),
    };
  },
  mixture: ({ sizes: [n, d, k], start: { alpha, mu, q, l }, data }) => {
    const [points, column, row] = [matrix(n, d, data.points), ones(n, 1), ones(d, 1)];
    const places = belowDiagonal(d);
    const listOf = (size, tree) => tree.map((numbers) => ad.lift(new Tensor([size]).fromFlatArray(numbers)));
    /** Component c's lower triangular factor, from the tensors of its diagonal and of what is below. */
    const factor = (diagonal, below) => {
      const elements = new Array(d * d).fill(0);
      ad.tensor.toScalars(diagonal).forEach((x, i) => (elements[i * (d + 1)] = x));
      ad.tensor.toScalars(below).forEach((x, at) => (elements[places[at][0] * d + places[at][1]] = x));
      return reshape(ad.tensor.fromScalars(elements), [d, d]);
    };
    return {
      parameters: () => [
        ...alpha.map((x) => ad.lift(new Tensor([1, 1]).fill(x))),
        ...listOf(d, mu),
        ...listOf(d, q),
        ...listOf(places.length, l),
      ],
      loss: (parameters) => {
        const [alphas, mus, qs, ls] = [0, 1, 2, 3].map((part) => parameters.slice(part * k, (part + 1) * k));
        const scales = qs.map(exp);
        const terms = alphas.map((weight, c) => {
          const centred = sub(points, dot(column, reshape(mus[c], [1, d])));
          const scaled = dot(centred, transpose(factor(scales[c], ls[c])));
          const offset = add(weight, sumreduce(qs[c]));
          return sub(dot(column, offset), mul(dot(square(scaled), row), 0.5));
        });
        const squares = scalar.sum([...scales, ...ls].map((x) => sumreduce(square(x))));
        const weights = scalar.mul(sumreduce(logSumExp(alphas)), -n);
        return scalar.sum([data.constant, scalar.mul(squares, -0.5), weights, sumreduce(logSumExp(terms))]);
      },
    };
  },
  network: ({ sizes: [n], start: { w1, b1, w2, b2, w3, b3 }, data }) => {
    const [x, y, column] = [matrix(n, 2, data.x), matrix(n, 1, data.y), ones(n, 1)];
    const width = b1.length;
    const shapes = [
      [width, 2, w1],
      [1, width, b1],
      [width, width, w2],
      [1, width, b2],
      [width, 1, w3],
      [1, 1, b3],
    ];
    const layer = (weights, biases, input) => tanh(add(dot(input, transpose(weights)), dot(column, biases)));
    return {
      parameters: () => shapes.map((shape) => ad.lift(matrix(...shape))),
      loss: ([first, firstBias, second, secondBias, third, bias]) => {
        const hidden = layer(second, secondBias, layer(first, firstBias, x));
        return sumreduce(div(square(sub(add(dot(hidden, third), dot(column, bias)), y)), n));
      },
    };
  },
};

/** A value and its gradient. */
export function build(problem) {
  const program = programs[problem.program](problem);
  let [parameters, loss] = [];
  const evaluate = () => {
    parameters = program.parameters();
    loss = program.loss(parameters);
    loss.backprop();
  };
  return { evaluate, result: () => [ad.value(loss), ...parameters.flatMap((parameter) => ad.derivative(parameter).toFlatArray())] };
}
