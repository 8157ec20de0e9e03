/** TensorFlow.js on its WebAssembly backend: `valueAndGrads` of tensors that stay where they are, inside `tidy`, reading the results; in float32, its only precision. */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { tensorsOf } from "../tensors.mjs";

/** From a problem and its data to the loss, a function of the parameters. */
const programs = {
  rosenbrock:
    ({ sizes: [n] }) =>
    (x) => {
      const [here, next] = [x.slice(0, n - 1), x.slice(1, n - 1)];
      return tf.sum(next.sub(here.square()).square().mul(100).add(here.sub(1).square()));
    },
  logistic: (_, { rows, labels }) => {
    const negated = labels.neg();
    return (weights) => tf.sum(tf.softplus(tf.dot(rows, weights).mul(negated)));
  },
  mixture: ({ sizes: [n, d, k] }, { points, placing, constant }) => {
    const [columns, unit] = [points.transpose(), tf.eye(d)];
    return (alpha, mu, q, l) => {
      const scales = q.exp();
      const squares = tf.sum(scales.square()).add(tf.sum(l.square()));
      const factors = tf.matMul(l, placing).reshape([k, d, d]).add(scales.expandDims(2).mul(unit));
      const centres = tf.matMul(factors, mu.expandDims(2)).reshape([k * d, 1]);
      const scaled = tf.matMul(factors.reshape([k * d, d]), columns).sub(centres);
      const norms = scaled.square().reshape([k, d, n]).sum(1);
      const offsets = alpha.add(q.sum(1)).expandDims(1);
      const likelihoods = tf.sum(tf.logSumExp(offsets.sub(norms.mul(0.5)), 0));
      return likelihoods.add(tf.logSumExp(alpha).mul(-n)).sub(squares.mul(0.5)).add(constant);
    };
  },
  network:
    (_, { x, y }) =>
    (w1, b1, w2, b2, w3, b3) => {
      const first = tf.matMul(x, w1, false, true).add(b1).tanh();
      const second = tf.matMul(first, w2, false, true).add(b2).tanh();
      return tf.mean(tf.dot(second, w3).add(b3).sub(y).square());
    },
};

/** A value and its gradient. */
export async function build(problem) {
  await tf.setBackend("wasm");
  await tf.ready();
  const tensors = tensorsOf(problem);
  const tensorOf = ([name, { numbers, shape }]) => [name, tf.tensor(numbers, shape, "float32")];
  const data = Object.fromEntries(Object.entries(tensors.data).map(tensorOf));
  const parameters = Object.entries(tensors.parameters).map((entry) => tensorOf(entry)[1]);
  const step = tf.valueAndGrads(programs[problem.program](problem, data));
  let results = [];
  const evaluate = () =>
    tf.tidy(() => {
      const { value, grads } = step(parameters);
      results = [value, ...grads].map((tensor) => tensor.dataSync());
    });
  return { evaluate, result: () => results.flatMap((numbers) => [...numbers]) };
}
