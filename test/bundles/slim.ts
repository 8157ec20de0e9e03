/** The same application on the entry without a kernel, which it fetches from beside the page. */
import { grad, load, mul, sin, type Value } from "wengert/slim";

const response = await fetch("kernel.wasm");
load(await response.arrayBuffer());
const gradient = grad(([x, y]: [Value, Value]) => mul(x, y).add(sin(x)))([2, 3]);
document.body.textContent = JSON.stringify(gradient);
