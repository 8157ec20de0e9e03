/** The jit engine: a program emitted as one WebAssembly module. For functions evaluated many times. */
import { withDerivatives } from "../passes/derivatives.js";
import { layout, type Program } from "../trace.js";
import { type Library } from "../wasm/library.js";
import { type Executable } from "./engine.js";
import { emit, type Emitted } from "./jit/emit.js";
import { heapBase, kernelLibrary, memoryOf } from "./kernel/load.js";
import { boundCall, throwFault } from "./plan/host.js";

/** The kernel's functions, to which emitted code is appended. Throws where only its module was loaded. */
function library(): Library {
  const found = kernelLibrary();
  if (found === undefined)
    throw new Error(
      "jit: expected the kernel to be loaded from bytes, got a WebAssembly.Module. Call load(bytes), or use the kernel engine",
    );
  return found;
}

/** The module of an emitted program, on a memory that it imports. */
function moduleOf({ module, places: { arena } }: Emitted): Uint8Array<ArrayBuffer> {
  for (const { address, values } of arena.data) module.data(address, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return module.toBytes(arena.bytes, "env");
}

/**
 * Makes a program executable as a module of its own, on a memory sized for it.
 * @throws OutOfMemoryError where that memory cannot be had.
 */
export function jit(program: Program): Executable {
  const emitted = emit(withDerivatives(program), heapBase(), library(), "append");
  const { places, faultAt } = emitted;
  const bytes = moduleOf(emitted);
  const memory = memoryOf(places.arena.bytes);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const { buffer } = memory;
  const { doubles, integers } = layout(program.inputs);
  const calls = emitted.calls.map((call) => boundCall(call, buffer));
  const runs = Object.values(exports) as (() => number)[];
  return {
    inputs: new Float64Array(buffer, places.inputsAt, doubles),
    indices: new Int32Array(buffer, places.indicesAt, integers),
    outputs: new Float64Array(buffer, places.outputsAt, layout(program.outputs).doubles),
    bytes: buffer.byteLength,
    run: runnerOf(runs, calls, () => throwFault(buffer, faultAt)),
  };
}

/** Runs functions in turn, with calls between them. */
function runnerOf(runs: readonly (() => number)[], calls: readonly (() => void)[], fault: () => never): () => void {
  const [first] = runs;
  if (runs.length === 1)
    return () => {
      if (first!() !== 0) fault();
    };
  return () => {
    for (let i = 0; i < runs.length; i++) {
      if (runs[i]!() !== 0) fault();
      calls[i]?.();
    }
  };
}
