/** jax-js as its documentation advises: `jit(valueAndGrad(loss))` of arrays that stay where they are, waiting for the results; in either precision. */
import { jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { tensorsOf } from "../tensors.mjs";

// jax-js 0.1.25 asks of every array whether it is one of these, before it asks for float64; Node 20 does not have them.
globalThis.Float16Array ??= class {};

const square = (x) => np.square(x);

/** The losses. Every use of an array but the last takes a reference. */
const losses = {
  rosenbrock: ({ x }) => {
    const here = x.ref.slice([0, -1]);
    const bend = square(x.slice([1]).sub(square(here.ref)));
    return np.sum(bend.mul(100).add(square(here.sub(1))));
  },
  logistic: ({ weights }, { rows, labels }) => np.sum(nn.softplus(np.dot(rows, weights).mul(labels.neg()))),
  mixture: ({ alpha, mu, q, l }, { points, placing, constant }) => {
    const [k, d] = q.shape;
    const [n] = points.shape;
    const scales = np.exp(q.ref);
    const squares = np.sum(square(scales.ref)).add(np.sum(square(l.ref)));
    const diagonal = scales.reshape([k, d, 1]).mul(np.eye(d, d, { dtype: points.dtype }));
    const factors = np.matmul(l, placing).reshape([k, d, d]).add(diagonal);
    const centres = np.matmul(factors.ref, mu.reshape([k, d, 1])).reshape([k * d, 1]);
    const scaled = np.matmul(factors.reshape([k * d, d]), points.transpose()).sub(centres);
    const norms = np.sum(square(scaled).reshape([k, d, n]), 1);
    const offsets = alpha.ref.add(np.sum(q, 1)).reshape([k, 1]);
    const likelihoods = np.sum(nn.logsumexp(offsets.sub(norms.mul(0.5)), 0));
    return likelihoods.add(nn.logsumexp(alpha).mul(-n)).sub(squares.mul(0.5)).add(constant);
  },
  network: ({ w1, b1, w2, b2, w3, b3 }, { x, y }) => {
    const first = np.tanh(np.dot(x, w1.transpose()).add(b1));
    const second = np.tanh(np.dot(first, w2.transpose()).add(b2));
    return np.mean(square(np.dot(second, w3).add(b3).sub(y)));
  },
};

/** A value and its gradient in float32 or float64. */
export function build(problem, precision) {
  const Numbers = { float32: Float32Array, float64: Float64Array }[precision];
  const arrayOf = ({ numbers, shape }) => np.array(Numbers.from(numbers), { shape, dtype: np[precision] });
  const arraysOf = (tensors) => Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, arrayOf(tensor)]));
  const tensors = tensorsOf(problem);
  const [parameters, data] = [arraysOf(tensors.parameters), arraysOf(tensors.data)];
  const step = jit(valueAndGrad(losses[problem.program]));
  let results = [];
  const evaluate = async () => {
    const [value, gradient] = step(tree.ref(parameters), tree.ref(data));
    results = await Promise.all([value, ...tree.leaves(gradient)].map((array) => array.data()));
  };
  return { evaluate, result: () => results.flatMap((numbers) => [...numbers]) };
}
