/**
 * Plans and tapes as text, in test/golden: what is in which loop, what lies in memory, and what the kernel runs. `npx vitest run -u` writes them
 * anew.
 */
import { describe, expect, test } from "vitest";
import { add, at, concat, cumsum, dot, exp, hostOp, logSumExp, mul, repeat, reverse, segmentSum, sin, slice, square, sub, sum, take, tanh, type Value, valueAndGrad } from "wengert"; // prettier-ignore
import { lowered } from "../src/engines/kernel/constants.js";
import { printTape } from "../src/engines/kernel/print.js";
import { encode } from "../src/engines/kernel/encode.js";
import { LoopPlan } from "../src/engines/plan/loops.js";
import { printPlan } from "../src/engines/plan/print.js";
import { Stages } from "../src/engines/plan/stages.js";
import { rewritten } from "../src/passes/pipeline.js";
import { type AnyFunction, programOf } from "../src/trace/program.js";

const lanes = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i + 1);

const table = hostOp({ name: "table", value: (x: number) => x * x, partials: [(x: number) => 2 * x] });

/** Programs that show one thing each. */
const examples: Readonly<Record<string, readonly [f: (...args: never[]) => Value, args: readonly unknown[]]>> = {
  scalars: [([x, y]: [Value, Value]) => add(mul(x, y), sin(x)), [[2, 3]]],
  "sum-of-products": [(xs: Value[]) => sum(xs.map((x, i) => mul(x, xs[(i + 1) % xs.length]!))), [Array.from(lanes(10))]],
  "one-loop": [(x: Value) => sum(mul(x, exp(x))), [lanes(11)]],
  "two-stages": [(x: Value) => logSumExp(mul(x, 2)), [lanes(40)]],
  layer: [(w: Value[], b: Value, x: Value) => sum(square(tanh(add(dot(w[0]!, x), mul(w[1]!, b))))), [[lanes(6), lanes(6)], 0.5, lanes(6)]],
  rosenbrock: [
    (x: Value) => sum(add(mul(100, square(sub(slice(x, 1), square(slice(x, 0, -1))))), square(sub(1, slice(x, 0, -1))))),
    [lanes(8)],
  ],
  moves: [
    (x: Value) =>
      add(
        sum(mul(take(x, Int32Array.of(0, 2, 2, 5)), segmentSum(x, Int32Array.of(0, 1, 2, 3, 0, 1), 4))),
        at(cumsum(reverse(concat([x, x]))), 4),
      ),
    [lanes(6)],
  ],
  "a-call": [(x: Value) => sum(mul(table(x), x)), [lanes(5)]],
  "a-loop": [(x: Value, w: Value) => sum(repeat(100, (y: Value, i) => add(mul(tanh(y), w), mul(i, 0.01)), x)), [lanes(3), lanes(3)]],
  "computed-again": [(x: Value) => sum(mul(exp(x), sum(exp(x)))), [lanes(10_000)]],
};

/** What both engines evaluate, and what the kernel runs of it. */
function textOf(f: AnyFunction, args: readonly unknown[]): string {
  const program = rewritten(programOf("test", f, args, {}));
  const stages = new Stages(lowered(program));
  const plan = printPlan(stages, new LoopPlan(stages), lowered);
  const { tape, places } = encode(program, lowered(program), lowered);
  return `plan\n\n${plan}\ntape\n\n${printTape(program, places, tape)}`;
}

describe("plan and tape of", () => {
  test.each(Object.entries(examples))("%s", async (name, [f, args]) => {
    await expect(textOf(valueAndGrad(f), args)).toMatchFileSnapshot(`golden/plan-${name}.txt`);
  });
});
