/** What each transcendental function takes, ns a lane, through the public API, beside SLEEF. */
import { measure } from "mitata";
import * as wengert from "wengert";
import { type Unary, type Value } from "wengert";
import { type Op, ops } from "../src/ops/ops.js";
import { domains, type Range } from "./accuracy/domains.js";
import { makePoints } from "./accuracy/points.js";
import { type Bench, type Line, type Settings } from "./bench.js";

/** Lanes that stay in the first cache. */
const LANES = 512;

/** SLEEF's two-lane forms of at most 1.0 ulp (SSE4.1), which treat special values: ns a value, measured in C on an AMD Zen 4. */
const sleef: Readonly<Record<string, number>> = {
  exp: 3.1,
  log: 7.0,
  sin: 5.8,
  cos: 6.3,
  tan: 9.7,
  tanh: 15.1,
  sinh: 12.1,
  atan: 11.6,
  asin: 7.6,
  erf: 29,
  expm1: 9.4,
  log1p: 7.6,
  cbrt: 14.4,
  lgamma: 56,
};

/** Prototypes for two lanes in WebAssembly that did not treat special values: ns a value, measured on the same machine. */
const unguarded: Readonly<Record<string, number>> = { exp: 2.1, log: 3.6, sin: 3.8, cos: 3.8, tanh: 3.2 };

const unary =
  "exp expm1 log log1p log2 log10 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sigmoid logSigmoid softplus erf erfc erfcx logErfc normCdf logNormCdf normQuantile lgamma digamma cbrt log1mExp sinc exprel".split(
    " ",
  );
const binary = "pow atan2 hypot xlogy xlog1py logAddExp lbeta".split(" ");

const functions = wengert as unknown as Readonly<Record<string, Unary & ((a: Value, b: Value) => Value)>>;

/** The median ns a lane of a call over all lanes. */
const perLane = async (call: () => void, seconds: number): Promise<number> =>
  (await measure(call, { min_cpu_time: 1e9 * seconds })).p50 / LANES;

/** Where a function is timed: a function that is made of others, where it is tested. */
function rangeOf(name: string): Range {
  const tested = (ops as readonly Op[]).find((op) => op.name === name)!.probe.flat() as unknown as Range;
  return domains[name]?.ranges[0] ?? tested;
}

async function lineOf(name: string, operands: 1 | 2, seconds: number): Promise<Line> {
  const { a, b } = makePoints({ ranges: [rangeOf(name)] }, operands, LANES, 0);
  const f = functions[name]!;
  const step = operands === 1 ? wengert.compile((x: Value) => f(x), [a]) : wengert.compile((x: Value, y: Value) => f(x, y), [a, b]);
  const kernel = await perLane(() => step.run(), seconds);
  step.dispose();
  return {
    function: name,
    "kernel ns": kernel,
    "SLEEF ns": sleef[name] ?? "",
    "kernel / SLEEF": name in sleef ? kernel / sleef[name]! : "",
    "unguarded ns": unguarded[name] ?? "",
  };
}

export const mathematicsBench: Bench = {
  name: "mathematics",
  title: `Functions of ${LANES} lanes at ordinary points, ns a lane. SLEEF: f64x2, 1.0 ulp, in C, from another machine; unguarded: f64x2 without special values`,
  async run({ seconds }: Settings) {
    const lines: Line[] = [];
    for (const name of unary) lines.push(await lineOf(name, 1, seconds / 10));
    for (const name of binary) lines.push(await lineOf(name, 2, seconds / 10));
    return lines;
  },
};
