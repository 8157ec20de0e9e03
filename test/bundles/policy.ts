/** What each engine gives on a page, and what is thrown and warned there: its JSON on the page. */
import { compile, compileAsync, grad, loadModule, mul, record, sin, type Value, valueAndGrad } from "wengert";

const warnings: unknown[] = [];
console.warn = (...words) => warnings.push(words.join(" "));

/** What a call gives, or the message of what it throws. */
async function outcome(run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return (error as Error).message;
  }
}

const f = ([x, y]: [Value, Value]): Value => mul(x, y).add(sin(x));
const step = compile(valueAndGrad(f), [[2, 3]]);
const reference = compile(valueAndGrad(f), [[2, 3]], { engine: "reference" });
const engineOf = (engine: "kernel" | "jit") => () => compile(f, [[2, 3]], { engine }).engine;

document.body.textContent = JSON.stringify({
  gradient: grad(f)([2, 3]),
  sameBits: JSON.stringify(step([2, 3])) === JSON.stringify(reference([2, 3])),
  recorded: record(f, [2, 3]).grad(),
  auto: step.engine,
  kernel: await outcome(engineOf("kernel")),
  jit: await outcome(engineOf("jit")),
  jitAsync: await outcome(async () => (await compileAsync(f, [[2, 3]], { engine: "jit" })).engine),
  autoAsync: await outcome(async () => (await compileAsync(f, [[2, 3]])).engine),
  module: await outcome(() => (loadModule(step.toWasm()) as (x: number[]) => unknown)([2, 3]) !== undefined),
  warnings,
});
