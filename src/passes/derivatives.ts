/** The derivatives that a program's outputs ask for, as rows. */
import { outputLeaves, type Program } from "../trace.js";
import { differentiate } from "./reverse.js";

/** The results of a program as rows; the rows of its derivatives are appended to its graph. */
export function withDerivatives(program: Program): Program {
  if (program.gradientOf === undefined) return program;
  const { gradientOf, ...rest } = program;
  const parameters = program.outputs.flatMap((leaf) => (leaf.adjoint ? leaf.rows : []));
  const adjoints = differentiate(program.graph, gradientOf, parameters);
  let next = 0;
  const rows = program.outputs.map((leaf) => leaf.rows.map((row) => (leaf.adjoint ? adjoints[next++]! : row)));
  return { ...rest, outputs: outputLeaves(program.outputs, rows) };
}
