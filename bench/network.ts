/** A network 784–128–10 on a batch of 64, value and gradient by all weights, beside the same written by hand, and in jax-js and TensorFlow.js where `npm run bench:compare` has installed them. */
import { add, compile, logSumExp, matmul, type Matrix, matrix, mean, mul, relu, sub, sum, type Value, valueAndGrad } from "wengert";
import { type Bench, type Line } from "./bench.js";
import { type Contender, type JaxArray, jaxJs, milliseconds, type Tensor, tensorFlow } from "./contenders.js";
import { randomSource } from "../src/data/random.js";

const [INPUTS, HIDDEN, CLASSES, BATCH] = [784, 128, 10, 64];

/** The weights by which the gradient is, and the data. */
interface Numbers {
  readonly weights: readonly [w1: Matrix, b1: Float64Array, w2: Matrix, b2: Float64Array];
  readonly images: Matrix;
  /** A row a picture, 1 at its class. */
  readonly labels: Matrix;
}

function numbers(): Numbers {
  const random = randomSource(11);
  const list = (count: number, scale: number): Float64Array => Float64Array.from({ length: count }, () => scale * (2 * random() - 1));
  const labels = new Float64Array(BATCH * CLASSES);
  for (let i = 0; i < BATCH; i++) labels[i * CLASSES + Math.floor(CLASSES * random())] = 1;
  return {
    weights: [
      matrix(list(INPUTS * HIDDEN, 0.05), [INPUTS, HIDDEN]),
      list(HIDDEN, 0.1),
      matrix(list(HIDDEN * CLASSES, 0.1), [HIDDEN, CLASSES]),
      list(CLASSES, 0.1),
    ],
    images: matrix(list(BATCH * INPUTS, 0.5), [BATCH, INPUTS]),
    labels: matrix(labels, [BATCH, CLASSES]),
  };
}

/** The mean cross entropy. */
const loss = (w1: Value, b1: Value, w2: Value, b2: Value, images: Value, labels: Value): Value => {
  const scores = add(matmul(relu(add(matmul(images, w1), b1)), w2), b2);
  return mean(sub(logSumExp(scores, { axis: 1 }), sum(mul(scores, labels), { axis: 1 })));
};

function wengertContender({ weights, images, labels }: Numbers): Contender {
  const step = compile(valueAndGrad(loss, { argnums: [0, 1, 2, 3] }), [...weights, images, labels], { engine: "jit" });
  return {
    name: "wengert, float64",
    run: () => {
      step.run();
      return step.outputs[0];
    },
  };
}

/** c := a b, or with a transposed; rows in the inner loop. */
function product(a: Float64Array, b: Float64Array, m: number, k: number, n: number, isTransposed: boolean, c: Float64Array): void {
  c.fill(0);
  for (let p = 0; p < k; p++)
    for (let i = 0; i < m; i++) {
      const x = isTransposed ? a[p * m + i]! : a[i * k + p]!;
      if (x === 0) continue;
      for (let j = 0; j < n; j++) c[i * n + j]! += x * b[p * n + j]!;
    }
}

/** The same by hand, in plain JavaScript. */
function byHand({ weights: [w1, b1, w2, b2], images, labels }: Numbers): Contender {
  const [hidden, scores] = [new Float64Array(BATCH * HIDDEN), new Float64Array(BATCH * CLASSES)];
  const [g1, g2, c1, c2] = [new Float64Array(INPUTS * HIDDEN), new Float64Array(HIDDEN * CLASSES), new Float64Array(HIDDEN), new Float64Array(CLASSES)]; // prettier-ignore
  const [back, turned] = [new Float64Array(BATCH * HIDDEN), new Float64Array(CLASSES * HIDDEN)];
  for (let i = 0; i < HIDDEN; i++) for (let j = 0; j < CLASSES; j++) turned[j * HIDDEN + i] = w2.data[i * CLASSES + j]!;
  return {
    name: "plain JavaScript",
    run: () => {
      product(images.data, w1.data, BATCH, INPUTS, HIDDEN, false, hidden);
      for (let i = 0; i < hidden.length; i++) hidden[i] = Math.max(0, hidden[i]! + b1[i % HIDDEN]!);
      product(hidden, w2.data, BATCH, HIDDEN, CLASSES, false, scores);
      let total = 0;
      c1.fill(0);
      c2.fill(0);
      for (let i = 0; i < BATCH; i++) {
        let most = -Infinity;
        for (let j = 0; j < CLASSES; j++) most = Math.max(most, (scores[i * CLASSES + j]! += b2[j]!));
        let mass = 0;
        for (let j = 0; j < CLASSES; j++) mass += Math.exp(scores[i * CLASSES + j]! - most);
        for (let j = 0; j < CLASSES; j++) {
          const [at, label] = [i * CLASSES + j, labels.data[i * CLASSES + j]!];
          if (label === 1) total += most + Math.log(mass) - scores[at]!;
          c2[j]! += scores[at] = (Math.exp(scores[at]! - most) / mass - label) / BATCH;
        }
      }
      product(hidden, scores, HIDDEN, BATCH, CLASSES, true, g2);
      product(scores, turned, BATCH, CLASSES, HIDDEN, false, back);
      for (let i = 0; i < back.length; i++) c1[i % HIDDEN]! += hidden[i]! > 0 ? back[i]! : (back[i] = 0);
      product(images.data, back, INPUTS, BATCH, HIDDEN, true, g1);
      return total / BATCH;
    },
  };
}

async function jaxContenders({ weights, images, labels }: Numbers): Promise<Contender[]> {
  const jax = await jaxJs();
  if (jax === undefined) return [];
  const { numpy: np, nn, tree } = jax;
  return (["float64", "float32"] as const).map((precision) => {
    const arrayOf = (x: Matrix | Float64Array): JaxArray => {
      const [data, shape] = x instanceof Float64Array ? [x, [x.length]] : [x.data, x.shape];
      return np.array(precision === "float64" ? Float64Array.from(data) : Float32Array.from(data), { shape, dtype: np[precision] });
    };
    const step = jax.jit(
      jax.valueAndGrad(([w1, b1, w2, b2]: JaxArray[], [x, y]: JaxArray[]) => {
        const scores = np.matmul(nn.relu(np.matmul(x!, w1!).add(b1!)), w2!).add(b2!);
        return np.mean(nn.logsumexp(scores.ref, 1).sub(np.sum(scores.mul(y!), 1)));
      }),
    );
    const [parameters, data] = [weights.map(arrayOf), [images, labels].map(arrayOf)];
    return {
      name: `jax-js, ${precision}`,
      run: async () => {
        const [value, gradient] = step(tree.ref(parameters), tree.ref(data));
        const [first] = await Promise.all([value, ...tree.leaves(gradient)].map((array) => array.data()));
        return first![0]!;
      },
    };
  });
}

async function tensorFlowContenders({ weights, images, labels }: Numbers): Promise<Contender[]> {
  const tf = await tensorFlow();
  if (tf === undefined) return [];
  const tensorOf = (x: Matrix | Float64Array): Tensor =>
    x instanceof Float64Array
      ? tf.tensor(Float32Array.from(x), [x.length], "float32")
      : tf.tensor(Float32Array.from(x.data), x.shape, "float32");
  const [x, y] = [tensorOf(images), tensorOf(labels)];
  const parameters = weights.map(tensorOf);
  const step = tf.valueAndGrads((w1, b1, w2, b2) => {
    const scores = tf.matMul(tf.matMul(x, w1).add(b1).relu(), w2).add(b2);
    return scores.logSumExp(1).sub(scores.mul(y).sum(1)).mean();
  });
  const run = (): number =>
    tf.tidy(() => {
      const { value, grads } = step(parameters);
      const [first] = [value, ...grads].map((tensor) => tensor.dataSync());
      return first![0]!;
    });
  return [{ name: "TensorFlow.js wasm, float32", run }];
}

export const networkBench: Bench = {
  name: "matrices-network",
  title: `a network ${INPUTS}–${HIDDEN}–${CLASSES}, cross entropy of a batch of ${BATCH}, value and gradient by all weights, one thread`,
  async run({ seconds }) {
    const given = numbers();
    const contenders = [wengertContender(given), byHand(given), ...(await jaxContenders(given)), ...(await tensorFlowContenders(given))];
    const right = await contenders[1]!.run();
    const lines: Line[] = [];
    let own: number | undefined;
    for (const contender of contenders) {
      const value = await contender.run();
      if (!(Math.abs(value - right) < 1e-5 * right)) throw new Error(`${contender.name}: expected the loss ${right}, got ${value}`);
      const ms = await milliseconds(contender, seconds);
      own ??= ms;
      // two products forward, three back
      lines.push({ what: contender.name, ms, "GFLOP/s": (2 * BATCH * (2 * INPUTS * HIDDEN + 3 * HIDDEN * CLASSES)) / ms / 1e6, "times wengert": ms / own }); // prettier-ignore
    }
    return lines;
  },
};
