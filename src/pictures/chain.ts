/** The chain rule row by row, as formulas: what a row's tangent is of its operands', and what a row gives the adjoint of an operand. */
import { copyRow } from "../graph/copy.js";
import { isFixed, printFormula } from "../graph/formula.js";
import { Graph, type Row } from "../graph/graph.js";
import { structural } from "../ops/rows.js";
import { pushforward } from "../passes/forward.js";
import { pullback } from "../passes/reverse.js";
import { barred, dotted, type Shown, typeset } from "./symbols.js";

/** A row alone in a graph, over arguments in place of its operands; `derivatives` are arguments before those, as formulas name them first. */
export class Alone {
  readonly graph = new Graph();
  readonly row: Row;
  readonly operands = new Map<Row, Row>();
  readonly derivatives: ReadonlyMap<Row, Row>;
  /** The rows that its arguments stand for, by leaf. */
  readonly leaves: Row[] = [];
  readonly #names: string[] = [];

  constructor(
    readonly shown: Shown,
    of: Row,
    derivatives: readonly Row[],
    symbol: (row: Row) => string,
  ) {
    const { graph: from, symbolOf } = shown;
    const { graph } = this;
    graph.rules.push(...from.rules);
    graph.hosts.push(...from.hosts);
    this.derivatives = new Map(derivatives.map((row) => [row, this.#argument(row, symbol(row))]));
    const image = (operand: Row): Row => this.operands.get(operand)!;
    for (const operand of new Set(from.operands(of)))
      this.operands.set(
        operand,
        isFixed(from, operand) ? copyRow(from, graph, operand, image) : this.#argument(operand, symbolOf(operand)),
      );
    this.row = copyRow(from, graph, of, image);
  }

  /** An argument of a row's shape. */
  #argument(like: Row, name: string): Row {
    const { graph: from } = this.shown;
    const shape = this.graph.shapeOf(from.sizes(like));
    const leaf = this.#names.push(name) - 1;
    this.leaves.push(like);
    return from.isIndices(like) ? this.graph.push(structural.indices, shape, leaf) : this.graph.push(structural.input, shape, leaf, 0);
  }

  /** A row as a formula; undefined where it is 0. */
  formula(row: Row): string | undefined {
    const { graph } = this;
    const number = graph.op[row] === structural.broadcast ? graph.a[row]! : row;
    if (graph.isConstant(number) && graph.constantOf(number) === 0) return undefined;
    return typeset(printFormula(graph, [row], this.#names));
  }
}

/** A row's tangent over its operands and their tangents: v̇₋₁ · v₀ + v̇₀ · v₋₁. */
export function tangentFormula(shown: Shown, row: Row): string {
  const { graph, symbolOf } = shown;
  const moving = [...new Set(graph.operands(row))].filter((operand) => !isFixed(graph, operand) && !graph.isIndices(operand));
  const alone = new Alone(shown, row, moving, (operand) => dotted(symbolOf(operand)));
  const seeds = new Map(moving.map((operand) => [alone.operands.get(operand)!, alone.derivatives.get(operand)!]));
  return alone.formula(pushforward(alone.graph, [alone.row], seeds)[0]!) ?? "0";
}

/** What each row that uses a row gives its adjoint, users in order; of a row that nothing flows to, nothing. */
export function adjointShares(shown: Shown, users: readonly Row[], row: Row): { readonly user: Row; readonly formula: string }[] {
  return users.flatMap((user) => {
    const alone = new Alone(shown, user, [user], () => barred(shown.symbolOf(user)));
    const seeds = new Map([[alone.row, alone.derivatives.get(user)!]]);
    const formula = alone.formula(pullback(alone.graph, seeds, [alone.operands.get(row)!])[0]!);
    return formula === undefined ? [] : [{ user, formula }];
  });
}

/** A partial derivative: ∂v₅/∂v₂. */
export const partial = (of: string, by: string): string => `∂${of}/∂${by}`;

/** The rows that use each row, in order. */
export function usersOf({ graph, rows }: Shown): Map<Row, Row[]> {
  const users = new Map<Row, Row[]>(rows.map((row) => [row, []]));
  for (const row of rows) for (const operand of new Set(graph.operands(row))) users.get(operand)?.push(row);
  return users;
}
