/** wengert: gradients of TypeScript functions on a WebAssembly tape. This entry carries the kernel with it. */
import { load } from "./engines/kernel/load.js";
import { kernelBase64 } from "./generated/kernel.js";

export * from "./api.js";

load(() => Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0)));
