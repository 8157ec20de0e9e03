/** Runs a module that toWasm wrote, without the library, in Node or as a page's script: `npx tsx examples/module.ts && node examples/module.mjs`. */
/* global WebAssembly, URL, console, fetch */

const url = new URL("module.wasm", import.meta.url);
const bytes = url.protocol === "file:" ? (await import("node:fs")).readFileSync(url) : await (await fetch(url)).arrayBuffer();
const { exports } = (await WebAssembly.instantiate(bytes)).instance;

/** Numbers in the module's memory, by the name of the global that holds their address. */
const numbers = (name, count) => new Float64Array(exports.memory.buffer, exports[name].value >>> 0, count);
const point = numbers("args[0]", 2);
const value = numbers("result[0]", 1);
const slope = numbers("result[1]", 2);

// Downhill along the gradient, from where Rosenbrock began.
point.set([-1.2, 1]);
for (let i = 0; i < 50_000 && exports.run() === 0; i++) {
  point.forEach((x, k) => (point[k] = x - 0.001 * slope[k]));
}
console.log(`f(${point[0].toFixed(6)}, ${point[1].toFixed(6)}) = ${value[0].toExponential(1)}`);
