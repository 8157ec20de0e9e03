/** simplegrad: a graph of scalars, compiled to JavaScript once; its gradients add up, so they are set to zero before each pass. */
import { ValueStorage, Variable } from "simplegrad";
import { numbersOf } from "../problem.mjs";
import { unrolled } from "../unrolled.mjs";

/** An operation on two variables or numbers, of which the library wants the variable first. */
const ordered = (variableFirst, numberFirst, numbers) => (a, b) => {
  if (a instanceof Variable) return variableFirst(a, b);
  return b instanceof Variable ? numberFirst(a, b) : numbers(a, b);
};

const add = ordered(
  (a, b) => a.add(b),
  (a, b) => b.add(a),
  (a, b) => a + b,
);
const mul = ordered(
  (a, b) => a.mul(b),
  (a, b) => b.mul(a),
  (a, b) => a * b,
);
const sub = ordered(
  (a, b) => a.sub(b),
  (a, b) => b.mul(-1).add(a),
  (a, b) => a - b,
);

const operations = {
  add,
  sub,
  mul,
  square: (a) => a.mul(a),
  exp: (a) => a.exp(),
  log: (a) => a.log(),
  tanh: (a) => a.tanh(),
  maximum: (a, b) => b.add(a.sub(b).ReLU()),
  sum: (list) => list.reduce(add),
};

/** A value and its gradient. */
export function build(problem) {
  const storage = new ValueStorage();
  const numbers = numbersOf(problem.start);
  const variables = numbers.map(() => new Variable(storage));
  const loss = unrolled(operations, problem, variables);
  loss.compile();
  variables.forEach((variable, i) => variable.setValue(numbers[i]));
  const evaluate = () => {
    loss.forward();
    storage.gv.fill(0);
    loss.setGradient(1);
    loss.backward();
  };
  return { evaluate, result: () => [loss.getValue(), ...variables.map((variable) => variable.getGradient())] };
}
