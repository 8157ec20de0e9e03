/** The derivatives that a program's outputs ask for, as rows. */
import { outputLeaves, type Program } from "../trace/trace.js";
import { differentiate } from "./reverse.js";

/** What programs were made into: their graphs get the rows once, however often they are made executable. */
const made = new WeakMap<Program, Program>();

/** The results of a program as rows; the rows of its derivatives are appended to its graph. */
export function withDerivatives(program: Program): Program {
  let whole = made.get(program);
  if (whole === undefined) made.set(program, (whole = appended(program)));
  return whole;
}

function appended(program: Program): Program {
  if (program.gradientOf === undefined) return program;
  const { gradientOf, ...rest } = program;
  const parameters = program.outputs.flatMap((leaf) => (leaf.adjoint ? leaf.rows : []));
  const adjoints = differentiate(program.graph, gradientOf, parameters);
  let next = 0;
  const rows = program.outputs.map((leaf) => leaf.rows.map((row) => (leaf.adjoint ? adjoints[next++]! : row)));
  return { ...rest, outputs: outputLeaves(program.outputs, rows) };
}
