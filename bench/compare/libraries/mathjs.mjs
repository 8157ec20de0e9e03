/** mathjs: the loss as a formula, differentiated symbolically by each parameter and compiled; it has no derivative of a maximum. */
import { derivative, parse } from "mathjs";
import { numbersOf } from "../problem.mjs";
import { unrolled } from "../unrolled.mjs";

/** The terms' formula with parentheses in pairs, so that it is as flat as it can be. */
function sum(terms) {
  if (terms.length === 1) return terms[0];
  const half = terms.length >> 1;
  return `(${sum(terms.slice(0, half))} + ${sum(terms.slice(half))})`;
}

const operations = {
  add: (a, b) => `(${a} + ${b})`,
  sub: (a, b) => `(${a} - ${b})`,
  mul: (a, b) => `(${a} * ${b})`,
  square: (a) => `(${a})^2`,
  exp: (a) => `exp(${a})`,
  log: (a) => `log(${a})`,
  tanh: (a) => `tanh(${a})`,
  maximum: () => 0,
  sum,
};

/** A value and its gradient. */
export function build(problem) {
  const numbers = numbersOf(problem.start);
  const names = numbers.map((_, i) => `p${i}`);
  // Simplifying logistic regression does not end in two minutes; what is not simplified takes twice as long to evaluate.
  const simplify = problem.program === "rosenbrock";
  const loss = parse(unrolled(operations, problem, names));
  const programs = [loss, ...names.map((name) => derivative(loss, name, { simplify }))].map((formula) => formula.compile());
  const scope = Object.fromEntries(names.map((name, i) => [name, numbers[i]]));
  let results = [];
  return { evaluate: () => void (results = programs.map((program) => program.evaluate(scope))), result: () => results };
}
