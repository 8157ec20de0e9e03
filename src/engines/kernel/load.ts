/** The kernel's module: where its bytes come from, and an instance on a memory of its own. */
import { demangle } from "@assemblyscript/loader";
import { describe, noMemory, OutOfMemoryError } from "../../errors.js";
import { tableHash } from "../../ops/generated/table.js";
import { Library } from "../../wasm/library.js";
import { requirePermission } from "../../wasm/permission.js";
import { MOST_BYTES, PAGE } from "../../wasm/sections.js";

/** What assembly/index.ts exports. */
interface KernelExports extends Record<string, unknown> {
  tableHash(): number;
  heapBase(): number;
  forward(tape: number, first: number, count: number, cell: number): void;
  reverse(tape: number, first: number, count: number, cell: number): void;
  sweep(header: number): number;
  fault(): number;
}

/** The bytes of the kernel, or its compiled module. */
export type KernelSource = ArrayBuffer | ArrayBufferView<ArrayBuffer> | WebAssembly.Module;

let source: (() => KernelSource) | undefined;
let kernelSource: KernelSource | undefined;
let compiled: WebAssembly.Module | undefined;
let library: Library | undefined;

/**
 * Sets the kernel that compiled functions run on: the bytes of `wengert/kernel.wasm` or a module of them. A function is called when the first is needed.
 * @throws TypeError on anything else, a Promise of bytes included: await it first.
 */
export function load(kernel: KernelSource | (() => KernelSource)): void {
  const isBytes = kernel instanceof ArrayBuffer || ArrayBuffer.isView(kernel);
  if (!isBytes && typeof kernel !== "function" && !(kernel instanceof WebAssembly.Module)) {
    throw new TypeError(`load: expected the bytes of wengert/kernel.wasm or a WebAssembly.Module, got ${describe(kernel)}`);
  }
  source = typeof kernel === "function" ? (kernel as () => KernelSource) : () => kernel;
  kernelSource = compiled = library = undefined;
}

const bytesOf = (bytes: ArrayBuffer | ArrayBufferView<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);

/** Bytes that begin with the magic number of the binary format, "\0asm". */
function moduleBytes(bytes: ArrayBuffer | ArrayBufferView<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = bytesOf(bytes);
  if (view[0] === 0 && view[1] === 0x61 && view[2] === 0x73 && view[3] === 0x6d) return view;
  throw new Error("load: expected the bytes of wengert/kernel.wasm, got bytes that are no WebAssembly module");
}

/** Refuses a kernel that was built from another op table. */
function checkTable(hash: number): void {
  if (hash >>> 0 !== tableHash)
    throw new Error(
      `load: expected a kernel built from op table ${tableHash}, got one from ${hash >>> 0}. Load the kernel.wasm of this version`,
    );
}

/** The bytes of the kernel, or its module, as they were loaded. */
function loaded(): KernelSource {
  if (source === undefined)
    throw new Error(
      "load: expected the kernel to be loaded, got none. Call load(bytes) with the bytes of wengert/kernel.wasm, or import wengert instead of wengert/slim",
    );
  return (kernelSource ??= source());
}

/** The kernel as a library of functions for emitted code; undefined where it was loaded as a module, whose bytes cannot be had. */
export function kernelLibrary(): Library | undefined {
  if (library !== undefined) return library;
  const kernel = loaded();
  if (kernel instanceof WebAssembly.Module) return undefined;
  const read = new Library(moduleBytes(kernel));
  checkTable(read.constantOf("tableHash"));
  return (library = read);
}

/** The kernel's module, compiled once. */
function kernelModule(): WebAssembly.Module {
  if (compiled) return compiled;
  requirePermission("compile", ', or use engine "reference"');
  const kernel = loaded();
  if (kernel instanceof WebAssembly.Module) return (compiled = kernel);
  const bytes = moduleBytes(kernel);
  if (!WebAssembly.validate(bytes))
    throw new Error(
      "load: expected a WebAssembly module that this engine accepts, got one it does not. The kernel needs SIMD: Node 16.4, Chrome 91, Firefox 89, Safari 16.4 or later",
    );
  return (compiled = new WebAssembly.Module(bytes));
}

/**
 * Whether memories are few: browsers set a terabyte of addresses aside for all those of a page and its workers, which some hundred of them fill; Node has
 * room for 12,500.
 */
export const memoriesAreFew = "window" in globalThis || "WorkerGlobalScope" in globalThis;

/** Lets go of memories that may be had again, and says whether there were any. */
let relief: (() => boolean) | undefined;

/** Sets what is asked to let go of memories where none can be had. */
export function relieveBy(letGo: () => boolean): void {
  relief = letGo;
}

/** A memory that the host can give, of `pages` that may grow to `most`, if need be after others were let go of, which a host that is short of them collects. */
function newMemory(pages: number, most: number): WebAssembly.Memory {
  for (;;) {
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: most });
    } catch (cause) {
      if (!relief?.()) throw cause;
    }
  }
}

/** A memory of `bytes`, never to grow beyond `most`. Throws OutOfMemoryError in the words of `name` that says how much was needed, and the limit. */
export function memoryOf(bytes: number, most = bytes, name = "compile"): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  if (bytes > MOST_BYTES)
    throw new OutOfMemoryError(
      `${name}: expected to need at most ${MOST_BYTES} bytes (4 GiB), got ${bytes}. Evaluate fewer lanes at a time`,
    );
  try {
    return newMemory(pages, Math.ceil(most / PAGE));
  } catch (cause) {
    throw noMemory(name, `${bytes} bytes of memory`, cause);
  }
}

/** The first free address above the kernel's own data; the same for every instance. */
let base: number | undefined;

/** Where a compiled function's memory may begin. */
export function heapBase(): number {
  base ??= instantiate(PAGE).exports.heapBase() >>> 0;
  return base;
}

/** A kernel on a new memory of `bytes`, which may grow to `most`: its functions as they are, and as the loader offers them. */
export function instantiate(
  bytes: number,
  most = bytes,
  name = "compile",
): { exports: KernelExports; functions: WebAssembly.Exports; memory: WebAssembly.Memory } {
  const module = kernelModule();
  const memory = memoryOf(bytes, most, name);
  const functions = new WebAssembly.Instance(module, { env: { memory } }).exports;
  const exports = demangle<KernelExports>(functions);
  checkTable(exports.tableHash());
  return { exports, functions, memory };
}
