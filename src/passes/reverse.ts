/** The reverse pass: appends to a graph the rows of its results' derivatives with respect to others. */
import { rules } from "./generated/rules.js";
import { choice } from "../ops/generated/table.js";
import { type Graph, type Row } from "../graph/graph.js";
import { isElementwise, ownsBodies, structuralOf } from "../ops/rows.js";
import { activity, flows } from "./activity.js";
import { broadcastTo, contributionOf, ruleRowsOf, reduced } from "./algebra.js";
import { type Seeds } from "./bodyrules.js";
import { bodyAdjoints } from "./owners.js";
import { callAdjoints } from "./calls.js";
import { cleaned, Contributions, everywhere, type Masked } from "./contributions.js";
import { factsOf } from "../graph/facts.js";
import { recorderFor } from "./whole.js";
import { mixesBack, transposed } from "./linear.js";
import { ALWAYS, type Mask, Masks } from "./masks.js";

/** Is told the adjoint that a row has. */
export type Seen = (row: Row, adjoint: Row) => void;

/**
 * Appends the rows of Σ seed · ∂result/∂parameter for every parameter, each in its parameter's shape; a seed has its result's shape, or is one number for all lanes.
 * Rows that are neither of them count as constants. The cost of the new rows is at most a small multiple of the old.
 * Where all rows that depend on the parameters are scalars, seeds may be vectors of one length: several side by side.
 */
export function pullback(graph: Graph, seeds: ReadonlyMap<Row, Row>, parameters: readonly Row[], seen?: Seen): Row[] {
  const masks = new Masks(graph, ruleRowsOf(graph));
  const adjoints = pulledBack(
    graph,
    masks,
    [...seeds].map(([row, seed]) => [row, everywhere(seed)]),
    parameters,
    seen,
  );
  return parameters.map((row, k) => {
    const found = adjoints[k];
    const g = found === undefined ? graph.constant(0) : cleaned(masks, found); // zero where nothing flowed
    const adjoint = graph.isScalar(row) ? g : broadcastTo(graph, g, graph.sizes(row));
    seen?.(row, adjoint);
    return adjoint;
  });
}

/** The same of seeds that count where their masks hold, as derivatives that do; undefined where nothing flowed. */
function pulledBack(graph: Graph, masks: Masks, seeds: Seeds, parameters: readonly Row[], seen?: Seen): (Masked | undefined)[] {
  const depends = activity(
    graph,
    seeds.map(([row]) => row),
    parameters,
  );
  const { first, end } = depends;
  const fresh = graph.length;
  const { record } = masks;
  const contributions = new Contributions(graph, masks, first, end);
  for (const [row, seed] of seeds) if (depends.has(row)) contributions.add(row, seed);

  /** Gives an operand its share of a row's adjoint: lanes that shared a scalar operand add up. */
  function give(row: Row, operand: Row, share: Masked): void {
    if (!graph.isScalar(operand) || graph.isScalar(row)) return contributions.add(operand, share);
    const lanes = unmixed(share);
    contributions.add(operand, {
      row: reduced(graph, graph.lanes(row), lanes.row),
      mask: masks.any(lanes.mask),
      clean: lanes.clean,
    });
  }

  /** A derivative whose lanes may be summed: 0 in those that do not count. */
  function unmixed(share: Masked): Masked {
    return masks.isUniform(share.mask) ? share : { ...share, row: cleaned(masks, share), clean: true };
  }

  /** A derivative times a slope: what was 0 may be NaN. */
  const multiplied = (row: Row, mask: Mask): Masked => ({ row, mask, clean: mask === ALWAYS });

  function elementwise(row: Row, g: Masked): void {
    const op = graph.op[row]!;
    for (const [k, rule] of rules[op]!.entries()) {
      const operand = graph.operand(row, k);
      if (rule === 0 || !depends.has(operand)) continue;
      const share = contributionOf(graph, record, row, k, g.row, fresh);
      if (choice[op] === 1) give(row, operand, multiplied(share, masks.and(g.mask, masks.choice(row, k))));
      else give(row, operand, rule === 1 || rule === -1 ? { ...g, row: share } : multiplied(share, g.mask));
    }
  }

  function structuralRow(row: Row, given: Masked): void {
    const definition = structuralOf(graph.op[row]!);
    switch (definition.kind) {
      case "entry":
      case "stopped":
        return;
      case "call":
        return callAdjoints(
          { graph, masks, pull: pullback, depends, give, add: (operand, g) => contributions.add(operand, g) },
          row,
          given,
        );
      case "body":
        throw new TypeError(`reverse: expected the parts of row ${row} one by one`);
      case "whole": {
        const g = broadcastTo(graph, cleaned(masks, given), graph.sizes(row));
        for (let k = 0; k < graph.operandCount(row); k++) {
          const operand = graph.operand(row, k);
          if (!depends.has(operand) || !flows(graph, row, k)) continue;
          const share = definition.adjoint(recorderFor(graph, row), g, k, factsOf(graph, row));
          contributions.add(operand, { row: share, mask: masks.metBack(row, given.mask, k), clean: given.mask === ALWAYS });
        }
        return;
      }
      case "linear":
      case "bilinear": {
        const g = mixesBack(definition) ? unmixed(given) : given;
        for (let k = 0; k < graph.operandCount(row); k++) {
          const operand = graph.operand(row, k);
          if (!depends.has(operand) || !flows(graph, row, k)) continue;
          const { piece, offset } = transposed(graph, row, g.row, k);
          const clean = g.clean && (definition.kind === "linear" || g.mask === ALWAYS);
          contributions.add(operand, { row: piece, mask: masks.transposed(row, g.mask, k), clean }, offset);
        }
      }
    }
  }

  function owner(row: Row): void {
    const operands = graph.operands(row);
    const wanted = operands.map((operand) => depends.has(operand));
    const given = contributions.totals(row, graph.owned(row).parts);
    bodyAdjoints({ graph, masks, pull: pulledBack }, row, given, wanted).forEach((adjoint, k) => {
      if (adjoint !== undefined) contributions.add(operands[k]!, adjoint);
    });
  }

  for (let row = end - 1; row >= first; row--) {
    if (!depends.has(row) || !contributions.has(row) || graph.operandCount(row) === 0) continue;
    if (ownsBodies(graph.op[row]!)) {
      owner(row);
      continue;
    }
    const g = contributions.total(row);
    seen?.(row, g.row);
    if (isElementwise(graph.op[row]!)) elementwise(row, g);
    else structuralRow(row, g);
  }
  return parameters.map((row) => (row < end && contributions.has(row) ? contributions.total(row) : undefined));
}

/** Appends the rows of ∂of/∂parameter, of a scalar row, for every parameter. */
export function differentiate(graph: Graph, of: Row, parameters: readonly Row[], seen?: Seen): Row[] {
  return pullback(graph, new Map([[of, graph.constant(1)]]), parameters, seen);
}
