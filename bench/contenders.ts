/** Libraries of bench/compare as other benches run them, where `npm run bench:compare` has installed them. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { median } from "./bench.js";

/** A computation, again and again; a number of its result. */
export interface Contender {
  readonly name: string;
  readonly run: () => number | Promise<number>;
}

/** A library of bench/compare, where it is installed. */
async function installed(name: string): Promise<unknown> {
  const { resolve } = createRequire(new URL("./compare/package.json", import.meta.url));
  try {
    return (await import(pathToFileURL(resolve(name)).href)) as unknown;
  } catch {
    return undefined;
  }
}

/** What is used of jax-js; every use of an array but the last takes a reference. */
export interface JaxArray {
  readonly ref: JaxArray;
  add(y: JaxArray): JaxArray;
  sub(y: JaxArray): JaxArray;
  mul(y: JaxArray): JaxArray;
  data(): Promise<ArrayLike<number>>;
}
interface Jax {
  readonly jit: (f: unknown) => (...args: unknown[]) => [JaxArray, JaxArray[]];
  readonly valueAndGrad: (f: unknown) => unknown;
  readonly tree: { ref(x: unknown): unknown; leaves(x: unknown): JaxArray[] };
  readonly nn: { relu(x: JaxArray): JaxArray; logsumexp(x: JaxArray, axis: number): JaxArray };
  readonly numpy: Readonly<Record<"float32" | "float64", unknown>> & {
    array(x: ArrayLike<number>, options: object): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    sum(x: JaxArray, axis: number): JaxArray;
    mean(x: JaxArray): JaxArray;
  };
}

/** jax-js; undefined where it is not installed. */
export async function jaxJs(): Promise<Jax | undefined> {
  // it asks of every array whether it is one of these, which Node 20 does not have
  (globalThis as { Float16Array?: unknown }).Float16Array ??= class {};
  return (await installed("@jax-js/jax")) as Jax | undefined;
}

/** What is used of TensorFlow.js. */
export interface Tensor {
  add(y: Tensor): Tensor;
  sub(y: Tensor): Tensor;
  mul(y: Tensor): Tensor;
  relu(): Tensor;
  sum(axis: number): Tensor;
  mean(): Tensor;
  logSumExp(axis: number): Tensor;
  dataSync(): Float32Array;
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor(x: Float32Array, shape: readonly number[], type: "float32"): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  tidy<T>(f: () => T): T;
  valueAndGrads(f: (...x: Tensor[]) => Tensor): (x: Tensor[]) => { value: Tensor; grads: Tensor[] };
}

/** TensorFlow.js with its WebAssembly backend; undefined where they are not installed. */
export async function tensorFlow(): Promise<TensorFlow | undefined> {
  const tf = (await installed("@tensorflow/tfjs")) as TensorFlow | undefined;
  if (tf === undefined || (await installed("@tensorflow/tfjs-backend-wasm")) === undefined) return undefined;
  await tf.setBackend("wasm");
  await tf.ready();
  return tf;
}

/** The median ms of a call, of as many as there is time for. */
export async function milliseconds({ run }: Contender, seconds: number): Promise<number> {
  for (let i = 0; i < 3; i++) await run();
  const times: number[] = [];
  for (const end = performance.now() + 1000 * seconds; times.length < 5 || performance.now() < end;) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return median(times);
}
