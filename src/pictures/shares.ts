/** What flows along the edges of a graph, as numbers: what a row gives the adjoint of an operand, or what an operand's tangent gives a row's. */
import { isFixed } from "../graph/formula.js";
import { type Row } from "../graph/graph.js";
import { pushforward } from "../passes/forward.js";
import { pullback } from "../passes/reverse.js";
import { Alone } from "./chain.js";
import { evaluated, type Mode, type RowNumbers } from "./numbers.js";
import { type Shown } from "./symbols.js";

/** The share of operand `from` in row `to`; undefined where nothing moves along the edge. */
export function shareOf(shown: Shown, { values, derivatives }: RowNumbers, mode: Mode, from: Row, to: Row): Float64Array | undefined {
  const { graph } = shown;
  if (isFixed(graph, from) || graph.isIndices(from)) return undefined;
  const source = mode === "forward" ? from : to;
  const alone = new Alone(shown, to, [source], () => "");
  const seed = alone.derivatives.get(source)!;
  const operand = alone.operands.get(from)!;
  const [share] =
    mode === "forward"
      ? pushforward(alone.graph, [alone.row], new Map([[operand, seed]]))
      : pullback(alone.graph, new Map([[alone.row, seed]]), [operand]);
  const leaves = alone.leaves.map((row, leaf) => (leaf === 0 ? derivatives! : values).get(row)!);
  return evaluated(alone.graph, leaves)[share!];
}
