/** A pendulum by Runge and Kutta's classic steps as one loop: its last angle and the gradient of that, beside the same steps unrolled and JavaScript by hand. */
import { add, mul, neg, repeat, sin, type Value, valueAndGrad } from "wengert";
import { type Executable, type PlanEngine } from "../src/engines/engine.js";
import { jitWith } from "../src/engines/jit/jit.js";
import { kernelExecutable } from "../src/engines/kernel/kernel.js";
import { rewritten } from "../src/passes/pipeline.js";
import { programOf } from "../src/trace/program.js";
import { type Bench, type Line, median, type Settings, timed } from "./bench.js";
import { timeOf } from "./time.js";

const STEPS = [10, 100, 1_000, 10_000, 100_000, 1_000_000];
const ROUNDS = 5;

/** As many steps are unrolled, too: more take seconds to be made ready. */
const MOST_UNROLLED = 1_000;

const SECONDS = 10;

/** Angle and speed at first, and gravity over length. */
const start = [0.5, 0, 9.81];

type State = [angle: Value, speed: Value];

const last =
  (steps: number) =>
  ([angle, speed, pull]: [Value, Value, Value]): Value => {
    const h = SECONDS / steps;
    const slope = ([a, v]: State): State => [v, neg(mul(pull, sin(a)))];
    const moved = ([a, v]: State, [da, dv]: State, far: number): State => [add(a, mul(far, da)), add(v, mul(far, dv))];
    const step = (y: State): State => {
      const k1 = slope(y);
      const k2 = slope(moved(y, k1, h / 2));
      const k3 = slope(moved(y, k2, h / 2));
      const k4 = slope(moved(y, k3, h));
      const both = (i: 0 | 1): Value => add(add(k1[i], mul(2, k2[i])), add(mul(2, k3[i]), k4[i]));
      return moved(y, [both(0), both(1)], h / 6);
    };
    return repeat(steps, step, [angle, speed] as State)[0];
  };

/** The same by hand: steps forward that keep the states, and back that make the slopes again. */
function byHand(steps: number): () => readonly number[] {
  const h = SECONDS / steps;
  const angles = new Float64Array(steps);
  const speeds = new Float64Array(steps);
  const result = new Float64Array(4);
  return () => {
    let [a, v] = start as [number, number];
    const pull = start[2]!;
    for (let i = 0; i < steps; i++) {
      angles[i] = a;
      speeds[i] = v;
      const v1 = -pull * Math.sin(a);
      const [a2, k2] = [a + (h / 2) * v, v + (h / 2) * v1];
      const v2 = -pull * Math.sin(a2);
      const [a3, k3] = [a + (h / 2) * k2, v + (h / 2) * v2];
      const v3 = -pull * Math.sin(a3);
      const [a4, k4] = [a + h * k3, v + h * v3];
      const v4 = -pull * Math.sin(a4);
      a += (h / 6) * (v + 2 * k2 + 2 * k3 + k4);
      v += (h / 6) * (v1 + 2 * v2 + 2 * v3 + v4);
    }
    result[0] = a;
    let [da, dv, dp] = [1, 0, 0];
    for (let i = steps - 1; i >= 0; i--) {
      const [a1, k1] = [angles[i]!, speeds[i]!];
      const s1 = Math.sin(a1);
      const [a2, k2] = [a1 + (h / 2) * k1, k1 - (h / 2) * pull * s1];
      const s2 = Math.sin(a2);
      const [a3, k3] = [a1 + (h / 2) * k2, k1 - (h / 2) * pull * s2];
      const s3 = Math.sin(a3);
      const [a4] = [a1 + h * k3];
      const s4 = Math.sin(a4);
      const [ga, gv] = [(h / 6) * da, (h / 6) * dv];
      const da4 = -pull * Math.cos(a4) * gv;
      const dk3 = 2 * ga + h * da4 + 0;
      const dk4 = ga;
      const dv3 = 2 * gv + h * dk4;
      const da3 = -pull * Math.cos(a3) * dv3;
      const dk2 = 2 * ga + (h / 2) * da3;
      const dv2 = 2 * gv + (h / 2) * dk3;
      const da2 = -pull * Math.cos(a2) * dv2;
      const dk1 = ga + (h / 2) * da2;
      const dv1 = gv + (h / 2) * dk2;
      const da1 = -pull * Math.cos(a1) * dv1;
      dp -= s4 * gv + s3 * dv3 + s2 * dv2 + s1 * dv1;
      da += da4 + da3 + da2 + da1;
      dv += dk4 + dk3 + dk2 + dk1;
    }
    result[1] = da;
    result[2] = dv;
    result[3] = dp;
    return result as unknown as readonly number[];
  };
}

const engines: Readonly<Record<string, { readonly engine: PlanEngine; readonly most: number }>> = {
  jit: { engine: jitWith({}), most: Infinity },
  "jit, unrolled": { engine: jitWith({ unrolled: Infinity }), most: MOST_UNROLLED },
  kernel: { engine: (program) => kernelExecutable(program), most: Infinity },
};

/** The loop made ready to run: traced, differentiated, planned, and encoded or emitted. */
const made = (steps: number, engine: PlanEngine): Executable =>
  engine(rewritten(programOf("bench", valueAndGrad(last(steps)), [start], {})));

export const loopsBench: Bench = {
  name: "loops",
  title:
    "A pendulum by Runge-Kutta steps in one loop, its last angle and the gradient: ns a step, beside the steps unrolled and written by hand in JavaScript. Ready: traced, differentiated, planned, encoded or emitted",
  async run({ seconds }: Settings) {
    const lines: Line[] = [];
    for (const steps of STEPS) {
      const hand = byHand(steps);
      const sides = Object.entries(engines).flatMap(([name, { engine, most }]) => {
        if (steps > most) return [];
        const executable = made(steps, engine);
        executable.inputs.set(start);
        return [{ name, run: executable.run, executable, make: () => made(steps, engine) }];
      });
      const times = new Map<string, number[]>([["by hand", []], ...sides.map(({ name }) => [name, []] as [string, number[]])]);
      const ready = new Map<string, number[]>(sides.map(({ name }) => [name, []]));
      for (let round = 0; round < ROUNDS; round++) {
        times.get("by hand")!.push(await timeOf(hand, seconds / ROUNDS / 8));
        for (const { name, run, make } of sides) {
          times.get(name)!.push(await timeOf(run, seconds / ROUNDS / 8));
          if (round < 3) ready.get(name)!.push(timed(make).ms);
        }
      }
      const wanted = hand();
      for (const { name, executable } of sides)
        if (
          !wanted.every((number, i) => Math.abs(number - executable.outputs[i === 0 ? 0 : i + 1]!) < 1e-8 * Math.max(1, Math.abs(number)))
        )
          throw new Error(`bench: expected ${name} of ${steps} steps to give ${wanted.join(", ")}, got ${executable.outputs.join(", ")}`);
      for (const { name, executable } of sides)
        lines.push({
          steps,
          engine: name,
          "ns a step": median(times.get(name)!) / steps,
          "of by hand": median(times.get(name)!.map((time, i) => time / times.get("by hand")![i]!)),
          "ready ms": median(ready.get(name)!),
          MB: executable.bytes / 1e6,
        });
    }
    return lines;
  },
};
