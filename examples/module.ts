/** Writes Rosenbrock's function and its gradient as a module, which examples/module.mjs runs: docs/modules.md. */
import { writeFileSync } from "node:fs";
import { add, compile, mul, square, sub, type Value, valueAndGrad } from "wengert";

const rosenbrock = ([x, y]: [Value, Value]): Value => add(square(sub(1, x)), mul(100, square(sub(y, square(x)))));

const bytes = compile(valueAndGrad(rosenbrock), [[0, 0]]).toWasm();
const file = new URL("module.wasm", import.meta.url);
writeFileSync(file, bytes);
console.log(`wrote ${bytes.length} bytes to ${file.pathname}`);
