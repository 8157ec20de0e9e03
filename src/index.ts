/** wengert: gradients of TypeScript functions on a WebAssembly tape. This entry carries the kernel with it. */
import { load } from "./engines/kernel/load.js";
import { kernelBytes } from "./engines/kernel/generated/kernel.js";

export * from "./api.js";

load(kernelBytes);
