/** What a thread of `wengert/pool` runs: the function of a module that was verified where the pool was made, on leaves. */
import { move } from "piscina";
import { leavesStep } from "./compiled/portable.js";
import { type PoolTask } from "./pool/task.js";

/** The keys under which piscina looks for what is to be sent, and which of its buffers move and are not copied. */
const transferable = Symbol.for("Piscina.transferable");
const valueOf = Symbol.for("Piscina.valueOf");

let step: ReturnType<typeof leavesStep> | undefined;

/** The results' leaves of a task, whose arrays move. A thread has one module. */
export default function run({ module, leaves }: PoolTask): unknown {
  step ??= leavesStep(module);
  if (leaves === undefined) return undefined;
  const results = step(...leaves);
  const buffers = results.flatMap((leaf) => (typeof leaf === "number" ? [] : [leaf.buffer]));
  return move({ [valueOf]: results, [transferable]: buffers } as unknown as Parameters<typeof move>[0]);
}
