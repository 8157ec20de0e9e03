/** Kernel, emitted code, portable modules and what "auto" moves between give the same bits: how a program is run in all of them, and what differs. */
import { loadModule, Matrix } from "wengert";
import { autoMoving } from "../src/engines/auto.js";
import { type Executable, type PlanEngine } from "../src/engines/engine.js";
import { jit, type JitOptions, jitWith } from "../src/engines/jit/jit.js";
import { portableModule } from "../src/engines/jit/portable.js";
import { kernel, kernelExecutable } from "../src/engines/kernel/kernel.js";
import { rewritten } from "../src/passes/pipeline.js";
import { inLeaf } from "../src/data/tree.js";
import { layout, type Program, type WholeProgram } from "../src/trace/trace.js";
import { listOf } from "./engines.js";

/** Numbers for every argument leaf. */
export type Leaves = readonly ArrayLike<number>[];

/** A program whose derivatives are rows, and whose arguments and results are lists of leaves. */
export function flat(program: Program): WholeProgram {
  const whole = rewritten(program);
  return { ...whole, inputTree: listOf(whole.inputs.length), outputTree: listOf(whole.outputs.length) };
}

/** A flat program as a module that was written, read and loaded. */
export const portableWith =
  (options?: JitOptions): PlanEngine =>
  (program) => {
    const call = loadModule(portableModule(program, options));
    const { doubles, integers } = layout(program.inputs);
    const inputs = new Float64Array(doubles);
    const indices = new Int32Array(integers);
    const outputs = new Float64Array(layout(program.outputs).doubles);
    const run = (): void => {
      const given = program.inputs.map((leaf) => {
        const { kind, position, lanes } = leaf;
        if (kind === "number") return inputs[position]!;
        return kind === "numbers"
          ? [...inputs.subarray(position, position + lanes)]
          : kind === "indices"
            ? indices.slice(position, position + lanes)
            : inLeaf(leaf, inputs.slice(position, position + lanes));
      });
      const results = call(...given) as (number | ArrayLike<number> | Matrix)[];
      program.outputs.forEach(({ position }, i) => {
        const result = results[i]!;
        outputs.set(typeof result === "number" ? [result] : result instanceof Matrix ? result.data : result, position);
      });
    };
    return { inputs, indices, outputs, engine: "jit", bytes: 0, run };
  };

/** The engine that moves at its second call. */
const moving: PlanEngine = (program) => autoMoving(program, () => 2);

/** The runs that are compared with the kernel's: the engine of each, and how often it has run before. */
const others: readonly { readonly name: string; readonly engine: PlanEngine; readonly again: boolean }[] = [
  { name: "jit", engine: jit, again: false },
  { name: "portable", engine: portableWith(), again: false },
  { name: "auto", engine: moving, again: true },
];

/** What the results of a run are. */
export function resultsOf({ outputs: numbers, ...executable }: Executable, { inputs, outputs }: Program, leaves: Leaves): Float64Array[] {
  inputs.forEach(({ kind, position }, i) => (kind === "indices" ? executable.indices : executable.inputs).set(leaves[i]!, position));
  executable.run();
  return outputs.map(({ position, lanes }) => numbers.slice(position, position + lanes));
}

const show = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));

/** Where two lists of results differ in a bit; NaN is NaN. */
function differing(name: string, came: readonly Float64Array[], wanted: readonly Float64Array[]): string[] {
  return wanted.flatMap((numbers, result) => {
    const lane = numbers.findIndex((x, i) => !Object.is(x, came[result]![i]!));
    return lane < 0 ? [] : [`${name}, result ${result}, lane ${lane}: expected ${show(numbers[lane]!)}, got ${show(came[result]![lane]!)}`];
  });
}

/** Calls executed as such, and computed in place, where there are any. */
const bodies: typeof others = [
  { name: "kernel, called", engine: (program) => kernelExecutable(program, { inPlace: 0 }), again: false },
  { name: "kernel, in place", engine: (program) => kernelExecutable(program, { inPlace: Infinity }), again: false },
  { name: "jit, called", engine: jitWith({ inPlace: 0 }), again: false },
  { name: "jit, in place", engine: jitWith({ inPlace: Infinity }), again: false },
  { name: "module, called", engine: portableWith({ inPlace: 0 }), again: false },
];

/** What a comparison found: the complaints, and whether "auto" moved. */
interface Comparison {
  readonly complaints: readonly string[];
  readonly moved: boolean;
}

/** Runs a program in every way on each of some arguments, and tells where a bit differs. */
export function compareBits(given: Program, points: readonly Leaves[]): Comparison {
  const program = flat(given);
  const first = kernel(program);
  const ways = program.graph.bodies.length > 0 ? [...bodies, ...others] : others;
  const made = ways.map((other) => ({ ...other, executable: other.engine(program) }));
  const complaints: string[] = [];
  for (const leaves of points) {
    const wanted = resultsOf(first, program, leaves);
    for (const { name, executable, again } of made) {
      complaints.push(...differing(name, resultsOf(executable, program, leaves), wanted));
      if (again) complaints.push(...differing(`${name} after its move`, resultsOf(executable, program, leaves), wanted));
    }
  }
  return { complaints, moved: made.at(-1).executable.engine === "jit" };
}
