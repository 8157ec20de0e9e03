/** Functions that come as WebAssembly modules: what `toWasm` made, loaded again and verified before it is used. */
import { type Executable } from "../engines/engine.js";
import { FAULT, FAULT_BYTES, laneBytes, type Manifest, type PortableLeaf, readManifest, SECTION } from "../engines/jit/manifest.js";
import { throwFault } from "../engines/plan/host.js";
import { describe, GraphError, noMemory } from "../errors.js";
import { type Tree } from "../data/tree.js";
import { Compiled, type Step, stepOf } from "./step.js";
import { LINKED, linkageModule } from "../wasm/linkage.js";
import { requirePermission } from "../wasm/permission.js";
import { eachSection } from "../wasm/reader.js";
import { PAGE, Section } from "../wasm/sections.js";

/** A module that `toWasm` made: its bytes, or what they were compiled to. */
export type PortableModule = ArrayBuffer | ArrayBufferView<ArrayBuffer> | WebAssembly.Module;

const MEMORY = "memory";
const RUN = "run";

/** What a module must export, once its globals are known. */
interface Exports extends Record<string, unknown> {
  readonly memory: WebAssembly.Memory;
  readonly run: () => number;
}

/** A copy of the bytes that were given, which may change later; undefined for a module. */
function bytesOf(source: PortableModule): Uint8Array<ArrayBuffer> | undefined {
  if (source instanceof WebAssembly.Module) return undefined;
  if (source instanceof ArrayBuffer) return new Uint8Array(source.slice(0));
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice();
  throw new TypeError(`loadModule: expected the bytes of a module or a WebAssembly.Module, got ${describe(source)}`);
}

/** Throws what became of a failure to compile or to instantiate. */
function refuse(cause: unknown): never {
  requirePermission("loadModule");
  const message = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof RangeError && /memory/i.test(message)) throw noMemory("loadModule", "the memory that the module declares", cause);
  // Larger than what the main thread of a browser may compile.
  if (cause instanceof RangeError)
    throw new RangeError(`loadModule: expected a module that this host can take at once, got ${message}. Use loadModuleAsync`, { cause });
  throw new GraphError(`loadModule: expected a module that this host can compile and instantiate, got ${message}`, { cause });
}

/** The result of compiling or instantiating. */
function attempt<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    return refuse(cause);
  }
}

/** Throws where options were given, of which there are none. */
function refuseOptions(more: readonly unknown[]): void {
  if (more.length > 0) throw new TypeError(`loadModule: expected a module and no options, got ${describe(more[0])} beside it`);
}

/** Throws where a module has a function that would run as soon as it is instantiated. Of what was compiled elsewhere that cannot be seen. */
function refuseStart(bytes: Uint8Array | undefined): void {
  if (bytes === undefined) return;
  eachSection(bytes, (id) => {
    if (id === Section.start)
      throw new GraphError("loadModule: expected a module that runs nothing by itself, got one with a start function");
  });
}

/** The manifest of a module without imports. */
function manifestOf(module: WebAssembly.Module): Manifest {
  const [first] = WebAssembly.Module.imports(module);
  if (first !== undefined)
    throw new GraphError(`loadModule: expected a module without imports, got one that imports ${first.module}.${first.name}`);
  const sections = WebAssembly.Module.customSections(module, SECTION);
  if (sections.length !== 1)
    throw new GraphError(`loadModule: expected one custom section ${SECTION}, got ${sections.length}. Make the module with toWasm`);
  return readManifest(sections[0]!);
}

/** Throws unless a module exports what it should, of the types that it should. */
function checkExports(exports: Record<string, unknown>, globals: readonly string[]): asserts exports is Exports {
  const missing = [MEMORY, RUN, ...globals].find((name) => !(name in exports));
  if (missing !== undefined) throw new GraphError(`loadModule: expected an export ${JSON.stringify(missing)}, got none`);
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory))
    throw new GraphError(`loadModule: expected a memory, got ${describe(memory)} as export "${MEMORY}"`);
  const bytes = linkageModule({ memory: MEMORY, pages: memory.buffer.byteLength / PAGE, functions: [RUN], globals });
  try {
    new WebAssembly.Instance(new WebAssembly.Module(bytes), { [LINKED]: exports as WebAssembly.ModuleImports });
  } catch (cause) {
    throw new GraphError(
      `loadModule: expected a memory of fixed size, a function () → i32 and immutable globals of type i32, got other exports: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Throws unless leaves and the fault lie in memory where the globals say, apart from each other. */
function checkPlaces(leaves: readonly PortableLeaf[], exports: Exports): void {
  const { byteLength } = exports.memory.buffer;
  const addressOf = (name: string): number => (exports[name] as WebAssembly.Global<"i32">).value >>> 0;
  const spans = leaves.map((leaf) => ({ ...leaf, bytes: leaf.lanes * laneBytes(leaf) }));
  for (const { path, address } of leaves) {
    if (addressOf(path) === address) continue;
    throw new GraphError(`loadModule: expected the address ${address} in the global ${JSON.stringify(path)}, got ${addressOf(path)}`);
  }
  const fault = { path: FAULT, address: addressOf(FAULT), bytes: FAULT_BYTES };
  if (fault.address % 8 !== 0) throw new GraphError(`loadModule: expected a multiple of 8 in the global "${FAULT}", got ${fault.address}`);
  const sorted = [...spans, fault].sort((a, b) => a.address - b.address);
  sorted.forEach(({ path, address, bytes }, i) => {
    const next = sorted[i + 1];
    if (address + bytes > byteLength)
      throw new GraphError(`loadModule: expected addresses below ${byteLength}, got ${address + bytes} at the end of ${path}`);
    if (next !== undefined && address + bytes > next.address)
      throw new GraphError(`loadModule: expected ${path} and ${next.path} apart, got ${address} with ${bytes} bytes and ${next.address}`);
  });
}

/** An instance as the function that users call. Its leaves' positions count from the beginning of memory. */
function stepFrom(
  manifest: Manifest,
  exports: Record<string, unknown>,
  bytes: Uint8Array<ArrayBuffer> | undefined,
): Step<never[], unknown> {
  const leaves = [...manifest.inputs, ...manifest.outputs];
  checkExports(exports, [...leaves.map(({ path }) => path), FAULT]);
  checkPlaces(leaves, exports);
  const {
    memory: { buffer },
    run,
  } = exports;
  const faultAt = (exports[FAULT] as WebAssembly.Global<"i32">).value >>> 0;
  const doubles = new Float64Array(buffer);
  const executable: Executable = {
    inputs: doubles,
    indices: new Int32Array(buffer),
    outputs: doubles,
    engine: "jit",
    bytes: buffer.byteLength,
    run() {
      const status = run();
      if (status === 1) throwFault(buffer, faultAt);
      if (status !== 0) throw new GraphError(`run: expected 0 or 1 from the module's function "${RUN}", got ${status}`);
    },
  };
  const placed = (list: readonly PortableLeaf[]) => list.map((leaf) => ({ ...leaf, position: leaf.address / laneBytes(leaf) }));
  const signature = {
    inputs: placed(manifest.inputs),
    inputTree: manifest.arguments,
    outputs: placed(manifest.outputs),
    outputTree: manifest.results,
  };
  return stepOf(new Compiled(signature, executable), () => {
    if (bytes === undefined)
      throw new Error(
        "toWasm: expected a function loaded from bytes, got one from a WebAssembly.Module. Keep the bytes it was compiled from",
      );
    return bytes.slice();
  });
}

/**
 * A function from the module that a Step's `toWasm` made; its arguments and results have the structure that they had there. Their types are what the caller says: `loadModule<[number[]], number>(bytes)`.
 * Nothing is computed before the module is verified: it has no imports and no start function, says of itself what the format prescribes, and exports that.
 * Of a WebAssembly.Module a start function cannot be seen, and would run first: give the bytes of what comes from outside.
 * @throws GraphError where the module is malformed or another, TypeError on what is no module, RangeError where the host cannot take it at once (the main thread of Chromium takes 8 MB), OutOfMemoryError where it has no memory for it.
 */
export function loadModule<A extends readonly unknown[] = unknown[], R = unknown>(source: PortableModule): Step<A, R>;
export function loadModule(source: PortableModule, ...none: unknown[]): unknown {
  refuseOptions(none);
  return opened(source).step;
}

/** A module, verified: what it says of itself, and the function. */
function opened(source: PortableModule): { module: WebAssembly.Module; manifest: Manifest; step: Step<never[], unknown> } {
  const bytes = bytesOf(source);
  const module = attempt(() => (bytes ? new WebAssembly.Module(bytes) : source));
  refuseStart(bytes);
  const manifest = manifestOf(module);
  const { exports } = attempt(() => new WebAssembly.Instance(module));
  return { module, manifest, step: stepFrom(manifest, exports, bytes) };
}

/** A module that `loadModule` would take, verified here to be instantiated elsewhere, and what it says of itself. */
export function verifiedModule(source: PortableModule): { readonly module: WebAssembly.Module; readonly manifest: Manifest } {
  const { module, manifest, step } = opened(source);
  step.dispose();
  return { module, manifest };
}

/** The function of a verified module on the list of its arguments' leaves, which gives the list of its results': numbers and vectors. */
export function leavesStep(module: WebAssembly.Module): Step<readonly unknown[], (number | Float64Array<ArrayBuffer>)[]> {
  const { inputs, outputs } = manifestOf(module);
  const listOf = (leaves: readonly unknown[]): Tree => ({ kind: "array", items: leaves.map((_, leaf) => ({ kind: "leaf", leaf })) });
  const plain = ({ shape: _, ...leaf }: PortableLeaf): PortableLeaf => leaf;
  const vectors = outputs.map(plain).map((leaf) => (leaf.kind === "numbers" ? { ...leaf, kind: "vector" as const } : leaf));
  const manifest = { inputs: inputs.map(plain), outputs: vectors, arguments: listOf(inputs), results: listOf(outputs) };
  return stepFrom(manifest, new WebAssembly.Instance(module).exports, undefined) as unknown as ReturnType<typeof leavesStep>;
}

/** As `loadModule`, but the host compiles the module in the background: for modules of megabytes in browsers. */
export function loadModuleAsync<A extends readonly unknown[] = unknown[], R = unknown>(source: PortableModule): Promise<Step<A, R>>;
export async function loadModuleAsync(source: PortableModule, ...none: unknown[]): Promise<unknown> {
  refuseOptions(none);
  const bytes = bytesOf(source);
  const module = bytes ? await WebAssembly.compile(bytes).catch(refuse) : source;
  refuseStart(bytes);
  const manifest = manifestOf(module);
  const { exports } = await WebAssembly.instantiate(module).catch(refuse);
  return stepFrom(manifest, exports, bytes);
}
