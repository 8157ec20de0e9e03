/** Programs recorded anew, and without rows that own bodies. */
import { type How } from "../graph/anew.js";
import { rowsAnew } from "../graph/expand.js";
import { type Row } from "../graph/graph.js";
import { outputLeaves, type Program } from "../trace/trace.js";

/** What programs were expanded to: once, however often they are made executable. */
const known = new WeakMap<Program, Program>();

/** A program without rows that own bodies: itself where it has none. */
export function expandedProgram<P extends Program>(program: P): P {
  if (program.graph.bodies.length === 0) return program;
  let found = known.get(program) as P | undefined;
  if (found === undefined) known.set(program, (found = programAnew(program)));
  return found;
}

/** A program in a graph of its own, by default without rows that own bodies. */
export function programAnew<P extends Program>(program: P, how?: How): P {
  const { graph, inputs, outputs, gradientOf } = program;
  const { to, images } = rowsAnew(graph, [...outputs.flatMap(({ rows }) => rows), ...(gradientOf === undefined ? [] : [gradientOf])], how);
  const image = (row: Row): Row => images[row]!;
  const rows = outputs.map((leaf) => leaf.rows.map(image));
  const adjoints = new Set(outputs.flatMap(({ adjoint }, i) => (adjoint ? [i] : [])));
  return {
    ...program,
    graph: to,
    inputs: inputs.map((leaf) => ({ ...leaf, row: image(leaf.row) })),
    outputs: outputLeaves(outputs, rows, adjoints),
    ...(gradientOf === undefined ? {} : { gradientOf: image(gradientOf) }),
  };
}
