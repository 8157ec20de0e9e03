/** Who is compared: another is one line here, and a file of libraries/ that says how it is used. */
import { type Build } from "../native/native.js";

/** How a contender is run: by a file of libraries/ in a process of its own, or by gcc; or why it is not. */
export type Way = { readonly library: string } | { readonly gcc: Build } | { readonly absent: string };

/** One line of the report. */
export interface Contender {
  readonly name: string;
  /** What it is: ours, another library, or a yardstick that is no library. */
  readonly kind: "ours" | "library" | "yardstick";
  readonly way: Way;
  /** The packages of bench/compare that it needs. */
  readonly packages?: readonly string[];
  /** What a reader has to know of it. */
  readonly note?: string;
}

/** Our engines. */
const engines = ["kernel", "jit", "reference"] as const;

const ours = (name: string, library: string): Contender => ({ name: `wengert, ${name}`, kind: "ours", way: { library } });

const yardstick = (name: string, way: Way): Contender => ({ name, kind: "yardstick", way });

const library = (name: string, file: string, packages: readonly string[], note?: string): Contender => ({
  name,
  kind: "library",
  way: { library: file },
  packages,
  ...(note === undefined ? {} : { note }),
});

const float16 = "Node 20 has no Float16Array, without which jax-js makes no array of float64: it is given an empty class of that name";
const throughFloat32 = "exp, log and tanh go through float32";
const dot = "the derivative of its `dot` reads a global variable `ad` that it does not define: it is given one";

/** The contenders, in the order of the rows. */
export const contenders: readonly Contender[] = [
  ...engines.map((engine) => ours(engine, `wengert:${engine}`)),
  ours(`${engines[0]}, copying`, `wengert:${engines[0]}:call`),
  yardstick("C by hand, strict", { gcc: "strict" }),
  yardstick("C by hand, -ffast-math", { gcc: "fast" }),
  yardstick("JavaScript by hand", { library: "handwritten" }),
  yardstick("central differences", { library: "differences" }),
  library("rose", "rose", ["rose"]),
  library("rose, unrolled", "rose-unrolled", ["rose"]),
  library("jax-js, float64", "jax:float64", ["@jax-js/jax"], `${throughFloat32}; ${float16}`),
  library("jax-js, float32", "jax:float32", ["@jax-js/jax"]),
  library("TensorFlow.js, float32", "tensorflow", ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"]),
  library("adnn, tensors", "adnn-tensors", ["adnn"], dot),
  library("adnn, scalars", "adnn-scalars", ["adnn"]),
  library("simplegrad", "simplegrad", ["simplegrad"]),
  library(
    "mathjs derivative",
    "mathjs",
    ["mathjs"],
    "simplified for Rosenbrock alone: simplifying the derivatives of logistic regression takes more than two minutes",
  ),
  { name: "scalar-autograd", kind: "library", way: { absent: "there is no package of this name on npm" } },
];
