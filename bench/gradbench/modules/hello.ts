/** GradBench's hello: a square and its derivative. */
import { compile, grad, mul, type Value } from "wengert";
import { type Module } from "../module.js";

const square = (x: Value): Value => mul(x, x);

export const hello: Module = {
  square(input, engine) {
    const x = input.itself();
    const step = compile(square, [x], { engine });
    return () => step(x);
  },
  double(input, engine) {
    const x = input.itself();
    const step = compile(grad(square), [x], { engine });
    return () => step(x);
  },
};
