/** rose with every operation written out: one vector of parameters, the data as constants. */
import { add, compile, fn, mul, Real, sub, Vec, vjp } from "rose";
import { numbersOf } from "../problem.mjs";
import { unrolled } from "../unrolled.mjs";
import { exp, log, maximum, square, tanh } from "./rose-operations.mjs";

const sum = (list) => list.reduce((x, y) => add(x, y));
const operations = { add, sub, mul, square, exp, log, tanh, maximum, sum };

/** A value and its gradient. */
export async function build(problem) {
  const parameters = numbersOf(problem.start);
  const Parameters = Vec(parameters.length, Real);
  const loss = fn([Parameters], Real, (p) => unrolled(operations, problem, [...p]));
  const step = fn([Parameters], { value: Real, gradient: Parameters }, (p) => {
    const { ret, grad } = vjp(loss)(p);
    return { value: ret, gradient: grad(1) };
  });
  const compiled = await compile(step);
  let results;
  return { evaluate: () => void (results = compiled(parameters)), result: () => [results.value, ...results.gradient] };
}
