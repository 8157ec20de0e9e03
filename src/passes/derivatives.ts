/** The derivatives that a program's outputs ask for, as rows. */
import { outputLeaves, type Program, type WholeProgram } from "../trace/trace.js";
import { differentiate, type Seen } from "./reverse.js";

/** What programs were made into: their graphs get the rows once, however often they are made executable. */
const made = new WeakMap<Program, WholeProgram>();

/** The results of a program as rows; the rows of its derivatives are appended to its graph. While they are, `seen` is told the adjoint of every row. */
export function withDerivatives(program: Program, seen?: Seen): WholeProgram {
  let whole = made.get(program);
  if (whole === undefined) made.set(program, (whole = appended(program, seen)));
  return whole;
}

function appended({ gradientOf, ...rest }: Program, seen?: Seen): WholeProgram {
  if (gradientOf === undefined) return rest;
  const parameters = rest.outputs.flatMap((leaf) => (leaf.adjoint ? leaf.rows : []));
  const adjoints = differentiate(rest.graph, gradientOf, parameters, seen);
  let next = 0;
  const rows = rest.outputs.map((leaf) => leaf.rows.map((row) => (leaf.adjoint ? adjoints[next++]! : row)));
  return { ...rest, outputs: outputLeaves(rest.outputs, rows) };
}
