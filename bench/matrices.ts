/** Linear algebra beside plain JavaScript and, where they are installed, ml-matrix and OpenBLAS: products, Cholesky factors and their gradients, a Gaussian process, small products at many points. */
import type { Matrix } from "wengert";
import { add, at, cholesky, compile, div, exp, grad, log, matmul, matrix, mul, reshape, square, sum, take, triangularSolve, type Value, valueAndGrad, vmap } from "wengert"; // prettier-ignore
import { type Bench, type Line, median, timed } from "./bench.js";
import { type Contender, jaxJs, milliseconds, tensorFlow } from "./contenders.js";
import { openblas } from "./native/openblas.js";
import { timeOf } from "./time.js";
import { randomSource } from "../src/data/random.js";

const random = randomSource(3);
const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => 2 * random() - 1);
const square_ = (n: number): Matrix => matrix(numbers(n * n), [n, n]);

function positive(n: number): Matrix {
  const a = square_(n);
  for (let i = 0; i < n; i++) a.data[i * (n + 1)]! += 2 * n;
  return a;
}

/** The product as anyone writes it, rows in the inner loop. */
function plainProduct(a: Float64Array, b: Float64Array, n: number, c: Float64Array): void {
  c.fill(0);
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) for (let j = 0, x = a[i * n + k]!; j < n; j++) c[i * n + j]! += x * b[k * n + j]!;
}

/** The factor as anyone writes it. */
function plainFactor(a: Float64Array, n: number, l: Float64Array): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let left = a[i * n + j]!;
      for (let k = 0; k < j; k++) left -= l[i * n + k]! * l[j * n + k]!;
      l[i * n + j] = i === j ? Math.sqrt(left) : left / l[j * n + j]!;
    }
}

/** What ml-matrix offers of this, where it is installed. */
interface MlMatrix {
  readonly Matrix: new (rows: number[][]) => { mmul(other: unknown): unknown };
  readonly CholeskyDecomposition: new (matrix: unknown) => { readonly lowerTriangularMatrix: unknown };
}

async function mlMatrix(): Promise<MlMatrix | undefined> {
  const name = "ml-matrix";
  return import(name).then(
    (module: MlMatrix) => module,
    () => undefined,
  );
}

/** The median ns of a call; one that takes long is called three times. */
async function nanoseconds(call: () => void, seconds: number): Promise<number> {
  call();
  const once = timed(call).ms;
  if (once < 20) return timeOf(call, seconds);
  return 1e6 * median([once, timed(call).ms, timed(call).ms]);
}

/** GFLOP/s of a call, or none where nothing offers it. */
async function rate(flops: number, call: (() => void) | undefined, seconds: number): Promise<number | string> {
  return call === undefined ? "–" : flops / (await nanoseconds(call, seconds));
}

/** A compiled function with its arguments in place: what a call of `run` takes, without copies. */
function running(f: unknown, args: readonly unknown[]): () => void {
  const step = (compile as unknown as (f: unknown, args: readonly unknown[], options: object) => { run(): void; (...args: unknown[]): unknown })(f, args, { engine: "jit" }); // prettier-ignore
  step(...args);
  return () => step.run();
}

/** Log likelihood of a Gaussian process at n points, by scale, length and noise. */
function likelihood(n: number): (p: Value[]) => Value {
  const x = Float64Array.from({ length: n }, (_, i) => i / 10);
  const y = x.map((t, i) => Math.sin(t) + 0.1 * Math.sin(77 * i));
  const squares = matrix(
    Float64Array.from({ length: n * n }, (_, i) => (x[Math.floor(i / n)]! - x[i % n]!) ** 2),
    [n, n],
  );
  const ones = matrix(
    Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
    [n, n],
  );
  const diagonal = Int32Array.from({ length: n }, (_, i) => i * (n + 1));
  return ([scale, length, noise]) => {
    const kernel = mul(exp(mul(2, scale!)), exp(div(squares, mul(-2, exp(mul(2, length!))))));
    const l = cholesky(add(kernel, mul(exp(mul(2, noise!)), ones)));
    return add(mul(0.5, sum(square(triangularSolve(l, y)))), sum(log(take(reshape(l, [-1]), diagonal))));
  };
}

/** The product in other libraries, to its first number. */
async function elsewhere(a: Matrix, b: Matrix): Promise<Record<"jax-js, float64" | "TensorFlow.js wasm, float32", Contender | undefined>> {
  const [jax, tf] = [await jaxJs(), await tensorFlow()];
  const arrays = jax && [a, b].map(({ data, shape }) => jax.numpy.array(data, { shape, dtype: jax.numpy.float64 }));
  const tensors = tf && [a, b].map(({ data, shape }) => tf.tensor(Float32Array.from(data), shape, "float32"));
  return {
    "jax-js, float64": jax && {
      name: "jax-js",
      run: async () => (await jax.numpy.matmul(arrays![0]!.ref, arrays![1]!.ref).data())[0]!,
    },
    "TensorFlow.js wasm, float32": tf && {
      name: "TensorFlow.js",
      run: () => tf.tidy(() => tf.matMul(tensors![0]!, tensors![1]!).dataSync()[0]!),
    },
  };
}

/** GFLOP/s of a contender; a dash where it is not installed. */
const rateOf = async (flops: number, contender: Contender | undefined, seconds: number): Promise<number | "–"> =>
  contender === undefined ? "–" : flops / (await milliseconds(contender, seconds)) / 1e6;

const NOWHERE = { "jax-js, float64": "–", "TensorFlow.js wasm, float32": "–" } as const;

async function products(seconds: number): Promise<Line[]> {
  const [ml, blas] = [await mlMatrix(), openblas()];
  const lines: Line[] = [];
  for (const n of [64, 256, 1024]) {
    const [a, b, c] = [square_(n), square_(n), new Float64Array(n * n)];
    const [x, y] = [ml && new ml.Matrix(a.toArray()), ml && new ml.Matrix(b.toArray())];
    const flops = 2 * n ** 3;
    const others = await elsewhere(a, b);
    lines.push({
      what: `matmul ${n}`,
      "wengert GFLOP/s": await rate(
        flops,
        running((a: Value, b: Value) => matmul(a, b), [a, b]),
        seconds,
      ),
      "plain JavaScript": await rate(flops, () => plainProduct(a.data, b.data, n, c), seconds),
      "ml-matrix": await rate(flops, x && (() => void x.mmul(y)), seconds),
      "jax-js, float64": await rateOf(flops, others["jax-js, float64"], seconds),
      "TensorFlow.js wasm, float32": await rateOf(flops, others["TensorFlow.js wasm, float32"], seconds),
      OpenBLAS: blas?.("product", n) ?? "–",
      "gradient / value": "–",
    });
  }
  for (const n of [64, 256, 1024]) {
    const [a, l] = [positive(n), new Float64Array(n * n)];
    const x = ml && new ml.Matrix(a.toArray().map((row, i, rows) => row.map((t, j) => (j > i ? rows[j]![i]! : t))));
    const flops = n ** 3 / 3;
    const f = (a: Value): Value => sum(square(cholesky(a)));
    const [value, both] = [await nanoseconds(running(f, [a]), seconds), await nanoseconds(running(valueAndGrad(f), [a]), seconds)];
    lines.push({
      what: `cholesky ${n}`,
      "wengert GFLOP/s": await rate(
        flops,
        running((a: Value) => cholesky(a), [a]),
        seconds,
      ),
      "plain JavaScript": await rate(flops, () => plainFactor(a.data, n, l), seconds),
      "ml-matrix": await rate(flops, x && (() => void new ml.CholeskyDecomposition(x)), seconds),
      ...NOWHERE,
      OpenBLAS: blas?.("factor", n) ?? "–",
      "gradient / value": (both - value) / value,
    });
  }
  return lines;
}

async function small(seconds: number): Promise<Line> {
  const [points, n] = [10_000, 4];
  const columns = (): Float64Array[] => Array.from({ length: n * n }, () => numbers(points));
  const table = (x: Value[]): Value => matrix(Array.from({ length: n }, (_, i) => x.slice(i * n, (i + 1) * n)));
  const one = (x: Value[], y: Value[]): Value[] => {
    const product = reshape(matmul(table(x), table(y)), [-1]);
    return Array.from({ length: n * n }, (_, i) => at(product, i));
  };
  const [x, y] = [columns(), columns()];
  const [flat, other, out] = [numbers(points * n * n), numbers(points * n * n), new Float64Array(n * n)];
  const flops = 2 * n ** 3 * points;
  return {
    what: "10,000 products of 4 × 4 under vmap",
    "wengert GFLOP/s": await rate(flops, running(vmap(one as never), [x, y]), seconds),
    "plain JavaScript": await rate(
      flops,
      () => {
        for (let k = 0; k < flat.length; k += n * n) plainProduct(flat.subarray(k, k + n * n), other.subarray(k, k + n * n), n, out);
      },
      seconds,
    ),
    "ml-matrix": "–",
    ...NOWHERE,
    OpenBLAS: "–",
    "gradient / value": "–",
  };
}

export const matricesBench: Bench = {
  name: "matrices",
  title: "linear algebra in float64, one thread, emitted code, arguments in place: GFLOP/s; the same function's gradient beyond its value",
  run: async ({ seconds }) => [...(await products(seconds)), await small(seconds)],
};

export const processBench: Bench = {
  name: "matrices-process",
  title: "a Gaussian process of 133 points: log likelihood and gradient by three parameters",
  async run({ seconds }) {
    const f = likelihood(133);
    const point = [0.1, 0.2, -2];
    const first = timed(() => (grad(f as never) as unknown as (p: number[]) => unknown)(point)).ms;
    const [value, both] = [await timeOf(running(f, [point]), seconds), await timeOf(running(valueAndGrad(f as never), [point]), seconds)];
    return [
      { what: "first gradient ms", measured: first },
      { what: "value ms", measured: value / 1e6 },
      { what: "value and gradient ms", measured: both / 1e6 },
    ];
  },
};
