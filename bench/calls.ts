/** A kinematic chain of 22 bones by `callable` and by `scan` beside its unrolling: a value and its gradient, and how long until it is ready. */
import { callable, type Value, valueAndGrad } from "wengert";
import { type Executable, type PlanEngine } from "../src/engines/engine.js";
import { jitWith } from "../src/engines/jit/jit.js";
import { kernelExecutable } from "../src/engines/kernel/kernel.js";
import { rewritten } from "../src/passes/pipeline.js";
import { programOf } from "../src/trace/program.js";
import { anglesOf, bone, chainOf, scannedChain } from "../test/skeletons.js";
import { type Bench, type Line, median, type Settings, timed } from "./bench.js";
import { timeOf } from "./time.js";

const BONES = 22;
const ROUNDS = 9;

const angles = anglesOf(BONES);
const chains: Readonly<Record<string, () => (angles: Value[][]) => Value>> = {
  unrolled: () => chainOf(bone),
  callable: () => chainOf(callable(bone)),
  "callable, once": () => chainOf(callable(bone, { once: true })),
  scan: () => scannedChain,
};
const engines: Readonly<Record<string, PlanEngine>> = {
  kernel: (program) => kernelExecutable(program),
  "kernel, called": (program) => kernelExecutable(program, { inPlace: 0 }),
  jit: jitWith({}),
};

/** A chain made ready to run: traced, differentiated, planned, and encoded or emitted. */
const made = (chain: () => unknown, engine: PlanEngine): Executable =>
  engine(rewritten(programOf("bench", valueAndGrad(chain() as never), [angles], {})));

export const callsBench: Bench = {
  name: "calls",
  title:
    "A kinematic chain of 22 bones, value and gradient: its bones unrolled, one body that is called, and one loop. Ready: traced, differentiated, planned, encoded or emitted",
  async run({ seconds }: Settings) {
    const sides = Object.entries(engines).flatMap(([engine, make]) =>
      Object.entries(chains)
        .filter(([chain]) => chain !== "unrolled" || !engine.endsWith("called"))
        .map(([chain, f]) => ({
          engine,
          chain,
          make: () => made(f, make),
          run: made(f, make),
          ready: [] as number[],
          calls: [] as number[],
        })),
    );
    for (const { run } of sides) {
      angles.flat().forEach((angle, i) => (run.inputs[i + (run.inputs.length > 3 * BONES ? Math.floor(i / 3) : 0)] = angle));
      run.run();
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of sides) {
        side.ready.push(timed(side.make).ms);
        side.calls.push(await timeOf(side.run.run, seconds / ROUNDS / sides.length));
      }
    }
    const of = (engine: string, chain: string): (typeof sides)[number] =>
      sides.find((side) => side.engine === engine && side.chain === chain)!;
    return sides.map(({ engine, chain, ready, calls, run }): Line => {
      const unrolled = of(engine.replace(", called", ""), "unrolled");
      if (!run.outputs.every((number, i) => Math.abs(number - unrolled.run.outputs[i]!) < 1e-12))
        throw new Error(`bench: expected the ${chain} chain in ${engine} to give what the unrolled one does`);
      return {
        engine,
        chain,
        "ns a bone": median(calls) / BONES,
        "of unrolled": median(calls.map((time, i) => time / unrolled.calls[i]!)),
        "ready ms": median(ready),
        "ready of unrolled": median(ready.map((time, i) => time / unrolled.ready[i]!)),
      };
    });
  },
};
