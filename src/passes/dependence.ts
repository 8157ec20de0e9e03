/** How masks spread: a row depends where one of its operands does. */
import { choice } from "../ops/generated/table.js";
import { type Row } from "../graph/graph.js";
import { isElementwise, structuralOf } from "../ops/rows.js";
import { flows } from "./activity.js";
import { type Mask, type Masks } from "./masks.js";
import { reach } from "../graph/reach.js";

/** The masks of the operands that a row depends on, by operand; with `choosing`, where a choice took them. */
export function edgesOf(masks: Masks, row: Row, maskOf: (operand: Row) => Mask | undefined, choosing: boolean): (Mask | undefined)[] {
  const { graph } = masks;
  return Array.from({ length: graph.operandCount(row) }, (_, k) => {
    const mask = maskOf(graph.operand(row, k));
    if (mask === undefined || !flows(graph, row, k)) return undefined;
    return choosing && choice[graph.op[row]!] === 1 ? masks.and(mask, masks.choice(row, k)) : mask;
  });
}

/** The mask of a row by those of its operands; undefined where it depends on none. */
export function joined(masks: Masks, row: Row, edges: readonly (Mask | undefined)[]): Mask | undefined {
  const { graph } = masks;
  const present = edges.filter((mask) => mask !== undefined);
  if (present.length === 0) return undefined;
  const op = graph.op[row]!;
  if (isElementwise(op)) return masks.or(present);
  const definition = structuralOf(op);
  switch (definition.kind) {
    case "entry":
    case "stopped":
      return undefined;
    case "call":
      return masks.or(present);
    case "body": // of all parts, of one operand that counts in some lane
      return masks.or(present.map((mask) => masks.any(mask)));
    case "whole":
      return masks.or(edges.flatMap((mask, k) => (mask === undefined ? [] : [masks.met(row, mask, k)])));
    case "bilinear":
      return masks.or(edges.flatMap((mask, k) => (mask === undefined ? [] : [masks.mapped(row, mask, k)])));
    case "linear":
      if (definition.flows === "first") return masks.mapped(row, present[0]!);
      if (graph.isScalar(row)) return masks.or(present);
      return masks.placed(
        edges.flatMap((mask, k) =>
          mask === undefined ? [] : [{ mask, offset: graph.pieceOffset(row, k), lanes: graph.lanes(graph.operand(row, k)) }],
        ),
        graph.sizes(row),
      );
  }
}

/**
 * The masks of rows that depend on `seeds`, whose masks are given, through every operand, chosen or not: of a rule that is taken as one linear map.
 * Undefined where a row depends on none.
 */
export function dependence(masks: Masks, results: readonly Row[], seeds: ReadonlyMap<Row, Mask>): (Mask | undefined)[] {
  const { graph } = masks;
  const first = Math.min(...seeds.keys());
  const needed = reach(graph, results, first);
  const found = new Map(seeds);
  for (let row = first; row < needed.end; row++) {
    if (!needed.has(row) || found.has(row)) continue;
    const mask = joined(
      masks,
      row,
      edgesOf(masks, row, (operand) => found.get(operand), false),
    );
    if (mask !== undefined) found.set(row, mask);
  }
  return results.map((row) => found.get(row));
}
