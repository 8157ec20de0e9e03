/** GradBench's lse: the logarithm of a sum of exponentials, and its gradient, the softmax. */
import { add, compile, exp, grad, log, max, sub, sum, type Value } from "wengert";
import { type Module, onVector } from "../module.js";

/** a + log Σ exp(xᵢ − a), where a is the greatest of x. */
function logSumExp(x: Value): Value {
  const greatest = max(x);
  return add(greatest, log(sum(exp(sub(x, greatest)))));
}

export const lse: Module = {
  primal(input, engine) {
    const x = input.numbers("x");
    const step = compile(logSumExp, [new Float64Array(x)], { engine });
    return onVector(step, x);
  },
  gradient(input, engine) {
    const x = input.numbers("x");
    const step = compile(grad(logSumExp), [new Float64Array(x)], { engine });
    return onVector(step, x);
  },
};
