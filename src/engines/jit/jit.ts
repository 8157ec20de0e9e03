/** The jit engine: a program emitted as one WebAssembly module. For functions evaluated many times. */
import { type WholeProgram } from "../../trace/trace.js";
import { type Library } from "../../wasm/library.js";
import { type Linkage } from "../../wasm/module.js";
import { requirePermission } from "../../wasm/permission.js";
import { type Executable } from "../engine.js";
import { emit, type Emitted } from "./emit.js";
import { type Sizes, SIZES } from "./parts.js";
import { instantiate, kernelLibrary, memoryOf } from "../kernel/load.js";
import { type Bounds, inPlan } from "../plan/bodies.js";
import { boundCall, throwFault } from "../plan/host.js";

/** How a program is emitted. */
export interface JitOptions extends Partial<Bounds> {
  readonly linkage?: Linkage;
  readonly sizes?: Sizes;
}

/** An emitted program and its module's bytes. */
interface EmittedModule extends Emitted {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What browsers compile synchronously on the main thread. */
export const SYNCHRONOUS_BYTES = 8 << 20;

/** Bodies of so many rows are computed in place: what a call takes, its operands and results moved through memory. */
const IN_PLACE = 24;

/** Loops of so many rows in all steps are unrolled. */
const UNROLLED = 100;

/** The kernel's functions, to which emitted code is appended. Throws where only its module was loaded. */
function library(): Library {
  const found = kernelLibrary();
  if (found === undefined)
    throw new Error(
      "jit: expected the kernel to be loaded from bytes, got a WebAssembly.Module. Call load(bytes), or use the kernel engine",
    );
  return found;
}

/** Emits a program, with what its memory holds from the beginning. */
export function emitProgram(
  program: WholeProgram,
  { linkage = "append", sizes = SIZES, inPlace = IN_PLACE, unrolled = UNROLLED }: JitOptions = {},
): Emitted {
  const functions = library();
  const emitted = emit(inPlan(program, { inPlace, unrolled }), functions.constantOf("heapBase"), functions, linkage, sizes);
  for (const { address, values } of emitted.places.arena.data)
    emitted.module.data(address, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return emitted;
}

/** Emits a program as a module on a memory that it imports. */
export function emitModule(program: WholeProgram, options?: JitOptions): EmittedModule {
  const emitted = emitProgram(program, options);
  return { ...emitted, bytes: emitted.module.toBytes(emitted.places.arena.bytes, "env") };
}

/** An engine that emits as the options say. */
export const jitWith =
  (options: JitOptions) =>
  (program: WholeProgram): Executable => {
    requirePermission("compile", ', or use engine "reference"');
    const emitted = emitModule(program, options);
    if (emitted.bytes.length > SYNCHRONOUS_BYTES)
      throw new RangeError(
        `compile: expected a module of at most ${SYNCHRONOUS_BYTES} bytes, which browsers compile synchronously, got ${emitted.bytes.length}. Use compileAsync, or engine "auto" or "kernel"`,
      );
    return executable(program, emitted, new WebAssembly.Module(emitted.bytes), options.linkage);
  };

/** An emitted module on a memory of its own, sized for it and never grown. */
export function executable(program: WholeProgram, emitted: Emitted, module: WebAssembly.Module, linkage: Linkage = "append"): Executable {
  const { bytes } = emitted.places.arena;
  const { memory, functions } = linkage === "import" ? instantiate(bytes) : { memory: memoryOf(bytes), functions: {} };
  const run = runnerOn(memory, emitted, module, functions);
  return { ...emitted.places.views(program, memory.buffer), engine: "jit", run };
}

/** What runs an emitted module on a memory; `kernel` is what it imports from there, if anything. */
export function runnerOn(
  memory: WebAssembly.Memory,
  emitted: Emitted,
  module: WebAssembly.Module,
  kernel: WebAssembly.ModuleImports = {},
): () => void {
  const { exports } = new WebAssembly.Instance(module, { env: { memory }, kernel });
  const calls = emitted.calls.map((call) => boundCall(call, memory.buffer));
  return runnerOf(Object.values(exports) as (() => number)[], calls, () => throwFault(memory.buffer, emitted.faultAt));
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

/**
 * Makes a program executable as a module of its own, on a memory sized for it.
 * @throws RangeError where the module is larger than browsers compile synchronously, OutOfMemoryError where the memory cannot be had.
 */
export const jit = jitWith({});

/** The same, compiled off the main thread, whatever the module's size. */
export async function jitAsync(program: WholeProgram): Promise<Executable> {
  requirePermission("compile", ', or use engine "reference"');
  const emitted = emitModule(program);
  return executable(program, emitted, await WebAssembly.compile(emitted.bytes));
}
