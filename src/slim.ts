/** wengert without its kernel inlined: `load` it, from `wengert/kernel.wasm`, before anything is compiled. */
export * from "./api.js";
export { type KernelSource, load } from "./engines/kernel/load.js";
