/** What it costs to follow a function: calls that record it, beside frozen ones, compiled steps and plain tracing. */
import { add, compile, grad, mul, sin, sum, trace, type Value } from "wengert";
import { type Bench, type Line, median } from "./bench.js";

/** A function of some ten rows. */
const short = (x: Value): Value => add(mul(sin(x), x), mul(3, add(x, sin(mul(x, x)))));

/** One of 42,000 rows, and as many uses of a number. */
function long(x: Value): Value {
  let y = x;
  for (let i = 0; i < 10_500; i++) y = add(sin(mul(y, 0.5)), mul(x, add(y, 0.25)));
  return y;
}

const captured = new Float64Array(1_000_000).fill(0.5);
const wide = (x: Value): Value => sum(mul(x, captured));

/** Microseconds a call, the median of 9 rounds. */
function microseconds(call: () => unknown, calls: number): number {
  for (let i = 0; i < calls; i++) call();
  return median(
    Array.from({ length: 9 }, () => {
      const start = performance.now();
      for (let i = 0; i < calls; i++) call();
      return ((performance.now() - start) / calls) * 1e3;
    }),
  );
}

/** Lines of one function: followed, and what that adds to a frozen call. */
function followed(what: string, f: (x: Value) => Value, calls: number): Line[] {
  const [following, frozen] = [grad(f), grad(f, { retrace: false })];
  const µs = { following: microseconds(() => following(0.5), calls), frozen: microseconds(() => frozen(0.5), calls) };
  return [
    { what: `${what}: grad(f) frozen by { retrace: false }`, "µs a call": µs.frozen, "more than frozen": 0 },
    { what: `${what}: grad(f), which follows`, "µs a call": µs.following, "more than frozen": µs.following - µs.frozen },
  ];
}

export const followBench: Bench = {
  name: "follow",
  title: "Gradients that follow their function",
  run() {
    const step = compile(grad(short), [0.5]);
    const line = (what: string, call: () => unknown, calls: number): Line => ({
      what,
      "µs a call": microseconds(call, calls),
      "more than frozen": "",
    });
    return [
      line("10 rows: compile(grad(f)), called", () => step(0.5), 100_000),
      line("10 rows: compile(grad(f)).run()", () => step.run(), 100_000),
      ...followed("10 rows", short, 10_000),
      line("10 rows: grad((x) => …)(x), written out anew", () => grad((x: Value) => short(x))(0.5), 10_000),
      line("42,000 rows: traced", () => trace(long, [0.5]), 5),
      ...followed("42,000 rows", long, 5),
      ...followed("a captured vector of 1,000,000", wide, 20),
    ];
  },
};
