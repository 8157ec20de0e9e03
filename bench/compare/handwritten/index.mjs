/** The losses written by hand: another is one file beside this one and one line here. */
import { numbersOf, problemOf } from "../problem.mjs";
import { logistic } from "./logistic.mjs";
import { mixture } from "./mixture.mjs";
import { network } from "./network.mjs";
import { rosenbrock } from "./rosenbrock.mjs";

const programs = { rosenbrock, logistic, mixture, network };

/** A problem's loss, with its parameters in one list. To be called once in a process: V8 compiles only a lone loss for its sizes. */
export function handwritten(problem) {
  return { ...programs[problem.program](problem), parameters: Float64Array.from(numbersOf(problem.start)) };
}

/** The value and the gradient that all others are compared with, in one list. */
export function truthOf(native) {
  const { gradient, parameters } = handwritten(problemOf(native));
  const slopes = new Float64Array(parameters.length);
  return [gradient(parameters, slopes), ...slopes];
}
