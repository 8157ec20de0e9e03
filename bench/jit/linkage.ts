/** The kernel's mathematics copied into emitted modules, beside the same imported from an instance of the kernel. */
import { emitModule, executable } from "../../src/engines/jit/jit.js";
import { type Linkage } from "../../src/wasm/module.js";
import { type Line, median, timed } from "../bench.js";
import { timeOf } from "../time.js";
import { type Example, examples } from "./graphs.js";

const linkages: readonly Linkage[] = ["append", "import"];

const ROUNDS = 7;

async function lineOf({ name, make }: Example, seconds: number): Promise<Line> {
  const program = make();
  const sides = linkages.map((linkage) => ({ linkage, ready: [] as number[], calls: [] as number[], bytes: 0 }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of sides) {
      const emitted = emitModule(program, { linkage: side.linkage });
      const { ms, result } = timed(() => {
        const made = executable(program, emitted, new WebAssembly.Module(emitted.bytes), side.linkage);
        made.inputs.fill(0.5);
        made.run();
        return made;
      });
      side.ready.push(ms);
      side.bytes = emitted.bytes.length;
      side.calls.push(await timeOf(result.run, (0.2 * seconds) / ROUNDS));
    }
  }
  return {
    function: name,
    ...(Object.assign(
      {},
      ...sides.map(({ linkage, ready, calls, bytes }) => ({
        [`${linkage}ed bytes`]: bytes,
        [`${linkage}ed: ready ms`]: median(ready),
        [`${linkage}ed µs`]: median(calls) / 1e3,
      })),
    ) as Line),
  };
}

/** One line a function. */
export async function measureLinkage(seconds: number): Promise<Line[]> {
  const lines: Line[] = [];
  for (const example of examples.filter(({ name }) => /sin x|network/.test(name))) lines.push(await lineOf(example, seconds));
  return lines;
}
