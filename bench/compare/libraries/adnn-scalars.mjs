/** adnn with scalars: the graph is made anew at every evaluation, as its documentation has it. */
import ad from "adnn/ad/index.js";
import { numbersOf } from "../problem.mjs";
import { unrolled } from "../unrolled.mjs";

const { add, exp, log, max, mul, sub, sum, tanh } = ad.scalar;
const operations = { add, sub, mul, square: (a) => mul(a, a), exp, log, tanh, maximum: max, sum };

/** A value and its gradient. */
export function build(problem) {
  const numbers = numbersOf(problem.start);
  let [parameters, loss] = [];
  const evaluate = () => {
    parameters = numbers.map((x) => ad.lift(x));
    loss = unrolled(operations, problem, parameters);
    loss.backprop();
  };
  return { evaluate, result: () => [ad.value(loss), ...parameters.map((parameter) => ad.derivative(parameter))] };
}
