/** The application that every bundler is given: one gradient, its JSON on the page. */
import { grad, mul, sin, type Value } from "wengert";

const gradient = grad(([x, y]: [Value, Value]) => mul(x, y).add(sin(x)))([2, 3]);
document.body.textContent = JSON.stringify(gradient);
